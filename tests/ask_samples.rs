//! Every sample question is answered, or refused as its name says.

use std::{fs, path::Path};

use isoflop::ask::answer_text;
use serde_json::Value;

/// The samples that have no answer, and the code of their error.
const REFUSED: [(&str, &str); 9] = [
    ("error-below-precision", "law.condition"),
    ("error-formula", "formula.implicit_product"),
    ("error-missing-input", "law.no_input"),
    ("error-not-json", "ask.not_json"),
    ("error-one-size", "envelope.one_size"),
    ("error-outside-condition", "law.condition"),
    ("error-unknown-field", "ask.unknown_field"),
    ("error-unknown-law", "laws.unknown_law"),
    ("error-wrong-unit", "units.other_unit"),
];

/// The name and text of every sample.
fn samples() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/questions");
    let mut samples: Vec<(String, String)> = fs::read_dir(folder)
        .expect("there are samples")
        .map(|entry| entry.expect("a file").path())
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(path).expect("text"))
        })
        .collect();
    samples.sort();
    samples
}

fn ask(question: &str) -> Value {
    serde_json::from_str(&answer_text(question, &mut |_| {})).expect("an Answer is JSON")
}

#[test]
fn every_sample_is_answered_or_refused_as_its_name_says() {
    for (name, question) in samples() {
        let answer = ask(&question);
        let code = answer["error"]["code"].as_str();
        let expected = REFUSED.iter().find(|(refused, _)| *refused == name).map(|(_, code)| *code);
        assert_eq!(code, expected, "{name}: {answer:#}");
        assert_eq!(name.starts_with("error-"), expected.is_some(), "{name}");
    }
}

#[test]
fn a_question_asked_again_has_the_same_answer() {
    let all = || samples().into_iter().map(|(name, question)| (name, answer_text(&question, &mut |_| {})));
    let first: Vec<(String, String)> = all().collect();
    for (before, again) in first.into_iter().zip(all()) {
        assert_eq!(before, again);
    }
}

#[test]
fn every_verb_has_a_sample() {
    let all: String = samples().into_iter().map(|(_, question)| question).collect();
    for verb in ["laws", "predict", "allocate", "fit", "isoflop", "envelope", "table", "write"] {
        assert!(all.contains(&format!("\"{verb}\":")), "{verb}");
    }
}

#[test]
fn every_sample_is_one_line() {
    for (name, question) in samples() {
        assert_eq!(question.matches('\n').count(), 1, "{name}");
        assert!(question.ends_with('\n'), "{name}");
    }
}

#[test]
fn every_error_says_what_was_wrong_where() {
    for (name, question) in samples() {
        let error = &ask(&question)["error"];
        if error.is_object() {
            assert!(
                error["message"]
                    .as_str()
                    .is_some_and(|message| message.contains("expected") || message.contains("write")),
                "{name}: {error}"
            );
            assert!(error["at"].is_object(), "{name}: {error}");
        }
    }
}
