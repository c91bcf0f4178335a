//! Why there are no profiles.

use thiserror::Error;

use crate::fit::ColumnError;
use crate::outcome::{Explain, Place};

/// Why runs have no profiles. That a group has no usable vertex is no error but a [`super::Reason`].
#[derive(Clone, Debug, PartialEq, Error)]
pub enum IsoFlopError {
    /// No run is left.
    #[error("expected training runs; got none")]
    NoRuns,
    /// A column that is too short or long, or has no such number.
    #[error(transparent)]
    Column(#[from] ColumnError),
    /// No run belongs to a group.
    #[error("expected a budget for each run that counts; no run has one")]
    NoGroups,
    /// Every run has one size.
    #[error("expected runs of several sizes for each budget; every run has {size} parameters")]
    OneSize {
        /// The size.
        size: f64,
    },
    /// A tolerance that is none.
    #[error("expected a tolerance that is a share of zero or more such as 0.1; got {given}")]
    Tolerance {
        /// What was given.
        given: f64,
    },
    /// Too many or too few draws.
    #[error("expected 2 to {most} draws; got {given}")]
    Draws {
        /// The most there may be.
        most: usize,
        /// What was given.
        given: usize,
    },
}

impl Explain for IsoFlopError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoRuns => "isoflop.no_runs",
            Self::Column(error) => error.code(),
            Self::NoGroups => "isoflop.no_groups",
            Self::OneSize { .. } => "isoflop.one_size",
            Self::Tolerance { .. } => "isoflop.tolerance",
            Self::Draws { .. } => "isoflop.draws",
        }
    }

    fn expected(&self) -> Option<String> {
        match self {
            Self::Column(error) => error.expected(),
            Self::OneSize { .. } => Some("runs of several sizes".to_owned()),
            Self::Tolerance { .. } => Some("a share of zero or more".to_owned()),
            Self::Draws { most, .. } => Some(format!("2 to {most} draws")),
            Self::NoRuns | Self::NoGroups => None,
        }
    }

    fn given(&self) -> Option<String> {
        match self {
            Self::Column(error) => error.given(),
            Self::Tolerance { given } => Some(given.to_string()),
            Self::OneSize { size } => Some(size.to_string()),
            Self::Draws { given, .. } => Some(given.to_string()),
            Self::NoRuns | Self::NoGroups => None,
        }
    }

    fn at(&self) -> Place {
        match self {
            Self::Column(error) => error.at(),
            _ => Place::default(),
        }
    }
}
