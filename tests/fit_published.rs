//! Fits that others published, done again on their runs: which of them are optima, and which stopped above one.

#![allow(clippy::disallowed_methods, reason = "oracles are independent of our arithmetic")]

mod digits;
mod known;
mod measured;

use digits::reads;
use isoflop::ask::answer_text;
use isoflop::fit::Line;
use known::Known;
use measured::Measured;
use serde_json::Value;

/// The fit of a row of the table of optima; nothing where its runs are not there.
fn fitted(section: &str, table: &str, formula: &str, [shape, of]: [&str; 2]) -> Option<Value> {
    let asked = [section, table, formula, shape, of];
    let is_asked =
        |row: &Known| ["section", "table", "formula", "shape", "of"].map(|name| row.cell(name)) == asked;
    let row = Known::read("fits.csv").into_iter().find(is_asked).expect("a row of the table");
    let answer: Value =
        serde_json::from_str(&answer_text(&row.question()?.to_string(), &mut |_| {})).unwrap();
    assert_eq!(answer["fit"]["termination"], "converged", "{}: {answer:#}", row.label());
    Some(answer["fit"].clone())
}

fn parameter(fit: &Value, name: &str) -> f64 {
    fit["parameters"][name].as_f64().unwrap_or_else(|| panic!("{name} of {fit:#}"))
}

const CHINCHILLA: &str = "E + A / N^alpha + B / D^beta";
const TIED: &str = "E + A / N^alpha + B / D^alpha";
const OFFSET: &str = "E + A / x^alpha";
const KEPT: &str = "chinchilla_points.csv?kept240=1";
const ALL: &str = "chinchilla_points.csv";

/// Besiroglu et al. (2024), whose threshold shrank to nothing as they fitted it: least absolute values.
#[test]
fn besiroglus_estimates_are_least_absolute_values() {
    let kept = ["482.00572", "2085.43420", "1.81686", "0.34781", "0.36585"];
    let all = ["6.13834459", "9.43584213", "0.63412782", "0.3453568", "0.45189211"];
    for (table, published, logarithms) in [(KEPT, kept, false), (ALL, all, true)] {
        let Some(fit) = fitted("2", table, CHINCHILLA, ["absolute", "log"]) else { return };
        for (name, printed) in ["A", "B", "E", "alpha", "beta"].iter().zip(published) {
            let value = parameter(&fit, name);
            let value = if logarithms && name.len() == 1 { value.ln() } else { value };
            // Five to six of their digits are right.
            assert!(reads(value, printed, 3e-6), "{name} is {value}, not {printed}");
        }
    }
}

/// Optimisers with differences for derivatives stop early.
#[test]
fn the_published_objectives_lie_above_the_optimum() {
    for (section, table, shape, published, [least, most]) in [
        ("2", KEPT, "huber 1e-3", 0.0010182740346, [1.5e-8, 1.7e-8]),
        ("9.1", "gemstones_hot.csv", "huber 1e-3", 0.0019816129, [2e-8, 8e-8]),
        ("9.1", "gemstones_hot.csv", "huber 1e-4", 0.0002076018, [4.6e-4, 4.7e-4]),
    ] {
        let Some(fit) = fitted(section, table, CHINCHILLA, [shape, "log"]) else { return };
        let excess = published / fit["objective"].as_f64().unwrap() - 1.0;
        assert!(least < excess && excess < most, "{table}, {shape}: {excess:e}");
    }
}

/// Chinchilla's form fits the 240 runs better than Kaplan's by this factor.
#[test]
fn the_form_of_kaplan_fits_five_times_worse() {
    let kaplan = "((N_c / N)^(alpha_N / alpha_D) + D_c / D)^alpha_D";
    let objective = |section, form| {
        fitted(section, KEPT, form, ["squares", "log"]).map(|fit| fit["objective"].as_f64().unwrap())
    };
    let (Some(kaplan), Some(chinchilla)) = (objective("7", kaplan), objective("3", CHINCHILLA)) else {
        return;
    };
    assert!(reads(kaplan / chinchilla, "5.3", 0.0), "{}", kaplan / chinchilla);
}

