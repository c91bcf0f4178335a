//! Records laid out in columns.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::raw::{Member, cell, kind, members, place};
use super::shape;
use crate::runs::formats::FileError;
use crate::runs::grid::Grid;
use crate::runs::read::Lines;
use crate::runs::{MAX_COLUMNS, RunsError};

/// A record is laid out in columns down to this depth; what lies deeper stays JSON in its cell.
const DEEPEST: usize = 8;

/// What stands in a cell of a record.
#[derive(Clone, Copy)]
enum Slot<'a> {
    Value(&'a RawValue),
    Text(&'a str),
}

/// Records that are laid out in columns as their names appear.
pub(super) struct Records<'a> {
    pub(super) grid: Grid,
    places: BTreeMap<String, usize>,
    lines: Lines<'a>,
    text: &'a str,
}

impl<'a> Records<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { grid: Grid::default(), places: BTreeMap::new(), lines: Lines::new(text), text }
    }

    /// Adds a record, under its name where it has one.
    pub(super) fn push(&mut self, record: &'a RawValue, name: Option<&'a str>) -> Result<(), FileError> {
        if kind(record) != b'{' {
            return Err(shape(record));
        }
        let line = self.lines.of(place(self.text, record));
        self.row(members(record)?, name, line)
    }

    /// Adds the members of a record that begins in this line.
    pub(super) fn row(
        &mut self,
        all: Vec<Member<'a>>,
        name: Option<&'a str>,
        line: usize,
    ) -> Result<(), FileError> {
        let mut slots = Vec::with_capacity(self.grid.names.len());
        if let Some(name) = name {
            self.fill("run", Slot::Text(name), &mut slots)?;
        }
        self.fill_all("", all, &mut slots, 0)?;
        for slot in slots {
            match slot {
                Some(Slot::Value(value)) => self.grid.push(&cell(value)),
                Some(Slot::Text(text)) => self.grid.push(text),
                None => self.grid.push(""),
            }
        }
        Ok(self.grid.end_row(line)?)
    }

    fn fill_all(
        &mut self,
        before: &str,
        all: Vec<Member<'a>>,
        slots: &mut Vec<Option<Slot<'a>>>,
        depth: usize,
    ) -> Result<(), FileError> {
        for (name, value) in all {
            let full = if before.is_empty() { name } else { Cow::Owned(format!("{before}.{name}")) };
            if kind(value) == b'{' && depth < DEEPEST {
                self.fill_all(&full, members(value)?, slots, depth + 1)?;
            } else {
                self.fill(&full, Slot::Value(value), slots)?;
            }
        }
        Ok(())
    }

    /// Puts a cell into the column of its name; a name that comes twice in a record is another column.
    fn fill(
        &mut self,
        name: &str,
        slot: Slot<'a>,
        slots: &mut Vec<Option<Slot<'a>>>,
    ) -> Result<(), FileError> {
        let next = self.grid.names.get(slots.len()).is_some_and(|next| next == name);
        let at = if next { slots.len() } else { self.place(name.trim())? };
        if slots.len() <= at {
            slots.resize(at + 1, None);
        }
        if slots[at].is_some() {
            return self.fill(&format!("{} (2)", name.trim()), slot, slots);
        }
        slots[at] = Some(slot);
        Ok(())
    }

    /// The column of a name, a new one if there is none.
    fn place(&mut self, name: &str) -> Result<usize, FileError> {
        if let Some(at) = self.places.get(name) {
            return Ok(*at);
        }
        let at = self.grid.names.len();
        if at == MAX_COLUMNS {
            return Err(RunsError::TooLarge { what: "columns", limit: MAX_COLUMNS, given: at + 1 }.into());
        }
        self.grid.names.push(name.to_owned());
        self.places.insert(name.to_owned(), at);
        Ok(at)
    }
}
