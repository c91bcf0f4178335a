//! `fit`: a law to training runs.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::evaluate::evaluate;
use super::law::{self, AskedLaw, AskedOutput, AskedParameter, COST};
use super::{AskError, AskFault, Asking, LawChoice, Named, Number, Progress};
use crate::fit::{self, Certificate, Fit, Parameter, Problem};
use crate::formula::Formula;
use crate::laws::{Bounds, Derived};
use crate::outcome::{Termination, Warning};
use crate::runs::{self, Cell, Columns, Sent};
use crate::units::{C_TRAIN, D_SEEN, Expected, N_TOTAL, Sign, Unit};

/// Asks for the values of a law's parameters that fit some runs best.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "a fit such as {\"law\":\"chinchilla\",\"runs\":{\"N\":[…],\"D\":[…],\"L\":[…]}}"
)]
pub struct FitQuestion {
    /// The law.
    pub law: LawChoice,
    /// The runs: a column for each input of the law, and one named after an output, the first of those that
    /// have one.
    pub runs: RunsChoice,
    /// How residuals count; by default Huber's loss with threshold 1e-3 on log residuals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss: Option<LossChoice>,
}

/// Columns of equal length by name; or these under `columns`, with the rows that are left out.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum RunsChoice {
    /// Every row counts.
    All(Columns),
    /// Some rows may be off.
    Some(Sent),
}

/// How residuals count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a loss such as {\"huber\":1e-3,\"of\":\"log\"}")]
pub struct LossChoice {
    /// The residual up to which Huber's loss is quadratic; 1e-3 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub huber: Option<f64>,
    /// What the residual is of: `log`, the natural logarithm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}

/// A fitted law. It can be passed on as the `fit` of another Question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FitAnswer {
    /// The value of each parameter; null for one on which the fitted law depends no more.
    pub parameters: Named<Number>,
    /// The objective: a sum of Huber terms over the runs.
    pub objective: f64,
    /// The runs fitted.
    pub runs: usize,
    /// How the search ended: `converged` only with the certificate to prove it.
    pub termination: Termination,
    /// What readers compute from the parameters.
    pub derived: Named<Number>,
    /// What proves the minimum.
    pub certificate: CertificateAnswer,
    /// From where to where the runs reach, by variable.
    pub fitted_on: Named<[f64; 2]>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// What proves that a fit is at the minimum, or how far it is from being proved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CertificateAnswer {
    /// The largest component of the gradient relative to the terms that cancel in it.
    pub gradient: Number,
    /// Half the Newton decrement squared: how far the objective can still fall near the answer.
    pub decrement: Number,
    /// Of the Hessian scaled to ones on its diagonal; positive at a minimum with a bottom.
    pub smallest_eigenvalue: Number,
    /// Blind starts tried.
    pub starts: usize,
    /// Blind starts that reached the answer.
    pub agreeing: usize,
    /// Blind starts that found a better answer, which then replaced the first.
    pub improved: usize,
    /// The seed of the blind starts.
    pub seed: u64,
    /// For each coefficient the lowest objective without its term; null where there is none.
    pub without: Named<Number>,
    /// Evaluations of the objective with its derivatives.
    pub evaluations: usize,
}

impl<'de> Deserialize<'de> for RunsChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RunsVisitor)
    }
}

struct RunsVisitor;

impl<'de> Visitor<'de> for RunsVisitor {
    type Value = RunsChoice;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("runs such as {\"N\":[…],\"D\":[…],\"L\":[…]}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RunsChoice, A::Error> {
        let (mut all, mut columns, mut rows_off) = (Columns::new(), None, None);
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "columns" => columns = Some(map.next_value::<Columns>()?),
                "rows_off" => rows_off = Some(map.next_value::<Vec<usize>>()?),
                "weight" | "group" | "sigma" => {
                    // The name of a column, or a column of that name.
                    let value = map.next_value::<Value>()?;
                    if value.is_string() {
                        return Err(A::Error::unknown_field(&name, &["columns", "rows_off"]));
                    }
                    let cells = serde_json::from_value::<Vec<Cell>>(value).map_err(A::Error::custom)?;
                    all.insert(name, cells).map_err(A::Error::custom)?;
                }
                _ => all.insert(name, map.next_value::<Vec<Cell>>()?).map_err(A::Error::custom)?,
            }
        }
        match (columns, rows_off, all.names().first()) {
            (Some(columns), rows_off, None) => {
                Ok(RunsChoice::Some(Sent { columns, rows_off: rows_off.unwrap_or_default() }))
            }
            (None, None, _) => Ok(RunsChoice::All(all)),
            (Some(_), _, Some(name)) => Err(A::Error::custom(format!(
                "expected every column inside \"columns\"; got {name} beside it"
            ))),
            (None, Some(_), _) => {
                Err(A::Error::custom("expected the columns inside \"columns\" where rows_off is given"))
            }
        }
    }
}

