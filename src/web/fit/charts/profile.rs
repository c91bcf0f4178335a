//! A profile: how much worse the law fits where a parameter, or what is decided by it, is held elsewhere.

use super::super::outcome::letter;
use super::{log_range, plain, span};
use crate::figure::{Axis, Chart, Dash, Format, Label, Line, Margin, Mark, Plan, Role, Rule, Side};
use crate::units::{Unit, show, significant};
use crate::web::json::{self, Json};
use crate::web::laws::plot::places;

/// What is over the picture.
pub const PROFILE: &str = "How well the runs bound it";
/// What stands up its side.
const COLUMN: &str = "objective above its least, %";

/// What a profile is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// The best size at the budget.
    Size,
    /// The best tokens at the budget.
    Tokens,
    /// A parameter of the law.
    Parameter(String),
}

impl Of {
    /// All of them for a law of these parameters. What is decided is profiled only where the law asks for size and tokens
    /// alone.
    pub fn all<'a>(parameters: impl Iterator<Item = &'a str>, decides: bool) -> Vec<Self> {
        let decided = [Self::Size, Self::Tokens].into_iter().filter(|_| decides);
        decided.chain(parameters.map(|name| Self::Parameter(name.to_owned()))).collect()
    }

    /// Its name in a list.
    pub fn name(&self) -> String {
        match self {
            Self::Size => "Size N at the budget".to_owned(),
            Self::Tokens => "Tokens D at the budget".to_owned(),
            Self::Parameter(name) => letter(name),
        }
    }

    /// Its name in the list of an Answer's intervals.
    pub fn key(&self) -> &str {
        match self {
            Self::Size => "N",
            Self::Tokens => "D",
            Self::Parameter(name) => name,
        }
    }

    /// The same for a question, as JSON.
    pub fn json(&self, budget: &str) -> String {
        match self {
            Self::Parameter(name) => json::string(name),
            decided => json::object(&[("of", json::string(decided.key())), ("budget", json::string(budget))]),
        }
    }

    fn print(&self, value: f64) -> String {
        match self {
            Self::Size => show(value, Unit::Parameters).number(),
            Self::Tokens => show(value, Unit::Tokens).number(),
            Self::Parameter(_) => significant(value, 4),
        }
    }

    fn axis(&self, values: impl Iterator<Item = f64> + Clone) -> Option<Axis> {
        match self {
            Self::Size => Some(Axis::log("parameters", "parameters", log_range(values)?, Format::Quantity)),
            Self::Tokens => Some(Axis::log("tokens", "tokens", log_range(values)?, Format::Quantity)),
            Self::Parameter(name) => plain(&letter(name), values),
        }
    }
}

/// The objective over the values of a parameter or decision, the others at their best for each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    at: Vec<f64>,
    objective: Vec<f64>,
    value: f64,
    least: f64,
    /// The ends of the interval; nothing on a side that the runs do not bound.
    interval: [Option<f64>; 2],
}

impl Profile {
    /// Reads an Answer.
    pub fn read(answer: &str) -> Option<Self> {
        let said = Json::read(answer)?.get("profile")?.members();
        let numbers = |name: &str| -> Option<Vec<f64>> {
            Some(
                said.get(name)?.items().into_iter().map(|value| value.number().unwrap_or(f64::NAN)).collect(),
            )
        };
        let ends = said.get("interval")?.items();
        Some(Self {
            at: numbers("at")?,
            objective: numbers("objective")?,
            value: said.get("value")?.number()?,
            least: said.get("least")?.number()?,
            interval: [ends.first()?.number(), ends.get(1)?.number()],
        })
    }

