//! Cells one by one, as single plans are solved.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Found, Grid, Knob, Sweep, Tile};
use crate::allocate::{AllocateError, Part, Prepared, Problem, Quantity, Solution};
use crate::num::max;
use crate::outcome::Termination;

/// The problem of one entry after the other.
pub(super) struct Apart<'a> {
    problem: &'a Problem,
    grid: &'a Grid,
    prepared: Prepared,
}

impl<'a> Apart<'a> {
    pub fn new(sweep: &Sweep<'a>) -> Self {
        Self { problem: sweep.problem, grid: sweep.grid, prepared: sweep.prepared.clone() }
    }

    /// Solves the plans of some cells that are not known to be best: that of the fit over the whole box, those of its draws
    /// from there.
    pub fn solve(mut self, cells: &Range<usize>, tile: &mut Tile) -> Result<(), AllocateError> {
        let each = self.grid.entries();
        for (first, cell) in cells.clone().enumerate().map(|(at, cell)| (at * each, cell)) {
            let unknown = |tile: &Tile, at: usize| tile.found[at] != Found::Best;
            if (first..first + each).all(|at| !unknown(tile, at)) {
                continue;
            }
            self.turn(cell)?;
            for draw in 0..each {
                let at = first + draw;
                if !unknown(tile, at) {
                    continue;
                }
                self.draw(draw)?;
                let solution = match self.plan(tile, first) {
                    Some(plan) if draw > 0 => self.prepared.solve_near(&plan)?,
                    _ => self.prepared.solve()?,
                };
                self.put(&solution, at, tile);
            }
        }
        Ok(())
    }

    /// The plan of an entry, where there is one.
    fn plan(&self, tile: &Tile, at: usize) -> Option<BTreeMap<String, f64>> {
        let names = self.problem.free.iter().map(|free| free.name.clone());
        let plan = || names.zip(tile.at.iter().map(|column| column[at])).collect();
        (tile.found[at] == Found::Best).then(plan)
    }

    /// Sets what the axes change in a cell.
    fn turn(&mut self, cell: usize) -> Result<(), AllocateError> {
        for (at, axis) in self.grid.axes.iter().enumerate() {
            let value = self.grid.turned(at, cell);
            match &axis.turns {
                Knob::Bound(limit) => self.prepared.set_bound(*limit, value)?,
                Knob::Value(name) => self.set(name, |_| value)?,
            }
        }
        Ok(())
    }

    /// Sets the parameters of the fit, or of a draw.
    fn draw(&mut self, draw: usize) -> Result<(), AllocateError> {
        let grid = self.grid;
        for (name, column) in grid.drawn() {
            self.set(name, |fit| draw.checked_sub(1).map_or(fit, |draw| column[draw]))?;
        }
        Ok(())
    }

    /// Gives a parameter another value than that of the fit in every formula that has it.
    fn set(&mut self, name: &str, value: impl Fn(f64) -> f64) -> Result<(), AllocateError> {
        let limits = self.problem.limits.iter().enumerate().map(|(at, limit)| (Part::Limit(at), &limit.of));
        let parts: Vec<(Part, &Quantity)> =
            limits.chain([(Part::Objective, &self.problem.objective)]).collect();
        for (part, quantity) in parts {
            if let Some(fit) = quantity.values.get(name) {
                self.prepared.set_value(part, name, value(*fit))?;
            }
        }
        Ok(())
    }

    fn put(&self, solution: &Solution, at: usize, tile: &mut Tile) {
        tile.found[at] = found(solution);
        if tile.found[at] != Found::Best {
            return;
        }
        for (free, column) in self.problem.free.iter().zip(&mut tile.at) {
            column[at] = solution.at.get(&free.name).copied().unwrap_or(f64::NAN);
        }
        tile.value[at] = solution.value;
        tile.worst_residual = max(tile.worst_residual, solution.certificate.residual);
    }
}

fn found(solution: &Solution) -> Found {
    match solution.termination {
        Termination::Optimum | Termination::AtBound | Termination::Several if solution.broken.is_empty() => {
            Found::Best
        }
        Termination::Infeasible => Found::Infeasible,
        _ => Found::Unproved,
    }
}
