//! An amount as it arrives in JSON.

use std::fmt;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize};

use super::{Expected, UnitError, ascii, read};

/// A number in base units, or text in the unit grammar.
///
/// ```
/// use isoflop::units::{Amount, Unit};
///
/// let given: Vec<Amount> = serde_json::from_str(r#"["70B", 7e10]"#)?;
/// for amount in given {
///     assert_eq!(amount.read(Unit::Parameters)?, 70e9);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Amount {
    /// A number in the base unit.
    Number(f64),
    /// Text in the unit grammar, such as `70B`.
    Text(String),
}

impl Amount {
    /// The amount in its base unit.
    ///
    /// # Errors
    /// A number of a sign that is not allowed or that is not finite, and whatever [`read()`] refuses.
    pub fn read(&self, expected: impl Into<Expected>) -> Result<f64, UnitError> {
        let expected = expected.into();
        match self {
            Self::Number(value) => expected.check(*value, &ascii(*value)),
            Self::Text(text) => read(text, expected).map(|read| read.value),
        }
    }
}

impl From<f64> for Amount {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<&str> for Amount {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AmountVisitor)
    }
}

/// Reads a number or text, and says so where something else is given.
struct AmountVisitor;

impl Visitor<'_> for AmountVisitor {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or text such as \"70B\"")
    }

    fn visit_f64<E>(self, value: f64) -> Result<Amount, E> {
        Ok(Amount::Number(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Amount, E> {
        Ok(Amount::Number(value as f64))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Amount, E> {
        Ok(Amount::Number(value as f64))
    }

    fn visit_str<E>(self, text: &str) -> Result<Amount, E> {
        Ok(Amount::from(text))
    }
}