    /// The interval in a sentence, beside that of the refits.
    pub fn says(&self, of: &Of, refits: Option<[f64; 2]>) -> String {
        let print = |value| of.print(value);
        let name = match of {
            Of::Size => "N".to_owned(),
            Of::Tokens => "D".to_owned(),
            Of::Parameter(name) => letter(name),
        };
        let own = match self.interval {
            [Some(low), Some(high)] => format!("is {} to {}", print(low), print(high)),
            [Some(low), None] => format!("begins at {}; the runs give it no upper end", print(low)),
            [None, Some(high)] => format!("ends at {}; the runs give it no lower end", print(high)),
            [None, None] => "has no ends: the runs do not decide it".to_owned(),
        };
        let refits =
            refits.map(|[low, high]| format!(", that of the refits {} to {}", print(low), print(high)));
        format!("The 90\u{a0}% interval of {name} by its likelihood {own}{}.", refits.unwrap_or_default())
    }

    /// The picture: the objective in percent above its least value, between the ends of the interval and a little
    /// beyond.
    pub fn chart(&self, of: &Of) -> Option<Chart> {
        let above = |objective: &f64| 100.0 * (objective / self.least - 1.0);
        let points: Vec<_> = self.at.iter().copied().zip(self.objective.iter().map(above)).collect();
        let (_, high) = span(points.iter().map(|point| point.1))?;
        let ends = (0.0, if high > 0.0 { 1.04 * high } else { 1.0 });
        let x = of.axis(self.at.iter().copied().chain([self.value]))?;
        let rule = |(side, end): (Side, Option<f64>)| {
            let words = if side == Side::Left { "5\u{a0}%" } else { "95\u{a0}%" };
            Some(Mark::Rule(Rule {
                x: end?,
                role: Role::Quiet,
                dash: Dash::Dotted,
                label: Label::always(words),
                side,
            }))
        };
        let [low, high] = self.interval;
        let rules = [(Side::Left, low), (Side::Right, high)].into_iter().filter_map(rule);
        let line = Line { role: Role::Accent, ..Line::new("profile", COLUMN, points) };
        let estimate = Plan {
            name: "estimate".to_owned(),
            at: (self.value, 0.0),
            column: COLUMN.to_owned(),
            label: Label::default(),
            extra: None,
        };
        Some(Chart {
            title: PROFILE.to_owned(),
            summary: self.says(of, None),
            x,
            y: Axis::linear(COLUMN, COLUMN, ends, Format::Decimal(places(ends))),
            marks: rules.chain([Mark::Line(line), Mark::Plan(estimate)]).collect(),
            margin: Margin::Bare,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = concat!(
        r#"{"profile":{"at":[0.2,0.3,0.4],"objective":[0.011,0.01,null],"value":0.3,"least":0.01,"#,
        r#""interval":[0.25,null],"warnings":[]}}"#
    );

    #[test]
    fn an_end_that_the_runs_do_not_give_is_said() {
        let (profile, alpha) = (Profile::read(ANSWER).unwrap(), Of::Parameter("alpha".to_owned()));
        assert_eq!(
            profile.says(&alpha, Some([0.24, 0.35])),
            "The 90\u{a0}% interval of α by its likelihood begins at 0.2500; the runs give it no upper end, that of \
             the refits 0.2400 to 0.3500."
        );
        let chart = profile.chart(&alpha).unwrap();
        assert_eq!(chart.marks.iter().filter(|mark| matches!(mark, Mark::Rule(_))).count(), 1);
        assert_eq!(chart.y.range, (0.0, 1.04 * 100.0 * (0.011 / 0.01 - 1.0)));
    }

    #[test]
    fn what_is_decided_is_profiled_at_a_budget() {
        let all = Of::all(["E"].into_iter(), true);
        assert_eq!(
            all.iter().map(Of::name).collect::<Vec<_>>(),
            ["Size N at the budget", "Tokens D at the budget", "E"]
        );
        assert_eq!(all[0].json("1e21 FLOPs"), r#"{"of":"N","budget":"1e21 FLOPs"}"#);
        assert_eq!(Of::all(["E"].into_iter(), false), [Of::Parameter("E".to_owned())]);
    }
}
