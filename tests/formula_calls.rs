//! Laws that call laws.

use std::collections::BTreeMap;

use isoflop::formula::{CalledLaw, Formula, FormulaError, Leaf, Order, Program};
use proptest::prelude::*;

/// A law of these inputs; every other name has the value 0.5.
fn law(text: &str, inputs: &[&str]) -> CalledLaw {
    let formula = Formula::parse(text).unwrap();
    let others = formula.names().into_iter().filter(|name| !inputs.contains(name));
    let values = others.map(|name| (name.to_owned(), 0.5)).collect();
    CalledLaw { inputs: inputs.iter().map(|&name| name.to_owned()).collect(), values, formula }
}

fn library() -> BTreeMap<&'static str, CalledLaw> {
    let dense = "U = 2 * E; E + A / N^alpha + B / D^beta + U where N > 0, D > N";
    BTreeMap::from([
        ("dense", law(dense, &["N", "D"])),
        ("of-dense", law("law(dense; N, D = 20 * N) * scale where N > 2", &["N"])),
        ("root", law("solve(x in 0..9: x^2 + x * p = y) where y < 50", &["y"])),
        ("series", law("sum(k in 1..3: law(dense; k * N, D))", &["N", "D"])),
        ("mixture", law("h[a]", &[])),
        ("a", law("law(b; x)", &["x"])),
        ("b", law("law(a; x)", &["x"])),
    ])
}

fn linked(text: &str) -> Result<Formula, FormulaError> {
    let library = library();
    Formula::parse(text)?.with_laws(|id| library.get(id).cloned())
}

/// The value and first and second derivatives at these leaves, as bits.
fn everything(formula: &Formula, leaves: &[(&str, f64)]) -> Vec<u64> {
    let names: Vec<&str> = leaves.iter().map(|(name, _)| *name).collect();
    let scalars: Vec<f64> = leaves.iter().map(|(_, value)| *value).collect();
    let leaves: Vec<(&str, Leaf)> = names.iter().map(|&name| (name, Leaf::Scalar)).collect();
    let program = Program::compile(formula, &leaves, &names, Order::Hessian).unwrap();
    let mut bits = Vec::new();
    program.bind(&[]).each(Order::Hessian, &scalars, &[], |chunk| {
        bits.push(chunk.value()[0].to_bits());
        bits.extend((0..names.len()).map(|k| chunk.first(k)[0].to_bits()));
        bits.extend((0..program.pairs().len()).map(|i| chunk.second(i)[0].to_bits()));
    });
    bits
}

#[test]
fn a_call_is_the_formula_that_it_calls() {
    let leaves = [("x", 3.0), ("y", 7.0)];
    for (call, written) in [
        ("law(dense; x, y) * x", "(0.5 + 0.5 / x^0.5 + 0.5 / y^0.5 + 2 * 0.5) * x"),
        ("law(dense; D = y, N = x, A = y)", "0.5 + y / x^0.5 + 0.5 / y^0.5 + 2 * 0.5"),
        ("law(of-dense; x) + y", "(0.5 + 0.5 / x^0.5 + 0.5 / (20 * x)^0.5 + 2 * 0.5) * 0.5 + y"),
        ("z = law(root; x * y); z^2", "solve(t in 0..9: t^2 + t * 0.5 = x * y)^2"),
        (
            "sum(k in 1..3: law(root; k * x)) * y",
            "sum(k in 1..3: solve(t in 0..9: t^2 + t * 0.5 = k * x)) * y",
        ),
        (
            "law(root; law(root; x))",
            "s = solve(t in 0..9: t^2 + t * 0.5 = x); solve(t in 0..9: t^2 + t * 0.5 = s)",
        ),
    ] {
        let (call, written) = (linked(call).unwrap(), Formula::parse(written).unwrap());
        assert_eq!(everything(&call, &leaves), everything(&written, &leaves), "{}", call.text());
    }
}

#[test]
fn the_names_of_a_called_law_are_its_own() {
    let formula = linked("E = 3; law(dense; N, D) + E + alpha").unwrap();
    assert_eq!(formula.names(), ["N", "D", "alpha"]);
    assert_eq!(formula.laws(), Vec::<&str>::new());
    assert_eq!(Formula::parse("law(a; 1) + law(dense; 1, 2) + law(a; 2)").unwrap().laws(), ["a", "dense"]);
}

