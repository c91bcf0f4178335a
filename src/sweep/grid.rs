//! A grid of cells with draws, and what changes over them.

use std::ops::Range;

use crate::allocate::{Problem, Values};
use crate::formula::Varies;

/// What an axis changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Knob {
    /// The bound of a limit, by its place among those of the problem.
    Bound(usize),
    /// The value of a name: of a parameter where it has that of the fit, and not that of another law.
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
    /// The parameters of the law, with their values in the fit.
    pub fit: Vec<(String, f64)>,
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

    /// The smallest grid that holds some cells, and which of its own cells they are.
    pub fn around(self, cells: Range<usize>) -> (Self, Range<usize>) {
        let mut inner = self.cells();
        let (first, last) = (cells.start, cells.end.saturating_sub(1));
        let (mut axes, mut before, mut is_open) = (Vec::new(), 0, false);
        for axis in self.axes {
            let points = axis.values.len();
            inner /= points;
            let ends =
                if is_open { [0, points - 1] } else { [first, last].map(|cell| cell / inner % points) };
            before += if is_open { 0 } else { ends[0] * inner };
            is_open |= ends[0] != ends[1];
            axes.push(Axis { values: axis.values[ends[0]..=ends[1]].to_vec(), ..axis });
        }
        (Self { axes, ..self }, cells.start - before..cells.end - before)
    }

    /// How many points each dimension has: the axes, and the entries of a cell.
    pub(super) fn shape(&self) -> Vec<usize> {
        self.axes.iter().map(|axis| axis.values.len()).chain([self.entries()]).collect()
    }

    /// How something varies that an axis may turn, and its values.
    pub(super) fn turned_by(&self, turns: &Knob, usual: f64) -> (Varies, Vec<f64>) {
        match self.axes.iter().position(|axis| axis.turns == *turns) {
            Some(at) => (Varies::Along(1 << at), self.axes[at].values.clone()),
            None => (Varies::Along(0), vec![usual]),
        }
    }

    /// How a name of a formula varies, which usually has this value, and its values; nothing of a name without a value.
    pub(super) fn column(&self, name: &str, usual: Option<f64>) -> Option<(Varies, Vec<f64>)> {
        if self.is_of_fit(name, usual) {
            let turns = Knob::Value(name.to_owned());
            if self.axes.iter().any(|axis| axis.turns == turns) {
                return Some(self.turned_by(&turns, f64::NAN));
            }
            if let (Some((_, draws)), Some(fit)) = (self.drawn().find(|(drawn, _)| *drawn == name), usual) {
                let column = std::iter::once(fit).chain(draws.iter().copied()).collect();
                return Some((Varies::Along(1 << self.axes.len()), column));
            }
        }
        usual.map(|usual| (Varies::Along(0), vec![usual]))
    }

    /// Whether a name with this value is one of the fit that is drawn and turned: another law may have a parameter of that name.
    pub(super) fn is_of_fit(&self, name: &str, usual: Option<f64>) -> bool {
        let fit = self.fit.iter().find(|(known, _)| known == name);
        fit.is_none_or(|(_, fit)| usual.is_none_or(|usual| usual == *fit))
    }

    /// The problem of a cell, by the fit itself.
    pub(super) fn problem(&self, of: &Problem, cell: usize) -> Problem {
        let mut problem = of.clone();
        for (at, axis) in self.axes.iter().enumerate() {
            let value = self.turned(at, cell);
            match &axis.turns {
                Knob::Bound(limit) => problem.limits[*limit].bound = value,
                Knob::Value(name) => {
                    let limits = problem.limits.iter_mut().map(|limit| &mut limit.of);
                    for quantity in limits.chain([&mut problem.objective]) {
                        if let Some(usual) = quantity.values.get_mut(name)
                            && self.is_of_fit(name, Some(*usual))
                        {
                            *usual = value;
                        }
                    }
                }
            }
        }
        problem
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

    /// The bound of a limit in a cell.
    pub(super) fn bound(&self, limit: usize, cell: usize, usual: f64) -> f64 {
        let axis = self.axes.iter().position(|axis| axis.turns == Knob::Bound(limit));
        axis.map_or(usual, |axis| self.turned(axis, cell))
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
    grid: &'a Grid,
    axes: Vec<Vec<f64>>,
    /// Of each draw the column, with the value of the fit where an entry is that.
    draws: Vec<(&'a str, Vec<f64>)>,
}

impl<'a> Expanded<'a> {
    /// The columns over the entries of some cells.
    pub fn new(grid: &'a Grid, cells: &Range<usize>) -> Self {
        let (each, entries) = (grid.entries(), grid.entries_of(cells));
        let axis = |at| entries.clone().map(|entry| grid.turned(at, entry / each)).collect();
        let draws = grid.drawn().filter_map(|(name, draws)| {
            let (_, fit) = grid.fit.iter().find(|(known, _)| known == name)?;
            let value = |entry: usize| (entry % each).checked_sub(1).map_or(*fit, |draw| draws[draw]);
            Some((name, entries.clone().map(value).collect()))
        });
        Self { grid, axes: (0..grid.axes.len()).map(axis).collect(), draws: draws.collect() }
    }

    /// The values of a name of a formula.
    pub fn value(&self, name: &str, usual: f64) -> Values<'_> {
        if !self.grid.is_of_fit(name, Some(usual)) {
            return Values::One(usual);
        }
        let turned = self.axis(|knob| matches!(knob, Knob::Value(turned) if turned == name));
        let drawn = || self.draws.iter().find(|(known, _)| *known == name).map(|(_, column)| column);
        turned.or_else(drawn).map_or(Values::One(usual), |column| Values::Each(column))
    }

    /// The bounds of a limit.
    pub fn bound(&self, limit: usize, usual: f64) -> Values<'_> {
        let turned = self.axis(|knob| *knob == Knob::Bound(limit));
        turned.map_or(Values::One(usual), |column| Values::Each(column))
    }

    fn axis(&self, is: impl Fn(&Knob) -> bool) -> Option<&Vec<f64>> {
        let at = self.grid.axes.iter().position(|axis| is(&axis.turns))?;
        Some(&self.axes[at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_around_some_cells_has_the_same_values_there() {
        let axis = |points: usize| Axis {
            turns: Knob::Bound(0),
            values: (0..points).map(|point| point as f64).collect(),
        };
        let grid = Grid { axes: vec![axis(3), axis(4), axis(5)], ..Grid::default() };
        for (start, end) in [(0, 60), (7, 8), (21, 23), (18, 27), (39, 60), (20, 40)] {
            let (around, cells) = grid.clone().around(start..end);
            assert!(around.cells() <= 20 * around.axes[0].values.len(), "{start} to {end}");
            assert_eq!(cells.len(), end - start);
            for (own, cell) in cells.zip(start..end) {
                for axis in 0..3 {
                    assert_eq!(around.turned(axis, own), grid.turned(axis, cell), "axis {axis}, cell {cell}");
                }
            }
        }
        let (one, cells) = grid.around(33..34);
        assert_eq!((one.cells(), cells), (1, 0..1));
    }
}
