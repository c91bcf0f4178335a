//! The bootstrap of a fit, as it is asked and answered.

use super::held::Tied;
use super::prepared::Prepared;
use super::{FitAnswer, FitQuestion, derived_values};
use crate::ask::allocate::interval;
use crate::ask::{AskError, Asking, BootstrapChoice, FitPart, Named, Number, Progress};
use crate::fit::{self, Draws, Fit, Resampling};
use crate::outcome::Warning;

/// The most draws of one Question.
pub(in crate::ask) const MOST: usize = 100_000;

/// The draws that are asked for; none where no bootstrap is.
pub(super) fn draws(
    question: &FitQuestion,
    prepared: &Prepared,
    found: &Fit,
    asking: &mut Asking,
) -> Result<Option<Draws>, AskError> {
    let Some(choice) = &question.bootstrap else { return Ok(None) };
    let (problem, groups) = (prepared.problem(), prepared.groups.as_deref());
    let fixed: Vec<(usize, &[f64])> =
        prepared.drawn.iter().map(|(place, draws)| (*place, draws.as_slice())).collect();
    let each: Vec<usize> = (0..problem.response.len()).collect();
    let (resampling, count) = match (&choice.resample, choice.kind.as_deref().unwrap_or("rows")) {
        (Some(samples), _) => (Resampling::Given(samples), samples.len()),
        (None, "rows") => (Resampling::Rows, choice.count()),
        (None, "wild") => (Resampling::Wild(groups.unwrap_or(&each)), choice.count()),
        (None, "groups") => (Resampling::Groups(several(groups)?), choice.count()),
        (None, given) => {
            let message = format!("expected \"rows\", \"groups\" or \"wild\"; got \"{given}\"");
            return Err(AskError::malformed("fit.bootstrap.kind", message));
        }
    };
    if count == 0 || count > MOST {
        let message = format!("expected from 1 to {MOST} draws; got {count}");
        return Err(AskError::malformed("fit.bootstrap.draws", message));
    }
    let first = choice.first.filter(|_| choice.resample.is_none()).unwrap_or(0);
    let progress = &mut *asking.progress;
    let mut report = |step: fit::Progress| {
        progress(Progress { done: step.done as u64, of: step.of as u64, stage: step.stage });
    };
    let range = first..first.saturating_add(count as u64);
    let seed = choice.seed();
    let draws = fit::bootstrap(&problem, found, resampling, seed, &fixed, range, &mut report)
        .map_err(|error| AskError::at("fit.bootstrap", error))?;
    warn(&draws, asking);
    Ok(Some(draws))
}

/// The first of several answers that is none of a part of this fit: by its parameters, or by its first draw, which is made here
/// again.
pub(super) fn other(
    question: &FitQuestion,
    prepared: &Prepared,
    found: &Fit,
    parts: &[&FitPart],
    asking: &mut Asking,
) -> Result<Option<usize>, AskError> {
    let told = asking.warnings.len();
    for (at, part) in parts.iter().enumerate() {
        let bootstrap = question.bootstrap.clone().map(|choice| match choice.resample {
            Some(samples) => {
                let samples = samples.into_iter().take(1).collect();
                BootstrapChoice { resample: Some(samples), ..choice }
            }
            None => BootstrapChoice { first: part.first_draw, draws: Some(1), ..choice },
        });
        let first = draws(&FitQuestion { bootstrap, ..question.clone() }, prepared, found, asking)?;
        asking.warnings.truncate(told);
        let drawn = |name: &str, place: usize| {
            let there = part.draws.as_ref()?.get(name)?.first()?.0;
            Some(there == first.as_ref()?.values[place][0])
        };
        let is_alike = |(name, place): (&str, usize)| {
            part.parameters.get(name).map(|value| value.0) == Some(found.values[place])
                && drawn(name, place) == Some(true)
        };
        if !prepared.places().all(is_alike) {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

/// The draws of several answers as those of one.
pub(super) fn join(prepared: &Prepared, parts: &[&FitPart], asking: &mut Asking) -> Draws {
    let mut draws =
        Draws { values: vec![Vec::new(); prepared.problem().parameters.len()], ..Draws::default() };
    for part in parts {
        let column = |name: &str| part.draws.as_ref().and_then(|columns| columns.get(name));
        for (place, values) in draws.values.iter_mut().enumerate() {
            let name = prepared.places().find(|(_, at)| *at == place).map(|(name, _)| name);
            values.extend(name.and_then(column).into_iter().flatten().map(|number| number.0));
        }
        draws.failed = draws.failed.saturating_add(part.failed_draws.unwrap_or(0));
    }
    // What each comes to is not told.
    draws.objectives = vec![None; draws.values.iter().map(Vec::len).max().unwrap_or(0)];
    warn(&draws, asking);
    draws
}

fn warn(draws: &Draws, asking: &mut Asking) {
    let (failed, count) = (draws.failed, draws.objectives.len());
    if failed > 0 {
        let [has, is] = if failed == 1 { ["has", "is"] } else { ["have", "are"] };
        let message = format!("{failed} of {count} draws {has} no certified optimum and {is} left out");
        let warning = Warning::new("draws.failed", message);
        asking.warnings.push(warning.with("draws", count).with("failed", failed));
    }
}

/// Groups of which there are enough to draw from.
fn several(groups: Option<&[usize]>) -> Result<&[usize], AskError> {
    let message = |given: &str| {
        AskError::malformed(
            "fit.bootstrap.kind",
            format!("expected runs with a \"group\" column of at least two groups; got {given}"),
        )
    };
    let groups = groups.ok_or_else(|| message("none"))?;
    if groups.iter().all(|group| *group == 0) { Err(message("one group")) } else { Ok(groups) }
}

/// Adds draws and intervals to an answer.
pub(super) fn add(answer: &mut FitAnswer, draws: &Draws, tied: &Tied, level: f64) {
    let column = |(name, place): &(String, usize)| (name.clone(), &draws.values[*place]);
    let columns: Vec<(String, &Vec<Option<f64>>)> = tied.place.iter().map(column).collect();
    let middle =
        |values: &[Option<f64>]| interval(&values.iter().flatten().copied().collect::<Vec<_>>(), level);
    let mut intervals: Vec<(String, [f64; 2])> =
        columns.iter().filter_map(|(name, values)| Some((name.clone(), middle(values)?))).collect();
    let of_draw = |draw: usize| {
        let known =
            columns.iter().filter_map(|(name, values)| values[draw].map(|value| (name.as_str(), value)));
        derived_values(&tied.law, &known.collect::<Vec<_>>())
    };
    let mut derived: Vec<(&str, Vec<Option<f64>>)> = Vec::new();
    for draw in 0..draws.objectives.len() {
        for (place, (name, value)) in of_draw(draw).into_iter().enumerate() {
            if derived.len() <= place {
                derived.push((name, Vec::new()));
            }
            derived[place].1.push(value.0);
        }
    }
    let known = derived.iter().filter_map(|(name, values)| Some(((*name).to_owned(), middle(values)?)));
    intervals.extend(known.collect::<Vec<_>>());
    answer.intervals = Some(Named(intervals));
    answer.failed_draws = Some(draws.failed);
    let numbers = |values: &Vec<Option<f64>>| values.iter().map(|value| Number(*value)).collect();
    answer.draws = Some(columns.iter().map(|(name, values)| (name.clone(), numbers(values))).collect());
}
