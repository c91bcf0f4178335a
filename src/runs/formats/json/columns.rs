//! Columns by name.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::raw::{Member, cell, items, kind, members, place};
use super::records::Records;
use super::shape;
use crate::runs::formats::FileError;
use crate::runs::grid::{Grid, MAX_CELLS};
use crate::runs::read::Lines;
use crate::runs::{MAX_COLUMNS, RunsError};

/// Reads names of columns and rows of cells.
pub(super) fn split(text: &str, names: &RawValue, data: &RawValue) -> Result<(Grid, bool), FileError> {
    let names: Vec<String> = items(names)?.into_iter().map(|name| cell(name).trim().to_owned()).collect();
    let mut lines = Lines::new(text);
    let mut grid = Grid::new(names);
    for row in items(data)? {
        if kind(row) != b'[' {
            return Err(shape(row));
        }
        grid.push_all(items(row)?.into_iter().map(cell));
        grid.end_row(lines.of(place(text, row)))?;
    }
    Ok((grid, true))
}

/// Reads named columns of equally many cells.
pub(super) fn columns(text: &str, all: &[Member<'_>]) -> Result<(Grid, bool), FileError> {
    if all.len() > MAX_COLUMNS {
        let (limit, given) = (MAX_COLUMNS, all.len());
        return Err(RunsError::TooLarge { what: "columns", limit, given }.into());
    }
    let mut cells = Vec::new();
    for (name, column) in all {
        let column_items = items(column)?;
        let first: &Vec<&RawValue> = cells.first().unwrap_or(&column_items);
        if first.len() != column_items.len() {
            let (rows, other_rows) = (column_items.len(), first.len());
            let (column, other) = (name.to_string(), all[0].0.to_string());
            return Err(RunsError::UnequalLengths { column, rows, other, other_rows }.into());
        }
        cells.push(column_items);
    }
    let mut grid = Grid::new(all.iter().map(|(name, _)| name.trim().to_owned()).collect());
    let mut lines = Lines::new(text);
    for row in 0..cells.first().map_or(0, Vec::len) {
        grid.push_all(cells.iter().map(|column| cell(column[row])));
        grid.end_row(lines.of(place(text, cells[0][row])))?;
    }
    Ok((grid, true))
}

/// Reads objects by name: columns whose cells have numbers for names, or records, whose names become a column.
pub(super) fn by_name<'a>(text: &'a str, all: &'a [Member<'a>]) -> Result<(Grid, bool), FileError> {
    let first = members(all[0].1)?;
    let are_columns =
        !first.is_empty() && first.iter().all(|(name, _)| name.bytes().all(|b| b.is_ascii_digit()));
    if !are_columns {
        let mut records = Records::new(text);
        all.iter().try_for_each(|(name, record)| records.push(record, Some(name)))?;
        return Ok((records.grid, true));
    }
    if all.len() > MAX_COLUMNS {
        let (limit, given) = (MAX_COLUMNS, all.len());
        return Err(RunsError::TooLarge { what: "columns", limit, given }.into());
    }
    let mut rows: BTreeMap<u64, Vec<Option<&RawValue>>> = BTreeMap::new();
    let mut held = 0;
    for (column, (_, cells)) in all.iter().enumerate() {
        for (name, cell) in members(cells)? {
            let row = rows.entry(name.parse().unwrap_or(u64::MAX)).or_default();
            row.resize(column + 1, None);
            row[column] = Some(cell);
            held += 1 + column;
        }
        if held > MAX_CELLS {
            return Err(RunsError::TooLarge { what: "cells", limit: MAX_CELLS, given: held }.into());
        }
    }
    let mut grid = Grid::new(all.iter().map(|(name, _)| name.trim().to_owned()).collect());
    for row in rows.values() {
        grid.push_all(row.iter().map(|value| value.map_or(Cow::Borrowed(""), cell)));
        grid.end_row(1)?;
    }
    Ok((grid, true))
}
