//! Parameters that a fit does not find by themselves: bounded, tied to others, or fixed.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::ask::law::AskedLaw;
use crate::ask::{AskError, AskFault, Named};
use crate::laws::Bounds;
use crate::num;

/// The value of a parameter that is not fitted: a number, or one with the draws of the fit that it comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum FixedChoice {
    /// A number.
    Value(f64),
    /// A number, and what it was in the draws of another fit: draw after draw of this one's bootstrap takes the next.
    Drawn(DrawnValue),
}

/// A number, and what it was in the draws of another fit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a value such as {\"value\":1.7,\"draws\":[1.69,1.71]}")]
pub struct DrawnValue {
    /// The value.
    pub value: f64,
    /// Its draws.
    pub draws: Vec<f64>,
}

impl FixedChoice {
    /// The value.
    pub fn value(&self) -> f64 {
        match self {
            Self::Value(value) | Self::Drawn(DrawnValue { value, .. }) => *value,
        }
    }

    /// The draws; none of a number.
    pub fn draws(&self) -> &[f64] {
        match self {
            Self::Value(_) => &[],
            Self::Drawn(DrawnValue { draws, .. }) => draws,
        }
    }
}

impl<'de> Deserialize<'de> for FixedChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FixedVisitor;

        impl<'de> Visitor<'de> for FixedVisitor {
            type Value = FixedChoice;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, or a value such as {\"value\":1.7,\"draws\":[1.69,1.71]}")
            }

            fn visit_f64<E: Error>(self, value: f64) -> Result<FixedChoice, E> {
                Ok(FixedChoice::Value(value))
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<FixedChoice, E> {
                Ok(FixedChoice::Value(value as f64))
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<FixedChoice, E> {
                Ok(FixedChoice::Value(value as f64))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<FixedChoice, A::Error> {
                DrawnValue::deserialize(MapAccessDeserializer::new(map)).map(FixedChoice::Drawn)
            }
        }

        deserializer.deserialize_any(FixedVisitor)
    }
}

/// Gives parameters the bounds that are asked for, in the place of the law's own.
pub(super) fn bounded(mut law: AskedLaw, asked: &Named<[f64; 2]>) -> Result<AskedLaw, AskError> {
    let names: Vec<String> = law.parameters.iter().map(|parameter| parameter.name.clone()).collect();
    for (name, &[low, high]) in asked.iter() {
        known(&law, &names, name, "fit.bounds")?;
        let refused = |message| Err(AskError::malformed(format!("fit.bounds.{name}"), message));
        if !(low.is_finite() && high.is_finite() && low < high) {
            return refused(format!("expected a number and a higher one; got {low} and {high}"));
        }
        for own in law.parameters.iter_mut().filter(|own| own.name == *name) {
            if own.bounds == Bounds::Positive && low < 0.0 {
                return refused(format!("expected numbers that are not negative; got {low}"));
            }
            own.bounds = Bounds::In(low, high);
        }
    }
    Ok(law)
}

/// A law with parameters tied together: those that are left, and for each of the law's own the one that it goes with.
pub(super) struct Tied {
    pub law: AskedLaw,
    /// Every parameter of the law as it was, with the place among those left that has its value.
    pub place: Vec<(String, usize)>,
}

/// Ties parameters: each list is of names that have one value.
pub(super) fn tied(mut law: AskedLaw, ties: &[Vec<String>]) -> Result<Tied, AskError> {
    let names: Vec<String> = law.parameters.iter().map(|parameter| parameter.name.clone()).collect();
    let mut kept: Vec<String> = names.clone();
    for (at, tie) in ties.iter().enumerate() {
        let path = format!("fit.tie[{at}]");
        let [first, rest @ ..] = tie.as_slice() else {
            return Err(AskError::malformed(path, "expected names of parameters; got none"));
        };
        for name in tie {
            known(&law, &names, name, &path)?;
        }
        for name in rest {
            let place = |name: &String| names.iter().position(|known| known == name).expect("it is known");
            let (from, to) = (kept[place(name)].clone(), kept[place(first)].clone());
            if from == to {
                let message = format!("expected different parameters; got {name} twice");
                return Err(AskError::malformed(path, message));
            }
            law = one_tie(law, &from, &to, &path)?;
            kept.iter_mut().filter(|kept| **kept == from).for_each(|kept| to.clone_into(kept));
        }
    }
    let left: Vec<&str> = law.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    let place = |name: &String| left.iter().position(|known| known == name).expect("it is left");
    let place = names.into_iter().zip(kept.iter().map(place)).collect();
    Ok(Tied { law, place })
}

fn one_tie(mut law: AskedLaw, from: &str, to: &str, path: &str) -> Result<AskedLaw, AskError> {
    let bounds = |law: &AskedLaw, name: &str| {
        law.parameters.iter().find(|known| known.name == name).expect("it is known").bounds
    };
    let shared = shared(bounds(&law, from), bounds(&law, to)).ok_or_else(|| {
        let message = format!(
            "expected parameters that can be equal; the bounds of {from} and {to} have no value in common"
        );
        AskError::malformed(path, message)
    })?;
    let output = &mut law.outputs[0];
    output.formula = output.formula.renamed(from, to).ok_or_else(|| {
        AskError::malformed(path, format!("expected a parameter that is no member of a family; got {from}"))
    })?;
    law.parameters.retain(|parameter| parameter.name != from);
    law.parameters.iter_mut().filter(|known| known.name == to).for_each(|known| known.bounds = shared);
    Ok(law)
}

/// What is within both bounds.
fn shared(a: Bounds, b: Bounds) -> Option<Bounds> {
    let ends = |bounds: Bounds| match bounds {
        Bounds::In(low, high) => (low, high),
        Bounds::Positive => (0.0, f64::INFINITY),
        Bounds::Free => (f64::NEG_INFINITY, f64::INFINITY),
    };
    let (low, high) = (num::max(ends(a).0, ends(b).0), num::min(ends(a).1, ends(b).1));
    match (low < high, low.is_finite(), high.is_finite()) {
        (false, ..) => None,
        (_, true, true) => Some(Bounds::In(low, high)),
        (_, true, false) => Some(Bounds::Positive),
        _ => Some(Bounds::Free),
    }
}

/// Checks what is fixed: parameters of the law, at values within their bounds.
pub(super) fn check_fixed(law: &AskedLaw, fixed: &Named<FixedChoice>) -> Result<(), AskError> {
    let names: Vec<String> = law.parameters.iter().map(|parameter| parameter.name.clone()).collect();
    for (name, choice) in fixed.iter() {
        known(law, &names, name, "fit.fix")?;
        let path = format!("fit.fix.{name}");
        let bounds = law.parameters.iter().find(|known| known.name == *name).map(|known| known.bounds);
        for value in [choice.value()].iter().chain(choice.draws()) {
            let (within, expected) = match bounds {
                Some(Bounds::In(low, high)) => {
                    (*value >= low && *value <= high, format!("between {low} and {high}"))
                }
                Some(Bounds::Positive) => (*value >= 0.0, "that is not negative".to_owned()),
                _ => (true, String::new()),
            };
            if !(within && value.is_finite()) {
                return Err(AskError::malformed(path, format!("expected a number {expected}; got {value}")));
            }
        }
    }
    Ok(())
}

fn known(law: &AskedLaw, names: &[String], name: &str, path: &str) -> Result<(), AskError> {
    if names.iter().any(|known| known == name) {
        return Ok(());
    }
    let what = format!("a parameter of {}", law.name());
    Err(AskFault::UnknownName { what, known: names.to_vec(), given: name.to_owned() }.at(path))
}
