//! From a start to an optimum, through the cells on which a problem is smooth.
//!
//! A search ends at an optimum of its cell. Where walls touch that point, the cells behind them are searched from it: at a
//! kink the point must be an optimum of every cell that meets there, which says that zero is in the convex hull of the
//! one-sided slopes; at a step the other side may be better, or not.

use std::rc::Rc;

use super::model::{Cell, Compiled, Model};
use super::point::{Point, Session};
use super::search::{Found, search};
use super::{AllocateError, FEASIBILITY, Part};

/// Values that differ by less than this are as good.
const EQUAL: f64 = 1e-10;
/// How often a descent crosses walls.
const CROSSINGS: usize = 200;

/// Where a descent ended.
#[derive(Clone)]
pub(super) struct Stand<'p> {
    pub model: Rc<Model<'p>>,
    pub found: Found,
}

/// A descent that found no value where it began.
pub(super) enum Lost {
    /// Of this formula, at its start.
    Undefined(Part),
    Wrong(AllocateError),
}

/// The cells visited so far.
pub(super) struct Cells<'p> {
    of: &'p Compiled,
    known: Vec<(Cell, Rc<Model<'p>>)>,
    /// How often the formulas were evaluated with their derivatives.
    pub evaluations: u32,
}

impl Stand<'_> {
    /// The less the better: how far it came, and then how good it is.
    pub fn rank(&self) -> (u8, f64) {
        match &self.found {
            Found::Stationary(point, _) => (0, point.objective()),
            Found::Unfinished(point, verdict) if verdict.feasibility <= FEASIBILITY => (0, point.objective()),
            Found::Infeasible(point) => (1, point.violations()),
            Found::Unfinished(point, _) => (2, point.violations()),
        }
    }

    /// Whether it is better than another by more than rounding.
    pub fn is_better(&self, than: &Self) -> bool {
        let ((own, value), (other, than)) = (self.rank(), than.rank());
        own < other || own == other && value < than - EQUAL * (1.0 + than.abs())
    }

    pub fn is_certified(&self) -> bool {
        matches!(self.found, Found::Stationary(..))
    }

    pub fn point(&self) -> &Point {
        let (Found::Stationary(point, _) | Found::Infeasible(point) | Found::Unfinished(point, _)) =
            &self.found;
        point
    }
}

impl<'p> Cells<'p> {
    pub fn new(of: &'p Compiled) -> Self {
        Self { of, known: Vec::new(), evaluations: 0 }
    }

    /// The best point that a descent from `u` leads to.
    ///
    /// # Errors
    /// [`Lost`] if a formula has no value at `u`.
    pub fn descend(&mut self, u: &[f64]) -> Result<Stand<'p>, Lost> {
        let mut best = self.search(&self.of.cell(u), u)?;
        for _ in 0..CROSSINGS {
            let mut proved = true;
            let mut better = None;
            for cell in best.neighbours() {
                match self.search(&cell, &best.point().u) {
                    Ok(other) if other.is_better(&best) => {
                        better = Some(other);
                        break;
                    }
                    Ok(other) => proved &= other.is_certified() || other.rank() > best.rank(),
                    Err(_) => proved = false,
                }
            }
            match better {
                Some(better) => best = better,
                None if proved => return Ok(best),
                None => return Ok(best.unproved()),
            }
        }
        Ok(best.unproved())
    }

    fn search(&mut self, cell: &Cell, u: &[f64]) -> Result<Stand<'p>, Lost> {
        let model = self.model(cell).map_err(Lost::Wrong)?;
        let mut session = Session::new(&model);
        let found = search(&mut session, u).map_err(Lost::Undefined);
        self.evaluations += session.evaluations;
        drop(session);
        Ok(Stand { found: found?, model })
    }

    fn model(&mut self, cell: &Cell) -> Result<Rc<Model<'p>>, AllocateError> {
        if let Some((_, model)) = self.known.iter().find(|(known, _)| known == cell) {
            return Ok(Rc::clone(model));
        }
        let model = Rc::new(Model::new(self.of, cell)?);
        self.known.push((cell.clone(), Rc::clone(&model)));
        Ok(model)
    }
}

impl Stand<'_> {
    /// The same point without a claim.
    fn unproved(self) -> Self {
        let found = match self.found {
            Found::Stationary(point, verdict) => Found::Unfinished(point, verdict),
            other => other,
        };
        Self { found, ..self }
    }
}
