//! A limit of a Question.

use std::fmt;

#[cfg(not(feature = "catalogue"))]
use serde::de::IgnoredAny;
#[cfg(feature = "catalogue")]
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::allocate::Sense;
use crate::ask::{AskError, Quantity};
#[cfg(feature = "catalogue")]
use crate::ask::{FitChoice, LawChoice};

/// A limit: exactly one of `at_most`, `at_least`, `equal` and `one_of`.
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
    /// The values it may have, of a variable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_of: Option<Vec<Quantity>>,
}

/// What is limited: a variable such as `N`, `loss`, `cost`, a formula such as `D/N`, or the value of another law.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Of {
    /// A variable, `loss`, `cost` or a formula.
    Text(String),
    /// The value of another law.
    #[cfg(feature = "catalogue")]
    Law(Box<OtherLaw>),
}

/// Another law, whose value is limited at the plan.
#[cfg(feature = "catalogue")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a law such as {\"law\":\"chinchilla\",\"fit\":\"hoffmann2022\"}")]
pub struct OtherLaw {
    /// The law.
    pub law: LawChoice,
    /// Values for its parameters; by default the first published fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<FitChoice>,
}

impl Default for Of {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Of {
    /// The variable, name or formula; none where another law is limited.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            #[cfg(feature = "catalogue")]
            Self::Law(_) => None,
        }
    }
}

/// What a limit asks.
pub(super) enum Asked<'a> {
    /// One side, with the amount.
    Side(Sense, &'a Quantity),
    /// One of a few values.
    OneOf(&'a [Quantity]),
}

impl AskedLimit {
    /// What it asks, and the field that says it.
    pub(super) fn asked(&self, path: &str) -> Result<(Asked<'_>, String), AskError> {
        let sides = [
            (side(Sense::AtMost, self.at_most.as_ref()), "at_most"),
            (side(Sense::AtLeast, self.at_least.as_ref()), "at_least"),
            (side(Sense::Equal, self.equal.as_ref()), "equal"),
            (self.one_of.as_deref().map(Asked::OneOf), "one_of"),
        ];
        let mut given = sides.into_iter().filter_map(|(asked, field)| Some((asked?, field)));
        match (given.next(), given.next()) {
            (Some((asked, field)), None) => Ok((asked, format!("{path}.{field}"))),
            (None, _) => {
                Err(AskError::malformed(path, "expected one of at_most, at_least, equal, one_of; got none"))
            }
            (Some(_), Some(_)) => {
                let message =
                    "expected one of at_most, at_least, equal, one_of; write two limits for two of them";
                Err(AskError::malformed(path, message))
            }
        }
    }
}

fn side(sense: Sense, amount: Option<&Quantity>) -> Option<Asked<'_>> {
    amount.map(|amount| Asked::Side(sense, amount))
}

impl<'de> Deserialize<'de> for Of {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfVisitor;

        impl<'de> Visitor<'de> for OfVisitor {
            type Value = Of;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a variable such as \"N\", \"loss\", \"cost\", a formula such as \"D/N\", or another law",
                )
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Of, E> {
                Ok(Of::Text(text.to_owned()))
            }

            #[cfg(feature = "catalogue")]
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Of, A::Error> {
                OtherLaw::deserialize(MapAccessDeserializer::new(map)).map(|law| Of::Law(Box::new(law)))
            }

            /// The page's first worker knows no other law. What it refuses, the whole one answers.
            #[cfg(not(feature = "catalogue"))]
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Of, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Of::Text("law".to_owned()))
            }
        }

        deserializer.deserialize_any(OfVisitor)
    }
}
