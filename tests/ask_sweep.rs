//! `sweep`: plans and values over grids, by the same numbers as each alone.

use isoflop::ask::answer_text;
use serde_json::{Value, json};

fn ask(question: &Value) -> Value {
    serde_json::from_str(&answer_text(&question.to_string(), &mut |_| {})).unwrap()
}

fn sweep(question: &Value) -> Value {
    let answer = ask(&json!({ "sweep": question }));
    assert!(answer["error"].is_null(), "{answer:#}");
    answer["sweep"].clone()
}

fn refused(question: &Value) -> String {
    let answer = ask(&json!({ "sweep": question }));
    answer["error"]["message"].as_str().unwrap_or_else(|| panic!("{answer:#}")).to_owned()
}

fn column(answer: &Value, of: &str, which: &str) -> Vec<Option<f64>> {
    let column = answer["columns"][of][which].as_array();
    column.unwrap_or_else(|| panic!("{answer:#}")).iter().map(Value::as_f64).collect()
}

/// Plans in lock step and one by one agree to this.
const CLOSE: f64 = 1e-9;

fn close(a: f64, b: f64) {
    assert!((a / b - 1.0).abs() <= CLOSE, "{a} is not {b}");
}

fn budgets(steps: usize) -> Value {
    json!({"of": "budget", "from": "1e18 FLOPs", "to": "1e26 FLOPs", "steps": steps, "scale": "log"})
}

/// A fit of Chinchilla's law with draws within a hundredth of it.
fn drawn(count: usize) -> Value {
    let values = [("E", 1.82), ("A", 477.8), ("alpha", 0.347), ("B", 2143.0), ("beta", 0.367)];
    let draw = |value: f64, place: usize, at: usize| {
        value * (1.0 + 0.02 * ((at + 1) as f64 * (2.0 + place as f64).sqrt() % 1.0 - 0.5))
    };
    let column = |(place, (name, value)): (usize, (&str, f64))| {
        (name.to_owned(), (0..count).map(|at| draw(value, place, at)).collect::<Vec<f64>>().into())
    };
    let draws: serde_json::Map<String, Value> = values.into_iter().enumerate().map(column).collect();
    let parameters: serde_json::Map<String, Value> =
        values.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    json!({ "parameters": parameters, "draws": draws })
}

#[test]
fn a_frontier_is_the_plan_of_every_budget() {
    let solve = json!({"law": "chinchilla", "fit": "refit-240"});
    let answer = sweep(
        &json!({"axes": [budgets(9)], "solve": {"allocate": solve}, "outputs": ["N", "D", "loss", "D/N"]}),
    );
    assert_eq!((&answer["shape"], answer["axes"][0].as_array().map(Vec::len)), (&json!([9]), Some(9)));
    assert_eq!(
        answer["units"],
        json!({"N": "parameters", "D": "tokens", "loss": "nats/token", "D/N": "tokens/parameter"})
    );
    assert_eq!(answer["certificate"]["cells_not_optimal"], 0);
    assert!(answer["certificate"]["worst_residual"].as_f64().unwrap() <= 1e-10);
    assert_eq!(answer["axes"][0][3], 1e21);
    for (at, budget) in answer["axes"][0].as_array().unwrap().iter().enumerate() {
        let plan = &ask(&json!({"allocate": {"law": "chinchilla", "fit": "refit-240", "budget": budget}}))["allocate"];
        for (of, expected) in [
            ("N", &plan["at"]["N"]),
            ("D", &plan["at"]["D"]),
            ("loss", &plan["value"]),
            ("D/N", &plan["quantities"]["tokens_per_parameter"]),
        ] {
            close(column(&answer, of, "value")[at].unwrap(), expected.as_f64().unwrap());
        }
    }
}

#[test]
fn quantiles_are_the_intervals_of_each_plan() {
    let fit = drawn(200);
    let question = json!({"axes": [budgets(5)], "solve": {"allocate": {"law": "chinchilla", "fit": fit}},
        "outputs": ["N", "loss"], "quantiles": [0.05, 0.5, 0.95]});
    let answer = sweep(&question);
    for (at, budget) in answer["axes"][0].as_array().unwrap().iter().enumerate() {
        let plan =
            &ask(&json!({"allocate": {"law": "chinchilla", "fit": fit, "budget": budget}}))["allocate"];
        for (of, known) in [("N", "N"), ("loss", "value")] {
            for (end, which) in ["q05", "q95"].into_iter().enumerate() {
                let expected = plan["intervals"][known][end].as_f64().unwrap();
                close(column(&answer, of, which)[at].unwrap(), expected);
            }
        }
    }
    // Draws of the sweep go before those of the fit.
    let mut other = question.clone();
    other["solve"]["allocate"]["fit"] = json!({"parameters": fit["parameters"]});
    other["draws"] = fit["draws"].clone();
    assert_eq!(sweep(&other)["columns"], answer["columns"]);
}

