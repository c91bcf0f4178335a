//! Why there is no envelope.

use thiserror::Error;

use crate::fit::ColumnError;
use crate::outcome::{Explain, Place};

/// Why curves have no envelope.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum EnvelopeError {
    /// No point is left.
    #[error("expected points of training curves; got none")]
    NoPoints,
    /// A column that is too short or long, or has no such number.
    #[error(transparent)]
    Column(#[from] ColumnError),
    /// Two sizes in one run.
    #[error(
        "row {row}, column \"N\": expected one size for each run; got {given}, where row {other} of the same run \
         has {first}"
    )]
    Sizes {
        /// The row, from 0.
        row: usize,
        /// Another row of the run.
        other: usize,
        /// The size in the one.
        given: f64,
        /// The size in the other.
        first: f64,
    },
    /// No run has two points.
    #[error("expected training curves, of two points at least; every run has a single point")]
    NoCurves,
    /// Every run has one size.
    #[error(
        "expected training curves of several sizes; the {runs} with two points or more have {size} parameters"
    )]
    OneSize {
        /// The size.
        size: f64,
        /// How many curves there are.
        runs: usize,
    },
    /// Too many or too few budgets.
    #[error("expected 2 to {most} budgets; got {given}")]
    Budgets {
        /// The most there may be.
        most: usize,
        /// What was given.
        given: usize,
    },
    /// A width that is none.
    #[error("expected a width above 0 and up to {most} points of a curve; got {given}")]
    Smooth {
        /// The widest there may be.
        most: f64,
        /// What was given.
        given: f64,
    },
}

impl Explain for EnvelopeError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoPoints => "envelope.no_points",
            Self::Column(error) => error.code(),
            Self::Sizes { .. } => "envelope.two_sizes",
            Self::NoCurves => "envelope.no_curves",
            Self::OneSize { .. } => "envelope.one_size",
            Self::Budgets { .. } => "envelope.budgets",
            Self::Smooth { .. } => "envelope.smooth",
        }
    }

    fn expected(&self) -> Option<String> {
        match self {
            Self::Column(error) => error.expected(),
            Self::Sizes { first, .. } => Some(first.to_string()),
            Self::OneSize { .. } => Some("curves of several sizes".to_owned()),
            Self::NoCurves => Some("curves of two points at least".to_owned()),
            Self::Budgets { most, .. } => Some(format!("2 to {most} budgets")),
            Self::Smooth { most, .. } => Some(format!("a width above 0 and up to {most} points")),
            Self::NoPoints => None,
        }
    }

    fn given(&self) -> Option<String> {
        match self {
            Self::Column(error) => error.given(),
            Self::Sizes { given, .. } | Self::Smooth { given, .. } => Some(given.to_string()),
            Self::OneSize { size, .. } => Some(size.to_string()),
            Self::Budgets { given, .. } => Some(given.to_string()),
            Self::NoPoints | Self::NoCurves => None,
        }
    }

    fn at(&self) -> Place {
        match self {
            Self::Column(error) => error.at(),
            Self::Sizes { row, .. } => Place::cell(*row, "N"),
            _ => Place::default(),
        }
    }
}
