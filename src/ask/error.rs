//! Why a Question has no answer.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::later;
use super::read::{ReadError, ReadFault, clip};
use crate::outcome::{Explain, Place, nearest};

/// Why a Question has no answer. Paths are those of the Question's fields.
#[derive(Debug, Error)]
pub enum AskError {
    /// The text is no JSON.
    #[error("character {}: expected a Question as JSON such as {{\"laws\":{{}}}}; {fault}", position + 1)]
    NotJson {
        /// What is wrong, in the words of the JSON reader.
        fault: String,
        /// The character, from 0.
        position: usize,
    },
    /// A verb or field that a later version brings.
    #[error("{path} is not yet available: it comes with {with}")]
    NotAvailable {
        /// The verb or field.
        path: String,
        /// What brings it.
        with: &'static str,
    },
    /// A verb that there is not.
    #[error("expected a verb ({}); got \"{}\"{}", .known.join(", "), clip(given), meant(given, known))]
    UnknownVerb {
        /// What was given.
        given: String,
        /// The verbs there are.
        known: Vec<String>,
        /// The object that should hold a verb; empty for the Question itself.
        path: String,
    },
    /// A field that there is not.
    #[error("{}expected {}; got \"{}\"{}", before(path), one_of(known), clip(given), meant(given, known))]
    UnknownField {
        /// What was given.
        given: String,
        /// The fields there are.
        known: Vec<String>,
        /// The object that holds it.
        path: String,
    },
    /// A field that must be there.
    #[error("{}expected the field \"{field}\"; it is missing", before(path))]
    MissingField {
        /// The field.
        field: String,
        /// The object that lacks it.
        path: String,
    },
    /// JSON of another type.
    #[error("{}expected {expected}; got {given}", before(path))]
    WrongType {
        /// What was expected.
        expected: String,
        /// What was given.
        given: String,
        /// The field.
        path: String,
    },
    /// A Question that contradicts itself, or says too much or too little.
    #[error("{}{message}", before(path))]
    Malformed {
        /// What was expected.
        message: String,
        /// The field.
        path: String,
    },
    /// Questions within questions.
    #[error("{path}: expected at most {most} questions within each other")]
    TooDeep {
        /// How many there may be.
        most: usize,
        /// The innermost.
        path: String,
    },
    /// A Question in the place of a number whose answer is not one number.
    #[error("{path}: expected a question that answers with one number; this one answers with {given}")]
    NotOneNumber {
        /// What it answers with.
        given: String,
        /// The field.
        path: String,
    },
    /// A Question in the place of a number whose answer is in another unit.
    #[error("{path}: expected an answer in {expected}; this question answers in {given}")]
    AnswerInOtherUnit {
        /// The unit expected.
        expected: &'static str,
        /// The unit of its answer.
        given: String,
        /// The field.
        path: String,
    },
    /// A law that has no fit by default.
    #[error("{path}: expected \"fit\", with values for {parameters}: this law has no published fit")]
    NoFit {
        /// The parameters.
        parameters: String,
        /// The verb.
        path: String,
    },
    /// A parameter without a value.
    #[error("{path}: expected a value for the parameter {name}; got none")]
    NoValue {
        /// The parameter.
        name: String,
        /// The fit.
        path: String,
    },
    /// An input of the law without a value.
    #[error("{path}: expected a value for {name}, which {law} depends on; got none")]
    NoInput {
        /// The input.
        name: String,
        /// The law.
        law: String,
        /// The field.
        path: String,
    },
    /// A name that the law does not have.
    #[error("{path}: expected {what} ({}); got \"{}\"{}", .known.join(", "), clip(given), meant(given, known))]
    UnknownName {
        /// What is expected, such as `an input of chinchilla`.
        what: String,
        /// The names there are.
        known: Vec<String>,
        /// What was given.
        given: String,
        /// The field.
        path: String,
    },
    /// Columns of different lengths.
    #[error("{path}: expected {expected} values, as many as {first} has; got {given}")]
    Lengths {
        /// The first column.
        first: String,
        /// Its length.
        expected: usize,
        /// The length of this one.
        given: usize,
        /// This column.
        path: String,
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
        /// The field.
        path: String,
    },
    /// What another module refuses.
    #[error("{}{error}", before(path))]
    Inner {
        /// Its error.
        error: Box<dyn Explain + Send + Sync>,
        /// The field it is about.
        path: String,
    },
}

impl AskError {
    /// The error of another module, about a field.
    pub fn at(path: impl Into<String>, error: impl Explain + Send + Sync + 'static) -> Self {
        Self::Inner { error: Box::new(error), path: path.into() }
    }

    /// A Question that contradicts itself, or says too much or too little.
    pub fn malformed(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Malformed { message: message.into(), path: path.into() }
    }

    /// The same, of a Question that stands at this field of another.
    #[must_use]
    pub(super) fn within(mut self, outer: &str) -> Self {
        if let Some(path) = self.path_mut() {
            *path = join(outer, path);
        }
        self
    }

