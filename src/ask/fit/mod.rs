//! `fit`: a law to training runs.

mod decide;
mod draws;
mod held;
mod loss;
mod runs;

use serde::{Deserialize, Serialize};

pub use decide::{DecisionAnswer, DecisionChoice, Estimate};
pub use draws::BootstrapChoice;
pub use held::{DrawnValue, FixedChoice};
pub use loss::LossChoice;
pub use runs::RunsChoice;

use super::allocate::share;
use super::evaluate::evaluate;
use super::law::{self, AskedLaw, AskedOutput, AskedParameter, COST};
use super::{AskError, AskFault, Asking, LawChoice, Named, Number, Progress};
use crate::fit::{self, Certificate, Errors, Fit, Parameter, Problem, Residual};
use crate::formula::Formula;
use crate::laws::{Bounds, Derived};
use crate::outcome::{Termination, Warning};
use crate::runs::{self as tables, Columns, RunsError};
use crate::units::{C_TRAIN, Expected, Sign, Unit};
use held::Tied;

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
    /// Lists of parameters that have one value, such as `[["alpha","beta"]]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tie: Vec<Vec<String>>,
    /// Parameters that are not fitted, with their values.
    #[serde(default, skip_serializing_if = "Named::is_empty")]
    pub fix: Named<FixedChoice>,
    /// Draws of the parameters, from resampled runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bootstrap: Option<BootstrapChoice>,
    /// The share of draws that intervals hold; 0.9 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<f64>,
    /// Plans and predictions by the fitted law, such as `[{"allocate":{"budget":"5.76e23 FLOPs"}}]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decide: Vec<DecisionChoice>,
}

/// A fitted law. It can be passed on as the `fit` of another Question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FitAnswer {
    /// The value of each parameter; null for one on which the fitted law depends no more.
    pub parameters: Named<Number>,
    /// The objective: a sum over the runs.
    pub objective: f64,
    /// The runs fitted.
    pub runs: usize,
    /// How the search ended: `converged` only with the certificate to prove it.
    pub termination: Termination,
    /// What readers compute from the parameters.
    pub derived: Named<Number>,
    /// What proves the minimum.
    pub certificate: CertificateAnswer,
    /// Standard errors; absent where the objective has no curvature, as of absolute values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errors: Option<ErrorsAnswer>,
    /// From where to where the runs reach, by variable.
    pub fitted_on: Named<[f64; 2]>,
    /// For each parameter its values over the draws of the bootstrap; null in a draw that found no proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draws: Option<Named<Vec<Number>>>,
    /// Draws that found no proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed_draws: Option<usize>,
    /// For each parameter, and for what is derived from them, the ends of an interval that holds `level` of the draws.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intervals: Option<Named<[f64; 2]>>,
    /// What each decision comes to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<DecisionAnswer>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// Standard errors of the parameters; null for one that is held or lies at a bound.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErrorsAnswer {
    /// Whatever the noise of each run, or of each group where the runs have groups (a sandwich estimate).
    pub sandwich: Named<Number>,
    /// If the noise of all runs is of one kind (Huber's asymptotic formula).
    pub asymptotic: Named<Number>,
    /// Correlations of the estimates, of positive coefficients by their logarithms.
    pub correlations: Named<Named<Number>>,
    /// How much better the best determined direction is determined than the worst: the condition of the Hessian, with
    /// positive parameters by their logarithms.
    pub condition: f64,
}

/// A run that the best law by absolute values goes through.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InterpolatedAnswer {
    /// Its row as sent, from 0.
    pub row: usize,
    /// How hard it holds the law: at -1 and at 1 it would let go.
    pub multiplier: f64,
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
    /// The runs that the best law by absolute values goes through; that each multiplier lies between -1 and 1 proves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpolated: Option<Vec<InterpolatedAnswer>>,
    /// Evaluations of the objective with its derivatives.
    pub evaluations: usize,
}