#[test]
fn cells_have_the_same_bits_in_any_company() {
    let demand = json!({"of": "demand", "values": [1e9, 1e11, 1e13]});
    let solve = json!({"law": "chinchilla", "fit": drawn(7), "cost": "6*N*D + 2*N*demand"});
    let question = json!({"axes": [budgets(4), demand], "solve": {"allocate": solve}, "quantiles": [0.5]});
    let whole = sweep(&question);
    assert_eq!(whole["shape"], json!([4, 3]));
    assert_eq!(whole["certificate"]["cells_not_optimal"], 0);
    let mut parts: Vec<Value> = Vec::new();
    for cells in [[0, 5], [5, 6], [6, 12]] {
        let mut part = question.clone();
        part["cells"] = json!(cells);
        parts.push(sweep(&part));
    }
    for of in ["N", "D", "demand", "loss"] {
        for which in ["value", "q50"] {
            let joined: Vec<Option<f64>> = parts.iter().flat_map(|part| column(part, of, which)).collect();
            assert_eq!(joined, column(&whole, of, which), "{of} {which}");
        }
    }
    // The last axis is the fastest, and what it gives is told.
    assert_eq!(column(&whole, "demand", "value")[..4], [1e9, 1e11, 1e13, 1e9].map(Some));
}

#[test]
fn limits_are_axes_of_every_kind() {
    let base = json!({"law": "chinchilla", "fit": "refit-240", "budget": "1e22 FLOPs"});
    let plan = |limits: Value| {
        let mut question = base.clone();
        question["limits"] = limits;
        ask(&json!({ "allocate": question }))["allocate"].clone()
    };
    let over =
        |axis: Value| sweep(&json!({"axes": [axis], "solve": {"allocate": base}, "outputs": ["N", "loss"]}));
    for (axis, limit) in [
        (json!({"of": "D", "limit": "at_most", "values": ["1B", "50B", "1T"]}), "at_most"),
        (json!({"of": "N", "values": ["100M", "1B", "7B"]}), "equal"),
        (json!({"of": "D/N", "limit": "at_least", "values": [5, 20, 80]}), "at_least"),
    ] {
        let answer = over(axis.clone());
        assert_eq!(answer["certificate"]["cells_not_optimal"], 0, "{answer:#}");
        for (at, value) in axis["values"].as_array().unwrap().iter().enumerate() {
            let plan = plan(json!([{"of": axis["of"], limit: value}]));
            close(column(&answer, "N", "value")[at].unwrap(), plan["at"]["N"].as_f64().unwrap());
            close(column(&answer, "loss", "value")[at].unwrap(), plan["value"].as_f64().unwrap());
        }
    }
}

#[test]
fn parameters_are_axes_and_go_before_draws() {
    let fit = drawn(3);
    let axis = json!({"of": "alpha", "from": 0.3, "to": 0.4, "steps": 3, "scale": "linear"});
    let solve = json!({"law": "chinchilla", "fit": fit, "budget": 1e22});
    let answer =
        sweep(&json!({"axes": [axis], "solve": {"allocate": solve}, "outputs": ["N"], "quantiles": [0.0]}));
    for (at, alpha) in [0.3, 0.35, 0.4].into_iter().enumerate() {
        let mut own = fit.clone();
        own["parameters"]["alpha"] = json!(alpha);
        own["draws"]["alpha"] = json!([alpha, alpha, alpha]);
        let plan =
            &ask(&json!({"allocate": {"law": "chinchilla", "fit": own, "budget": 1e22, "level": 0.999_999}}))
                ["allocate"];
        close(column(&answer, "N", "value")[at].unwrap(), plan["at"]["N"].as_f64().unwrap());
        let least = column(&answer, "N", "q00")[at].unwrap();
        assert!((least / plan["intervals"]["N"][0].as_f64().unwrap() - 1.0).abs() < 1e-5);
    }
}

