//! The parts of an Answer that the page reads.

mod fitted;
mod laws;

pub use fitted::{FitCertificate, Fitted, fit_of, with_draws, yours};
pub use laws::{FitEntry, LawEntry, VariableEntry, given_fit, read_laws, read_source, typed_law};

use super::json::Json;
use crate::ask::Named;
use crate::outcome::Place;
use crate::units::Unit;

/// The answer to a question of allocation.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The best point, by variable.
    pub at: Named<f64>,
    /// The predicted loss there, if the law has one.
    pub value: Option<f64>,
    /// What is least instead of the loss, where something else is.
    pub least: Option<f64>,
    /// The lowest loss there is, where that is above the one to reach.
    pub floor: Option<f64>,
    /// The unit of the loss; empty where it is not known.
    pub unit: String,
    /// What its training costs, in FLOPs, where that is counted.
    pub flops: Option<f64>,
    /// What else is known of the point, such as `tokens_per_parameter`.
    pub quantities: Named<f64>,
    /// The limits that hold it back, by their places among those that were asked.
    pub active: Vec<usize>,
    /// What most draws of the fit say, where it has draws: by variable, and of the loss as `value`.
    pub intervals: Named<[f64; 2]>,
    /// What it rests on that the question does not say.
    pub assumed: Vec<Assumed>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// A fact that a plan rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumed {
    /// The field that would give it, such as `hardware.price`.
    pub field: String,
    /// Its value.
    pub value: f64,
    /// Where it stands.
    pub source: String,
}

impl Plan {
    /// Reads an Answer.
    pub fn read(answer: &str) -> Option<Self> {
        let plan = Json::read(answer)?.get("allocate")?.members();
        let quantities: Named<f64> = plan.get("quantities").map(|all| numbers(*all)).unwrap_or_default();
        let value = plan.get("value").and_then(|value| value.number());
        let loss = quantities.get("loss").copied();
        let is_loss = |of: Json<'_>| of.get("of").and_then(Json::string).is_some_and(|of| of == "loss");
        let violated = items(&plan, "violated").into_iter().find(|violated| is_loss(*violated));
        Some(Self {
            at: numbers(*plan.get("at")?),
            value: loss.or(value),
            least: loss.and(value),
            floor: violated.and_then(|violated| violated.get("alone")?.number()),
            unit: text(&plan, "unit"),
            flops: plan.get("flops").and_then(|flops| flops.number()),
            quantities,
            active: items(&plan, "active").iter().filter_map(|active| active.get("limit")?.count()).collect(),
            intervals: plan.get("intervals").map(|all| intervals(*all)).unwrap_or_default(),
            assumed: items(&plan, "assumed").into_iter().filter_map(assumed).collect(),
            warnings: warnings(&plan),
        })
    }

    /// Whether there is no plan.
    pub fn is_none(&self) -> bool {
        self.at.is_empty()
    }

    /// What it takes in FLOPs: with serving, where the model is served.
    pub fn spent(&self) -> Option<f64> {
        self.quantities.get("total").copied().or(self.flops)
    }

    /// Parameters.
    pub fn size(&self) -> Option<f64> {
        self.variable("N")
    }

    /// Tokens.
    pub fn tokens(&self) -> Option<f64> {
        self.variable("D")
    }

    /// A variable, or the first that is a kind of it, such as `N_active`.
    fn variable(&self, name: &str) -> Option<f64> {
        let kind = |known: &str| known.strip_prefix(name).is_some_and(|rest| rest.starts_with('_'));
        let kinds = || self.at.iter().find(|(known, _)| kind(known)).map(|(_, value)| value);
        self.at.get(name).or_else(kinds).copied()
    }

    /// What most draws say of one of its numbers.
    pub fn interval(&self, of: &str) -> Option<[f64; 2]> {
        self.intervals.get(of).copied()
    }

    /// The unit of its loss, where that is known.
    pub fn loss_unit(&self) -> Option<Unit> {
        Unit::LOSSES.into_iter().find(|unit| unit.name() == self.unit)
    }

