//! A column of cells.

use std::borrow::Cow;
use std::fmt;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::units::Amount;

/// A cell: a number in base units, text in the unit grammar, or nothing.
pub type Cell = Option<Amount>;

/// A column of cells. Where all of them are numbers it keeps nothing else, in a third of the memory: columns are long.
#[derive(Clone, Debug, PartialEq)]
pub struct Column(Kept);

/// What is kept; [`Kept::Any`] only where some cell is no number, so that equal columns are kept alike.
#[derive(Clone, Debug, PartialEq)]
enum Kept {
    Numbers(Vec<f64>),
    Any(Vec<Cell>),
}

impl Column {
    /// How many cells there are.
    pub fn len(&self) -> usize {
        match &self.0 {
            Kept::Numbers(numbers) => numbers.len(),
            Kept::Any(cells) => cells.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cell of a row; nothing where it is empty or there is no such row.
    pub fn cell(&self, row: usize) -> Option<Cow<'_, Amount>> {
        match &self.0 {
            Kept::Numbers(numbers) => numbers.get(row).map(|number| Cow::Owned(Amount::Number(*number))),
            Kept::Any(cells) => cells.get(row)?.as_ref().map(Cow::Borrowed),
        }
    }

    /// The cells, in the order of the rows.
    pub fn cells(&self) -> impl Iterator<Item = Option<Cow<'_, Amount>>> {
        (0..self.len()).map(|row| self.cell(row))
    }

    fn push(&mut self, cell: Cell) {
        match (&mut self.0, cell) {
            (Kept::Numbers(numbers), Some(Amount::Number(number))) => numbers.push(number),
            (Kept::Any(cells), cell) => cells.push(cell),
            (Kept::Numbers(numbers), cell) => {
                let number = |number: &f64| Some(Amount::Number(*number));
                self.0 = Kept::Any(numbers.iter().map(number).chain([cell]).collect());
            }
        }
    }
}

impl Default for Column {
    fn default() -> Self {
        Self(Kept::Numbers(Vec::new()))
    }
}

impl FromIterator<Cell> for Column {
    fn from_iter<I: IntoIterator<Item = Cell>>(cells: I) -> Self {
        let mut column = Self::default();
        cells.into_iter().for_each(|cell| column.push(cell));
        column
    }
}

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Kept::Numbers(numbers) => numbers.serialize(serializer),
            Kept::Any(cells) => cells.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ColumnVisitor)
    }
}

struct ColumnVisitor;

impl<'de> Visitor<'de> for ColumnVisitor {
    type Value = Column;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut cells: A) -> Result<Column, A::Error> {
        let mut column = Column::default();
        while let Some(cell) = cells.next_element()? {
            column.push(cell);
        }
        Ok(column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(json: &str) -> Column {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn numbers_are_kept_as_such_until_another_cell_comes() {
        let numbers = column("[1e9,2.5]");
        assert_eq!(numbers.0, Kept::Numbers(vec![1e9, 2.5]));
        let mixed = column("[1e9,null,\"70B\"]");
        let amounts = [Some(Amount::Number(1e9)), None, Some(Amount::from("70B"))];
        assert_eq!(mixed.0, Kept::Any(amounts.to_vec()));
        assert_eq!(mixed, amounts.iter().cloned().collect());
        assert_eq!(mixed.cells().map(|cell| cell.map(Cow::into_owned)).collect::<Vec<_>>(), amounts);
        assert_eq!(numbers.cell(1).as_deref(), Some(&Amount::Number(2.5)));
        assert_eq!((numbers.cell(2), mixed.cell(1), mixed.cell(3)), (None, None, None));
    }

    #[test]
    fn a_column_is_written_as_it_is_read() {
        for json in ["[]", "[1000000000.0,2.5]", "[1000000000.0,null,\"70B\"]"] {
            assert_eq!(serde_json::to_string(&column(json)).unwrap(), json);
        }
    }
}
