//! Which values a law's parameters have: a published fit's, or given ones.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::law::{AskedLaw, AskedOutput};
use super::{AskError, AskFault, Named};
use crate::formula::{Leaf, Order, Program};
use crate::laws::PublishedFit;
use crate::outcome::Warning;
use crate::units::Unit;

/// Values for the parameters of a law: the id of a published fit, or given ones.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum FitChoice {
    /// The id of a published fit.
    Published(String),
    /// Given values; a fit's answer can be passed on as it is.
    Given(Box<GivenFit>),
}

/// Given values. A fit's answer has these fields among others, which are passed over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "values such as {\"parameters\":{\"E\":1.69}}")]
pub struct GivenFit {
    /// A value for each parameter; null for one on which the law depends no more.
    pub parameters: Named<Option<f64>>,
    /// For each parameter its values over the draws of a bootstrap; null where a draw has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draws: Option<Named<Vec<Option<f64>>>>,
    /// From where to where the runs behind the fit reach, by variable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fitted_on: Option<Named<[f64; 2]>>,
    /// The unit of its losses, where it is not that of the law.
    #[cfg(feature = "fit")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// How far the runs lie from the law: for intervals of new runs.
    #[cfg(feature = "fit")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noise: Option<super::NoiseAnswer>,
    #[cfg(not(feature = "fit"))]
    #[serde(default, skip_serializing)]
    noise: PassedOver,
    #[serde(default, skip_serializing)]
    objective: PassedOver,
    #[serde(default, skip_serializing)]
    runs: PassedOver,
    #[serde(default, skip_serializing)]
    free: PassedOver,
    #[serde(default, skip_serializing)]
    power: PassedOver,
    #[serde(default, skip_serializing)]
    termination: PassedOver,
    #[serde(default, skip_serializing)]
    derived: PassedOver,
    #[serde(default, skip_serializing)]
    certificate: PassedOver,
    #[serde(default, skip_serializing)]
    errors: PassedOver,
    #[serde(default, skip_serializing)]
    failed_draws: PassedOver,
    #[serde(default, skip_serializing)]
    intervals: PassedOver,
    #[serde(default, skip_serializing)]
    decisions: PassedOver,
    #[serde(default, skip_serializing)]
    diagnostics: PassedOver,
    #[serde(default, skip_serializing)]
    warnings: PassedOver,
}

/// A field of a fit's answer that nothing depends on here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct PassedOver;

impl<'de> Deserialize<'de> for PassedOver {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for PassedOver {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PassedOver".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "description": "Part of a fit's answer; passed over." })
    }
}

impl GivenFit {
    /// What a fit found, with its draws.
    #[cfg(feature = "fit")]
    pub fn of(answer: &super::FitAnswer) -> Self {
        let values = |column: &Vec<super::Number>| column.iter().map(|number| number.0).collect();
        let draws = |draws: &Named<Vec<super::Number>>| {
            draws.iter().map(|(name, column)| (name, values(column))).collect()
        };
        Self {
            parameters: answer.parameters.iter().map(|(name, value)| (name, value.0)).collect(),
            draws: answer.draws.as_ref().map(draws),
            fitted_on: Some(answer.fitted_on.clone()),
            unit: answer.unit.clone(),
            noise: answer.noise.clone(),
            ..Self::default()
        }
    }

    /// Values by name, without draws.
    pub fn new<'a>(parameters: impl IntoIterator<Item = (&'a str, f64)>) -> Self {
        let parameters = parameters.into_iter().map(|(name, value)| (name, Some(value))).collect();
        Self { parameters, ..Self::default() }
    }
}

impl<'de> Deserialize<'de> for FitChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FitVisitor;

        impl<'de> Visitor<'de> for FitVisitor {
            type Value = FitChoice;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "the id of a fit such as \"refit-240\", or values such as {\"parameters\":{\"E\":1.69}}",
                )
            }

            fn visit_str<E: Error>(self, id: &str) -> Result<FitChoice, E> {
                Ok(FitChoice::Published(id.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<FitChoice, A::Error> {
                GivenFit::deserialize(MapAccessDeserializer::new(map))
                    .map(|fit| FitChoice::Given(Box::new(fit)))
            }
        }

        deserializer.deserialize_any(FitVisitor)
    }
}

