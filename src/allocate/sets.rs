//! Variables that have one of a few values: every combination is a problem of its own.

use super::model::Compiled;
use super::prepared::{Start, in_scales};
use super::{AllocateError, Next, Solution};
use crate::num::ln;
use crate::outcome::Termination;

/// The most combinations that are each scanned; of more, the best is.
const SCANNED: usize = 16;

/// Solves a problem for every combination of the values of its finite sets, and answers with the best.
pub(super) fn solve(of: &Compiled, start: Start) -> Result<Solution, AllocateError> {
    let sets: Vec<usize> = (0..of.free.len()).filter(|&j| !of.free[j].values.is_empty()).collect();
    if sets.is_empty() {
        return in_scales(of, start);
    }
    let count: usize = sets.iter().map(|&j| of.free[j].values.len()).product();
    let few = match start {
        Start::Anywhere if count > SCANNED => Start::Few,
        other => other,
    };
    let all: Vec<_> = (0..count).map(|i| in_scales(&combination(of, &sets, i), few)).collect();
    let mut best = 0;
    for i in 1..count {
        if rank(&all[i]) < rank(&all[best]) {
            best = i;
        }
    }
    let unfinished = all.iter().flatten().any(|one| one.termination == Termination::MaxIterations);
    let next = next(of, &sets, &all, best);
    let solution = if count > SCANNED && matches!(start, Start::Anywhere) {
        in_scales(&combination(of, &sets, best), start)
    } else {
        all.into_iter().nth(best).unwrap_or(Err(AllocateError::NothingFree))
    };
    solution.map(|solution| Solution {
        next,
        termination: if unfinished { Termination::MaxIterations } else { solution.termination },
        ..solution
    })
}

/// The problem with the `i`-th combination of values; the last set changes fastest.
fn combination(of: &Compiled, sets: &[usize], i: usize) -> Compiled {
    let mut fixed = of.clone();
    for (&j, member) in sets.iter().zip(members(of, sets, i)) {
        let value = of.free[j].values[member];
        (fixed.free[j].low, fixed.free[j].high) = (value, value);
        fixed.free[j].values.clear();
    }
    fixed
}

/// The place of each value in its set.
fn members(of: &Compiled, sets: &[usize], i: usize) -> Vec<usize> {
    let mut rest = i;
    let mut members: Vec<usize> = sets
        .iter()
        .rev()
        .map(|&j| {
            let size = of.free[j].values.len();
            let member = rest % size;
            rest /= size;
            member
        })
        .collect();
    members.reverse();
    members
}

/// The less the better: a plan by its value, then what violates its limits least, then what has no value.
fn rank(one: &Result<Solution, AllocateError>) -> (u8, f64) {
    match one {
        Ok(plan) if plan.termination == Termination::Infeasible => {
            let by = |violated: &super::Violation| ln(violated.value / violated.bound).abs();
            (1, plan.violated.iter().map(by).filter(|by| by.is_finite()).sum())
        }
        Ok(plan) => (0, plan.value),
        Err(_) => (2, 0.0),
    }
}

/// What the best value would be with the next member of each set.
fn next(of: &Compiled, sets: &[usize], all: &[Result<Solution, AllocateError>], best: usize) -> Vec<Next> {
    let chosen = members(of, sets, best);
    let mut next = Vec::new();
    let mut stride = 1;
    for (&j, &member) in sets.iter().zip(&chosen).rev() {
        let values = &of.free[j].values;
        let neighbours =
            [member.checked_sub(1).map(|to| (to, best - stride)), Some((member + 1, best + stride))];
        for (to, place) in neighbours.into_iter().flatten().filter(|(to, _)| *to < values.len()) {
            let plan = all[place].as_ref().ok().filter(|plan| plan.termination != Termination::Infeasible);
            next.push(Next {
                variable: of.free[j].name.clone(),
                to: values[to],
                value: plan.map(|plan| plan.value),
            });
        }
        stride *= values.len();
    }
    next.reverse();
    next
}
