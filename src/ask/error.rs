//! Why a Question has no answer.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::read::ReadError;
#[cfg(feature = "catalogue")]
#[cfg(feature = "catalogue")]
use super::read::ReadFault;
use crate::outcome::{Explain, Place, nearest};
use crate::units::clip;

/// Why a Question has no answer, and at which of its fields.
#[derive(Debug)]
pub struct AskError {
    /// The field, such as `allocate.limits[1].at_most`; empty for the Question itself.
    pub path: String,
    /// What is wrong with it.
    pub fault: AskFault,
}

/// What is wrong with a field of a Question.
#[derive(Debug, Error)]
pub enum AskFault {
    /// The text is no JSON.
    #[error("character {}: expected a Question as JSON such as {{\"laws\":{{}}}}; {fault}", position + 1)]
    NotJson {
        /// What is wrong, in the words of the JSON reader.
        fault: String,
        /// The character, from 0.
        position: usize,
    },
    /// A verb that there is not, in the object that should hold one.
    #[error("expected a verb ({}); got \"{}\"{}", .known.join(", "), clip(given), meant(given, known))]
    UnknownVerb {
        /// What was given.
        given: String,
        /// The verbs there are.
        known: Vec<String>,
    },
    /// A field that the object does not have.
    #[error("expected {}; got \"{}\"{}", one_of(known), clip(given), meant(given, known))]
    UnknownField {
        /// What was given.
        given: String,
        /// The fields there are.
        known: Vec<String>,
    },
    /// A field that the object must have.
    #[error("expected the field \"{field}\"; it is missing")]
    MissingField {
        /// The field.
        field: String,
    },
    /// JSON of another type.
    #[error("expected {expected}; got {given}")]
    WrongType {
        /// What was expected.
        expected: String,
        /// What was given.
        given: String,
    },
    /// A Question that contradicts itself, or says too much or too little.
    #[error("{message}")]
    Malformed {
        /// What was expected.
        message: String,
    },
    /// Questions within questions: this is the innermost.
    #[error("expected at most {most} questions within each other")]
    TooDeep {
        /// How many there may be.
        most: usize,
    },
    /// A Question in the place of a number whose answer is not one number.
    #[error("expected a question that answers with one number; this one answers with {given}")]
    NotOneNumber {
        /// What it answers with.
        given: String,
    },
    /// A Question in the place of a number whose answer is in another unit.
    #[error("expected an answer in {expected}; this question answers in {given}")]
    AnswerInOtherUnit {
        /// The unit expected.
        expected: &'static str,
        /// The unit of its answer.
        given: String,
    },
    /// A verb about a law that has no fit by default.
    #[error("expected \"fit\", with values for {parameters}: this law has no published fit")]
    NoFit {
        /// The parameters.
        parameters: String,
    },
    /// A fit that lacks the value of a parameter.
    #[error("expected a value for the parameter {name}; got none")]
    NoValue {
        /// The parameter.
        name: String,
    },
    /// An input of the law without a value.
    #[error("expected a value for {name}, which {law} depends on; got none")]
    NoInput {
        /// The input.
        name: String,
        /// The law.
        law: String,
    },
    /// A name that the law does not have.
    #[error("expected {what} ({}); got \"{}\"{}", .known.join(", "), clip(given), meant(given, known))]
    UnknownName {
        /// What is expected, such as `an input of chinchilla`.
        what: String,
        /// The names there are.
        known: Vec<String>,
        /// What was given.
        given: String,
    },
    /// A variable that neither the law nor the cost has.
    #[error(
        "expected a variable of the law or the cost ({}); got \"{}\"{}",
        .known.join(", "), clip(given), elsewhere_or_meant(given, known, elsewhere)
    )]
    NoVariable {
        /// The names there are.
        known: Vec<String>,
        /// What was given.
        given: String,
        /// The laws that have it.
        elsewhere: Vec<String>,
    },
    /// A column that is not as long as the first.
    #[error("expected {expected} values, as many as {first} has; got {given}")]
    Lengths {
        /// The first column.
        first: String,
        /// Its length.
        expected: usize,
        /// The length of this one.
        given: usize,
    },
    /// Values at which the law means nothing.
    #[error("expected {condition}, outside which {law} means nothing{}", row.map_or_else(String::new, |row| format!("; row {row} breaks it")))]
    Condition {
        /// The condition that is broken.
        condition: String,
        /// The law.
        law: String,
        /// The first row that breaks it, from 0; none for a single point.
        row: Option<usize>,
    },
    /// A value without a logarithm, where the fit is of its logarithm.
    #[cfg(feature = "fit")]
    #[error(
        "row {row}, column \"{column}\": expected a positive number, since the fit is of its logarithm; got {given}, and {column} is {counts}"
    )]
    NoLogarithm {
        /// The row, from 0.
        row: usize,
        /// The column.
        column: String,
        /// What stands there.
        given: f64,
        /// What the column counts.
        counts: String,
    },
    /// What another module refuses.
    #[error("{0}")]
    Inner(Box<dyn Explain + Send + Sync>),
}

