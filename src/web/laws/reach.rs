//! How far a law goes along one of its inputs.
//!
//! A law may mean something only where a condition holds, and a table ends. The span of a picture is then narrowed
//! towards the point: at each side to the farthest round number of three digits at which the law still has a value.
//! The documents ask for it all at once, the program one answer after another, both by [`reach`]: it is begun again
//! with every answer until it has all that it asks for.

use std::sync::Arc;

use super::evaluation::Evaluation;
use super::plot::Span;
use crate::figure::{decade, power};
use crate::num;
use crate::units::{Unit, show};
use crate::web::evaluator::Prediction;
use crate::web::reading::{LawEntry, Refusal, read_refusal, read_values};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    /// It has not been heard yet.
    Unheard,
    /// There is none.
    Refused(Box<Refusal>),
}

/// An answer, as text.
pub type Heard = Result<Arc<str>, Missing>;

/// An Answer as it is heard.
///
/// # Errors
/// If it is a refusal.
pub fn heard(answer: Arc<str>) -> Heard {
    match read_refusal(&answer) {
        Some(refusal) => Err(Missing::Refused(Box::new(refusal))),
        None => Ok(answer),
    }
}

/// What a law says along an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    /// From where to where it was asked.
    pub span: Span,
    /// The values at the points of the span; none where it has a value at the point alone.
    pub values: Vec<f64>,
    /// Where it ends sooner than the picture would: below, and above.
    pub stops: [Option<Stop>; 2],
}

/// An end of what a law says.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// The last round number at which it has a value, or the point.
    pub at: f64,
    /// The round number that it reaches without having a value there, if there is one.
    pub open: Option<f64>,
    /// The condition that ends it, in the law language; empty where it has no value for another reason.
    pub condition: String,
}

/// What a law says along an input, as far as it goes of the span.
///
/// # Errors
/// The question that has no answer: not yet, or that is refused, also at the point.
pub fn reach(
    law: &LawEntry,
    evaluation: &Evaluation,
    over: usize,
    span: Span,
    ask: &mut dyn FnMut(&str) -> Heard,
) -> Result<Reach, Missing> {
    Line { law, evaluation, over, ask }.reach(span)
}

/// What the law says along the same by the fit that its page opens with; nothing where that is chosen, or says nothing there.
///
/// # Errors
/// The question that has no answer yet.
pub fn by_usual(
    law: &LawEntry,
    evaluation: &Evaluation,
    over: usize,
    span: Span,
    ask: &mut dyn FnMut(&str) -> Heard,
) -> Result<Option<Vec<f64>>, Missing> {
    let usual =
        law.fits.first().filter(|usual| law.fit(&evaluation.fit).is_some_and(|fit| fit.id != usual.id));
    let Some(usual) = usual else { return Ok(None) };
    let evaluation = &Evaluation { fit: usual.id.clone(), ..evaluation.clone() };
    match (Line { law, evaluation, over, ask }).values(span) {
        Err(Missing::Refused(_)) => Ok(None),
        values => values.map(|values| Some(values).filter(|values| !values.is_empty())),
    }
}

/// An end is open if the law has a value this little before it, as a share of the way.
const SHORT: f64 = 1e-6;

/// A law along an input, and whom to ask.
struct Line<'a> {
    law: &'a LawEntry,
    evaluation: &'a Evaluation,
    over: usize,
    ask: &'a mut dyn FnMut(&str) -> Heard,
}

