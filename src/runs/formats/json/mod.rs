//! Runs in JSON: a list of records, columns, or one record in each line.
//!
//! Values are cut out of the text as they stand, so a number keeps every digit that was written and nothing is
//! held twice.

mod columns;
mod lined;
mod raw;
mod records;

use serde_json::value::RawValue;

use super::{FileError, list};
use crate::outcome::Warning;
use crate::runs::RunsError;
use crate::runs::grid::Grid;
use crate::runs::read::{Lines, begin};
use crate::units::clip;
use columns::{by_name, columns, split};
use lined::lines;
use raw::{Member, cell, items, kind, members, place, with_quoted_nan};
use records::Records;

/// Reads a table from JSON or from lines of it.
pub(super) fn read(text: &str, notes: &mut Vec<Warning>) -> Result<(Grid, bool), FileError> {
    let mended = with_quoted_nan(text);
    let text: &str = &mended;
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    match values.next() {
        None => Err(super::empty()),
        Some(Ok(value)) if text[values.byte_offset()..].trim().is_empty() => whole(text, value, notes),
        Some(Ok(_)) => lines(text, notes),
        Some(Err(_)) if begins_with_a_record(text) => lines(text, notes),
        Some(Err(error)) => Err(refuse(&error)),
    }
}

/// Whether the first line is a record by itself.
fn begins_with_a_record(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    first.trim_start().starts_with('{') && serde_json::from_str::<&RawValue>(first).is_ok()
}

fn refuse(error: &serde_json::Error) -> FileError {
    FileError::Json { line: error.line(), column: error.column(), problem: said(error) }
}

/// What an error says, without its place.
fn said(error: &serde_json::Error) -> String {
    error.to_string().split(" at line ").next().unwrap_or_default().to_owned()
}

/// Reads one value that is the whole text.
fn whole<'a>(
    text: &'a str,
    value: &'a RawValue,
    notes: &mut Vec<Warning>,
) -> Result<(Grid, bool), FileError> {
    match kind(value) {
        b'[' => of_items(text, &items(value)?),
        b'{' => of_members(text, members(value)?, notes),
        _ => Err(shape(value)),
    }
}

fn shape(value: &RawValue) -> FileError {
    let given = match kind(value) {
        b'"' => format!("the text {}", clip(value.get())),
        b'[' => "a list of something else".to_owned(),
        b'{' => "an object of something else".to_owned(),
        _ => clip(value.get()),
    };
    FileError::Shape { given }
}

/// Reads a list of records, or of rows of which the first may name the columns.
fn of_items<'a>(text: &'a str, items_of: &[&'a RawValue]) -> Result<(Grid, bool), FileError> {
    let first = items_of.first().ok_or(RunsError::NoRows)?;
    if let Some(other) = items_of.iter().find(|item| kind(item) != kind(first)) {
        return Err(shape(other));
    }
    match kind(first) {
        b'{' => {
            let mut records = Records::new(text);
            items_of.iter().try_for_each(|item| records.push(item, None))?;
            Ok((records.grid, true))
        }
        b'[' => {
            let head: Vec<String> = items(first)?.into_iter().map(|value| cell(value).into_owned()).collect();
            let mut lines = Lines::new(text);
            let (mut grid, header) = begin(head.iter().map(String::as_str), lines.of(place(text, first)))?;
            for row in &items_of[1..] {
                grid.push_all(items(row)?.into_iter().map(cell));
                grid.end_row(lines.of(place(text, row)))?;
            }
            Ok((grid, header))
        }
        _ => Err(shape(first)),
    }
}

/// Reads an object: columns, records by name, a record, or a table among other things.
fn of_members<'a>(
    text: &'a str,
    all: Vec<Member<'a>>,
    notes: &mut Vec<Warning>,
) -> Result<(Grid, bool), FileError> {
    let member = |name: &str, first: u8| {
        all.iter().find(|(known, value)| known == name && kind(value) == first).map(|(_, value)| *value)
    };
    if let (Some(columns), Some(data)) = (member("columns", b'['), member("data", b'[')) {
        beside(&all, &["columns", "data", "index"], notes);
        return split(text, columns, data);
    }
    if let Some(columns) = member("columns", b'{') {
        beside(&all, &["columns"], notes);
        return of_members(text, members(columns)?, notes);
    }
    let of_kind = |first: u8| all.iter().all(|(_, value)| kind(value) == first);
    if all.is_empty() {
        return Err(RunsError::NoRows.into());
    }
    let holds_records =
        |value: &RawValue| kind(value) == b'[' && value.get()[1..].trim_start().starts_with(['{', '[']);
    if let Some((name, table)) = all.iter().find(|(_, value)| holds_records(value)) {
        beside(&all, &[name], notes);
        return of_items(text, &items(table)?);
    }
    if of_kind(b'[') {
        return columns(text, &all);
    }
    if of_kind(b'{') {
        return by_name(text, &all);
    }
    if all.iter().any(|(_, value)| kind(value) == b'[') {
        let (lists, others): (Vec<_>, Vec<_>) =
            all.iter().cloned().partition(|(_, value)| kind(value) == b'[');
        let names: Vec<&str> = lists.iter().map(|(name, _)| &**name).collect();
        if others.len() < lists.len() {
            beside(&all, &names, notes);
            return columns(text, &lists);
        }
    }
    let mut records = Records::new(text);
    records.row(all, None, 1)?;
    Ok((records.grid, true))
}

/// Says which members of an object are no part of the table.
fn beside(all: &[Member<'_>], read: &[&str], notes: &mut Vec<Warning>) {
    let names: Vec<&str> = all.iter().map(|(name, _)| &**name).filter(|name| !read.contains(name)).collect();
    if !names.is_empty() {
        let message = format!("the table is read from {}; beside it stands {}", list(read), list(&names));
        notes.push(Warning::new("runs.text_beside", message).with("count", names.len()));
    }
}
