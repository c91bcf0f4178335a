//! A formula over a grid, in which nothing is computed more often than it changes.
//!
//! A grid has dimensions: its axes and, as the last, the draws of a fit. Each name of a formula varies along some of them, and
//! with the names each node of its graph. Nodes that vary along the same dimensions make a *layer*, which is computed once for
//! each point of those; only the layer of all dimensions is computed for every row. In `A / N^alpha + B / D^beta` over N,
//! D and draws there are a layer of N and the draws, one of D and the draws, and one sum for each row.
//!
//! Whatever is computed when, each number comes from the same operations on the same numbers: it has the same bits as from
//! [`Program::compile`].

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::graph::{Graph, Id, Node, Pair};
use super::layers::{Layer, Layered, all, rows};
use super::lower::{Sides, lower};
use super::program::Drawing;
use super::syntax::Comparison;
use super::{Bound, Formula, FormulaError, Leaf};

/// What numbers the layer of all dimensions is computed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Those of the processor, of 53 bits.
    Double,
    /// Those of a shader, of 24: a sum is computed there without its terms that vary less, such as the irreducible loss, which
    /// are added with all their digits.
    Single,
}

/// Which dimensions something varies along: the i-th bit says whether along the i-th.
pub type Dimensions = u32;

/// How the values of a name vary over a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Varies {
    /// Along these dimensions; one of a single point counts as none, unless all are. They are given once.
    Along(Dimensions),
    /// From row to row. They are given with the rows.
    ByRow,
}

/// All that is kept of layers has at most so many numbers, 32 MB of them: the largest layers are computed with the rows instead.
pub(super) const MOST: usize = 1 << 22;

/// A formula, ready to be computed over a grid of one shape.
#[derive(Clone, Debug)]
pub struct Spread {
    shape: Vec<usize>,
    /// Along which dimensions each slot varies: the names, then what layers compute.
    slots: Vec<Dimensions>,
    /// For each name, whether its values are given with the rows.
    by_row: Vec<bool>,
    /// Those that the next ones need first; the layer of all dimensions last, if there is one.
    layers: Vec<Layer>,
    /// The slot of each result, and those of what is still to be added to it.
    results: Vec<(usize, Vec<usize>)>,
    /// The slots of both sides of each condition.
    conditions: Vec<([usize; 2], Comparison)>,
}

/// A formula with its names over a grid, and all layers but that of all dimensions.
#[derive(Clone, Debug)]
pub struct SpreadOver {
    spread: Spread,
    /// Of each slot, as far as it is known before the rows.
    columns: Vec<Vec<f64>>,
    /// Conditions that are broken somewhere, along which dimensions, and where they hold.
    broken: Vec<(Dimensions, Vec<bool>)>,
}

impl Spread {
    /// Compiles a formula for a grid of this shape, of one dimension at least.
    ///
    /// # Errors
    /// [`FormulaError::Unbound`] if the formula uses a name that is not there, [`FormulaError::NoMembers`] or
    /// [`FormulaError::NoTable`] if a family or a table is still to be given.
    pub fn compile(
        formula: &Formula,
        names: &[(&str, Varies)],
        shape: &[usize],
        precision: Precision,
    ) -> Result<Self, FormulaError> {
        Self::compile_within(formula, names, shape, (MOST, precision))
    }

    /// The same, which keeps at most so many numbers.
    fn compile_within(
        formula: &Formula,
        names: &[(&str, Varies)],
        shape: &[usize],
        within: (usize, Precision),
    ) -> Result<Self, FormulaError> {
        let leaves: Vec<(&str, Leaf)> = names.iter().map(|(name, _)| (*name, Leaf::Column)).collect();
        let (mut drawing, meaning) = Drawing::new(&leaves, &[]);
        let lowered = lower(formula, &mut drawing.graph, &meaning)?;
        let comparison = |sides: &Sides| (sides.sides, formula.conditions[sides.condition].comparison);
        let conditions: Vec<_> = lowered.conditions.iter().map(comparison).collect();
        let names: Vec<Varies> = names.iter().map(|(_, varies)| *varies).collect();
        Ok(Self::of(&mut drawing.graph, &[lowered.result], &conditions, &names, shape, within))
    }

