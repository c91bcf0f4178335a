//! Allocation against the closed form of one law, which stands here only.

use isoflop::allocate::{Free, Limit, Problem, Quantity};
use isoflop::formula::Formula;
use isoflop::outcome::Termination;

/// E, A, alpha, B, beta.
const TEX: [f64; 5] = [1.6933736809989528, 406.4010175194737, 0.33917084, 410.7228269450398, 0.2849083];
const ROUNDED: [f64; 5] = [1.69, 406.4, 0.34, 410.7, 0.28];
const REFIT: [f64; 5] =
    [1.81721809901008, 477.825868233905, 0.3473104988817546, 2143.41736336046, 0.3671724326277622];

/// The digits of the printed oracles.
const PRINTED: f64 = 1e-9;

fn quantity(text: &str) -> Quantity {
    Quantity::new(Formula::parse(text).expect("a formula"), [])
}

fn law([e, a, alpha, b, beta]: [f64; 5]) -> Quantity {
    let law = Formula::parse("E + A / N^alpha + B / D^beta").expect("a formula");
    Quantity::new(law, [("E", e), ("A", a), ("alpha", alpha), ("B", b), ("beta", beta)])
}

fn problem(fit: [f64; 5], flops: f64) -> Problem {
    Problem::new(law(fit), ["N", "D"].map(Free::positive)).within(Limit::at_most(quantity("6*N*D"), flops))
}

#[test]
fn the_closed_form_of_chinchilla_is_reached() {
    let cases = [
        (TEX, 1e21, 2216954892.62, 75178194748.9, 2.29549104008),
        (TEX, 5.76e23, 40360938387.2, 2.378537364e12, 1.918412046),
        (ROUNDED, 1e21, 1824217696.9, 91363364663.3, 2.32888294015),
        (ROUNDED, 5.76e23, 32189859151.4, 2.98230568666e12, 1.93074810173),
        (REFIT, 1e19, 261863845.564, 6364630684.62, 2.92564085459),
        (REFIT, 5.76e23, 73190438835.3, 1.3116467332e12, 1.97391210663),
        (REFIT, 3.8e25, 630119828950.0, 1.0050998306e13, 1.89140511613),
    ];
    for (fit, flops, n, d, loss) in cases {
        let best = problem(fit, flops).solve().expect("an answer");
        assert_eq!(best.termination, Termination::Optimum, "{best:?}");
        assert!((best.at["N"] / n - 1.0).abs() < PRINTED, "{best:?}");
        assert!((best.at["D"] / d - 1.0).abs() < PRINTED, "{best:?}");
        assert!((best.value / loss - 1.0).abs() < PRINTED, "{best:?}");
    }
}

#[test]
fn a_size_that_binds_leaves_the_rest_to_tokens() {
    let best = problem(TEX, 5.76e23).within(Limit::at_most(quantity("N"), 7e9)).solve().expect("an answer");
    assert_eq!(best.termination, Termination::Optimum);
    assert!((best.at["N"] / 7e9 - 1.0).abs() < 1e-12);
    assert!((best.at["D"] / (5.76e23 / 42e9) - 1.0).abs() < 1e-12);
    let free = problem(TEX, 5.76e23).solve().expect("an answer");
    let loose = problem(TEX, 5.76e23).within(Limit::at_most(quantity("N"), 1e12)).solve().expect("an answer");
    assert!((loose.at["N"] / free.at["N"] - 1.0).abs() < 1e-9);
}

#[test]
fn limits_that_contradict_each_other_are_infeasible() {
    let best = problem(TEX, 1e20)
        .within(Limit::at_least(quantity("N"), 1e12))
        .within(Limit::at_least(quantity("D"), 1e12))
        .solve()
        .expect("an answer");
    assert_eq!(best.termination, Termination::Infeasible, "{best:?}");
}

#[test]
fn without_a_budget_the_loss_falls_for_ever() {
    let best = Problem::new(law(TEX), ["N", "D"].map(Free::positive)).solve().expect("an answer");
    assert_eq!(best.termination, Termination::Unbounded, "{best:?}");
}
