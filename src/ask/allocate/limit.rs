//! A limit of a Question.

use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::allocate::Sense;
use crate::ask::{AskError, Quantity};

/// A limit: exactly one of `at_most`, `at_least` and `equal`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a limit such as {\"of\":\"N\",\"at_most\":\"7B\"}")]
pub struct AskedLimit {
    /// What is limited.
    pub of: Of,
    /// The most it may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Quantity>,
    /// The least it may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Quantity>,
    /// What it must be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equal: Option<Quantity>,
}

/// What is limited: a variable such as `N`, `loss`, `cost`, or a formula such as `D/N`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Of(pub String);

impl AskedLimit {
    /// On which side, with the amount and the field that holds it.
    pub(super) fn side(&self, path: &str) -> Result<(Sense, &Quantity, String), AskError> {
        let sides = [
            (Sense::AtMost, &self.at_most, "at_most"),
            (Sense::AtLeast, &self.at_least, "at_least"),
            (Sense::Equal, &self.equal, "equal"),
        ];
        let mut given = sides
            .into_iter()
            .filter_map(|(sense, amount, field)| amount.as_ref().map(|amount| (sense, amount, field)));
        match (given.next(), given.next()) {
            (Some((sense, amount, field)), None) => Ok((sense, amount, format!("{path}.{field}"))),
            (None, _) => Err(AskError::malformed(path, "expected one of at_most, at_least, equal; got none")),
            (Some(_), Some(_)) => {
                let message = "expected one of at_most, at_least, equal; write two limits for two of them";
                Err(AskError::malformed(path, message))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Of {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfVisitor;

        impl<'de> Visitor<'de> for OfVisitor {
            type Value = Of;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a variable such as \"N\", \"loss\", \"cost\" or a formula such as \"D/N\"")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Of, E> {
                Ok(Of(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Of, A::Error> {
                let field = map.next_key::<String>()?.unwrap_or_default();
                Err(A::Error::unknown_field(&field, &[]))
            }
        }

        deserializer.deserialize_any(OfVisitor)
    }
}