impl FitChoice {
    /// The names that it gives values for: they are parameters, wherever else they stand.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let given = match self {
            Self::Published(_) => None,
            Self::Given(fit) => Some(&fit.parameters),
        };
        given.into_iter().flat_map(Named::names)
    }
}

/// Values for the parameters of a law, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fitted {
    /// One value for each parameter.
    pub values: Vec<f64>,
    /// For each parameter a column of draws; empty without draws.
    pub draws: Vec<Vec<f64>>,
    /// How far the runs behind the fit reach.
    pub ranges: Vec<FittedOn>,
}

/// How far the runs behind a fit reach in one variable.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FittedOn {
    /// The variable.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// The smallest of the runs.
    pub low: f64,
    /// The largest.
    pub high: f64,
}

/// The unit that losses are said to be in.
#[cfg(feature = "fit")]
pub(super) fn loss_unit(name: Option<&str>, path: &str) -> Result<Option<Unit>, AskError> {
    let Some(name) = name else { return Ok(None) };
    let unit = Unit::LOSSES.into_iter().find(|unit| unit.name() == name);
    unit.map(Some).ok_or_else(|| {
        let known = Unit::LOSSES.map(Unit::name).join(", ");
        AskError::malformed(path, format!("expected a unit of losses, one of {known}; got \"{name}\""))
    })
}

/// Finds the values for the parameters of `law`; by default those of its first published fit. `path` is
/// the verb. A fit whose losses are in another unit than those of the law says so of the law.
pub(super) fn resolve(
    choice: Option<&FitChoice>,
    law: &mut AskedLaw,
    path: &str,
    warnings: &mut Vec<Warning>,
) -> Result<Fitted, AskError> {
    let field = format!("{path}.fit");
    match (choice, law.catalogue) {
        (Some(FitChoice::Given(fit)), _) => given(fit, law, &field, warnings),
        (Some(FitChoice::Published(id)), Some(catalogue)) => {
            catalogue.fit(id).map(published).map_err(|error| AskError::at(field, error))
        }
        (Some(FitChoice::Published(_)), None) => Err(no_fit(law, path)),
        (None, _) => match law.catalogue.and_then(|catalogue| catalogue.fits.first()) {
            Some(fit) => Ok(published(fit)),
            None if law.parameters.is_empty() => Ok(Fitted::default()),
            None => Err(no_fit(law, path)),
        },
    }
}

fn no_fit(law: &AskedLaw, path: &str) -> AskError {
    let names: Vec<&str> = law.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    AskFault::NoFit { parameters: names.join(", ") }.at(path)
}

fn published(fit: &'static PublishedFit) -> Fitted {
    let range = |range: &crate::laws::FittedRange| FittedOn {
        name: range.variable.symbol.to_owned(),
        unit: range.variable.unit(),
        low: range.low,
        high: range.high,
    };
    Fitted {
        values: fit.values.to_vec(),
        draws: Vec::new(),
        ranges: fit.fitted_on.iter().map(range).collect(),
    }
}

fn given(
    fit: &GivenFit,
    law: &mut AskedLaw,
    path: &str,
    warnings: &mut Vec<Warning>,
) -> Result<Fitted, AskError> {
    #[cfg(feature = "fit")]
    if let Some(unit) = loss_unit(fit.unit.as_deref(), &format!("{path}.unit"))? {
        law.outputs[0].unit = Some(unit);
    }
    check_names(&fit.parameters, law, &format!("{path}.parameters"))?;
    let values: Vec<Option<f64>> =
        law.parameters.iter().map(|p| fit.parameters.get(&p.name).copied().flatten()).collect();
    let values = complete(&values, law, &format!("{path}.parameters"))?;
    let draws = match &fit.draws {
        Some(draws) => columns(draws, law, &format!("{path}.draws"), warnings)?,
        None => Vec::new(),
    };
    let range = |(name, &[low, high]): (&str, &[f64; 2])| FittedOn {
        name: name.to_owned(),
        unit: law.unit(name),
        low,
        high,
    };
    let ranges = fit.fitted_on.iter().flat_map(Named::iter).map(range).collect();
    Ok(Fitted { values, draws, ranges })
}

