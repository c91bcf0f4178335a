//! A root comes with a change of sign across a few units in the last place, whatever the function.

use isoflop::num::roots::{Root, RootError, find_root};
use isoflop::num::{self, rng::Stream};

/// The widest bracket that `find_root` leaves, as a share of the root.
const WIDTH: f64 = 4.0 * f64::EPSILON;

/// The sign changes between the root and a point `width` beside it.
fn is_certified(root: &Root, f: impl Fn(f64) -> f64) -> bool {
    let sides = [root.x - root.width, root.x + root.width];
    f(root.x) == root.residual
        && (root.residual == 0.0 || sides.iter().any(|&x| f(x) * root.residual <= 0.0))
        && root.width <= WIDTH * root.x.abs()
}

#[test]
fn the_serving_equation_is_solved_in_a_few_steps() {
    // ln D of the cheapest model that will also serve, always one root.
    let (alpha, beta, q) = (0.339_170_84_f64, 0.284_908_3_f64, 1e12_f64);
    let h = |v: f64| {
        let d = num::exp(v);
        let w = d / (d + q);
        (
            0.1 - alpha * (53.0 - num::ln(d + q)) + (beta + 1.0) * v - num::ln(d + q),
            beta + 1.0 + (alpha - 1.0) * w,
        )
    };
    let root = find_root(h, 0.0, 60.0, 25.0).unwrap();
    assert!(is_certified(&root, |v| h(v).0), "{root:?}");
    assert!(root.evaluations <= 12, "{root:?}");
}

#[test]
fn hostile_functions_are_solved_too() {
    type Case = (&'static str, fn(f64) -> (f64, f64), f64, f64);
    let cases: [Case; 8] = [
        ("a step", |x| (if x < 3.3 { -1.0 } else { 1.0 }, 0.0), 1e-300, 1e300),
        ("a wrong derivative", |x| (x - 7.0, -1.0), 0.0, 1e9),
        ("a derivative that is not a number", |x| (x - 7.0, f64::NAN), 0.0, 1e9),
        ("a flat cube", |x| ((x - 1.0) * (x - 1.0) * (x - 1.0), 3.0 * (x - 1.0) * (x - 1.0)), -3.0, 1e6),
        ("a pole", |x| (1.0 / (x - 2.0), -1.0 / ((x - 2.0) * (x - 2.0))), 1.0, 2.5),
        ("overflow", |x| (num::exp(x) - 1e300, num::exp(x)), 0.0, 1e5),
        ("Newton's cycle", |x| (x * x * x - 2.0 * x + 2.0, 3.0 * x * x - 2.0), -3.0, 1.5),
        ("a tiny root", |x| (x - 1e-200, 1.0), 0.0, 1.0),
    ];
    for (name, f, low, high) in cases {
        let root = find_root(f, low, high, low).unwrap();
        assert!(is_certified(&root, |x| f(x).0), "{name}: {root:?}");
        assert!(root.evaluations <= 170, "{name}: {root:?}");
        assert_eq!(find_root(f, high, low, low).unwrap(), root, "{name}, ends exchanged");
    }
}

#[test]
fn roots_of_random_power_laws_are_found() {
    let mut stream = Stream::new(1, 0);
    for _ in 0..2000 {
        let (a, s, level) = (stream.unit() * 500.0 + 1.0, stream.unit() + 0.02, stream.unit() + 0.01);
        let f = |x: f64| (a * num::pow(x, -s) - level, -s * a * num::pow(x, -s - 1.0));
        let top = 2.0 * num::pow(level / a, -1.0 / s);
        let root = find_root(f, 1e-6, top, num::sqrt(top)).unwrap();
        assert!(is_certified(&root, |x| f(x).0), "{a} {s} {level}: {root:?}");
        assert!(root.evaluations <= 60, "{root:?}");
    }
}

#[test]
fn a_root_at_an_end_is_exact() {
    let root = find_root(|x| (x, 1.0), 0.0, 5.0, 2.0).unwrap();
    assert_eq!(root, Root { x: 0.0, residual: 0.0, width: 0.0, evaluations: 2 });
}

#[test]
fn no_change_of_sign_says_what_it_saw() {
    let error = find_root(|x| (x * x + 1.0, 2.0 * x), -1.0, 2.0, 0.0).unwrap_err();
    assert_eq!(error, RootError::NoSignChange { low: -1.0, high: 2.0, at_low: 2.0, at_high: 5.0 });
    let text = "expected a change of sign between -1 and 2; the function is 2 and 5 there";
    assert_eq!(error.to_string(), text);
}

#[test]
fn what_is_not_a_number_is_refused_with_its_place() {
    let hole = |x: f64| (if x == 0.5 { f64::NAN } else { x - 0.7 }, 1.0);
    assert_eq!(find_root(hole, 0.0, 1.0, 0.5), Err(RootError::NotANumber { x: 0.5 }));
    assert_eq!(
        find_root(|x| (x, 1.0), -1.0, f64::INFINITY, 0.0),
        Err(RootError::NotANumber { x: f64::INFINITY })
    );
}
