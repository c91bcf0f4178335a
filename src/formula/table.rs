//! Tables that a law looks things up in, and the lookups.

use std::sync::Arc;

use super::FormulaError;
use super::syntax::Formula;

/// The most rows of a table.
pub const MAX_ROWS: usize = 10_000;

/// A table of two columns: `y` at rising `x`. Its source is the law's to say.
///
/// # Example
/// ```
/// use isoflop::formula::{Formula, Leaf, Order, Program, Table};
/// let heads = Table::new(vec![512.0, 1024.0, 2048.0], vec![8.0, 16.0, 32.0])?;
/// let formula = Formula::parse("interp(heads, width)")?.with_tables(&[("heads", heads)]);
/// let program = Program::compile(&formula, &[("width", Leaf::Scalar)], &[], Order::Value)?;
/// let mut value = [0.0];
/// program.bind(&[]).values(&[768.0], &[], &mut value);
/// assert_eq!(value[0], 12.0);
/// # Ok::<(), isoflop::formula::FormulaError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub(super) xs: Vec<f64>,
    pub(super) ys: Vec<f64>,
}

/// A table that a formula names, and its rows once they are given.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NamedTable {
    pub name: String,
    pub table: Option<Arc<Table>>,
}

/// What is asked of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lookup {
    /// The last row at or before `x`.
    Step,
    /// On the line between the rows around `x`.
    Interp,
    /// The slope of that line; not of the language.
    Slope,
}

impl Table {
    /// A table of these columns.
    ///
    /// # Errors
    /// [`FormulaError::Rows`] without two rows, with more than [`MAX_ROWS`], or with columns of different
    /// lengths; [`FormulaError::Row`] at the first number that is not finite or does not rise.
    pub fn new(xs: Vec<f64>, ys: Vec<f64>) -> Result<Self, FormulaError> {
        if xs.len() != ys.len() || !(2..=MAX_ROWS).contains(&xs.len()) {
            return Err(FormulaError::Rows { most: MAX_ROWS, xs: xs.len(), ys: ys.len() });
        }
        let before = std::iter::once(f64::NEG_INFINITY).chain(xs.iter().copied());
        for (row, ((&x, &y), before)) in xs.iter().zip(&ys).zip(before).enumerate() {
            if !x.is_finite() || !y.is_finite() || x <= before {
                return Err(FormulaError::Row { row, x, y });
            }
        }
        Ok(Self { xs, ys })
    }

    /// Its rows, x rising.
    pub fn rows(&self) -> impl Iterator<Item = (f64, f64)> {
        self.xs.iter().copied().zip(self.ys.iter().copied())
    }

    /// The value looked up at `x`; NaN before the first row and after the last.
    pub(super) fn look_up(&self, lookup: Lookup, x: f64) -> f64 {
        let row = self.xs.partition_point(|&known| known <= x);
        let last = self.xs.len() - 1;
        if row == 0 || x.is_nan() || x > self.xs[last] {
            return f64::NAN;
        }
        let row = row - 1;
        // At a row the line to the next one counts, at the last the line to it.
        let start = if row == last { last - 1 } else { row };
        let slope = (self.ys[start + 1] - self.ys[start]) / (self.xs[start + 1] - self.xs[start]);
        match lookup {
            Lookup::Step => self.ys[row],
            Lookup::Interp => self.ys[row] + (x - self.xs[row]) * slope,
            Lookup::Slope => slope,
        }
    }
}

impl Formula {
    /// The names of the tables that it looks things up in, in order of appearance.
    pub fn tables(&self) -> Vec<&str> {
        self.tables.iter().map(|table| table.name.as_str()).collect()
    }

    /// The formula with its tables. A name that it does not use is passed over.
    #[must_use]
    pub fn with_tables(&self, tables: &[(&str, Table)]) -> Self {
        let mut formula = self.clone();
        for named in &mut formula.tables {
            if let Some((_, table)) = tables.iter().find(|(name, _)| *name == named.name) {
                named.table = Some(Arc::new(table.clone()));
            }
        }
        formula
    }
}
