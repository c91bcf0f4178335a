//! An amount in a Question: a number, a text, or another Question.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Serialize, de};

use super::{AskError, AskFault, Asking, Question, verbs};
use crate::outcome::Warning;
use crate::units::{Expected, Read, Unit, ascii, read};

/// A number in base units, text in the unit grammar such as `"70B"`, or a Question that answers with one
/// number.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Quantity {
    /// A number in base units.
    Number(f64),
    /// Text in the unit grammar.
    Text(String),
    /// A Question that answers with one number.
    Asked(Box<Question>),
}

impl Quantity {
    /// The amount in base units; `path` is the field that holds it.
    pub(super) fn resolve(
        &self,
        expected: impl Into<Expected>,
        path: &dyn Fn() -> String,
        asking: &mut Asking,
    ) -> Result<f64, AskError> {
        self.resolve_counted(expected, None, path, asking)
    }

    /// The same, of exactly what `counts` says: a Question that answers with another count is warned of.
    pub(super) fn resolve_counted(
        &self,
        expected: impl Into<Expected>,
        counts: Option<&str>,
        path: &dyn Fn() -> String,
        asking: &mut Asking,
    ) -> Result<f64, AskError> {
        let expected = expected.into();
        match self {
            Self::Number(value) => check(*value, expected, path),
            Self::Text(text) => {
                let read = read(text, expected).map_err(|error| AskError::at(path(), error))?;
                Ok(amount(&read, path, asking))
            }
            Self::Asked(question) => {
                check(ask(question, expected.unit, counts, &path(), asking)?, expected, path)
            }
        }
    }
}

/// The amount that was read, with a warning where it is likely to be a slip.
pub(super) fn amount(read: &Read, path: &dyn Fn() -> String, asking: &mut Asking) -> f64 {
    if let Some(slip) = &read.slip {
        let warning = Warning::new("units.likely_slip", slip.to_string());
        asking.warnings.push(warning.with("path", path()).with("meant", slip.value));
    }
    read.value
}

/// A number that has an allowed sign. Columns are long, so nothing is written out before it is refused.
fn check(value: f64, expected: Expected, path: &dyn Fn() -> String) -> Result<f64, AskError> {
    let named = |_| expected.check(value, &ascii(value)).map_err(|error| AskError::at(path(), error));
    expected.check(value, "").or_else(named)
}

/// The one number that a nested Question answers with.
fn ask(
    question: &Question,
    unit: Unit,
    counts: Option<&str>,
    path: &str,
    asking: &mut Asking,
) -> Result<f64, AskError> {
    let mut inner = asking.within(path)?;
    let answer = verbs::answer(&question.verb, &mut inner).map_err(|error| error.within(path))?;
    let warnings = inner.warnings;
    let not_one = |given: &str| AskFault::NotOneNumber { given: given.to_owned() }.at(path);
    let number = answer.one_number().map_err(not_one)?;
    if let Some(given) = number.unit.filter(|given| unit != Unit::One && given != unit.name()) {
        return Err(AskFault::AnswerInOtherUnit { expected: unit.name(), given }.at(path));
    }
    asking.warnings.extend(warnings);
    if let (Some(expected), Some(given)) = (counts, number.counts)
        && expected != given
    {
        let message = format!("{path} counts {expected}; the answer in its place counts {given}");
        let warning = Warning::new("convention.mixed", message).with("path", path);
        asking.warnings.push(warning.with("expected", expected).with("given", given));
    }
    Ok(number.value)
}

impl From<f64> for Quantity {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<&str> for Quantity {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(QuantityVisitor)
    }
}

pub(super) struct QuantityVisitor;

impl<'de> Visitor<'de> for QuantityVisitor {
    type Value = Quantity;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, text such as \"70B\" or a Question that answers with one number")
    }

    fn visit_f64<E>(self, value: f64) -> Result<Quantity, E> {
        Ok(Quantity::Number(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Quantity, E> {
        Ok(Quantity::Number(value as f64))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Quantity, E> {
        Ok(Quantity::Number(value as f64))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Quantity, E> {
        Ok(text.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Quantity, A::Error> {
        Question::deserialize(MapAccessDeserializer::new(map))
            .map(|question| Quantity::Asked(Box::new(question)))
    }
}
