//! Many allocations at once: two variables under one cost limit, a column of cells.
//!
//! In logarithms `u` and `v` of the two variables, a cell lies on its cost surface `ln g(u, v) = ln C`,
//! and one unknown is left, the ratio `w = v - u`. The optimum is where the loss falls as fast per
//! relative cost along `u` as along `v`:
//!
//! `h = ln(f_u / g_u) - ln(f_v / g_v) = 0`.
//!
//! For sums of powers under a product cost, `h` is a straight line, and nearly one for most else. So
//! Newton's method on `h` and the cost together, with a bracket of `w` behind it, takes two or three
//! steps. Cells advance in lock step, but each from a start of its own and by its own numbers alone: its
//! answer has the same bits in any company.

use std::collections::BTreeSet;

use crate::formula::{Bound, Formula, Leaf, Order, Program};
use crate::num::{columns, exp, ln, max, min};

use super::{AllocateError, EDGE, FEASIBILITY, Part, RESIDUAL};

/// The values of a name, or of the budget, in the cells of a batch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Values<'a> {
    /// The same in every cell.
    One(f64),
    /// One for each cell.
    Each(&'a [f64]),
}

/// A formula with the values of its parameters in every cell: a [`super::Quantity`] in columns.
#[derive(Clone, Debug)]
pub struct Columns<'a> {
    /// The formula, in base units.
    pub formula: &'a Formula,
    /// The values of its names other than the two free variables, in base units.
    pub values: Vec<(&'a str, Values<'a>)>,
}

/// The optima of a batch, a column for each number.
#[derive(Clone, Debug, PartialEq)]
pub struct Optima {
    /// The two free variables, in their own units.
    pub at: [Vec<f64>; 2],
    /// The value of the objective, in its own unit.
    pub value: Vec<f64>,
    /// How far the first-order conditions are from holding: the larger of the relative difference of the
    /// two marginal values and the logarithm of cost over budget.
    pub residual: Vec<f64>,
    /// Whether the cell holds a certified optimum: `residual` at most 1e-10, the budget kept to 1e-12, the
    /// budget binding, and a minimum along it. Where not, the other numbers mean nothing.
    pub optimal: Vec<bool>,
}

impl Optima {
    /// The largest residual of the cells that are optimal.
    pub fn worst_residual(&self) -> f64 {
        let optimal = self.residual.iter().zip(&self.optimal).filter(|(_, optimal)| **optimal);
        optimal.fold(0.0, |worst, (residual, _)| max(worst, *residual))
    }

    /// How many cells are not.
    pub fn not_optimal(&self) -> usize {
        self.optimal.iter().filter(|optimal| !**optimal).count()
    }
}

/// Minimises `objective` over the two `free` variables under `cost <= budget`, in every cell.
///
/// The cost must grow in both variables; a cell in which it does not, or in which the budget would not
/// be used up, comes back as not optimal, as does one with a number that is not finite or not positive.
///
/// # Errors
/// [`AllocateError::MissingValue`] or [`AllocateError::UnknownVariable`] for a name without a value,
/// [`AllocateError::ColumnLength`] for columns that differ in length, [`AllocateError::Formula`].
///
/// # Example
/// ```
/// use isoflop::allocate::{Columns, Values, batch};
/// use isoflop::formula::Formula;
///
/// let (law, cost) = (Formula::parse("E + A / N^alpha + B / D^beta")?, Formula::parse("6*N*D")?);
/// let fit = [("E", 1.69), ("A", 406.4), ("alpha", 0.34), ("B", 410.7), ("beta", 0.28)];
/// let law = Columns { formula: &law, values: fit.map(|(name, value)| (name, Values::One(value))).to_vec() };
/// let cost = Columns { formula: &cost, values: vec![] };
/// let optima = batch(&law, &cost, ["N", "D"], Values::Each(&[1e21, 5.76e23]))?;
/// assert!(optima.optimal.iter().all(|optimal| *optimal));
/// assert!((optima.at[0][1] / 3.2189859151e10 - 1.0).abs() < 1e-10);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn batch(
    objective: &Columns,
    cost: &Columns,
    free: [&str; 2],
    budget: Values,
) -> Result<Optima, AllocateError> {
    let rows = rows(objective, cost, budget)?;
    let objective = Compiled::new(objective, free, Part::Objective)?;
    let cost = Compiled::new(cost, free, Part::Limit(0))?;
    let mut optima = Optima::of(rows);
    let mut block = Block::default();
    for start in (0..rows).step_by(BLOCK) {
        let range = start..rows.min(start + BLOCK);
        let budgets = range.clone().map(|row| ln(budget.at(row)));
        block.begin(budgets);
        block.solve(&mut objective.bind(range.clone()), &mut cost.bind(range));
        optima.put(start, &block);
    }
    Ok(optima)
}

