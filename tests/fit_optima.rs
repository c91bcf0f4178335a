//! Fits against optima found by another method, at 40 digits: every loss, many tables and laws.
//!
//! tests/oracles/fits.csv is written by scripts/oracles/fits.py. Its numbers are independent of this crate.

#![allow(clippy::disallowed_methods, reason = "oracles are independent of our arithmetic")]

mod measured;

use isoflop::fit::{EXPONENTS, Errors, Fit, Loss, Parameter, Problem, Residual, Shape, errors, fit};
use isoflop::formula::Formula;
use isoflop::outcome::Termination;
use measured::Measured;

/// Relative, on F: what the project promises.
const OBJECTIVE: f64 = 1e-9;
/// As many optima as are asserted when every table is there.
const LEAST: usize = 80;

/// One optimum of the table.
struct Oracle {
    label: String,
    table: String,
    formula: Formula,
    /// Names of inputs with the columns that hold them.
    columns: Vec<(String, String)>,
    response: String,
    loss: Loss,
    objective: Option<f64>,
    /// Parameters, or their logarithms.
    values: Vec<(String, f64)>,
    tolerance: f64,
    bounds: Vec<(String, (f64, f64))>,
    /// Standard errors by Huber's asymptotic formula, of logarithms for coefficients; to two digits.
    errors: Vec<f64>,
}

fn oracles() -> Vec<Oracle> {
    let mut reader = csv::Reader::from_path("tests/oracles/fits.csv").unwrap();
    let head = reader.headers().unwrap().clone();
    let read = |row: csv::StringRecord| {
        let cell = |name: &str| row[head.iter().position(|known| known == name).unwrap()].to_owned();
        let pairs = |name: &str, ends: char| -> Vec<(String, String)> {
            let cell = cell(name);
            let pair = |text: &str| text.split_once('=').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
            cell.split(ends).filter(|text| !text.is_empty()).map(pair).collect()
        };
        let shape = match cell("shape").split_once(' ') {
            Some((_, delta)) => Shape::Huber(delta.parse().unwrap()),
            None if cell("shape") == "squares" => Shape::Squares,
            None => Shape::Absolute,
        };
        let of = if cell("of") == "log" { Residual::Log } else { Residual::Raw };
        let ends = |text: &str| text.split_once("..").map(|(a, b)| (a.parse().unwrap(), b.parse().unwrap()));
        Oracle {
            label: format!("{} {} {} {}", cell("section"), cell("table"), cell("shape"), cell("of")),
            table: cell("table"),
            formula: Formula::parse(&cell("formula")).unwrap(),
            columns: pairs("columns", ','),
            response: cell("response"),
            loss: Loss { shape, of, over: 1.0 },
            objective: cell("objective").parse().ok(),
            values: pairs("values", ';').into_iter().map(|(name, x)| (name, x.parse().unwrap())).collect(),
            tolerance: cell("tolerance").parse().unwrap(),
            errors: cell("errors").split(", ").filter_map(|text| text.parse().ok()).collect(),
            bounds: pairs("bounds", ';').into_iter().map(|(name, x)| (name, ends(&x).unwrap())).collect(),
        }
    };
    reader.records().map(|row| read(row.unwrap())).collect()
}

impl Oracle {
    /// What is wrong with the fit of this crate; `None` where the table is not there.
    fn faults(&self) -> Option<Vec<String>> {
        let table = Measured::select(&self.table)?;
        let inputs: Vec<(&str, Vec<f64>)> =
            self.columns.iter().map(|(name, column)| (name.as_str(), table.column(column))).collect();
        let problem = Problem {
            formula: &self.formula,
            parameters: self.parameters(),
            inputs: inputs.iter().map(|(name, column)| (*name, column.as_slice())).collect(),
            response: &table.column(&self.response),
            weights: None,
            deviations: None,
            loss: self.loss,
        };
        let found = fit(&problem, &mut |_| {}).unwrap_or_else(|error| panic!("{}: {error}", self.label));
        let mut faults = self.faults_of(&found);
        if !self.errors.is_empty() {
            let given = errors(&problem, &found, None).unwrap().expect("the objective is curved");
            faults.extend(self.faults_of_errors(&found, &given));
        }
        Some(faults)
    }

    fn parameters(&self) -> Vec<Parameter> {
        let exponents = self.formula.exponents();
        let parameter = |(name, value): &(String, f64)| {
            let plain = name.trim_start_matches("ln ").to_owned();
            let bounds = self.bounds.iter().find(|(known, _)| *known == plain).map(|(_, ends)| *ends);
            let exponent = exponents.contains(&plain.as_str()) && bounds.is_none();
            let signed = *value < 0.0 && !name.starts_with("ln ") || self.label.contains("clark");
            Parameter {
                positive: !exponent && !signed,
                range: exponent.then_some(EXPONENTS).filter(|_| !signed),
                bounds,
                name: plain,
                ..Parameter::default()
            }
        };
        self.values.iter().map(parameter).collect()
    }

    fn faults_of_errors(&self, found: &Fit, given: &Errors) -> Vec<String> {
        let mut faults = Vec::new();
        for (place, ((name, _), expected)) in self.values.iter().zip(&self.errors).enumerate() {
            let scale = !name.starts_with("alpha") && !name.starts_with("beta");
            let unit = if scale { found.values[place].unwrap() } else { 1.0 };
            let error = given.asymptotic[place].unwrap() / unit;
            // The digits printed, one or two.
            if (error / expected - 1.0).abs() > 0.06 {
                faults.push(format!("the error of {name} is {error}, not {expected}"));
            }
        }
        faults
    }

    fn faults_of(&self, found: &Fit) -> Vec<String> {
        let mut faults = Vec::new();
        if found.termination != Termination::Converged {
            faults.push(format!("{:?}", found.termination));
        }
        if let Some(objective) = self.objective {
            let excess = found.objective / objective - 1.0;
            if excess.is_nan() || excess.abs() > OBJECTIVE {
                faults.push(format!("F is {excess:e} off, relatively: {}", found.objective));
            }
        }
        for ((name, expected), value) in self.values.iter().zip(&found.values) {
            let value = value.unwrap_or(f64::NAN);
            // Of a scale, such as A, the logarithm is what the tolerance is of.
            let off = match name.starts_with("ln ") {
                true => value.ln() - expected,
                false if expected.abs() > 1.0 => value / expected - 1.0,
                false => value - expected,
            };
            if off.is_nan() || off.abs() > self.tolerance {
                faults.push(format!("{name} is {value}, {off:e} off"));
            }
        }
        if found.certificate.agreeing < 2 {
            faults
                .push(format!("{} of {} starts agree", found.certificate.agreeing, found.certificate.starts));
        }
        faults
    }
}

#[test]
fn every_known_optimum_is_reached() {
    let (mut reached, mut failed, mut missing) = (0, Vec::new(), false);
    for oracle in oracles() {
        let Some(faults) = oracle.faults() else {
            missing = true;
            continue;
        };
        if faults.is_empty() {
            reached += 1;
        } else {
            failed.push(format!("{}\n    {}", oracle.label, faults.join("\n    ")));
        }
    }
    println!("{reached} known optima are reached");
    assert!(failed.is_empty(), "{} are not:\n{}", failed.len(), failed.join("\n"));
    assert!(missing || reached >= LEAST, "only {reached} of {LEAST}");
}
