//! The measured tables, which are not part of the project: some may not be redistributed.
//!
//! `ISOFLOP_DATA` points at their folder, `../shared/data` by default. A test that needs one says when
//! it is skipped, and fails where `ISOFLOP_DATA_REQUIRED=1`.

use std::path::PathBuf;

/// A table by its columns, as text.
pub struct Measured {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Measured {
    /// Reads a table, or says that this test is skipped.
    pub fn read(file: &str) -> Option<Self> {
        let folder = std::env::var_os("ISOFLOP_DATA")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
        let Ok(text) = std::fs::read_to_string(folder.join(file)) else {
            let required = std::env::var("ISOFLOP_DATA_REQUIRED").is_ok_and(|value| value == "1");
            assert!(!required, "{file} is not in {}, and ISOFLOP_DATA_REQUIRED=1", folder.display());
            eprintln!("SKIPPED: {file} is not in {}; set ISOFLOP_DATA to its folder", folder.display());
            return None;
        };
        Some(Self::of(&text))
    }

    /// The table of a text.
    pub fn of(text: &str) -> Self {
        let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        Self { head: lines.next().expect("a head"), rows: lines.collect() }
    }

    /// The rows for which `keep` holds; it is given a way to look up a cell by column.
    pub fn filter(mut self, keep: impl Fn(&dyn Fn(&str) -> String) -> bool) -> Self {
        let head = self.head.clone();
        self.rows.retain(|row| keep(&|column| row[place(&head, column)].clone()));
        self
    }

    /// Reads a table and keeps the rows that a selection asks for: `file?column=value&column>=number`; `last=a,b` keeps
    /// the last row of each run, which those columns tell apart.
    #[allow(dead_code, reason = "not every test that reads tables selects")]
    pub fn select(selection: &str) -> Option<Self> {
        let (file, conditions) = selection.split_once('?').unwrap_or((selection, ""));
        let mut table = Self::read(file)?;
        for condition in conditions.split('&').filter(|text| !text.is_empty()) {
            table = match condition.strip_prefix("last=") {
                Some(columns) => table.last(&columns.split(',').collect::<Vec<_>>()),
                None => table.where_holds(condition),
            };
        }
        Some(table)
    }

    fn last(mut self, columns: &[&str]) -> Self {
        let places: Vec<usize> = columns.iter().map(|column| place(&self.head, column)).collect();
        let key = |row: &Vec<String>| -> Vec<String> { places.iter().map(|&at| row[at].clone()).collect() };
        let keys: Vec<Vec<String>> = self.rows.iter().map(key).collect();
        let mut at = 0;
        self.rows.retain(|_| {
            at += 1;
            !keys[at..].contains(&keys[at - 1])
        });
        self
    }

    fn where_holds(self, condition: &str) -> Self {
        let operators = ["!=", ">=", "<=", "=", ">", "<"];
        let parts = operators.iter().find_map(|op| condition.split_once(op).map(|(a, b)| (a, *op, b)));
        let (column, operator, other) = parts.expect("a comparison");
        let head = self.head.clone();
        self.filter(|cell| {
            let (left, right) = (
                cell(column),
                if head.iter().any(|name| name == other) { cell(other) } else { other.to_owned() },
            );
            match (left.parse::<f64>(), right.parse::<f64>()) {
                (Ok(left), Ok(right)) => match operator {
                    "=" => left == right,
                    "!=" => left != right,
                    ">=" => left >= right,
                    "<=" => left <= right,
                    ">" => left > right,
                    _ => left < right,
                },
                _ => !left.is_empty() && (left == right) == (operator == "="),
            }
        })
    }

    /// The rows as text, the head among them: for tables that have none.
    #[allow(dead_code, reason = "few tables have no head")]
    pub fn rows(&self) -> impl Iterator<Item = &Vec<String>> {
        [&self.head].into_iter().chain(&self.rows)
    }

    /// A column as it stands.
    #[allow(dead_code, reason = "not every test that reads tables asks for texts")]
    pub fn texts(&self, name: &str) -> Vec<String> {
        let at = place(&self.head, name);
        self.rows.iter().map(|row| row[at].clone()).collect()
    }

    /// A column as numbers.
    pub fn column(&self, name: &str) -> Vec<f64> {
        let at = place(&self.head, name);
        self.rows.iter().map(|row| row[at].parse().expect("a number")).collect()
    }
}

fn place(head: &[String], column: &str) -> usize {
    head.iter().position(|name| name == column).expect("the column")
}
