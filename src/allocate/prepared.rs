//! A problem ready to be solved, and the way to its answer.

use std::collections::BTreeMap;

use super::answer::solution;
#[cfg(not(feature = "catalogue"))]
use super::first::solve;
use super::model::Compiled;
use super::scale::Scale;
#[cfg(feature = "catalogue")]
use super::sets::solve;
use super::whole::best;
use super::{AllocateError, Part, Problem, Solution};
use crate::outcome::Termination;

/// A problem whose formulas are compiled, to be solved for many fits or bounds.
///
/// Each solution depends on the numbers of the moment alone, never on what was solved before.
#[derive(Clone, Debug)]
pub struct Prepared {
    compiled: Compiled,
}

/// Where a search begins.
#[derive(Clone, Copy)]
pub(super) enum Start<'a> {
    /// Anywhere; then the whole box is looked at.
    Anywhere,
    /// At a few points of the box, without that look.
    Few,
    /// At a plan; that only its surroundings are better is all that is asked.
    Near(&'a BTreeMap<String, f64>),
}

impl Prepared {
    pub(super) fn compile(problem: &Problem) -> Result<Self, AllocateError> {
        Ok(Self { compiled: Compiled::new(problem)? })
    }

    /// Gives a parameter of one of the formulas another value.
    ///
    /// # Errors
    /// [`AllocateError::NoSuchValue`], [`AllocateError::NoSuchLimit`], [`AllocateError::ValueNotFinite`].
    pub fn set_value(&mut self, part: Part, name: &str, value: f64) -> Result<(), AllocateError> {
        self.compiled.set_value(part, name, value)
    }

    /// Gives a limit another bound.
    ///
    /// # Errors
    /// [`AllocateError::NoSuchLimit`], [`AllocateError::BoundNotPositive`].
    pub fn set_bound(&mut self, limit: usize, bound: f64) -> Result<(), AllocateError> {
        self.compiled.set_bound(limit, bound)
    }

    /// Solves the problem.
    ///
    /// What is convex in logarithms has one optimum: laws and costs that are sums of powers, under upper limits on such
    /// sums and on ratios. Of any other problem the whole box is scanned, and the search begins again where a point is
    /// better.
    ///
    /// # Errors
    /// [`AllocateError::Undefined`] if a formula has no finite value at any start.
    pub fn solve(&self) -> Result<Solution, AllocateError> {
        solve(&self.compiled, Start::Anywhere)
    }

    /// Solves the problem near `plan`, without a look at the whole box: for draws of a fit, whose plans are near that of
    /// the fit itself.
    ///
    /// # Errors
    /// As [`Prepared::solve`].
    pub fn solve_near(&self, plan: &BTreeMap<String, f64>) -> Result<Solution, AllocateError> {
        solve(&self.compiled, Start::Near(plan))
    }
}

/// Solves with the objective and the limits in their logarithms, and should one of them not be positive on the way, with
/// that as it is.
pub(super) fn in_scales(compiled: &Compiled, start: Start) -> Result<Solution, AllocateError> {
    let solved = best(compiled, start).map(|best| solution(compiled, &best));
    let (place, size) = match &solved {
        Err(AllocateError::Undefined { part: Part::Limit(limit), .. }) => {
            (limit + 1, compiled.bounds[*limit].abs())
        }
        Err(AllocateError::Undefined { part: Part::Objective, .. }) => (0, compiled.size_of_objective()),
        Ok(unfinished) if unfinished.termination == Termination::MaxIterations => {
            (0, compiled.size_of_objective())
        }
        _ => return solved,
    };
    if compiled.scales[place] != Scale::Log {
        return solved;
    }
    let mut natural = compiled.clone();
    natural.scales[place] = Scale::Natural(size);
    match in_scales(&natural, start) {
        Ok(other) if other.termination != Termination::MaxIterations || solved.is_err() => Ok(other),
        _ => solved,
    }
}
