//! What has come of a fit: the answer, the draws so far, and how both are said.

use std::sync::Arc;

use super::printed::{self, figures};
use super::rows::predict;
use super::study::{Held, LEVEL, Study};
use crate::ask::{Named, interval};
use crate::num::decimal;
use crate::units::{Unit, ascii, significant};
use crate::web::formula_text::greek;
use crate::web::json::{self, Json};
use crate::web::reading::{Fitted, Plan};

/// Estimates that are so closely tied to another are said to move with it.
const TIED: f64 = 0.98;

/// A fit that is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The fit as the worker gave it.
    pub text: Arc<str>,
    /// The same read.
    pub fitted: Fitted,
    /// Correlations of the estimates.
    correlations: Named<Named<f64>>,
    /// How many runs the best law by absolute values goes through.
    pub interpolated: Option<usize>,
}

impl Outcome {
    /// Reads an Answer.
    pub fn read(answer: &str) -> Option<Self> {
        let (text, fitted) = Fitted::read(answer)?;
        let (correlations, interpolated) = {
            let fit = Json::read(&text)?;
            let rows = fit.get("errors").and_then(|errors| errors.get("correlations"));
            let rows = rows.map(Json::members).unwrap_or_default();
            let row = |(name, row): (&str, &Json<'_>)| (name.to_owned(), numbers(*row));
            let proof = fit.get("certificate");
            let through = proof.and_then(|proof| Some(proof.get("interpolated")?.items().len()));
            (Named(rows.iter().map(row).collect()), through)
        };
        Some(Self { text, fitted, correlations, interpolated })
    }

    /// The values of the parameters that have one.
    pub fn values(&self) -> Vec<(&str, f64)> {
        self.fitted.parameters.iter().filter_map(|(name, value)| Some((name, (*value)?))).collect()
    }

    /// What is to be known of an estimate: `moves with α, correlation 0.999`.
    pub fn remark(&self, name: &str, study: &Study) -> String {
        if study.is_fixed(name) {
            return "fixed".to_owned();
        }
        let at = self.fitted.parameters.get(name).copied().flatten();
        if let Ok(Held::Within(ends)) = study.held(name)
            && at.is_some_and(|at| ends.contains(&at))
        {
            return "at its bound".to_owned();
        }
        if at.is_none() {
            return "the fitted law does not depend on it".to_owned();
        }
        let ties = study.ties().unwrap_or_default();
        let tie = ties.iter().find(|names| names.iter().any(|known| known == name));
        if let Some(other) = tie.and_then(|names| names.iter().find(|known| *known != name)) {
            return format!("tied to {}", letter(other));
        }
        match self.closest(name).filter(|(_, correlation)| correlation.abs() >= TIED) {
            Some((other, correlation)) => {
                // Rounded to one it would say more than is known.
                let says = match correlation {
                    close if close > 0.9995 => "above 0.999".to_owned(),
                    close if close < -0.9995 => "below −0.999".to_owned(),
                    other => significant(other, 3),
                };
                format!("moves with {}, correlation {says}", letter(other))
            }
            None => String::new(),
        }
    }

    /// The other estimate that one is most closely tied to, and their correlation.
    fn closest(&self, name: &str) -> Option<(&str, f64)> {
        let others = self.correlations.get(name)?.iter().filter(|(other, _)| *other != name);
        let others = others.map(|(other, correlation)| (other, *correlation));
        others.reduce(|best, next| if next.1.abs() > best.1.abs() { next } else { best })
    }

    /// What a reader may try where no convergence is claimed: at most two ways.
    pub fn ways(&self, study: &Study) -> Vec<Way> {
        let ties = study.ties().unwrap_or_default();
        let is_free = |name: &str| {
            let tied = ties.iter().any(|names| names.iter().any(|known| known == name));
            !tied && !study.is_fixed(name)
        };
        let free: Vec<(&str, f64)> = self.values().into_iter().filter(|(name, _)| is_free(name)).collect();
        let has = |name: &str| free.iter().any(|(known, _)| *known == name);
        let tie = (has("alpha") && has("beta")).then_some(Way::Tie);
        // The runs hardly tell it from another one.
        let tied =
            |(name, _): &(&str, f64)| self.closest(name).map_or(0.0, |(_, correlation)| correlation.abs());
        let weak = free
            .iter()
            .filter(|entry| tied(entry) >= TIED)
            .reduce(|best, next| if tied(next) > tied(best) { next } else { best });
        let floor = free.iter().find(|(name, _)| *name == "E");
        let hold = |(name, value): &(&str, f64)| {
            let rounded = decimal(&format!("{value:.2e}")).unwrap_or(*value);
            Way::Hold((*name).to_owned(), ascii(rounded))
        };
        tie.into_iter().chain([weak, floor].into_iter().flatten().map(hold)).take(2).collect()
    }
}

/// A way to ask less of the runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// One exponent for size and tokens.
    Tie,
    /// A parameter that is not fitted, and its value.
    Hold(String, String),
}

