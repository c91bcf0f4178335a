//! Fits against optima found by another method, at 40 digits.
//!
//! The oracles were computed once with L-BFGS-B from 4500 starts, then damped Newton at 40 digits on
//! the same float64 inputs. They are independent of this crate and never rewritten by a test.

#![allow(clippy::disallowed_methods, reason = "oracles are independent of our arithmetic")]

mod digits;
mod measured;

use digits::reads;
use isoflop::fit::{EXPONENTS, Errors, Fit, Loss, Parameter, Problem, Residual, Shape, errors, fit};
use isoflop::formula::Formula;
use isoflop::outcome::Termination;
use measured::Measured;

/// Relative, on F: what the project promises.
const OBJECTIVE: f64 = 1e-10;
/// Absolute, on (a, b, e, alpha, beta).
const PARAMETERS: f64 = 1e-6;

struct Runs {
    n: Vec<f64>,
    d: Vec<f64>,
    loss: Vec<f64>,
}

struct Oracle {
    objective: f64,
    /// ln A, ln B, ln E, alpha, beta.
    theta: [f64; 5],
    tolerance: f64,
}

fn chinchilla(formula: &str, names: [&str; 7], runs: &Runs, delta: f64) -> Fit {
    fitted(formula, names, runs, Loss::huber(delta)).0
}

fn fitted(formula: &str, names: [&str; 7], runs: &Runs, loss: Loss) -> (Fit, Option<Errors>) {
    let law = Formula::parse(formula).unwrap();
    let parameter = |name: &str, range: Option<(f64, f64)>| Parameter {
        name: name.to_owned(),
        positive: range.is_none(),
        range,
        ..Parameter::default()
    };
    let [n, d, e, a, alpha, b, beta] = names;
    let problem = Problem {
        formula: &law,
        parameters: vec![
            parameter(e, None),
            parameter(a, None),
            parameter(alpha, Some(EXPONENTS)),
            parameter(b, None),
            parameter(beta, Some(EXPONENTS)),
        ],
        inputs: vec![(n, &runs.n), (d, &runs.d)],
        response: &runs.loss,
        weights: None,
        deviations: None,
        loss,
    };
    let found = fit(&problem, &mut |_| {}).unwrap();
    let errors = errors(&problem, &found, None).unwrap();
    (found, errors)
}

const LAW: &str = "E + A / N^alpha + B / D^beta";
const NAMES: [&str; 7] = ["N", "D", "E", "A", "alpha", "B", "beta"];

fn check(label: &str, found: &Fit, oracle: &Oracle) {
    assert_eq!(found.termination, Termination::Converged, "{label}: {found:#?}");
    let excess = found.objective / oracle.objective - 1.0;
    assert!(excess.abs() <= OBJECTIVE, "{label}: F is {excess} off, relatively\n{found:#?}");
    let value = |i: usize| found.values[i].unwrap();
    let theta = [value(1).ln(), value(3).ln(), value(0).ln(), value(2), value(4)];
    for (given, expected) in theta.iter().zip(oracle.theta) {
        assert!((given - expected).abs() <= oracle.tolerance, "{label}: {given} is not {expected}");
    }
    assert!(found.certificate.agreeing >= 2, "{label}: {:#?}", found.certificate);
    for (term, without) in &found.certificate.without {
        assert!(without.unwrap() > found.objective, "{label}: no better without {term}");
    }
}

fn runs(table: &Measured, loss: &str) -> Runs {
    Runs { n: table.column("params"), d: table.column("tokens"), loss: table.column(loss) }
}

fn chinchilla_points() -> Option<(Runs, Runs)> {
    let all = runs(&Measured::read("chinchilla_points.csv")?, "loss");
    let kept = runs(&Measured::read("chinchilla_points.csv")?.filter(|cell| cell("kept240") == "1"), "loss");
    Some((kept, all))
}

const KEPT_240: Oracle = Oracle {
    objective: 0.0010182740178006032,
    theta: [6.169246373723174, 7.670156733095417, 0.5973068146873649, 0.3473104988817546, 0.3671724326277622],
    tolerance: PARAMETERS,
};
const ALL_245: Oracle = Oracle {
    objective: 0.0018260105230693364,
    theta: [6.206023372428201, 9.460757652531601, 0.6372847790239418, 0.3493128937178239, 0.4530492955840523],
    tolerance: PARAMETERS,
};

#[test]
fn the_240_runs_of_chinchilla_reach_the_known_optimum() {
    let Some((kept, _)) = chinchilla_points() else { return };
    assert_eq!(kept.n.len(), 240);
    check("240", &chinchilla(LAW, NAMES, &kept, 1e-3), &KEPT_240);
}

#[test]
fn all_245_runs_of_chinchilla_reach_the_known_optimum() {
    let Some((_, all)) = chinchilla_points() else { return };
    check("245", &chinchilla(LAW, NAMES, &all, 1e-3), &ALL_245);
}

