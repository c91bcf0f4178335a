//! Formulas as functions of Python: what they compute there is what they are here.

mod formulas;
mod python;

use isoflop::formula::{CalledLaw, Formula, Leaf, Order, Program, Python, Table};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use formulas::formulas;
use python::printed;

/// The names of the random formulas, and where they are computed.
const AT: [(&str, f64); 9] = [
    ("x", 1.7),
    ("alpha", 0.4),
    ("N_eff", 3.1),
    ("A1", 2.2),
    ("_", 0.9),
    ("h[c4]", 1.3),
    ("a[1]", 0.6),
    ("a[2]", 1.1),
    ("a[3]", 0.2),
];

fn body(text: &str) -> Vec<String> {
    let formula = Formula::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    formula.python(&[]).unwrap_or_else(|| panic!("{text} is a function")).body
}

#[test]
fn every_form_is_written_as_in_python() {
    for (text, golden) in [
        ("a - (b - c) - d", "a - (b - c) - d"),
        ("a + (b + c)", "a + (b + c)"),
        ("a * (b / c) / (d * e)", "a * (b / c) / (d * e)"),
        ("(a + b) * -c", "(a + b) * -c"),
        ("-x^2 + (-x)^2 - -x", "-x**2 + (-x)**2 - -x"),
        ("(a^b)^c * a^b^c * a^-b", "(a**b)**c * a**b**c * a**-b"),
        ("ln(x) + expm1(x) + max(x, y, 2)", "log(x) + expm1(x) + max(x, y, 2)"),
        ("5.76e23 * pi + 0.34", "5.76e23 * pi + 0.34"),
        ("if(a < b, 1, sqrt(b)) * 2", "(1 if a < b else sqrt(b)) * 2"),
        ("h[c4] * t[a, 2]", "h[\"c4\"] * t[\"a\", 2]"),
        ("prod(k in 1..3: a[k] + k)", "prod(a[k] + k for k in range(1, 4))"),
        ("solve(x in 0..b: x = a - x)", "solve(lambda x: x - (a - x), 0, b)"),
        ("lambda * class + N_eff", "lambda_ * class_ + N_eff"),
    ] {
        assert_eq!(body(text), [format!("return {golden}")], "{text}");
    }
    let families = Formula::parse("sum(i: C[i] * h[i])").unwrap();
    assert_eq!(families.python(&[]), None);
    let families = families.with_members(&["h[web]", "h[code]"]).unwrap();
    let sum = "return sum(C[i] * h[i] for i in [\"code\", \"web\"])";
    assert_eq!(families.python(&[]).unwrap().body, [sum]);
}

#[test]
fn a_function_returns_what_is_asked_of_it() {
    let formula = Formula::parse("a = x + 1; b = a^2; c = b + a").unwrap();
    let lines = |outputs: &[&str]| formula.python(outputs).unwrap().body.join("; ");
    assert_eq!(lines(&[]), "a = x + 1; b = a**2; return b + a");
    assert_eq!(lines(&["c"]), lines(&[]));
    assert_eq!(lines(&["b"]), "a = x + 1; b = a**2; return b");
    assert_eq!(lines(&["c", "a"]), "a = x + 1; b = a**2; c = b + a; return c, a");
    // What a result without a name is called is the caller's.
    assert_eq!(Formula::parse("x + 1").unwrap().python(&["L"]).unwrap().body, ["return x + 1"]);
}

#[test]
fn a_table_comes_along_and_a_law_that_is_called_does_not() {
    let table = Table::new(vec![1.0, 2.0], vec![30.0, 5e20]).unwrap();
    let formula = Formula::parse("step(T, x) + interp(T, x)").unwrap();
    assert_eq!(formula.python(&[]), None);
    let Python { helpers, tables, .. } = formula.with_tables(&[("T", table)]).python(&[]).unwrap();
    assert_eq!(tables, ["T = [(1, 30), (2, 5e20)]"]);
    assert_eq!(helpers.len(), 2);
    assert_eq!(Formula::parse("law(chinchilla; N, D)").unwrap().python(&[]), None);
}

