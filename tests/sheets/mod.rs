//! The numbers of the law sheets: `tests/oracles/*.csv`, one row for each, written by `scripts/oracles/`.
//!
//! A row asks a Question and says what the Answer holds at a place in it.

#![allow(dead_code, reason = "two tests use different parts")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::{fs, path::Path};

use isoflop::ask::answer_text;
use serde::Deserialize;
use serde_json::Value;

/// The sheets, and what the solver finds of their numbers.
pub const SHEETS: [&str; 5] = ["core", "hyperparameters", "inference", "data", "plans"];

/// One number of a sheet.
#[derive(Clone, Debug, Deserialize)]
pub struct Row {
    pub sheet: String,
    pub section: String,
    pub mark: Mark,
    pub what: String,
    /// A Question, as JSON.
    pub question: String,
    /// The place in the Answer, such as `/predict/value`. In a list, a name stands for the entry of that id or name.
    pub at: String,
    /// The number or the text there.
    pub expected: String,
    /// `rel 1e-6`, `abs 5e-4`, `exact`, `text`, or `within LOW HIGH`.
    pub tolerance: String,
}

/// How a sheet says that it knows a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Mark {
    /// Read in the paper or in its authors' code.
    V,
    /// Read in what others wrote about it.
    V2,
    /// Computed from the others.
    D,
    /// Recalled: never asserted.
    R,
}

impl Mark {
    /// Whether the number stands in print.
    pub fn published(self) -> bool {
        matches!(self, Self::V | Self::V2)
    }
}

/// The rows of a sheet.
pub fn rows(sheet: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/oracles/{sheet}.csv"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<Row> = reader.deserialize().map(|row| row.expect("a row of the sheet")).collect();
    assert!(rows.iter().all(|row| row.sheet == sheet), "{sheet}.csv holds rows of another sheet");
    rows
}

/// Asserts the rows that `asserted` wants of every sheet, and that there are so many of each. Equal
/// Questions are asked once.
pub fn check(asserted: impl Fn(Mark) -> bool, counts: [usize; SHEETS.len()]) {
    let mut wrong = String::new();
    for (sheet, count) in SHEETS.into_iter().zip(counts) {
        let rows: Vec<Row> = rows(sheet).into_iter().filter(|row| asserted(row.mark)).collect();
        let mut answers: BTreeMap<&str, Value> = BTreeMap::new();
        for row in &rows {
            let answer = answers.entry(&row.question).or_insert_with(|| {
                serde_json::from_str(&answer_text(&row.question, &mut |_| {})).expect("an Answer is JSON")
            });
            if let Err(why) = row.check(answer) {
                let _ = writeln!(
                    wrong,
                    "{sheet} {} ({:?}) {}: {why}\n  {}",
                    row.section, row.mark, row.what, row.question
                );
            }
        }
        assert_eq!(
            rows.len(),
            count,
            "{sheet}: what is new is counted too, so that a row that vanishes is seen"
        );
    }
    assert!(wrong.is_empty(), "{wrong}");
}

impl Row {
    fn check(&self, answer: &Value) -> Result<(), String> {
        let Some(given) = place(answer, &self.at) else {
            return Err(format!("nothing at {} in {answer}", self.at));
        };
        let expected = &self.expected;
        if self.tolerance == "text" {
            return if given == expected { Ok(()) } else { Err(format!("{given} is not {expected}")) };
        }
        let given = given.as_f64().ok_or_else(|| format!("expected a number; got {given}"))?;
        let within = match self.tolerance.split(' ').collect::<Vec<_>>()[..] {
            ["exact"] => given == number(expected),
            ["rel", by] => (given / number(expected) - 1.0).abs() <= number(by),
            ["abs", by] => (given - number(expected)).abs() <= number(by),
            ["within", low, high] => (number(low)..=number(high)).contains(&given),
            _ => return Err(format!("no tolerance: {}", self.tolerance)),
        };
        if within { Ok(()) } else { Err(format!("{given} is not {expected} ({})", self.tolerance)) }
    }
}

fn number(text: &str) -> f64 {
    text.parse().unwrap_or_else(|_| panic!("a number: {text}"))
}

fn place<'a>(answer: &'a Value, at: &str) -> Option<&'a Value> {
    at.split('/').skip(1).try_fold(answer, |value, part| match value {
        Value::Array(items) => match part.parse::<usize>() {
            Ok(index) => items.get(index),
            Err(_) => {
                items.iter().find(|item| item["id"] == part || item["name"] == part || item["symbol"] == part)
            }
        },
        other => other.get(part),
    })
}
