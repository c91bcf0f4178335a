//! What is remarkable about a row: said of it in the table, and left to the reader.

use std::cmp::Ordering;

use super::{Curves, Role, Table};
use crate::num::{ascending, max, min};
use crate::units::{Expected, Unit, percent, show};

/// What is remarkable about a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Flag {
    /// Size, tokens, loss and inputs are those of an earlier row, to the last bit.
    Duplicate {
        /// That row.
        of: usize,
    },
    /// Another row has the same size, tokens and inputs, and another loss.
    Replicate {
        /// The first of them.
        first: usize,
        /// How many there are.
        count: usize,
    },
    /// Its FLOPs are not those of its budget, or of any.
    OffBudget {
        /// The budget, where it belongs to one.
        budget: Option<f64>,
        /// Its FLOPs over those of the budget.
        ratio: f64,
    },
    /// The lowest loss of its budget is at the smallest or the largest size: the minimum may lie beyond.
    OffCentre {
        /// The budget.
        budget: f64,
        /// Whether at the largest.
        at_largest: bool,
    },
    /// A checkpoint whose learning rate had not decayed.
    Undecayed {
        /// The row at which its run ends.
        end: usize,
    },
    /// The last row of a run that did not come to its end.
    Unfinished,
}

/// The flags of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flags(Vec<(usize, Flag)>);

/// Rows are of one budget up to this ratio between neighbours.
const NEIGHBOURS: f64 = 1.25;
/// A row is off its budget beyond this part of it.
const OFF: f64 = 0.1;
/// The fewest rows of a budget.
const FEWEST: usize = 3;

impl Flag {
    /// Its stable name, such as `off_budget`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Duplicate { .. } => "duplicate",
            Self::Replicate { .. } => "replicate",
            Self::OffBudget { .. } => "off_budget",
            Self::OffCentre { .. } => "off_centre",
            Self::Undecayed { .. } => "undecayed",
            Self::Unfinished => "unfinished",
        }
    }

    /// For a reader, such as `same as row 4`. Rows are numbered as in the file.
    pub fn words(self, table: &Table) -> String {
        let line = |row| table.line(row).unwrap_or(row);
        let flops = |value| show(value, Unit::Flops).to_string();
        match self {
            Self::Duplicate { of } => format!("same as row {}", line(of)),
            Self::Replicate { first, count } => {
                format!("one of {count} replicates, the first in row {}", line(first))
            }
            Self::OffBudget { budget: Some(budget), ratio } => {
                format!("{} of its budget of {}", percent(ratio), flops(budget))
            }
            Self::OffBudget { budget: None, .. } => "in no budget".to_owned(),
            Self::OffCentre { budget, at_largest } => {
                let end = if at_largest { "largest" } else { "smallest" };
                format!("off-centre: the lowest loss at {} is at the {end} size", flops(budget))
            }
            Self::Unfinished => "its run did not come to its end".to_owned(),
            Self::Undecayed { end } => format!("checkpoint, not decayed: its run ends in row {}", line(end)),
        }
    }
}

impl Flags {
    /// The flags of the rows that can be read and are switched on; of those that are off, why they are no runs.
    pub fn of(table: &Table, curves: &Curves) -> Self {
        let rows: Vec<usize> =
            (0..table.rows()).filter(|row| table.is_on(*row) && table.run(*row).is_ok()).collect();
        let mut flags = Vec::new();
        for row in (0..table.rows()).filter(|row| curves.undecayed.get(*row).copied().unwrap_or(false)) {
            let end = curves.last(row).unwrap_or(row);
            flags.push((row, if end == row { Flag::Unfinished } else { Flag::Undecayed { end } }));
        }
        alike(table, &rows, &mut flags);
        let ends: Vec<usize> = rows.into_iter().filter(|row| !curves.undecayed[*row]).collect();
        budgets(table, &ends, &mut flags);
        flags.sort_by_key(|(row, _)| *row);
        Self(flags)
    }

    /// All flags, each with its row, in the order of the rows.
    pub fn all(&self) -> &[(usize, Flag)] {
        &self.0
    }

    /// The flags of a row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = Flag> + '_ {
        let first = self.0.partition_point(|(at, _)| *at < row);
        self.0[first..].iter().take_while(move |(at, _)| *at == row).map(|(_, flag)| *flag)
    }
}

/// Size, tokens and loss of a row.
fn three(table: &Table, row: usize) -> [f64; 3] {
    table.run(row).map_or([0.0; 3], |run| [run.params, run.tokens, run.loss])
}

