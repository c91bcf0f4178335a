//! `fit` through the one door: answers, refusals, and what can be done with an answer.

#![allow(clippy::disallowed_methods, reason = "test data need not be the same everywhere")]

use isoflop::ask::answer_text;
use serde_json::{Value, json};

const SAMPLE: &str = include_str!("../examples/questions/fit.json");

fn ask(question: &Value) -> Value {
    serde_json::from_str(&answer_text(&question.to_string(), &mut |_| {})).expect("an Answer is JSON")
}

fn sample() -> Value {
    serde_json::from_str(SAMPLE).expect("the sample is JSON")
}

fn error_of(question: &Value) -> (String, String) {
    let answer = ask(question);
    let text = |field: &str| answer["error"][field].as_str().unwrap_or_default().to_owned();
    (text("code"), text("message"))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

#[test]
fn the_sample_reaches_its_known_optimum() {
    let answer = ask(&sample());
    let fit = &answer["fit"];
    assert_eq!(fit["termination"], "converged", "{fit:#}");
    assert_eq!(fit["runs"], 34);
    assert!((number(&fit["objective"]) / 0.0005299541304503393 - 1.0).abs() < 1e-10);
    assert!((number(&fit["parameters"]["alpha"]) - 0.25257405854334).abs() < 1e-6);
    assert!((number(&fit["parameters"]["beta"]) - 0.26222922415526).abs() < 1e-6);
    let (alpha, beta) = (number(&fit["parameters"]["alpha"]), number(&fit["parameters"]["beta"]));
    assert!((number(&fit["derived"]["a"]) - beta / (alpha + beta)).abs() < 1e-15);
    assert_eq!(answer["id"], "gadre-c4");
    assert_eq!(answer["engine"], "cpu");
}

#[test]
fn an_answer_is_the_fit_of_another_question() {
    let fit = ask(&sample())["fit"].clone();
    let predicted = ask(&json!({"predict": {"law": "chinchilla", "fit": fit, "at": {"N": 1e9, "D": "20B"}}}));
    let loss = number(&predicted["predict"]["value"]);
    assert!(loss > 2.5 && loss < 3.2, "{predicted:#}");
    let warnings = predicted["predict"]["warnings"].to_string();
    assert!(!warnings.contains("range.extrapolated"), "inside the runs: {warnings}");
    let far = ask(&json!({"predict": {"law": "chinchilla", "fit": fit, "at": {"N": 1e12, "D": "20T"}}}));
    assert!(far["predict"]["warnings"].to_string().contains("range.extrapolated"), "{far:#}");
}

#[test]
fn the_same_question_is_answered_with_the_same_bytes() {
    assert_eq!(answer_text(SAMPLE, &mut |_| {}), answer_text(SAMPLE, &mut |_| {}));
}

#[test]
fn progress_is_told_and_reaches_its_end() {
    let mut steps = Vec::new();
    answer_text(SAMPLE, &mut |progress| steps.push((progress.done, progress.of, progress.stage)));
    assert!(steps.len() >= 16, "{steps:?}");
    let last = steps.last().expect("there were steps");
    assert_eq!(last.0, last.1);
    assert!(steps.windows(2).all(|pair| pair[0].0 < pair[1].0));
}

#[test]
fn a_typed_law_with_other_names_gives_the_same_digits() {
    let catalogue = ask(&sample())["fit"].clone();
    let runs = &sample()["fit"]["runs"];
    let typed = ask(&json!({"fit": {
        "law": {"formula": "q + u*x^-s + v*y^-t"},
        "runs": {"x": runs["N"], "y": runs["D"], "L": runs["L"]},
    }}))["fit"]
        .clone();
    assert_eq!(typed["objective"], catalogue["objective"]);
    for (typed_name, name) in [("q", "E"), ("u", "A"), ("s", "alpha"), ("v", "B"), ("t", "beta")] {
        assert_eq!(typed["parameters"][typed_name], catalogue["parameters"][name], "{name}");
    }
}

#[test]
fn rows_that_are_off_do_not_count() {
    let runs = &sample()["fit"]["runs"];
    let off =
        ask(&json!({"fit": {"law": "chinchilla", "runs": {"columns": runs, "rows_off": [0, 3]}}}))["fit"]
            .clone();
    assert_eq!(off["runs"], 32);
    let cut = |name: &str| -> Vec<Value> {
        let cells = runs[name].as_array().expect("a column");
        cells
            .iter()
            .enumerate()
            .filter(|(row, _)| ![0, 3].contains(row))
            .map(|(_, cell)| cell.clone())
            .collect()
    };
    let without = ask(
        &json!({"fit": {"law": "chinchilla", "runs": {"N": cut("N"), "D": cut("D"), "L": cut("L")}}}),
    )["fit"]
        .clone();
    assert_eq!(off["parameters"], without["parameters"]);
}

#[test]
fn tokens_follow_from_compute_where_they_are_not_sent() {
    let mut question = sample();
    let runs = question["fit"]["runs"].as_object_mut().expect("runs");
    let column =
        |name: &str| -> Vec<f64> { runs[name].as_array().expect("a column").iter().map(number).collect() };
    let compute: Vec<f64> = column("N").iter().zip(column("D")).map(|(n, d)| 6.0 * n * d).collect();
    runs.remove("D");
    runs.insert("C".to_owned(), json!(compute));
    let fit = ask(&question)["fit"].clone();
    assert_eq!(fit["termination"], "converged");
    assert!(fit["warnings"].to_string().contains("runs.derived"), "{}", fit["warnings"]);
}

#[test]
fn a_constant_that_the_runs_do_not_need_is_reported_as_zero() {
    let n: Vec<f64> = (0..30).map(|i| 1e7 * f64::from(i * i + 1)).collect();
    let loss: Vec<f64> = n.iter().map(|n| 40.0 * n.powf(-0.15)).collect();
    let fit =
        ask(&json!({"fit": {"law": {"formula": "E + A / N^alpha"}, "runs": {"N": n, "L": loss}}}))["fit"]
            .clone();
    assert_eq!(number(&fit["parameters"]["E"]), 0.0, "{fit:#}");
    assert_eq!(fit["termination"], "at_bound");
    assert!(fit["warnings"].to_string().contains("fit.term_vanished"));
    assert!((number(&fit["parameters"]["alpha"]) - 0.15).abs() < 1e-9);
}

#[test]
fn bad_runs_are_refused_with_their_place() {
    let with = |runs: Value| json!({"fit": {"law": "chinchilla", "runs": runs}});
    let good = [1e9, 2e9, 3e9, 4e9, 5e9, 6e9];
    let loss = [3.0, 2.9, 2.8, 2.7, 2.6, 2.5];
    let one = [1e9; 6];
    let cases = [
        (json!({}), "runs.empty"),
        (json!({"N": [], "D": [], "L": []}), "runs.no_rows"),
        (json!({"N": [1e9], "D": [2e9], "L": [3.0]}), "runs.one_row"),
        (json!({"N": good[..3], "D": good[..3], "L": loss[..3]}), "runs.too_few"),
        (json!({"N": good, "D": good, "L": [2.0, 2.0, 2.0, 2.0, 2.0, 2.0]}), "runs.constant_loss"),
        (json!({"N": one, "D": good, "L": loss}), "runs.one_value"),
        (json!({"N": good, "D": good}), "runs.no_column"),
        (json!({"N": good, "L": loss}), "runs.no_column"),
        (json!({"N": good, "D": good, "L": [3.0, -2.9, 2.8, 2.7, 2.6, 2.5]}), "runs.not_positive"),
        (json!({"N": good, "D": good, "L": [3.0, 0, 2.8, 2.7, 2.6, 2.5]}), "runs.not_positive"),
        (json!({"N": good, "D": good[..5], "L": loss}), "runs.unequal_lengths"),
        (json!({"columns": {"N": good, "D": good, "L": loss}, "rows_off": [7]}), "runs.no_such_row"),
    ];
    for (runs, code) in cases {
        let (given, message) = error_of(&with(runs.clone()));
        assert_eq!(given, code, "{runs}: {message}");
    }
    let mut text = json!({"N": good, "D": good, "L": loss});
    text["D"][2] = json!("many");
    let answer = ask(&with(text));
    assert_eq!(answer["error"]["at"]["row"], 2, "{answer:#}");
    assert_eq!(answer["error"]["at"]["column"], "D");
}
