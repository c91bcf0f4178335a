//! A fit in stretches of the draws of its bootstrap.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Part, check_whole};
use crate::ask::fit::{FitAnswer, FitQuestion, MOST_DRAWS, Unlike, with_draws};
use crate::ask::{AskError, Asking, BootstrapChoice, Named, Number};

/// Draws of a fit: what is needed of its answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FitPart {
    /// The value of each parameter.
    pub parameters: Named<Number>,
    /// For each parameter its values over the draws.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draws: Option<Named<Vec<Number>>>,
    /// The number of the first of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_draw: Option<u64>,
    /// Draws that found no proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed_draws: Option<usize>,
}

/// How many draws there are to share out; `path` is where the fit stands. Rows that are given for each draw stay together.
pub(super) fn count(fit: &FitQuestion, path: &str) -> Result<usize, AskError> {
    let Some(choice) = &fit.bootstrap else { return Ok(0) };
    let count = if choice.resample.is_some() { 1 } else { choice.count() };
    if count > MOST_DRAWS || first(fit) > LATEST {
        let message = format!(
            "expected at most {MOST_DRAWS} draws, the first of them at most {LATEST}; got {count} from {} on",
            first(fit)
        );
        return Err(AskError::malformed(format!("{path}.fit.bootstrap"), message));
    }
    Ok(count)
}

/// Numbers of draws are exact in every reader of JSON up to here.
const LATEST: u64 = 1 << 52;

fn first(fit: &FitQuestion) -> u64 {
    fit.bootstrap.as_ref().and_then(|choice| choice.first).unwrap_or(0)
}

/// The fit with some of its draws, and without what is made of all of them.
pub(super) fn part(fit: &FitQuestion, range: Range<usize>) -> FitQuestion {
    let bootstrap = fit.bootstrap.clone().map(|choice| match choice.resample {
        Some(_) => BootstrapChoice { first: Some(first(fit)), ..choice },
        None => BootstrapChoice {
            first: Some(first(fit) + range.start as u64),
            draws: Some(range.len()),
            ..choice
        },
    });
    FitQuestion { bootstrap, decide: Vec::new(), diagnose: None, ..fit.clone() }
}

/// The fit with all of them: it is found again, which takes as long as one part, and what is made of draws is made of those
/// of the parts.
pub(super) fn merge(
    fit: &FitQuestion,
    parts: &[Part<FitPart>],
    asking: &mut Asking,
) -> Result<FitAnswer, AskError> {
    let draws = count(fit, "merge.question")?;
    let resampled = fit.bootstrap.as_ref().and_then(|choice| choice.resample.as_ref());
    let start = usize::try_from(first(fit)).unwrap_or(usize::MAX);
    let end = start.saturating_add(resampled.map_or(draws, Vec::len));
    let length = |part: &FitPart| {
        let mut columns = part.draws.iter().flat_map(|draws| draws.iter().map(|(_, column)| column.len()));
        let first = columns.next().unwrap_or(0);
        // Columns of several lengths are of nothing.
        if columns.all(|length| length == first) { first } else { 0 }
    };
    check_whole(parts, [start, end], "draws", length)?;
    let answers: Vec<&FitPart> = parts.iter().map(|part| part.answer).collect();
    with_draws(fit, &answers, asking).map_err(|error| match error {
        Unlike::Part(at) => {
            let message = "expected the answer of a part of this fit; this one has other parameters or draws";
            AskError::malformed(parts[at].path.clone(), message)
        }
        Unlike::Refused(error) => error,
    })
}
