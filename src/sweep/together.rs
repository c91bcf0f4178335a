//! All cells at once, where the problem is one of two variables under one cost: in closed form where the formulas have one,
//! else in lock step.

use std::ops::Range;
use std::sync::Arc;

use super::grid::Expanded;
use super::{Found, Grid, Knob, Tile};
use crate::allocate::{Columns, FEASIBILITY, Free, Problem, Quantity, Sense, Values, batch_within};
use crate::formula::{Curvature, FormulaError, Precision, Spread, SpreadOver, Varies, Varying};
use crate::num::{max, range};

/// A problem of two variables under one cost, over a grid.
#[derive(Clone, Debug)]
pub(super) struct Together {
    problem: Arc<Problem>,
    grid: Arc<Grid>,
    of: TwoUnderOne,
    /// What computes the plans of all cells and draws, where that can be written down.
    closed: Option<SpreadOver>,
    /// Whether the plan that is best among its neighbours is best of all, by the fit and by each draw; nothing where that may
    /// differ from cell to cell.
    convex: Option<Vec<bool>>,
}

/// How a problem is one of two variables under one cost.
#[derive(Clone, Debug)]
struct TwoUnderOne {
    /// The places of the two variables.
    free: [usize; 2],
    /// The limit that is the cost.
    cost: usize,
    /// The limit that says the most of each.
    most: [Option<usize>; 2],
    /// Variables that a limit gives: their place, and that of the limit.
    given: Vec<(usize, usize)>,
}

/// What first-order conditions of numbers of 24 bits come to.
const SHORT: f64 = 1e-4;

/// A name, how it varies, and its values.
type Named<'a> = (&'a str, Varies, Vec<f64>);

/// A plan of the two variables.
struct Plan {
    at: [f64; 2],
    value: f64,
    residual: f64,
}

impl TwoUnderOne {
    fn of(problem: &Problem) -> Option<Self> {
        let plain = |quantity: &Quantity| quantity.formula.is_plain();
        let whole = problem.wholes.is_empty() && problem.free.iter().all(|free| free.values.is_empty());
        if !whole || !plain(&problem.objective) {
            return None;
        }
        let place = |of: &Quantity| problem.free.iter().position(|free| of.is_variable(&free.name));
        let (mut cost, mut caps, mut given) = (None, Vec::new(), Vec::new());
        for (at, limit) in problem.limits.iter().enumerate() {
            match (place(&limit.of), limit.sense) {
                (Some(variable), Sense::Equal) => given.push((variable, at)),
                (Some(variable), Sense::AtMost) => caps.push((variable, at)),
                (None, Sense::AtMost) if cost.is_none() && plain(&limit.of) => cost = Some(at),
                _ => return None,
            }
        }
        let is_given = |place: &usize| given.iter().any(|(variable, _)| variable == place);
        let free: Vec<usize> = (0..problem.free.len()).filter(|place| !is_given(place)).collect();
        let [u, v] = free[..] else { return None };
        if [u, v].iter().any(|place| problem.free[*place].low < 0.0) {
            return None;
        }
        let cap = |of: usize| {
            let mut all = caps.iter().filter(|(variable, _)| *variable == of).map(|(_, at)| *at);
            let first = all.next();
            if all.next().is_some() { None } else { Some(first) }
        };
        let on_given = caps.iter().any(|(variable, _)| is_given(variable));
        let most = [cap(u)?, cap(v)?];
        (!on_given).then_some(Self { free: [u, v], cost: cost?, most, given })
    }
}

impl Together {
    /// A problem over a grid, if it is one of two variables under one cost.
    pub fn of(problem: &Arc<Problem>, grid: &Arc<Grid>) -> Option<Self> {
        let of = TwoUnderOne::of(problem)?;
        let (problem, grid) = (Arc::clone(problem), Arc::clone(grid));
        let mut together = Self { problem, grid, of, closed: None, convex: None };
        // What cannot be compiled here cannot be solved apart either, which says why.
        together.closed = together.closed(Precision::Double).ok().flatten();
        if together.grid.axes.iter().all(|axis| matches!(axis.turns, Knob::Bound(_))) {
            together.convex =
                Some((0..together.grid.entries()).map(|draw| together.is_convex(0, draw)).collect());
        }
        Some(together)
    }

    /// The plans of some cells, as far as they are proved best.
    pub fn tile(&self, cells: &Range<usize>) -> Tile {
        let mut tile = match &self.closed {
            Some(closed) => {
                let columns = closed.all_values(self.grid.entries_of(cells), &[]);
                self.written_down(cells, columns, FEASIBILITY)
            }
            None => self.none(cells),
        };
        if !tile.is_whole() {
            self.solve(cells, &mut tile);
        }
        tile
    }

    /// What computes the same on a GPU.
    pub fn twin(&self) -> Option<SpreadOver> {
        if self.closed.is_some() {
            return self.closed(Precision::Single).ok().flatten();
        }
        let free = self.of.free.map(|place| {
            let free = &self.problem.free[place];
            (free.name.as_str(), [max(free.low, f64::MIN_POSITIVE), free.high])
        });
        let lowest = self.spread(|law, limit, varies, shape| Spread::lowest(law, limit, free, varies, shape));
        lowest.ok().flatten()
    }