#[test]
fn what_a_called_law_brings_has_names_of_its_own() {
    let rows = |y: f64| Table::new(vec![0.0, 9.0], vec![y, y]).unwrap();
    let formula = Formula::parse("step(T, k) + sum(i in 1..2: i * n) + k").unwrap();
    let called = CalledLaw {
        formula: formula.with_tables(&[("T", rows(100.0))]),
        inputs: vec!["k".to_owned(), "n".to_owned()],
        values: Vec::new(),
    };
    let text = "i = 5; k = 2; step(T, k) + law(it; k + 1, i) + sum(T_2 in 1..2: law(it; T_2, 1))";
    let formula = Formula::parse(text).unwrap().with_tables(&[("T", rows(7.0))]);
    let formula = formula.with_laws(|_| Some(called.clone())).unwrap();
    let mut value = [0.0];
    Program::compile(&formula, &[], &[], Order::Value).unwrap().bind(&[]).values(&[], &[], &mut value);
    assert_eq!(value[0], 7.0 + (100.0 + 15.0 + 3.0) + 2.0 * (100.0 + 3.0) + 3.0);
    let Some(found) = printed(&program(&[formula.python(&[]).unwrap()], "")) else { return };
    assert_eq!(found, value);
}

/// A program that prints what each formula is; nan of one that Python refuses to compute, or that is not real there.
fn program(functions: &[Python], values: &str) -> String {
    // A power that is not real is a complex number there, which has no order.
    let mut program = "from math import *\n\ndef value(law):\n    try:\n        said = law()\n    \
                       except (ArithmeticError, TypeError, ValueError):\n        return nan\n    \
                       return nan if isinstance(said, complex) else said\n\n"
        .to_owned();
    let mut helpers: Vec<&str> = functions.iter().flat_map(|python| python.helpers.iter().copied()).collect();
    helpers.sort_unstable();
    helpers.dedup();
    program += &helpers.join("\n");
    program += values;
    let function = |Python { tables, body, .. }: &Python| {
        format!("{}\ndef law():\n    {}\nprint(value(law))\n", tables.join("\n"), body.join("\n    "))
    };
    program + &functions.iter().map(function).collect::<String>()
}

#[test]
fn every_line_of_the_language_page_is_the_same_in_python() {
    let page = include_str!("../src/formula/LANGUAGE.md");
    let (page, _) = page.split_once("```test\n").and_then(|(_, page)| page.split_once("```")).unwrap();
    let lines = page.lines().filter_map(|line| {
        let (input, output) = line.split_once(" -> ")?;
        Some((Formula::parse(input.trim_end()).ok()?.python(&[])?, output.parse::<f64>().ok()?))
    });
    let (functions, expected): (Vec<Python>, Vec<f64>) = lines.unzip();
    assert!(expected.len() > 30, "{}", expected.len());
    let Some(found) = printed(&program(&functions, "")) else { return };
    assert_eq!(found.len(), expected.len());
    for ((found, expected), function) in found.iter().zip(&expected).zip(&functions) {
        let is_same = (found - expected).abs() < 1e-12 || found.is_nan() && expected.is_nan();
        assert!(is_same, "{}: {found} is not {expected}", function.body.join("\n"));
    }
}

#[test]
fn random_formulas_are_the_same_in_python() {
    let mut runner = TestRunner::deterministic();
    let table = Table::new(vec![0.5, 1.0, 4.0], vec![2.0, 0.7, 3.0]).unwrap();
    let leaves: Vec<(&str, Leaf)> = AT.iter().map(|(name, _)| (*name, Leaf::Scalar)).collect();
    let all = (0..4000).filter_map(|_| {
        let text = formulas().new_tree(&mut runner).unwrap().current();
        // Huge numbers lose their digits, and with them what tells two readings apart.
        let text = text.replace("5.76e23", "1.5");
        let formula = Formula::parse(&text).ok()?.with_tables(&[("T", table.clone())]);
        let function = formula.python(&[])?;
        let program = Program::compile(&formula, &leaves, &[], Order::Value).ok()?;
        let mut value = [0.0];
        program.bind(&[]).values(&AT.map(|(_, value)| value), &[], &mut value);
        Some((function, value[0]))
    });
    let (functions, expected): (Vec<Python>, Vec<f64>) = all.unzip();
    let values =
        "x, alpha, N_eff, A1, _ = 1.7, 0.4, 3.1, 2.2, 0.9\nh = {\"c4\": 1.3}\na = {1: 0.6, 2: 1.1, 3: 0.2}\n";
    let Some(found) = printed(&program(&functions, values)) else { return };
    assert_eq!(found.len(), expected.len());
    let mut compared = 0;
    for ((found, expected), function) in found.iter().zip(&expected).zip(&functions) {
        if found.is_finite() && expected.is_finite() {
            compared += 1;
            let is_same = (found - expected).abs() <= 1e-6 * (1.0 + expected.abs());
            assert!(is_same, "{}: {found} is not {expected}", function.body.join("\n"));
        }
    }
    assert!(compared > 1000, "{compared} of {}", found.len());
}
