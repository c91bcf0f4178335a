//! What cannot be allocated is refused in words that say what was expected, and where.

use isoflop::allocate::{AllocateError, Free, Limit, Part, Problem, Quantity};
use isoflop::formula::Formula;
use isoflop::outcome::Explain;

fn of(text: &str) -> Quantity {
    Quantity::new(Formula::parse(text).unwrap(), [])
}

fn chosen() -> [Free; 2] {
    ["N", "D"].map(Free::positive)
}

fn law() -> Quantity {
    of("1.69 + 406/N^0.34 + 410/D^0.28")
}

#[track_caller]
fn refused(problem: &Problem, message: &str, code: &str, path: Option<&str>) {
    let error = problem.solve().unwrap_err();
    assert_eq!(error.to_string(), message);
    assert_eq!((error.code(), error.at().path.as_deref()), (code, path));
}

#[test]
fn something_must_be_free_and_matter() {
    refused(
        &Problem::new(law(), []),
        "expected at least one free variable such as N; got none",
        "allocate.nothing_free",
        None,
    );
    refused(
        &Problem::new(law(), ["N", "D", "N"].map(Free::positive)),
        "expected each free variable once; got N twice",
        "allocate.free_twice",
        None,
    );
    refused(
        &Problem::new(of("2 + 3"), chosen()).within(Limit::at_most(of("6*N*D"), 1e21)),
        "expected an objective that depends on N, D; it depends on none of them",
        "allocate.nothing_to_choose",
        Some("objective"),
    );
    refused(
        &Problem::new(of("1 + 1/N"), chosen()),
        "expected the objective or a limit to depend on D; none does",
        "allocate.unused_variable",
        None,
    );
}

#[test]
fn a_box_must_hold_something() {
    let infinite = (-1.0, f64::INFINITY, "-1 and inf");
    for (low, high, told) in [(2.0, 1.0, "2 and 1"), infinite, (f64::NAN, 1.0, "NaN and 1")] {
        refused(
            &Problem::new(law(), [Free::within("N", low, high), Free::positive("D")]),
            &format!(
                "N: expected a least value and a largest above it, both finite unless it is positive; got {told}"
            ),
            "allocate.box",
            None,
        );
    }
}

#[test]
fn a_limit_on_something_unknown_names_what_there_is() {
    refused(
        &Problem::new(law(), chosen())
            .within(Limit::at_most(of("6*N*D"), 1e21))
            .within(Limit::at_most(of("epochs"), 4.0)),
        "limit 2: expected one of N, D; got epochs",
        "allocate.unknown_variable",
        Some("limits[1]"),
    );
}

#[test]
fn every_parameter_needs_a_finite_value() {
    let formula = || Formula::parse("E + 406/N^alpha + 410/D^0.28").unwrap();
    refused(
        &Problem::new(Quantity::new(formula(), [("E", 1.69)]), chosen()),
        "expected a value for every name of the objective but N, D; got none for alpha",
        "allocate.missing_value",
        Some("objective"),
    );
    refused(
        &Problem::new(Quantity::new(formula(), [("E", 1.69), ("alpha", f64::NAN)]), chosen()),
        "alpha: expected a finite number; got NaN",
        "allocate.value_not_finite",
        Some("objective"),
    );
}

#[test]
fn a_bound_must_be_positive() {
    for (bound, told) in [(0.0, "0"), (-3.0, "-3"), (f64::NAN, "NaN"), (f64::INFINITY, "inf")] {
        refused(
            &Problem::new(law(), chosen()).within(Limit::at_most(of("6*N*D"), bound)),
            &format!("limit 1: expected a positive bound; got {told}"),
            "allocate.bound_not_positive",
            Some("limits[0]"),
        );
    }
}

#[test]
fn one_quantity_cannot_equal_two_numbers() {
    refused(
        &Problem::new(law(), chosen())
            .within(Limit::equal(of("N"), 7e9))
            .within(Limit::at_most(of("D"), 1e12))
            .within(Limit::equal(of("N"), 8e9)),
        "limits 1 and 3: expected one value for one quantity; got 7000000000 and 8000000000",
        "allocate.contradiction",
        Some("limits[2]"),
    );
    let twice = Problem::new(law(), chosen())
        .within(Limit::equal(of("N"), 7e9))
        .within(Limit::equal(of("D"), 1e12))
        .within(Limit::equal(of("N"), 7e9));
    assert_eq!(twice.solve().unwrap().at["N"], 7e9);
}

#[test]
fn a_formula_without_a_value_anywhere_is_refused() {
    refused(
        &Problem::new(of("ln(-N - D)"), chosen()),
        "expected a number; the formula has none at N = 1, D = 1",
        "allocate.undefined",
        Some("objective"),
    );
    let error = Problem::new(law(), chosen()).within(Limit::at_most(of("ln(-N)"), 1.0)).solve().unwrap_err();
    assert_eq!(error.to_string(), "limit 1: expected a number; the formula has none at N = 1, D = 1");
    assert_eq!(error.at().path.as_deref(), Some("limits[0]"));
}

#[test]
fn there_is_an_end_to_variables_and_limits() {
    let names: Vec<String> = (0..17).map(|i| format!("x{i}")).collect();
    let free = names.iter().map(|name| Free::positive(name));
    refused(
        &Problem::new(of(&names.join("*")), free),
        "expected at most 16 free variables; got 17",
        "allocate.too_many",
        None,
    );
    let mut crowded = Problem::new(law(), chosen());
    crowded.limits = vec![Limit::at_most(of("6*N*D"), 1e21); 33];
    refused(&crowded, "expected at most 32 limits; got 33", "allocate.too_many", None);
}

#[test]
fn sixteen_variables_and_thirty_two_limits_are_solved() {
    let names: Vec<String> = (0..16).map(|i| format!("x{i}")).collect();
    let terms: Vec<String> = names.iter().map(|name| format!("10/{name}^0.3")).collect();
    let mut problem = Problem::new(of(&terms.join("+")), names.iter().map(|name| Free::positive(name)));
    problem.limits.push(Limit::at_most(of(&names.join("*")), 1e64));
    problem.limits.extend(names.iter().map(|name| Limit::at_least(of(name), 1e2)));
    problem.limits.extend(names.iter().skip(1).map(|name| Limit::at_most(of(name), 1e5)));
    let best = problem.solve().unwrap();
    assert_eq!(best.termination, isoflop::outcome::Termination::Optimum);
    assert!(best.at.values().all(|x| (x / 1e4 - 1.0).abs() < 1e-10), "{:?}", best.at);
}

#[test]
fn a_prepared_problem_checks_what_it_is_given() {
    let mut prepared =
        Problem::new(law(), chosen()).within(Limit::at_most(of("6*N*D"), 1e21)).prepare().unwrap();
    assert_eq!(prepared.set_bound(1, 1e21), Err(AllocateError::NoSuchLimit { limit: 1, limits: 1 }));
    assert_eq!(prepared.set_bound(0, -1.0), Err(AllocateError::BoundNotPositive { limit: 0, given: -1.0 }));
    let error = prepared.set_value(Part::Objective, "E", 1.7).unwrap_err();
    assert!(matches!(error, AllocateError::NoSuchValue { .. }), "{error}");
    assert_eq!(error.to_string(), "expected a value for one of (none); got one for E");
    let error = prepared.set_value(Part::Limit(3), "E", 1.7).unwrap_err();
    assert_eq!(error.to_string(), "expected a limit from 1 to 1; got 4");
}
