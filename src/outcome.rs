//! How an answer stands: what makes an error, and what a warning carries.
//!
//! There are three ways of not being fine. An *error*: there is no answer, because the input cannot
//! have one. A *termination*: there is an answer, and this is how the solver stopped. A *warning*:
//! the answer holds, but the reader should know something about it.

mod nearest;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use nearest::nearest;

/// Where in the input something is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Place {
    /// The row of a table, from 0 as sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    /// The column of a table, by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The character of a text, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<usize>,
    /// The field of a Question, such as `allocate.limits[1]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

impl Place {
    /// A field of a Question.
    pub fn path(path: impl Into<String>) -> Self {
        Self { path: Some(path.into()), ..Self::default() }
    }

    /// A character of a text.
    pub fn position(position: usize) -> Self {
        Self { position: Some(position), ..Self::default() }
    }

    /// A cell of a table.
    pub fn cell(row: usize, column: impl Into<String>) -> Self {
        Self { row: Some(row), column: Some(column.into()), ..Self::default() }
    }
}

/// What every error of this crate can say of itself beside its message.
///
/// Each module has one error enum; this is what the page and the contract read from any of them.
pub trait Explain: std::error::Error {
    /// The stable, dotted name of this error, such as `runs.not_positive`.
    fn code(&self) -> &'static str;
    /// What was expected.
    fn expected(&self) -> Option<String> {
        None
    }
    /// What was given instead.
    fn given(&self) -> Option<String> {
        None
    }
    /// The unit of what was expected.
    fn unit(&self) -> Option<&'static str> {
        None
    }
    /// Where it was given.
    fn at(&self) -> Place {
        Place::default()
    }
}

/// An answer that holds, with something its reader should know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Warning {
    /// The stable, dotted name of the warning, such as `range.extrapolated`.
    pub code: String,
    /// The same for a reader.
    pub message: String,
    /// The numbers and names in the message, for a program.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub data: BTreeMap<String, serde_json::Value>,
}

impl Warning {
    /// A warning without data.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), data: BTreeMap::new() }
    }

    /// Adds a number or name that the message speaks of.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        self.data.insert(name.to_owned(), value.into());
        self
    }
}

/// How a solver stopped. It says `Converged` or `Optimum` only with a certificate to prove it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Termination {
    /// A fit at a certified minimum of its objective.
    Converged,
    /// An allocation at a certified minimum within its limits.
    Optimum,
    /// The minimum lies at a bound of a parameter, or a term of the law has vanished.
    AtBound,
    /// The objective hardly changes along some direction: the answer is one of many as good.
    Flat,
    /// Several minima of equal value.
    Several,
    /// No point satisfies every limit.
    Infeasible,
    /// The objective falls for ever: some limit is missing.
    Unbounded,
    /// Stopped at the iteration limit, without a certificate.
    MaxIterations,
}
