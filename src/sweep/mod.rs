//! A law, or a plan by it, at every cell of a grid, and there at every draw of a fit.
//!
//! A sweep is a problem and what changes from cell to cell: the bounds of its limits and the values of its parameters. A
//! tile is a stretch of cells with all their draws, so that quantiles over draws are exact and memory is that of a tile. Each
//! plan depends on the numbers of its cell alone: tiles of any size, in any order, on any machine have the same bits.
//!
//! Two variables under one cost are solved in closed form where the formulas have one ([`crate::formula::Spread::best`]), else in
//! lock step ([`crate::allocate::batch_within`]); where that proves nothing, and for every other problem, each cell is solved as
//! one plan is, and its draws from there.

mod apart;
mod evaluate;
mod grid;
mod together;

use std::ops::Range;
use std::sync::Arc;

pub use evaluate::Valued;
pub use grid::{Axis, Grid, Knob};

use crate::allocate::{AllocateError, Problem};
use crate::formula::SpreadOver;
use apart::Apart;
use together::Together;

/// How a plan was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is the best there is, with proof.
    Best,
    /// No plan is within the limits.
    Infeasible,
    /// Nothing is proved.
    Unproved,
}

/// The plans of some cells, an entry for each cell and draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// For each free variable its values; not a number where there is no plan.
    pub at: Vec<Vec<f64>>,
    /// What is minimised, likewise.
    pub value: Vec<f64>,
    /// How each was found.
    pub found: Vec<Found>,
    /// The largest residual of the first-order conditions among those that are best.
    pub worst_residual: f64,
}

/// A problem over a grid.
#[derive(Clone, Debug)]
pub struct Sweep {
    problem: Arc<Problem>,
    grid: Arc<Grid>,
    together: Option<Together>,
}

impl Sweep {
    /// A problem over a grid.
    ///
    /// # Errors
    /// Those of [`Problem::prepare`] of the first cell.
    pub fn new(problem: Arc<Problem>, grid: Arc<Grid>) -> Result<Self, AllocateError> {
        let together = Together::of(&problem, &grid);
        if together.is_none() {
            grid.problem(&problem, 0).prepare()?;
        }
        Ok(Self { problem, grid, together })
    }

    /// The plans of some cells.
    pub fn tile(&self, cells: Range<usize>) -> Tile {
        let tile = match &self.together {
            Some(together) => together.tile(&cells),
            None => Tile::none(self.problem.free.len(), self.grid.entries_of(&cells).len()),
        };
        self.whole(&cells, tile)
    }

    /// What computes the plans on a GPU, of all entries of its cells; nothing where there is no such thing.
    pub fn twin(&self) -> Option<SpreadOver> {
        self.together.as_ref()?.twin()
    }

    /// The plans of some cells, as the shader of the twin tells them ([`SpreadOver::values_told`]); what it does not prove is
    /// solved here.
    pub fn tile_told(&self, cells: Range<usize>, twin: &SpreadOver, told: &[u32]) -> Tile {
        let columns = twin.values_told(self.grid.entries_of(&cells), told);
        let tile = match &self.together {
            Some(together) => together.tile_told(&cells, columns),
            None => Tile::none(self.problem.free.len(), self.grid.entries_of(&cells).len()),
        };
        self.whole(&cells, tile)
    }

    /// Solves what is not known to be best by itself.
    fn whole(&self, cells: &Range<usize>, mut tile: Tile) -> Tile {
        if !tile.is_whole() {
            Apart { problem: &self.problem, grid: &self.grid }.solve(cells, &mut tile);
        }
        tile
    }
}

impl Tile {
    fn none(variables: usize, entries: usize) -> Self {
        Self {
            at: vec![vec![f64::NAN; entries]; variables],
            value: vec![f64::NAN; entries],
            found: vec![Found::Unproved; entries],
            worst_residual: 0.0,
        }
    }

    /// Whether every plan is the best.
    fn is_whole(&self) -> bool {
        self.found.iter().all(|found| *found == Found::Best)
    }
}
