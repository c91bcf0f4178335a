//! Laws with families, tables and several outputs, through the one door.

use isoflop::ask::answer_text;
use serde_json::{Value, json};

fn ask(question: &Value) -> Value {
    serde_json::from_str(&answer_text(&question.to_string(), &mut |_| {})).expect("an Answer is JSON")
}

fn predict(question: &Value) -> Value {
    let answer = ask(&json!({ "predict": question }));
    assert!(answer["error"].is_null(), "{answer:#}");
    answer["predict"].clone()
}

fn refused(question: &Value) -> String {
    let answer = ask(question);
    answer["error"]["message"].as_str().unwrap_or_else(|| panic!("{answer:#}")).to_owned()
}

/// The additive law of data mixtures, with values of a check that is made up.
const MIXTURE: &str = "E + 1 / sum(i: C[i] * h[i]^gamma[i]) + A / N^alpha + B / D^beta";

fn values() -> Value {
    json!({"parameters": {
        "E": 1.5, "A": 0.4, "alpha": 0.3, "B": 1.2, "beta": 0.3,
        "C[one]": 1, "C[two]": 2, "C[three]": 0.5, "gamma[one]": 0.3, "gamma[two]": 0.5, "gamma[three]": 0.2
    }})
}

#[test]
fn a_family_is_given_by_its_members() {
    let weights = [0.1525033, 0.79863509, 0.04886161];
    let nested = json!({"N": 1, "D": 20, "h": {"one": weights[0], "two": weights[1], "three": weights[2]}});
    let flat = json!({"N": 1, "D": 20, "h[one]": weights[0], "h[two]": weights[1], "h[three]": weights[2]});
    let at = |at: Value| predict(&json!({"law": {"formula": MIXTURE}, "fit": values(), "at": at}));
    assert_eq!(at(nested.clone()), at(flat));
    assert!((at(nested)["value"].as_f64().unwrap() - 2.768803667794614).abs() < 1e-12);
}

#[test]
fn a_family_may_be_columns() {
    let at = json!({"N": 1, "D": 20, "h": {"one": [0.2, 0.4], "two": [0.3, 0.3], "three": 0.3}});
    let values = predict(&json!({"law": {"formula": MIXTURE}, "fit": values(), "at": at}))["values"].clone();
    assert_eq!(values.as_array().unwrap().len(), 2);
}

#[test]
fn the_best_mixture_is_found_on_the_simplex() {
    let limits = json!([
        {"of": "sum(i: h[i])", "equal": 1},
        {"of": "N", "equal": 1},
        {"of": "D", "equal": 20}
    ]);
    let answer = ask(
        &json!({"allocate": {"law": {"formula": MIXTURE, "inputs": {"h": {}, "N": {"unit": "1"}, "D": {"unit": "1"}}},
            "fit": values(), "limits": limits}}),
    );
    let plan = &answer["allocate"];
    assert_eq!(plan["termination"], "optimum", "{answer:#}");
    for (member, expected) in [("one", 0.1525033), ("two", 0.79863509), ("three", 0.04886161)] {
        let given = plan["at"][format!("h[{member}]")].as_f64().unwrap();
        assert!((given - expected).abs() < 1e-5, "{member}: {given}");
    }
    assert!((plan["value"].as_f64().unwrap() - 2.768803667794614).abs() < 1e-9);
}

#[test]
fn a_family_without_members_is_asked_for() {
    let message = refused(&json!({"predict": {"law": {"formula": "sum(i: h[i])"}, "at": {"x": 1}}}));
    assert!(message.contains("expected members for i to run over"), "{message}");
    let message =
        refused(&json!({"predict": {"law": {"formula": MIXTURE}, "fit": values(), "at": {"N": 1, "D": 20}}}));
    assert!(message.contains("h["), "{message}");
}

#[test]
fn a_law_with_a_family_is_fitted_to_columns_of_its_members() {
    // Two members, exact values: the fit must find what made the runs.
    let (mut one, mut two, mut loss) = (Vec::new(), Vec::new(), Vec::new());
    for step in 1..=19 {
        let h = f64::from(step) / 20.0;
        one.push(h);
        two.push(1.0 - h);
        loss.push(1.2 + 0.8 * h * h + 0.3 * (1.0 - h) * (1.0 - h));
    }
    let law = json!({"formula": "E + sum(i: c[i] * h[i]^2)"});
    let runs = json!({"h[one]": one, "h[two]": two, "L": loss});
    let fit = &ask(&json!({"fit": {"law": law, "runs": runs}}))["fit"];
    assert_eq!(fit["termination"], "converged", "{fit:#}");
    for (name, expected) in [("E", 1.2), ("c[one]", 0.8), ("c[two]", 0.3)] {
        assert!((fit["parameters"][name].as_f64().unwrap() / expected - 1.0).abs() < 1e-6, "{fit:#}");
    }
    let at = json!({"h": {"one": 0.5, "two": 0.5}});
    let value = predict(&json!({"law": law, "fit": fit, "at": at}))["value"].as_f64().unwrap();
    assert!((value - 1.475).abs() < 1e-6);
}