impl AskFault {
    /// This, at a field of a Question.
    pub fn at(self, path: impl Into<String>) -> AskError {
        AskError { path: path.into(), fault: self }
    }

    /// Whether its words say enough without the field.
    fn stands_alone(&self) -> bool {
        matches!(self, Self::NotJson { .. } | Self::UnknownVerb { .. } | Self::Condition { .. })
    }
}

impl AskError {
    /// The error of another module, about a field.
    #[cfg(feature = "catalogue")]
    pub fn at(path: impl Into<String>, error: impl Explain + Send + Sync + 'static) -> Self {
        AskFault::Inner(Box::new(error)).at(path)
    }

    /// The same, of which the page's first worker says nothing.
    #[cfg(not(feature = "catalogue"))]
    pub fn at(path: impl Into<String>, _: impl Explain + Send + Sync + 'static) -> Self {
        Self::malformed(path, "")
    }

    /// A Question that contradicts itself, or says too much or too little.
    pub fn malformed(path: impl Into<String>, message: impl Into<String>) -> Self {
        AskFault::Malformed { message: message.into() }.at(path)
    }

    /// The same, said of another field.
    #[cfg(feature = "fit")]
    #[must_use]
    pub(super) fn moved(self, path: &str) -> Self {
        Self { path: path.to_owned(), ..self }
    }

    /// The same where a field has another name.
    #[cfg(feature = "fit")]
    #[must_use]
    pub(super) fn renamed(self, from: &str, to: &str) -> Self {
        let path = self.path.strip_prefix(from).map_or(self.path.clone(), |rest| format!("{to}{rest}"));
        Self { path, ..self }
    }

    /// The same, of a Question that stands at this field of another.
    #[must_use]
    pub(super) fn within(self, outer: &str) -> Self {
        Self { path: join(outer, &self.path), ..self }
    }
}

impl fmt::Display for AskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, fault } = self;
        match fault {
            _ if path.is_empty() || fault.stands_alone() => write!(f, "{fault}"),
            _ => write!(f, "{path}: {fault}"),
        }
    }
}

impl std::error::Error for AskError {}

impl Explain for AskError {
    fn code(&self) -> &'static str {
        match &self.fault {
            AskFault::NotJson { .. } => "ask.not_json",
            AskFault::UnknownVerb { .. } => "ask.unknown_verb",
            AskFault::UnknownField { .. } => "ask.unknown_field",
            AskFault::MissingField { .. } => "ask.missing_field",
            AskFault::WrongType { .. } => "ask.wrong_type",
            AskFault::Malformed { .. } => "ask.malformed",
            AskFault::TooDeep { .. } => "ask.too_deep",
            AskFault::NotOneNumber { .. } => "ask.not_one_number",
            AskFault::AnswerInOtherUnit { .. } => "ask.other_unit",
            AskFault::NoFit { .. } => "law.no_fit",
            AskFault::NoValue { .. } => "law.no_value",
            AskFault::NoInput { .. } => "law.no_input",
            AskFault::UnknownName { .. } | AskFault::NoVariable { .. } => "law.unknown_name",
            AskFault::Lengths { .. } => "ask.lengths",
            AskFault::Condition { .. } => "law.condition",
            #[cfg(feature = "fit")]
            AskFault::NoLogarithm { .. } => "fit.no_logarithm",
            AskFault::Inner(error) => error.code(),
        }
    }

    fn expected(&self) -> Option<String> {
        match &self.fault {
            AskFault::UnknownVerb { known, .. }
            | AskFault::UnknownField { known, .. }
            | AskFault::UnknownName { known, .. }
            | AskFault::NoVariable { known, .. } => Some(known.join(", ")),
            AskFault::MissingField { field } => Some(field.clone()),
            AskFault::WrongType { expected, .. } => Some(expected.clone()),
            AskFault::AnswerInOtherUnit { expected, .. } => Some((*expected).to_owned()),
            AskFault::Lengths { expected, .. } => Some(format!("{expected} values")),
            AskFault::Condition { condition, .. } => Some(condition.clone()),
            AskFault::Inner(error) => error.expected(),
            _ => None,
        }
    }

    fn given(&self) -> Option<String> {
        match &self.fault {
            AskFault::UnknownVerb { given, .. }
            | AskFault::UnknownField { given, .. }
            | AskFault::UnknownName { given, .. }
            | AskFault::NoVariable { given, .. } => Some(clip(given)),
            AskFault::WrongType { given, .. }
            | AskFault::NotOneNumber { given }
            | AskFault::AnswerInOtherUnit { given, .. } => Some(given.clone()),
            AskFault::Lengths { given, .. } => Some(format!("{given} values")),
            AskFault::Inner(error) => error.given(),
            _ => None,
        }
    }

    fn unit(&self) -> Option<&'static str> {
        match &self.fault {
            AskFault::Inner(error) => error.unit(),
            _ => None,
        }
    }

    fn at(&self) -> Place {
        let place = match &self.fault {
            AskFault::NotJson { position, .. } => Place::position(*position),
            AskFault::Condition { row, .. } => Place { row: *row, ..Place::default() },
            #[cfg(feature = "fit")]
            AskFault::NoLogarithm { row, column, .. } => Place::cell(*row, column.as_str()),
            AskFault::Inner(error) => error.at(),
            _ => Place::default(),
        };
        if self.path.is_empty() { place } else { Place { path: Some(self.path.clone()), ..place } }
    }
}

