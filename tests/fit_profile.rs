//! Profiles against values of another method, and against what a profile of squares must be.

#![allow(clippy::disallowed_methods, reason = "oracles are independent of our arithmetic")]

mod digits;
mod measured;

use digits::reads;
use isoflop::fit::{
    Decided, Decision, EXPONENTS, Loss, Parameter, Problem, Resampling, Residual, Shape, bootstrap, fit,
    profile, profile_decision,
};
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
        (4.0, "0.0163190"),
        (8.0, "0.0159580"),
        (12.0, "0.0158547"),
        (15.39, "0.0158259"),
        (20.0, "0.0158408"),
        (40.0, "0.0158124"),
        (95.4, "0.0158047"),
        (200.0, "0.0158165"),
        (1000.0, "0.0158776"),
    ];
    let at: Vec<f64> = known.iter().map(|(at, _)| *at).collect();
    let profiled = profile(&problem, &found, 0, Some(&at), 0.9).unwrap();
    for ((at, expected), objective) in known.iter().zip(&profiled.objectives) {
        let objective = objective.unwrap();
        assert!(reads(objective, expected, 0.0), "{at}: {objective} is not {expected}");
    }
    // The published constants are near a minimum that is not the lowest.
    let local = profile(&problem, &found, 0, Some(&[15.3717584742612]), 0.9).unwrap();
    let off = local.objectives[0].unwrap() / 0.015825932069110092 - 1.0;
    assert!(off.abs() < 1e-9, "{off:e}");
    assert!((local.values[0][1].unwrap() - 5.31512597528378).abs() < 1e-6);
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

/// The best plan for a product of size and tokens, by A, alpha, B and beta.
fn plan([a, alpha, b, beta]: [f64; 4], product: f64) -> [f64; 2] {
    let g = (alpha * a / (beta * b)).powf(1.0 / (alpha + beta));
    let size = g * product.powf(beta / (alpha + beta));
    [size, product / size]
}

/// The best loss for a product of size and tokens.
fn least([e, a, alpha, b, beta]: [f64; 5], product: f64) -> f64 {
    let [size, tokens] = plan([a, alpha, b, beta], product);
    e + a * size.powf(-alpha) + b * tokens.powf(-beta)
}

/// The 240 runs, fitted by a law.
struct Runs {
    n: Vec<f64>,
    d: Vec<f64>,
    loss: Vec<f64>,
}

impl Runs {
    fn read() -> Option<Self> {
        let table = Measured::select("chinchilla_points.csv?kept240=1")?;
        let [n, d, loss] = ["params", "tokens", "loss"].map(|name| table.column(name));
        Some(Self { n, d, loss })
    }

    fn problem<'a>(&'a self, law: &'a Formula, names: &[&str]) -> Problem<'a> {
        let exponents = law.exponents();
        let parameter = |name: &&str| {
            let exponent = exponents.contains(name);
            let range = exponent.then_some(EXPONENTS);
            Parameter { name: (*name).to_owned(), positive: !exponent, range, ..Parameter::default() }
        };
        Problem {
            formula: law,
            parameters: names.iter().map(parameter).collect(),
            inputs: vec![("N", &self.n), ("D", &self.d)],
            response: &self.loss,
            weights: None,
            deviations: None,
            loss: Loss::huber(1e-3),
        }
    }
}

const NAMES: [&str; 5] = ["E", "A", "alpha", "B", "beta"];
/// Size times tokens of the budget of Gopher.
const PRODUCT: f64 = 5.76e23 / 6.0;

/// How a decision follows from the parameters.
type By = fn([f64; 5]) -> f64;

const DECIDED: [(Decided, By); 4] = [
    (Decided::Size, |[_, a, alpha, b, beta]| plan([a, alpha, b, beta], PRODUCT)[0]),
    (Decided::Tokens, |[_, a, alpha, b, beta]| plan([a, alpha, b, beta], PRODUCT)[1]),
    (Decided::TokensPerParameter, |[_, a, alpha, b, beta]| {
        let [size, tokens] = plan([a, alpha, b, beta], PRODUCT);
        tokens / size
    }),
    (Decided::Loss, |values| least(values, PRODUCT)),
];

