//! Cells that advance together, each by its own numbers alone.

use super::super::{EDGE, FEASIBILITY, RESIDUAL};
use super::BLOCK;
use super::held::Held;
use super::running::{Jets, Running};
use crate::num::{columns, max};

/// Newton takes a handful of steps; halving, from the widest bracket, as many as a number has bits.
const STEPS: usize = 120;
/// A cell nearer than this to its cost surface, as the logarithm of cost over budget, is on it.
const NEAR: f64 = 0.1;
/// Steps at most this long, in factors of e, are rounding.
pub(super) const ROUNDING: f64 = 1e-13;
/// After two steps at most this long the next is rounding.
pub(super) const LAST: f64 = 1e-8;
/// How far the ratio moves where its bracket is open.
const STRIDE: f64 = 8.0;

/// A block at work. Its columns have room for [`BLOCK`] cells.
pub(super) struct Block {
    pub(super) u: Vec<f64>,
    pub(super) v: Vec<f64>,
    budget: Vec<f64>,
    /// The most that there may be of each variable, as logarithms.
    pub(super) most: [Vec<f64>; 2],
    pub(super) cells: Vec<Cell>,
    law: Jets,
    cost: Jets,
    slopes: Slopes,
    /// The logarithm of the cost.
    costs: Vec<f64>,
    /// The logarithm of the ratio of the two marginal values.
    ratios: Vec<f64>,
}

/// What a cell ends with.
pub(super) struct Answer {
    pub u: f64,
    pub v: f64,
    pub value: f64,
    pub residual: f64,
    pub optimal: bool,
}

/// What a cell remembers from step to step.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    /// The bracket of `v - u`.
    low: f64,
    high: f64,
    /// The length of the last step.
    pub(super) last: f64,
    pub(super) state: State,
    pub(super) held: Held,
    pub(super) value: f64,
    pub(super) residual: f64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Moving,
    Optimal,
    Lost,
}

impl Default for Block {
    fn default() -> Self {
        Self {
            u: Vec::new(),
            v: Vec::new(),
            budget: Vec::new(),
            most: [Vec::new(), Vec::new()],
            cells: Vec::new(),
            law: Jets::new(),
            cost: Jets::new(),
            slopes: Slopes::new(),
            costs: vec![0.0; BLOCK],
            ratios: vec![0.0; BLOCK],
        }
    }
}

impl Block {
    /// New cells, given by the logarithms of their budgets and of the most of each variable, each where the two
    /// variables are equal and their product is the budget.
    pub fn begin(&mut self, budgets: impl Iterator<Item = f64>, most: [impl Iterator<Item = f64>; 2]) {
        self.budget.clear();
        self.budget.extend(budgets);
        for (column, most) in self.most.iter_mut().zip(most) {
            column.clear();
            column.extend(most);
        }
        self.u.clear();
        self.u.extend(self.budget.iter().map(|budget| 0.5 * budget));
        self.v.clone_from(&self.u);
        self.cells.clear();
        self.cells.resize(self.budget.len(), Cell::NEW);
    }

    pub fn solve(&mut self, law: &mut Running, cost: &mut Running) {
        for step in 0..STEPS {
            law.evaluate(&self.u, &self.v, &mut self.law);
            cost.evaluate(&self.u, &self.v, &mut self.cost);
            self.look();
            let mut moving = false;
            for i in 0..self.cells.len() {
                if self.cells[i].state == State::Moving {
                    if self.cells[i].held == Held::Nothing {
                        self.advance(i, step);
                    } else {
                        self.slide(i);
                    }
                    self.hold(i);
                    moving |= self.cells[i].state == State::Moving;
                }
            }
            if !moving {
                return;
            }
        }
    }

    pub fn answers(&self) -> impl Iterator<Item = Answer> {
        self.cells.iter().zip(&self.u).zip(&self.v).map(|((cell, &u), &v)| Answer {
            u,
            v,
            value: cell.value,
            residual: cell.residual,
            optimal: cell.state == State::Optimal,
        })
    }

    /// Everything that a step needs, for all cells at once: such loops become vector code.
    fn look(&mut self) {
        let rows = self.cells.len();
        self.slopes.fill(rows, &self.law, &self.cost);
        columns::ln(&self.cost.value[..rows], &mut self.costs[..rows]);
        columns::ln(&self.slopes.ratio[..rows], &mut self.ratios[..rows]);
    }