    /// What computes some nodes of a graph whose i-th leaf is the i-th of `names`, keeps at most so many numbers, and computes
    /// with numbers of this precision.
    pub(super) fn of(
        graph: &mut Graph,
        results: &[Id],
        conditions: &[([Id; 2], Comparison)],
        names: &[Varies],
        shape: &[usize],
        (most, precision): (usize, Precision),
    ) -> Self {
        let along = names.iter().map(|varies| match varies {
            Varies::Along(along) => along & all(shape),
            Varies::ByRow => all(shape),
        });
        let along: Vec<Dimensions> = along.collect();
        let parts: Vec<(Id, Vec<Id>)> = match precision {
            Precision::Double => results.iter().map(|result| (*result, Vec::new())).collect(),
            Precision::Single => {
                let home = Layered::new(graph, results, &along, shape, most).home;
                results.iter().map(|result| parted(graph, *result, &home)).collect()
            }
        };
        let results =
            parts.iter().flat_map(|(part, rest)| std::iter::once(*part).chain(rest.iter().copied()));
        let roots: Vec<Id> = results.chain(conditions.iter().flat_map(|(sides, _)| *sides)).collect();
        let layered = Layered::new(graph, &roots, &along, shape, most);
        let mut slots = along;
        let mut slot: BTreeMap<Id, usize> = BTreeMap::new();
        for (id, node) in graph.nodes.iter().enumerate() {
            if let Node::Leaf(leaf) = node
                && *leaf < names.len()
            {
                slot.insert(id, *leaf);
            }
        }
        for id in layered.shared() {
            slot.insert(id, slots.len());
            slots.push(layered.home[id]);
        }
        let homes: BTreeSet<(u32, Dimensions)> =
            slots[names.len()..].iter().map(|along| (along.count_ones(), *along)).collect();
        Self {
            shape: shape.to_vec(),
            by_row: names.iter().map(|varies| *varies == Varies::ByRow).collect(),
            layers: homes.into_iter().map(|(_, along)| layered.layer(along, &slot)).collect(),
            results: parts
                .iter()
                .map(|(part, rest)| (slot[part], rest.iter().map(|rest| slot[rest]).collect()))
                .collect(),
            conditions: conditions.iter().map(|(sides, by)| (sides.map(|side| slot[&side]), *by)).collect(),
            slots,
        }
    }

    /// Gives the names their values, and computes every layer but that of all dimensions. A column has a value for each point of
    /// the dimensions that its name varies along, the last of them fastest; it is empty for a name whose values come with the
    /// rows.
    ///
    /// # Panics
    /// If a column is missing or has another length.
    pub fn over(self, columns: Vec<Vec<f64>>) -> SpreadOver {
        assert_eq!(columns.len(), self.by_row.len(), "a column for each name");
        for ((column, along), by_row) in columns.iter().zip(&self.slots).zip(&self.by_row) {
            let expected = if *by_row { 0 } else { self.rows(*along) };
            assert_eq!(column.len(), expected, "a value for each point");
        }
        let mut over = SpreadOver { columns, broken: Vec::new(), spread: self };
        over.columns.resize(over.spread.slots.len(), Vec::new());
        for layer in over.spread.layers.iter().filter(|layer| !over.spread.is_whole(layer.along)) {
            let computed = over.run(layer, 0..over.spread.rows(layer.along), &[]);
            for (slot, column) in layer.outputs.iter().zip(computed) {
                over.columns[*slot] = column;
            }
        }
        over.broken = over.broken();
        over
    }

    fn all(&self) -> Dimensions {
        all(&self.shape)
    }

    /// Whether what varies so is computed with the rows, and not before.
    fn is_whole(&self, along: Dimensions) -> bool {
        along == self.all()
    }

    fn rows(&self, along: Dimensions) -> usize {
        rows(&self.shape, along)
    }

