//! Cells in which a variable is held at the most that there may be of it.

use super::super::{EDGE, FEASIBILITY};
use super::block::{Block, LAST, ROUNDING, Sight, State, larger, share_within_numbers};

/// What a cell holds at its most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    Nothing,
    First,
    Second,
    Both,
}

impl Block {
    /// Holds what a cell that has ended would have too much of, or, where it found no optimum, what there may be too
    /// little of for one; it then moves on.
    pub(super) fn hold(&mut self, i: usize) {
        let (over_u, over_v) = (self.u[i] > self.most[0][i], self.v[i] > self.most[1][i]);
        let (most_u, most_v) = (self.most[0][i] < EDGE, self.most[1][i] < EDGE);
        let cell = &mut self.cells[i];
        cell.held = match (cell.state, cell.held) {
            (State::Optimal, Held::Nothing) if over_v => Held::Second,
            (State::Optimal, Held::Nothing) if over_u => Held::First,
            (State::Optimal, Held::First) if over_v => Held::Both,
            (State::Optimal, Held::Second) if over_u => Held::Both,
            (State::Lost, Held::Nothing) if most_v => Held::Second,
            // The other one may be what binds.
            (State::Lost, Held::Nothing | Held::Second) if most_u => Held::First,
            _ => return,
        };
        (cell.state, cell.last) = (State::Moving, f64::INFINITY);
        let held = cell.held;
        if held != Held::Second {
            self.u[i] = self.most[0][i];
        }
        if held != Held::First {
            self.v[i] = self.most[1][i];
        }
    }

    /// A step along what is not held, to the cost surface.
    pub(super) fn slide(&mut self, i: usize) {
        let sight = self.sight(i);
        let cell = &mut self.cells[i];
        let along = if cell.held == Held::First { sight.c_v } else { sight.c_u };
        if !sight.is_sound() || cell.held != Held::Both && along.is_nan() || along <= 0.0 {
            cell.state = State::Lost;
            return;
        }
        let by = -sight.c / along;
        let length = by.abs();
        if cell.held == Held::Both || length <= ROUNDING || larger(length, cell.last) <= LAST {
            cell.state = if sight.is_best(cell.held) { State::Optimal } else { State::Lost };
            cell.value = sight.value;
            cell.residual = if cell.held == Held::Both { 0.0 } else { sight.c.abs() };
            return;
        }
        cell.last = length;
        let (u, v) = (self.u[i], self.v[i]);
        let step = if cell.held == Held::First { (0.0, by) } else { (by, 0.0) };
        let share = share_within_numbers((u, v), step);
        (self.u[i], self.v[i]) = (u + share * step.0, v + share * step.1);
        if larger(self.u[i].abs(), self.v[i].abs()) > EDGE - 1.0 {
            self.cells[i].state = State::Lost;
        }
    }
}

impl Sight {
    /// Whether more of what is held would be better, within the budget.
    fn is_best(&self, held: Held) -> bool {
        let within = match held {
            Held::Both => self.c <= FEASIBILITY,
            _ => self.c.abs() <= FEASIBILITY,
        };
        let wants = match held {
            Held::First => self.h >= 0.0,
            Held::Second => self.h <= 0.0,
            Held::Both | Held::Nothing => true,
        };
        self.falls && within && wants
    }
}