#[test]
fn the_tied_law_of_gadre_is_found() {
    let Some(fit) = fitted("9.1", "gadre_c4_rpj.csv?dataset=c4_original", TIED, ["squares", "log"]) else {
        return;
    };
    let (constant, eta) = (parameter(&fit, "E"), parameter(&fit, "alpha") / 2.0);
    assert!(reads(constant, "1.5151", 0.0) && reads(eta, "0.12168", 0.0), "{constant}, {eta}");
}

/// Porian et al. (2024): the best loss over compute, as far as a tolerance of 1e-6 took them.
#[test]
fn the_losses_of_porian_over_compute_are_found() {
    let part = "&flops>1e16&flops<5e17";
    for (config, published) in [
        ("tuned_short_const", ["128.93191387679073", "2.0055567801262706", "0.10596965150600296"]),
        ("base_short_chinchilla", ["562235.9076", "3.08183752800", "0.33586595371"]),
    ] {
        let table = format!("porian_rw_optima.csv?config=rw_{config}_standard_val{part}");
        let Some(fit) = fitted("9.2", &table, OFFSET, ["squares", "log"]) else { return };
        for (name, printed) in ["A", "E", "alpha"].iter().zip(published) {
            let value = parameter(&fit, name);
            assert!(reads(value, printed, 5e-5), "{config}: {name} is {value}, not {printed}");
        }
    }
}

/// Exponents and coefficients of the best size over compute, by configuration; basic, or weighted by their deviations.
const PORIAN: [(&str, &str, &str, &str); 12] = [
    ("base_long_kaplan_kaplan_train", "basic", "0.833767932284", "4.50982078682e-8"),
    ("base_long_kaplan_kaplan_train", "weighted", "0.835300042491", "4.2319659185e-8"),
    ("base_long_kaplan_standard_val", "basic", "0.700899", ""),
    ("base_short_kaplan_standard_val", "basic", "0.603528", ""),
    ("base_short_chinchilla_standard_val", "basic", "0.571425", ""),
    ("tuned_short_const_standard_val", "basic", "0.497028795492", "0.118199037814"),
    ("tuned_short_const_standard_val", "weighted", "0.496895078179", "0.118926483975"),
    ("base_long_kaplan_attention_train", "basic", "0.715916", ""),
    ("base_short_kaplan_attention_train", "basic", "0.624012", ""),
    ("base_short_chinchilla_attention_train", "basic", "0.577811", ""),
    ("tuned_short_const_attention_train", "basic", "0.504066", ""),
    ("tuned_long_const_kaplan_train", "basic", "0.708059", ""),
];

#[test]
fn lines_through_porians_optima_are_the_published_ones() {
    let (Some(optima), Some(published)) =
        (Measured::read("porian_rw_optima.csv"), Measured::read("porian_rw_published_fits.csv"))
    else {
        return;
    };
    let configs = published.texts("config");
    let kinds = published.texts("fit");
    let (exponents, coefficients) = (published.column("n_exponent"), published.column("n_coef"));
    assert_eq!(configs.len(), 20);
    let mut asserted = 0;
    for (row, config) in configs.iter().enumerate() {
        let here =
            |cell: &dyn Fn(&str) -> String| cell("config") == *config && !cell("params_opt").is_empty();
        let table = Measured::read("porian_rw_optima.csv").expect("it was there").filter(here);
        let ln = |column: &str| table.column(column).iter().map(|x| x.ln()).collect::<Vec<f64>>();
        let weights: Vec<f64> = table.column("log_params_opt_sd").iter().map(|sd| 1.0 / (sd * sd)).collect();
        let weights = (kinds[row] == "weighted").then_some(weights);
        let line = Line::through(&ln("flops"), &ln("params_opt"), weights.as_deref()).expect("a line");
        let label = format!("{config}, {}", kinds[row]);
        for (given, expected) in [(line.slope, exponents[row]), (line.intercept.exp(), coefficients[row])] {
            assert!((given / expected - 1.0).abs() <= 1e-10, "{label}: {given} is not {expected}");
        }
        for (known, kind, exponent, coefficient) in PORIAN {
            if *config == format!("rw_{known}") && kinds[row] == kind {
                asserted += 1;
                let coefficient_is =
                    coefficient.is_empty() || reads(line.intercept.exp(), coefficient, 1e-10);
                assert!(reads(line.slope, exponent, 1e-10) && coefficient_is, "{label}: {line:?}");
            }
        }
    }
    assert_eq!(asserted, PORIAN.len());
    drop(optima);
}