    /// The plans of some cells as that tells them, as far as they are proved best.
    pub fn tile_told(&self, cells: &Range<usize>, columns: Vec<Vec<f64>>) -> Tile {
        let mut tile = self.written_down(cells, columns, SHORT);
        if self.closed.is_none() {
            self.doubt(cells, &mut tile);
        }
        if !tile.is_whole() {
            self.solve(cells, &mut tile);
        }
        tile
    }

    /// Whether objective and cost are convex in the logarithms of the two variables, in a cell and by a draw.
    fn is_convex(&self, cell: usize, draw: usize) -> bool {
        let problem = self.grid.problem(&self.problem, cell);
        [&problem.objective, &problem.limits[self.of.cost].of].iter().all(|quantity| {
            let drawn = |name: &str, usual: f64| {
                let column = self.grid.drawn().find(|(drawn, _)| *drawn == name).map(|(_, column)| column);
                let column = column.filter(|_| self.grid.is_of_fit(name, Some(usual)));
                draw.checked_sub(1).and_then(|draw| Some(column?[draw])).unwrap_or(usual)
            };
            let values = quantity.values.iter().map(|(name, value)| (name.as_str(), drawn(name, *value)));
            let given = self
                .of
                .given
                .iter()
                .map(|(place, limit)| (problem.free[*place].name.as_str(), problem.limits[*limit].bound));
            let numbers: Vec<(&str, f64)> = values.chain(given).collect();
            Curvature::of(&quantity.formula, &self.free(), &numbers) <= Curvature::Convex
        })
    }

    fn none(&self, cells: &Range<usize>) -> Tile {
        Tile::none(self.problem.free.len(), self.grid.entries_of(cells).len())
    }

    /// Solves the plans that are not known to be best in lock step, and keeps those that are best of all.
    fn solve(&self, cells: &Range<usize>, tile: &mut Tile) {
        if self.convex.as_ref().is_some_and(|convex| !convex.contains(&true)) {
            return;
        }
        let quantities = [&self.problem.objective, &self.problem.limits[self.of.cost].of];
        let expanded = Expanded::new(&self.grid, cells);
        let [objective, cost] = quantities.map(|quantity| self.columns(&expanded, quantity));
        let most = self.of.most.map(|limit| match limit {
            Some(limit) => expanded.bound(limit, self.problem.limits[limit].bound),
            None => Values::One(f64::INFINITY),
        });
        // A column in any case: entries may differ in nothing else.
        let budget = |entry| self.bound(self.of.cost, self.cell(cells, entry));
        let budgets: Vec<f64> = (0..tile.value.len()).map(budget).collect();
        let optima = batch_within(&objective, &cost, self.free(), Values::Each(&budgets), most);
        let Ok(optima) = optima else { return };
        for entry in (0..tile.value.len()).filter(|entry| optima.optimal[*entry]) {
            if tile.found[entry] != Found::Best && self.is_convex_at(cells, entry) {
                let at = [0, 1].map(|free| optima.at[free][entry]);
                let plan = Plan { at, value: optima.value[entry], residual: optima.residual[entry] };
                self.put(cells, entry, &plan, tile);
            }
        }
    }

    /// Takes from the plans those that are best among their neighbours, and perhaps of those alone.
    fn doubt(&self, cells: &Range<usize>, tile: &mut Tile) {
        for entry in 0..tile.value.len() {
            if tile.found[entry] == Found::Best && !self.is_convex_at(cells, entry) {
                tile.found[entry] = Found::Unproved;
            }
        }
    }

    /// Whether the plan of an entry that is best among its neighbours is best of all.
    fn is_convex_at(&self, cells: &Range<usize>, entry: usize) -> bool {
        let draw = entry % self.grid.entries();
        match &self.convex {
            Some(convex) => convex[draw],
            None => self.is_convex(self.cell(cells, entry), draw),
        }
    }

    /// The plans by their formula, as far as that proves them best to within `most`.
    fn written_down(&self, cells: &Range<usize>, columns: Vec<Vec<f64>>, most: f64) -> Tile {
        let Ok([u, v, value, residual]) = <[Vec<f64>; 4]>::try_from(columns) else {
            unreachable!("four results")
        };
        let [of_u, of_v] = self.of.free.map(|place| &self.problem.free[place]);
        let proved = |entry: usize| {
            let (u, v) = (u[entry], v[entry]);
            let is_in = u >= of_u.low && u <= of_u.high && v >= of_v.low && v <= of_v.high;
            residual[entry] <= most && value[entry].is_finite() && is_in
        };
        let is_free = self.of.most.iter().all(Option::is_none) && self.problem.free.len() == 2;
        let is_in = |column: &[f64], of: &Free| {
            range(column).is_some_and(|[low, high]| low >= of.low && high <= of.high)
        };
        if let (true, Some(_), Some([_, worst_residual])) = (is_free, range(&value), range(&residual))
            && worst_residual <= most
            && is_in(&u, of_u)
            && is_in(&v, of_v)
        {
            let found = vec![Found::Best; value.len()];
            let at = if self.of.free[0] < self.of.free[1] { vec![u, v] } else { vec![v, u] };
            return Tile { at, value, found, worst_residual };
        }
        let mut tile = self.none(cells);
        for entry in (0..value.len()).filter(|entry| proved(*entry)) {
            let plan = Plan { at: [u[entry], v[entry]], value: value[entry], residual: residual[entry] };
            if self.is_within(self.cell(cells, entry), plan.at) {
                self.put(cells, entry, &plan, &mut tile);
            }
        }
        tile
    }

