//! `predict`: the value of a law, at a point or over columns.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::answer::OneNumber;
use super::evaluate::evaluate;
use super::fitted::{self, Fitted};
use super::law::{self, AskedLaw, AskedOutput};
#[cfg(feature = "catalogue")]
use super::members;
use super::range::{self, Columns};
use super::{AskError, AskFault, Asking, FitChoice, LawChoice, Named, Number, Quantity};
use crate::num::grown;
use crate::outcome::Warning;

/// Asks for the value of a law.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "a prediction such as {\"law\":\"chinchilla\",\"at\":{\"N\":\"70B\",\"D\":\"1.4T\"}}"
)]
pub struct PredictQuestion {
    /// The law.
    pub law: LawChoice,
    /// Values for its parameters; by default the first published fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<FitChoice>,
    /// A value or a column for each of its inputs. Columns are of one length; a value stands for a column
    /// of it. A family may be given by its members, `{"h":{"arxiv":0.1,"c4":0.9}}`, or each of them as an input
    /// of its own, `{"h[arxiv]":0.1,"h[c4]":0.9}`.
    #[serde(default)]
    #[cfg_attr(feature = "catalogue", serde(deserialize_with = "members::flat"))]
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, members::Given>"))]
    pub at: Named<Column>,
    /// The share of draws that intervals hold, when the fit has draws; 0.9 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<f64>,
    /// What intervals are of: the `law`, which is the default, or one `run` more, which has noise as well. A run's need
    /// the `noise` of a fit's answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval_of: Option<String>,
}

/// One amount, or a column of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Column {
    /// One amount.
    One(Quantity),
    /// A column of amounts.
    Many(Vec<Quantity>),
}

/// The value of a law.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PredictAnswer {
    /// The main output, at a point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Number>,
    /// The main output, over columns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<Number>>,
    /// The ends of an interval that holds `level` of the draws, at a point, when the fit has draws.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<[f64; 2]>,
    /// The same over columns; null in a row where no draw has a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intervals: Option<Vec<Option<[f64; 2]>>>,
    /// Its unit, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What exactly it counts, where the law says so: of parameters, with or without embeddings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<String>,
    /// Every output by name.
    pub outputs: Named<Values>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// One value, or a column of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Values {
    /// One value.
    One(Number),
    /// A column of values.
    Many(Vec<Number>),
}

/// Answers.
pub(super) fn answer(question: &PredictQuestion, asking: &mut Asking) -> Result<PredictAnswer, AskError> {
    let valued = question.fit.iter().flat_map(FitChoice::names);
    let mut law = law::resolve(&question.law, &named(question), valued, "predict.law", &mut asking.warnings)?;
    check_names(question, &law)?;
    let fitted = fitted::resolve(question.fit.as_ref(), &mut law, "predict", &mut asking.warnings)?;
    let (rows, columns) = inputs(question, &law, asking)?;
    let columns: Vec<(&str, &[f64])> = law
        .inputs
        .iter()
        .zip(&columns)
        .map(|(input, column)| (input.name.as_str(), column.as_slice()))
        .collect();
    range::warn(&law, &fitted.ranges, &columns, &mut asking.warnings);
    #[cfg(feature = "catalogue")]
    super::shares::warn(&law, &columns, &mut asking.warnings);
    let mut outputs = Vec::new();
    for output in &law.outputs {
        let values = values(output, &law, &fitted, &columns, rows)?;
        let shown = if rows.is_some() {
            Values::Many(Number::column(&values, &output.name, &mut asking.warnings))
        } else {
            Values::One(Number::new(values[0], &output.name, &mut asking.warnings))
        };
        outputs.push((output.name.clone(), shown));
    }
    let (value, values) = match outputs.first().map(|(_, values)| values.clone()) {
        Some(Values::One(value)) => (Some(value), None),
        Some(Values::Many(values)) => (None, Some(values)),
        None => (None, None),
    };
    let unit = law.outputs.first().and_then(|output| output.unit).map(|unit| unit.name().to_owned());
    let counts = law.outputs.first().and_then(|output| output.counts).map(str::to_owned);
    let intervals = intervals(question, &law, &fitted, &columns)?;
    let (interval, intervals) = match rows {
        None => (intervals.and_then(|all| all.first().copied().flatten()), None),
        Some(_) => (None, intervals),
    };
    let warnings = std::mem::take(&mut asking.warnings);
    Ok(PredictAnswer { value, values, interval, intervals, unit, counts, outputs: Named(outputs), warnings })
}