/// Cells that advance together: few, so that one slow cell holds up few others.
const BLOCK: usize = 256;
/// Newton takes a handful of steps; halving, from the widest bracket, as many as a number has bits.
const STEPS: usize = 120;
/// A cell nearer than this to its cost surface, as the logarithm of cost over budget, is on it.
const NEAR: f64 = 0.1;
/// Steps at most this long, in factors of e, are rounding.
const ROUNDING: f64 = 1e-13;
/// After two steps at most this long the next is rounding.
const LAST: f64 = 1e-8;
/// How far the ratio moves where its bracket is open.
const STRIDE: f64 = 8.0;

impl Values<'_> {
    fn at(&self, row: usize) -> f64 {
        match self {
            Self::One(value) => *value,
            Self::Each(values) => values[row],
        }
    }

    fn rows(&self) -> Option<usize> {
        match self {
            Self::One(_) => None,
            Self::Each(values) => Some(values.len()),
        }
    }
}

/// How many cells there are: as many as all columns have rows; without columns, one.
fn rows(objective: &Columns, cost: &Columns, budget: Values) -> Result<usize, AllocateError> {
    let named = objective.values.iter().chain(&cost.values).map(|(name, values)| (*name, *values));
    let mut columns =
        named.chain([("the budget", budget)]).filter_map(|(name, values)| Some((name, values.rows()?)));
    let Some((_, expected)) = columns.next() else { return Ok(1) };
    match columns.find(|(_, given)| *given != expected) {
        Some((name, given)) => Err(AllocateError::ColumnLength { name: name.to_owned(), expected, given }),
        None => Ok(expected),
    }
}

/// A program, with the columns and numbers that it takes in its own order.
struct Compiled<'a> {
    program: Program,
    columns: Vec<&'a [f64]>,
    scalars: Vec<f64>,
}

impl<'a> Compiled<'a> {
    fn new(given: &Columns<'a>, free: [&str; 2], part: Part) -> Result<Self, AllocateError> {
        let mut leaves = free.map(|name| (name, Leaf::LogColumn)).to_vec();
        let (mut columns, mut scalars) = (Vec::new(), Vec::new());
        for name in given.formula.names().into_iter().filter(|name| !free.contains(name)) {
            let value = given.values.iter().find(|(known, _)| *known == name);
            let (_, value) = value.ok_or_else(|| missing(given, free, part, name))?;
            match *value {
                Values::One(value) => scalars.push(value),
                Values::Each(column) => columns.push(column),
            }
            leaves.push((name, if value.rows().is_some() { Leaf::Data } else { Leaf::Scalar }));
        }
        let program = Program::compile(given.formula, &leaves, &free, Order::Hessian)
            .map_err(|source| AllocateError::Formula { part, source })?;
        Ok(Self { program, columns, scalars })
    }

    fn bind(&self, rows: std::ops::Range<usize>) -> Running<'_> {
        let columns: Vec<&[f64]> = self.columns.iter().map(|column| &column[rows.clone()]).collect();
        Running { bound: self.program.bind(&columns), pairs: self.program.pairs(), scalars: &self.scalars }
    }
}

fn missing(given: &Columns, free: [&str; 2], part: Part, name: &str) -> AllocateError {
    let name = name.to_owned();
    match part {
        Part::Objective => AllocateError::MissingValue { name, free: free.join(", ") },
        Part::Limit(limit) => {
            let known: BTreeSet<&str> =
                free.into_iter().chain(given.values.iter().map(|(name, _)| *name)).collect();
            let known = known.into_iter().collect::<Vec<_>>().join(", ");
            AllocateError::UnknownVariable { limit, name, known }
        }
    }
}

/// A program at work on a block.
struct Running<'a> {
    bound: Bound<'a>,
    pairs: &'a [(usize, usize)],
    scalars: &'a [f64],
}

impl Running<'_> {
    fn evaluate(&mut self, u: &[f64], v: &[f64], jets: &mut [Jet]) {
        let pairs = self.pairs;
        self.bound.each(Order::Hessian, self.scalars, &[u, v], |chunk| {
            let (value, first) = (chunk.value(), [chunk.first(0), chunk.first(1)]);
            for (i, jet) in jets.iter_mut().enumerate() {
                *jet = Jet { value: value[i], u: first[0][i], v: first[1][i], ..Jet::default() };
            }
            for (place, pair) in pairs.iter().enumerate() {
                let second = chunk.second(place);
                for (jet, second) in jets.iter_mut().zip(second) {
                    match pair {
                        (0, 0) => jet.uu = *second,
                        (0, 1) => jet.uv = *second,
                        _ => jet.vv = *second,
                    }
                }
            }
        });
    }
}

