//! Runs as people have them: every layout that tools write, and several files at once.
//!
//! [`open`] reads CSV with comma, tab, semicolon, bar or spaces between cells, Markdown, JSON, NDJSON, and what Weights &
//! Biases and TensorBoard export. Each becomes the same table; what was done on the way is said in notes.
//!
//! ```
//! use isoflop::runs::formats::{File, open};
//!
//! let text = "| N | D | loss |\n|--:|--:|-----|\n| 1B | 20B | 2.58 |\n| 7B | **140B** | 2.20 |\n";
//! let opened = open(&[File { name: "pasted", bytes: text.as_bytes() }])?;
//! assert_eq!(opened.table.runs()?.d, [20e9, 140e9]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`read`](super::read()) is the lean door for delimited text alone, and nothing behind it names this module.

mod error;
mod exports;
mod files;
mod json;
mod lined;

pub use error::FileError;

use super::grid::Grid;
use super::layout::Delimiter;
use super::read::{check_size, delimited, table, text};
use super::{RunsError, Table};
use crate::outcome::Warning;
use crate::units::clip;

/// A file, or what was pasted.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
}

/// A table that was read, and what its reader should know of how.
pub struct Opened {
    /// The table.
    pub table: Table,
    /// What was done to make a table of it, and what stands beside the table and was not read.
    pub notes: Vec<Warning>,
}

/// A table of one file before it is put together with others.
struct Part {
    name: String,
    grid: Grid,
    delimiter: Delimiter,
    header: bool,
}

/// Reads the files as one table of runs.
///
/// Files with the same columns are stacked, with the file as a column; a file that has one row per run is joined to
/// one that has many. Nothing of a file is lost: columns that nothing reads stay in the table, and text that stands
/// beside it is counted in the notes.
///
/// # Errors
/// Which file is no table, and why; a file above [`MAX_BYTES`](super::MAX_BYTES) before anything of it is read.
pub fn open(files: &[File]) -> Result<Opened, FileError> {
    check_size(files.iter().map(|file| file.bytes.len()).sum())?;
    let mut notes = Vec::new();
    let mut parts = Vec::new();
    for file in files {
        let found = read_one(file, &mut notes);
        match found.and_then(|found| if has_rows(&found) { Ok(found) } else { Err(RunsError::NoRows.into()) })
        {
            Ok(found) => parts.extend(found),
            Err(error) if files.len() > 1 => return Err(error.in_file(file.name)),
            Err(error) => return Err(error),
        }
    }
    let parts = exports::rearrange(parts, &mut notes)?;
    let part = files::together(parts, &mut notes)?;
    Ok(Opened { table: table(part.grid, part.delimiter, part.header)?, notes })
}

/// Whether every table has rows.
fn has_rows(parts: &[Part]) -> bool {
    parts.iter().all(|part| part.grid.rows() > 0)
}

/// The tables of one file.
fn read_one(file: &File, notes: &mut Vec<Warning>) -> Result<Vec<Part>, FileError> {
    let text = text(file.bytes)?;
    let part = |(grid, header): (Grid, bool), delimiter| Part {
        name: file.name.to_owned(),
        grid,
        delimiter,
        header,
    };
    if text.trim_start().starts_with(['{', '[']) && !lined::is_delimited(&text) {
        return Ok(vec![part(json::read(&text, notes)?, Delimiter::Json)]);
    }
    let tables = lined::markdown(&text, notes)?;
    if !tables.is_empty() {
        return Ok(tables.into_iter().map(|table| part(table, Delimiter::Bar)).collect());
    }
    let stripped = lined::without_separator_line(&text);
    let comments = lined::Comments::of(stripped.text);
    comments.note(notes);
    let text = comments.apply(stripped.text);
    let delimiter = stripped.delimiter.unwrap_or_else(|| lined::delimiter(&text, comments.mark()));
    let read = if delimiter == Delimiter::Space {
        lined::spaced(&text, comments.mark())?
    } else {
        delimited(&text, delimiter, comments.mark())?
    };
    Ok(vec![part(read, delimiter)])
}

/// The refusal of nothing at all.
fn empty() -> FileError {
    RunsError::Empty.into()
}

/// Names in quotes, the first dozen.
fn list(names: &[&str]) -> String {
    let clipped: Vec<String> = names.iter().map(|name| clip(name)).collect();
    crate::runs::error::list(&clipped)
}
