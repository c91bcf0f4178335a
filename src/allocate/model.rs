//! The formulas of a problem on one cell: where each is on one of its pieces, and so smooth.
//!
//! A point is worked in logarithms where variables are positive, the objective is `ln f`, and a limit is
//! `±(ln g − ln bound)`, which must be at most zero, or zero; so nothing here depends on units, and a cost
//! such as `6*N*D` is linear. What may be zero or below is worked as it is. The walls of the cell are
//! limits like any other, after those of the problem.

use std::collections::BTreeMap;
use std::sync::Arc;

#[cfg(feature = "catalogue")]
use super::boxes::within;
use super::boxes::{Boxes, By, Open};
#[cfg(not(feature = "catalogue"))]
use super::first::within;
use super::problem::check_bound;
use super::scale::Scale;
use super::source::{Source, listed};
use super::{AllocateError, Free, HAS_NO_ENDS, Part, Problem, Quantity, Sense, Whole, problem::finite};
use crate::formula::{Beyond, Curvature, Piece, Program, Smooth};
use crate::num::min;

/// A compiled problem, with its numbers.
#[derive(Clone, Debug)]
pub(super) struct Compiled {
    /// The boxes as they were given, and what the conditions of the formulas leave of them.
    given: Vec<Free>,
    pub free: Vec<Free>,
    /// The conditions that end the boxes.
    pub ended: Vec<By>,
    /// The ends that they come near and do not reach.
    pub open: Vec<Open>,
    /// The objective, then the limits.
    pub sources: Vec<Source>,
    pub senses: Vec<Sense>,
    pub bounds: Vec<f64>,
    /// In what the variables, and then the formulas, are worked.
    pub variables: Vec<Scale>,
    pub scales: Vec<Scale>,
    /// 1 to minimise the objective, −1 to maximise it.
    pub direction: f64,
    /// The variables that are shares of a whole, for each whole: the last limits are their sums.
    pub wholes: Vec<Vec<usize>>,
    /// Shares that can only be zero, and so are no variables.
    pub nothing: Vec<String>,
}

/// How shares of a whole are worked, and their sum.
const SHARE: Scale = Scale::Natural(1.0);

/// The piece that each formula is on.
pub(super) type Cell = Vec<Piece>;

/// A problem on one cell.
#[derive(Clone, Debug)]
pub(super) struct Model<'p> {
    pub of: &'p Compiled,
    pub cell: Cell,
    /// The objective, then the limits.
    smooth: Vec<Arc<Smooth>>,
    /// For each wall the formula it belongs to, and its place there.
    walls: Vec<(usize, usize)>,
    edges: Vec<(f64, f64)>,
}

impl Compiled {
    pub fn new(problem: &Problem) -> Result<Self, AllocateError> {
        let reduced = if HAS_NO_ENDS { None } else { Some(problem.without_nothing()) };
        let (problem, nothing) = match &reduced {
            Some((problem, nothing)) => (problem, nothing.clone()),
            None => (problem, Vec::new()),
        };
        let Boxes { free, ended, open } = within(&problem.free, problem.parts())?;
        if let Some(empty) = free.iter().find(|free| !free.is_sound()) {
            return Err(AllocateError::Box { name: empty.name.clone(), low: empty.low, high: empty.high });
        }
        let place = |name: &String| free.iter().position(|free| free.name == *name);
        let whole = |whole: &Whole| whole.shares.iter().filter_map(place).collect();
        let wholes: Vec<Vec<usize>> =
            if HAS_NO_ENDS { Vec::new() } else { problem.wholes.iter().map(whole).collect() };
        let is_share = |j: usize| !HAS_NO_ENDS && wholes.iter().any(|whole| whole.contains(&j));
        let scale = |(j, free): (usize, &Free)| if is_share(j) { SHARE } else { free.scale() };
        let variables: Vec<Scale> = free.iter().enumerate().map(scale).collect();
        let sources = problem.parts().map(|(part, of)| Source::compile(of, &free, &variables, part));
        let sources = sources.collect::<Result<Vec<_>, _>>()?;
        let limit = |(limit, source): (&super::Limit, &Source)| match source.variable {
            Some(variable) => variables[variable],
            None => Scale::about(limit.bound),
        };
        let limits = problem.limits.iter().zip(&sources[1..]).map(limit);
        let mut compiled = Self {
            given: problem.free.clone(),
            free,
            ended,
            open,
            scales: [Scale::Log].into_iter().chain(limits).collect(),
            senses: problem.limits.iter().map(|limit| limit.sense).collect(),
            bounds: problem.limits.iter().map(|limit| limit.bound).collect(),
            sources,
            variables,
            direction: 1.0,
            wholes,
            nothing,
        };
        if !HAS_NO_ENDS {
            compiled.hold_wholes();
        }
        compiled.check_use()?;
        compiled.check_bounds()?;
        Ok(compiled)
    }