impl Way {
    /// Its name on a button.
    pub fn name(&self) -> String {
        match self {
            Self::Tie => "Tie α = β".to_owned(),
            Self::Hold(name, value) => format!("Hold {} at {value}", letter(name)),
        }
    }

    /// Chooses it.
    pub fn take(&self, study: &mut Study) {
        match self {
            Self::Tie => {
                let before = study.ties.trim().trim_end_matches(',');
                study.ties = if before.is_empty() {
                    "alpha = beta".to_owned()
                } else {
                    format!("{before}, alpha = beta")
                };
            }
            Self::Hold(name, value) => study.fix(name, value.clone()),
        }
    }
}

/// A symbol as it is printed.
pub fn letter(name: &str) -> String {
    greek(name).unwrap_or(name).to_owned()
}

fn nullable(value: Option<f64>) -> String {
    value.map_or_else(|| "null".to_owned(), json::number)
}

fn numbers(object: Json<'_>) -> Named<f64> {
    let members = object.members();
    Named(members.iter().filter_map(|(name, value)| Some((name.to_owned(), value.number()?))).collect())
}

/// The draws of a bootstrap so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draws {
    /// The values of each parameter; none where a draw found no proof.
    columns: Named<Vec<Option<f64>>>,
    /// Draws that found no proof.
    pub failed: usize,
}

impl Draws {
    /// Adds the draws of an Answer to one part of the bootstrap.
    pub fn add(&mut self, answer: &str) -> Option<()> {
        let fit = Json::read(answer)?.get("fit")?.members();
        let draws = fit.get("draws")?.members();
        for (name, values) in draws.iter() {
            let values = values.items().into_iter().map(Json::number);
            match self.columns.0.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => known.extend(values),
                None => self.columns.0.push((name.to_owned(), values.collect())),
            }
        }
        self.failed += fit.get("failed_draws").and_then(|failed| failed.count()).unwrap_or(0);
        Some(())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.columns.0.first().map_or(0, |(_, values)| values.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The ends of the interval of a parameter.
    pub fn interval(&self, name: &str) -> Option<[f64; 2]> {
        let values: Vec<f64> = self.columns.get(name)?.iter().flatten().copied().collect();
        interval(&values, LEVEL)
    }

    /// What each draw with a proof says of two parameters.
    pub fn pairs(&self, [first, second]: [&str; 2]) -> Option<Vec<(f64, f64)>> {
        let values = self.columns.get(first)?.iter().zip(self.columns.get(second)?);
        Some(values.filter_map(|(first, second)| Some(((*first)?, (*second)?))).collect())
    }

    /// The question for what they say of a number that follows from the parameters by a formula.
    pub fn ask(&self, formula: &str, values: &[(&str, f64)]) -> Option<String> {
        let is_named = |name: &str| {
            formula.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| word == name)
        };
        let column = |values: &Vec<Option<f64>>| json::list(values.iter().map(|value| nullable(*value)));
        let named = || values.iter().filter(|(name, _)| is_named(name));
        let draws: Option<Vec<_>> =
            named().map(|(name, _)| Some((*name, column(self.columns.get(name)?)))).collect();
        let parameters: Vec<_> = named().map(|(name, value)| (*name, json::number(*value))).collect();
        let fit = [("parameters", json::object(&parameters)), ("draws", json::object(&draws?))];
        let law = json::object(&[("formula", json::string(formula))]);
        Some(predict(&law, &json::object(&fit), &[]))
    }