#[cfg(feature = "catalogue")]
impl From<ReadError> for AskError {
    fn from(error: ReadError) -> Self {
        let path = error.path();
        let owned = |known: &[&str]| known.iter().map(|name| (*name).to_owned()).collect();
        match error.fault {
            ReadFault::UnknownField { field: given, known } => {
                AskFault::UnknownField { given, known: owned(known) }.at(path)
            }
            ReadFault::UnknownVerb { verb: given, known } => {
                AskFault::UnknownVerb { given, known: owned(known) }.at(path)
            }
            ReadFault::Missing { field } => AskFault::MissingField { field: field.to_owned() }.at(path),
            ReadFault::Type { expected, given } => AskFault::WrongType { expected, given }.at(path),
            ReadFault::Other(message) => Self::malformed(path, message),
        }
    }
}

/// A field within a path.
fn join(path: &str, field: &str) -> String {
    match (path, field) {
        ("", field) => field.to_owned(),
        (path, "") => path.to_owned(),
        (path, field) => format!("{path}.{field}"),
    }
}

fn one_of(known: &[String]) -> String {
    match known {
        [] => "no field".to_owned(),
        [only] => format!("the field \"{only}\""),
        many => format!("one of {}", many.join(", ")),
    }
}

/// The first few laws that have a variable, or else the nearest name.
fn elsewhere_or_meant(given: &str, known: &[String], elsewhere: &[String]) -> String {
    const SHOWN: usize = 4;
    if elsewhere.is_empty() {
        return meant(given, known);
    }
    let more = if elsewhere.len() > SHOWN { " and others" } else { "" };
    format!("; laws of it: {}{more}", elsewhere[..elsewhere.len().min(SHOWN)].join(", "))
}

fn meant(given: &str, known: &[String]) -> String {
    let near = nearest(given, known.iter().map(String::as_str));
    near.map_or_else(String::new, |name| format!(": did you mean \"{name}\"?"))
}

/// An error as the contract writes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErrorAnswer {
    /// The stable, dotted name, such as `runs.not_positive`.
    pub code: String,
    /// The same for a reader.
    pub message: String,
    /// What was expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What was given instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// The unit of what was expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Where it was given.
    #[serde(default, skip_serializing_if = "is_nowhere")]
    pub at: Place,
}

fn is_nowhere(place: &Place) -> bool {
    *place == Place::default()
}

#[cfg(feature = "catalogue")]
impl From<&AskError> for ErrorAnswer {
    fn from(error: &AskError) -> Self {
        Self {
            code: error.code().to_owned(),
            message: error.to_string(),
            expected: error.expected(),
            given: error.given(),
            unit: error.unit().map(str::to_owned),
            at: error.at(),
        }
    }
}

#[cfg(not(feature = "catalogue"))]
impl From<ReadError> for AskError {
    fn from(_: ReadError) -> Self {
        Self::malformed("", "")
    }
}

/// The page's first worker only refuses: the whole one, which is asked next, answers or says why not.
#[cfg(not(feature = "catalogue"))]
impl From<&AskError> for ErrorAnswer {
    fn from(_: &AskError) -> Self {
        let (code, message) = ("first_worker".to_owned(), "the whole worker is to be asked".to_owned());
        Self { code, message, expected: None, given: None, unit: None, at: Place::default() }
    }
}
