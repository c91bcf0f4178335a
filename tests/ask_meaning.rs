//! What a number means: conventions that must not be mixed in silence, and values at which a law means nothing.

use isoflop::ask::answer_text;
use serde_json::{Value, json};

fn ask(question: &Value) -> Value {
    serde_json::from_str(&answer_text(&question.to_string(), &mut |_| {})).expect("an Answer is JSON")
}

fn warning<'a>(answer: &'a Value, code: &str) -> Option<&'a Value> {
    answer["predict"]["warnings"].as_array().expect("warnings").iter().find(|warning| warning["code"] == code)
}

#[test]
fn a_size_without_embeddings_in_the_place_of_one_with_them_is_warned_of() {
    let size = json!({"predict": {"law": "kaplan-optimum", "at": {"C": 1e21}}});
    let answer = ask(&json!({"predict": {"law": "chinchilla", "at": {"N": size, "D": 2e10}}}));
    let mixed = warning(&answer, "convention.mixed").expect("a warning");
    assert_eq!(
        mixed["message"],
        "predict.at.N counts all parameters, embeddings included; the answer in its place counts parameters without \
         embeddings"
    );
    let size = json!({"predict": {"law": "hoffmann-approach-1", "at": {"C": 1e21}}});
    let answer = ask(&json!({"predict": {"law": "chinchilla", "at": {"N": size, "D": 2e10}}}));
    assert!(warning(&answer, "convention.mixed").is_none(), "{answer:#}");
}

#[test]
fn one_name_for_two_counts_is_warned_of() {
    let formula = "law(chinchilla; N, D) - law(kaplan-size-and-data; N, D)";
    let answer = ask(&json!({"predict": {"law": {"formula": formula}, "at": {"N": 1e9, "D": 2e10}}}));
    let mixed = warning(&answer, "convention.mixed").expect("a warning");
    assert_eq!(
        mixed["message"],
        "N counts all parameters, embeddings included in chinchilla, and parameters without embeddings in \
         kaplan-size-and-data"
    );
    // Converted before it is passed on, it is no longer one name.
    let formula = "law(chinchilla; N, D) - law(kaplan-size-and-data; N - V * d, D)";
    let at = json!({"N": 1e9, "D": 2e10, "V": 50257, "d": 1600});
    let answer = ask(&json!({"predict": {"law": {"formula": formula}, "at": at}}));
    assert!(warning(&answer, "convention.mixed").is_none(), "{answer:#}");
}

#[test]
fn a_loss_below_zero_is_refused_where_logarithms_are_fitted() {
    let rows = 9;
    let column = |from: f64| -> Vec<f64> { (0..rows).map(|row| from * f64::from(row + 1)).collect() };
    let loss: Vec<f64> = (0..rows).map(|row| -3.0 - f64::from(row % 4)).collect();
    let runs = json!({"N": column(1e8), "N_v": column(1e7), "D": column(1e10), "L_u": loss});
    let error = &ask(&json!({"fit": {"law": "tao-loss", "runs": runs}}))["error"];
    assert_eq!(error["code"], "fit.no_logarithm");
    assert_eq!(error["at"], json!({"path": "fit.runs", "row": 0, "column": "L_u"}));
    assert_eq!(
        error["message"],
        "fit.runs: row 0, column \"L_u\": expected a positive number, since the fit is of its logarithm; got -3, and L_u is nats \
         per token less those of a unigram model, so below zero"
    );
}

#[test]
fn a_precision_below_its_floor_is_refused() {
    let answer = ask(&json!({"predict": {"law": "kumar-uniform", "at": {"N": 1e9, "D": 2e10, "P": 2}}}));
    assert_eq!(answer["error"]["code"], "law.condition");
    assert_eq!(
        answer["error"]["message"],
        "expected P > gamma_a * n_a, outside which kumar-uniform means nothing"
    );
}

#[test]
fn a_conversion_stands_in_the_place_of_a_number_and_nothing_is_mixed() {
    // GPT-2 XL: 48 layers of width 1600, 50 257 entries, tied.
    let without = json!({"predict": {
        "law": "parameters-without-embeddings", "at": {"N": 1554971200.0, "V": 50257, "d": 1600, "m": 1}
    }});
    let answer =
        ask(&json!({"predict": {"law": "kaplan-size-and-data", "at": {"N": without, "D": 2.29e10}}}));
    assert!(warning(&answer, "convention.mixed").is_none(), "{answer:#}");
    let sizes = ask(&without);
    assert_eq!(sizes["predict"]["value"], 12.0 * 48.0 * 1600.0 * 1600.0);

    let loss = json!({"predict": {"law": "chinchilla", "at": {"N": 70e9, "D": 1.4e12}}});
    let bits = ask(&json!({"predict": {"law": "loss-in-bits", "at": {"L": loss, "bytes": 4}}}));
    assert_eq!(bits["predict"]["unit"], "bits/token");
    let nats = json!({"predict": {"law": "loss-in-nats",
        "at": {"L": bits["predict"]["outputs"]["bits_per_byte"], "bytes": 4}}});
    let (there, back) = (ask(&loss), ask(&nats));
    let value = |answer: &Value| answer["predict"]["value"].as_f64().unwrap();
    assert!((value(&back) / value(&there) - 1.0).abs() < 1e-14);
}

#[test]
fn a_loss_in_another_unit_is_refused_where_nats_are_asked_for() {
    let bits = json!({"predict": {"law": "loss-in-bits", "at": {"L": 2.0, "bytes": 4}}});
    let answer = ask(&json!({"predict": {"law": "loss-in-bits", "at": {"L": bits, "bytes": 4}}}));
    assert_eq!(answer["error"]["code"], "ask.other_unit");
}