    /// The shares of a whole are together one: a limit more for each.
    fn hold_wholes(&mut self) {
        let limits = self.senses.len() + self.wholes.len();
        self.scales.resize(limits + 1, SHARE);
        self.senses.resize(limits, Sense::Equal);
        self.bounds.resize(limits, 1.0);
    }

    fn check_use(&self) -> Result<(), AllocateError> {
        let depends =
            |source: &Source, j: usize| source.formula.names().contains(&self.free[j].name.as_str());
        let variables = 0..self.free.len();
        if !variables.clone().any(|j| depends(&self.sources[0], j)) {
            return Err(AllocateError::NothingToChoose { free: listed(&self.free) });
        }
        let used = |j: usize| self.sources.iter().any(|source| depends(source, j));
        match variables.clone().find(|&j| !used(j)) {
            Some(j) => Err(AllocateError::UnusedVariable { name: self.free[j].name.clone() }),
            None => Ok(()),
        }
    }

    /// A bound of a positive variable is positive.
    fn check_bounds(&self) -> Result<(), AllocateError> {
        (0..self.bounds.len()).try_for_each(|limit| self.check_bound(limit, self.bounds[limit]))
    }

    fn check_bound(&self, limit: usize, bound: f64) -> Result<(), AllocateError> {
        let positive = || self.curvature(&self.sources[limit + 1]) < Curvature::Unknown;
        let scale = if bound <= 0.0 && positive() { Scale::Log } else { self.scales[limit + 1] };
        check_bound(limit, bound, scale)
    }

    pub fn set_bound(&mut self, limit: usize, bound: f64) -> Result<(), AllocateError> {
        let limits = self.asked();
        if limit >= limits {
            return Err(AllocateError::NoSuchLimit { limit, limits });
        }
        self.check_bound(limit, bound)?;
        self.bounds[limit] = bound;
        Ok(())
    }

    pub fn set_value(&mut self, part: Part, name: &str, value: f64) -> Result<(), AllocateError> {
        let limits = self.asked();
        let place = match part {
            Part::Objective => 0,
            Part::Limit(limit) if limit < limits => limit + 1,
            Part::Limit(limit) => return Err(AllocateError::NoSuchLimit { limit, limits }),
        };
        let source = &mut self.sources[place];
        let Some(i) = source.names.iter().position(|known| known == name) else {
            let none = source.names.is_empty();
            let known = if none { "(none)".to_owned() } else { source.names.join(", ") };
            return Err(AllocateError::NoSuchValue { name: name.to_owned(), known, part });
        };
        source.values[i] = finite(name, value, part)?;
        if source.formula.conditions().next().is_some() {
            self.box_again()?;
        }
        Ok(())
    }

    /// The boxes, with the numbers of the moment.
    fn box_again(&mut self) -> Result<(), AllocateError> {
        let quantity = |source: &Source| {
            let values = source.names.iter().map(String::as_str).zip(source.values.iter().copied());
            (source.part, Quantity::new(source.formula.clone(), values))
        };
        let quantities: Vec<(Part, Quantity)> = self.sources.iter().map(quantity).collect();
        let parts = quantities.iter().map(|(part, of)| (*part, of));
        Boxes { free: self.free, ended: self.ended, open: self.open } = within(&self.given, parts)?;
        Ok(())
    }

    /// The scalars of a formula at a point.
    pub fn scalars(&self, source: usize, u: &[f64]) -> Vec<f64> {
        let mut scalars = self.unworked(u);
        scalars.extend(&self.sources[source].values);
        scalars
    }

    /// The variables as programs take them: logarithms, or numbers as they are.
    pub fn unworked(&self, u: &[f64]) -> Vec<f64> {
        let scalar = |(scale, &u): (&Scale, &f64)| match scale {
            Scale::Log => u,
            Scale::Natural(size) => u * size,
        };
        self.variables.iter().zip(u).map(scalar).collect()
    }

