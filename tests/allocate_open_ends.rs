//! Losses that fall up to an end that a law does not reach, such as that of `S < 1`.

use isoflop::ask::answer_text;
use serde_json::{Value, json};

fn plan(question: &Value) -> Value {
    let text = answer_text(&json!({ "allocate": question }).to_string(), &mut |_| {});
    let answer: Value = serde_json::from_str(&text).expect("an Answer is JSON");
    assert!(answer["error"].is_null(), "{answer:#}");
    answer["allocate"].clone()
}

/// A plan is held at an end by the condition that sets it, just inside of where that is.
fn is_held(plan: &Value, variable: &str, end: f64, condition: &str) {
    assert_eq!(plan["termination"], "at_bound", "{plan:#}");
    let bound = &plan["bounds"][0];
    assert_eq!(bound["variable"], variable, "{plan:#}");
    assert_eq!((&bound["of"], &bound["condition"]), (&json!("law"), &json!(condition)), "{plan:#}");
    let at = plan["at"][variable].as_f64().unwrap();
    assert!(at != end && (at - end).abs() < 2e-9 * end.abs(), "{at}");
    let said = plan["warnings"][0]["message"].as_str().unwrap();
    assert_eq!(said, format!("the end of the law, {condition}, holds the plan back"));
}

#[test]
fn sparsity_runs_into_the_end_of_the_laws_that_have_it() {
    for law in ["hossain", "frantar"] {
        is_held(&plan(&json!({"law": law, "budget": "1e21 FLOPs"})), "S", 1.0, "S < 1");
    }
}

#[test]
fn a_typed_law_is_held_by_its_own_condition() {
    let law = json!({
        "formula": "L = E + (a * (1 - S)^g + c) / N^alpha + B / D^beta\nwhere S >= 0, S < 1",
        "inputs": {"N": {}, "D": {}, "S": {}}
    });
    for g in [0.2, 0.5, 0.9, 1.0, 1.7] {
        let values = json!({"E": 1.5, "a": 300, "c": 100, "g": g, "alpha": 0.34, "B": 410, "beta": 0.28});
        let plan = plan(&json!({"law": law, "fit": {"parameters": values}, "budget": 1e21}));
        if g <= 1.0 {
            is_held(&plan, "S", 1.0, "S < 1");
        }
        // Size and tokens are those of the law at that end.
        let dense = json!({"formula": "L = E + c / N^alpha + B / D^beta"});
        let values = json!({"E": 1.5, "c": 100, "alpha": 0.34, "B": 410, "beta": 0.28});
        let limit = crate::plan(&json!({"law": dense, "fit": {"parameters": values}, "budget": 1e21}));
        let ratio = plan["at"]["N"].as_f64().unwrap() / limit["at"]["N"].as_f64().unwrap();
        assert!((ratio - 1.0).abs() < 0.1, "{g}: {plan:#}");
    }
}

#[test]
fn a_lower_end_that_is_open_holds_too() {
    let law = json!({
        "formula": "L = E + b * (x - 0.5)^g + A / N^alpha + B / D^beta\nwhere x > 0.5, x <= 3",
        "inputs": {"N": {}, "D": {}, "x": {}}
    });
    let values = json!({"E": 1.5, "b": 0.3, "g": 0.4, "A": 400, "alpha": 0.34, "B": 410, "beta": 0.28});
    let plan = plan(&json!({"law": law, "fit": {"parameters": values}, "budget": 1e21}));
    is_held(&plan, "x", 0.5, "x > 0.5");
}