    /// The place, in a column that varies along some dimensions, of a row of a grid of more.
    fn place(&self, row: usize, of: Dimensions, along: Dimensions) -> usize {
        let (mut row, mut place, mut stride) = (row, 0, 1);
        for dimension in (0..self.shape.len()).rev().filter(|dimension| of & 1 << dimension != 0) {
            let points = self.shape[dimension];
            if along & 1 << dimension != 0 {
                place += row % points * stride;
                stride *= points;
            }
            row /= points;
        }
        place
    }
}

impl SpreadOver {
    /// The layer of all dimensions, if there is one.
    pub(super) fn whole(&self) -> Option<&Layer> {
        self.spread.layers.last().filter(|layer| self.spread.is_whole(layer.along))
    }

    pub(super) fn shape(&self) -> &[usize] {
        &self.spread.shape
    }

    /// Along which dimensions a slot varies, each of more than one point.
    pub(super) fn varies(&self, slot: usize) -> Dimensions {
        self.spread.slots[slot]
    }

    pub(super) fn is_by_row(&self, slot: usize) -> bool {
        self.spread.by_row.get(slot).is_some_and(|by_row| *by_row)
    }

    /// The numbers of a slot that are known before the rows.
    pub(super) fn given(&self, slot: usize) -> &[f64] {
        &self.columns[slot]
    }

    /// The values in some rows of the grid, the last dimension fastest; not a number where a condition of the formula is broken.
    /// `by_row` are the columns, over these rows, of the names that vary from row to row, in their order.
    ///
    /// # Panics
    /// If one of them is missing or too short.
    pub fn values(&self, rows: Range<usize>, by_row: &[&[f64]]) -> Vec<f64> {
        let mut values = vec![0.0; rows.len()];
        self.write(rows, by_row, &mut values);
        values
    }

    /// Writes the same into a column.
    ///
    /// # Panics
    /// As [`SpreadOver::values`], and if the column has another length than the rows.
    pub fn write(&self, rows: Range<usize>, by_row: &[&[f64]], to: &mut [f64]) {
        match self.whole() {
            Some(layer) if self.is_all(layer) => self.run_into(layer, rows, by_row, &mut [to]),
            _ => to.copy_from_slice(&self.all_values(rows, by_row)[0]),
        }
    }

    /// Whether the layer of all dimensions computes nothing but the result, and there is nothing to add to it or take from it.
    fn is_all(&self, layer: &Layer) -> bool {
        let is_result = matches!(&self.spread.results[..], [(result, rest)] if rest.is_empty() && layer.outputs == [*result]);
        is_result && self.spread.conditions.is_empty()
    }

    /// The values of every result ([`SpreadOver::values`]).
    ///
    /// # Panics
    /// As [`SpreadOver::values`].
    pub fn all_values(&self, rows: Range<usize>, by_row: &[&[f64]]) -> Vec<Vec<f64>> {
        let computed = self.whole().map(|layer| self.run(layer, rows.clone(), by_row));
        self.values_of(rows, by_row, computed.unwrap_or_default())
    }

    /// The results in some rows, with what the layer of all dimensions computes there.
    pub(super) fn values_of(
        &self,
        rows: Range<usize>,
        by_row: &[&[f64]],
        mut computed: Vec<Vec<f64>>,
    ) -> Vec<Vec<f64>> {
        let spread = &self.spread;
        let outputs = self.whole().map_or(&[][..], |layer| &layer.outputs);
        let output = |slot: usize| outputs.iter().position(|output| *output == slot);
        let at = |slot: usize, row: usize| match output(slot) {
            Some(output) => computed[output][row - rows.start],
            None => self.at(slot, row, rows.start, by_row),
        };
        let broken = self.rows_broken(rows.clone(), at);
        let mut values: Vec<Vec<f64>> = Vec::new();
        for (result, rest) in &spread.results {
            let mut column = match output(*result) {
                Some(output) => std::mem::take(&mut computed[output]),
                None => rows.clone().map(|row| self.at(*result, row, rows.start, by_row)).collect(),
            };
            for rest in rest {
                let rest = rows.clone().map(|row| self.at(*rest, row, rows.start, by_row));
                column.iter_mut().zip(rest).for_each(|(value, rest)| *value += rest);
            }
            for row in &broken {
                column[row - rows.start] = f64::NAN;
            }
            values.push(column);
        }
        values
    }

