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
        (with(&|q| q["axes"] = json!([])), "expected from one to 8 axes; got 0"),
        (with(&|q| q["axes"] = json!(vec![budgets(5); 9])), "expected from one to 8 axes; got 9"),
        (with(&|q| q["axes"] = json!(vec![budgets(5); 2])), "expected each axis once; got \"budget\" again"),
        (with(&|q| q["outputs"] = json!(["N", "D", "N"])), "expected each output once; got \"N\" again"),
        (
            with(&|q| q["quantiles"] = (0..100).map(|share| f64::from(share) / 100.0).collect()),
            "expected at most 99 shares; got 100",
        ),
        (with(&|q| q["quantiles"] = json!([0.5, 0.5])), "expected each share once; got 0.5 again"),
        (with(&|q| q["draws"] = json!({"E": [1.0]})), "sweep.draws"),
        (with(&|q| q["axes"][0]["steps"] = json!(1)), "expected 2 to 4000000 steps; got 1"),
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
    let told = "expected at most 4e6 cells; this sweep has 1e8, and would take about 4.80\u{a0}GB of memory: use fewer steps";
    assert!(refused(&large).contains(told), "{}", refused(&large));
    let mut many = json!({"axes": [budgets(1_000_000)], "solve": solve});
    many["solve"]["allocate"]["fit"] = drawn(40);
    assert!(refused(&many).contains("expected at most 4e7 plans; this sweep has 1e6 cells of 41 each"));
    // Nothing is computed of an axis that is too long, whatever it is split into.
    let split = json!({"question": {"sweep": {"axes": vec![budgets(40_000_000), json!({"of": "D", "from": 1, "to": 2, "steps": 40_000_000}),
        json!({"of": "N", "from": 1, "to": 2, "steps": 40_000_000})], "solve": solve}}, "parts": 3});
    assert_eq!(ask(&json!({ "split": split }))["split"]["questions"].as_array().map(Vec::len), Some(3));
}

/// Checks the first output of a sweep over one axis against a plan for each value, where `set` puts the value into the question.
fn as_planned(solve: &Value, axis: &Value, set: impl Fn(&mut Value, &Value)) -> Value {
    let answer = sweep(&json!({"axes": [axis], "solve": {"allocate": solve}, "outputs": ["N", "D"]}));
    for (at, value) in axis["values"].as_array().unwrap().iter().enumerate() {
        let mut question = solve.clone();
        set(&mut question, value);
        let plan = &ask(&json!({ "allocate": question }))["allocate"];
        for of in ["N", "D"] {
            let (told, planned) = (column(&answer, of, "value")[at], plan["at"][of].as_f64());
            match (told, planned) {
                (Some(told), Some(planned)) => {
                    let apart = (told / planned - 1.0).abs();
                    assert!(apart < 1e-6, "{of} at {value}: {told} is not {planned}");
                }
                _ => assert_eq!(told, planned, "{of} at {value}"),
            }
        }
    }
    answer
}

fn limit(of: &str, side: &'static str) -> impl Fn(&mut Value, &Value) {
    let of = of.to_owned();
    move |question, value| {
        let mut limits = question["limits"].as_array().cloned().unwrap_or_default();
        limits.push(json!({"of": of, side: value}));
        question["limits"] = limits.into();
    }
}

fn budget(question: &mut Value, value: &Value) {
    question["budget"] = value.clone();
}

