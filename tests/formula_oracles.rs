//! Values and derivatives of formulas against 50-digit differentiation.

use isoflop::formula::{Formula, Leaf, Order, Program};

/// Relative to the entry. A power is good to about `2.6 |y ln x|` units in the last place, and a second
/// derivative takes several of them.
const RELATIVE: f64 = 1e-12;
/// Relative to the largest entry of the same order at the point, where an entry is a small difference of
/// large terms.
const CANCELLED: f64 = 1e-15;

/// A formula at a point, with its value and derivatives as `(names, result)`.
struct Oracle {
    formula: &'static str,
    at: &'static str,
    names: Vec<&'static str>,
    point: Vec<f64>,
    results: Vec<(Vec<&'static str>, f64)>,
}

/// Written by `scripts/derivatives_table.py`.
fn oracles() -> Vec<Oracle> {
    let mut oracles: Vec<Oracle> = Vec::new();
    for line in include_str!("oracles/derivatives.tsv").lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [formula, at, by, result] = cells[..] else { panic!("four cells: {line}") };
        let result = (by.split_whitespace().collect(), result.parse().expect("a number"));
        match oracles.last_mut().filter(|last| (last.formula, last.at) == (formula, at)) {
            Some(last) => last.results.push(result),
            None => oracles.push(oracle(formula, at, result)),
        }
    }
    oracles
}

fn oracle(formula: &'static str, at: &'static str, result: (Vec<&'static str>, f64)) -> Oracle {
    let point: Vec<(&str, f64)> = at
        .split(' ')
        .map(|cell| cell.split_once('=').expect("name=value"))
        .map(|(name, value)| (name, value.parse().expect("a number")))
        .collect();
    let (names, point) = point.into_iter().unzip();
    Oracle { formula, at, names, point, results: vec![result] }
}

/// The value and every derivative, in the order of the table.
fn computed(oracle: &Oracle, leaf: Leaf) -> Vec<f64> {
    let formula = read(oracle.formula).with_members(&oracle.names).expect("members");
    let leaves: Vec<(&str, Leaf)> = oracle.names.iter().map(|&name| (name, leaf)).collect();
    let program = Program::compile(&formula, &leaves, &oracle.names, Order::Hessian)
        .unwrap_or_else(|error| panic!("{}: {error}", oracle.formula));
    let index = |name: &&str| oracle.names.iter().position(|other| other == name).expect("a known name");
    let scale = |x: f64| if leaf == Leaf::LogScalar { isoflop::num::ln(x) } else { x };
    let scalars: Vec<f64> = oracle.point.iter().map(|&x| scale(x)).collect();
    let mut computed = Vec::new();
    program.bind(&[]).each(Order::Hessian, &scalars, &[], |chunk| {
        let second = |k, l| program.pairs().iter().position(|&pair| pair == (k, l));
        computed = oracle
            .results
            .iter()
            .map(|(by, _)| match by.iter().map(index).collect::<Vec<_>>()[..] {
                [] => chunk.value()[0],
                [k] => chunk.first(k)[0],
                [k, l] => second(k, l).map_or(0.0, |i| chunk.second(i)[0]),
                _ => panic!("derivatives up to the second"),
            })
            .collect();
    });
    computed
}

fn read(text: &str) -> Formula {
    Formula::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn derivatives_agree_with_differentiation_in_50_digits() {
    let oracles = oracles();
    for oracle in &oracles {
        let computed = computed(oracle, Leaf::Scalar);
        // What an entry of the order times the point comes to: the entries of one order share a unit then.
        let weight = |by: &[&str]| -> f64 {
            let at = |name: &&str| oracle.names.iter().position(|other| other == name).expect("a known name");
            by.iter().map(|name| oracle.point[at(name)].abs()).product()
        };
        let largest = |order: usize| {
            let of_order = oracle.results.iter().filter(|(by, _)| by.len() == order);
            of_order.map(|(by, result)| result.abs() * weight(by)).fold(0.0, isoflop::num::max)
        };
        for ((by, expected), given) in oracle.results.iter().zip(&computed) {
            let allowed = RELATIVE * expected.abs() + CANCELLED * largest(by.len()) / weight(by);
            assert!(
                (given - expected).abs() <= allowed,
                "{} by {by:?}: {given:e}, not {expected:e}",
                oracle.formula
            );
        }
    }
    assert!(oracles.len() >= 10, "the table was read");
}

/// By logarithms, `x d/dx` is the first derivative and `x y d²/dxdy`, with one more `x d/dx` on the
/// diagonal, the second.
#[test]
fn derivatives_by_logarithms_agree_too() {
    for oracle in oracles().iter().filter(|oracle| oracle.point.iter().all(|&x| x > 0.0)) {
        let plain = computed(oracle, Leaf::Scalar);
        let logarithmic = computed(oracle, Leaf::LogScalar);
        let of = |by: &[&str]| oracle.results.iter().position(|(other, _)| other == by).expect("an entry");
        let at = |name: &str| oracle.point[oracle.names.iter().position(|n| *n == name).expect("a name")];
        for (i, (by, _)) in oracle.results.iter().enumerate() {
            let expected = match by[..] {
                [] => plain[i],
                [x] => at(x) * plain[i],
                [x, y] => at(x) * at(y) * plain[i] + if x == y { at(x) * plain[of(&[x])] } else { 0.0 },
                _ => unreachable!("derivatives up to the second"),
            };
            let terms =
                by.iter().map(|name| (at(name) * plain[of(&[name])]).abs()).fold(1e-300, isoflop::num::max);
            let allowed = 1e-11 * (expected.abs() + terms);
            assert!((logarithmic[i] - expected).abs() <= allowed, "{} by {by:?}", oracle.formula);
        }
    }
}