#[test]
fn laws_without_a_term_have_their_known_optima() {
    let Some((kept, all)) = chinchilla_points() else { return };
    for (runs, [without_a, without_b]) in
        [(kept, [0.0110447768276, 0.0112984290592]), (all, [0.0117003250702, 0.0139858848950])]
    {
        let found = chinchilla(LAW, NAMES, &runs, 1e-3);
        let without = |term: &str| {
            let known = found.certificate.without.iter().find(|(name, _)| name == term);
            known.and_then(|(_, objective)| *objective).unwrap()
        };
        for (term, expected) in [("A", without_a), ("B", without_b)] {
            let off = without(term) / expected - 1.0;
            assert!(off.abs() < 1e-9, "without {term}: {off:e}");
        }
    }
}

#[test]
fn a_law_that_is_a_constant_has_its_known_optimum() {
    let Some((kept, all)) = chinchilla_points() else { return };
    let law = Formula::parse("E").unwrap();
    for (runs, expected) in [(kept, "0.0210238"), (all, "0.0232801")] {
        let problem = Problem {
            formula: &law,
            parameters: vec![Parameter { name: "E".to_owned(), positive: true, ..Parameter::default() }],
            inputs: vec![("N", &runs.n)],
            response: &runs.loss,
            weights: None,
            deviations: None,
            loss: Loss::huber(1e-3),
        };
        let found = fit(&problem, &mut |_| {}).unwrap();
        assert!(reads(found.objective, expected, 0.0), "{} is not {expected}", found.objective);
    }
}

#[test]
fn least_absolute_values_go_through_the_known_runs() {
    let Some((kept, all)) = chinchilla_points() else { return };
    let loss = Loss { shape: Shape::Absolute, of: Residual::Log, over: 1.0 };
    // Rows of the table, of which the 240 leave out the first five.
    for (runs, first, expected) in [(kept, 5, [19, 37, 46, 142, 178]), (all, 0, [14, 30, 82, 163, 214])] {
        let through = fitted(LAW, NAMES, &runs, loss).0.certificate.interpolated.unwrap();
        let mut rows: Vec<usize> = through.iter().map(|run| first + run.row).collect();
        rows.sort_unstable();
        assert_eq!(rows, expected);
        assert!(through.iter().all(|run| run.multiplier.abs() < 1.0), "{through:?}");
    }
}

/// The sixteen runs of the ladder of `OLMo` without the largest size foretell it; measured was 2.664399.
#[test]
fn the_largest_run_of_olmo_is_foretold_as_known() {
    let last = "olmo_ladder_curves.csv?last=size,chinchilla_mult";
    let ladder = format!("{last}&size!=3B&chinchilla_mult!=0.5xC");
    let (Some(ladder), Some(largest)) =
        (Measured::select(&ladder), Measured::select(&format!("{last}&size=3B&chinchilla_mult=10xC")))
    else {
        return;
    };
    let (ladder, largest) = (runs(&ladder, "loss_c4"), runs(&largest, "loss_c4"));
    let squares = Loss { shape: Shape::Squares, of: Residual::Log, over: 1.0 };
    for (loss, expected) in [(Loss::huber(1e-3), 2.640237), (squares, 2.648636)] {
        let found = fitted(LAW, NAMES, &ladder, loss).0;
        let [e, a, alpha, b, beta] = [0, 1, 2, 3, 4].map(|place| found.values[place].unwrap());
        let said = e + a * largest.n[0].powf(-alpha) + b * largest.d[0].powf(-beta);
        // Half of the last digit in print.
        assert!((said - expected).abs() < 6e-7, "{said} is not {expected}");
    }
}

#[test]
fn the_order_of_the_rows_does_not_matter() {
    let Some((kept, _)) = chinchilla_points() else { return };
    let mut order: Vec<usize> = (0..kept.n.len()).collect();
    order.sort_by_key(|i| (i * 7919) % 241);
    let take = |column: &[f64]| order.iter().map(|&i| column[i]).collect();
    let shuffled = Runs { n: take(&kept.n), d: take(&kept.d), loss: take(&kept.loss) };
    check("shuffled", &chinchilla(LAW, NAMES, &shuffled, 1e-3), &KEPT_240);
}

#[test]
fn the_units_of_the_inputs_do_not_matter() {
    let Some((kept, _)) = chinchilla_points() else { return };
    let scale = |column: &[f64], by: f64| column.iter().map(|x| x * by).collect();
    for (by_n, by_d) in [(1e-9, 1e-12), (1e6, 1e-3)] {
        let scaled = Runs { n: scale(&kept.n, by_n), d: scale(&kept.d, by_d), loss: kept.loss.clone() };
        let found = chinchilla(LAW, NAMES, &scaled, 1e-3);
        let [a, b, e, alpha, beta] = KEPT_240.theta;
        let theta = [a + alpha * by_n.ln(), b + beta * by_d.ln(), e, alpha, beta];
        check("scaled", &found, &Oracle { theta, ..KEPT_240 });
    }
}

#[test]
fn the_law_typed_with_other_names_gives_the_same_digits() {
    let Some((kept, _)) = chinchilla_points() else { return };
    let catalogue = chinchilla(LAW, NAMES, &kept, 1e-3);
    let typed = chinchilla("q + u*x^-s + v*y^-t", ["x", "y", "q", "u", "s", "v", "t"], &kept, 1e-3);
    assert_eq!(typed.values, catalogue.values);
    assert_eq!(typed.objective.to_bits(), catalogue.objective.to_bits());
}