impl RunsChoice {
    pub(super) fn columns(&self) -> &Columns {
        match self {
            Self::All(columns) => columns,
            Self::Some(sent) => &sent.columns,
        }
    }

    pub(super) fn rows_off(&self) -> &[usize] {
        match self {
            Self::All(_) => &[],
            Self::Some(sent) => &sent.rows_off,
        }
    }

    /// The names that the law may use as inputs: those sent, and what follows from them.
    fn inputs(&self) -> BTreeSet<String> {
        let sent = self.columns().names();
        let three = [N_TOTAL, D_SEEN, C_TRAIN].map(|variable| variable.symbol);
        let follow = three.iter().filter(|symbol| sent.contains(symbol)).count() >= 2;
        let derived = three.into_iter().filter(|_| follow);
        sent.into_iter().chain(derived).map(str::to_owned).collect()
    }
}

/// Answers.
pub(super) fn answer(question: &FitQuestion, asking: &mut Asking) -> Result<FitAnswer, AskError> {
    let law = law::resolve(
        &question.law,
        &question.runs.inputs(),
        std::iter::empty(),
        "fit.law",
        &mut asking.warnings,
    )?;
    let delta = threshold(question.loss.as_ref())?;
    let output = response(&law, question.runs.columns());
    let law = law.of_output(output);
    let output = &law.outputs[0];
    check_derivable(&law, question.runs.columns())?;
    let unit = Expected::from(output.unit.unwrap_or(Unit::NatsPerToken));
    // What only this law counts may lie below zero, and is then refused with the reason.
    let response = (output.name.as_str(), if law.counts_its_own() { unit.sign(Sign::Any) } else { unit });
    let inputs = law.inputs.iter().map(|input| (input.name.as_str(), Expected::from(input.unit)));
    let wanted: Vec<(&str, Expected)> = inputs.chain([response]).collect();
    let at_runs = |error| AskError::at("fit.runs", error);
    let read = question.runs.columns().read(&wanted, question.runs.rows_off()).map_err(at_runs)?;
    asking.warnings.extend(read.warnings);
    let (loss, columns) = read.columns.split_last().expect("the loss is always wanted");
    check_logarithms(&law, loss, &read.row)?;
    let named: Vec<(&str, &[f64])> = law
        .inputs
        .iter()
        .zip(columns)
        .map(|(input, column)| (input.name.as_str(), column.as_slice()))
        .collect();
    check(&law, &named, loss, asking)?;

    let exponents = output.formula.exponents();
    let problem = Problem {
        formula: &output.formula,
        parameters: law.parameters.iter().map(|known| parameter(known, &exponents)).collect(),
        inputs: named.clone(),
        response: loss,
        weights: None,
        delta,
    };
    let progress = &mut *asking.progress;
    let mut report = |step: fit::Progress| {
        progress(Progress { done: step.done as u64, of: step.of as u64, stage: step.stage });
    };
    let found = fit::fit(&problem, &mut report).map_err(|error| AskError::at("fit", error))?;
    Ok(shape(&law, found, fitted_on(&law, &named), asking))
}

/// The output that is fitted: the first that has a column, or the main one, whose column is then missed.
fn response(law: &AskedLaw, columns: &Columns) -> usize {
    law.outputs.iter().position(|output| columns.get(&output.name).is_some()).unwrap_or(0)
}

/// That C = 6 N D gives a column that was not sent is true where the law counts so.
fn check_derivable(law: &AskedLaw, columns: &Columns) -> Result<(), AskError> {
    if law.cost == COST {
        return Ok(());
    }
    match law.inputs.iter().find(|input| columns.get(&input.name).is_none()) {
        None => Ok(()),
        Some(input) => {
            let missing =
                runs::RunsError::Missing { column: input.name.clone(), header: columns.names().join(", ") };
            Err(AskError::at("fit.runs", missing))
        }
    }
}

/// The fit is of logarithms.
fn check_logarithms(law: &AskedLaw, response: &[f64], rows: &[usize]) -> Result<(), AskError> {
    let AskedOutput { name, counts, .. } = &law.outputs[0];
    match response.iter().zip(rows).find(|(value, _)| **value <= 0.0) {
        None => Ok(()),
        Some((&given, &row)) => {
            let counts = counts.unwrap_or("not positive there").to_owned();
            Err(AskFault::NoLogarithm { row, column: name.clone(), given, counts }.at("fit.runs"))
        }
    }
}

/// Huber's threshold.
fn threshold(loss: Option<&LossChoice>) -> Result<f64, AskError> {
    match loss.and_then(|loss| loss.of.as_deref()) {
        None | Some("log") => Ok(loss.and_then(|loss| loss.huber).unwrap_or(1e-3)),
        Some("raw") => Err(AskFault::NotAvailable { with: "fitting" }.at("fit.loss.of \"raw\"")),
        Some(given) => {
            let message = format!("expected \"log\" or \"raw\"; got \"{}\"", super::read::clip(given));
            Err(AskError::malformed("fit.loss.of", message))
        }
    }
}

