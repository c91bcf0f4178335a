//! Runs as they arrive in JSON: named columns of cells.

use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::cells::Column;
use super::error::list;
use super::row::{check_derived, complete};
use super::{MAX_ROWS, Role, RunsError};
use crate::outcome::Warning;
use crate::units::{Expected, TextFault, UnitError};

/// Named columns of equally many cells.
///
/// ```
/// use isoflop::runs::Columns;
/// use isoflop::units::Unit;
///
/// let columns: Columns = serde_json::from_str(r#"{"N":["1B",7e10],"D":["20B","-3"],"L":[2.5,1.9]}"#)?;
/// let wanted = [("N", Unit::Parameters.into()), ("D", Unit::Tokens.into()), ("L", Unit::NatsPerToken.into())];
///
/// assert_eq!(columns.read(&wanted, &[1])?.columns, [[1e9], [20e9], [2.5]]);
/// assert_eq!(
///     columns.read(&wanted, &[]).unwrap_err().to_string(),
///     "row 1, column \"D\": expected a positive number of tokens such as \"1.4T\"; got \"-3\""
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns(Vec<(String, Column)>);

/// Runs as a Question sends them: columns, and the rows that are left out, from 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// The columns.
    pub columns: Columns,
    /// The rows that are left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows_off: Vec<usize>,
}

/// The numbers of the rows in use.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    /// One column for each that was wanted, in that order.
    pub columns: Vec<Vec<f64>>,
    /// The row, as sent, of each entry.
    pub row: Vec<usize>,
    /// Says which column was not sent and follows from C = 6 N D, if one was.
    pub warnings: Vec<Warning>,
}

impl Columns {
    /// No columns.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a column.
    ///
    /// # Errors
    /// [`RunsError::DuplicateHeader`] if there is one of that name.
    pub fn insert(&mut self, name: impl Into<String>, cells: Column) -> Result<(), RunsError> {
        let column = name.into();
        match self.place(&column) {
            Ok(_) => Err(RunsError::DuplicateHeader { column, places: None }),
            Err(at) => {
                self.0.insert(at, (column, cells));
                Ok(())
            }
        }
    }

    /// The names of the columns, in alphabetical order.
    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The cells of a column.
    pub fn get(&self, name: &str) -> Option<&Column> {
        self.place(name).ok().map(|at| &self.0[at].1)
    }

    /// Where a column stands, or would.
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(name))
    }

    /// How many rows there are.
    ///
    /// # Errors
    /// If there are no columns or no rows, columns differ in length, or there are more than [`MAX_ROWS`].
    pub fn rows(&self) -> Result<usize, RunsError> {
        let (first, cells) = self.0.first().ok_or(RunsError::Empty)?;
        let rows = cells.len();
        if let Some((name, other)) = self.0.iter().find(|(_, other)| other.len() != rows) {
            let (column, other_rows) = (name.clone(), rows);
            return Err(RunsError::UnequalLengths {
                column,
                rows: other.len(),
                other: first.clone(),
                other_rows,
            });
        }
        match rows {
            0 => Err(RunsError::NoRows),
            1..=MAX_ROWS => Ok(rows),
            _ => Err(RunsError::TooLarge { what: "rows", limit: MAX_ROWS, given: rows }),
        }
    }

    /// Reads the wanted columns in every row but those that are off.
    ///
    /// Of `N`, `D` and `C`, one that was not sent follows from the others by C = 6 N D.
    ///
    /// # Errors
    /// If a column is missing or a cell in use is not what its column should hold, with row and column;
    /// if columns differ in length; if `rows_off` names a row that is not there or every row.
    pub fn read(&self, wanted: &[(&str, Expected)], rows_off: &[usize]) -> Result<Values, RunsError> {
        let row = self.rows_on(rows_off)?;
        let mut values = Values { row, ..Values::default() };
        for (name, expected) in wanted {
            let column = if let Some(cells) = self.get(name) {
                numbers(name, cells, *expected, &values.row)?
            } else {
                values.warnings.push(derived_warning(name));
                self.derived(name, &values.row)?
            };
            values.columns.push(column);
        }
        Ok(values)
    }

    /// The rows in use.
    fn rows_on(&self, rows_off: &[usize]) -> Result<Vec<usize>, RunsError> {
        let rows = self.rows()?;
        let mut on = vec![true; rows];
        for row in rows_off.iter().copied() {
            *on.get_mut(row).ok_or(RunsError::NoSuchRow { row, rows })? = false;
        }
        let row: Vec<usize> = (0..rows).filter(|row| on[*row]).collect();
        if row.is_empty() { Err(RunsError::NoneUsable { rows, off: rows, first: None }) } else { Ok(row) }
    }

    /// The column `N`, `D` or `C` that was not sent, from the other two.
    fn derived(&self, name: &str, rows: &[usize]) -> Result<Vec<f64>, RunsError> {
        let three = [("N", Role::Params), ("D", Role::Tokens), ("C", Role::Flops)];
        let missing = || RunsError::Missing { column: name.to_owned(), header: list(&self.names()) };
        let wanted = three.iter().position(|(symbol, _)| *symbol == name).ok_or_else(missing)?;
        let mut columns: [Option<Vec<f64>>; 3] = [None, None, None];
        for (column, (symbol, role)) in columns.iter_mut().zip(three) {
            if let (Some(cells), Some(expected)) = (self.get(symbol), role.expected()) {
                *column = Some(numbers(symbol, cells, expected, rows)?);
            }
        }
        let entry = |(at, row): (usize, &usize)| {
            let given = columns.each_ref().map(|column| column.as_ref().map(|column| column[at]));
            let (three, derived) = complete(given).ok_or_else(missing)?;
            check_derived(three, derived)
                .map_err(|(column, problem)| RunsError::cell(*row, None, column, problem))?;
            Ok(three[wanted])
        };
        rows.iter().enumerate().map(entry).collect()
    }
}

/// The numbers in these rows of a column.
fn numbers(name: &str, cells: &Column, expected: Expected, rows: &[usize]) -> Result<Vec<f64>, RunsError> {
    let nothing = || UnitError::Text {
        expected,
        given: "null".to_owned(),
        found: String::new(),
        position: 0,
        fault: TextFault::Empty,
    };
    let number = |row: &usize| {
        let cell = cells.cell(*row).ok_or_else(nothing).and_then(|amount| amount.read(expected));
        cell.map_err(|problem| RunsError::cell(*row, None, name.to_owned(), problem))
    };
    rows.iter().map(number).collect()
}

fn derived_warning(name: &str) -> Warning {
    let message = format!("column \"{name}\" was not given and follows from C = 6 N D");
    Warning::new("runs.derived", message).with("column", name)
}

impl Serialize for Columns {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, cells)| (name, cells)))
    }
}

impl<'de> Deserialize<'de> for Columns {
    /// Refuses a name that is given twice, of which JSON readers otherwise keep the last.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ColumnsVisitor)
    }
}

struct ColumnsVisitor;

impl<'de> Visitor<'de> for ColumnsVisitor {
    type Value = Columns;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("columns of numbers, such as {\"N\":[1e9,\"70B\"]}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Columns, A::Error> {
        let mut columns = Columns::new();
        while let Some((name, cells)) = map.next_entry::<String, Column>()? {
            columns.insert(name, cells).map_err(A::Error::custom)?;
        }
        Ok(columns)
    }
}
