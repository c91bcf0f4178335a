//! A table of runs in words.

use super::{curly, sentence_start};
use crate::runs::{Counts, Role, Table};
use crate::units::{self, Unit, show};

/// A row of a table of runs, as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadRow {
    /// Its number in the file.
    pub line: usize,
    /// Whether it is switched on.
    pub on: bool,
    /// Its cells.
    pub cells: Vec<ReadCell>,
    /// Why it cannot be used.
    pub problem: Option<String>,
}

/// A cell of a table of runs, as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadCell {
    /// What it says.
    pub text: String,
    /// Whether its column holds amounts.
    pub amount: bool,
    /// Whether its column is used.
    pub used: bool,
}

/// A row as it is shown: amounts as they were read, everything else as it stands in the file.
pub fn read_row(table: &Table, row: usize) -> ReadRow {
    let run = table.run(row);
    let cell = |(column, role): (usize, &Role)| {
        let read = run.as_ref().ok().and_then(|run| match role {
            Role::Params => Some(show(run.params, Unit::Parameters)),
            Role::Tokens => Some(show(run.tokens, Unit::Tokens)),
            Role::Flops => Some(show(run.flops, Unit::Flops)),
            Role::Loss => Some(show(run.loss, Unit::NatsPerToken)),
            _ => None,
        });
        let text = read.map_or_else(|| table.cell(row, column).to_owned(), |shown| shown.number());
        ReadCell { text, amount: role.expected().is_some(), used: *role != Role::Ignore }
    };
    ReadRow {
        line: table.line(row).unwrap_or(row),
        on: table.is_on(row),
        cells: table.roles().iter().enumerate().map(cell).collect(),
        problem: run.err().map(|error| error.to_string()),
    }
}

/// What a table is: `runs.csv, 245 rows, comma-separated`.
pub fn about_table(name: &str, table: &Table) -> String {
    let delimiter = table.layout().delimiter.words();
    format!("{name}, {}, {delimiter}", rows(table.rows()))
}

fn rows(count: usize) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{} rows", units::whole(count as f64)) }
}

/// How the rows of a table stand: `245 rows: 240 used, 5 off, none unreadable`.
pub fn counts(counts: &Counts) -> String {
    let some = |count: usize| if count == 0 { "none".to_owned() } else { units::whole(count as f64) };
    let (used, off, unreadable) = (some(counts.used), some(counts.off), some(counts.unreadable));
    format!("{}: {used} used, {off} off, {unreadable} unreadable", rows(counts.rows))
}

/// The rows that cannot be used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems {
    /// How many there are.
    pub says: String,
    /// The first of them.
    pub rows: Vec<Problem>,
}

/// Why a row cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The row, and the column if it is one cell.
    pub place: String,
    /// What was expected, and what was given.
    pub says: String,
}

/// The rows that are on and cannot be used, up to so many.
pub fn problems(table: &Table, most: usize) -> Problems {
    if table.sent().is_err() && table.counts().used == 0 {
        // The table as a whole says why.
        return Problems::default();
    }
    let problem = |row: usize| {
        let error = table.run(row).err()?.to_string();
        let (place, says) = error.split_once(": ").unwrap_or(("", &error));
        Some(Problem { place: sentence_start(place), says: curly(says) })
    };
    let rows = (0..table.rows()).filter(|row| table.is_on(*row)).filter_map(problem).take(most).collect();
    let counts = table.counts();
    let (all, kept) = (counts.rows, counts.unreadable);
    let says = format!("{} of {} rows read. {} kept in the table, unused:", all - kept, all, kept);
    Problems { says, rows }
}
