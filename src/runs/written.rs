//! A table as delimited text that [`read`](super::read()) reads as the same table, whatever layout it came in.

use std::sync::Arc;

use super::Table;
use super::layout::Delimiter;
use crate::units::Decimal;

/// Where the rows of a table came from, where that is not the text that it is read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The line of its file in which each row begins, from 1.
    pub lines: Vec<usize>,
    /// The files, where there are several, each with its first row.
    pub files: Vec<(String, usize)>,
}

impl Table {
    /// The table as text: comma-separated, or by semicolons where its decimal sign is a comma.
    ///
    /// Cells stand as they were written. Rows without any text are left out, as they are when a text is read.
    ///
    /// ```
    /// use isoflop::runs::{formats, read};
    ///
    /// let json = r#"[{"N": "1B", "D": 2e10, "loss": 2.5}]"#;
    /// let table = formats::open(&[formats::File { name: "runs.json", bytes: json.as_bytes() }])?.table;
    /// assert_eq!(table.to_text(), "N,D,loss\n1B,2e10,2.5\n");
    /// assert_eq!(read(table.to_text())?.runs()?, table.runs()?);
    /// # Ok::<(), isoflop::runs::formats::FileError>(())
    /// ```
    pub fn to_text(&self) -> String {
        let delimiter = match self.layout.decimal {
            Decimal::Comma => Delimiter::Semicolon,
            Decimal::Point => Delimiter::Comma,
        };
        let between = char::from(delimiter.byte());
        let mut text = String::new();
        if self.layout.header {
            write_row(&mut text, self.names().iter().map(String::as_str), between);
        }
        for row in self.written() {
            write_row(&mut text, self.grid.cells(row), between);
        }
        text
    }

    /// The rows that have any text.
    fn written(&self) -> impl Iterator<Item = usize> {
        (0..self.rows()).filter(|row| self.grid.cells(*row).any(|cell| !cell.trim().is_empty()))
    }

    /// Where the rows of [`to_text`](Self::to_text) came from.
    pub fn origin(&self) -> Origin {
        let mut origin = Origin::default();
        for (at, row) in self.written().enumerate() {
            origin.lines.push(self.line(row).unwrap_or(row));
            let file = self.file(row);
            if file != origin.files.last().map(|(name, _)| name.as_str()) {
                origin.files.extend(file.map(|file| (file.to_owned(), at)));
            }
        }
        origin
    }

    /// Says where its rows came from; what is said of another number of rows is not heard.
    pub fn place(&mut self, origin: &Origin) {
        if origin.lines.len() == self.rows() {
            Arc::make_mut(&mut self.grid).place(&origin.lines, &origin.files);
        }
    }

    /// Whether every cell stands in the same place, row by row and line by line, and was laid out alike.
    pub fn is_laid_out_as(&self, other: &Self) -> bool {
        self.layout == other.layout && self.grid == other.grid
    }
}

fn write_row<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>, between: char) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(between);
        }
        write_cell(text, cell);
    }
    text.push('\n');
}

/// Writes a cell, in quotation marks where it could be taken for anything else.
fn write_cell(text: &mut String, cell: &str) {
    let is_plain = |letter: char| !matches!(letter, ',' | ';' | '\t' | '"' | '\n' | '\r');
    if cell.chars().all(is_plain) && !cell.starts_with(['{', '[', '|', '#']) {
        return text.push_str(cell);
    }
    text.push('"');
    text.push_str(&cell.replace('"', "\"\""));
    text.push('"');
}