    /// The rows in which a condition is broken.
    fn rows_broken(&self, rows: Range<usize>, at: impl Fn(usize, usize) -> f64) -> Vec<usize> {
        let spread = &self.spread;
        let late: Vec<&([usize; 2], Comparison)> =
            spread.conditions.iter().filter(|(sides, _)| spread.is_whole(spread.along(*sides))).collect();
        if late.is_empty() && self.broken.is_empty() {
            return Vec::new();
        }
        let is_broken = |row: &usize| {
            let early =
                |(along, holds): &(Dimensions, Vec<bool>)| !holds[spread.place(*row, spread.all(), *along)];
            let is_late = |([left, right], by): &&([usize; 2], Comparison)| {
                !by.holds(at(*left, *row), at(*right, *row))
            };
            self.broken.iter().any(early) || late.iter().any(is_late)
        };
        rows.filter(is_broken).collect()
    }

    /// The value of a slot that no layer of all dimensions computes, in a row of the grid.
    fn at(&self, slot: usize, row: usize, first: usize, by_row: &[&[f64]]) -> f64 {
        let (all, along) = (self.spread.all(), self.spread.slots[slot]);
        match self.by_row(slot, by_row) {
            Some(column) => column[row - first],
            None => self.columns[slot][self.spread.place(row, all, along)],
        }
    }

    /// The column of a name that varies from row to row.
    fn by_row<'b>(&self, slot: usize, by_row: &[&'b [f64]]) -> Option<&'b [f64]> {
        let is = &self.spread.by_row;
        is.get(slot)?.then(|| by_row[is[..slot].iter().filter(|by_row| **by_row).count()])
    }

    /// A column for each output of a layer, in some rows of its own grid.
    pub(super) fn run(&self, layer: &Layer, rows: Range<usize>, by_row: &[&[f64]]) -> Vec<Vec<f64>> {
        let mut computed = vec![vec![0.0; rows.len()]; layer.outputs.len()];
        let mut columns: Vec<&mut [f64]> = computed.iter_mut().map(Vec::as_mut_slice).collect();
        self.run_into(layer, rows, by_row, &mut columns);
        computed
    }

    /// Computes a layer in some rows of its own grid, a run at a time, into a column for each output.
    fn run_into(&self, layer: &Layer, rows: Range<usize>, by_row: &[&[f64]], to: &mut [&mut [f64]]) {
        let spread = &self.spread;
        let length = spread.rows(layer.run);
        let mut bound: Bound = layer.program.bind(&[]);
        let (mut scalars, mut columns) = (vec![0.0; layer.scalars.len()], Vec::new());
        let mut row = rows.start;
        while row < rows.end {
            let within = row % length;
            let count = (length - within).min(rows.end - row);
            for (value, slot) in scalars.iter_mut().zip(&layer.scalars) {
                *value = self.columns[*slot][spread.place(row, layer.along, spread.slots[*slot])];
            }
            columns.clear();
            columns.extend(layer.columns.iter().map(|slot| {
                let place = || spread.place(row, layer.along, spread.slots[*slot]);
                let column = self.by_row(*slot, by_row).map(|column| &column[row - rows.start..]);
                &column.unwrap_or_else(|| &self.columns[*slot][place()..])[..count]
            }));
            let from = row - rows.start;
            let mut parts: Vec<&mut [f64]> =
                to.iter_mut().map(|column| &mut column[from..from + count]).collect();
            bound.write(&layer.written, &scalars, &columns, &mut parts);
            row += count;
        }
    }

    /// The conditions that do not vary along all dimensions and are broken somewhere.
    fn broken(&self) -> Vec<(Dimensions, Vec<bool>)> {
        let spread = &self.spread;
        let early = spread.conditions.iter().filter(|(sides, _)| !spread.is_whole(spread.along(*sides)));
        let broken = early.filter_map(|(sides, comparison)| {
            let along = spread.along(*sides);
            let side =
                |side: usize, row: usize| self.columns[side][spread.place(row, along, spread.slots[side])];
            let holds = |row: usize| comparison.holds(side(sides[0], row), side(sides[1], row));
            let holds: Vec<bool> = (0..spread.rows(along)).map(holds).collect();
            (!holds.iter().all(|holds| *holds)).then_some((along, holds))
        });
        broken.collect()
    }
}

