//! Runs in JSON: a list of records, columns, or one record in each line.
//!
//! Values are cut out of the text as they stand, so a number keeps every digit that was written and nothing is
//! held twice.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::{FileError, clip, list};
use crate::outcome::Warning;
use crate::runs::grid::{Grid, MAX_CELLS};
use crate::runs::read::{Lines, begin};
use crate::runs::{MAX_COLUMNS, MAX_ROWS, RunsError};

/// A record is laid out in columns down to this depth; what lies deeper stays JSON in its cell.
const DEEPEST: usize = 8;

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

/// Puts what is no JSON and yet written for numbers, `NaN` and `Infinity`, in quotation marks.
fn with_quoted_nan(text: &str) -> Cow<'_, str> {
    if !text.contains("NaN") && !text.contains("Infinity") {
        return Cow::Borrowed(text);
    }
    let mut mended = String::with_capacity(text.len() + 64);
    let (mut quoted, mut escaped, mut done) = (false, false, 0);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b'N' | b'I' | b'-' if !quoted && at >= done => {
                let word = ["NaN", "Infinity", "-Infinity", "-NaN"]
                    .into_iter()
                    .find(|word| text[at..].starts_with(word));
                if let Some(word) = word {
                    mended.push_str(&text[done..at]);
                    mended.extend(["\"", word, "\""]);
                    done = at + word.len();
                }
            }
            _ => {}
        }
    }
    mended.push_str(&text[done..]);
    Cow::Owned(mended)
}

/// The members of an object, in their order.
struct Members<'a>(Vec<Member<'a>>);
/// A name and what it names.
type Member<'a> = (Cow<'a, str>, &'a RawValue);
/// The items of an array.
struct Items<'a>(Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Take<'a>(PhantomData<&'a ()>);
        impl<'de: 'a, 'a> Visitor<'de> for Take<'a> {
            type Value = Members<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'a>, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
                    if members.len() > MAX_ROWS {
                        return Err(A::Error::custom("too many members"));
                    }
                    members.push((name.0, value));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Take(PhantomData))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Items<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Take<'a>(PhantomData<&'a ()>);
        impl<'de: 'a, 'a> Visitor<'de> for Take<'a> {
            type Value = Items<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Items<'a>, A::Error> {
                let mut taken = Vec::new();
                while let Some(item) = items.next_element::<&'de RawValue>()? {
                    if taken.len() > MAX_ROWS + 1 {
                        return Err(A::Error::custom("too many rows"));
                    }
                    taken.push(item);
                }
                Ok(Items(taken))
            }
        }
        deserializer.deserialize_seq(Take(PhantomData))
    }
}

/// The name of a member, as it stands in the text where it can.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Take;
        impl<'de> Visitor<'de> for Take {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }
        deserializer.deserialize_str(Take)
    }
}

/// The first byte of a value, which says what it is.
fn kind(value: &RawValue) -> u8 {
    value.get().as_bytes().first().copied().unwrap_or(b'n')
}

fn members(value: &RawValue) -> Result<Vec<Member<'_>>, FileError> {
    serde_json::from_str::<Members>(value.get())
        .map(|members| members.0)
        .map_err(|error| refuse_inside(&error))
}

fn items(value: &RawValue) -> Result<Vec<&RawValue>, FileError> {
    serde_json::from_str::<Items>(value.get()).map(|items| items.0).map_err(|error| refuse_inside(&error))
}

/// JSON that was cut out as JSON can only be refused for its size.
fn refuse_inside(_: &serde_json::Error) -> FileError {
    RunsError::TooLarge { what: "rows", limit: MAX_ROWS, given: MAX_ROWS + 1 }.into()
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

/// Reads names of columns and rows of cells.
fn split(text: &str, names: &RawValue, data: &RawValue) -> Result<(Grid, bool), FileError> {
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
fn columns(text: &str, all: &[Member<'_>]) -> Result<(Grid, bool), FileError> {
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
fn by_name<'a>(text: &'a str, all: &'a [Member<'a>]) -> Result<(Grid, bool), FileError> {
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

/// Reads one record in each line. Lines that hold none are counted, and the first are shown.
fn lines(text: &str, notes: &mut Vec<Warning>) -> Result<(Grid, bool), FileError> {
    let mut records = Records::new(text);
    let mut broken = Vec::new();
    let mut count = 0_usize;
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let problem = match serde_json::from_str::<&RawValue>(line) {
            Ok(value) if kind(value) == b'{' => {
                records.row(members(value)?, None, at + 1)?;
                continue;
            }
            Ok(value) => format!("expected an object; got {}", clip(value.get())),
            Err(error) => format!("expected JSON; {}", said(&error)),
        };
        count += 1;
        if broken.len() < SHOWN {
            broken.push((at + 1, problem));
        }
    }
    if records.grid.rows() == 0 {
        return many(text, notes);
    }
    if let Some((line, problem)) = broken.first() {
        let lines: Vec<usize> = broken.iter().map(|(line, _)| *line).collect();
        let message = format!("{count} lines hold no record; line {line}: {problem}");
        notes.push(Warning::new("runs.lines_unreadable", message).with("count", count).with("lines", lines));
    }
    Ok((records.grid, true))
}

/// How many lines that hold no record are shown.
const SHOWN: usize = 12;

/// Reads records that follow one another over several lines each.
fn many(text: &str, notes: &mut Vec<Warning>) -> Result<(Grid, bool), FileError> {
    let mut records = Records::new(text);
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    for value in values.by_ref() {
        match value {
            Ok(value) if kind(value) == b'{' => records.push(value, None)?,
            Ok(value) => return Err(shape(value)),
            Err(error) if records.grid.rows() == 0 => return Err(refuse(&error)),
            Err(error) => {
                let message = format!("what follows holds no record; {}", refuse(&error));
                notes.push(Warning::new("runs.lines_unreadable", message).with("lines", vec![error.line()]));
                break;
            }
        }
    }
    Ok((records.grid, true))
}

/// The byte of the text at which a value begins.
fn place(text: &str, value: &RawValue) -> usize {
    (value.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// A value as the text of a cell: text as it reads, nothing for null, everything else as it stands.
fn cell(value: &RawValue) -> Cow<'_, str> {
    let raw = value.get();
    match kind(value) {
        b'n' => Cow::Borrowed(""),
        b'"' if raw.contains('\\') => Cow::Owned(serde_json::from_str(raw).unwrap_or_default()),
        b'"' => Cow::Borrowed(&raw[1..raw.len() - 1]),
        _ => Cow::Borrowed(raw),
    }
}

/// What stands in a cell of a record.
#[derive(Clone, Copy)]
enum Slot<'a> {
    Value(&'a RawValue),
    Text(&'a str),
}

/// Records that are laid out in columns as their names appear.
struct Records<'a> {
    grid: Grid,
    places: BTreeMap<String, usize>,
    lines: Lines<'a>,
    text: &'a str,
}

impl<'a> Records<'a> {
    fn new(text: &'a str) -> Self {
        Self { grid: Grid::default(), places: BTreeMap::new(), lines: Lines::new(text), text }
    }

    /// Adds a record, under its name where it has one.
    fn push(&mut self, record: &'a RawValue, name: Option<&'a str>) -> Result<(), FileError> {
        if kind(record) != b'{' {
            return Err(shape(record));
        }
        let line = self.lines.of(place(self.text, record));
        self.row(members(record)?, name, line)
    }

    /// Adds the members of a record that begins in this line.
    fn row(&mut self, all: Vec<Member<'a>>, name: Option<&'a str>, line: usize) -> Result<(), FileError> {
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