/// A value and its derivatives by `u` and `v`.
#[derive(Clone, Copy, Debug, Default)]
struct Jet {
    value: f64,
    u: f64,
    v: f64,
    uu: f64,
    uv: f64,
    vv: f64,
}

/// Cells that advance together.
#[derive(Default)]
struct Block {
    u: Vec<f64>,
    v: Vec<f64>,
    budget: Vec<f64>,
    cells: Vec<Cell>,
    law: Vec<Jet>,
    cost: Vec<Jet>,
    /// Costs and ratios of marginal values, and then their logarithms.
    costs: Vec<f64>,
    ratios: Vec<f64>,
    logarithms: Vec<f64>,
}

/// What a cell remembers from step to step.
#[derive(Clone, Copy, Debug)]
struct Cell {
    /// The bracket of `v - u`.
    low: f64,
    high: f64,
    /// The length of the last step.
    last: f64,
    state: State,
    value: f64,
    residual: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Moving,
    Optimal,
    Lost,
}

/// What a cell sees where it stands.
struct Sight {
    /// `ln g - ln C` and its derivatives.
    c: f64,
    c_u: f64,
    c_v: f64,
    /// The first-order condition and its derivatives.
    h: f64,
    h_u: f64,
    h_v: f64,
}

impl Block {
    /// New cells, each where the two variables are equal and their product is the budget.
    fn begin(&mut self, budgets: impl Iterator<Item = f64>) {
        self.budget.clear();
        self.budget.extend(budgets);
        let rows = self.budget.len();
        let start = Cell {
            low: f64::NEG_INFINITY,
            high: f64::INFINITY,
            last: f64::INFINITY,
            state: State::Moving,
            value: f64::NAN,
            residual: f64::NAN,
        };
        self.u.clear();
        self.u.extend(self.budget.iter().map(|budget| 0.5 * budget));
        self.v.clone_from(&self.u);
        self.cells.clear();
        self.cells.resize(rows, start);
        self.law.resize(rows, Jet::default());
        self.cost.resize(rows, Jet::default());
        for column in [&mut self.costs, &mut self.ratios, &mut self.logarithms] {
            column.resize(rows, 0.0);
        }
    }

    fn solve(&mut self, law: &mut Running, cost: &mut Running) {
        for step in 0..STEPS {
            law.evaluate(&self.u, &self.v, &mut self.law);
            cost.evaluate(&self.u, &self.v, &mut self.cost);
            self.take_logarithms();
            for i in 0..self.cells.len() {
                if self.cells[i].state == State::Moving {
                    self.advance(i, step);
                }
            }
            if self.cells.iter().all(|cell| cell.state != State::Moving) {
                return;
            }
        }
    }

    fn take_logarithms(&mut self) {
        for (i, (law, cost)) in self.law.iter().zip(&self.cost).enumerate() {
            self.costs[i] = cost.value;
            self.ratios[i] = (law.u * cost.v) / (law.v * cost.u);
        }
        columns::ln(&self.costs, &mut self.logarithms);
        std::mem::swap(&mut self.costs, &mut self.logarithms);
        columns::ln(&self.ratios, &mut self.logarithms);
        std::mem::swap(&mut self.ratios, &mut self.logarithms);
    }

    fn advance(&mut self, i: usize, step: usize) {
        let (law, cost, cell) = (&self.law[i], &self.cost[i], &mut self.cells[i]);
        let sight = Sight::new(law, cost, self.costs[i] - self.budget[i], self.ratios[i]);
        let sound = sight.c.is_finite() && sight.c_u + sight.c_v > 0.0 && law.value.is_finite();
        if !sound {
            cell.state = State::Lost;
            return;
        }
        let (by_u, by_v) = cell.step(&sight, self.v[i] - self.u[i], step);
        let (by_u, by_v) = within_numbers((self.u[i], self.v[i]), (by_u, by_v));
        let length = max(by_u.abs(), by_v.abs());
        if length <= ROUNDING || max(length, cell.last) <= LAST {
            cell.finish(law, &sight);
            return;
        }
        cell.last = length;
        (self.u[i], self.v[i]) = (self.u[i] + by_u, self.v[i] + by_v);
        // Within a factor e of where numbers end there is no optimum, only a way out.
        if !(max(self.u[i].abs(), self.v[i].abs()) <= EDGE - 1.0) {
            cell.state = State::Lost;
        }
    }
}

