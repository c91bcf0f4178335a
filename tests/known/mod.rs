//! Rows of `tests/oracles/*.csv` that say of a table, a law and a loss what is known of the fit.

#![allow(dead_code, reason = "not every test that reads rows asks for all of them")]

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::measured::Measured;

/// One row, by its columns.
pub struct Known(BTreeMap<String, String>);

impl Known {
    /// The rows of a file of `tests/oracles`, which scripts/oracles/fits.py writes.
    pub fn read(file: &str) -> Vec<Self> {
        let mut reader = csv::Reader::from_path(format!("tests/oracles/{file}")).unwrap();
        reader.deserialize().map(|row| Self(row.unwrap())).collect()
    }

    /// A cell; empty where the file has no such column.
    pub fn cell(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// A cell of several `name=text`.
    pub fn pairs(&self, name: &str, between: char) -> Vec<(&str, &str)> {
        let parts = self.cell(name).split(between).filter(|text| !text.is_empty());
        parts.map(|text| text.split_once('=').expect("a name and what it is")).collect()
    }

    /// Where this stands in the sheet, and what it is of.
    pub fn label(&self) -> String {
        ["section", "table", "shape", "of"].map(|name| self.cell(name)).join(" ")
    }

    /// The parameters by name, from values of which some are logarithms.
    pub fn parameters(&self) -> BTreeMap<&str, f64> {
        let value = |(name, text)| parameter(name, text);
        self.pairs("values", ';').into_iter().map(value).collect()
    }

    /// The Question that fits the law to the table; nothing where that is not there.
    pub fn question(&self) -> Option<Value> {
        let table = Measured::select(self.cell("table"))?;
        let inputs = self.pairs("columns", ',');
        let response = [("L", self.cell("response"))];
        let runs: BTreeMap<&str, Vec<f64>> =
            inputs.iter().chain(&response).map(|(name, column)| (*name, table.column(column))).collect();
        let mut loss = match self.cell("shape").split_once(' ') {
            Some((_, threshold)) => json!({"huber": threshold.parse::<f64>().expect("a threshold")}),
            None => json!({ self.cell("shape"): true }),
        };
        loss["of"] = self.cell("of").into();
        let law = json!({"formula": self.cell("formula")});
        Some(json!({"fit": {"law": law, "runs": runs, "loss": loss}}))
    }
}

/// A parameter of which a row has the value, or the logarithm.
fn parameter<'a>(name: &'a str, text: &str) -> (&'a str, f64) {
    let value: f64 = text.parse().expect("a number");
    name.strip_prefix("ln ").map_or((name, value), |name| (name, value.exp()))
}
