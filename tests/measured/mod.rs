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
        let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        Some(Self { head: lines.next()?, rows: lines.collect() })
    }

    /// The rows for which `keep` holds; it is given a way to look up a cell by column.
    pub fn filter(mut self, keep: impl Fn(&dyn Fn(&str) -> String) -> bool) -> Self {
        let head = self.head.clone();
        self.rows.retain(|row| keep(&|column| row[place(&head, column)].clone()));
        self
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
