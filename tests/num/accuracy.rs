//! Every function against mpmath, and against pairs of doubles where the table has too few inputs.

use isoflop::num::{self, rng::Stream};

use crate::double_double::{self as reference, Dd, Scaled, ulp};

/// What `exp` and `ln` and their kin promise. The largest seen is 0.9.
const ONE_ULP: f64 = 1.0;
/// The double-double reference is good to 2^-97; the table has four digits of the remainder.
const REFERENCE: f64 = 1e-4;
/// Inputs for each kind of range, four or more kinds for each function.
const INPUTS: u64 = 6000;

/// A row of the table; `remainder` is `None` where the result is to be met to the bit.
struct Row {
    function: &'static str,
    x: f64,
    y: f64,
    result: f64,
    remainder: Option<f64>,
}

/// Written by `scripts/num_table.py`.
fn table() -> impl Iterator<Item = Row> {
    include_str!("../oracles/num.csv").lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        let [function, x, y, result, remainder] = cells[..] else { panic!("five cells: {line}") };
        let remainder = (!remainder.is_empty()).then(|| remainder.parse().unwrap());
        Row { function, x: number(x), y: number(y), result: number(result), remainder }
    })
}

fn number(bits: &str) -> f64 {
    match bits {
        "" => 0.0,
        "nan" => f64::NAN,
        _ => f64::from_bits(u64::from_str_radix(bits, 16).unwrap()),
    }
}

fn computed(row: &Row) -> f64 {
    match row.function {
        "exp" => num::exp(row.x),
        "exp_m1" => num::exp_m1(row.x),
        "ln" => num::ln(row.x),
        "ln_1p" => num::ln_1p(row.x),
        "log2" => num::log2(row.x),
        "log10" => num::log10(row.x),
        "cos" => num::cos(row.x),
        "pow" => num::pow(row.x, row.y),
        other => panic!("no function {other}"),
    }
}

/// What the docs of `pow` promise.
fn pow_bound(x: f64, y: f64) -> f64 {
    1.0 + 2.6 * (y * num::ln(x)).abs()
}

fn bound(row: &Row) -> f64 {
    if row.function == "pow" { pow_bound(row.x, row.y) } else { ONE_ULP }
}

/// The error of `y` in ulp, from the rounded result and what its rounding took away.
fn error(y: f64, row: &Row, remainder: f64) -> f64 {
    ((y - row.result) / ulp(row.result) - remainder).abs()
}