/// Answers.
pub(super) fn answer(question: &FitQuestion, asking: &mut Asking) -> Result<FitAnswer, AskError> {
    let runs = &question.runs;
    let law =
        law::resolve(&question.law, &runs.inputs(), std::iter::empty(), "fit.law", &mut asking.warnings)?;
    let loss = loss::loss(question.loss.as_ref(), runs.sigma.is_some())?;
    let level = share(question.level, "fit.level")?;
    let output = response(&law, &runs.columns);
    let law = law.of_output(output);
    held::check_fixed(&law, &question.fix)?;
    let tied = held::tied(law, &question.tie)?;
    let law = &tied.law;
    check_derivable(law, &runs.columns)?;
    let unit = Expected::from(law.outputs[0].unit.unwrap_or(Unit::NatsPerToken));
    // What only this law counts may lie below zero, and is then refused with the reason where logarithms are fitted.
    let response =
        (law.outputs[0].name.as_str(), if law.counts_its_own() { unit.sign(Sign::Any) } else { unit });
    let inputs = law.inputs.iter().map(|input| (input.name.as_str(), Expected::from(input.unit)));
    let wanted: Vec<(&str, Expected)> = inputs.chain([response]).collect();
    let read = runs.columns.read(&wanted, &runs.rows_off).map_err(|error| AskError::at("fit.runs", error))?;
    asking.warnings.extend(read.warnings);
    let (response, columns) = read.columns.split_last().expect("the loss is always wanted");
    if loss.of == Residual::Log {
        check_logarithms(law, response, &read.row)?;
    }
    let named: Vec<(&str, &[f64])> = law
        .inputs
        .iter()
        .zip(columns)
        .map(|(input, column)| (input.name.as_str(), column.as_slice()))
        .collect();
    let fixed = |place: usize| {
        let mut names = tied.place.iter().filter(|(_, at)| *at == place).map(|(name, _)| name);
        names.find_map(|name| question.fix.get(name))
    };
    let free = (0..law.parameters.len()).filter(|place| fixed(*place).is_none()).count();
    check(law, &named, response, free, asking)?;

    let exponents = law.outputs[0].formula.exponents();
    let parameter = |(place, known): (usize, &AskedParameter)| Parameter {
        fixed: fixed(place).map(FixedChoice::value),
        ..parameter(known, &exponents)
    };
    let (weights, deviations) = (runs.positive(runs.weight.as_ref())?, runs.positive(runs.sigma.as_ref())?);
    let groups = runs.groups(&read.row)?;
    let problem = Problem {
        formula: &law.outputs[0].formula,
        parameters: law.parameters.iter().enumerate().map(parameter).collect(),
        inputs: named.clone(),
        response,
        weights: weights.as_deref(),
        deviations: deviations.as_deref(),
        loss,
    };
    let progress = &mut *asking.progress;
    let mut report = |step: fit::Progress| {
        progress(Progress { done: step.done as u64, of: step.of as u64, stage: step.stage });
    };
    let found = fit::fit(&problem, &mut report).map_err(|error| AskError::at("fit", error))?;
    let errors =
        fit::errors(&problem, &found, groups.as_deref()).map_err(|error| AskError::at("fit", error))?;
    let drawn: Vec<(usize, &[f64])> = (0..law.parameters.len())
        .filter_map(|place| Some((place, fixed(place)?.draws())))
        .filter(|(_, draws)| !draws.is_empty())
        .collect();
    let draws = draws::draws(question, &problem, &found, groups.as_deref(), &drawn, asking)?;
    let mut answer = shape(&tied, found, &read.row, fitted_on(law, &named), asking);
    answer.errors = errors.map(|errors| tied.errors(&errors));
    if let Some(draws) = draws {
        draws::add(&mut answer, &draws, &tied, level);
    }
    answer.decisions = decide::decisions(question, &answer, asking)?;
    answer.warnings = std::mem::take(&mut asking.warnings);
    Ok(answer)
}

impl Tied {
    /// The number of every parameter of the law as it was, from those of the parameters left.
    fn named<T: Copy>(&self, values: &[T]) -> Named<T> {
        self.place.iter().map(|(name, place)| (name.as_str(), values[*place])).collect()
    }