    /// A fit with these draws, in the shape of an Answer's: its text is that of a fit without draws. `derived` has the
    /// ends of the intervals of what is derived.
    pub fn joined(&self, fit: &str, derived: &Named<[f64; 2]>) -> String {
        let Some(open) = fit.strip_suffix('}').filter(|_| !self.is_empty()) else { return fit.to_owned() };
        let column = |values: &Vec<Option<f64>>| json::list(values.iter().map(|value| nullable(*value)));
        let draws: Vec<_> = self.columns.iter().map(|(name, values)| (name, column(values))).collect();
        let ends = |ends: [f64; 2]| json::list(ends.into_iter().map(json::number));
        let own = self.columns.names().filter_map(|name| Some((name, ends(self.interval(name)?))));
        let derived = derived.iter().map(|(name, known)| (name, ends(*known)));
        let intervals: Vec<_> = own.chain(derived).collect();
        let failed = self.failed;
        format!(
            "{open},\"draws\":{},\"failed_draws\":{failed},\"intervals\":{}}}",
            json::object(&draws),
            json::object(&intervals)
        )
    }
}

/// A row of the table of estimates, each part as it is printed and in full.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Estimate {
    /// What it is.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The ends of its interval; none where there are no draws.
    pub ends: Option<[String; 2]>,
    /// What is to be known of it.
    pub remark: String,
    /// Its value with every digit, and the ends of its interval.
    pub exact: (Option<f64>, Option<[f64; 2]>),
    /// The unit of those, where they have one.
    pub unit: Option<Unit>,
}

impl Estimate {
    /// The unit of a loss, which its value does not say.
    pub fn loss_unit(&self) -> Option<&'static str> {
        self.unit.filter(|unit| unit.is_loss()).map(Unit::words)
    }

    /// Its name, with the unit of a loss: `Loss, nats per token`.
    pub fn titled(&self) -> String {
        self.loss_unit().map_or_else(|| self.name.clone(), |unit| format!("{}, {unit}", self.name))
    }
}

/// The rows of the parameters, and of what is derived from them.
///
/// `derived` has the ends of the intervals of what is derived.
pub fn estimates(
    outcome: &Outcome,
    draws: Option<&Draws>,
    derived: &Named<[f64; 2]>,
    study: &Study,
) -> Vec<Estimate> {
    let row = |name: &str, value: Option<f64>, ends: Option<[f64; 2]>, remark: String| Estimate {
        name: letter(name),
        value: value.map_or_else(|| "none".to_owned(), |value| figures(value, 5)),
        ends: ends.map(|ends| ends.map(|end| figures(end, 4))),
        remark,
        exact: (value, ends),
        unit: None,
    };
    let fitted = &outcome.fitted;
    let parameters = fitted.parameters.iter().map(|(name, value)| {
        row(name, *value, draws.and_then(|draws| draws.interval(name)), outcome.remark(name, study))
    });
    let derived = fitted.derived.iter().map(|(name, value)| {
        let ends = derived.get(name).copied().filter(|_| draws.is_some());
        row(name, *value, ends, "derived".to_owned())
    });
    parameters.chain(derived).collect()
}

/// The size that an Answer decides for, as its first decision.
pub fn decided_size(answer: &str) -> Option<f64> {
    let decisions = Json::read(answer)?.get("fit")?.get("decisions")?.items();
    decisions.first()?.get("at")?.get("N")?.get("value")?.number()
}

/// What runs that are off would do, switched on: `so_many` of them, the size without and with them, at a budget.
pub fn influence(so_many: usize, [without, with]: [f64; 2], budget: &str) -> String {
    let runs = match so_many {
        1 => "the run that is off moves".to_owned(),
        _ => format!("the {} runs that are off move", crate::units::whole(so_many as f64)),
    };
    let sizes = printed::between(without, [without, with], Unit::Parameters);
    format!("Switched on, {runs} the size at {budget} from {sizes}.")
}

