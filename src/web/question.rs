//! What the reader asks: everything that was typed and chosen, as it was typed and chosen.
//!
//! This is the page's one writable state. The link, the question to the engine and all that is shown derive
//! from it.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::runs::{Role, RunsError, Sent, Table, read as read_table};
use crate::units::{Read, Unit, UnitError, read};

/// The budget of Chinchilla and Gopher, which the page opens with.
pub const BUDGET: &str = "5.76e23 FLOPs";
/// The law that the page opens with.
pub const LAW: &str = "chinchilla";
/// The fit of that law that the page opens with.
pub const FIT: &str = "refit-240";

/// The question for the list of laws, as JSON.
pub const LAWS: &str = r#"{"laws":{}}"#;

/// What the reader asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The budget, as typed.
    pub budget: String,
    /// The id of a law.
    pub law: String,
    /// Values for the law's parameters.
    pub fit: Fit,
    /// Limits beside the budget, in the order they were added.
    pub limits: Vec<Limit>,
    /// The reader's own training runs.
    pub runs: Option<Runs>,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            budget: BUDGET.to_owned(),
            law: LAW.to_owned(),
            fit: Fit::Published(FIT.to_owned()),
            limits: Vec::new(),
            runs: None,
        }
    }
}

/// Where the values of a law's parameters come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Fit {
    /// The id of a published fit.
    Published(String),
    /// The answer of the reader's own fit, as JSON.
    Yours(Arc<str>),
}

/// A limit on a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// What it limits.
    pub on: Limited,
    /// To how much, as typed.
    pub text: String,
}

/// What a limit can be on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limited {
    /// At most so many parameters.
    LargestSize,
    /// Exactly so many parameters.
    FixedSize,
    /// At most so many tokens.
    MostTokens,
}

/// A table of training runs, and what was chosen about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Runs {
    /// Its text, as pasted or read from the file.
    #[serde(serialize_with = "as_text", deserialize_with = "from_text")]
    pub text: Arc<str>,
    /// The name of the file, or how else it came.
    pub name: String,
    /// What columns mean, where the reader has said so, in that order.
    pub columns: Vec<(usize, Role)>,
    /// The rows that are switched off.
    pub off: BTreeSet<usize>,
}

fn as_text<S: Serializer>(text: &Arc<str>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(text)
}

fn from_text<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<str>, D::Error> {
    String::deserialize(from).map(Arc::from)
}

impl Runs {
    /// A table as it came, with nothing chosen yet.
    pub fn new(text: &str, name: &str) -> Self {
        Self { text: text.into(), name: name.to_owned(), columns: Vec::new(), off: BTreeSet::new() }
    }

    /// The table, with all that was chosen about it.
    ///
    /// # Errors
    /// Why the text is no table.
    pub fn table(&self) -> Result<Table, RunsError> {
        let mut table = read_table(self.text.as_bytes())?;
        for (column, role) in &self.columns {
            // A choice about another text is no choice about this one.
            let _ = table.assign(*column, *role);
        }
        for row in &self.off {
            let _ = table.switch(*row, false);
        }
        Ok(table)
    }
}

impl Limited {
    /// Every kind, in the order of their chips.
    pub const ALL: [Self; 3] = [Self::LargestSize, Self::FixedSize, Self::MostTokens];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LargestSize => "Largest size",
            Self::FixedSize => "Fixed size",
            Self::MostTokens => "Most tokens",
        }
    }

    /// Its name in a link.
    pub const fn key(self) -> &'static str {
        match self {
            Self::LargestSize => "largest-size",
            Self::FixedSize => "size",
            Self::MostTokens => "most-tokens",
        }
    }

    /// The variable it limits.
    pub const fn variable(self) -> &'static str {
        match self {
            Self::LargestSize | Self::FixedSize => "N",
            Self::MostTokens => "D",
        }
    }

    /// The unit it is given in.
    pub const fn unit(self) -> Unit {
        match self {
            Self::LargestSize | Self::FixedSize => Unit::Parameters,
            Self::MostTokens => Unit::Tokens,
        }
    }
}

impl Limit {
    /// How its text reads; nothing while it is empty.
    pub fn read(&self) -> Option<Result<Read, UnitError>> {
        (!self.text.trim().is_empty()).then(|| read(&self.text, self.on.unit()))
    }
}

#[derive(Serialize)]
struct Asked<'a> {
    allocate: Allocate<'a>,
}

#[derive(Serialize)]
struct Allocate<'a> {
    law: &'a str,
    fit: Values<'a>,
    budget: Amount<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    limits: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Values<'a> {
    Published(&'a str),
    Given(&'a RawValue),
}

#[derive(Clone, Copy, Serialize)]
#[serde(untagged)]
enum Amount<'a> {
    Typed(&'a str),
    Number(f64),
}

#[derive(Default, Serialize)]
struct Rule<'a> {
    of: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_most: Option<Amount<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    equal: Option<Amount<'a>>,
}

