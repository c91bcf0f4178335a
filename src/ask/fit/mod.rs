//! `fit`: a law to training runs.

mod decide;
mod diagnose;
mod draws;
mod held;
mod loss;
mod noise;
mod prepared;
mod runs;

use serde::{Deserialize, Serialize};

pub use decide::{DecisionAnswer, DecisionChoice, Estimate};
pub use diagnose::{DiagnosticsAnswer, WithoutAnswer};
pub(in crate::ask) use draws::MOST as MOST_DRAWS;
pub use held::{DrawnValue, FixedChoice};
pub use loss::LossChoice;
pub(in crate::ask) use loss::loss;
pub use noise::NoiseAnswer;
pub use runs::RunsChoice;

use super::allocate::share;
use super::evaluate::evaluate;
use super::law::AskedLaw;
use super::{AskError, Asking, BootstrapChoice, FitPart, LawChoice, Named, Number, Progress};
use crate::fit::{self, Certificate, Draws, Errors, Fit};
use crate::formula::Formula;
use crate::laws::Derived;
use crate::outcome::{Termination, Warning};
use held::Tied;
pub(super) use prepared::{Prepared, prepared};

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
    /// From where to where parameters may go, both ends included: in the place of the law's own bounds. One that the runs
    /// would have beyond stays at its end, and the fit says so.
    #[serde(default, skip_serializing_if = "Named::is_empty")]
    pub bounds: Named<[f64; 2]>,
    /// Draws of the parameters, from resampled runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bootstrap: Option<BootstrapChoice>,
    /// The share of draws that intervals hold; 0.9 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<f64>,
    /// Plans and predictions by the fitted law, such as `[{"allocate":{"budget":"5.76e23 FLOPs"}}]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decide: Vec<DecisionChoice>,
    /// Asks how much each run says, and for the answer without so many of those that move it most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnose: Option<usize>,
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
    /// The parameters found: neither fixed, nor tied to others, nor at a bound, nor those of a term that vanished.
    pub free: usize,
    /// With which power of the residuals the objective grows at the answer: 2 of squares, 1 of absolute values, between
    /// them of Huber's loss; null where no residual is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power: Option<f64>,
    /// How the search ended: `converged` only with the certificate to prove it.
    pub termination: Termination,
    /// What readers compute from the parameters.
    pub derived: Named<Number>,
    /// What proves the minimum.
    pub certificate: CertificateAnswer,
    /// Standard errors; absent where the objective has no curvature, as of absolute values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errors: Option<ErrorsAnswer>,
    /// How far the runs lie from the law; absent where it passes through all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noise: Option<NoiseAnswer>,
    /// The unit of the losses, where the runs say that it is not that of the law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// From where to where the runs reach, by variable.
    pub fitted_on: Named<[f64; 2]>,
    /// For each parameter its values over the draws of the bootstrap; null in a draw that found no proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draws: Option<Named<Vec<Number>>>,
    /// The number of the first of them, where the Question says one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_draw: Option<u64>,
    /// Draws that found no proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed_draws: Option<usize>,
    /// For each parameter, and for what is derived from them, the ends of an interval that holds `level` of the draws.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intervals: Option<Named<[f64; 2]>>,
    /// How much each run says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnostics: Option<DiagnosticsAnswer>,
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
    answered(question, asking, draws::draws)
}

/// Answers with draws that were made in parts.
pub(in crate::ask) fn with_draws(
    question: &FitQuestion,
    parts: &[&FitPart],
    asking: &mut Asking,
) -> Result<FitAnswer, Unlike> {
    let mut other = None;
    let answer = answered(question, asking, |question, prepared, found, asking| {
        other = draws::other(question, prepared, found, parts, asking)?;
        Ok(other.is_none().then(|| draws::join(prepared, parts, asking)))
    });
    match (answer, other) {
        (_, Some(at)) => Err(Unlike::Part(at)),
        (answer, None) => answer.map_err(Unlike::Refused),
    }
}

/// Why parts make no whole.
pub(in crate::ask) enum Unlike {
    /// The part at this place is one of another fit.
    Part(usize),
    /// There is no answer to the whole.
    Refused(AskError),
}

fn answered(
    question: &FitQuestion,
    asking: &mut Asking,
    draw: impl FnOnce(&FitQuestion, &Prepared, &Fit, &mut Asking) -> Result<Option<Draws>, AskError>,
) -> Result<FitAnswer, AskError> {
    let level = share(question.level, "fit.level")?;
    let prepared = prepared(question, asking)?;
    let (tied, problem) = (&prepared.tied, prepared.problem());
    let progress = &mut *asking.progress;
    let mut report = |step: fit::Progress| {
        progress(Progress { done: step.done as u64, of: step.of as u64, stage: step.stage });
    };
    let refuse = |error| AskError::at("fit", error);
    let found = fit::fit(&problem, &mut report).map_err(refuse)?;
    let errors = fit::errors(&problem, &found, prepared.groups.as_deref()).map_err(refuse)?;
    let noise = noise::noise(&prepared, &found)?;
    let draws = draw(question, &prepared, &found, asking)?;
    let diagnostics = diagnose::diagnose(question, &prepared, &found, asking)?;
    let mut answer = shape(&prepared, found, asking);
    if let Some(diagnostics) = &diagnostics {
        diagnose::warn(diagnostics, &mut asking.warnings);
    }
    answer.diagnostics = diagnostics;
    answer.noise = noise;
    answer.errors = errors.map(|errors| tied.errors(&errors));
    if let Some(draws) = draws {
        draws::add(&mut answer, &draws, tied, level);
        answer.first_draw = question.bootstrap.as_ref().and_then(|choice| choice.first);
    }
    answer.decisions = decide::decisions(question, &answer, asking)?;
    answer.warnings = std::mem::take(&mut asking.warnings);
    Ok(answer)
}

impl Tied {
    /// The number of every parameter of the law as it was, from those of the parameters left.
    pub(super) fn named<T: Copy>(&self, values: &[T]) -> Named<T> {
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

fn shape(prepared: &Prepared, found: Fit, asking: &mut Asking) -> FitAnswer {
    let tied = &prepared.tied;
    asking.warnings.extend(found.warnings);
    let known: Vec<(&str, f64)> =
        tied.place.iter().filter_map(|(name, place)| Some((name.as_str(), found.values[*place]?))).collect();
    let numbers: Vec<Number> = found.values.iter().map(|value| Number(*value)).collect();
    FitAnswer {
        parameters: tied.named(&numbers),
        objective: found.objective,
        runs: found.runs,
        free: found.free,
        power: found.power,
        termination: found.termination,
        derived: derived_values(&tied.law, &known).into_iter().collect(),
        certificate: certificate(found.certificate, &prepared.rows),
        errors: None,
        noise: None,
        unit: prepared.unit.map(|unit| unit.name().to_owned()),
        fitted_on: prepared.fitted_on(),
        draws: None,
        first_draw: None,
        failed_draws: None,
        intervals: None,
        diagnostics: None,
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
