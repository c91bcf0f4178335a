//! Profiles against values of another method, and against what a profile of squares must be.

#![allow(clippy::disallowed_methods, reason = "oracles are independent of our arithmetic")]

mod measured;

use isoflop::fit::{Loss, Parameter, Problem, Residual, Shape, fit, profile};
use isoflop::formula::Formula;
use measured::Measured;

const CONSTRAINED: &str = "R_D = max(D / U - 1, 0); U_N = min(N, exp((6.255414 - 7.3049974) / 0.3526596) * U); \
    R_N = max(N / U_N - 1, 0); n = U_N * (1 - r_N * expm1(-R_N / r_N)); d = U * (1 - r_D * expm1(-R_D / r_D)); \
    exp(0.6254804) + exp(6.255414) / n^0.3526596 + exp(7.3049974) / d^0.3526596";

#[test]
fn the_profile_of_repeated_data_is_flat_where_it_is_known_to_be() {
    let Some(table) = Measured::select("datablations_runs.csv?in_fit182=1") else { return };
    let [n, d, u, loss] = ["params", "tokens", "unique_tokens", "loss"].map(|name| table.column(name));
    let law = Formula::parse(CONSTRAINED).unwrap();
    let bounded = |name: &str, low, high| Parameter {
        name: name.to_owned(),
        positive: true,
        bounds: Some((low, high)),
        ..Parameter::default()
    };
    let problem = Problem {
        formula: &law,
        parameters: vec![bounded("r_D", 0.3, 3000.0), bounded("r_N", 0.05, 300.0)],
        inputs: vec![("N", &n), ("D", &d), ("U", &u)],
        response: &loss,
        weights: None,
        deviations: None,
        loss: Loss::huber(1e-3),
    };
    let found = fit(&problem, &mut |_| {}).unwrap();
    let known = [
        (4.0, 0.0163190),
        (8.0, 0.0159580),
        (12.0, 0.0158547),
        (15.39, 0.0158259),
        (20.0, 0.0158408),
        (40.0, 0.0158124),
        (95.4, 0.0158047),
        (200.0, 0.0158165),
        (1000.0, 0.0158776),
    ];
    let at: Vec<f64> = known.iter().map(|(at, _)| *at).collect();
    let profiled = profile(&problem, &found, 0, Some(&at), 0.9).unwrap();
    for ((at, expected), objective) in known.iter().zip(&profiled.objectives) {
        let objective = objective.unwrap();
        assert!(objective <= expected + 1e-7, "{at}: {objective} is above {expected}");
        assert!(objective > expected - 5e-6, "{at}: {objective} is far below {expected}");
    }
    assert!(
        profiled.objectives.iter().all(|objective| objective.unwrap() >= found.objective * (1.0 - 1e-12))
    );
}

/// Of a straight line and squares the profile is a parabola, and its interval that of the normal distribution.
#[test]
fn the_profile_of_a_line_is_its_normal_interval() {
    let x: Vec<f64> = (0..40).map(f64::from).collect();
    let noise = |i: usize| ((i * 7919 % 101) as f64 / 101.0 - 0.5) * 0.2;
    let y: Vec<f64> = (0..40).map(|i| 3.0 + 0.5 * x[i] + noise(i)).collect();
    let law = Formula::parse("p + q * x").unwrap();
    let free = |name: &str| Parameter { name: name.to_owned(), ..Parameter::default() };
    let problem = Problem {
        formula: &law,
        parameters: vec![free("p"), free("q")],
        inputs: vec![("x", &x)],
        response: &y,
        weights: None,
        deviations: None,
        loss: Loss { shape: Shape::Squares, of: Residual::Raw, over: 1.0 },
    };
    let found = fit(&problem, &mut |_| {}).unwrap();
    let mean = x.iter().sum::<f64>() / 40.0;
    let spread: f64 = x.iter().map(|x| (x - mean) * (x - mean)).sum();
    let deviation = (2.0 * found.objective / 38.0 / spread).sqrt();
    let slope = found.values[1].unwrap();
    let profiled = profile(&problem, &found, 1, None, 0.9).unwrap();
    for (end, side) in profiled.interval.into_iter().zip([-1.0, 1.0]) {
        let expected = slope + side * 1.6448536269514722 * deviation;
        assert!((end.unwrap() - expected).abs() < 1e-5 * deviation, "{end:?} is not {expected}");
    }
    assert_eq!(profiled.at.len(), 41);
    assert!(profiled.at.first().unwrap() < &profiled.interval[0].unwrap());
}
