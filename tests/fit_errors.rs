//! What the curvature at an optimum says, against numbers at 40 digits: standard errors, correlations, the Hessian.

#![allow(clippy::disallowed_methods, reason = "oracles are independent of our arithmetic")]

mod digits;
mod measured;

use digits::reads;
use isoflop::fit::{EXPONENTS, Errors, Fit, Loss, Parameter, Problem, Residual, Shape, errors, fit};
use isoflop::formula::Formula;
use isoflop::num::algebra::symmetric_eigen;
use measured::Measured;

const KEPT: &str = "chinchilla_points.csv?kept240=1";
const ALL: &str = "chinchilla_points.csv";
const SQUARES: Loss = Loss { shape: Shape::Squares, of: Residual::Log, over: 1.0 };

/// The order in which the sheet speaks of them.
const NAMES: [&str; 5] = ["A", "B", "E", "alpha", "beta"];

/// Chinchilla's law fitted to a table; nothing where it is not there.
fn fitted(table: &str, loss: Loss) -> Option<(Fit, Errors)> {
    let table = Measured::select(table)?;
    let [n, d, y] = ["params", "tokens", "loss"].map(|name| table.column(name));
    let law = Formula::parse("E + A / N^alpha + B / D^beta").unwrap();
    let parameter = |name: &str| {
        let exponent = ["alpha", "beta"].contains(&name);
        let range = exponent.then_some(EXPONENTS);
        Parameter { name: name.to_owned(), positive: !exponent, range, ..Parameter::default() }
    };
    let problem = Problem {
        formula: &law,
        parameters: NAMES.map(parameter).to_vec(),
        inputs: vec![("N", &n), ("D", &d)],
        response: &y,
        weights: None,
        deviations: None,
        loss,
    };
    let found = fit(&problem, &mut |_| {}).unwrap();
    let errors = errors(&problem, &found, None).unwrap().expect("the objective is curved");
    Some((found, errors))
}

fn print_is(label: &str, given: f64, printed: &str) {
    assert!(reads(given, printed, 0.0), "{label}: {given} is not {printed}");
}

/// Of the parameters, or of the logarithms of A, B and E.
fn standard_errors(table: &str, loss: Loss, printed: [&str; 5], logarithms: bool) {
    let Some((found, errors)) = fitted(table, loss) else { return };
    for (place, printed) in printed.into_iter().enumerate() {
        let unit = if logarithms && place < 3 { found.values[place].unwrap() } else { 1.0 };
        print_is(NAMES[place], errors.asymptotic[place].unwrap() / unit, printed);
    }
}

#[test]
fn standard_errors_by_hubers_formula_are_known() {
    let huber = Loss::huber(1e-3);
    standard_errors(KEPT, huber, ["0.1485", "0.1564", "0.00733", "0.00863", "0.00775"], true);
    standard_errors(KEPT, huber, ["70.9", "335", "0.0133", "0.00863", "0.00775"], false);
    standard_errors(ALL, huber, ["0.160", "0.112", "0.0061", "0.0093", "0.0056"], true);
    standard_errors(KEPT, SQUARES, ["107.5", "901", "0.0142", "0.0105", "0.0091"], false);
    standard_errors(ALL, SQUARES, ["328", "1.08e5", "0.0272", "0.0252", "0.0143"], false);
}

#[test]
fn a_coefficient_and_its_exponent_are_correlated_as_known() {
    let Some((_, errors)) = fitted(KEPT, Loss::huber(1e-3)) else { return };
    print_is("A and alpha", errors.asymptotic_correlations[0][3].unwrap(), "0.99906");
    print_is("B and beta", errors.asymptotic_correlations[1][4].unwrap(), "0.99924");
    for matrix in [&errors.correlations, &errors.asymptotic_correlations] {
        assert!((0..5).all(|at| (matrix[at][at].unwrap() - 1.0).abs() < 1e-12));
        assert!((0..5).all(|at| matrix[at].iter().zip(0..).all(|(r, to)| *r == matrix[to][at])));
    }
}

#[test]
fn the_hessian_has_the_known_eigenvalues() {
    let Some((_, errors)) = fitted(KEPT, Loss::huber(1e-3)) else { return };
    let hessian: Vec<f64> = errors.hessian.iter().flatten().map(|entry| entry.unwrap()).collect();
    let values = symmetric_eigen(&hessian, 5).unwrap().values;
    for (value, printed) in values.iter().zip(["1.0049e-4", "1.8747e-4", "0.93174", "37.026", "993.63"]) {
        print_is("eigenvalue", *value, printed);
    }
    print_is("condition", errors.condition, "9.888e6");
    let scale = |at: usize| hessian[at * 5 + at].sqrt();
    let scaled: Vec<f64> = (0..25).map(|at| hessian[at] / scale(at / 5) / scale(at % 5)).collect();
    let values = symmetric_eigen(&scaled, 5).unwrap().values;
    print_is("condition with ones on the diagonal", values[4] / values[0], "1.26e5");
    let Some((_, errors)) = fitted(ALL, Loss::huber(1e-3)) else { return };
    print_is("condition", errors.condition, "9.880e6");
}
