//! `laws` and `predict` through the one door.

// Mistyped on purpose.
// cspell:ignore chinchila hofmann hofmann2022

use isoflop::ask::answer_text;
use isoflop::laws::LAWS;
use serde_json::{Value, json};

fn ask(question: &Value) -> Value {
    serde_json::from_str(&answer_text(&question.to_string(), &mut |_| {})).expect("an Answer is JSON")
}

fn predict(question: &Value) -> Value {
    let answer = ask(&json!({ "predict": question }));
    assert!(answer["error"].is_null(), "{answer:#}");
    answer["predict"].clone()
}

fn refused(question: &Value) -> (String, String) {
    let answer = ask(&json!({ "predict": question }));
    let text = |field: &str| answer["error"][field].as_str().unwrap_or_default().to_owned();
    (text("code"), text("message"))
}

fn codes(answer: &Value) -> Vec<&str> {
    let warnings = answer["warnings"].as_array().expect("every answer has warnings");
    warnings.iter().filter_map(|warning| warning["code"].as_str()).collect()
}

const TYPED: &str = "q + u*x^-s + v*y^-t";

#[test]
fn laws_lists_the_catalogue_with_provenance() {
    let answer = ask(&json!({"id": {"any": ["thing"]}, "laws": {}}));
    assert_eq!(answer["id"], json!({"any": ["thing"]}));
    assert_eq!((&answer["version"], &answer["engine"]), (&json!("0.1.0"), &json!("cpu")));
    let laws = answer["laws"]["laws"].as_array().unwrap();
    assert_eq!(laws.len(), LAWS.len());
    for (entry, law) in laws.iter().zip(LAWS) {
        assert_eq!(entry["id"], law.id);
        assert!(!entry["formula"].as_str().unwrap().is_empty());
        assert!(!entry["source"]["locator"].as_str().unwrap().is_empty());
        for fit in entry["fits"].as_array().unwrap() {
            assert_eq!(fit["values"].as_object().unwrap().len(), law.parameters.len());
            assert!(
                fit["source"]["text"].as_str().unwrap().contains(fit["source"]["authors"].as_str().unwrap())
            );
            assert!(fit["read_in"]["how"].is_string());
        }
    }
    assert_eq!(answer["laws"]["warnings"], json!([]));
}

#[test]
fn a_law_of_two_outputs_gives_both() {
    let answer = predict(&json!({"law": "hoffmann-approach-1", "at": {"C": "1e21 FLOPs"}}));
    assert_eq!(answer["unit"], "parameters");
    assert_eq!(answer["value"], answer["outputs"]["N_opt"]);
    assert!((answer["outputs"]["N_opt"].as_f64().unwrap() / 2.86e9 - 1.0).abs() < 0.0018);
    assert!(answer["outputs"]["D_opt"].is_number());
}

#[test]
fn columns_are_answered_row_by_row() {
    let (n, d) = (json!(["70B", 1e9]), json!([1.4e12, "20B"]));
    let columns = predict(&json!({"law": "chinchilla", "at": {"N": n, "D": d}}));
    assert!(columns["value"].is_null());
    for row in 0..2 {
        let one = predict(&json!({"law": "chinchilla", "at": {"N": n[row], "D": d[row]}}));
        assert_eq!(columns["values"][row], one["value"]);
        assert_eq!(columns["outputs"]["L"][row], one["outputs"]["L"]);
    }
}

#[test]
fn a_value_beside_a_column_stands_for_a_column_of_it() {
    let wide = predict(&json!({"law": "chinchilla", "at": {"N": [1e9, 2e9], "D": "20B"}}));
    let long = predict(&json!({"law": "chinchilla", "at": {"N": [1e9, 2e9], "D": [2e10, 2e10]}}));
    assert_eq!(wide, long);
    assert_eq!(predict(&json!({"law": "chinchilla", "at": {"N": [], "D": 1e9}}))["values"], json!([]));
}

