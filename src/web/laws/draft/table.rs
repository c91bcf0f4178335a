//! The tables that a formula looks things up in, as one types them.

use super::Draft;
use crate::formula::{Formula, MAX_ROWS};
use crate::units::{self, Unit};

/// A table, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableText {
    /// Its name in the formula.
    pub name: String,
    /// Its rows: x and y, with a comma, a tab or a space between.
    pub rows: String,
}

impl TableText {
    /// The columns x and y. A first row that is no numbers is a heading.
    ///
    /// # Errors
    /// What is wrong, in a sentence, with the row.
    pub fn read(&self) -> Result<(Vec<f64>, Vec<f64>), String> {
        let (mut x, mut y): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
        let rows = self.rows.lines().enumerate().filter(|(_, row)| !row.trim().is_empty());
        for (nth, (at, row)) in rows.enumerate() {
            let at = at + 1;
            let cells: Vec<&str> = row.split([',', ';', '\t', ' ']).filter(|cell| !cell.is_empty()).collect();
            let read: Vec<_> = cells.iter().map(|cell| units::read(cell, Unit::One)).collect();
            if nth == 0 && !read.is_empty() && read.iter().all(Result::is_err) {
                continue;
            }
            let [first, second] = read.as_slice() else {
                let count = cells.len();
                return Err(format!("Row {at}: expected two numbers, x and y; got {count}."));
            };
            for (cell, read) in cells.iter().zip([first, second]) {
                if read.is_err() {
                    return Err(format!("Row {at}: expected a number such as 0.5; got “{cell}”."));
                }
            }
            let value =
                |read: &Result<units::Read, units::UnitError>| read.as_ref().map_or(0.0, |read| read.value);
            if let Some(before) = x.last().filter(|before| **before >= value(first)) {
                return Err(format!(
                    "Row {at}: expected x to rise from row to row; {} follows {}.",
                    cells[0],
                    units::ascii(*before)
                ));
            }
            x.push(value(first));
            y.push(value(second));
        }
        match x.len() {
            0 => Err("Paste two columns, x and y: a row for each pair.".to_owned()),
            1 => Err("Expected two rows or more; got one.".to_owned()),
            rows if rows > MAX_ROWS => Err(format!("Expected at most {MAX_ROWS} rows; got {rows}.")),
            _ => Ok((x, y)),
        }
    }
}

impl Draft {
    /// Makes room for new tables of a formula, and puts all in its order.
    pub(super) fn meet_tables(&mut self, formula: &Formula) {
        let mut old = std::mem::take(&mut self.tables);
        for name in formula.tables() {
            let known = old.iter().position(|table| table.name == name).map(|at| old.remove(at));
            let new = || TableText { name: name.to_owned(), rows: String::new() };
            self.tables.push(known.unwrap_or_else(new));
        }
        self.tables.extend(old);
    }

    /// The tables of the formula; of the formula last met, where it has a mistake now.
    pub fn known_tables(&self) -> impl Iterator<Item = &TableText> {
        let names: Option<Vec<String>> =
            self.read().ok().map(|read| read.tables().into_iter().map(str::to_owned).collect());
        self.tables.iter().filter(move |table| names.as_ref().is_none_or(|names| names.contains(&table.name)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::whole;
    use super::*;

    #[test]
    fn a_mistake_in_a_table_is_pointed_at_in_its_row() {
        let read = |rows: &str| TableText { name: "T".to_owned(), rows: rows.to_owned() }.read();
        assert_eq!(read("x y\n1 2\n3 4"), Ok((vec![1.0, 3.0], vec![2.0, 4.0])));
        for (rows, why) in [
            ("", "Paste two columns"),
            ("1, 2", "Expected two rows or more; got one."),
            ("1, 2\n2", "Row 2: expected two numbers, x and y; got 1."),
            ("1, 2\n2, two", "Row 2: expected a number such as 0.5; got “two”."),
            ("1, 2\n\n1, 3", "Row 3: expected x to rise from row to row; 1 follows 1."),
        ] {
            let said = read(rows).unwrap_err();
            assert!(said.starts_with(why), "{said}");
        }
        let mut draft = whole();
        draft.tables[0].rows.push_str("\n1, 1");
        assert_eq!(draft.law(), None);
    }
}