#[test]
fn special_values_are_met_to_the_bit() {
    let specials = table().filter(|row| row.remainder.is_none());
    let wrong = specials.filter(|row| computed(row).to_bits() != row.result.to_bits());
    let wrong: Vec<_> = wrong.map(|row| (row.function, row.x, row.y, computed(&row), row.result)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn results_are_within_their_promise_of_mpmath() {
    let mut rows = 0;
    for row in table() {
        let Some(remainder) = row.remainder else { continue };
        let error = error(computed(&row), &row, remainder);
        assert!(error < bound(&row), "{} {:e} {:e}: {error} ulp", row.function, row.x, row.y);
        rows += 1;
    }
    assert!(rows > 6000, "the table has lost rows: {rows}");
}

#[test]
fn the_double_double_reference_agrees_with_mpmath() {
    for row in table() {
        let Some(remainder) = row.remainder else { continue };
        let exact = match row.function {
            "exp" => reference::exp(Dd(row.x, 0.0)),
            "exp_m1" => reference::exp_m1(row.x),
            "ln" => reference::ln(row.x),
            "ln_1p" => reference::ln_1p(row.x),
            "log2" => reference::log2(row.x),
            "log10" => reference::log10(row.x),
            "pow" => reference::pow(row.x, row.y),
            _ => continue,
        };
        let difference = exact.ulps(row.result) + remainder;
        assert!(difference.abs() < REFERENCE, "{} {:e} {:e}: {difference}", row.function, row.x, row.y);
    }
}

/// The largest error of `f` over ranges of inputs: `INPUTS` of each, made from a number in [0, 1).
fn worst(f: fn(f64) -> f64, exact: fn(f64) -> Scaled, ranges: &[fn(f64) -> f64]) -> f64 {
    let mut worst = 0.0;
    for (range, input) in (0..).zip(ranges) {
        let mut stream = Stream::new(11, range);
        for _ in 0..INPUTS {
            let x = input(stream.unit());
            let error = exact(x).ulps(f(x)).abs();
            // Written so that a NaN counts as the worst.
            worst = if error <= worst { worst } else { error };
        }
    }
    worst
}

fn signed(unit: f64) -> f64 {
    2.0 * unit - 1.0
}

/// Of both signs, over 60 powers of two below 1.
fn small(unit: f64) -> f64 {
    signed(unit) * num::exp(-42.0 * unit)
}

#[test]
fn exp_is_within_an_ulp_over_its_range() {
    let ranges: [fn(f64) -> f64; 5] =
        [|u| 709.7 * signed(u), |u| 30.0 * signed(u), signed, small, |u| -708.0 - 37.0 * u];
    assert!(worst(num::exp, |x| reference::exp(Dd(x, 0.0)), &ranges) < ONE_ULP);
}

#[test]
fn exp_m1_is_within_an_ulp_over_its_range() {
    let ranges: [fn(f64) -> f64; 4] = [|u| 709.7 * u, |u| 45.0 * signed(u), signed, small];
    assert!(worst(num::exp_m1, reference::exp_m1, &ranges) < ONE_ULP);
}

/// Magnitudes of all normal numbers, those of laws, both sides of 1, and the subnormals.
const POSITIVE: [fn(f64) -> f64; 4] = [
    |u| num::exp(708.0 * signed(u)),
    |u| num::exp(80.0 * u),
    |u| 1.0 + small(u) * 0.5,
    |u| u * f64::MIN_POSITIVE + 5e-324,
];

#[test]
fn logarithms_are_within_an_ulp_over_their_range() {
    assert!(worst(num::ln, reference::ln, &POSITIVE) < ONE_ULP);
    assert!(worst(num::log2, reference::log2, &POSITIVE) < ONE_ULP);
    assert!(worst(num::log10, reference::log10, &POSITIVE) < ONE_ULP);
}

#[test]
fn ln_1p_is_within_an_ulp_over_its_range() {
    let ranges: [fn(f64) -> f64; 4] = [|u| num::exp(708.0 * u), |u| num::exp(-42.0 * u) - 1.0, signed, small];
    assert!(worst(num::ln_1p, reference::ln_1p, &ranges) < ONE_ULP);
}

#[test]
fn pow_is_within_its_promise() {
    let mut stream = Stream::new(12, 0);
    for _ in 0..4 * INPUTS {
        let (x, y) = (num::exp(80.0 * signed(stream.unit())), 8.0 * signed(stream.unit()));
        let error = reference::pow(x, y).ulps(num::pow(x, y)).abs();
        assert!(error < pow_bound(x, y), "{x:e}^{y}: {error} ulp");
    }
}

#[test]
fn the_functions_of_libm_are_within_an_ulp_of_known_values() {
    let known = [
        (num::sin(1.0), 0.841_470_984_807_896_5),
        (num::tan(1.0), 1.557_407_724_654_902_3),
        (num::atan2(1.0, -2.0), 2.677_945_044_588_987),
        (num::tanh(0.5), 0.462_117_157_260_009_8),
        (num::cbrt(-27.0), -3.0),
        (num::hypot(3e200, 4e200), 5e200),
    ];
    for (got, expected) in known {
        assert!((got - expected).abs() <= ulp(expected), "{got} is not {expected}");
    }
    assert_eq!(num::sin(f64::INFINITY).to_bits(), f64::NAN.to_bits());
}
