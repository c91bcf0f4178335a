//! What the objective is at values that are no optimum: the published ones, and minima beside the lowest.
//!
//! tests/oracles/objectives.csv is written by scripts/oracles/fits.py. Its numbers are independent of this crate.

#![allow(clippy::disallowed_methods, reason = "oracles are independent of our arithmetic")]

mod digits;
mod known;
mod measured;

use digits::reads;
use isoflop::ask::answer_text;
use known::Known;
use serde_json::{Value, json};

/// As many as are asserted when every table is there.
const LEAST: usize = 12;

/// F at the values of a row: a profile over one parameter that holds the others. Nothing where the table is not there.
fn objective(row: &Known) -> Option<f64> {
    let mut fit = row.question()?["fit"].take();
    let mut values = row.parameters();
    let (of, at) = values.pop_first().expect("a parameter");
    fit["fix"] = json!(values);
    let question = json!({"profile": {"fit": fit, "of": of, "at": [at]}});
    let answer: Value = serde_json::from_str(&answer_text(&question.to_string(), &mut |_| {})).unwrap();
    Some(answer["profile"]["objective"][0].as_f64().unwrap_or_else(|| panic!("{}: {answer:#}", row.label())))
}

#[test]
fn the_objective_at_given_values_is_known() {
    let (mut asserted, mut faults, mut missing) = (0, Vec::new(), false);
    for row in Known::read("objectives.csv") {
        let Some(given) = objective(&row) else {
            missing = true;
            continue;
        };
        let tolerance = row.cell("tolerance").parse().unwrap();
        if !reads(given, row.cell("objective"), tolerance) {
            faults.push(format!(
                "{} at {}: {given}, not {}",
                row.label(),
                row.cell("values"),
                row.cell("objective")
            ));
        }
        asserted += 1;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(missing || asserted >= LEAST, "only {asserted} of {LEAST}");
}