/// Flags duplicates and replicates.
fn alike(table: &Table, rows: &[usize], flags: &mut Vec<(usize, Flag)>) {
    let runs: Vec<[f64; 3]> = (0..table.rows()).map(|row| three(table, row)).collect();
    let by = |at: usize, one: usize, other: usize| runs[one][at].total_cmp(&runs[other][at]);
    let by_inputs = |one: usize, other: usize| {
        let mut cells = table.inputs().iter().map(|(at, _)| table.cell(one, *at).cmp(table.cell(other, *at)));
        cells.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    };
    let compare = |one: usize, other: usize| {
        by(0, one, other).then_with(|| by(1, one, other)).then_with(|| by_inputs(one, other))
    };
    let mut sorted = rows.to_vec();
    sorted.sort_by(|one, other| compare(*one, *other).then_with(|| by(2, *one, *other)).then(one.cmp(other)));
    for same in sorted.chunk_by(|one, other| compare(*one, *other).is_eq()).filter(|same| same.len() > 1) {
        let losses = same.chunk_by(|one, other| by(2, *one, *other).is_eq());
        let count = losses.clone().count();
        let first = same.iter().min().copied().unwrap_or(same[0]);
        for equal in losses {
            flags.extend(equal[1..].iter().map(|row| (*row, Flag::Duplicate { of: equal[0] })));
            if count > 1 {
                flags.push((equal[0], Flag::Replicate { first, count }));
            }
        }
    }
}

/// A budget in FLOPs, and its rows.
type Budget = (f64, Vec<usize>);

/// Flags rows off their budget, and budgets whose lowest loss is at an end.
fn budgets(table: &Table, rows: &[usize], flags: &mut Vec<(usize, Flag)>) {
    let flops = |row: &usize| table.run(*row).map_or(0.0, |run| run.flops);
    let (groups, alone) = match table.column(Role::Group) {
        Some(column) => (named(table, rows, column), Vec::new()),
        None => found(rows, &flops),
    };
    for row in alone {
        flags.push((row, Flag::OffBudget { budget: None, ratio: 1.0 }));
    }
    for (budget, rows) in groups {
        let (inside, off): (Vec<usize>, Vec<usize>) = rows
            .iter()
            .partition(|row| (flops(row) / budget - 1.0).abs() <= OFF || table.column(Role::Group).is_none());
        for row in off {
            flags.push((row, Flag::OffBudget { budget: Some(budget), ratio: flops(&row) / budget }));
        }
        if inside.len() < FEWEST {
            continue;
        }
        let sizes: Vec<f64> = inside.iter().map(|row| three(table, *row)[0]).collect();
        let losses: Vec<f64> = inside.iter().map(|row| three(table, *row)[2]).collect();
        let lowest = sizes[ascending(&losses)[0]];
        let (least, most) =
            sizes.iter().fold((lowest, lowest), |(a, b), size| (min(a, *size), max(b, *size)));
        if least < most && (lowest == least || lowest == most) {
            let flag = Flag::OffCentre { budget, at_largest: lowest == most };
            flags.extend(inside.iter().map(|row| (*row, flag)));
        }
    }
}

/// The rows of each group that a column names, with its budget: the number of its name, or the middle of its FLOPs.
fn named(table: &Table, rows: &[usize], column: usize) -> Vec<Budget> {
    let label = |row: &usize| table.cell(*row, column).trim();
    let mut sorted: Vec<usize> = rows.iter().copied().filter(|row| !label(row).is_empty()).collect();
    sorted.sort_by_key(|row| (label(row), *row));
    let expected = Expected::from(Unit::Flops).decimal(table.layout().decimal);
    let budget = |rows: &[usize]| {
        let mut flops: Vec<f64> = rows.iter().filter_map(|row| Some(table.run(*row).ok()?.flops)).collect();
        flops.sort_by(f64::total_cmp);
        let middle = flops[flops.len() / 2];
        // A number that is nowhere near is no budget, such as that of a group.
        let number = crate::units::read(label(&rows[0]), expected).ok().map(|read| read.value);
        number.filter(|number| (0.1..10.0).contains(&(number / middle))).unwrap_or(middle)
    };
    sorted
        .chunk_by(|one, other| label(one) == label(other))
        .map(|rows| (budget(rows), rows.to_vec()))
        .collect()
}

/// Budgets that the FLOPs fall into, where most rows do, and the rows that fall into none.
fn found(rows: &[usize], flops: &impl Fn(&usize) -> f64) -> (Vec<Budget>, Vec<usize>) {
    let values: Vec<f64> = rows.iter().map(flops).collect();
    let sorted: Vec<usize> = ascending(&values).into_iter().map(|at| rows[at]).collect();
    let mut groups = Vec::new();
    let mut alone = Vec::new();
    for near in sorted.chunk_by(|one, other| flops(other) <= NEIGHBOURS * flops(one)) {
        let (first, last) = (flops(&near[0]), flops(&near[near.len() - 1]));
        if near.len() >= FEWEST && last <= NEIGHBOURS * first {
            groups.push((flops(&near[near.len() / 2]), near.to_vec()));
        } else {
            alone.extend_from_slice(near);
        }
    }
    let is_isoflop = groups.len() > 1 && 4 * alone.len() <= rows.len();
    if is_isoflop { (groups, alone) } else { (Vec::new(), Vec::new()) }
}
