//! The one form that every layout is read into: names, and cells as text in their place.

use super::{MAX_COLUMNS, MAX_ROWS, RunsError};

/// The most text that the cells of a table may hold together, 256 MiB: a layout that repeats the name of a run
/// in every row can hold more than its file.
const MAX_TEXT: usize = 256 << 20;

/// The most cells of a table.
pub(super) const MAX_CELLS: usize = 1 << 25;

/// Names of columns, and rows of cells as they were written. All cells share one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Grid {
    /// The names of the columns.
    pub names: Vec<String>,
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<u32>,
    /// How many cells there are up to the end of each row.
    rows: Vec<u32>,
    /// The line of its file in which each row begins, from 1.
    lines: Vec<u32>,
    /// The files, where there are several: each with its first row.
    files: Vec<(String, usize)>,
}

impl Grid {
    /// No rows, below these names.
    pub fn new(names: Vec<String>) -> Self {
        Self { names, ..Self::default() }
    }

    /// Adds a cell to the row that is being written.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len() as u32);
    }

    /// Adds cells to the row that is being written.
    pub fn push_all<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        for cell in cells {
            self.push(cell.as_ref());
        }
    }

    /// Ends the row that is being written; it began in this line.
    ///
    /// # Errors
    /// [`RunsError::TooLarge`].
    pub fn end_row(&mut self, line: usize) -> Result<(), RunsError> {
        let cells = self.ends.len() - self.cells_before(self.rows());
        let refuse = |what, limit, given| Err(RunsError::TooLarge { what, limit, given });
        if cells > MAX_COLUMNS {
            return refuse("columns", MAX_COLUMNS, cells);
        }
        if self.rows() == MAX_ROWS {
            return refuse("rows", MAX_ROWS, MAX_ROWS + 1);
        }
        if self.ends.len() > MAX_CELLS {
            return refuse("cells", MAX_CELLS, self.ends.len());
        }
        if self.text.len() > MAX_TEXT {
            return refuse("bytes", MAX_TEXT, self.text.len());
        }
        self.rows.push(self.ends.len() as u32);
        self.lines.push(line as u32);
        Ok(())
    }

    /// Writes another text into a cell; a row that ends before it becomes longer.
    pub fn set(&mut self, row: usize, column: usize, cell: &str) {
        let missing = (column + 1).saturating_sub(self.width(row));
        let after = self.cells_before(row + 1);
        let end = after.checked_sub(1).map_or(0, |last| self.ends[last]);
        self.ends.splice(after..after, std::iter::repeat_n(end, missing));
        for cells in &mut self.rows[row..] {
            *cells += missing as u32;
        }
        let at = self.cells_before(row) + column;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        let before = self.ends[at] as usize - start;
        self.text.replace_range(start..start + before, cell);
        for end in &mut self.ends[at..] {
            *end = *end - before as u32 + cell.len() as u32;
        }
    }

    /// Gives back the room for cells that do not come any more.
    pub fn close(&mut self) {
        self.text.shrink_to_fit();
        for places in [&mut self.ends, &mut self.rows, &mut self.lines] {
            places.shrink_to_fit();
        }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// How many cells a row has.
    pub fn width(&self, row: usize) -> usize {
        self.cells_before(row + 1) - self.cells_before(row)
    }

    /// The text of a cell, if the row has it.
    pub fn get(&self, row: usize, column: usize) -> Option<&str> {
        if row >= self.rows() || column >= self.width(row) {
            return None;
        }
        let at = self.cells_before(row) + column;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        Some(&self.text[start..self.ends[at] as usize])
    }

    /// The text of a cell; nothing where the row ends before it.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.get(row, column).unwrap_or_default()
    }

    /// The cells of a row.
    pub fn cells(&self, row: usize) -> impl Iterator<Item = &str> {
        (0..self.width(row)).map(move |column| self.cell(row, column))
    }

    /// The line of its file in which a row begins.
    pub fn line(&self, row: usize) -> Option<usize> {
        self.lines.get(row).map(|line| *line as usize)
    }

    /// Says that the rows from here on are of this file.
    pub fn begin_file(&mut self, name: &str) {
        self.files.push((name.to_owned(), self.rows()));
    }

    /// The file that a row is of, where there are several.
    pub fn file(&self, row: usize) -> Option<&str> {
        let after = self.files.partition_point(|(_, first)| *first <= row);
        after.checked_sub(1).map(|at| self.files[at].0.as_str())
    }

    /// Says in which lines of which files the rows begin.
    pub fn place(&mut self, lines: &[usize], files: &[(String, usize)]) {
        self.lines = lines.iter().map(|line| *line as u32).collect();
        self.files = files.to_vec();
    }

    /// Whether a row goes on behind the last column: its cells may all have moved.
    pub fn is_ragged(&self, row: usize) -> bool {
        (self.names.len()..self.width(row)).any(|column| !self.cell(row, column).trim().is_empty())
    }

    fn cells_before(&self, row: usize) -> usize {
        row.checked_sub(1).and_then(|before| self.rows.get(before)).map_or(0, |cells| *cells as usize)
    }
}