/// Refuses runs that cannot tell the law's terms apart.
fn check(
    law: &AskedLaw,
    inputs: &[(&str, &[f64])],
    loss: &[f64],
    asking: &mut Asking,
) -> Result<(), AskError> {
    let words = |name: &str| law.unit(name).words();
    let inputs: Vec<(&str, &str, &[f64])> =
        inputs.iter().map(|&(name, column)| (name, words(name), column)).collect();
    let response = (law.outputs[0].name.as_str(), loss);
    let warnings = runs::for_fit(&inputs, response, law.parameters.len())
        .map_err(|error| AskError::at("fit.runs", error))?;
    asking.warnings.extend(warnings);
    Ok(())
}

/// From this ratio of its bounds on a parameter is a scale, such as that of `(N_c / N)^alpha`: known to decades, it
/// moves by its logarithm.
const SCALE: f64 = 1e3;

fn parameter(parameter: &AskedParameter, exponents: &[&str]) -> Parameter {
    let exponent = exponents.contains(&parameter.name.as_str());
    let (positive, range) = match parameter.bounds {
        Bounds::Positive => (true, exponent.then_some(fit::EXPONENTS)),
        Bounds::In(low, high) => (low > 0.0 && high / low >= SCALE, Some((low, high))),
        Bounds::Free => (false, None),
    };
    Parameter { name: parameter.name.clone(), positive, range }
}

/// From where to where each input reaches, and the compute where everything that it depends on is given.
fn fitted_on(law: &AskedLaw, inputs: &[(&str, &[f64])]) -> Named<[f64; 2]> {
    let mut ranges: Vec<(String, [f64; 2])> =
        inputs.iter().map(|(name, column)| ((*name).to_owned(), range(column.iter().copied()))).collect();
    let given = inputs.iter().any(|(name, _)| *name == C_TRAIN.symbol);
    if let Some(compute) = law.training_flops(inputs).filter(|_| !given) {
        ranges.push((C_TRAIN.symbol.to_owned(), range(compute.into_iter())));
    }
    Named(ranges)
}

fn range(values: impl Iterator<Item = f64>) -> [f64; 2] {
    values.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], x| {
        [crate::num::min(low, x), crate::num::max(high, x)]
    })
}

fn shape(law: &AskedLaw, found: Fit, fitted_on: Named<[f64; 2]>, asking: &mut Asking) -> FitAnswer {
    let names = law.parameters.iter().map(|parameter| parameter.name.as_str());
    let known: Vec<(&str, f64)> = names
        .clone()
        .zip(&found.values)
        .filter_map(|(name, value)| value.map(|value| (name, value)))
        .collect();
    // A parameter without a value leaves what is derived from it without one.
    let derived = |derived: &Derived| {
        let formula = Formula::parse(derived.formula).ok();
        let value = formula.and_then(|formula| evaluate(&formula, &[], &known).ok());
        (derived.name, Number::finite(value.map_or(f64::NAN, |evaluation| evaluation.values[0])))
    };
    asking.warnings.extend(found.warnings);
    FitAnswer {
        parameters: names.clone().zip(found.values.iter().map(|value| Number(*value))).collect(),
        objective: found.objective,
        runs: found.runs,
        termination: found.termination,
        derived: law.catalogue.iter().flat_map(|law| law.derived).map(derived).collect(),
        certificate: found.certificate.into(),
        fitted_on,
        warnings: std::mem::take(&mut asking.warnings),
    }
}

impl From<Certificate> for CertificateAnswer {
    fn from(certificate: Certificate) -> Self {
        Self {
            gradient: Number::finite(certificate.gradient),
            decrement: Number::finite(certificate.decrement),
            smallest_eigenvalue: Number::finite(certificate.smallest_eigenvalue),
            starts: certificate.starts,
            agreeing: certificate.agreeing,
            improved: certificate.improved,
            seed: certificate.seed,
            without: certificate.without.into_iter().map(|(name, value)| (name, Number(value))).collect(),
            evaluations: certificate.evaluations,
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for RunsChoice {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RunsChoice".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let columns = generator.subschema_for::<std::collections::BTreeMap<String, Vec<Value>>>();
        schemars::json_schema!({
            "description": "Columns of equal length by name, each cell a number, text in the unit grammar or null; or these under `columns`, with the rows that are left out.",
            "anyOf": [
                columns,
                {
                    "type": "object",
                    "properties": {
                        "columns": columns,
                        "rows_off": { "type": "array", "items": { "type": "integer", "minimum": 0 } },
                    },
                    "required": ["columns"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}