    fn advance(&mut self, i: usize, step: usize) {
        let sight = self.sight(i);
        let cell = &mut self.cells[i];
        if !sight.is_sound() {
            cell.state = State::Lost;
            return;
        }
        let (by_u, by_v) = cell.step(&sight, self.v[i] - self.u[i], step);
        let length = larger(by_u.abs(), by_v.abs());
        if length <= ROUNDING || larger(length, cell.last) <= LAST {
            cell.finish(&sight);
            return;
        }
        let share = share_within_numbers((self.u[i], self.v[i]), (by_u, by_v));
        cell.last = length;
        (self.u[i], self.v[i]) = (self.u[i] + share * by_u, self.v[i] + share * by_v);
        // Within a factor e of where numbers end there is no optimum, only a way out.
        let stays = larger(self.u[i].abs(), self.v[i].abs()) <= EDGE - 1.0;
        if !stays {
            cell.state = State::Lost;
        }
    }

    pub(super) fn sight(&self, i: usize) -> Sight {
        let (law, slopes) = (&self.law, &self.slopes);
        let falls = (law.u[i] < 0.0, law.v[i] < 0.0);
        Sight {
            value: law.value[i],
            falls: falls.0 && falls.1,
            c: self.costs[i] - self.budget[i],
            c_u: slopes.c_u[i],
            c_v: slopes.c_v[i],
            // Where the loss falls along one variable only, that one has it; where along none, the one
            // along which it rises less.
            h: match falls {
                (true, true) => self.ratios[i],
                (true, false) => f64::INFINITY,
                (false, true) => f64::NEG_INFINITY,
                (false, false) => f64::INFINITY * (1.0 - slopes.ratio[i]),
            },
            h_u: slopes.h_u[i],
            h_v: slopes.h_v[i],
            rise: slopes.rise[i],
        }
    }
}

/// How much of a step to take: all, or half the way to where numbers end.
pub(super) fn share_within_numbers(from: (f64, f64), by: (f64, f64)) -> f64 {
    let share = |from: f64, by: f64| {
        let room = EDGE - from * by.signum();
        if by.abs() > room { 0.5 * room / by.abs() } else { 1.0 }
    };
    let (u, v) = (share(from.0, by.0), share(from.1, by.1));
    if v < u { v } else { u }
}