#[test]
fn any_lines_of_a_typed_law_are_its_outputs() {
    let law = json!({"formula": "N_opt = k * C^a\nD_opt = C / (6 * N_opt)", "outputs": ["D_opt", "N_opt"]});
    let fit = json!({"parameters": {"k": 0.1, "a": 0.5}});
    let answer = predict(&json!({"law": law, "fit": fit, "at": {"C": 1e20}}));
    for (output, expected) in [("D_opt", 1e20 / 6e9), ("N_opt", 1e9)] {
        assert!((answer["outputs"][output].as_f64().unwrap() / expected - 1.0).abs() < 1e-14);
    }
    assert_eq!(answer["value"], answer["outputs"]["D_opt"]);
    let law = json!({"formula": "N_opt = k * C^a\nD_opt = C / (6 * N_opt)", "outputs": ["D_opt", "M_opt"]});
    let message = refused(&json!({"predict": {"law": law, "fit": fit, "at": {"C": 1e20}}}));
    assert_eq!(
        message,
        "predict.law.outputs: expected a line of the formula (N_opt, D_opt); got \"M_opt\": did you mean \"N_opt\"?"
    );
}

#[test]
fn a_typed_law_brings_its_tables() {
    let table = json!({"T": {"x": [512, 1024, 2048], "y": [8, 16, 32]}});
    let law = json!({"formula": "interp(T, width)", "tables": table});
    assert_eq!(predict(&json!({"law": law, "at": {"width": 768}}))["value"], 12.0);
    // Outside its rows a table says nothing.
    let outside = predict(&json!({"law": law, "at": {"width": 4096}}));
    assert!(outside["value"].is_null());
    let law = json!({"formula": "interp(T, width)", "tables": {"S": {"x": [1, 2], "y": [1, 2]}}});
    let message = refused(&json!({"predict": {"law": law, "at": {"width": 768}}}));
    assert!(
        message.starts_with("predict.law.tables: expected a table of the formula (T); got \"S\""),
        "{message}"
    );
    let law = json!({"formula": "interp(T, width)"});
    let message = refused(&json!({"predict": {"law": law, "at": {"width": 768}}}));
    assert!(message.contains("expected a table called T"), "{message}");
    let law = json!({"formula": "interp(T, width)", "tables": {"T": {"x": [2, 1], "y": [1, 2]}}});
    let message = refused(&json!({"predict": {"law": law, "at": {"width": 768}}}));
    assert!(message.starts_with("predict.law.tables.T: "), "{message}");
}

#[test]
fn a_law_of_two_outputs_is_fitted_by_the_one_that_has_a_column() {
    let budgets = [1e19, 1e20, 1e21, 1e22];
    let size: Vec<f64> = budgets.iter().map(|c: &f64| 0.1 * c.sqrt()).collect();
    let runs = json!({"C": budgets, "N_opt": size});
    let fit = &ask(&json!({"fit": {"law": "hoffmann-approach-1", "runs": runs}}))["fit"];
    assert_eq!(fit["termination"], "converged", "{fit:#}");
    assert!((fit["parameters"]["a"].as_f64().unwrap() - 0.5).abs() < 1e-9);
    assert_eq!(fit["parameters"].as_object().unwrap().len(), 2);
    // What was not fitted has no value, and what depends on it none either.
    let answer = predict(&json!({"law": "hoffmann-approach-1", "fit": fit, "at": {"C": 1e24}}));
    assert!((answer["value"].as_f64().unwrap() / 1e11 - 1.0).abs() < 1e-7);
    assert!(answer["outputs"]["D_opt"].is_null());
}

#[test]
fn a_limit_on_one_member_leaves_the_others_in_the_family() {
    let limits = json!([
        {"of": "sum(i: h[i])", "equal": 1},
        {"of": "h[three]", "at_least": 0.2},
        {"of": "N", "equal": 1},
        {"of": "D", "equal": 20}
    ]);
    let law = json!({"formula": MIXTURE, "inputs": {"h": {}, "N": {"unit": "1"}, "D": {"unit": "1"}}});
    let plan = &ask(&json!({"allocate": {"law": law, "fit": values(), "limits": limits}}))["allocate"];
    assert_eq!(plan["termination"], "optimum", "{plan:#}");
    assert!((plan["at"]["h[three]"].as_f64().unwrap() - 0.2).abs() < 1e-9);
    let sum: f64 =
        ["one", "two", "three"].iter().map(|m| plan["at"][format!("h[{m}]")].as_f64().unwrap()).sum();
    assert!((sum - 1.0).abs() < 1e-9);
}

#[test]
fn a_law_without_a_fit_is_called_with_values_for_its_parameters() {
    let law = json!({"formula": "law(surge; B = 2e6, lr_max = 1, B_noise = 1e6)"});
    let value = predict(&json!({"law": law, "at": {}}))["value"].as_f64().unwrap();
    assert!((value - 0.942809).abs() < 5e-7, "{value}");
}