#[test]
fn a_typed_law_gives_the_digits_of_the_catalogue() {
    let known =
        predict(&json!({"law": "chinchilla", "fit": "besiroglu2024", "at": {"N": "70B", "D": "1.4T"}}));
    let fit = json!({"parameters": {"q": 1.8172, "u": 482.01, "s": 0.3478, "v": 2085.43, "t": 0.3658}});
    let typed = predict(&json!({"law": {"formula": TYPED}, "fit": fit, "at": {"x": "70B", "y": "1.4T"}}));
    assert_eq!(known["value"], typed["value"]);
    assert_eq!(known["outputs"]["L"], typed["outputs"]["L"]);
}

#[test]
fn a_typed_law_says_what_its_names_are() {
    let law = json!({"formula": "loss = E + A / N^alpha", "inputs": {"N": {"unit": "parameters"}},
        "parameters": {"alpha": {"in": [0.02, 2]}, "A": {"positive": true}, "E": {"positive": false}}});
    let fit = json!({"parameters": {"E": -1.0, "A": 10.0, "alpha": 0.5}});
    let answer = predict(&json!({"law": law, "fit": fit, "at": {"N": 100}}));
    assert!(answer["outputs"]["loss"].as_f64().unwrap().abs() < 1e-15);
    let (code, message) = refused(&json!({"law": law, "fit": fit, "at": {"N": "100 tokens"}}));
    assert_eq!(code, "units.other_unit", "{message}");
}

#[test]
fn a_name_with_a_value_in_the_fit_is_a_parameter() {
    let answer =
        predict(&json!({"law": {"formula": "a*b"}, "fit": {"parameters": {"a": 2}}, "at": {"b": 3}}));
    assert_eq!(answer["value"], 6.0);
    let (code, _) =
        refused(&json!({"law": {"formula": "a*b"}, "fit": {"parameters": {"a": 2}}, "at": {"a": 1, "b": 3}}));
    assert_eq!(code, "law.unknown_name");
}

#[test]
fn a_vanished_term_needs_no_exponent() {
    let fit = json!({"parameters": {"E": 1.5, "A": 100, "alpha": 0.5, "B": 0, "beta": null}});
    let answer = predict(&json!({"law": "chinchilla", "fit": fit, "at": {"N": 1e8, "D": 1e9}}));
    assert_eq!(answer["value"], 1.51);
    let fit = json!({"parameters": {"E": 1.5, "A": 100, "alpha": 0.5, "B": 1, "beta": null}});
    let (code, message) = refused(&json!({"law": "chinchilla", "fit": fit, "at": {"N": 1e8, "D": 1e9}}));
    assert_eq!(code, "law.no_value");
    assert!(message.contains("beta"), "{message}");
}

#[test]
fn outside_the_runs_it_says_how_far_in_decades() {
    let answer =
        predict(&json!({"law": "chinchilla", "fit": "hoffmann2022", "at": {"N": "160B", "D": "400B"}}));
    let warnings = answer["warnings"].as_array().unwrap();
    assert_eq!(codes(&answer), ["range.extrapolated", "range.extrapolated"]);
    assert_eq!(warnings[0]["data"]["variable"], "N");
    assert!((warnings[0]["data"]["decades"].as_f64().unwrap() - 1.0).abs() < 1e-12);
    assert_eq!(warnings[1]["data"]["variable"], "C");
    assert!((warnings[1]["data"]["times"].as_f64().unwrap() - 128.0).abs() < 1e-9);
    let inside = predict(&json!({"law": "chinchilla", "fit": "hoffmann2022", "at": {"N": "1B", "D": "20B"}}));
    assert!(codes(&inside).is_empty());
}

#[test]
fn of_a_column_the_farthest_row_is_named() {
    let answer = predict(&json!({"law": "chinchilla", "at": {"N": ["1B", "1T", "100B", "1M"], "D": "20B"}}));
    let size = &answer["warnings"][0]["data"];
    assert_eq!((&size["variable"], &size["row"], &size["side"]), (&json!("N"), &json!(1), &json!("above")));
}

#[test]
fn a_likely_slip_is_pointed_out() {
    let answer = predict(&json!({"law": "chinchilla", "at": {"N": "70", "D": "1.4T"}}));
    let slip =
        &answer["warnings"].as_array().unwrap().iter().find(|w| w["code"] == "units.likely_slip").unwrap();
    assert_eq!(slip["data"], json!({"path": "predict.at.N", "meant": 70e9}));
}