impl Line<'_> {
    fn reach(mut self, span: Span) -> Result<Reach, Missing> {
        let point = self.evaluation.point(self.law).ok_or(Missing::Unheard)?;
        let at = point[self.over];
        let whole = self.values(span);
        let ends = match &whole {
            Ok(values) => [values.first(), values.last()].map(|end| end.is_some_and(|end| end.is_finite())),
            Err(Missing::Refused(refusal)) if refusal.is_of_a_condition() => [false; 2],
            Err(_) => [true; 2],
        };
        if ends == [true; 2] || self.beyond(at)?.is_some() {
            return Ok(Reach { span, values: whole?, stops: [None, None] });
        }
        let (low, high) = span.ends;
        let stops = [self.stop(span, at, low)?, self.stop(span, at, high)?];
        let end = |stop: &Option<Stop>, end| stop.as_ref().map_or(end, |stop| stop.at);
        let span = Span { ends: (end(&stops[0], low), end(&stops[1], high)), ..span };
        // Between its ends it may have no values, or only here and there.
        let between = if span.ends.0 < span.ends.1 { self.values(span) } else { Ok(Vec::new()) };
        let values = match between {
            Err(Missing::Refused(refusal)) if refusal.is_of_a_condition() => Vec::new(),
            values => values?,
        };
        Ok(Reach { span, values, stops })
    }

    fn values(&mut self, span: Span) -> Result<Vec<f64>, Missing> {
        let question = self.evaluation.question_along(self.law, self.over, &span.points());
        let answer = (self.ask)(&question.ok_or(Missing::Unheard)?)?;
        Ok(read_values(&answer).unwrap_or_default())
    }

    /// Where the law ends between the point and an end of the span; nothing where it reaches that end.
    fn stop(&mut self, span: Span, at: f64, end: f64) -> Result<Option<Stop>, Missing> {
        let Some(mut condition) = self.beyond(end)? else { return Ok(None) };
        let rounds = Rounds::of(span);
        let from = rounds.place(at);
        let (mut good, mut bad) = (from, rounds.place(end));
        while good.abs_diff(bad) > 1 {
            let middle = i64::midpoint(good, bad);
            match self.beyond(rounds.value(middle))? {
                None => good = middle,
                Some(broken) => (bad, condition) = (middle, broken),
            }
        }
        let last = if good == from { at } else { rounds.value(good) };
        let last = if end < at { num::min(last, at) } else { num::max(last, at) };
        let next = rounds.value(bad);
        let open = self.beyond(next + SHORT * (last - next))?.is_none().then_some(next);
        Ok(Some(Stop { at: last, open, condition }))
    }

    /// Why the law has no value: the condition that is broken, empty where it is none; nothing where it has one.
    fn beyond(&mut self, at: f64) -> Result<Option<String>, Missing> {
        let question = self.evaluation.question_at(self.law, self.over, at).ok_or(Missing::Unheard)?;
        match (self.ask)(&question) {
            Ok(answer) if has_value(self.law, &answer) => Ok(None),
            Ok(_) => Ok(Some(String::new())),
            Err(Missing::Refused(refusal)) if refusal.is_of_a_condition() => Ok(Some(refusal.expected)),
            Err(missing) => Err(missing),
        }
    }
}

fn has_value(law: &LawEntry, answer: &str) -> bool {
    let prediction = Prediction::read(answer).unwrap_or_default();
    law.outputs.first().is_some_and(|main| prediction.output(&main.name).is_some())
}

/// The round numbers of a span, by their places in order.
#[derive(Clone, Copy, Debug)]
enum Rounds {
    /// Three digits each.
    Digits,
    /// Multiples of a power of ten.
    Steps(i32),
}

/// So many numbers of three digits are between powers of ten.
const DECADE: i64 = 900;

impl Rounds {
    fn of(span: Span) -> Self {
        let (low, high) = span.ends;
        if span.log { Self::Digits } else { Self::Steps(decade(high - low) - 2) }
    }

    fn value(self, place: i64) -> f64 {
        match self {
            Self::Digits => power(100 + place.rem_euclid(DECADE), place.div_euclid(DECADE) as i32 - 2),
            Self::Steps(e) => power(place, e),
        }
    }

    /// The place of the number next to an amount.
    fn place(self, amount: f64) -> i64 {
        let (e, from) = match self {
            Self::Digits => (decade(amount) - 2, DECADE * i64::from(decade(amount)) - 100),
            Self::Steps(e) => (e, 0),
        };
        from + (amount / power(1, e)).round() as i64
    }
}

impl Reach {
    /// Where the law stops, in sentences.
    pub fn says(&self, unit: Unit) -> String {
        if self.values.is_empty() {
            return " The law has a value at this point alone, so there is no curve.".to_owned();
        }
        let end = |stop: &Stop| show(stop.open.unwrap_or(stop.at), unit);
        let because = |stop: &Stop| match &*stop.condition {
            "" => "the law has no value.".to_owned(),
            condition => format!("the law means nothing: it holds where {}.", signs(condition)),
        };
        match &self.stops {
            [Some(low), Some(high)] if low.condition == high.condition => {
                format!(" Below {} and beyond {} {}", end(low).number(), end(high), because(low))
            }
            stops => {
                let says = |(stop, side): (&Option<Stop>, &str)| {
                    let stop = stop.as_ref()?;
                    Some(format!(" {side} {} {}", end(stop), because(stop)))
                };
                stops.iter().zip(["Below", "Beyond"]).filter_map(says).collect()
            }
        }
    }
}

