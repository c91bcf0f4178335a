//! Which method: a law that is fitted, parabolas, or the envelope, with how it is applied.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::ask::fit::{self, FixedChoice, LossChoice};
use crate::ask::isoflop::WindowChoice;
use crate::ask::{LawChoice, Named};
use crate::fit::Loss;

/// A method: `isoflop` (Chinchilla's approach 2), `envelope` (approach 1), the id of a law, or one of the three with how
/// it is applied.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum MethodChoice {
    /// `isoflop`, `envelope`, or the id of a law.
    Named(String),
    /// A law with how it is fitted.
    Fit(Box<FitMethod>),
    /// Parabolas with what they are put through.
    IsoFlop(IsoFlopMethod),
    /// The envelope with how its points are found.
    Envelope(EnvelopeMethod),
}

/// A law with how it is fitted.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FitMethod {
    /// What it is called in the answer; by default the id of its law, or its formula.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The law.
    pub law: LawChoice,
    /// How residuals count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss: Option<LossChoice>,
    /// Lists of parameters that have one value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tie: Vec<Vec<String>>,
    /// Parameters that are not fitted.
    #[serde(default, skip_serializing_if = "Named::is_empty")]
    pub fix: Named<FixedChoice>,
    /// From where to where parameters may go, in the place of the law's own bounds.
    #[serde(default, skip_serializing_if = "Named::is_empty")]
    pub bounds: Named<[f64; 2]>,
}

/// Parabolas with what they are put through.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IsoFlopMethod {
    /// What it is called in the answer; by default `isoflop`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// As the verb `isoflop` has it.
    pub isoflop: IsoFlopChoice,
}

/// How runs are grouped, and which of a group count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "parabolas such as {\"window\":{\"points\":2}}")]
pub struct IsoFlopChoice {
    /// Runs are of one group where each has at most this share more compute than the one before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<f64>,
    /// Which points of a group count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowChoice>,
    /// What is a parabola: `linear` or `log`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<String>,
}

/// The envelope with how its points are found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EnvelopeMethod {
    /// What it is called in the answer; by default `envelope`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// As the verb `envelope` has it.
    pub envelope: EnvelopeChoice,
}

/// How the points of an envelope are found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "an envelope such as {\"budgets\":1500,\"smooth\":10}")]
pub struct EnvelopeChoice {
    /// How many budgets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budgets: Option<usize>,
    /// The standard deviation, in points of a curve, of the Gaussian by which losses are smoothed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smooth: Option<f64>,
}

/// The fields of all methods: which of them stand says which method it is.
#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a method such as {\"law\":\"chinchilla\",\"loss\":{\"squares\":true}} or {\"isoflop\":{\"window\":{\"points\":2}}}"
)]
struct MethodFields {
    name: Option<String>,
    law: Option<LawChoice>,
    loss: Option<LossChoice>,
    #[serde(default)]
    tie: Vec<Vec<String>>,
    #[serde(default)]
    fix: Named<FixedChoice>,
    #[serde(default)]
    bounds: Named<[f64; 2]>,
    isoflop: Option<IsoFlopChoice>,
    envelope: Option<EnvelopeChoice>,
}

impl MethodFields {
    /// The method; none where none or several are named, or a law's fields stand beside another.
    fn method(self) -> Option<MethodChoice> {
        let Self { name, law, loss, tie, fix, bounds, isoflop, envelope } = self;
        let of_law = loss.is_some() || !tie.is_empty() || !fix.is_empty() || !bounds.is_empty();
        match (law, isoflop, envelope) {
            (Some(law), None, None) => {
                Some(MethodChoice::Fit(Box::new(FitMethod { name, law, loss, tie, fix, bounds })))
            }
            (None, Some(isoflop), None) if !of_law => {
                Some(MethodChoice::IsoFlop(IsoFlopMethod { name, isoflop }))
            }
            (None, None, Some(envelope)) if !of_law => {
                Some(MethodChoice::Envelope(EnvelopeMethod { name, envelope }))
            }
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for MethodChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MethodVisitor;

        impl<'de> Visitor<'de> for MethodVisitor {
            type Value = MethodChoice;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a method such as \"isoflop\", \"envelope\", \"chinchilla\" or {\"law\":\"chinchilla\"}",
                )
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<MethodChoice, E> {
                Ok(MethodChoice::Named(name.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<MethodChoice, A::Error> {
                let fields = MethodFields::deserialize(MapAccessDeserializer::new(map))?;
                let message = "expected one of \"law\", \"isoflop\" and \"envelope\", with its own fields";
                fields.method().ok_or_else(|| A::Error::custom(message))
            }
        }

        deserializer.deserialize_any(MethodVisitor)
    }
}

impl From<&LawChoice> for MethodChoice {
    fn from(law: &LawChoice) -> Self {
        Self::Fit(Box::new(FitMethod {
            name: None,
            law: law.clone(),
            loss: None,
            tie: Vec::new(),
            fix: Named::default(),
            bounds: Named::default(),
        }))
    }
}

impl MethodChoice {
    /// What it is called.
    pub(super) fn name(&self) -> String {
        let given = match self {
            Self::Named(name) => Some(name),
            Self::Fit(method) => method.name.as_ref(),
            Self::IsoFlop(method) => method.name.as_ref(),
            Self::Envelope(method) => method.name.as_ref(),
        };
        match (given, self) {
            (Some(name), _) => name.clone(),
            (None, Self::Fit(method)) => match &method.law {
                LawChoice::Catalogue(name) => name.clone(),
                #[cfg(feature = "catalogue")]
                LawChoice::Typed(law) => law.formula.clone(),
            },
            (None, Self::IsoFlop(_)) => "isoflop".to_owned(),
            (None, _) => "envelope".to_owned(),
        }
    }

    /// How residuals count, of a law that is fitted, where the runs have their noise or not.
    pub(super) fn loss(&self, standardised: bool) -> Option<Loss> {
        match self.whole() {
            Self::Fit(method) => fit::loss(method.loss.as_ref(), standardised).ok(),
            _ => None,
        }
    }

    /// The same with every field: a name alone says which method, and all else is as by default.
    pub(super) fn whole(&self) -> Self {
        match self {
            Self::Named(name) => match name.as_str() {
                "isoflop" => Self::IsoFlop(IsoFlopMethod { name: None, isoflop: IsoFlopChoice::default() }),
                "envelope" => {
                    Self::Envelope(EnvelopeMethod { name: None, envelope: EnvelopeChoice::default() })
                }
                id => Self::from(&LawChoice::Catalogue(id.to_owned())),
            },
            whole => whole.clone(),
        }
    }
}
