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
use crate::formula::Beyond;
use crate::num::max;

/// A wall nearer than this, as it is worked, touches a point.
const TOUCH: f64 = 1e-9;
/// Values that differ by less than this are as good.
const EQUAL: f64 = 1e-10;
/// How often a descent crosses walls.
const CROSSINGS: usize = 200;
/// The most walls of one point that are crossed in every combination.
const CORNERS: usize = 4;

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

    /// The page's first worker knows formulas of one piece alone.
    #[cfg(not(feature = "catalogue"))]
    #[expect(clippy::unused_self, reason = "the whole worker looks")]
    fn neighbours(&self) -> [Cell; 0] {
        []
    }

    /// The cells that meet at the point: behind each wall that touches it, and behind several at once.
    #[cfg(feature = "catalogue")]
    fn neighbours(&self) -> Vec<Cell> {
        let (model, point) = (&self.model, self.point());
        let touches = |limit: &usize| point.row(*limit).abs() <= TOUCH;
        let mut walls: Vec<(Vec<f64>, Vec<(usize, usize, i64)>)> = Vec::new();
        for limit in (model.given()..model.limits()).filter(touches) {
            let Some((source, Beyond::Piece(piece))) = model.beyond(limit) else { continue };
            let flip = piece.iter().zip(&model.cell[source]).position(|(to, from)| to != from);
            let Some(flip) = flip.map(|switch| (source, switch, piece[switch])) else { continue };
            let gradient = point.row_gradient(limit);
            // The same wall may stand in several formulas.
            match walls.iter_mut().find(|(other, _)| parallel(other, &gradient)) {
                Some((_, flips)) => flips.push(flip),
                None => walls.push((gradient, vec![flip])),
            }
        }
        let count = walls.len();
        let all = count <= CORNERS;
        let sets = if all { 1..1 << count } else { 0..count };
        let crossed = |set: usize, wall: usize| if all { set >> wall & 1 == 1 } else { set == wall };
        sets.map(|set| {
            let mut cell = model.cell.clone();
            let flips = walls.iter().enumerate().filter(|(wall, _)| crossed(set, *wall));
            flips
                .flat_map(|(_, (_, flips))| flips)
                .for_each(|&(source, switch, to)| cell[source][switch] = to);
            cell
        })
        .collect()
    }
}

#[cfg(feature = "catalogue")]
fn parallel(a: &[f64], b: &[f64]) -> bool {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let (product, sizes) = (dot(a, b), dot(a, a) * dot(b, b));
    (product * product - sizes).abs() <= 1e-12 * max(sizes, 0.0)
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