#[test]
fn what_is_not_finite_is_null_and_says_which() {
    let law = json!({"formula": "1 / x"});
    let one = predict(&json!({"law": law, "at": {"x": 0}}));
    assert_eq!((&one["value"], &one["outputs"]), (&Value::Null, &json!({"L": null})));
    assert_eq!(one["warnings"][0]["data"], json!({"name": "L", "is": "infinite"}));
    let column = predict(&json!({"law": {"formula": "ln(x)"}, "at": {"x": [1, 0, -1]}}));
    assert_eq!(column["values"], json!([0.0, null, null]));
    assert_eq!(
        column["warnings"][0]["data"],
        json!({"name": "L", "is": "minus infinite", "row": 1, "rows": 2})
    );
}

#[test]
fn outside_its_conditions_a_law_means_nothing() {
    let law = json!({"formula": "1 - S where S <= 0.98, S >= 0"});
    let (code, message) = refused(&json!({"law": law, "at": {"S": 0.99}}));
    assert_eq!(code, "law.condition");
    assert!(message.contains("S <= 0.98"), "{message}");
    let answer = ask(&json!({"predict": {"law": law, "at": {"S": [0.1, -0.1, 2]}}}));
    assert_eq!(answer["error"]["expected"], "S <= 0.98");
    assert_eq!(answer["error"]["at"], json!({"row": 2, "path": "predict.at"}));
}

#[test]
fn a_question_may_stand_for_a_number() {
    let size = json!({"predict": {"law": "hoffmann-approach-1", "at": {"C": 1e21}}});
    let nested = predict(&json!({"law": "chinchilla", "at": {"N": size, "D": "20B"}}));
    let value = predict(&size["predict"])["value"].clone();
    assert_eq!(
        nested["value"],
        predict(&json!({"law": "chinchilla", "at": {"N": value, "D": "20B"}}))["value"]
    );
}

#[test]
fn a_nested_question_must_answer_with_one_number_of_the_unit() {
    let refuse = |d: Value| refused(&json!({"law": "chinchilla", "at": {"N": 1e9, "D": d}}));
    let (code, message) = refuse(json!({"predict": {"law": "hoffmann-approach-1", "at": {"C": 1e21}}}));
    assert_eq!(code, "ask.other_unit", "{message}");
    assert!(message.starts_with("predict.at.D: expected an answer in tokens"), "{message}");
    assert_eq!(refuse(json!({"laws": {}})).0, "ask.not_one_number");
    let columns = json!({"predict": {"law": {"formula": "x"}, "at": {"x": [1, 2]}}});
    assert_eq!(refuse(columns).0, "ask.not_one_number");
    let (code, message) = refuse(json!({"predict": {"law": {"formula": "x"}, "at": {"y": 1}}}));
    assert_eq!(code, "law.unknown_name");
    assert!(message.starts_with("predict.at.D.predict.at: "), "{message}");
    assert_eq!(
        refuse(json!({"predict": {"law": {"formula": "x"}, "at": {"x": -1}}})).0,
        "units.not_positive"
    );
}

#[test]
fn questions_within_each_other_are_counted() {
    let nest = |levels: usize| {
        (1..levels).fold(
            json!({"predict": {"law": {"formula": "x"}, "at": {"x": 1}}}),
            |inner, _| json!({"predict": {"law": {"formula": "x"}, "at": {"x": inner}}}),
        )
    };
    assert_eq!(ask(&nest(8))["predict"]["value"], 1.0);
    assert_eq!(ask(&nest(9))["error"]["code"], "ask.too_deep");
}

#[test]
fn a_formula_may_call_a_law_by_its_id_and_fit() {
    let at = json!({"N": "70B", "D": 1.4e12});
    let typed = |formula: &str| json!({"law": {"formula": formula}, "at": at.clone()});
    let fit =
        |fit: &str| predict(&json!({"law": "chinchilla", "fit": fit, "at": at.clone()}))["value"].clone();
    assert_eq!(predict(&typed("law(chinchilla; N, D)"))["value"], fit("refit-240"));
    assert_eq!(predict(&typed("law(chinchilla/hoffmann2022; N, D)"))["value"], fit("hoffmann2022"));
    for (unknown, meant) in
        [("law(chinchila; N, D)", "chinchilla"), ("law(chinchilla/hofmann2022; N, D)", "hoffmann2022")]
    {
        let (_, message) = refused(&typed(unknown));
        assert!(message.starts_with("predict.law.formula: expected a "), "{message}");
        assert!(message.ends_with(&format!("did you mean {meant}?")), "{message}");
    }
}