    /// The problem to bring the quantity of a limit towards its bound, without any other limit. Wholes stay whole.
    pub fn alone(&self, limit: usize) -> Self {
        let mut alone = Self {
            given: self.given.clone(),
            free: self.free.clone(),
            ended: self.ended.clone(),
            open: self.open.clone(),
            sources: vec![self.sources[limit + 1].clone()],
            senses: Vec::new(),
            bounds: Vec::new(),
            variables: self.variables.clone(),
            wholes: self.wholes.clone(),
            nothing: self.nothing.clone(),
            scales: vec![self.scales[limit + 1]],
            direction: if self.senses[limit] == Sense::AtLeast { -1.0 } else { 1.0 },
        };
        if !HAS_NO_ENDS {
            alone.sources.extend_from_slice(&self.sources[self.asked() + 1..]);
            alone.hold_wholes();
        }
        alone
    }

    /// A plan as a point; `None` where it lacks a variable.
    pub fn point(&self, plan: &BTreeMap<String, f64>) -> Option<Vec<f64>> {
        let worked = |(free, scale): (&Free, &Scale)| {
            plan.get(&free.name).map(|value| scale.worked(*value)).filter(|u| u.is_finite())
        };
        self.free.iter().zip(&self.variables).map(worked).collect()
    }

    /// How large the objective is at the first start at which it is a number.
    pub fn size_of_objective(&self) -> f64 {
        let shares = [(0.0, 0.5), (20.723, 0.75), (11.513, 0.35)];
        let values = shares.iter().filter_map(|&(open, share)| {
            let u = self.start(open, share);
            let smooth = self.sources[0].on(&self.sources[0].piece(&self.scalars(0, &u))).ok()?;
            let mut value = [f64::NAN];
            smooth.program.bind(&[]).values(&self.scalars(0, &u), &[], &mut value);
            Some(value[0].abs()).filter(|size| size.is_finite() && *size > 0.0)
        });
        values.into_iter().next().unwrap_or(1.0)
    }

    /// Whether the logarithms of all formulas are convex in those of the variables, and of the equalities linear: then what
    /// is best among its neighbours is best of all.
    pub fn is_convex(&self) -> bool {
        let logs = self.scales.iter().all(|scale| *scale == Scale::Log);
        let needed = self.senses.iter().map(|sense| match sense {
            Sense::AtMost => Curvature::Convex,
            Sense::AtLeast | Sense::Equal => Curvature::Affine,
        });
        let needed = [Curvature::Convex].into_iter().chain(needed);
        let open = |j: usize| self.fixed(j).is_some() || self.variables[j] == Scale::Log;
        logs && (0..self.free.len()).all(open)
            && self.sources.iter().all(|source| source.formula.conditions().next().is_none())
            && self.sources.iter().zip(needed).all(|(source, needed)| self.curvature(source) <= needed)
    }

    /// How a formula curves by the variables that are not fixed.
    fn curvature(&self, source: &Source) -> Curvature {
        let (mut unknown, mut numbers) = (Vec::new(), Vec::new());
        for (j, free) in self.free.iter().enumerate() {
            match self.fixed(j) {
                Some(u) => numbers.push((free.name.as_str(), self.variables[j].value(u))),
                None if self.variables[j] == Scale::Log => unknown.push(free.name.as_str()),
                None => return Curvature::Unknown,
            }
        }
        numbers.extend(source.names.iter().map(String::as_str).zip(source.values.iter().copied()));
        Curvature::of(&source.formula, &unknown, &numbers)
    }

    /// The error of a formula without a value.
    pub fn undefined(&self, part: Part, u: &[f64]) -> AllocateError {
        let named = self.free.iter().zip(&self.variables).zip(u);
        let named = named.map(|((free, scale), u)| format!("{} = {}", free.name, scale.value(*u)));
        AllocateError::Undefined { part, tried: named.collect::<Vec<_>>().join(", ") }
    }

    /// The cell that holds a point.
    pub fn cell(&self, u: &[f64]) -> Cell {
        let piece = |(i, source): (usize, &Source)| source.piece(&self.scalars(i, u));
        self.sources.iter().enumerate().map(piece).collect()
    }

    /// The conditions of all formulas that do not hold at a point.
    pub fn broken(&self, u: &[f64]) -> Vec<(Part, String)> {
        let broken = |(i, source): (usize, &Source)| {
            let part = source.part;
            source.broken(&self.scalars(i, u)).into_iter().map(move |text| (part, text)).collect::<Vec<_>>()
        };
        self.sources.iter().enumerate().flat_map(broken).collect()
    }