/// For each row the interval of the main output over the draws; none where the fit has no draws.
#[cfg(feature = "fit")]
fn intervals(
    question: &PredictQuestion,
    law: &AskedLaw,
    fitted: &Fitted,
    columns: &[(&str, &[f64])],
) -> Result<Option<Vec<Option<[f64; 2]>>>, AskError> {
    let Some(output) =
        law.outputs.first().filter(|_| fitted.draws.first().is_some_and(|draws| !draws.is_empty()))
    else {
        return Ok(None);
    };
    let level = super::allocate::share(question.level, "predict.level")?;
    let noise = noise(question, output)?;
    let names = law.parameters.iter().map(|parameter| parameter.name.as_str());
    let draws: Vec<(&str, &[f64])> = names.zip(fitted.draws.iter().map(Vec::as_slice)).collect();
    let rows = columns.first().map_or(1, |(_, column)| column.len());
    let interval = |row: usize| {
        let at: Vec<(&str, f64)> = columns.iter().map(|(name, column)| (*name, column[row])).collect();
        let Ok(evaluation) = evaluate(&output.formula, &draws, &at) else { return Ok(None) };
        let values = match noise {
            Some(noise) => noise.added_to(&evaluation.values, "predict.fit.noise")?,
            None => evaluation.values,
        };
        Ok(super::allocate::interval(&values, level))
    };
    (0..rows).map(interval).collect::<Result<_, _>>().map(Some)
}

/// What a run has beyond the law, where intervals are asked for that hold runs.
#[cfg(feature = "fit")]
fn noise<'q>(
    question: &'q PredictQuestion,
    output: &AskedOutput,
) -> Result<Option<&'q super::NoiseAnswer>, AskError> {
    match question.interval_of.as_deref() {
        None | Some("law") => return Ok(None),
        Some("run") => {}
        Some(given) => {
            let message = format!("expected \"law\" or \"run\"; got \"{}\"", crate::units::clip(given));
            return Err(AskError::malformed("predict.interval_of", message));
        }
    }
    let noise = match &question.fit {
        Some(FitChoice::Given(fit)) => fit.noise.as_ref().filter(|noise| noise.response == output.name),
        _ => None,
    };
    let message = || {
        let name = &output.name;
        format!(
            "expected the noise of {name}, as the answer of a fit has it where runs are to spare; got none"
        )
    };
    noise.map(Some).ok_or_else(|| AskError::malformed("predict.fit.noise", message()))
}

/// The page's first worker has no intervals. What it refuses, the whole one answers.
#[cfg(not(feature = "fit"))]
fn intervals(
    _: &PredictQuestion,
    law: &AskedLaw,
    fitted: &Fitted,
    _: &[(&str, &[f64])],
) -> Result<Option<Vec<Option<[f64; 2]>>>, AskError> {
    match fitted.draws.first() {
        Some(draws) if !draws.is_empty() => {
            let given = law.name().to_owned();
            Err(AskError::at("predict.fit.draws", crate::laws::LawError::UnknownLaw { given }))
        }
        _ => Ok(None),
    }
}

/// The names that the Question says are inputs.
fn named(question: &PredictQuestion) -> BTreeSet<String> {
    let parameters: BTreeSet<&str> = grown(question.fit.iter().flat_map(FitChoice::names));
    grown(question.at.names().filter(|name| !parameters.contains(name)).map(str::to_owned))
}