#[test]
fn a_called_law_may_limit_a_plan() {
    let question = json!({"allocate": {
        "law": {"formula": "law(chinchilla; N, D) + k"}, "fit": {"parameters": {"k": 0.5}}, "minimize": "cost",
        "limits": [{"of": "law(chinchilla; N, D)", "at_most": 2.1}],
    }});
    let plain = json!({"allocate": {
        "law": "chinchilla", "minimize": "cost", "limits": [{"of": "loss", "at_most": 2.1}],
    }});
    let cost = |question: &Value| ask(question)["allocate"]["value"].as_f64().expect("a plan");
    assert!((cost(&question) / cost(&plain) - 1.0).abs() < 1e-12);
}

/// The size beyond which parameters are in excess, the sizes and tokens that repeated data are worth, and the loss, at the
/// published constants, known to 13 digits.
#[test]
fn repeated_data_have_their_known_worth() {
    let law = LAWS.iter().find(|law| law.id == "muennighoff").unwrap();
    let values = law.fit("muennighoff2023").unwrap().values;
    let parameters: Value = law
        .parameters
        .iter()
        .zip(values)
        .map(|(known, value)| (known.symbol.to_owned(), json!(value)))
        .collect();
    let whole = json!({"formula": law.formula, "outputs": ["U_N", "L", "N_eff", "D_eff"]});
    let known = [
        ([2.8e9, 55e9, 55e9], [2.8e9, 2.354403620141, 2.8e9, 5.5e10]),
        ([2.8e9, 55e9, 4e9], [203946070.6146, 2.472127277986, 1188344455.717, 38673628002.53]),
        ([8.67e9, 178e9, 25e9], [1274662941.341, 2.226963407509, 5773305914.151, 151236949721.7]),
        ([4.2e9, 84e9, 1.9e9], [96874383.54195, 2.586899457288, 611075870.6058, 29373210686.26]),
        ([1.46e8, 1.74e11, 1e8], [5098651.765366, 3.880953500581, 32022518.45786, 1638775600.0]),
    ];
    for ([n, d, unique], expected) in known {
        let at = json!({"N": n, "D": d, "D_unique": unique});
        let typed = predict(&json!({"law": whole, "fit": {"parameters": parameters}, "at": at}));
        let answer = predict(&json!({"law": "muennighoff", "fit": "muennighoff2023", "at": at}));
        for (name, expected) in ["U_N", "L", "N_eff", "D_eff"].iter().zip(expected) {
            let given = typed["outputs"][name].as_f64().unwrap();
            assert!((given / expected - 1.0).abs() < 1e-12, "{name} of {n:e} on {d:e}: {given}");
            assert!(*name == "U_N" || answer["outputs"][name] == typed["outputs"][name], "{name}");
        }
    }
}

/// Where the constants of repetition are huge, all of 7 epochs and of 7.3 sizes counts, and is not lost in rounding.
#[test]
fn little_repetition_is_not_lost_in_rounding() {
    let law = LAWS.iter().find(|law| law.id == "muennighoff").unwrap();
    let values = law.fit("muennighoff2023").unwrap().values;
    let value = |(known, value): (&isoflop::laws::Parameter, &f64)| {
        let huge = ["R_D_star", "R_N_star"].contains(&known.symbol);
        (known.symbol.to_owned(), json!(if huge { 1.3e17 } else { *value }))
    };
    let parameters: Value = law.parameters.iter().zip(values).map(value).collect();
    let at = json!({"N": 3.65e7, "D": 7e8, "D_unique": 1e8});
    let answer = predict(&json!({"law": "muennighoff", "fit": {"parameters": parameters}, "at": at}));
    for (name, expected) in [("N_eff", 3.65e7), ("D_eff", 7e8)] {
        let given = answer["outputs"][name].as_f64().unwrap();
        assert!((given / expected - 1.0).abs() < 1e-12, "{name}: {given}");
    }
}