fn known(values: &[Option<f64>]) -> [f64; 5] {
    [0, 1, 2, 3, 4].map(|place| values[place].expect("a value"))
}

#[test]
fn along_the_profile_of_a_decision_it_has_the_values_asked_for() {
    let Some(runs) = Runs::read() else { return };
    let law = Formula::parse("E + A / N^alpha + B / D^beta").unwrap();
    let problem = runs.problem(&law, &NAMES);
    let found = fit(&problem, &mut |_| {}).unwrap();
    let [_, a, alpha, b, beta] = known(&found.values);
    let draws = bootstrap(&problem, &found, Resampling::Rows, 42, &[], 0..200, &mut |_| {}).unwrap();
    let draw = |draw: usize| known(&draws.values.iter().map(|column| column[draw]).collect::<Vec<_>>());
    for (of, by) in DECIDED {
        let decision = Decision { names: ["N", "D"], plan: plan([a, alpha, b, beta], PRODUCT), of };
        let (value, profile) = profile_decision(&problem, &found, &decision, None, 0.9).unwrap();
        assert!((value / by(known(&found.values)) - 1.0).abs() < 1e-9, "{of:?}: {value}");
        assert_eq!(profile.at.len(), 41);
        for ((at, objective), values) in profile.at.iter().zip(&profile.objectives).zip(&profile.values) {
            assert!(objective.unwrap() >= found.objective, "{of:?} at {at}");
            assert!((by(known(values)) / at - 1.0).abs() < 1e-8, "{of:?} at {at}: {}", by(known(values)));
        }
        // Rows that are drawn again move it more than the curvature says: of 240 rows few are within the threshold.
        let mut drawn: Vec<f64> = (0..200).map(|at| (by(draw(at)) / value).ln()).collect();
        drawn.sort_by(f64::total_cmp);
        let [low, high] = profile.interval.map(|end| (end.unwrap() / value).ln());
        let [below, above] = [10, 189].map(|at| drawn[at]);
        println!("{of:?}: {value:.4e}, profile {low:.4} to {high:.4}, bootstrap {below:.4} to {above:.4}");
        assert!(below < low && low < 0.4 * below && 0.4 * above < high && high < above, "{of:?}");
    }
}

/// That the best size is n says what A is by the other parameters: the law with that for A, fitted as any law, has the
/// objective of the profile.
#[test]
fn the_profile_of_the_best_size_is_the_fit_of_a_law_that_has_it() {
    let Some(runs) = Runs::read() else { return };
    let law = Formula::parse("E + A / N^alpha + B / D^beta").unwrap();
    let problem = runs.problem(&law, &NAMES);
    let found = fit(&problem, &mut |_| {}).unwrap();
    let [_, a, alpha, b, beta] = known(&found.values);
    let best = plan([a, alpha, b, beta], PRODUCT);
    let decision = Decision { names: ["N", "D"], plan: best, of: Decided::Size };
    let sizes = [0.5, 0.8, 0.95, 1.1, 1.4, 2.0].map(|factor| factor * best[0]);
    let (_, profile) = profile_decision(&problem, &found, &decision, Some(&sizes), 0.9).unwrap();
    for (size, objective) in sizes.iter().zip(&profile.objectives) {
        let tokens = PRODUCT / size;
        let text = format!("E + B * beta / alpha * {tokens:e}^(-beta) * ({size:e} / N)^alpha + B / D^beta");
        let law = Formula::parse(&text).unwrap();
        let alone = fit(&runs.problem(&law, &["E", "B", "alpha", "beta"]), &mut |_| {}).unwrap();
        let off = objective.unwrap() / alone.objective - 1.0;
        assert!(off.abs() < 1e-9, "N* = {size:e}: {off:e}");
    }
}
