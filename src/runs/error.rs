//! Why a table, or a row of one, cannot be used.

use super::Role;
use crate::outcome::{Explain, Place};
use crate::units::{TextFault, UnitError, ValueFault, ascii};

/// Why a table, or a row of one, cannot be used.
///
/// `row` counts from 0 as sent; `line` is the line of the file as an editor numbers it, where there is a
/// file, and is the one that the message says.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunsError {
    /// Nothing but space.
    #[error("expected a table of runs, a header and then one run per row; got nothing")]
    Empty,
    /// A header, and no rows.
    #[error("expected one run per row below the header; the table has no rows")]
    NoRows,
    /// A file that is no text.
    #[error("expected text, such as CSV; this is {what}")]
    Binary {
        /// What the file seems to be.
        what: &'static str,
    },
    /// Text in another encoding.
    #[error("expected text in UTF-8; byte {} of the file is not: save it again as UTF-8", position + 1)]
    NotUtf8 {
        /// The first byte that is not UTF-8, from 0.
        position: usize,
    },
    /// A layout that a later version reads.
    #[error("expected comma-, tab- or semicolon-separated text; {what} cannot be read yet")]
    NotYet {
        /// The layout.
        what: &'static str,
    },
    /// More than a table may hold.
    #[error("expected at most {limit} {what} in a table; got {given}")]
    TooLarge {
        /// What is too many: `rows`, `columns` or `bytes`.
        what: &'static str,
        /// The most there may be.
        limit: usize,
        /// How many there are, or were when reading stopped.
        given: usize,
    },
    /// A quotation mark that swallows the rest of the file.
    #[error("row {line}: a quotation mark is opened and never closed")]
    OpenQuote {
        /// The line it is in.
        line: usize,
    },
    /// The first row holds numbers and no names.
    #[error("expected a header in the first row; it holds numbers, so say which column is which")]
    NoHeader,
    /// No column has a role that is needed.
    #[error(
        "expected a column for loss and two of size, tokens and FLOPs; no column is read as {missing}, \
         and the header has {header}"
    )]
    NoColumn {
        /// The roles that no column has.
        missing: String,
        /// The names there are.
        header: String,
    },
    /// Two columns of one name, where one is needed.
    #[error("expected one column \"{column}\"; {} this name", both(*places))]
    DuplicateHeader {
        /// The name.
        column: String,
        /// Two columns of that name, from 0, where columns have an order.
        places: Option<[usize; 2]>,
    },
    /// A column that is not there.
    #[error("expected a column below {columns}; got {column}")]
    NoSuchColumn {
        /// The column asked for, from 0.
        column: usize,
        /// How many there are.
        columns: usize,
    },
    /// A row that is not there.
    #[error("expected a row below {rows}; got {row}")]
    NoSuchRow {
        /// The row asked for.
        row: usize,
        /// How many there are.
        rows: usize,
    },
    /// A column that the runs lack.
    #[error("expected a column \"{column}\"; the runs have {header}")]
    Missing {
        /// The column.
        column: String,
        /// The names there are.
        header: String,
    },
    /// Columns of different lengths.
    #[error("expected columns of one length; \"{other}\" has {other_rows} rows and \"{column}\" has {rows}")]
    UnequalLengths {
        /// A column.
        column: String,
        /// Its length.
        rows: usize,
        /// The first column.
        other: String,
        /// The length of that one.
        other_rows: usize,
    },
    /// A cell that is not what its column holds.
    #[error("row {}, column \"{column}\": {problem}", line.unwrap_or(*row))]
    Cell {
        /// The row.
        row: usize,
        /// The line of the file.
        line: Option<usize>,
        /// The column.
        column: String,
        /// What is wrong with it.
        problem: Box<UnitError>,
    },
    /// A row that is longer than the header.
    #[error("row {line}: expected {columns} cells, one for each column of the header; got {cells}")]
    Ragged {
        /// The row.
        row: usize,
        /// The line of the file.
        line: usize,
        /// The cells it has.
        cells: usize,
        /// The columns of the header.
        columns: usize,
    },
    /// Rows, but none that can be used.
    #[error("{}", none_usable(*rows, *off, first.as_deref()))]
    NoneUsable {
        /// How many rows there are.
        rows: usize,
        /// How many of them are switched off.
        off: usize,
        /// Why the first unreadable row cannot be used.
        first: Option<Box<Self>>,
    },
    /// A single run.
    #[error("expected several runs; got one, and a law cannot be told from one point")]
    OneRow,
    /// Fewer runs than the law has free parameters.
    #[error("expected at least {parameters} runs, one for each free parameter of the law; got {rows}")]
    TooFew {
        /// The runs.
        rows: usize,
        /// The free parameters.
        parameters: usize,
    },
    /// One loss in every row.
    #[error(
        "column \"{column}\": expected losses that differ; all {rows} rows have {}, so there is nothing to fit",
        ascii(*value)
    )]
    ConstantLoss {
        /// The column.
        column: String,
        /// The loss.
        value: f64,
        /// How many runs.
        rows: usize,
    },
    /// One value of an input in every row, such as models of one size.
    #[error(
        "column \"{column}\": expected runs that differ in {what}; all {rows} rows have {}, so its effect \
         cannot be told",
        ascii(*value)
    )]
    OneValue {
        /// The column.
        column: String,
        /// What the column holds, such as `size`.
        what: String,
        /// The value.
        value: f64,
        /// How many runs.
        rows: usize,
    },
}

