//! What can be wrong with the name of a law or fit.

use thiserror::Error;

use super::LAWS;
use crate::outcome::{Explain, nearest};

/// Why there is no such law or fit.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum LawError {
    /// No law of the catalogue has this id.
    #[error("expected a law of the catalogue such as {}; got \"{given}\"{}", LAWS[0].id, meant(given, law_ids()))]
    UnknownLaw {
        /// The id.
        given: String,
    },
    /// The law has no fit of this id.
    #[error(
        "expected a fit of {law} ({}); got \"{given}\"{}",
        listed(known.iter().copied()),
        meant(given, known.iter().copied())
    )]
    UnknownFit {
        /// The law.
        law: &'static str,
        /// The fits there are.
        known: Vec<&'static str>,
        /// The id.
        given: String,
    },
}

fn law_ids() -> impl Iterator<Item = &'static str> {
    LAWS.iter().map(|law| law.id)
}

fn listed<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    ids.collect::<Vec<_>>().join(", ")
}

fn meant<'a>(given: &str, ids: impl Iterator<Item = &'a str>) -> String {
    nearest(given, ids).map_or_else(String::new, |id| format!(": did you mean {id}?"))
}

impl Explain for LawError {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownLaw { .. } => "laws.unknown_law",
            Self::UnknownFit { .. } => "laws.unknown_fit",
        }
    }

    fn expected(&self) -> Option<String> {
        Some(match self {
            Self::UnknownLaw { .. } => listed(law_ids()),
            Self::UnknownFit { known, .. } => listed(known.iter().copied()),
        })
    }

    fn given(&self) -> Option<String> {
        match self {
            Self::UnknownLaw { given } | Self::UnknownFit { given, .. } => Some(given.clone()),
        }
    }
}
