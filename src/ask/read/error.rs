//! What is wrong with a JSON value, and where.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

use crate::units::clip;

/// Why a JSON value is not what was expected, and at which field.
#[derive(Debug)]
pub(in crate::ask) struct ReadError {
    /// From the innermost field outwards.
    path: Vec<String>,
    pub fault: ReadFault,
}

/// What is wrong with a JSON value.
#[derive(Debug)]
pub(in crate::ask) enum ReadFault {
    /// A field that the object does not have.
    UnknownField { field: String, known: &'static [&'static str] },
    /// A verb that there is not.
    UnknownVerb { verb: String, known: &'static [&'static str] },
    /// A field that must be there.
    Missing { field: &'static str },
    /// JSON of another type.
    Type { expected: String, given: String },
    /// Anything else, in words.
    Other(String),
}

impl ReadError {
    fn new(fault: ReadFault) -> Self {
        Self { path: Vec::new(), fault }
    }

    pub fn inside(mut self, field: impl FnOnce() -> String) -> Self {
        self.path.push(field());
        self
    }

    /// A list that is longer than its reader takes.
    pub fn left_over(taken: usize, given: usize) -> Self {
        Self::new(ReadFault::Type {
            expected: format!("a list of {taken} values"),
            given: format!("{given} values"),
        })
    }

    /// The field, such as `allocate.limits[1].at_most`.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for part in self.path.iter().rev() {
            if !path.is_empty() && !part.starts_with('[') {
                path.push('.');
            }
            path.push_str(part);
        }
        path
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}", self.path(), self.fault)
    }
}

impl std::error::Error for ReadError {}

impl Error for ReadError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(ReadFault::Other(message.to_string()))
    }

    fn invalid_type(given: Unexpected, expected: &dyn Expected) -> Self {
        Self::new(ReadFault::Type { expected: plain(&expected.to_string()), given: shown(given) })
    }

    fn invalid_value(given: Unexpected, expected: &dyn Expected) -> Self {
        Self::invalid_type(given, expected)
    }

    fn invalid_length(given: usize, expected: &dyn Expected) -> Self {
        let given = format!("{given} values");
        Self::new(ReadFault::Type { expected: plain(&expected.to_string()), given })
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        Self::new(ReadFault::UnknownField { field: field.to_owned(), known })
    }

    fn unknown_variant(verb: &str, known: &'static [&'static str]) -> Self {
        Self::new(ReadFault::UnknownVerb { verb: verb.to_owned(), known })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(ReadFault::Missing { field })
    }
}

/// The expected type in words that are not Rust's.
fn plain(expected: &str) -> String {
    match expected {
        "f64" => "a number",
        "u64" | "usize" => "a whole number that is zero or more",
        "a string" => "text",
        "a sequence" => "a list",
        "a boolean" => "true or false",
        "an array of length 2" => "a list of two numbers",
        other => other,
    }
    .to_owned()
}

/// What was given, in the words of JSON.
fn shown(given: Unexpected) -> String {
    match given {
        Unexpected::Unit | Unexpected::Option => "null".to_owned(),
        Unexpected::Str(text) => format!("\"{}\"", clip(text)),
        Unexpected::Bool(value) => value.to_string(),
        Unexpected::Unsigned(number) => number.to_string(),
        Unexpected::Signed(number) => number.to_string(),
        Unexpected::Float(number) => number.to_string(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "an object".to_owned(),
        other => other.to_string(),
    }
}
