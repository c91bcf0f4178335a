//! Columns that nothing can be fitted to.

use thiserror::Error;

use crate::outcome::{Explain, Place};

/// What is wrong with a column.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ColumnError {
    /// It is not as long as the others.
    #[error("column {column:?}: expected {expected} values, one for each row; got {given}")]
    Lengths {
        /// The column that differs.
        column: String,
        /// The number of rows.
        expected: usize,
        /// Its own length.
        given: usize,
    },
    /// A value that is not finite, or not positive where it must be.
    #[error("row {row}, column {column:?}: expected {expected}; got {given}")]
    Value {
        /// From 0.
        row: usize,
        /// The column.
        column: String,
        /// What kind of number is needed.
        expected: &'static str,
        /// What stands there.
        given: f64,
    },
}

/// What is expected of most columns.
pub(super) const POSITIVE: &str = "a positive number";

/// Whether a number is what [`POSITIVE`] says.
pub(super) fn positive(x: f64) -> bool {
    x > 0.0 && x.is_finite()
}

/// A column of so many values.
pub(super) fn same_length(name: &str, given: usize, expected: usize) -> Result<(), ColumnError> {
    if given == expected {
        return Ok(());
    }
    Err(ColumnError::Lengths { column: name.to_owned(), expected, given })
}

/// A column of good values.
pub(super) fn every(
    name: &str,
    column: &[f64],
    expected: &'static str,
    good: impl Fn(f64) -> bool,
) -> Result<(), ColumnError> {
    match column.iter().position(|x| !good(*x)) {
        None => Ok(()),
        Some(row) => Err(ColumnError::Value { row, column: name.to_owned(), expected, given: column[row] }),
    }
}

impl Explain for ColumnError {
    fn code(&self) -> &'static str {
        match self {
            Self::Lengths { .. } => "fit.lengths",
            Self::Value { .. } => "fit.value",
        }
    }

    fn expected(&self) -> Option<String> {
        match self {
            Self::Lengths { expected, .. } => Some(format!("{expected} values")),
            Self::Value { expected, .. } => Some((*expected).to_owned()),
        }
    }

    fn given(&self) -> Option<String> {
        match self {
            Self::Lengths { given, .. } => Some(format!("{given} values")),
            Self::Value { given, .. } => Some(given.to_string()),
        }
    }

    fn at(&self) -> Place {
        match self {
            Self::Lengths { column, .. } => Place { column: Some(column.clone()), ..Place::default() },
            Self::Value { row, column, .. } => Place::cell(*row, column),
        }
    }
}