    /// The names of the two variables.
    fn free(&self) -> [&str; 2] {
        self.of.free.map(|place| self.problem.free[place].name.as_str())
    }

    /// The cell of an entry of some cells.
    fn cell(&self, cells: &Range<usize>, entry: usize) -> usize {
        cells.start + entry / self.grid.entries()
    }

    fn bound(&self, limit: usize, cell: usize) -> f64 {
        self.grid.bound(limit, cell, self.problem.limits[limit].bound)
    }

    /// Whether there may be so much of both variables in a cell.
    fn is_within(&self, cell: usize, at: [f64; 2]) -> bool {
        let keeps =
            |(at, limit): (f64, Option<usize>)| limit.is_none_or(|limit| at <= self.bound(limit, cell));
        at.into_iter().zip(self.of.most).all(keeps)
    }

    /// Puts a plan into its place, if it lies within the box.
    fn put(&self, cells: &Range<usize>, entry: usize, plan: &Plan, tile: &mut Tile) {
        let boxes = self.of.free.map(|place| &self.problem.free[place]);
        if boxes.iter().zip(plan.at).any(|(free, at)| at < free.low || at > free.high) {
            return;
        }
        for (place, value) in self.of.free.into_iter().zip(plan.at) {
            tile.at[place][entry] = value;
        }
        for (place, limit) in &self.of.given {
            tile.at[*place][entry] = self.bound(*limit, self.cell(cells, entry));
        }
        tile.value[entry] = plan.value;
        tile.found[entry] = Found::Best;
        tile.worst_residual = max(tile.worst_residual, plan.residual);
    }

    /// What computes the plans, where that can be written down.
    fn closed(&self, precision: Precision) -> Result<Option<SpreadOver>, FormulaError> {
        self.spread(|law, limit, varies, shape| {
            Spread::best(law, limit, self.free(), varies, shape, precision)
        })
    }

    /// What computes something of the objective and the cost over the grid: both are given with how their names vary, then how
    /// the budget does.
    fn spread(
        &self,
        of: impl Fn(&Varying, &Varying, Varies, &[usize]) -> Result<Option<Spread>, FormulaError>,
    ) -> Result<Option<SpreadOver>, FormulaError> {
        let cost = &self.problem.limits[self.of.cost];
        let [law, limit] = [&self.problem.objective, &cost.of].map(|quantity| self.names(quantity));
        let (varies, budgets) = self.grid.turned_by(&Knob::Bound(self.of.cost), cost.bound);
        let law_varying = (&self.problem.objective.formula, varying(&law));
        let limit_varying = (&cost.of.formula, varying(&limit));
        let spread = of(&law_varying, &limit_varying, varies, &self.grid.shape())?;
        let columns = law.into_iter().chain(limit).map(|(_, _, column)| column).chain([budgets]);
        Ok(spread.map(|spread| spread.over(columns.collect())))
    }

    /// The names of a quantity that have values, each with how it varies and those.
    fn names<'q>(&self, quantity: &'q Quantity) -> Vec<Named<'q>> {
        let free = self.free();
        let column = |name: &'q str| {
            let (varies, column) = match self.given(name) {
                Some(limit) => self.grid.turned_by(&Knob::Bound(limit), self.problem.limits[limit].bound),
                None => self.grid.column(name, quantity.values.get(name).copied())?,
            };
            Some((name, varies, column))
        };
        quantity.formula.names().into_iter().filter(|name| !free.contains(name)).filter_map(column).collect()
    }

    /// The limit that gives a variable.
    fn given(&self, name: &str) -> Option<usize> {
        let is = |place: usize| self.problem.free[place].name == name;
        self.of.given.iter().find(|(place, _)| is(*place)).map(|(_, limit)| *limit)
    }

    /// A quantity with the values of its names in every entry.
    fn columns<'b>(&self, expanded: &'b Expanded, quantity: &'b Quantity) -> Columns<'b> {
        let own = quantity.values.iter().map(|(name, value)| (name.as_str(), expanded.value(name, *value)));
        let given = quantity.formula.names().into_iter().filter_map(|name| {
            let limit = self.given(name)?;
            Some((name, expanded.bound(limit, self.problem.limits[limit].bound)))
        });
        Columns { formula: &quantity.formula, values: own.chain(given).collect() }
    }
}

fn varying<'a>(names: &[Named<'a>]) -> Vec<(&'a str, Varies)> {
    names.iter().map(|(name, varies, _)| (*name, *varies)).collect()
}
