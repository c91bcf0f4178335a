//! `sweep`: plans, or values of a law, over a grid and over the draws of a fit.

mod axis;
mod columns;
mod plans;
mod values;

use serde::{Deserialize, Serialize};

pub use axis::{AskedAxis, Scale};
use columns::Columns;

use super::{AllocateQuestion, AskError, AskFault, Asking, Named, Number, PredictQuestion, Progress};
use crate::outcome::Warning;
use crate::sweep::Grid;

/// Asks for plans, or for values of a law, over a grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "a sweep such as {\"axes\":[{\"of\":\"budget\",\"from\":1e18,\"to\":1e26,\"steps\":9}],\
                 \"solve\":{\"allocate\":{\"law\":\"chinchilla\"}}}"
)]
pub struct SweepQuestion {
    /// The axes: each says what `solve` leaves out. Cells are row-major, the last axis fastest.
    pub axes: Vec<AskedAxis>,
    /// What is asked in each cell.
    pub solve: Solve,
    /// For each parameter its values over draws; by default those of the fit in `solve`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draws: Option<Named<Vec<Option<f64>>>>,
    /// What is told of each cell: a variable of the plan, `loss`, a quantity of hardware or serving, or a formula of those; an
    /// output of the law where values are asked. By default all variables and what is minimised, or the main output.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outputs: Option<Vec<String>>,
    /// The shares of draws below which quantiles lie, such as `[0.05, 0.5, 0.95]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantiles: Option<Vec<f64>>,
    /// From which cell to before which: all of them by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cells: Option<[usize; 2]>,
}

/// What is asked in each cell: one of these.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "{\"allocate\":{\"law\":\"chinchilla\"}}, or predict")]
pub struct Solve {
    /// The best plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocate: Option<Box<AllocateQuestion>>,
    /// The value of a law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predict: Option<Box<PredictQuestion>>,
}

/// Plans or values over a grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SweepAnswer {
    /// The values of each axis, in base units; of a budget in the unit that it was given in.
    pub axes: Vec<Vec<f64>>,
    /// How many values each axis has.
    pub shape: Vec<usize>,
    /// The cells that are told, where they are not all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cells: Option<[usize; 2]>,
    /// For each output its `value` in each cell, by the fit itself, and the quantiles over draws as `q05`; null where there is
    /// none.
    pub columns: Named<Named<Vec<Number>>>,
    /// The unit of each output, where it is known.
    pub units: Named<String>,
    /// What proves the plans.
    pub certificate: SweepCertificate,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// What proves the plans of a sweep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SweepCertificate {
    /// How far the first-order conditions are from holding at most, among the plans that are best.
    pub worst_residual: f64,
    /// The plans, of cells and of draws in them, that are not proved to be best.
    pub cells_not_optimal: usize,
    /// Those of them for which no plan is within the limits.
    pub infeasible: usize,
}

/// A sweep of more plans is refused.
const MOST: f64 = 4e7;
/// So many entries has a tile, as long as a cell has no more.
const TILE: usize = 1 << 13;

/// Answers.
pub(super) fn answer(question: &SweepQuestion, asking: &mut Asking) -> Result<SweepAnswer, AskError> {
    if question.axes.is_empty() {
        return Err(AskError::malformed("sweep.axes", "expected one axis or more; got none"));
    }
    check_quantiles(question)?;
    match (&question.solve.allocate, &question.solve.predict) {
        (Some(solve), None) => plans::answer(question, solve, asking),
        (None, Some(solve)) => values::answer(question, solve, asking),
        _ => Err(AskError::malformed("sweep.solve", "expected one of allocate and predict")),
    }
}

fn check_quantiles(question: &SweepQuestion) -> Result<(), AskError> {
    let outside = |share: &&f64| !(0.0..=1.0).contains(*share);
    match question.quantiles.iter().flatten().find(outside) {
        None => Ok(()),
        Some(share) => {
            let message = format!("expected shares from 0 to 1 such as 0.05; got {share}");
            Err(AskError::malformed("sweep.quantiles", message))
        }
    }
}

impl SweepQuestion {
    /// The cells that are asked for, of a grid that is no larger than can be answered.
    fn cells(&self, grid: &Grid) -> Result<std::ops::Range<usize>, AskError> {
        let cells: f64 = grid.axes.iter().map(|axis| axis.values.len() as f64).product();
        let plans = cells * grid.entries() as f64;
        if plans > MOST {
            let message = format!(
                "expected at most {MOST:e} plans; this sweep has {cells:e} cells of {} each: use fewer steps or draws",
                grid.entries()
            );
            return Err(AskError::malformed("sweep.axes", message));
        }
        if self.quantiles.as_ref().is_some_and(|shares| !shares.is_empty()) && grid.draws.is_empty() {
            let message = "expected draws, of the fit or of the sweep, for quantiles to be of; got none";
            return Err(AskError::malformed("sweep.quantiles", message));
        }
        match self.cells {
            None => Ok(0..grid.cells()),
            Some([from, to]) if from < to && to <= grid.cells() => Ok(from..to),
            Some([from, to]) => {
                let message = format!(
                    "expected a first cell and one after the last, at most {}; got {from} and {to}",
                    grid.cells()
                );
                Err(AskError::malformed("sweep.cells", message))
            }
        }
    }
}

/// Cells in tiles, each told of when it is done.
fn tiles(
    cells: std::ops::Range<usize>,
    grid: &Grid,
    asking: &mut Asking,
    mut tile: impl FnMut(std::ops::Range<usize>) -> Result<(), AskError>,
) -> Result<(), AskError> {
    let (of, step) = (cells.len(), (TILE / grid.entries()).max(1));
    for start in cells.clone().step_by(step) {
        let end = cells.end.min(start + step);
        tile(start..end)?;
        (asking.progress)(Progress { done: (end - cells.start) as u64, of: of as u64, stage: "cells" });
    }
    Ok(())
}

/// The draws of a Question by parameter, instead of those of its fit.
fn drawn(
    draws: &Named<Vec<Option<f64>>>,
    parameters: &[(String, f64)],
) -> Result<Vec<(String, Vec<f64>)>, AskError> {
    let path = |name: &str| format!("sweep.draws.{name}");
    let mut columns: Vec<(String, Vec<f64>)> = Vec::new();
    for (name, column) in draws.iter() {
        if !parameters.iter().any(|(known, _)| known == name) {
            let known = parameters.iter().map(|(name, _)| name.clone()).collect();
            let what = "a parameter of the law".to_owned();
            return Err(AskFault::UnknownName { what, known, given: name.to_owned() }.at(path(name)));
        }
        let expected = columns.first().map_or(column.len(), |(_, first)| first.len());
        if column.len() != expected || column.is_empty() {
            let message =
                format!("expected as many draws as of the others, {expected}; got {}", column.len());
            return Err(AskError::malformed(path(name), message));
        }
        let value = |(at, value): (usize, &Option<f64>)| {
            value.ok_or_else(|| {
                AskError::malformed(format!("{}[{at}]", path(name)), "expected a number; got null")
            })
        };
        columns.push((name.to_owned(), column.iter().enumerate().map(value).collect::<Result<_, _>>()?));
    }
    Ok(columns)
}