#[test]
fn every_kind_of_problem_is_planned_as_it_is_alone() {
    let typed = |formula: &str, parameters: Value| {
        json!({"law": {"formula": formula, "inputs": {"N": {"unit": "parameters"}, "D": {"unit": "tokens"}}},
            "fit": {"parameters": parameters}})
    };
    let chinchilla = json!({"E": 1.8, "A": 482.01, "alpha": 0.3478, "B": 2085.43, "beta": 0.3658});
    let with = |more: &[(&str, f64)]| {
        let mut values = chinchilla.clone();
        for (name, value) in more {
            values[*name] = json!(value);
        }
        values
    };
    let budgets = json!({"of": "budget", "values": [1e20, 1e22, 1e24]});
    // A valley that is not the lowest: what is best among its neighbours is not best of all.
    let valley = typed("E + A/N^alpha + B/D^beta + G*exp(0-(ln(N)-c)^2/2)", with(&[("G", 0.4), ("c", 23.5)]));
    as_planned(&valley, &budgets, budget);
    // Costs with steps, kinks in the law, a cost of another power.
    let mut stepped = json!({"law": "chinchilla", "cost": "6*N*D + 1e15*ceil(N/1e9)"});
    as_planned(&stepped, &budgets, budget);
    stepped["cost"] = json!("6*N*D^1.1 + 1e9*N");
    as_planned(&stepped, &budgets, budget);
    as_planned(
        &json!({"law": "muennighoff", "limits": [{"of": "D_unique", "equal": "25B"}]}),
        &budgets,
        budget,
    );
    // Values of an axis in any order: the first one is like the others.
    let plain = json!({"law": "chinchilla", "budget": 1e26});
    for values in [json!([1e12, 1e21]), json!([1e21, 1e12])] {
        as_planned(&plain, &json!({"of": "D", "values": values}), limit("D", "equal"));
    }
    for values in [json!([1, -1]), json!([-1, 1])] {
        let axis = json!({"of": "ln(N) - ln(D)", "limit": "at_most", "values": values});
        as_planned(&plain, &axis, limit("ln(N) - ln(D)", "at_most"));
    }
    // A variable that only the axis names.
    let cleaned = typed("E + A/N^alpha + B/(D*q)^beta", chinchilla.clone());
    let mut cleaned = cleaned;
    cleaned["budget"] = json!(1e22);
    as_planned(&cleaned, &json!({"of": "q", "values": [0.5, 2.0]}), limit("q", "equal"));
    // Another law with a parameter of the same name has its own value, in draws as well.
    let other = json!({"of": {"law": {"formula": "A*N*D", "inputs": {"N": {}, "D": {}}}, "fit": {"parameters": {"A": 6}}}, "at_most": 1e22});
    let fit = json!({"parameters": chinchilla, "draws": {"E": [1.8], "A": [482.01], "alpha": [0.3478], "B": [2085.43], "beta": [0.3658]}});
    let solve = json!({"law": "chinchilla", "fit": fit, "limits": [other]});
    let axes = json!([{"of": "N", "limit": "at_most", "values": [1e9, 1e12]}]);
    let answer = sweep(&json!({"axes": axes, "solve": {"allocate": solve}, "quantiles": [0.5]}));
    assert_eq!(column(&answer, "N", "value"), column(&answer, "N", "q50"));
    let plan = ask(&json!({"allocate": solve}))["allocate"]["at"]["N"].as_f64();
    close(column(&answer, "N", "value")[1].unwrap(), plan.unwrap());
}