/// The step, or as much of it as goes half the way to where numbers end.
fn within_numbers(from: (f64, f64), by: (f64, f64)) -> (f64, f64) {
    let allowed = |from: f64, by: f64| {
        let room = if by > 0.0 { EDGE - from } else { EDGE + from };
        if by.abs() > room { 0.5 * room / by.abs() } else { 1.0 }
    };
    let share = min(allowed(from.0, by.0), allowed(from.1, by.1));
    (share * by.0, share * by.1)
}

impl Sight {
    fn new(law: &Jet, cost: &Jet, c: f64, h: f64) -> Self {
        let (by_value, f_u, f_v) = (1.0 / cost.value, 1.0 / law.u, 1.0 / law.v);
        let (g_u, g_v) = (1.0 / cost.u, 1.0 / cost.v);
        // The loss must fall along both; where it falls along one only, that one has it.
        let h = match (law.u < 0.0, law.v < 0.0) {
            (true, true) => h,
            (true, false) => f64::INFINITY,
            (false, true) => f64::NEG_INFINITY,
            (false, false) => (law.v * cost.u - law.u * cost.v) * f64::INFINITY,
        };
        Self {
            c,
            c_u: cost.u * by_value,
            c_v: cost.v * by_value,
            h,
            h_u: law.uu * f_u - law.uv * f_v + cost.uv * g_v - cost.uu * g_u,
            h_v: law.uv * f_u - law.vv * f_v + cost.vv * g_v - cost.uv * g_u,
        }
    }

    /// How fast `h` grows along the cost surface, for a unit of cost.
    fn rise(&self) -> f64 {
        self.c_u * self.h_v - self.c_v * self.h_u
    }
}

impl Cell {
    /// The next step: Newton's if it stays in the bracket, else one that halves the bracket.
    fn step(&mut self, sight: &Sight, w: f64, count: usize) -> (f64, f64) {
        let Sight { c, c_u, c_v, h, h_u, h_v } = *sight;
        let near = c.abs() <= NEAR;
        // Straight back to the cost surface.
        let steepness = c_u * c_u + c_v * c_v;
        let back = (-c * c_u / steepness, -c * c_v / steepness);
        if near {
            let h_there = h + h_u * back.0 + h_v * back.1;
            let w_there = w + back.1 - back.0;
            if h_there < 0.0 {
                self.low = max(self.low, w_there)
            } else {
                self.high = min(self.high, w_there)
            }
        }
        let rise = sight.rise();
        let newton = ((h * c_v - c * h_v) / rise, (c * h_u - h * c_u) / rise);
        let to = w + newton.1 - newton.0;
        // Early on, far from the surface, the step is worth taking unproved: both are often straight.
        let trusted = near || (count < 2 && c.abs() <= STRIDE);
        if trusted && rise > 0.0 && self.low <= to && to <= self.high {
            return newton;
        }
        let by = if near { (self.halfway(w) - w) / (c_u + c_v) } else { 0.0 };
        (back.0 - c_v * by, back.1 + c_u * by)
    }

    fn halfway(&self, w: f64) -> f64 {
        match (self.low.is_finite(), self.high.is_finite()) {
            (true, true) => 0.5 * (self.low + self.high),
            (true, false) => w + max(STRIDE, w - self.low),
            (false, true) => w - max(STRIDE, self.high - w),
            (false, false) => w,
        }
    }

    /// Records the answer, and whether it is one.
    fn finish(&mut self, law: &Jet, sight: &Sight) {
        self.value = law.value;
        // With r the ratio of the two marginal values, |r - 1| / (r + 1) is tanh |h / 2|.
        self.residual = max(0.5 * sight.h.abs(), sight.c.abs());
        let binds = law.u < 0.0 && law.v < 0.0 && sight.rise() > 0.0;
        let sound = binds && self.residual <= RESIDUAL && sight.c.abs() <= FEASIBILITY;
        self.state = if sound { State::Optimal } else { State::Lost };
    }
}

impl Optima {
    fn of(rows: usize) -> Self {
        let column = || vec![f64::NAN; rows];
        Self { at: [column(), column()], value: column(), residual: column(), optimal: vec![false; rows] }
    }

    fn put(&mut self, start: usize, block: &Block) {
        for (i, cell) in block.cells.iter().enumerate() {
            let row = start + i;
            self.at[0][row] = exp(block.u[i]);
            self.at[1][row] = exp(block.v[i]);
            self.value[row] = cell.value;
            self.residual[row] = cell.residual;
            self.optimal[row] = cell.state == State::Optimal;
        }
    }
}
