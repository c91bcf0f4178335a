//! Why there is no fit.

use thiserror::Error;

use super::column::ColumnError;
use crate::formula::FormulaError;
use crate::outcome::{Explain, Place};

/// Why a law cannot be fitted to these runs. That a fit does not converge is no error but a
/// [`crate::outcome::Termination`].
#[derive(Clone, Debug, PartialEq, Error)]
pub enum FitError {
    /// The law cannot be compiled.
    #[error(transparent)]
    Formula(#[from] FormulaError),
    /// A column that is too short or long, or has no such number.
    #[error(transparent)]
    Column(#[from] ColumnError),
    /// No run is left.
    #[error("expected training runs; got none")]
    NoRuns,
    /// Fewer runs than free parameters.
    #[error("expected at least {parameters} runs, one for each free parameter ({names}); got {runs}")]
    TooFewRuns {
        /// Free parameters.
        parameters: usize,
        /// Their names.
        names: String,
        /// Runs given.
        runs: usize,
    },
    /// Every run has the same value of an input that the law depends on.
    #[error("column {column:?}: expected at least two different values; every run has {value}")]
    ConstantInput {
        /// The input.
        column: String,
        /// Its only value.
        value: f64,
    },
    /// Every run has the same response.
    #[error("expected losses that differ; every run has {value}")]
    ConstantResponse {
        /// The only value.
        value: f64,
    },
    /// A name that the law depends on and that is neither column nor parameter.
    #[error("expected a column {name:?}; the law depends on it")]
    MissingInput {
        /// The name.
        name: String,
    },
    /// The law has nothing to fit.
    #[error("expected a law with at least one free parameter")]
    NoParameters,
    /// More coefficients than least squares takes.
    #[error("expected at most {most} coefficients that enter linearly; got {given}")]
    TooManyCoefficients {
        /// The limit.
        most: usize,
        /// How many there are.
        given: usize,
    },
    /// A range that holds no number.
    #[error("expected a range of {name} with a lower end below its upper end; got {low} to {high}")]
    EmptyRange {
        /// The parameter.
        name: String,
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// Huber's threshold is not a positive number.
    #[error("expected a positive Huber threshold such as 1e-3; got {given}")]
    Threshold {
        /// What was given.
        given: f64,
    },
    /// The weight of predictions that are too high is not a positive number.
    #[error("expected a positive weight of predictions that are too high, such as 2; got {given}")]
    Over {
        /// What was given.
        given: f64,
    },
    /// A profile of a parameter that has no value of its own.
    #[error("expected a parameter that is fitted; {name} is fixed, or on its bound, or not needed")]
    NotFree {
        /// Its name.
        name: String,
    },
    /// Groups that are not one for each run.
    #[error("expected a group for each of {expected} runs; got {given}")]
    Groups {
        /// Runs.
        expected: usize,
        /// Groups given.
        given: usize,
    },
    /// A resample of a run that is not there.
    #[error("expected rows from 0 to {}, those of the runs in use; got {given}", runs - 1)]
    Resample {
        /// Runs.
        runs: usize,
        /// The row given.
        given: usize,
    },
    /// The law is not positive at any start, so its logarithm cannot be compared with the runs.
    #[error(
        "expected a law that is positive at every run for some parameters within their ranges; found none"
    )]
    NowherePositive,
}

impl Explain for FitError {
    fn code(&self) -> &'static str {
        match self {
            Self::Formula(error) => error.code(),
            Self::Column(error) => error.code(),
            Self::NoRuns => "fit.no_runs",
            Self::TooFewRuns { .. } => "fit.too_few_runs",
            Self::ConstantInput { .. } => "fit.constant_input",
            Self::ConstantResponse { .. } => "fit.constant_loss",
            Self::MissingInput { .. } => "fit.missing_input",
            Self::NoParameters => "fit.no_parameters",
            Self::TooManyCoefficients { .. } => "fit.too_many_coefficients",
            Self::EmptyRange { .. } => "fit.empty_range",
            Self::Threshold { .. } => "fit.threshold",
            Self::Over { .. } => "fit.over",
            Self::NotFree { .. } => "fit.not_free",
            Self::Groups { .. } => "fit.groups",
            Self::Resample { .. } => "fit.resample",
            Self::NowherePositive => "fit.nowhere_positive",
        }
    }

    fn expected(&self) -> Option<String> {
        match self {
            Self::Formula(error) => error.expected(),
            Self::Column(error) => error.expected(),
            Self::TooFewRuns { parameters, .. } => Some(format!("at least {parameters} runs")),
            _ => None,
        }
    }

    fn given(&self) -> Option<String> {
        match self {
            Self::Formula(error) => error.given(),
            Self::Column(error) => error.given(),
            Self::TooFewRuns { runs, .. } => Some(runs.to_string()),
            Self::ConstantInput { value, .. } | Self::ConstantResponse { value } => Some(value.to_string()),
            Self::Threshold { given } | Self::Over { given } => Some(given.to_string()),
            _ => None,
        }
    }

    fn at(&self) -> Place {
        match self {
            Self::Formula(error) => error.at(),
            Self::Column(error) => error.at(),
            Self::ConstantInput { column: name, .. } | Self::MissingInput { name } => {
                Place { column: Some(name.clone()), ..Place::default() }
            }
            _ => Place::default(),
        }
    }
}