#[test]
fn a_draw_without_a_plan_leaves_the_others() {
    let law = json!({"formula": "E + A/N^alpha + ln(B)/D^beta", "inputs": {"N": {"unit": "parameters"}, "D": {"unit": "tokens"}}});
    let fit = json!({"parameters": {"E": 1.8, "A": 480, "alpha": 0.35, "B": 2000, "beta": 0.37},
        "draws": {"E": [1.8, 1.8], "A": [480, 480], "alpha": [0.35, 0.35], "B": [2000, -1], "beta": [0.37, 0.37]}});
    let question = json!({"axes": [{"of": "budget", "values": [1e21]}], "solve": {"allocate": {"law": law, "fit": fit}},
        "quantiles": [0.0, 1.0]});
    let answer = sweep(&question);
    assert_eq!(answer["certificate"]["cells_not_optimal"], 1);
    for which in ["q00", "q100"] {
        close(column(&answer, "N", which)[0].unwrap(), column(&answer, "N", "value")[0].unwrap());
    }
    // One that failed in the bootstrap is left out with a warning, told once.
    let mut failed = question;
    failed["draws"] = json!({"E": [1.8, null], "A": [480, 480], "alpha": [0.35, 0.35], "B": [2000, 2000], "beta": [0.37, 0.37]});
    failed["axes"][0]["values"] = json!([1e20, 1e21, 1e22]);
    assert_eq!(
        sweep(&failed)["warnings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|warning| warning["code"] == "draws.left_out")
            .count(),
        1
    );
}

#[test]
fn amounts_of_one_axis_are_of_one_kind() {
    let solve = json!({"allocate": {"law": "chinchilla", "hardware": {"device": "H100", "mfu": 0.4}}});
    for (values, told) in [
        (json!(["1e21 FLOPs", "$2M"]), "sweep.axes[0]: expected amounts of one kind"),
        (json!(["64 H100 for 30 days", "64 A100 for 30 days"]), "sweep.axes[0]: expected hours of h100-sxm"),
    ] {
        let message = refused(&json!({"axes": [{"of": "budget", "values": values}], "solve": solve}));
        assert!(message.starts_with(told), "{message}");
    }
    let predict = |at: Value| {
        refused(
            &json!({"axes": [{"of": "N", "values": [1e9]}], "solve": {"predict": {"law": "chinchilla", "at": at}}}),
        )
    };
    assert!(predict(json!({"D": 1e10, "M": 7})).contains("sweep.solve.predict.at.M"));
    assert!(
        predict(json!({"D": 1e10, "N": 7}))
            .contains("expected one value: that of the axis, or this one; got two")
    );
}

#[test]
fn equations_of_several_axes_are_solved_for_each() {
    let law = json!({"formula": "solve(x in 0.1..9: x^2 + x*N = 5) + solve(y in 0.1..9: y^2 + y = 5)", "inputs": {"N": {}}});
    let answer = sweep(&json!({"axes": [{"of": "N", "values": [1, 2]}], "solve": {"predict": {"law": law}}}));
    let root = |n: f64| 0.5 * (-n + (n * n + 20.0).sqrt());
    for (value, n) in column(&answer, "L", "value").into_iter().zip([1.0, 2.0]) {
        close(value.unwrap(), root(n) + root(1.0));
    }
    // As deep as a formula may be.
    let deep = json!({"formula": "sum(i in 1..3000: if(i < 2, A/N^alpha + B/D^beta, E*i))",
        "inputs": {"N": {"unit": "parameters"}, "D": {"unit": "tokens"}}});
    let fit = json!({"parameters": {"E": 1e-9, "A": 480, "alpha": 0.35, "B": 2000, "beta": 0.37}});
    let answer = sweep(
        &json!({"axes": [{"of": "budget", "values": [1e21]}], "solve": {"allocate": {"law": deep, "fit": fit}}}),
    );
    assert!(column(&answer, "N", "value")[0].is_some());
}

/// Two fits of one law, each with draws of its own: what one is more than the other, and how often it is lower.
#[test]
fn a_sweep_is_compared_with_another_over_the_same_axes() {
    let fit = |draws: &[f64]| {
        let parameters = json!({"E":1.8, "A":480.0, "alpha":0.35, "B":2100.0, "beta":0.37});
        let column = |(name, value): (&String, &Value)| {
            let drawn = if name == "E" { json!(draws) } else { json!(vec![value; draws.len()]) };
            (name.clone(), drawn)
        };
        let draws: serde_json::Map<String, Value> =
            parameters.as_object().unwrap().iter().map(column).collect();
        json!({"parameters": parameters, "draws": draws}).to_string()
    };
    let (first, second) = (fit(&[1.7, 1.8, 1.9, 1.95]), fit(&[1.75, 1.85, 1.85]));
    let solve = |fit: &str| format!(r#"{{"allocate":{{"law":"chinchilla","fit":{fit}}}}}"#);
    let axes =
        r#""axes":[{"of":"budget","values":["1e21","1e23"]}],"outputs":["loss","N"],"quantiles":[0.5]"#;
    let sweep = |solve: &str, against: &str| {
        let question = format!(r#"{{"sweep":{{{axes},"solve":{solve}{against}}}}}"#);
        let answer = answer_text(&question, &mut |_| {});
        serde_json::from_str::<Value>(&answer).unwrap()
    };
    let alone = [&first, &second].map(|fit| sweep(&solve(fit), ""));
    let both = sweep(&solve(&first), &format!(r#","against":{{"solve":{}}}"#, solve(&second)));
    let column = |answer: &Value, of: &str, name: &str| answer["sweep"]["columns"][of][name].clone();
    for of in ["loss", "N"] {
        assert_eq!(column(&both, of, "value"), column(&alone[0], of, "value"));
        assert_eq!(column(&both, of, "against"), column(&alone[1], of, "value"));
        assert_eq!(column(&both, of, "q50"), column(&alone[0], of, "q50"));
    }
    // Pairs of draws: 1.7 < 1.75, 1.8 < 1.85, 1.9 > 1.85; the fourth has none beside it.
    assert_eq!(column(&both, "loss", "lower"), json!([2.0 / 3.0, 2.0 / 3.0]));
    let median = column(&both, "loss", "d50")[0].as_f64().unwrap();
    assert!((median + 0.05).abs() < 1e-12, "{median}");
    // Without draws, the other stands with its value beside each of these: 1.7 < 1.8, and 1.8 is not below itself.
    let plain = sweep(
        &solve(&first),
        r#","against":{"solve":{"allocate":{"law":"chinchilla","fit":{"parameters":{"E":1.8,"A":480,"alpha":0.35,"B":2100,"beta":0.37}}}}}"#,
    );
    assert_eq!(column(&plain, "loss", "lower"), json!([0.25, 0.25]));
    // E moves no plan.
    assert_eq!(column(&both, "N", "lower"), json!([0.0, 0.0]));

    let kaplan =
        sweep(&solve(&first), r#","against":{"solve":{"allocate":{"law":"gadre","fit":"nothing"}}}"#);
    let error = &kaplan["error"];
    assert!(error["at"]["path"].as_str().unwrap().starts_with("sweep.against.solve"), "{error}");
}