    fn path(&self) -> &str {
        match self {
            Self::NotJson { .. } => "",
            Self::NotAvailable { path, .. }
            | Self::UnknownVerb { path, .. }
            | Self::UnknownField { path, .. }
            | Self::MissingField { path, .. }
            | Self::WrongType { path, .. }
            | Self::Malformed { path, .. }
            | Self::TooDeep { path, .. }
            | Self::NotOneNumber { path, .. }
            | Self::AnswerInOtherUnit { path, .. }
            | Self::NoFit { path, .. }
            | Self::NoValue { path, .. }
            | Self::NoInput { path, .. }
            | Self::UnknownName { path, .. }
            | Self::Lengths { path, .. }
            | Self::Condition { path, .. }
            | Self::Inner { path, .. } => path,
        }
    }

    fn path_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::NotJson { .. } => None,
            Self::NotAvailable { path, .. }
            | Self::UnknownVerb { path, .. }
            | Self::UnknownField { path, .. }
            | Self::MissingField { path, .. }
            | Self::WrongType { path, .. }
            | Self::Malformed { path, .. }
            | Self::TooDeep { path, .. }
            | Self::NotOneNumber { path, .. }
            | Self::AnswerInOtherUnit { path, .. }
            | Self::NoFit { path, .. }
            | Self::NoValue { path, .. }
            | Self::NoInput { path, .. }
            | Self::UnknownName { path, .. }
            | Self::Lengths { path, .. }
            | Self::Condition { path, .. }
            | Self::Inner { path, .. } => Some(path),
        }
    }
}

impl Explain for AskError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "ask.not_json",
            Self::NotAvailable { .. } => "ask.not_available",
            Self::UnknownVerb { .. } => "ask.unknown_verb",
            Self::UnknownField { .. } => "ask.unknown_field",
            Self::MissingField { .. } => "ask.missing_field",
            Self::WrongType { .. } => "ask.wrong_type",
            Self::Malformed { .. } => "ask.malformed",
            Self::TooDeep { .. } => "ask.too_deep",
            Self::NotOneNumber { .. } => "ask.not_one_number",
            Self::AnswerInOtherUnit { .. } => "ask.other_unit",
            Self::NoFit { .. } => "law.no_fit",
            Self::NoValue { .. } => "law.no_value",
            Self::NoInput { .. } => "law.no_input",
            Self::UnknownName { .. } => "law.unknown_name",
            Self::Lengths { .. } => "ask.lengths",
            Self::Condition { .. } => "law.condition",
            Self::Inner { error, .. } => error.code(),
        }
    }

    fn expected(&self) -> Option<String> {
        match self {
            Self::UnknownVerb { known, .. }
            | Self::UnknownField { known, .. }
            | Self::UnknownName { known, .. } => Some(known.join(", ")),
            Self::MissingField { field, .. } => Some(field.clone()),
            Self::WrongType { expected, .. } => Some(expected.clone()),
            Self::AnswerInOtherUnit { expected, .. } => Some((*expected).to_owned()),
            Self::Lengths { expected, .. } => Some(format!("{expected} values")),
            Self::Condition { condition, .. } => Some(condition.clone()),
            Self::Inner { error, .. } => error.expected(),
            _ => None,
        }
    }

    fn given(&self) -> Option<String> {
        match self {
            Self::UnknownVerb { given, .. }
            | Self::UnknownField { given, .. }
            | Self::UnknownName { given, .. } => Some(clip(given)),
            Self::WrongType { given, .. }
            | Self::NotOneNumber { given, .. }
            | Self::AnswerInOtherUnit { given, .. } => Some(given.clone()),
            Self::Lengths { given, .. } => Some(format!("{given} values")),
            Self::Inner { error, .. } => error.given(),
            _ => None,
        }
    }

    fn unit(&self) -> Option<&'static str> {
        match self {
            Self::Inner { error, .. } => error.unit(),
            _ => None,
        }
    }

    fn at(&self) -> Place {
        let place = match self {
            Self::NotJson { position, .. } => Place::position(*position),
            Self::Condition { row, .. } => Place { row: *row, ..Place::default() },
            Self::Inner { error, .. } => error.at(),
            _ => Place::default(),
        };
        let path = self.path();
        if path.is_empty() { place } else { Place { path: Some(path.to_owned()), ..place } }
    }
}

impl From<ReadError> for AskError {
    fn from(error: ReadError) -> Self {
        let path = error.path();
        let owned = |known: &[&str]| known.iter().map(|name| (*name).to_owned()).collect();
        match error.fault {
            ReadFault::UnknownField { field: given, known } => {
                let full = join(&path, &clip(&given));
                match later::brought_by(&full) {
                    Some(with) => Self::NotAvailable { path: full, with },
                    None => Self::UnknownField { given, known: owned(known), path },
                }
            }
            ReadFault::UnknownVerb { verb: given, known } => match later::brought_by(&given) {
                Some(with) => Self::NotAvailable { path: join(&path, &clip(&given)), with },
                None => Self::UnknownVerb { given, known: owned(known), path },
            },
            ReadFault::Missing { field } => Self::MissingField { field: field.to_owned(), path },
            ReadFault::Type { expected, given } => Self::WrongType { expected, given, path },
            ReadFault::Other(message) => Self::Malformed { message, path },
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
        [only] => format!("the field {only}"),
        many => format!("one of {}", many.join(", ")),
    }
}

fn before(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!("{path}: ") }
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