/// The first of the rows of x that breaks each condition.
fn broken(text: &str, x: &[f64]) -> Vec<(String, Option<usize>)> {
    let formula = linked(text).unwrap();
    let program = Program::compile(&formula, &[("x", Leaf::Data)], &[], Order::Value).unwrap();
    let rows = program.bind(&[x]).broken(&[], &[]);
    formula.conditions().map(str::to_owned).zip(rows).collect()
}

#[test]
fn the_conditions_of_a_called_law_hold_for_the_whole() {
    let condition = |text: &str, row| (text.to_owned(), row);
    assert_eq!(
        broken("law(of-dense; x) where x < 9", &[3.0, 10.0, 1.0]),
        [
            condition("dense: N > 0", None),
            condition("dense: D > N", None),
            condition("of-dense: N > 2", Some(2)),
            condition("x < 9", Some(1)),
        ]
    );
    // In a sum every term is asked: the third has D = 8 and N = 3 x.
    let expected = [condition("dense: N > 0", Some(3)), condition("dense: D > N", Some(1))];
    assert_eq!(broken("law(series; x, 8)", &[1.0, 3.0, 2.0, -1.0]), expected);
    // In an equation it is asked at the root, here t = x.
    let text = "solve(t in 0..9: law(dense; t, 4, A = 0) * 0 + t = x)";
    let expected = [condition("dense: N > 0", None), condition("dense: D > N", Some(2))];
    assert_eq!(broken(text, &[1.0, 3.0, 5.0]), expected);
}

#[test]
fn calls_that_cannot_be_written_in_are_refused() {
    for (text, message) in [
        ("1 + law(nobody; 1)", "character 5: expected a law that is known here; got nobody"),
        ("1 + law(a; 1)", "character 5: expected calls that come to an end; a calls itself"),
        ("law(dense; 1)", "character 1: expected a value for D of dense; got none"),
        ("law(dense; 1, 2, 3)", "character 1: expected at most 2 arguments without a name of dense; got 3"),
        ("law(dense; 1, N = 3)", "character 1: expected a new name; N has a value already"),
        (
            "law(dense; 1, 2, gamma = 3)",
            "character 1: expected an input or a parameter of dense (E A N alpha B D beta); got gamma",
        ),
        ("law(mixture)", "character 1: expected a law without families; got mixture"),
    ] {
        assert_eq!(linked(text).unwrap_err().to_string(), message, "{text}");
    }
    let nested = linked("2 * solve(x in 0..9: law(root; x) = 1)").unwrap();
    let refused = Program::compile(&nested, &[], &[], Order::Value).unwrap_err();
    assert_eq!(refused, FormulaError::Nested { position: 21 });
}

#[test]
fn laws_that_call_too_deep_or_too_often_are_refused() {
    let deeper = |id: &str| Some(law(&format!("law({id}x; x)"), &["x"]));
    let refused = Formula::parse("law(x; 1)").unwrap().with_laws(deeper).unwrap_err();
    assert_eq!(refused, FormulaError::TooManyCalls { most: 8, position: 0 });
    let last = |id: &str| id.len() == 8;
    let ten = |id: &str| vec![format!("law({id}x; x)"); 10].join("+");
    let explode = |id: &str| Some(law(&if last(id) { "x + 1".to_owned() } else { ten(id) }, &["x"]));
    let refused = Formula::parse("law(x; 1)").unwrap().with_laws(explode).unwrap_err();
    assert_eq!(refused, FormulaError::TooLarge { most: 100_000 });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

    #[test]
    fn likely_calls_never_panic(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "law(", "dense", "root", "series", "of-dense", ";", "N", "N =", "D =", "A =", ", ", ")", "x", "1",
                "sum(k in 1..2: ", "solve(t in 0..9: ", "=", "t", "k", " + ", "*", "where ", "<", "if(",
            ]),
            0..40,
        )
    ) {
        if let Ok(formula) = linked(&pieces.concat()) {
            let leaves: Vec<(&str, Leaf)> = formula.names().into_iter().map(|name| (name, Leaf::Scalar)).collect();
            let wrt = formula.names();
            if let Ok(program) = Program::compile(&formula, &leaves, &wrt, Order::Hessian) {
                let at = vec![0.7; leaves.len()];
                let mut bound = program.bind(&[]);
                bound.each(Order::Hessian, &at, &[], |chunk| assert_eq!(chunk.value().len(), 1));
                bound.broken(&at, &[]);
            }
        }
    }
}