/// The rows of the decision: size, tokens and loss at a budget.
pub fn decision(plan: &Plan) -> Vec<Estimate> {
    let row = |name: &str, key: &str, value: Option<f64>, unit: Unit| {
        let value = value?;
        Some(Estimate {
            name: name.to_owned(),
            value: printed::amount(value, unit),
            ends: plan.interval(key).map(|ends| printed::ends(value, ends, unit)),
            remark: String::new(),
            exact: (Some(value), plan.interval(key)),
            unit: Some(unit),
        })
    };
    [
        row("Size N", "N", plan.size(), Unit::Parameters),
        row("Tokens D", "D", plan.tokens(), Unit::Tokens),
        row("Tokens per parameter", "tokens_per_parameter", plan.ratio(), Unit::TokensPerParameter),
        row("Loss", "value", plan.value, plan.loss_unit().unwrap_or(Unit::NatsPerToken)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIT: &str = concat!(
        r#"{"parameters":{"E":1.8172,"A":477.83,"alpha":0.34731},"objective":0.001,"runs":240,"#,
        r#""termination":"converged","derived":{"a":0.514},"certificate":{"gradient":1e-13,"starts":64,"agreeing":61},"#,
        r#""errors":{"sandwich":{"E":0.02,"A":null},"asymptotic":{},"#,
        r#""correlations":{"A":{"A":1.0,"alpha":0.9991,"E":0.1},"E":{"E":1.0,"A":0.1}},"condition":12.5},"#,
        r#""fitted_on":{},"warnings":[]}"#
    );

    fn outcome() -> Outcome {
        Outcome::read(&format!(r#"{{"version":"0.1.0","fit":{FIT}}}"#)).unwrap()
    }

    fn part(values: &str) -> String {
        format!(r#"{{"fit":{{"draws":{{"E":[{values}],"A":[{values}]}},"failed_draws":1}}}}"#)
    }

    #[test]
    fn parts_of_a_bootstrap_add_up() {
        let mut draws = Draws::default();
        draws.add(&part("1.0,null")).unwrap();
        draws.add(&part("2.0,3.0,4.0")).unwrap();
        assert_eq!((draws.len(), draws.failed), (5, 2));
        assert_eq!(draws.interval("E"), interval(&[1.0, 2.0, 3.0, 4.0], LEVEL));
        assert_eq!(draws.interval("alpha"), None);
        assert_eq!(draws.add("{}"), None);
    }

    #[test]
    fn a_fit_with_draws_is_a_fit_of_the_contract() {
        let mut draws = Draws::default();
        draws.add(&part("1.0,null,2.0")).unwrap();
        let joined = draws.joined(FIT, &Named::default());
        let given: crate::ask::GivenFit =
            serde_json::from_str(&joined).unwrap_or_else(|error| panic!("{error}: {joined}"));
        assert_eq!(given.draws.unwrap().get("E").unwrap().len(), 3);
        assert!(joined.contains("\"failed_draws\":1,\"intervals\":{\"E\":["), "{joined}");
        assert_eq!(Draws::default().joined(FIT, &Named::default()), FIT);
    }

    #[test]
    fn an_estimate_says_what_it_moves_with() {
        let mut study = Study::default();
        assert_eq!(outcome().remark("A", &study), "moves with α, correlation 0.999");
        assert_eq!(outcome().remark("E", &study), "");
        let closer = FIT.replace("0.9991", "-0.9998");
        let closer = Outcome::read(&format!(r#"{{"fit":{closer}}}"#)).unwrap();
        assert_eq!(closer.remark("A", &study), "moves with α, correlation below −0.999");
        study.fix("E", "1.8172".to_owned());
        study.ties = "A = alpha".to_owned();
        assert_eq!(outcome().remark("E", &study), "fixed");
        assert_eq!(outcome().remark("alpha", &study), "tied to A");
    }

    #[test]
    fn what_is_derived_is_asked_as_a_law_of_the_parameters() {
        let mut draws = Draws::default();
        draws.add(
            r#"{"fit":{"draws":{"E":[1.0],"alpha":[0.3,null,0.5],"beta":[0.3,null,0.3]},"failed_draws":1}}"#,
        );
        let values = [("E", 1.8), ("alpha", 0.34), ("beta", 0.36)];
        let question = draws.ask("beta / (alpha + beta)", &values).unwrap();
        assert!(!question.contains("\"E\""), "{question}");
        let answer: serde_json::Value =
            serde_json::from_str(&crate::ask::answer_text(&question, &mut |_| {})).unwrap();
        let ends = interval(&[0.3 / (0.3 + 0.3), 0.3 / (0.5 + 0.3)], LEVEL).unwrap();
        assert_eq!(answer["predict"]["interval"], serde_json::json!(ends));
    }

    #[test]
    fn estimates_have_their_intervals() {
        let mut draws = Draws::default();
        draws.add(&part("1.0,2.0")).unwrap();
        let derived = Named::from_iter([("a", [0.4, 0.6])]);
        let rows = estimates(&outcome(), Some(&draws), &derived, &Study::default());
        assert_eq!(rows[0].value, "1.8172");
        assert_eq!(rows[0].ends, Some(["1.050".to_owned(), "1.950".to_owned()]));
        assert_eq!(rows[2].ends, None);
        assert_eq!((&*rows[3].name, rows[3].exact), ("a", (Some(0.514), Some([0.4, 0.6]))));
        assert!(
            estimates(&outcome(), None, &derived, &Study::default()).iter().all(|row| row.ends.is_none())
        );
    }

    #[test]
    fn what_runs_do_not_decide_can_be_tied_or_held() {
        let mut study = Study::default();
        let hold = Way::Hold("A".to_owned(), "478".to_owned());
        assert_eq!(outcome().ways(&study), [hold.clone(), Way::Hold("E".to_owned(), "1.82".to_owned())]);
        let both = FIT.replace(r#""alpha":0.34731"#, r#""alpha":0.34731,"beta":0.36"#);
        let both = Outcome::read(&format!(r#"{{"fit":{both}}}"#)).unwrap();
        assert_eq!(both.ways(&study), [Way::Tie, hold]);
        Way::Tie.take(&mut study);
        assert_eq!(study.ties, "alpha = beta");
        assert!(!both.ways(&study).contains(&Way::Tie));
    }

    #[test]
    fn runs_that_are_off_say_what_they_would_do() {
        let answer = r#"{"fit":{"decisions":[{"at":{"N":{"value":1.19e11}},"value":{"value":1.9}}]}}"#;
        let size = decided_size(answer).unwrap();
        let said = influence(5, [73.19e9, size], "5.76e23 FLOPs");
        assert_eq!(
            said,
            "Switched on, the 5 runs that are off move the size at 5.76e23 FLOPs from 73.2 to 119.0\u{a0}B."
        );
        assert_eq!(decided_size("{}"), None);
    }

    #[test]
    fn a_decision_has_the_unit_of_its_value() {
        let plan = Plan::read(concat!(
            r#"{"allocate":{"at":{"N":73190438835.3,"D":1.31e12},"value":1.9744,"#,
            r#""quantities":{"tokens_per_parameter":17.9},"active":[],"#,
            r#""intervals":{"N":[52.08e9,102.34e9],"value":[1.95,2.0]},"warnings":[]}}"#
        ))
        .unwrap();
        let rows = decision(&plan);
        assert_eq!(rows[0].value, "73.2\u{a0}B");
        assert_eq!(rows[0].ends, Some(["52.1\u{a0}B".to_owned(), "102.3\u{a0}B".to_owned()]));
        assert_eq!(rows[3].ends, Some(["1.950".to_owned(), "2.000".to_owned()]));
        assert_eq!(
            (rows[0].titled(), rows[3].titled()),
            ("Size N".to_owned(), "Loss, nats per token".to_owned())
        );
    }
}
