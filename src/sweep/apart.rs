//! Cells one by one, as single plans are solved.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Found, Grid, Tile};
use crate::allocate::{AllocateError, Part, Prepared, Problem, Quantity, Solution};
use crate::num::max;
use crate::outcome::Termination;

/// The problem of one cell after the other.
pub(super) struct Apart<'a> {
    pub problem: &'a Problem,
    pub grid: &'a Grid,
}

impl Apart<'_> {
    /// Solves the plans of some cells that are not known to be best: that of the fit over the whole box, those of its draws
    /// from there. Where a formula has no value, or a bound no sense, no plan is found.
    pub fn solve(&self, cells: &Range<usize>, tile: &mut Tile) {
        let each = self.grid.entries();
        for (first, cell) in cells.clone().enumerate().map(|(at, cell)| (at * each, cell)) {
            let unknown = |tile: &Tile, at: usize| tile.found[at] != Found::Best;
            if (first..first + each).all(|at| !unknown(tile, at)) {
                continue;
            }
            let problem = self.grid.problem(self.problem, cell);
            let Ok(mut prepared) = problem.prepare() else { continue };
            for at in (first..first + each).filter(|at| unknown(tile, *at)).collect::<Vec<_>>() {
                let near = if at > first { self.plan(tile, first) } else { None };
                let solution = self
                    .draw(&problem, &mut prepared, at - first)
                    .and_then(|()| near.map_or_else(|| prepared.solve(), |plan| prepared.solve_near(&plan)));
                if let Ok(solution) = solution {
                    self.put(&solution, at, tile);
                }
            }
        }
    }

    /// The plan of an entry, where there is one.
    fn plan(&self, tile: &Tile, at: usize) -> Option<BTreeMap<String, f64>> {
        let names = self.problem.free.iter().map(|free| free.name.clone());
        let plan = || names.zip(tile.at.iter().map(|column| column[at])).collect();
        (tile.found[at] == Found::Best).then(plan)
    }

    /// Sets the parameters of the fit, or of a draw, in every formula that has them.
    fn draw(&self, problem: &Problem, prepared: &mut Prepared, draw: usize) -> Result<(), AllocateError> {
        let limits = problem.limits.iter().enumerate().map(|(at, limit)| (Part::Limit(at), &limit.of));
        let parts: Vec<(Part, &Quantity)> = limits.chain([(Part::Objective, &problem.objective)]).collect();
        for (name, column) in self.grid.drawn() {
            for (part, quantity) in &parts {
                if let Some(fit) = quantity.values.get(name)
                    && self.grid.is_of_fit(name, Some(*fit))
                {
                    let value = draw.checked_sub(1).map_or(*fit, |draw| column[draw]);
                    prepared.set_value(*part, name, value)?;
                }
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