    /// Tokens per parameter.
    pub fn ratio(&self) -> Option<f64> {
        self.quantities.get("tokens_per_parameter").copied()
    }
}

fn assumed(fact: Json<'_>) -> Option<Assumed> {
    let [field, source] = [fact.get("field")?.string()?, fact.get("source")?.string()?];
    Some(Assumed { field, value: fact.get("value")?.number()?, source })
}

/// What the reader should know about an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    /// The stable name of the warning.
    pub code: String,
    /// The same for a reader.
    pub message: String,
    /// The variable it is about, if it is about one.
    pub variable: String,
    /// How many times too large that is, if it is.
    pub times: Option<f64>,
}

/// The refusal of an Answer, if it is one.
pub fn read_refusal(answer: &str) -> Option<Refusal> {
    Some(Refusal::read(Json::read(answer)?.get("error")?.as_text()))
}

/// The values of an Answer that predicts many.
pub fn read_values(answer: &str) -> Option<Vec<f64>> {
    let values = Json::read(answer)?.get("predict")?.get("values")?.items();
    Some(values.into_iter().map(|value| value.number().unwrap_or(f64::NAN)).collect())
}

/// Why there is no answer, as the contract says it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Refusal {
    /// The stable name of the error.
    pub code: String,
    /// The same for a reader.
    pub message: String,
    /// What would have been right, such as the condition that is broken.
    pub expected: String,
    /// Where in the question it is.
    pub at: Place,
}

impl Refusal {
    /// Whether a law means nothing where it was asked.
    pub fn is_of_a_condition(&self) -> bool {
        self.code == "law.condition"
    }

    /// Reads the error of an Answer.
    pub fn read(error: &str) -> Self {
        let error = Json::read(error).map(Json::members).unwrap_or_default();
        let at = error.get("at").copied().map(Json::members).unwrap_or_default();
        let (count, string) =
            (|name| at.get(name).and_then(|at| at.count()), |name| at.get(name).and_then(|at| at.string()));
        let at = Place {
            row: count("row"),
            column: string("column"),
            position: count("position"),
            path: string("path"),
        };
        Self {
            code: text(&error, "code"),
            message: text(&error, "message"),
            expected: text(&error, "expected"),
            at,
        }
    }
}

/// A member that is a string; empty where there is none.
fn text(object: &Named<Json<'_>>, name: &str) -> String {
    object.get(name).and_then(|value| value.string()).unwrap_or_default()
}

/// The values of a member that is a list.
fn items<'a>(object: &Named<Json<'a>>, name: &str) -> Vec<Json<'a>> {
    object.get(name).map(|list| list.items()).unwrap_or_default()
}

/// The members that are numbers.
fn numbers(object: Json<'_>) -> Named<f64> {
    Named(values(object).0.into_iter().filter_map(|(name, value)| Some((name, value?))).collect())
}

/// The members of an object of numbers, some of them not known.
fn values(object: Json<'_>) -> Named<Option<f64>> {
    Named(object.members().0.into_iter().map(|(name, value)| (name, value.number())).collect())
}

/// The members that are texts.
fn texts(object: Json<'_>) -> Named<String> {
    Named(object.members().0.into_iter().filter_map(|(name, value)| Some((name, value.string()?))).collect())
}

fn intervals(object: Json<'_>) -> Named<[f64; 2]> {
    let interval = |value: Json<'_>| match value.items().as_slice() {
        [low, high] => Some([low.number()?, high.number()?]),
        _ => None,
    };
    Named(object.members().0.into_iter().filter_map(|(name, value)| Some((name, interval(value)?))).collect())
}

/// The warnings of an Answer's verb.
pub fn warnings(answer: &Named<Json<'_>>) -> Vec<Warning> {
    let warning = |warning: Json<'_>| {
        let warning = warning.members();
        let data = warning.get("data").copied().map(Json::members).unwrap_or_default();
        Warning {
            code: text(&warning, "code"),
            message: text(&warning, "message"),
            variable: text(&data, "variable"),
            times: data.get("times").and_then(|times| times.number()),
        }
    };
    items(answer, "warnings").into_iter().map(warning).collect()
}
