//! Which runs are of one budget.

use super::IsoFlopError;
use crate::fit::column::{POSITIVE, every, positive, same_length};
use crate::num::{ascending, exp, ln};

/// How runs are grouped by budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Grouping<'a> {
    /// The budget that each run was made for, in FLOPs; none where a run belongs to no group.
    Given(&'a [Option<f64>]),
    /// Runs in the order of their compute, of which each exceeds the one before by no more than a share of it. The
    /// budget of a group is the geometric mean of its compute.
    Near {
        /// That share, such as 0.1. With 0 the compute of a group is the same throughout.
        tolerance: f64,
    },
}

/// The rows of one budget, in their own order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grouped {
    pub budget: f64,
    /// By how much the largest compute exceeds the smallest, as a share of it.
    pub spread: f64,
    pub rows: Vec<usize>,
}

impl Grouping<'_> {
    /// The groups, by budget.
    pub(super) fn group(&self, compute: &[f64]) -> Result<Vec<Grouped>, IsoFlopError> {
        let groups = match *self {
            Self::Given(budgets) => given(budgets, compute)?,
            Self::Near { tolerance } => near(tolerance, compute)?,
        };
        if groups.is_empty() { Err(IsoFlopError::NoGroups) } else { Ok(groups) }
    }
}

fn given(budgets: &[Option<f64>], compute: &[f64]) -> Result<Vec<Grouped>, IsoFlopError> {
    same_length("groups", budgets.len(), compute.len())?;
    // A row without a budget belongs to no group, and any number stands for it.
    let all: Vec<f64> = budgets.iter().map(|budget| budget.unwrap_or(1.0)).collect();
    every("groups", &all, POSITIVE, positive)?;
    let rows: Vec<usize> = (0..budgets.len()).filter(|row| budgets[*row].is_some()).collect();
    let budgets: Vec<f64> = budgets.iter().flatten().copied().collect();
    let order = ascending(&budgets);
    let same = |a: &usize, b: &usize| budgets[*a] == budgets[*b];
    let group = |places: &[usize]| {
        let rows: Vec<usize> = places.iter().map(|at| rows[*at]).collect();
        Grouped { budget: budgets[places[0]], spread: spread(&rows, compute), rows }
    };
    Ok(order.chunk_by(same).map(group).collect())
}

fn near(tolerance: f64, compute: &[f64]) -> Result<Vec<Grouped>, IsoFlopError> {
    if !(tolerance >= 0.0 && tolerance.is_finite()) {
        return Err(IsoFlopError::Tolerance { given: tolerance });
    }
    let order = ascending(compute);
    let close = |a: &usize, b: &usize| compute[*b] <= compute[*a] * (1.0 + tolerance);
    let group = |rows: &[usize]| {
        let (first, last) = (compute[rows[0]], compute[rows[rows.len() - 1]]);
        let mean = || exp(rows.iter().fold(0.0, |sum, row| sum + ln(compute[*row])) / rows.len() as f64);
        let mut rows_in_order = rows.to_vec();
        rows_in_order.sort_unstable();
        Grouped {
            budget: if first == last { first } else { mean() },
            spread: last / first - 1.0,
            rows: rows_in_order,
        }
    };
    Ok(order.chunk_by(close).map(group).collect())
}

fn spread(rows: &[usize], compute: &[f64]) -> f64 {
    let (low, high) = rows.iter().fold((f64::INFINITY, 0.0), |(low, high), row| {
        (crate::num::min(low, compute[*row]), crate::num::max(high, compute[*row]))
    });
    high / low - 1.0
}
