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
    assert!(refused.contains("some of the") || refused.contains("answers for all"), "{refused}");
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
    given["fit"]["bootstrap"] = json!({"resample": [rows, rows], "first": 5});
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
    assert!(
        none["error"]["message"]
            .as_str()
            .unwrap()
            .contains("expected from one to 10000 parts of something; got 0 parts of 10")
    );
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
    // A later part of another sweep, and of draws with other random numbers.
    let mut mixed = answers(&sweep(), 2);
    mixed[1] = answers(&otherwise_costly(), 2).swap_remove(1);
    let strange = message(&merge(&sweep(), &mixed));
    assert!(
        strange.starts_with("merge.answers[1]: expected the answer of a part of this sweep"),
        "{strange}"
    );
    let mut mixed = answers(&fit(), 2);
    let mut seeded = fit();
    seeded["fit"]["bootstrap"]["seed"] = json!(8);
    mixed[1] = answers(&seeded, 2).swap_remove(1);
    let strange = message(&merge(&fit(), &mixed));
    assert!(strange.starts_with("merge.answers[1]: expected the answer of a part of this fit"), "{strange}");
}

fn otherwise_costly() -> Value {
    let mut sweep = sweep();
    sweep["sweep"]["solve"]["allocate"]["cost"] = json!("6*N*D + 3*N*demand");
    sweep
}

#[test]
fn parts_that_were_tampered_with_are_refused() {
    let edited = |question: &Value, edit: &dyn Fn(&mut Value)| {
        let mut answers = answers(question, 2);
        let mut last: Value = serde_json::from_str(&answers[1]).unwrap();
        edit(&mut last);
        answers[1] = last.to_string();
        message(&merge(question, &answers))
    };
    for (edit, expected) in [
        (json!([0, 0]), "expected some of the cells from 5 to 10; got 0 from 0 on"),
        (json!([10, 3]), "expected some of the cells from 5 to 10; got 0 from 10 on"),
        (json!([5, 9]), "expected answers for all cells up to 10; got those up to 9"),
        (json!([5, 900]), "expected some of the cells from 5 to 10; got 895 from 5 on"),
    ] {
        let refused = edited(&sweep(), &|answer| answer["sweep"]["cells"] = edit.clone());
        assert!(refused.contains(expected), "{refused}");
    }
    let refused = edited(&fit(), &|answer| {
        answer["fit"]["draws"]["A"].as_array_mut().unwrap().pop();
    });
    assert!(refused.contains("expected some of the draws from 12 to 24; got 0 from 12 on"), "{refused}");
    let refused = edited(&fit(), &|answer| {
        answer["fit"]["draws"].as_object_mut().unwrap().remove("A");
    });
    assert!(refused.contains("part of this fit"), "{refused}");
    let refused = edited(&sweep(), &|answer| {
        *answer = json!({"version": "0", "error": {"code": "x", "message": "it broke"}});
    });
    assert!(refused.contains("got an error: it broke"), "{refused}");
    for (cells, what) in [(json!([3, 3]), "got 3 and 3"), (json!([0, 11]), "at most 10")] {
        let mut none = sweep();
        none["sweep"]["cells"] = cells;
        assert!(message(&merge(&none, &[])).contains(what));
    }
    let mut late = fit();
    late["fit"]["bootstrap"]["first"] = json!(1_u64 << 60);
    let refused = ask(&json!({"split": {"question": late, "parts": 2}}));
    assert!(refused["error"]["message"].as_str().unwrap().contains("expected at most 100000 draws"));
}
