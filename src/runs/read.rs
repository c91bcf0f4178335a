//! From the bytes of a file to the records of a table.

use csv::StringRecord;

use super::layout::{Delimiter, decimal_of};
use super::{Layout, RunsError, Table};
use crate::units::{Decimal, Expected, Unit, read as read_amount};

/// The most rows of a table.
pub const MAX_ROWS: usize = 1_000_000;
/// The most columns of a table.
pub const MAX_COLUMNS: usize = 1_000;
/// The largest file, 64 MiB.
pub const MAX_BYTES: usize = 64 << 20;

/// A record and the line of the file in which it begins, from 1.
pub(super) struct Record {
    pub cells: StringRecord,
    pub line: usize,
}

/// Reads a table of runs from the bytes of a file or pasted text.
///
/// Blank lines, and rows whose cells are all empty, are passed over. Columns get the roles that their
/// names suggest ([`Table::choices`] says where another could be meant); [`Table::assign`] changes that.
///
/// # Errors
/// If this is no table at all: empty, without rows, binary, not UTF-8 (or UTF-16 with its mark), in a
/// layout not read yet, with a quotation mark that is never closed, or above [`MAX_BYTES`], [`MAX_ROWS`] or
/// [`MAX_COLUMNS`]. What is wrong with a row is asked of the table.
pub fn read(bytes: impl AsRef<[u8]>) -> Result<Table, RunsError> {
    let text = text(bytes.as_ref())?;
    if let Some(what) = later_layout(&text) {
        return Err(RunsError::NotYet { what });
    }
    let delimiter = Delimiter::of(&text);
    let mut records = records(&text, delimiter)?;
    let first = records.first().ok_or(RunsError::Empty)?;
    let header = !is_numeric(&first.cells);
    let names = if header { records.remove(0).cells } else { numbered(first.cells.len()) };
    if records.is_empty() {
        return Err(RunsError::NoRows);
    }
    let decimal = match delimiter {
        Delimiter::Semicolon => decimal_of(records.iter().flat_map(|record| record.cells.iter())),
        _ => Decimal::Point,
    };
    Ok(Table::new(&names, records, Layout { delimiter, decimal, header }))
}

/// The text that bytes hold, without its byte order mark and with line feeds alone.
fn text(bytes: &[u8]) -> Result<String, RunsError> {
    if bytes.len() > MAX_BYTES {
        return Err(RunsError::TooLarge { what: "bytes", limit: MAX_BYTES, given: bytes.len() });
    }
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => utf8(bytes)?,
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn utf8(bytes: &[u8]) -> Result<String, RunsError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(RunsError::Binary { what: "a workbook or an archive: export the sheet as CSV" });
    }
    if bytes.contains(&0) {
        return Err(RunsError::Binary { what: "a binary file" });
    }
    let text =
        std::str::from_utf8(bytes).map_err(|error| RunsError::NotUtf8 { position: error.valid_up_to() })?;
    Ok(text.to_owned())
}

/// Reads UTF-16, as a spreadsheet writes "Unicode text".
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, RunsError> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().copied().map(unit).collect();
    let text = String::from_utf16(&units).ok().filter(|text| odd.is_empty() && !text.contains('\0'));
    text.ok_or(RunsError::Binary { what: "a binary file" })
}

/// A layout of tables that is recognised and not read yet.
fn later_layout(text: &str) -> Option<&'static str> {
    match text.trim_start().chars().next()? {
        '{' | '[' => Some("JSON"),
        '|' => Some("Markdown"),
        _ => None,
    }
}

/// Cuts a text into records with at least one cell that is not blank.
fn records(text: &str, delimiter: Delimiter) -> Result<Vec<Record>, RunsError> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.byte())
        .from_reader(text.as_bytes());
    let mut records = Vec::new();
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut cells = StringRecord::new();
    // Reading from memory, of text known to be UTF-8, into rows of any length: no error is left.
    while reader.read_record(&mut cells).unwrap_or(false) {
        let start = cells.position().map_or(0, |position| position.byte() as usize);
        let line = lines.of(start);
        if cells.len() > MAX_COLUMNS {
            return Err(RunsError::TooLarge { what: "columns", limit: MAX_COLUMNS, given: cells.len() });
        }
        if records.len() > MAX_ROWS {
            return Err(RunsError::TooLarge { what: "rows", limit: MAX_ROWS, given: records.len() });
        }
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            records.push(Record { cells: cells.clone(), line });
        }
    }
    match records.last() {
        Some(last) if is_open_quote(text, last) => Err(RunsError::OpenQuote { line: last.line }),
        _ => Ok(records),
    }
}

/// Counts the lines of a text up to places that only move on.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line in which the first record from this byte on begins.
    fn of(&mut self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let blank = bytes.get(start..).unwrap_or_default().iter().take_while(|byte| **byte == b'\n').count();
        let begin = bytes.len().min(start + blank);
        let passed = bytes.get(self.at..begin).unwrap_or_default();
        self.line += passed.split(|byte| *byte == b'\n').count() - 1;
        self.at = begin;
        self.line
    }
}

/// Whether the last record runs over lines only because its quotation mark is never closed.
fn is_open_quote(text: &str, last: &Record) -> bool {
    let quotes = text.bytes().filter(|byte| *byte == b'"').count();
    !quotes.is_multiple_of(2) && last.cells.iter().any(|cell| cell.contains('\n'))
}

/// Whether every cell of a row that holds something holds a number.
fn is_numeric(cells: &StringRecord) -> bool {
    let comma = Expected::from(Unit::One).decimal(Decimal::Comma);
    let is_number = |cell: &str| read_amount(cell, Unit::One).or_else(|_| read_amount(cell, comma)).is_ok();
    cells.iter().filter(|cell| !cell.trim().is_empty()).all(is_number)
}

/// Names for columns that have none.
fn numbered(columns: usize) -> StringRecord {
    (1..=columns).map(|column| format!("column {column}")).collect()
}