fn check_names<T>(given: &Named<T>, law: &AskedLaw, path: &str) -> Result<(), AskError> {
    let known = |name: &str| law.parameters.iter().any(|parameter| parameter.name == name);
    match given.names().find(|name| !known(name)) {
        None => Ok(()),
        Some(name) => Err(AskFault::UnknownName {
            what: format!("a parameter of {}", law.name()),
            known: law.parameters.iter().map(|parameter| parameter.name.clone()).collect(),
            given: name.to_owned(),
        }
        .at(path)),
    }
}

/// A parameter without a value may be any number, if the law at the others does not depend on it: the
/// exponent of a term that vanished. Where some outputs do not depend on it and others do, those have no value.
fn complete(values: &[Option<f64>], law: &AskedLaw, path: &str) -> Result<Vec<f64>, AskError> {
    let value = |(i, value): (usize, &Option<f64>)| match value {
        Some(value) => Ok(*value),
        None => missing(i, values, law, path),
    };
    values.iter().enumerate().map(value).collect()
}

/// What stands for a parameter without a value.
fn missing(i: usize, values: &[Option<f64>], law: &AskedLaw, path: &str) -> Result<f64, AskError> {
    let missed = law.outputs.iter().map(|output| matters(i, values, law, output));
    let missed: Vec<bool> = missed.collect::<Result<_, _>>().map_err(|error| AskError::at(path, error))?;
    match (missed.contains(&true), missed.contains(&false)) {
        (false, _) => Ok(1.0),
        (true, true) => Ok(f64::NAN),
        (true, false) => Err(AskFault::NoValue { name: law.parameters[i].name.clone() }.at(path)),
    }
}

fn matters(
    parameter: usize,
    values: &[Option<f64>],
    law: &AskedLaw,
    output: &AskedOutput,
) -> Result<bool, crate::formula::FormulaError> {
    let fixed = |value: &Option<f64>| value.map_or(Leaf::Scalar, Leaf::Fixed);
    let parameters = law.parameters.iter().zip(values).map(|(p, value)| (p.name.as_str(), fixed(value)));
    let inputs = law.inputs.iter().map(|input| (input.name.as_str(), Leaf::Scalar));
    let leaves: Vec<(&str, Leaf)> = parameters.chain(inputs).collect();
    let program = Program::compile(&output.formula, &leaves, &[], Order::Value)?;
    Ok(program.depends_on(parameter))
}

/// The draws that have a value for every parameter, by parameter.
#[cfg(feature = "fit")]
pub(in crate::ask) fn drawn(
    draws: &Named<Vec<Option<f64>>>,
    law: &AskedLaw,
    path: &str,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<(String, Vec<f64>)>, AskError> {
    let names = law.parameters.iter().map(|parameter| parameter.name.clone());
    Ok(names.zip(columns(draws, law, path, warnings)?).collect())
}

/// The same as columns in the order of the law.
fn columns(
    draws: &Named<Vec<Option<f64>>>,
    law: &AskedLaw,
    path: &str,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<Vec<f64>>, AskError> {
    check_names(draws, law, path)?;
    let mut given: Vec<&Vec<Option<f64>>> = Vec::new();
    for parameter in &law.parameters {
        let none = || AskFault::NoValue { name: parameter.name.clone() }.at(path);
        given.push(draws.get(&parameter.name).ok_or_else(none)?);
    }
    let count = given.first().map_or(0, |column| column.len());
    if let Some(i) = given.iter().position(|column| column.len() != count) {
        return Err(AskFault::Lengths {
            first: law.parameters[0].name.clone(),
            expected: count,
            given: given[i].len(),
        }
        .at(format!("{path}.{}", law.parameters[i].name)));
    }
    let whole = |draw: &usize| given.iter().all(|column| column[*draw].is_some());
    let kept: Vec<usize> = (0..count).filter(whole).collect();
    if kept.len() < count {
        let (left_out, message) = (count - kept.len(), "draws have no value and are left out");
        warnings.push(
            Warning::new("draws.left_out", format!("{left_out} of {count} {message}"))
                .with("draws", count)
                .with("left_out", left_out),
        );
    }
    Ok(given.iter().map(|column| kept.iter().filter_map(|&draw| column[draw]).collect()).collect())
}
