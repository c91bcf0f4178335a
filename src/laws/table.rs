//! Tables of numbers that a law looks things up in.

use crate::formula::{FormulaError, Table};
use crate::provenance::{ReadIn, Source};

/// Two columns of a printed table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SourcedTable {
    /// The name in the formula.
    pub name: &'static str,
    /// What is looked up, rising.
    pub x: &'static [f64],
    /// What is found there.
    pub y: &'static [f64],
    /// Where the numbers stand.
    pub source: Source,
    /// How their digits were read.
    pub read_in: ReadIn,
}

impl SourcedTable {
    /// Its rows, for a formula.
    ///
    /// # Errors
    /// What is wrong with them; the tests of the registry read every one.
    pub fn rows(&self) -> Result<Table, FormulaError> {
        Table::new(self.x.to_vec(), self.y.to_vec())
    }
}