/// The larger of two, of which neither is NaN, or any that leads to no step.
pub(super) fn larger(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

/// The slopes in all cells of a block.
struct Slopes {
    /// The derivatives of the logarithm of the cost.
    c_u: Vec<f64>,
    c_v: Vec<f64>,
    /// The derivatives of the first-order condition.
    h_u: Vec<f64>,
    h_v: Vec<f64>,
    /// How fast the first-order condition grows along the cost surface.
    rise: Vec<f64>,
    /// The marginal value of cost spent on each variable, and their ratio.
    pull_u: Vec<f64>,
    pull_v: Vec<f64>,
    ratio: Vec<f64>,
}

impl Slopes {
    fn new() -> Self {
        let column = || vec![0.0; BLOCK];
        Self {
            c_u: column(),
            c_v: column(),
            h_u: column(),
            h_v: column(),
            rise: column(),
            pull_u: column(),
            pull_v: column(),
            ratio: column(),
        }
    }

    /// One simple loop for each column: such loops become vector code.
    fn fill(&mut self, rows: usize, f: &Jets, g: &Jets) {
        let n = rows;
        each(&mut self.c_u[..n], &g.u[..n], &g.value[..n], |_, g_u, g| g_u / g);
        each(&mut self.c_v[..n], &g.v[..n], &g.value[..n], |_, g_v, g| g_v / g);
        each(&mut self.pull_u[..n], &f.u[..n], &g.u[..n], |_, f_u, g_u| f_u / g_u);
        each(&mut self.pull_v[..n], &f.v[..n], &g.v[..n], |_, f_v, g_v| f_v / g_v);
        each(&mut self.ratio[..n], &self.pull_u[..n], &self.pull_v[..n], |_, u, v| u / v);
        each(&mut self.h_u[..n], &f.uu[..n], &f.u[..n], |_, f_uu, f_u| f_uu / f_u);
        each(&mut self.h_u[..n], &f.uv[..n], &f.v[..n], |h, f_uv, f_v| h - f_uv / f_v);
        each(&mut self.h_u[..n], &g.uv[..n], &g.v[..n], |h, g_uv, g_v| h + g_uv / g_v);
        each(&mut self.h_u[..n], &g.uu[..n], &g.u[..n], |h, g_uu, g_u| h - g_uu / g_u);
        each(&mut self.h_v[..n], &f.uv[..n], &f.u[..n], |_, f_uv, f_u| f_uv / f_u);
        each(&mut self.h_v[..n], &f.vv[..n], &f.v[..n], |h, f_vv, f_v| h - f_vv / f_v);
        each(&mut self.h_v[..n], &g.vv[..n], &g.v[..n], |h, g_vv, g_v| h + g_vv / g_v);
        each(&mut self.h_v[..n], &g.uv[..n], &g.u[..n], |h, g_uv, g_u| h - g_uv / g_u);
        each(&mut self.rise[..n], &self.c_u[..n], &self.h_v[..n], |_, c_u, h_v| c_u * h_v);
        each(&mut self.rise[..n], &self.c_v[..n], &self.h_u[..n], |rise, c_v, h_u| rise - c_v * h_u);
    }
}

#[inline]
fn each(to: &mut [f64], a: &[f64], b: &[f64], f: impl Fn(f64, f64, f64) -> f64) {
    for ((to, &a), &b) in to.iter_mut().zip(a).zip(b) {
        *to = f(*to, a, b);
    }
}

/// What a cell sees where it stands.
pub(super) struct Sight {
    pub(super) value: f64,
    /// Whether the loss falls along both variables.
    pub(super) falls: bool,
    /// The logarithm of cost over budget, and its derivatives.
    pub(super) c: f64,
    pub(super) c_u: f64,
    pub(super) c_v: f64,
    /// The first-order condition, its derivatives, and how fast it grows along the cost surface.
    pub(super) h: f64,
    h_u: f64,
    h_v: f64,
    rise: f64,
}

impl Sight {
    pub(super) fn is_sound(&self) -> bool {
        self.c.is_finite() && self.c_u + self.c_v > 0.0 && self.value.is_finite()
    }

    /// The step straight back to the cost surface.
    fn back(&self) -> (f64, f64) {
        let by = -self.c / (self.c_u * self.c_u + self.c_v * self.c_v);
        (by * self.c_u, by * self.c_v)
    }
}

impl Cell {
    const NEW: Self = Self {
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
        last: f64::INFINITY,
        state: State::Moving,
        held: Held::Nothing,
        value: f64::NAN,
        residual: f64::NAN,
    };

    /// The next step: Newton's if it stays in the bracket, else one that halves the bracket.
    fn step(&mut self, sight: &Sight, w: f64, count: usize) -> (f64, f64) {
        let Sight { c, c_u, c_v, h, h_u, h_v, rise, .. } = *sight;
        let near = c.abs() <= NEAR;
        if near {
            // The sign of the condition where this step would be on the surface.
            let (by_u, by_v) = sight.back();
            let (h, w) = (h + h_u * by_u + h_v * by_v, w + by_v - by_u);
            if h < 0.0 { self.low = larger(self.low, w) } else { self.high = -larger(-self.high, -w) }
        }
        // Early on, far from the surface, the step is worth taking unproved: both are often straight.
        if rise > 0.0 && (near || (count < 2 && c.abs() <= STRIDE)) {
            let by = 1.0 / rise;
            let newton = ((h * c_v - c * h_v) * by, (c * h_u - h * c_u) * by);
            let to = w + newton.1 - newton.0;
            if self.low <= to && to <= self.high {
                return newton;
            }
        }
        let (back_u, back_v) = sight.back();
        let by = if near { (self.halfway(w) - w) / (c_u + c_v) } else { 0.0 };
        (back_u - c_v * by, back_v + c_u * by)
    }

    fn halfway(&self, w: f64) -> f64 {
        match (self.low.is_finite(), self.high.is_finite()) {
            (true, true) => 0.5 * (self.low + self.high),
            (true, false) => w + larger(STRIDE, w - self.low),
            (false, true) => w - larger(STRIDE, self.high - w),
            (false, false) => w,
        }
    }

    /// Records the answer, and whether it is one.
    fn finish(&mut self, sight: &Sight) {
        self.value = sight.value;
        // With e^h the ratio of the two marginal values, their difference as a share of their sum is
        // tanh |h / 2|.
        self.residual = max(0.5 * sight.h.abs(), sight.c.abs());
        let minimum = sight.falls && sight.rise > 0.0;
        let sound = minimum && self.residual <= RESIDUAL && sight.c.abs() <= FEASIBILITY;
        self.state = if sound { State::Optimal } else { State::Lost };
    }
}