    fn errors(&self, errors: &Errors) -> ErrorsAnswer {
        let numbers = |column: &[Option<f64>]| -> Vec<Number> { column.iter().map(|x| Number(*x)).collect() };
        let row = |(name, place): &(String, usize)| {
            (name.clone(), self.named(&numbers(&errors.correlations[*place])))
        };
        ErrorsAnswer {
            sandwich: self.named(&numbers(&errors.sandwich)),
            asymptotic: self.named(&numbers(&errors.asymptotic)),
            correlations: self.place.iter().map(row).collect(),
            condition: errors.condition,
        }
    }
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
                RunsError::Missing { column: input.name.clone(), header: columns.names().join(", ") };
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

/// Refuses runs that cannot tell the law's terms apart.
fn check(
    law: &AskedLaw,
    inputs: &[(&str, &[f64])],
    loss: &[f64],
    free: usize,
    asking: &mut Asking,
) -> Result<(), AskError> {
    let words = |name: &str| law.unit(name).words();
    let inputs: Vec<(&str, &str, &[f64])> =
        inputs.iter().map(|&(name, column)| (name, words(name), column)).collect();
    let response = (law.outputs[0].name.as_str(), loss);
    let warnings =
        tables::for_fit(&inputs, response, free).map_err(|error| AskError::at("fit.runs", error))?;
    asking.warnings.extend(warnings);
    Ok(())
}

/// From this ratio of its bounds on a parameter is a scale, such as that of `(N_c / N)^alpha`: known to decades, it
/// moves by its logarithm.
const SCALE: f64 = 1e3;

fn parameter(parameter: &AskedParameter, exponents: &[&str]) -> Parameter {
    let exponent = exponents.contains(&parameter.name.as_str());
    let (positive, range, bounds) = match parameter.bounds {
        Bounds::Positive => (true, exponent.then_some(fit::EXPONENTS), None),
        Bounds::In(low, high) => (low > 0.0 && high / low >= SCALE, None, Some((low, high))),
        Bounds::Free => (false, None, None),
    };
    Parameter { name: parameter.name.clone(), positive, range, bounds, fixed: None }
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

fn shape(
    tied: &Tied,
    found: Fit,
    rows: &[usize],
    fitted_on: Named<[f64; 2]>,
    asking: &mut Asking,
) -> FitAnswer {
    asking.warnings.extend(found.warnings);
    let known: Vec<(&str, f64)> =
        tied.place.iter().filter_map(|(name, place)| Some((name.as_str(), found.values[*place]?))).collect();
    let numbers: Vec<Number> = found.values.iter().map(|value| Number(*value)).collect();
    FitAnswer {
        parameters: tied.named(&numbers),
        objective: found.objective,
        runs: found.runs,
        termination: found.termination,
        derived: derived_values(&tied.law, &known).into_iter().collect(),
        certificate: certificate(found.certificate, rows),
        errors: None,
        fitted_on,
        draws: None,
        failed_draws: None,
        intervals: None,
        decisions: Vec::new(),
        warnings: Vec::new(),
    }
}

/// What readers compute from the parameters. A parameter without a value leaves what is derived from it without one.
fn derived_values(law: &AskedLaw, known: &[(&str, f64)]) -> Vec<(&'static str, Number)> {
    let derived = |derived: &Derived| {
        let formula = Formula::parse(derived.formula).ok();
        let value = formula.and_then(|formula| evaluate(&formula, &[], known).ok());
        (derived.name, Number::finite(value.map_or(f64::NAN, |evaluation| evaluation.values[0])))
    };
    law.catalogue.iter().flat_map(|law| law.derived).map(derived).collect()
}

/// The certificate with the rows as they were sent.
fn certificate(certificate: Certificate, rows: &[usize]) -> CertificateAnswer {
    let interpolated = |runs: Vec<fit::Interpolated>| {
        runs.iter().map(|run| InterpolatedAnswer { row: rows[run.row], multiplier: run.multiplier }).collect()
    };
    CertificateAnswer {
        gradient: Number::finite(certificate.gradient),
        decrement: Number::finite(certificate.decrement),
        smallest_eigenvalue: Number::finite(certificate.smallest_eigenvalue),
        starts: certificate.starts,
        agreeing: certificate.agreeing,
        improved: certificate.improved,
        seed: certificate.seed,
        without: certificate.without.into_iter().map(|(name, value)| (name, Number(value))).collect(),
        interpolated: certificate.interpolated.map(interpolated),
        evaluations: certificate.evaluations,
    }
}
