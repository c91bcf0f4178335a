//! No text can make the one door panic, hang, or answer with anything but one line of JSON.

use isoflop::ask::answer_text;
use proptest::prelude::*;
use serde_json::Value;

/// Samples to spoil: everything but a fit, which takes its time.
const SAMPLES: [&str; 10] = [
    include_str!("../examples/questions/predict.json"),
    include_str!("../examples/questions/predict-columns.json"),
    include_str!("../examples/questions/predict-typed-law.json"),
    include_str!("../examples/questions/predict-nested.json"),
    include_str!("../examples/questions/allocate.json"),
    include_str!("../examples/questions/allocate-limits.json"),
    include_str!("../examples/questions/allocate-own-fit.json"),
    include_str!("../examples/questions/allocate-power-law.json"),
    include_str!("../examples/questions/isoflop-groups.json"),
    include_str!("../examples/questions/envelope-smooth.json"),
];

/// What strangers put where a number, a name or a formula belongs.
const ODD: [&str; 20] = [
    "0",
    "-0.0",
    "-1",
    "1e308",
    "1e-320",
    "null",
    "true",
    "[]",
    "{}",
    "\"\"",
    "\"N\"",
    "\"loss\"",
    "\"1e999\"",
    "\"NaN\"",
    "\"ln(-1)\"",
    "\"x^x^x^x\"",
    "\"𝒳 ∞\"",
    "[1,[2]]",
    "{\"predict\":{}}",
    "{\"laws\":{}}",
];

fn holds(question: &str) {
    let text = answer_text(question, &mut |_| {});
    assert!(!text.contains('\n'), "{question}");
    let answer: Value = serde_json::from_str(&text).expect("an Answer is JSON");
    assert_eq!(answer["version"], env!("CARGO_PKG_VERSION"));
    let error = &answer["error"];
    if error.is_object() {
        assert!(error["code"].as_str().is_some_and(|code| code.contains('.')), "{text}");
        assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()), "{text}");
    } else {
        assert_eq!(answer["engine"], "cpu", "{text}");
    }
}

/// Where the values of a JSON text begin and end, roughly: a number, a text, or what brackets hold.
fn values(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for start in text.match_indices(':').map(|(at, _)| at + 1) {
        let mut stream = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>();
        if let Some(Ok(_)) = stream.next() {
            found.push((start, start + stream.byte_offset()));
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        holds(&text);
    }

    #[test]
    fn text_made_of_json_is_answered(text in r#"[\[\]{}",:0-9a-zN.eE+\-\\ ]{0,80}"#) {
        holds(&text);
    }

    #[test]
    fn a_sample_with_letters_changed_is_answered(
        sample in 0..SAMPLES.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<char>(), any::<bool>()), 1..6),
    ) {
        let mut letters: Vec<char> = SAMPLES[sample].trim_end().chars().collect();
        for (at, letter, insert) in changes {
            let at = at.index(letters.len());
            if insert { letters.insert(at, letter) } else { letters[at] = letter }
        }
        holds(&letters.into_iter().collect::<String>());
    }

    #[test]
    fn a_sample_with_a_value_replaced_is_answered(
        sample in 0..SAMPLES.len(),
        at in any::<prop::sample::Index>(),
        odd in 0..ODD.len(),
    ) {
        let text = SAMPLES[sample].trim_end();
        let values = values(text);
        let (start, end) = values[at.index(values.len())];
        holds(&format!("{}{}{}", &text[..start], ODD[odd], &text[end..]));
    }

    #[test]
    fn a_sample_with_a_number_replaced_is_answered(
        sample in 0..SAMPLES.len(),
        at in any::<prop::sample::Index>(),
        number in prop::num::f64::ANY,
    ) {
        let text = SAMPLES[sample].trim_end();
        let values = values(text);
        let (start, end) = values[at.index(values.len())];
        holds(&format!("{}{number:e}{}", &text[..start], &text[end..]));
    }

    #[test]
    fn any_formula_is_answered(formula in r"[NDExy0-9+\-*/^().,;= <>]{1,40}", n in prop::num::f64::POSITIVE) {
        let formula = Value::from(formula);
        holds(&format!(r#"{{"predict":{{"law":{{"formula":{formula}}},"at":{{"N":{n:e},"D":1}}}}}}"#));
        holds(&format!(r#"{{"allocate":{{"law":{{"formula":{formula}}},"budget":{n:e}}}}}"#));
        holds(&format!(r#"{{"allocate":{{"law":"chinchilla","cost":{formula},"budget":{n:e}}}}}"#));
        holds(&format!(r#"{{"allocate":{{"law":"chinchilla","budget":1e21,"limits":[{{"of":{formula},"at_most":{n:e}}}]}}}}"#));
    }
}
