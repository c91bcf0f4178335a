//! A fit in stretches of the draws of its bootstrap.

use std::ops::Range;

use super::{Part, check_whole};
use crate::ask::fit::{FitAnswer, FitQuestion, with_draws};
use crate::ask::{AskError, Asking, BootstrapChoice};

/// How many draws there are to share out. Rows that are given for each draw stay together.
pub(super) fn count(fit: &FitQuestion) -> usize {
    let of = |choice: &BootstrapChoice| if choice.resample.is_some() { 1 } else { choice.count() };
    fit.bootstrap.as_ref().map_or(0, of)
}

fn first(fit: &FitQuestion) -> u64 {
    fit.bootstrap.as_ref().and_then(|choice| choice.first).unwrap_or(0)
}

/// The fit with some of its draws, and without what is made of all of them.
pub(super) fn part(fit: &FitQuestion, range: Range<usize>) -> FitQuestion {
    let bootstrap = fit.bootstrap.clone().map(|choice| match choice.resample {
        Some(_) => BootstrapChoice { first: Some(0), ..choice },
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
    parts: &[Part<FitAnswer>],
    asking: &mut Asking,
) -> Result<FitAnswer, AskError> {
    let start = usize::try_from(first(fit)).unwrap_or(usize::MAX);
    let resampled = fit.bootstrap.as_ref().and_then(|choice| choice.resample.as_ref());
    let end = start.saturating_add(resampled.map_or_else(|| count(fit), Vec::len));
    let length = |part: &FitAnswer| {
        part.draws.as_ref().and_then(|draws| draws.iter().next()).map_or(0, |(_, column)| column.len())
    };
    check_whole(parts, [start, end], "draws", length)?;
    let answers: Vec<&FitAnswer> = parts.iter().map(|part| part.answer).collect();
    let answer = with_draws(fit, &answers, asking)?;
    let is_of_another = |part: &&Part<FitAnswer>| {
        answer.parameters.iter().any(|(name, value)| part.answer.parameters.get(name) != Some(value))
    };
    if let Some(part) = parts.iter().find(is_of_another) {
        let message = "expected the answer of a part of this fit; this one has other parameters";
        return Err(AskError::malformed(part.path.clone(), message));
    }
    Ok(answer)
}