    /// How many limits were asked for: the sums of the wholes come after them.
    pub fn asked(&self) -> usize {
        self.bounds.len() - self.wholes.len()
    }
}

impl<'p> Model<'p> {
    /// The problem on a cell.
    pub fn new(of: &'p Compiled, cell: &Cell) -> Result<Self, AllocateError> {
        let smooth = of.sources.iter().zip(cell).map(|(source, piece)| source.on(piece));
        let smooth = smooth.collect::<Result<Vec<_>, _>>()?;
        let walls =
            smooth.iter().enumerate().flat_map(|(i, smooth)| (0..smooth.walls.len()).map(move |j| (i, j)));
        Ok(Self {
            walls: walls.collect(),
            edges: (0..of.free.len()).map(|j| of.edges(j)).collect(),
            cell: cell.clone(),
            smooth,
            of,
        })
    }

    pub fn variables(&self) -> usize {
        self.of.free.len()
    }

    /// Over how far a variable is judged: over one as it is worked, which is a factor of e of a positive one, and no farther
    /// than to an end that it does not reach, since towards that a formula may bend without end.
    pub fn stride(&self, variable: usize, u: f64) -> f64 {
        if HAS_NO_ENDS {
            return 1.0;
        }
        let ends = [false, true].map(|high| self.of.open_end(variable, high));
        ends.into_iter().flatten().fold(1.0, |stride, end| min(stride, (u - end).abs()))
    }

    /// The edges of the box at ends that it does not reach.
    pub fn open_edges(&self) -> impl Iterator<Item = usize> {
        let open = |row: &usize| self.edge(*row).is_some_and(|(j, high)| self.of.open_end(j, high).is_some());
        (self.limits()..self.rows()).filter(open)
    }

    /// How many limits the problem has.
    pub fn given(&self) -> usize {
        self.of.senses.len()
    }

    /// How many limits there are with the walls.
    pub fn limits(&self) -> usize {
        self.given() + self.walls.len()
    }

    /// How many formulas there are: the objective and the limits.
    pub fn functions(&self) -> usize {
        1 + self.limits()
    }

    /// The program of a formula, the source that it takes its values from, and how it is worked.
    pub fn function(&self, at: usize) -> (&Program, usize, Scale) {
        match at.checked_sub(1 + self.given()) {
            None => (&self.smooth[at].program, at, self.of.scales[at]),
            Some(wall) => {
                let (source, place) = self.walls[wall];
                (&self.smooth[source].walls[place].program, source, Scale::Natural(1.0))
            }
        }
    }

    /// What a limit is part of.
    pub fn part(&self, at: usize) -> Part {
        self.of.sources[self.function(at).1].part
    }

    /// The bound of a limit, as it is worked.
    pub fn bound(&self, limit: usize) -> f64 {
        let scale = |limit: usize| self.of.scales[limit + 1];
        if limit < self.given() { scale(limit).worked(self.of.bounds[limit]) } else { 0.0 }
    }

    /// What a limit parts the cell from, and the source of the formula that changes there; `None` for those of the problem.
    pub fn beyond(&self, limit: usize) -> Option<(usize, &Beyond)> {
        let (source, place) = self.walls[limit.checked_sub(self.given())?];
        Some((source, &self.smooth[source].walls[place].beyond))
    }

    /// The box of a variable, as it is worked.
    pub fn edges(&self, variable: usize) -> (f64, f64) {
        self.edges[variable]
    }

    /// How many rows [`super::point::Point::row`] knows: the limits, then the low and high edge of each variable.
    pub fn rows(&self) -> usize {
        self.limits() + 2 * self.variables()
    }

    /// Whether a row must be zero, and not only at most zero.
    pub fn is_equality(&self, row: usize) -> bool {
        self.of.senses.get(row) == Some(&Sense::Equal)
    }

    /// The variable and side of a row that is an edge of the box.
    pub fn edge(&self, row: usize) -> Option<(usize, bool)> {
        edge_of(row, self.limits())
    }

    /// The sign with which the quantity of a limit enters its row.
    pub fn sign(&self, limit: usize) -> f64 {
        if self.of.senses.get(limit) == Some(&Sense::AtLeast) { -1.0 } else { 1.0 }
    }
}

/// The variable and side that a row beyond the limits is about.
pub(super) fn edge_of(row: usize, limits: usize) -> Option<(usize, bool)> {
    let edge = row.checked_sub(limits)?;
    Some((edge / 2, edge % 2 == 1))
}