impl Spread {
    /// Along which dimensions a condition varies.
    fn along(&self, sides: [usize; 2]) -> Dimensions {
        self.slots[sides[0]] | self.slots[sides[1]]
    }
}

/// A sum as that of its terms that vary along all of its dimensions, and the others.
fn parted(graph: &mut Graph, result: Id, home: &[Dimensions]) -> (Id, Vec<Id>) {
    let (mut open, mut rest, mut sum) = (vec![result], Vec::new(), None);
    while let Some(term) = open.pop() {
        match graph.nodes[term] {
            _ if home[term] != home[result] => rest.push(term),
            Node::Binary(Pair::Add, a, b) => open.extend([b, a]),
            _ => sum = Some(sum.map_or(term, |sum| graph.add(sum, term))),
        }
    }
    // Two of them may together vary along all, and neither by itself.
    sum.map_or((result, Vec::new()), |sum| (sum, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::{Order, Program};

    const SHAPES: [[usize; 3]; 7] =
        [[3, 4, 5], [1, 1, 1], [7, 1, 1], [1, 300, 1], [1, 1, 270], [2, 1, 3], [5, 6, 1]];

    /// Columns of a name over its own dimensions: numbers that no operation has yet rounded to one another.
    fn column(shape: &[usize], along: Dimensions, from: f64) -> Vec<f64> {
        (0..rows(shape, along & all(shape))).map(|row| from + 0.37 * (row as f64 * 1.618).fract()).collect()
    }

    /// Every row by a formula that is computed in each, as a program does.
    fn each(formula: &Formula, names: &[(&str, Varies)], columns: &[Vec<f64>], shape: &[usize]) -> Vec<f64> {
        let grid = Spread::compile(&Formula::parse("0").unwrap(), &[], shape, Precision::Double).unwrap();
        let count: usize = shape.iter().product();
        let full: Vec<Vec<f64>> = names
            .iter()
            .zip(columns)
            .map(|((_, varies), column)| match varies {
                Varies::ByRow => column.clone(),
                Varies::Along(along) => {
                    (0..count).map(|row| column[grid.place(row, all(shape), along & all(shape))]).collect()
                }
            })
            .collect();
        let mut leaves: Vec<(&str, Leaf)> = names.iter().map(|(name, _)| (*name, Leaf::Data)).collect();
        let mut full: Vec<&[f64]> = full.iter().map(Vec::as_slice).collect();
        // So that a formula without names has as many rows.
        let rows = vec![0.0; count];
        leaves.push(("row", Leaf::Data));
        full.push(&rows);
        let program = Program::compile(formula, &leaves, &[], Order::Value).unwrap();
        let (mut bound, mut values, mut holds) = (program.bind(&full), vec![0.0; count], vec![true; count]);
        bound.values(&[], &[], &mut values);
        bound.keep(&[], &[], &mut holds);
        values.iter().zip(holds).map(|(value, holds)| if holds { *value } else { f64::NAN }).collect()
    }

    #[test]
    fn every_row_has_the_bits_of_a_program() {
        let along = [("N", 0b001), ("D", 0b010), ("a", 0b100), ("k", 0b000), ("w", 0b011)];
        for text in [
            "k + a / N^0.34 + 3 / D^a",
            "(a / N + k / D)^0.3",
            "k + N^a + D",
            "w * a",
            "k",
            "7",
            "a",
            "x * N",
            "x + a / w",
            "min(N, D) + if(N < a, N, D * a)\nwhere N < 1.2",
            "N * a\nwhere D > 1.1, N < w, k > 0, a < x",
            "solve(L in 0.1..9: L^2 * a + L * N - D = 0) + k",
            "solve(p in 0.1..9: p^2 + p * N = 5) + solve(q in 0.1..9: q^2 + q = 5) * solve(r in 0.1..9: r^2 + r * N * a = D)",
            "sum(i in 1..3: N^i / (i + a))",
            "N\nwhere D >= 0",
        ] {
            let formula = Formula::parse(text).unwrap();
            for shape in SHAPES {
                let used = formula.names();
                let mut names: Vec<(&str, Varies)> =
                    along.iter().map(|(name, along)| (*name, Varies::Along(*along))).collect();
                names.push(("x", Varies::ByRow));
                names.retain(|(name, _)| used.contains(name));
                let count: usize = shape.iter().product();
                let columns: Vec<Vec<f64>> = names
                    .iter()
                    .map(|(_, varies)| match varies {
                        Varies::Along(along) => column(&shape, *along, 1.0 + f64::from(*along) * 0.01),
                        Varies::ByRow => (0..count).map(|row| 1.0 + (row as f64 * 0.77).fract()).collect(),
                    })
                    .collect();
                let expected = each(&formula, &names, &columns, &shape);
                let early = |(varies, column): (Varies, &Vec<f64>)| {
                    if varies == Varies::ByRow { Vec::new() } else { column.clone() }
                };
                let early = names.iter().map(|(_, varies)| *varies).zip(&columns).map(early);
                let early: Vec<Vec<f64>> = early.collect();
                // In tiles of every kind, whatever is kept.
                for (tile, most, precision) in [
                    (1, MOST, Precision::Double),
                    (3, MOST, Precision::Double),
                    (count, MOST, Precision::Double),
                    (count, 8, Precision::Double),
                    (2, 0, Precision::Double),
                    (2, MOST, Precision::Single),
                ] {
                    let over = Spread::compile_within(&formula, &names, &shape, (most, precision)).unwrap();
                    let over = over.over(early.clone());
                    let mut found = Vec::new();
                    for start in (0..count).step_by(tile) {
                        let end = count.min(start + tile);
                        let by_row: Vec<&[f64]> = names
                            .iter()
                            .zip(&columns)
                            .filter(|((_, varies), _)| *varies == Varies::ByRow)
                            .map(|(_, column)| &column[start..end])
                            .collect();
                        found.extend(over.values(start..end, &by_row));
                    }
                    if precision == Precision::Single {
                        // In another order of the terms.
                        let is_near = |(a, b): (&f64, &f64)| {
                            a.is_nan() && b.is_nan() || (a - b).abs() <= 1e-14 * b.abs()
                        };
                        let is_near = found.iter().zip(&expected).all(is_near);
                        assert!(is_near, "{text} over {shape:?} in parts");
                        continue;
                    }
                    let bits = |values: &[f64]| values.iter().map(|x| x.to_bits()).collect::<Vec<u64>>();
                    assert_eq!(bits(&found), bits(&expected), "{text} over {shape:?} in tiles of {tile}");
                }
            }
        }
    }

    #[test]
    fn what_varies_along_some_dimensions_is_computed_for_those_alone() {
        let formula = Formula::parse("E + A / N^alpha + B / D^beta").unwrap();
        let names = [("E", 4), ("A", 4), ("N", 1), ("alpha", 4), ("B", 4), ("D", 2), ("beta", 4)];
        let names = names.map(|(name, along)| (name, Varies::Along(along)));
        let spread = Spread::compile(&formula, &names, &[10, 20, 30], Precision::Double).unwrap();
        let layers: Vec<(Dimensions, usize)> =
            spread.layers.iter().map(|layer| (layer.along, layer.program.instructions())).collect();
        // Logarithms of N and D, and -alpha and -beta, once each; both terms; and the sum of three.
        assert_eq!(layers.iter().map(|(along, _)| *along).collect::<Vec<_>>(), [1, 2, 4, 5, 6, 7]);
        assert_eq!(layers.last().unwrap().1, 1, "{layers:?}");
    }
}
