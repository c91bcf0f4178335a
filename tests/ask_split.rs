//! `split` and `merge`: the parts of a question come to the bytes of the whole.

use isoflop::ask::answer_text;
use serde_json::{Value, json};

fn text(question: &Value) -> String {
    answer_text(&question.to_string(), &mut |_| {})
}

fn ask(question: &Value) -> Value {
    serde_json::from_str(&text(question)).unwrap()
}

fn message(answer: &str) -> String {
    let answer: Value = serde_json::from_str(answer).unwrap();
    answer["error"]["message"].as_str().unwrap_or_else(|| panic!("{answer:#}")).to_owned()
}

/// The answers of the parts, as text: read and written again they may lose a last digit in other tools.
fn answers(question: &Value, parts: usize) -> Vec<String> {
    let split = ask(&json!({"split": {"question": question, "parts": parts}}));
    split["split"]["questions"].as_array().unwrap_or_else(|| panic!("{split:#}")).iter().map(text).collect()
}

fn merge(question: &Value, answers: &[String]) -> String {
    let merge = format!(r#"{{"merge":{{"question":{question},"answers":[{}]}}}}"#, answers.join(","));
    answer_text(&merge, &mut |_| {})
}

/// Checks a question in so many parts, given in the reverse order.
fn check(question: &Value, parts: usize, expected: usize) {
    let mut answers = answers(question, parts);
    assert_eq!(answers.len(), expected);
    answers.reverse();
    assert_eq!(merge(question, &answers), text(question));
    answers.pop();
    let refused = message(&merge(question, &answers));
    assert!(refused.contains("from 0 on") || refused.contains("answers for all"), "{refused}");
}

fn sweep() -> Value {
    let fit = json!({"parameters": {"E": 1.8, "A": 480, "alpha": 0.35, "B": 2100, "beta": 0.37},
        "draws": {"E": [1.8, 1.82], "A": [480, 500], "alpha": [0.35, 0.36], "B": [2100, 2000], "beta": [0.37, 0.36]}});
    let solve = json!({"law": "chinchilla", "fit": fit, "cost": "6*N*D + 2*N*demand"});
    let axes = json!([{"of": "budget", "from": "1e18 FLOPs", "to": "1e26 FLOPs", "steps": 5},
        {"of": "demand", "values": [1e9, 1e12]}]);
    json!({"sweep": {"axes": axes, "solve": {"allocate": solve}, "quantiles": [0.05, 0.95]}})
}

fn fit() -> Value {
    let mut fit: Value =
        serde_json::from_str(include_str!("../examples/questions/fit-bootstrap.json")).unwrap();
    fit["fit"]["bootstrap"]["draws"] = json!(24);
    fit["fit"]["diagnose"] = json!(1);
    fit
}

#[test]
fn a_split_sweep_merges_to_the_bytes_of_the_unsplit_one() {
    for parts in [1, 3, 10, 64] {
        check(&sweep(), parts, parts.min(10));
    }
    let mut stretch = sweep();
    stretch["sweep"]["cells"] = json!([3, 8]);
    check_stretch(&stretch);
}

/// Cells of a stretch are counted from the first of the whole.
fn check_stretch(question: &Value) {
    let answers = answers(question, 2);
    assert_eq!(merge(question, &answers), text(question));
}

#[test]
fn a_split_bootstrap_merges_to_the_bytes_of_the_unsplit_one() {
    for parts in [1, 5, 64] {
        check(&fit(), parts, parts.min(24));
    }
    let mut later = fit();
    later["fit"]["bootstrap"]["first"] = json!(7);
    check_stretch(&later);
    // Rows that are given for each draw stay together.
    let rows: Vec<usize> = (0..34).collect();
    let mut given = fit();
    given["fit"]["bootstrap"] = json!({"resample": [rows, rows]});
    assert_eq!(answers(&given, 3).len(), 1);
    check_stretch(&given);
}

#[test]
fn order_of_names_in_parts_does_not_matter() {
    let question = sweep();
    let mut answers = answers(&question, 2);
    let mut sorted: Value = serde_json::from_str(&answers[1]).unwrap();
    let columns = &mut sorted["sweep"]["columns"];
    let reversed: Vec<(String, Value)> = columns
        .as_object()
        .unwrap()
        .iter()
        .rev()
        .map(|(name, column)| (name.clone(), column.clone()))
        .collect();
    *columns = reversed.into_iter().collect::<serde_json::Map<_, _>>().into();
    answers[1] = sorted.to_string();
    assert_eq!(merge(&question, &answers), text(&question));
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let other = ask(&json!({"split": {"question": {"laws": {}}, "parts": 2}}));
    assert!(
        other["error"]["message"].as_str().unwrap().contains("expected a sweep, or a fit with a bootstrap")
    );
    let none = ask(&json!({"split": {"question": sweep(), "parts": 0}}));
    assert!(none["error"]["message"].as_str().unwrap().contains("got 0 parts of 10"));
    for question in [sweep(), fit()] {
        let whole = message(&merge(&question, &[text(&question)]));
        assert!(whole.contains("expected the answer of a part of the question"), "{whole}");
    }
    let mut otherwise = sweep();
    otherwise["sweep"]["solve"]["allocate"]["cost"] = json!("6*N*D + 3*N*demand");
    let strange = message(&merge(&otherwise, &answers(&sweep(), 2)));
    assert!(strange.contains("part of this sweep"), "{strange}");
    let mut otherwise = fit();
    otherwise["fit"]["loss"] = json!({"squares": true, "of": "log"});
    let strange = message(&merge(&otherwise, &answers(&fit(), 2)));
    assert!(strange.contains("part of this fit"), "{strange}");
}
