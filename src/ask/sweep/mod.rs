//! `sweep`: plans, or values of a law, over a grid and over the draws of a fit.

mod axis;
mod columns;
mod on_gpu;
mod opened;
mod plans;
mod values;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use axis::{AskedAxis, Scale};
pub use on_gpu::OnGpu;
use opened::{Opened, Stretch};

use super::{AllocateQuestion, AskError, Asking, Named, Number, PredictQuestion, Progress};
use crate::outcome::Warning;
use crate::sweep::Grid;
use crate::units::{Unit, show};

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
    /// What each cell is compared with: another law, fit or scenario over the same axes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Against>,
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

/// Another sweep over the same axes and of the same outputs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "what is compared with, such as {\"solve\":{\"allocate\":{\"law\":\"gadre\"}}}"
)]
pub struct Against {
    /// What is asked in each cell.
    pub solve: Solve,
    /// For each parameter its values over draws; by default those of the fit in `solve`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draws: Option<Named<Vec<Option<f64>>>>,
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
    /// none. Compared with another, that one's value as `against`, the quantiles of what this one is more as `d05`, and as `lower`
    /// the share of draws in which this one is lower: the first draw beside the first, and so on; one without draws stands with its
    /// value beside every draw of the other.
    pub columns: Named<Named<Vec<Number>>>,
    /// The unit of each output, where it is known.
    pub units: Named<String>,
    /// What proves the plans.
    pub certificate: SweepCertificate,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

impl SweepAnswer {
    /// Takes the numbers of its columns, one column after the other, and leaves those empty.
    pub(super) fn take_numbers(&mut self) -> Vec<f64> {
        let columns = self.columns.0.iter_mut().flat_map(|(_, columns)| columns.0.iter_mut());
        let numbers = columns.flat_map(|(_, column)| std::mem::take(column));
        numbers.map(|number| number.0.unwrap_or(f64::NAN)).collect()
    }
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

/// A sweep of more plans, or of more cells, each of which is told, is refused.
pub(crate) const MOST_PLANS: f64 = 4e7;
pub(crate) const MOST_CELLS: f64 = 4e6;
/// More axes, or more shares of draws, are refused.
const MOST_AXES: usize = 8;
const MOST_SHARES: usize = 99;
/// So many entries has a tile, as long as a cell has no more.
const TILE: usize = 1 << 13;

/// Answers.
pub(super) fn answer(question: &SweepQuestion, asking: &mut Asking) -> Result<SweepAnswer, AskError> {
    let opened = Opened::new(question, asking)?;
    let (mut columns, mut certificate) = (opened.columns(question), SweepCertificate::default());
    let Stretch { grid, cells, .. } = opened.own.stretch();
    tiles(cells.clone(), grid, asking, |cells| opened.tile(cells, &mut columns, &mut certificate));
    Ok(opened.answer(question, columns, certificate, std::mem::take(&mut asking.warnings)))
}

/// Before any value of an axis is computed: there may be very many.
fn check_axes(question: &SweepQuestion) -> Result<(), AskError> {
    let axes = &question.axes;
    if axes.is_empty() || axes.len() > MOST_AXES {
        let message = format!("expected from one to {MOST_AXES} axes; got {}", axes.len());
        return Err(AskError::malformed("sweep.axes", message));
    }
    let same = |a: &AskedAxis, b: &AskedAxis| a.of.trim() == b.of.trim() && a.limit == b.limit;
    if let Some(at) = (0..axes.len()).find(|at| axes[..*at].iter().any(|axis| same(axis, &axes[*at]))) {
        let message = format!("expected each axis once; got \"{}\" again", axes[at].of);
        return Err(AskError::malformed(format!("sweep.axes[{at}]"), message));
    }
    let cells: f64 = axes.iter().map(|axis| axis.len() as f64).product();
    if cells > MOST_CELLS {
        let message = format!(
            "expected at most {MOST_CELLS:e} cells; this sweep has {cells:e}, and would take about {} of memory: use fewer steps",
            memory(cells, question),
        );
        return Err(AskError::malformed("sweep.axes", message));
    }
    Ok(())
}

/// What the numbers of so many cells take.
fn memory(cells: f64, question: &SweepQuestion) -> String {
    let numbers = 1.0 + question.quantiles.as_ref().map_or(0.0, |shares| shares.len() as f64);
    let outputs = question.outputs.as_ref().map_or(3.0, |outputs| outputs.len() as f64);
    show(cells * outputs * numbers * size_of::<Number>() as f64, Unit::Bytes).number()
}

fn check_outputs(question: &SweepQuestion) -> Result<(), AskError> {
    let outputs = question.outputs.as_deref().unwrap_or_default();
    if let Some(at) = (0..outputs.len()).find(|at| outputs[..*at].contains(&outputs[*at])) {
        let message = format!("expected each output once; got \"{}\" again", outputs[at]);
        return Err(AskError::malformed(format!("sweep.outputs[{at}]"), message));
    }
    let shares = question.quantiles.as_deref().unwrap_or_default();
    let named: Vec<String> = shares.iter().map(|share| columns::named(*share)).collect();
    if let Some(at) = (0..named.len()).find(|at| named[..*at].contains(&named[*at])) {
        let message = format!("expected each share once; got {} again", shares[at]);
        return Err(AskError::malformed(format!("sweep.quantiles[{at}]"), message));
    }
    let message = match shares.iter().find(|share| !(0.0..=1.0).contains(*share)) {
        Some(share) => format!("expected shares from 0 to 1 such as 0.05; got {share}"),
        None if shares.len() > MOST_SHARES => {
            format!("expected at most {MOST_SHARES} shares; got {}", shares.len())
        }
        None => return Ok(()),
    };
    Err(AskError::malformed("sweep.quantiles", message))
}

impl SweepQuestion {
    /// The cells that are asked for, of a grid that is no larger than can be answered.
    fn cells(&self, grid: &Grid) -> Result<Range<usize>, AskError> {
        let cells: f64 = grid.axes.iter().map(|axis| axis.values.len() as f64).product();
        let plans = cells * grid.entries() as f64;
        if plans > MOST_PLANS {
            let message = format!(
                "expected at most {MOST_PLANS:e} plans; this sweep has {cells:e} cells of {} each: use fewer steps or draws",
                grid.entries()
            );
            return Err(AskError::malformed("sweep.axes", message));
        }
        if self.quantiles.as_ref().is_some_and(|shares| !shares.is_empty()) && grid.entries() == 1 {
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
fn tiles(cells: Range<usize>, grid: &Grid, asking: &mut Asking, mut tile: impl FnMut(Range<usize>)) {
    let (of, step) = (cells.len(), (TILE / grid.entries()).max(1));
    for start in cells.clone().step_by(step) {
        let end = cells.end.min(start + step);
        tile(start..end);
        (asking.progress)(Progress { done: (end - cells.start) as u64, of: of as u64, stage: "cells" });
    }
}