/// Every name in `at` is an input of the law.
fn check_names(question: &PredictQuestion, law: &AskedLaw) -> Result<(), AskError> {
    let is_input = |name: &str| law.inputs.iter().any(|input| input.name == name);
    let Some(given) = question.at.names().find(|name| !is_input(name)) else { return Ok(()) };
    let known = if law.catalogue.is_some() { law.input_names() } else { law.names() };
    Err(AskFault::UnknownName { what: format!("an input of {}", law.name()), known, given: given.to_owned() }
        .at("predict.at"))
}

/// The number of rows, if there are columns, and a column for each input of the law.
fn inputs(
    question: &PredictQuestion,
    law: &AskedLaw,
    asking: &mut Asking,
) -> Result<(Option<usize>, Vec<Vec<f64>>), AskError> {
    let rows = rows(&question.at)?;
    let mut columns = Vec::new();
    for input in &law.inputs {
        let path = || format!("predict.at.{}", input.name);
        let none =
            || AskFault::NoInput { name: input.name.clone(), law: law.name().to_owned() }.at("predict.at");
        columns.push(match question.at.get(&input.name).ok_or_else(none)? {
            Column::One(quantity) => {
                vec![quantity.resolve_counted(input.unit, input.counts, &path, asking)?; rows.unwrap_or(1)]
            }
            Column::Many(quantities) => quantities
                .iter()
                .enumerate()
                .map(|(row, quantity)| quantity.resolve(input.unit, &|| format!("{}[{row}]", path()), asking))
                .collect::<Result<_, _>>()?,
        });
    }
    Ok((rows, columns))
}

/// The length that all columns have; none if there are values alone.
fn rows(at: &Named<Column>) -> Result<Option<usize>, AskError> {
    let mut first: Option<(&str, usize)> = None;
    for (name, column) in at.iter() {
        let Column::Many(quantities) = column else { continue };
        let (known, expected) = *first.get_or_insert((name, quantities.len()));
        if quantities.len() != expected {
            return Err(AskFault::Lengths { first: known.to_owned(), expected, given: quantities.len() }
                .at(format!("predict.at.{name}")));
        }
    }
    Ok(first.map(|(_, rows)| rows))
}

fn values(
    output: &AskedOutput,
    law: &AskedLaw,
    fitted: &Fitted,
    columns: &Columns,
    rows: Option<usize>,
) -> Result<Vec<f64>, AskError> {
    let names = law.parameters.iter().map(|parameter| parameter.name.as_str());
    let parameters: Vec<(&str, f64)> = names.zip(fitted.values.iter().copied()).collect();
    let evaluation = evaluate(&output.formula, columns, &parameters)
        .map_err(|error| AskError::at("predict.law.formula", error))?;
    match evaluation.broken.into_iter().next() {
        None => Ok(evaluation.values),
        Some((condition, row)) => {
            Err(AskFault::Condition { condition, law: law.name().to_owned(), row: rows.map(|_| row) }
                .at("predict.at"))
        }
    }
}

impl PredictAnswer {
    /// The one number of this answer with its unit, or what it answers with instead.
    pub(super) fn one_number(&self) -> Result<OneNumber, &'static str> {
        match self.value {
            Some(Number(Some(value))) => {
                Ok(OneNumber { value, unit: self.unit.clone(), counts: self.counts.clone() })
            }
            Some(Number(None)) => Err("no finite number"),
            None => Err("a column of numbers"),
        }
    }
}

impl From<f64> for Column {
    fn from(value: f64) -> Self {
        Self::One(value.into())
    }
}

impl From<&str> for Column {
    fn from(text: &str) -> Self {
        Self::One(text.into())
    }
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ColumnVisitor)
    }
}

struct ColumnVisitor;

impl<'de> Visitor<'de> for ColumnVisitor {
    type Value = Column;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, text such as \"70B\", a Question, or a list of them")
    }

    fn visit_f64<E>(self, value: f64) -> Result<Column, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Column, E> {
        Ok((value as f64).into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Column, E> {
        Ok((value as f64).into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Column, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Column, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(items)).map(Column::Many)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Column, A::Error> {
        Quantity::deserialize(MapAccessDeserializer::new(map)).map(Column::One)
    }
}