impl Question {
    /// How the budget reads.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn budget(&self) -> Result<Read, UnitError> {
        read(&self.budget, Unit::Flops)
    }

    /// The question to the engine as JSON, if everything typed can be read.
    pub fn allocate(&self) -> Option<String> {
        self.budget().ok()?;
        self.with(self.fit.values()?, Amount::Typed(&self.budget), &self.limits)
    }

    /// The same question for another budget, in FLOPs.
    pub fn allocate_at(&self, flops: f64) -> Option<String> {
        self.with(self.fit.values()?, Amount::Number(flops), &self.limits)
    }

    /// The same question for a fit that is given as JSON.
    pub fn allocate_by(&self, fit: &str, flops: f64) -> Option<String> {
        self.with(Values::Given(serde_json::from_str(fit).ok()?), Amount::Number(flops), &self.limits)
    }

    /// The same question without one of its limits.
    pub fn allocate_without(&self, limit: usize) -> Option<String> {
        self.budget().ok()?;
        let mut limits = self.limits.clone();
        limits.remove(limit);
        self.with(self.fit.values()?, Amount::Typed(&self.budget), &limits)
    }

    /// The place of a limit among those that are asked: limits without a text are not.
    pub fn place_asked(&self, on: Limited) -> Option<usize> {
        self.limits.iter().filter(|limit| limit.read().is_some()).position(|limit| limit.on == on)
    }

    /// The question that fits the law to runs, as JSON.
    pub fn fit_to(&self, runs: &Sent) -> Option<String> {
        #[derive(Serialize)]
        struct Asked<'a> {
            fit: FitTo<'a>,
        }
        #[derive(Serialize)]
        struct FitTo<'a> {
            law: &'a str,
            runs: &'a Sent,
        }
        serde_json::to_string(&Asked { fit: FitTo { law: &self.law, runs } }).ok()
    }

    /// The question for the loss at many points, as JSON.
    pub fn predict(&self, sizes: &[f64], tokens: &[f64]) -> Option<String> {
        #[derive(Serialize)]
        struct Asked<'a> {
            predict: Predict<'a>,
        }
        #[derive(Serialize)]
        struct Predict<'a> {
            law: &'a str,
            fit: Values<'a>,
            at: Columns<'a>,
        }
        #[derive(Serialize)]
        #[allow(non_snake_case)]
        struct Columns<'a> {
            N: &'a [f64],
            D: &'a [f64],
        }
        let predict =
            Predict { law: &self.law, fit: self.fit.values()?, at: Columns { N: sizes, D: tokens } };
        serde_json::to_string(&Asked { predict }).ok()
    }

    fn with<'a>(&'a self, fit: Values<'a>, budget: Amount<'a>, limits: &'a [Limit]) -> Option<String> {
        let mut rules = Vec::new();
        for limit in limits {
            match limit.read() {
                None => {}
                Some(Err(_)) => return None,
                Some(Ok(_)) => rules.push(limit.rule()),
            }
        }
        serde_json::to_string(&Asked { allocate: Allocate { law: &self.law, fit, budget, limits: rules } })
            .ok()
    }
}

impl Fit {
    fn values(&self) -> Option<Values<'_>> {
        Some(match self {
            Self::Published(id) => Values::Published(id),
            Self::Yours(text) => Values::Given(serde_json::from_str(text).ok()?),
        })
    }
}

impl Limit {
    fn rule(&self) -> Rule<'_> {
        let amount = Some(Amount::Typed(&self.text));
        let of = self.on.variable();
        match self.on {
            Limited::FixedSize => Rule { of, equal: amount, ..Rule::default() },
            Limited::LargestSize | Limited::MostTokens => Rule { of, at_most: amount, ..Rule::default() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_alone_is_asked_as_such() {
        let question = Question::default();
        let expected = r#"{"allocate":{"law":"chinchilla","fit":"refit-240","budget":"5.76e23 FLOPs"}}"#;
        assert_eq!(question.allocate().as_deref(), Some(expected));
    }

    #[test]
    fn limits_that_are_set_stand_beside_the_budget() {
        let mut question = Question::default();
        question.limits.push(Limit { on: Limited::LargestSize, text: "7B".to_owned() });
        question.limits.push(Limit { on: Limited::MostTokens, text: " ".to_owned() });
        let expected = concat!(
            r#"{"allocate":{"law":"chinchilla","fit":"refit-240","budget":1e+24,"#,
            r#""limits":[{"of":"N","at_most":"7B"}]}}"#
        );
        assert_eq!(question.allocate_at(1e24).as_deref(), Some(expected));
    }

    #[test]
    fn what_cannot_be_read_is_not_asked() {
        let unread = Question { budget: "5.76e23 H100".to_owned(), ..Question::default() };
        assert_eq!(unread.allocate(), None);
        let mut limited = Question::default();
        limited.limits.push(Limit { on: Limited::FixedSize, text: "-2".to_owned() });
        assert_eq!(limited.allocate(), None);
    }

    #[test]
    fn a_fit_of_the_readers_own_is_passed_on_as_it_is() {
        let fit = r#"{"parameters":{"E":1.8172180990100799}}"#;
        let question = Question { fit: Fit::Yours(fit.into()), ..Question::default() };
        assert!(question.allocate().unwrap().contains(fit));
    }
}