impl RunsError {
    /// The error of a cell.
    pub(super) fn cell(row: usize, line: Option<usize>, column: String, problem: UnitError) -> Self {
        Self::Cell { row, line, column, problem: Box::new(problem) }
    }

    /// The error of columns that lack these roles.
    pub(super) fn no_column(missing: &[Role], header: &[String]) -> Self {
        let missing = missing.iter().map(|role| role.words()).collect::<Vec<_>>().join(" or ");
        Self::NoColumn { missing, header: list(header) }
    }
}

impl Explain for RunsError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "runs.empty",
            Self::NoRows => "runs.no_rows",
            Self::Binary { .. } => "runs.binary",
            Self::NotUtf8 { .. } => "runs.not_utf8",
            Self::NotYet { .. } => "runs.not_yet",
            Self::TooLarge { .. } => "runs.too_large",
            Self::OpenQuote { .. } => "runs.open_quote",
            Self::NoHeader => "runs.no_header",
            Self::NoColumn { .. } | Self::Missing { .. } => "runs.no_column",
            Self::DuplicateHeader { .. } => "runs.duplicate_header",
            Self::NoSuchColumn { .. } => "runs.no_such_column",
            Self::NoSuchRow { .. } => "runs.no_such_row",
            Self::UnequalLengths { .. } => "runs.unequal_lengths",
            Self::Cell { problem, .. } => cell_code(problem),
            Self::Ragged { .. } => "runs.ragged",
            Self::NoneUsable { .. } => "runs.none_usable",
            Self::OneRow => "runs.one_row",
            Self::TooFew { .. } => "runs.too_few",
            Self::ConstantLoss { .. } => "runs.constant_loss",
            Self::OneValue { .. } => "runs.one_value",
        }
    }

    fn expected(&self) -> Option<String> {
        match self {
            Self::Cell { problem, .. } => problem.expected(),
            Self::NoneUsable { first: Some(first), .. } => first.expected(),
            Self::Missing { column, .. } => Some(format!("a column \"{column}\"")),
            Self::TooFew { parameters, .. } => Some(format!("at least {parameters} runs")),
            Self::TooLarge { what, limit, .. } => Some(format!("at most {limit} {what}")),
            Self::OneRow => Some("several runs".to_owned()),
            _ => None,
        }
    }

    fn given(&self) -> Option<String> {
        match self {
            Self::Cell { problem, .. } => problem.given(),
            Self::NoneUsable { first: Some(first), .. } => first.given(),
            Self::TooFew { rows, .. } => Some(rows.to_string()),
            Self::TooLarge { given, .. } => Some(given.to_string()),
            Self::ConstantLoss { value, .. } | Self::OneValue { value, .. } => Some(ascii(*value)),
            Self::OneRow => Some("1".to_owned()),
            _ => None,
        }
    }

    fn unit(&self) -> Option<&'static str> {
        match self {
            Self::Cell { problem, .. } => problem.unit(),
            Self::NoneUsable { first: Some(first), .. } => first.unit(),
            _ => None,
        }
    }

    fn at(&self) -> Place {
        match self {
            Self::Cell { row, column, .. } => Place::cell(*row, column.clone()),
            Self::Ragged { row, .. } | Self::NoSuchRow { row, .. } => {
                Place { row: Some(*row), ..Place::default() }
            }
            Self::NoneUsable { first: Some(first), .. } => first.at(),
            Self::Missing { column, .. }
            | Self::DuplicateHeader { column, .. }
            | Self::UnequalLengths { column, .. }
            | Self::ConstantLoss { column, .. }
            | Self::OneValue { column, .. } => Place { column: Some(column.clone()), ..Place::default() },
            Self::NotUtf8 { position } => Place::position(*position),
            _ => Place::default(),
        }
    }
}

/// The code of a cell's fault.
fn cell_code(problem: &UnitError) -> &'static str {
    match problem {
        UnitError::Value { fault: ValueFault::NotPositive | ValueFault::Negative, .. } => "runs.not_positive",
        UnitError::Value { fault: ValueFault::NotFinite, .. } => "runs.not_finite",
        UnitError::Value { .. } => "runs.out_of_range",
        UnitError::Text { fault: TextFault::Empty, .. } => "runs.missing",
        _ => "runs.not_a_number",
    }
}

/// The columns that share a name.
fn both(places: Option<[usize; 2]>) -> String {
    places.map_or_else(
        || "two have".to_owned(),
        |[first, second]| format!("columns {} and {} both have", first + 1, second + 1),
    )
}

/// Why no row can be used.
fn none_usable(rows: usize, off: usize, first: Option<&RunsError>) -> String {
    let unreadable = rows - off;
    match first {
        Some(first) if off == 0 => format!("none of the {rows} rows can be used; {first}"),
        Some(first) => {
            format!("{off} rows are switched off, and none of the other {unreadable} can be used; {first}")
        }
        None => format!("all {rows} rows are switched off"),
    }
}

/// Names in quotes; the first dozen.
pub(super) fn list<S: AsRef<str>>(names: &[S]) -> String {
    const MOST: usize = 12;
    let mut shown: Vec<String> =
        names.iter().take(MOST).map(|name| format!("\"{}\"", name.as_ref())).collect();
    if names.len() > MOST {
        shown.push(format!("and {} more", names.len() - MOST));
    }
    if shown.is_empty() { "none".to_owned() } else { shown.join(", ") }
}