#[test]
fn cells_without_a_plan_are_empty_and_counted() {
    let axis = json!({"of": "loss", "limit": "at_most", "values": [1.5, 2.0, 3.0]});
    let solve = json!({"law": "chinchilla", "fit": "refit-240", "minimize": "cost"});
    let answer = sweep(&json!({"axes": [axis], "solve": {"allocate": solve}, "outputs": ["N", "cost"]}));
    assert_eq!(column(&answer, "N", "value")[0], None);
    assert_eq!(column(&answer, "cost", "value")[0], None);
    assert!(column(&answer, "cost", "value")[1] > column(&answer, "cost", "value")[2]);
    let counted = [&answer["certificate"]["cells_not_optimal"], &answer["certificate"]["infeasible"]];
    assert_eq!(counted, [&json!(1), &json!(1)]);
}

#[test]
fn values_of_a_law_are_those_of_each_point() {
    let fit = drawn(50);
    let axes =
        json!([{"of": "N", "from": "1B", "to": "100B", "steps": 3}, {"of": "D", "values": ["20B", "2T"]}]);
    let question =
        json!({"axes": axes, "solve": {"predict": {"law": "chinchilla", "fit": fit}}, "quantiles": [0.05]});
    let answer = sweep(&question);
    let at = json!({"N": [1e9, 1e9, 1e10, 1e10, 1e11, 1e11], "D": [2e10, 2e12, 2e10, 2e12, 2e10, 2e12]});
    let each = &ask(&json!({"predict": {"law": "chinchilla", "fit": fit, "at": at}}))["predict"];
    for (at, expected) in each["values"].as_array().unwrap().iter().enumerate() {
        close(column(&answer, "L", "value")[at].unwrap(), expected.as_f64().unwrap());
        close(column(&answer, "L", "q05")[at].unwrap(), each["intervals"][at][0].as_f64().unwrap());
    }
    // Outside its conditions a law says nothing.
    let axes = json!([{"of": "S", "values": [0.5, 0.985, 0.9]}]);
    let law = json!({"formula": "E - S\nwhere S <= 0.98", "inputs": {"S": {}}});
    let sparse = json!({"law": law, "fit": {"parameters": {"E": 2}}});
    let answer = sweep(&json!({"axes": axes, "solve": {"predict": sparse}}));
    let said: Vec<bool> = column(&answer, "L", "value").iter().map(Option::is_some).collect();
    assert_eq!(said, [true, false, true]);
}

#[test]
fn what_cannot_be_swept_says_why() {
    let solve = json!({"allocate": {"law": "chinchilla"}});
    let with = |change: &dyn Fn(&mut Value)| {
        let mut question = json!({"axes": [budgets(5)], "solve": solve});
        change(&mut question);
        refused(&question)
    };
    for (message, expected) in [
        (with(&|q| q["axes"] = json!([])), "expected one axis or more; got none"),
        (with(&|q| q["axes"][0]["steps"] = json!(1)), "expected 2 to 40000000 steps; got 1"),
        (with(&|q| q["axes"][0]["from"] = json!("-1 FLOPs")), "expected a positive number of FLOPs"),
        (
            with(&|q| q["axes"][0] = json!({"of": "budget"})),
            "expected \"from\", \"to\" and \"steps\", or \"values\"",
        ),
        (with(&|q| q["quantiles"] = json!([0.5])), "expected draws, of the fit or of the sweep"),
        (with(&|q| q["quantiles"] = json!([1.5])), "expected shares from 0 to 1"),
        (with(&|q| q["outputs"] = json!(["M"])), "M"),
        (with(&|q| q["cells"] = json!([4, 9])), "at most 5; got 4 and 9"),
        (with(&|q| q["solve"]["allocate"]["budget"] = json!(1e21)), "expected one budget"),
        (with(&|q| q["solve"] = json!({})), "expected one of allocate and predict"),
        (with(&|q| q["draws"] = json!({"gamma": [1.0]})), "gamma"),
        (with(&|q| q["solve"]["allocate"]["law"] = json!("hoffmann-approach-1")), "lists its plans"),
        (with(&|q| q["axes"][0] = json!({"of": "D", "limit": "most", "values": [1]})), "at_most"),
    ] {
        assert!(message.contains(expected), "{message} does not say {expected}");
    }
    let large = json!({"axes": [budgets(10_000), {"of": "D", "limit": "at_most", "from": 1e9, "to": 1e13, "steps": 10_000}],
        "solve": solve});
    assert!(refused(&large).contains("expected at most 4e7 plans; this sweep has 1e8 cells of 1 each"));
}
