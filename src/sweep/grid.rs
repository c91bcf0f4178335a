//! A grid of cells with draws, and what changes over them.

use std::ops::Range;

use crate::allocate::{Quantity, Values};

/// What an axis changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Knob {
    /// The bound of a limit, by its place among those of the problem.
    Bound(usize),
    /// The value of a name, in every formula that has it.
    Value(String),
}

/// One axis of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What it changes.
    pub turns: Knob,
    /// To what, in base units.
    pub values: Vec<f64>,
}

/// The cells of a grid, row-major with the last axis fastest, each with an entry for the fit and one for every draw of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// The axes.
    pub axes: Vec<Axis>,
    /// Columns of one length, by parameter. An axis goes before draws that give the same parameter.
    pub draws: Vec<(String, Vec<f64>)>,
}

impl Grid {
    /// How many cells it has.
    pub fn cells(&self) -> usize {
        self.axes.iter().map(|axis| axis.values.len()).product()
    }

    /// How many entries each cell has: that of the fit, and those of its draws.
    pub fn entries(&self) -> usize {
        1 + self.draws.first().map_or(0, |(_, column)| column.len())
    }

    /// The entries of some cells.
    pub(super) fn entries_of(&self, cells: &Range<usize>) -> Range<usize> {
        cells.start * self.entries()..cells.end * self.entries()
    }

    /// The value of an axis in a cell.
    pub(super) fn turned(&self, axis: usize, cell: usize) -> f64 {
        let inner: usize = self.axes[axis + 1..].iter().map(|axis| axis.values.len()).product();
        let values = &self.axes[axis].values;
        values[cell / inner % values.len()]
    }

    /// The draws that no axis goes before.
    pub(super) fn drawn(&self) -> impl Iterator<Item = (&str, &[f64])> {
        let turned = |name: &str| {
            self.axes.iter().any(|axis| matches!(&axis.turns, Knob::Value(turned) if turned == name))
        };
        self.draws
            .iter()
            .map(|(name, column)| (name.as_str(), column.as_slice()))
            .filter(move |(name, _)| !turned(name))
    }
}

/// What changes over some entries, as columns over them.
#[derive(Clone, Debug)]
pub(super) struct Expanded<'a> {
    axes: Vec<(&'a Knob, Vec<f64>)>,
    /// Of each draw the column, with nothing where an entry is that of the fit.
    draws: Vec<(&'a str, Vec<f64>)>,
}

impl<'a> Expanded<'a> {
    /// The columns over the entries of some cells; `of` are the quantities that say what a parameter is in the fit.
    pub fn new(grid: &'a Grid, cells: &Range<usize>, of: &[&Quantity]) -> Self {
        let (each, entries) = (grid.entries(), grid.entries_of(cells));
        let axes = grid.axes.iter().enumerate().map(|(at, axis)| {
            let column = entries.clone().map(|entry| grid.turned(at, entry / each)).collect();
            (&axis.turns, column)
        });
        let draws = grid.drawn().filter_map(|(name, draws)| {
            let fit = of.iter().find_map(|quantity| quantity.values.get(name).copied())?;
            let value = |entry: usize| (entry % each).checked_sub(1).map_or(fit, |draw| draws[draw]);
            Some((name, entries.clone().map(value).collect()))
        });
        Self { axes: axes.collect(), draws: draws.collect() }
    }

    /// The values of a name.
    pub fn value(&self, name: &str, usual: f64) -> Values<'_> {
        let turned = self.axes.iter().find(|(knob, _)| matches!(knob, Knob::Value(turned) if turned == name));
        let drawn = || self.draws.iter().find(|(known, _)| *known == name).map(|(_, column)| column);
        turned
            .map(|(_, column)| column)
            .or_else(drawn)
            .map_or(Values::One(usual), |column| Values::Each(column))
    }

    /// The bounds of a limit.
    pub fn bound(&self, limit: usize, usual: f64) -> Values<'_> {
        let turned = self.axes.iter().find(|(knob, _)| **knob == Knob::Bound(limit));
        turned.map_or(Values::One(usual), |(_, column)| Values::Each(column))
    }
}

/// One of some values.
pub(super) fn at(values: Values, entry: usize) -> f64 {
    match values {
        Values::One(value) => value,
        Values::Each(values) => values[entry],
    }
}