/// A condition with the signs of a text.
fn signs(condition: &str) -> String {
    [("<=", "≤"), (">=", "≥"), ("*", "·"), ("-", "−")]
        .iter()
        .fold(condition.to_owned(), |text, (typed, sign)| text.replace(typed, sign))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::reading::typed_law;

    fn ask(question: &str) -> Heard {
        heard(crate::ask::answer_text(question, &mut |_| ()).into())
    }

    /// A typed law of one input at a point.
    fn law(formula: &str, unit: &str, at: &str) -> (LawEntry, Evaluation) {
        let law = format!(r#"{{"formula":"{formula}","inputs":{{"x":{{"unit":"{unit}"}}}}}}"#);
        let law = typed_law(&law, "typed").unwrap();
        let at = Evaluation::opening(&law, |_| at.to_owned());
        (law, at)
    }

    fn reached(formula: &str, unit: &str, at: &str) -> Reach {
        let (law, evaluation) = law(formula, unit, at);
        let point = evaluation.point(&law).unwrap()[0];
        let span = Span::of(&law.inputs[0], None, point);
        reach(&law, &evaluation, 0, span, &mut ask).unwrap()
    }

    #[test]
    fn an_end_is_found_to_its_digits() {
        let reached = reached("1 / x where x <= 1.2e10, x >= 3.45e8", "parameters", "5e9");
        assert_eq!(reached.span.ends, (3.45e8, 1.2e10));
        assert_eq!(reached.values.len(), reached.span.points().len());
        assert_eq!(
            reached.says(Unit::Parameters),
            " Below 345\u{a0}M\u{a0}parameters the law means nothing: it holds where x ≥ 3.45e8. \
             Beyond 12.0\u{a0}B\u{a0}parameters the law means nothing: it holds where x ≤ 1.2e10."
        );
    }

    #[test]
    fn an_end_that_is_not_reached_is_named_all_the_same() {
        let reached = reached("x where x < 0.6, x > 0.3", "1", "0.5");
        assert_eq!(reached.span.ends, (0.301, 0.599));
        let open = reached.stops.map(|stop| stop.unwrap().open);
        assert_eq!(open, [Some(0.3), Some(0.6)]);
    }

    #[test]
    fn what_has_no_value_ends_a_curve_too() {
        let reached = reached("ln(x)", "1", "0");
        assert_eq!(reached.stops, [None, None], "no value at the point: as it is asked");
    }

    #[test]
    fn of_a_law_that_holds_at_one_point_there_is_no_curve() {
        let reached = reached("x where x <= 2, x >= 2", "1", "2");
        assert!(reached.values.is_empty());
        assert_eq!(
            reached.says(Unit::One),
            " The law has a value at this point alone, so there is no curve."
        );
    }

    #[test]
    fn it_goes_on_with_every_answer_to_the_same_end() {
        let (law, evaluation) = law("1 / x where x <= 1.2e10", "parameters", "5e9");
        let span = Span::of(&law.inputs[0], None, 5e9);
        let mut known: Vec<(String, Heard)> = Vec::new();
        let found = loop {
            let mut wanted = None;
            let sought = reach(&law, &evaluation, 0, span, &mut |question| {
                let heard = known.iter().find(|(known, _)| known == question).map(|(_, heard)| heard.clone());
                heard.unwrap_or_else(|| {
                    wanted = Some(question.to_owned());
                    Err(Missing::Unheard)
                })
            });
            match (sought, wanted) {
                (Err(Missing::Unheard), Some(question)) => known.push((question.clone(), ask(&question))),
                (sought, _) => break sought.unwrap(),
            }
        };
        assert_eq!(found, reached("1 / x where x <= 1.2e10", "parameters", "5e9"));
        assert!(known.len() < 20, "{}", known.len());
    }

    #[test]
    fn what_is_refused_for_another_reason_is_refused() {
        let (law, evaluation) = law("x + y", "1", "2");
        let span = Span { ends: (1.0, 3.0), log: false };
        let refused = reach(&law, &evaluation, 0, span, &mut ask);
        assert!(matches!(refused, Err(Missing::Refused(why)) if !why.is_of_a_condition()));
    }
}
