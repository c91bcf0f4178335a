//! From the bytes of a file to the records of a table.

use std::borrow::Cow;

use csv::StringRecord;

use super::grid::Grid;
use super::layout::{Delimiter, decimal_of};
use super::{Layout, RunsError, Table};
use crate::units::{Decimal, Expected, Unit, read as read_amount};

/// The most rows of a table.
pub const MAX_ROWS: usize = 1_000_000;
/// The most columns of a table.
pub const MAX_COLUMNS: usize = 1_000;
/// The largest file, 64 MiB.
pub const MAX_BYTES: usize = 64 << 20;

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
    let (grid, header) = delimited(&text, delimiter, None)?;
    table(grid, delimiter, header)
}

/// The table of these cells, if there are any rows.
pub(super) fn table(mut grid: Grid, delimiter: Delimiter, header: bool) -> Result<Table, RunsError> {
    if grid.names.is_empty() {
        return Err(RunsError::Empty);
    }
    if grid.rows() == 0 {
        return Err(RunsError::NoRows);
    }
    grid.close();
    let decimal = match delimiter {
        Delimiter::Comma | Delimiter::Json => Decimal::Point,
        _ => decimal_of((0..grid.rows()).flat_map(|row| grid.cells(row)), delimiter),
    };
    Ok(Table::new(grid, Layout { delimiter, decimal, header }))
}

/// Refuses a file by its size, before anything of it is read.
///
/// # Errors
/// [`RunsError::TooLarge`] above [`MAX_BYTES`].
pub fn check_size(bytes: usize) -> Result<(), RunsError> {
    let refuse = || RunsError::TooLarge { what: "bytes", limit: MAX_BYTES, given: bytes };
    if bytes > MAX_BYTES { Err(refuse()) } else { Ok(()) }
}

/// The text that the bytes of a file hold, in UTF-8 or UTF-16, without its byte order mark.
///
/// # Errors
/// [`RunsError::TooLarge`], [`RunsError::Binary`] or [`RunsError::NotUtf8`].
pub fn text(bytes: &[u8]) -> Result<Cow<'_, str>, RunsError> {
    check_size(bytes.len())?;
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes).map(Cow::Owned),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes).map(Cow::Owned),
        _ => utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).map(Cow::Borrowed),
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, RunsError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(RunsError::Binary { what: "a workbook or an archive: export the sheet as CSV" });
    }
    if bytes.contains(&0) {
        return Err(RunsError::Binary { what: "a binary file" });
    }
    std::str::from_utf8(bytes).map_err(|error| RunsError::NotUtf8 { position: error.valid_up_to() })
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

/// Cuts a text into rows with at least one cell that is not blank, and says whether the first names the columns.
///
/// Lines that begin with the byte `comment` are passed over.
///
/// # Errors
/// [`RunsError::Empty`], [`RunsError::TooLarge`] or [`RunsError::OpenQuote`].
pub(super) fn delimited(
    text: &str,
    delimiter: Delimiter,
    comment: Option<u8>,
) -> Result<(Grid, bool), RunsError> {
    check_columns(text, delimiter.byte())?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.byte())
        .comment(comment)
        .from_reader(text.as_bytes());
    let mut lines = Lines::new(text);
    let mut cells = StringRecord::new();
    let mut begun: Option<(Grid, bool)> = None;
    let mut last = (0, false);
    // Reading from memory, of text known to be UTF-8, into rows of any length: no error is left.
    while reader.read_record(&mut cells).unwrap_or(false) {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let line = lines.of(cells.position().map_or(0, |position| position.byte() as usize));
        last = (line, cells.iter().any(|cell| cell.contains(['\n', '\r'])));
        match &mut begun {
            None => begun = Some(begin(cells.iter(), line)?),
            Some((grid, _)) => {
                cells.iter().for_each(|cell| push_lines(grid, cell));
                grid.end_row(line)?;
            }
        }
    }
    // The last row runs over lines only because its quotation mark is never closed.
    if last.1 && !text.bytes().filter(|byte| *byte == b'"').count().is_multiple_of(2) {
        return Err(RunsError::OpenQuote { line: last.0 });
    }
    begun.ok_or(RunsError::Empty)
}

/// A table whose first row is this, and whether it names the columns: a row of numbers does not.
pub(super) fn begin<'a>(
    first: impl Iterator<Item = &'a str> + Clone,
    line: usize,
) -> Result<(Grid, bool), RunsError> {
    let count = first.clone().count();
    if count > MAX_COLUMNS {
        return Err(RunsError::TooLarge { what: "columns", limit: MAX_COLUMNS, given: count });
    }
    if !is_numeric(first.clone()) {
        return Ok((Grid::new(first.map(|name| name.trim().to_owned()).collect()), true));
    }
    let mut grid = Grid::new((1..=count).map(|column| format!("column {column}")).collect());
    first.for_each(|cell| grid.push(cell));
    grid.end_row(line)?;
    Ok((grid, false))
}

/// Adds a cell, with line feeds alone between its lines.
fn push_lines(grid: &mut Grid, cell: &str) {
    if cell.contains('\r') {
        grid.push(&cell.replace("\r\n", "\n").replace('\r', "\n"));
    } else {
        grid.push(cell);
    }
}

/// Refuses a line of too many cells before it is cut into them.
fn check_columns(text: &str, delimiter: u8) -> Result<(), RunsError> {
    let (mut quoted, mut cells) = (false, 1);
    let refuse = |given| Err(RunsError::TooLarge { what: "columns", limit: MAX_COLUMNS, given });
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if cells > MAX_COLUMNS => return refuse(cells),
            b'\n' | b'\r' => cells = 1,
            _ => cells += usize::from(byte == delimiter && !quoted),
        }
    }
    if cells > MAX_COLUMNS { refuse(cells) } else { Ok(()) }
}

/// Counts the lines of a text up to places that only move on.
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    /// The first line of a text.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line in which the first thing from this byte on begins.
    pub fn of(&mut self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let blank = |byte: &&u8| matches!(byte, b'\n' | b'\r');
        let begin =
            bytes.len().min(start + bytes.get(start..).unwrap_or_default().iter().take_while(blank).count());
        for at in self.at..begin {
            // A carriage return and a line feed end one line.
            let ends = bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
            self.line += usize::from(ends);
        }
        self.at = self.at.max(begin);
        self.line
    }
}

/// Whether every cell of a row that holds something holds a number.
fn is_numeric<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    // No number is longer, and a cell may be as long as its file.
    const LONGEST: usize = 200;
    let comma = Expected::from(Unit::One).decimal(Decimal::Comma);
    let is_amount = |cell: &str| read_amount(cell, Unit::One).or_else(|_| read_amount(cell, comma)).is_ok();
    let is_number = |cell: &str| cell.len() <= LONGEST && is_amount(cell);
    cells.filter(|cell| !cell.trim().is_empty()).all(is_number)
}
