//! Profiles, crossings and multipliers through the one door.

#![allow(clippy::disallowed_methods, reason = "test data need not be the same everywhere")]

use isoflop::ask::answer_text;
use serde_json::{Value, json};

const SAMPLE: &str = include_str!("../examples/questions/fit.json");

fn ask(question: &Value) -> Value {
    serde_json::from_str(&answer_text(&question.to_string(), &mut |_| {})).expect("an Answer is JSON")
}

fn answered(verb: &str, fields: &Value) -> Value {
    let answer = ask(&json!({ verb: fields }));
    assert!(answer[verb].is_object(), "{answer:#}");
    answer[verb].clone()
}

fn refused(verb: &str, fields: &Value) -> String {
    let answer = ask(&json!({ verb: fields }));
    answer["error"]["message"].as_str().unwrap_or_else(|| panic!("{answer:#}")).to_owned()
}

fn sample() -> Value {
    let question: Value = serde_json::from_str(SAMPLE).expect("the sample is JSON");
    question["fit"].clone()
}

/// Runs of Chinchilla's law without noise: 7 budgets of 9 sizes about the best one.
fn profiles() -> Value {
    let (mut n, mut d, mut l) = (Vec::new(), Vec::new(), Vec::new());
    for budget in 0..7 {
        let compute = 1e18 * 10_f64.powf(0.5 * f64::from(budget));
        for size in 0..9 {
            let size = 0.09 * compute.sqrt() * 10_f64.powf(0.1 * f64::from(size - 4));
            let tokens = compute / (6.0 * size);
            n.push(size);
            d.push(tokens);
            l.push(1.82 + 480.0 * size.powf(-0.35) + 2100.0 * tokens.powf(-0.37));
        }
    }
    json!({"N": n, "D": d, "L": l})
}

/// The best size of that law.
fn best(compute: f64) -> f64 {
    let g = (0.35 * 480.0 / (0.37 * 2100.0_f64)).powf(1.0 / 0.72);
    g * (compute / 6.0).powf(0.37 / 0.72)
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

fn loss(fit: &str, d: f64) -> f64 {
    let at = json!({"N": 7e10, "D": d});
    number(&answered("predict", &json!({"law": "chinchilla", "fit": fit, "at": at}))["value"])
}

#[test]
fn laws_cross_where_they_say_the_same() {
    let with = json!({"law": "chinchilla", "fit": "refit-240"});
    let question = json!({
        "law": "chinchilla", "fit": "hoffmann2022", "with": with, "over": "D", "in": ["1B", "100T"], "at": {"N": "70B"},
    });
    let crossing = answered("crossing", &question);
    let roots: Vec<f64> = crossing["roots"].as_array().unwrap().iter().map(number).collect();
    assert!(!roots.is_empty(), "{crossing:#}");
    assert_eq!(crossing["lower"].as_array().unwrap().len(), roots.len() + 1);
    for (root, value) in roots.iter().zip(crossing["values"].as_array().unwrap()) {
        let [a, b] = ["hoffmann2022", "refit-240"].map(|fit| loss(fit, *root));
        assert!((a - b).abs() < 1e-12 && (a - number(value)).abs() < 1e-12, "{root}: {a} and {b}");
    }
    let first = roots[0];
    let below = loss("hoffmann2022", 0.99 * first) < loss("refit-240", 0.99 * first);
    assert_eq!(crossing["lower"][0], if below { "law" } else { "with" });
}

#[test]
fn a_law_does_not_cross_itself() {
    let with = json!({"law": "chinchilla", "fit": "refit-240"});
    let same = json!({
        "law": "chinchilla", "fit": "refit-240", "with": with, "over": "D", "in": [1e9, 1e12], "at": {"N": "70B"},
    });
    assert_eq!(answered("crossing", &same)["roots"], json!([]));
}

#[test]
fn crossings_that_cannot_be_are_refused() {
    let with = json!({"law": "chinchilla"});
    let over = |name: &str, ends: Value| {
        refused(
            "crossing",
            &json!({"law": "chinchilla", "with": with, "over": name, "in": ends, "at": {"N": 1e9}}),
        )
    };
    assert!(over("D", json!([1e12, 1e9])).contains("the lower one first"));
    assert!(over("S", json!([1e9, 1e12])).contains("expected a value for D"));
    let bounded = json!({"law": {"formula": "50 / D^0.1\nwhere D <= 1e11"}});
    let beyond =
        json!({"law": "chinchilla", "with": bounded, "over": "D", "in": [1e9, 1e12], "at": {"N": 1e9}});
    assert!(refused("crossing", &beyond).contains("expected D <= 1e11, outside which the law means nothing"));
    let missing = json!({"law": "chinchilla", "with": with, "over": "D", "in": [1e9, 1e12]});
    assert!(refused("crossing", &missing).contains("expected a value for N"));
}

#[test]
fn a_recipe_needs_as_much_compute_as_itself() {
    let one = json!({"law": "chinchilla", "fit": "refit-240"});
    let same = answered("multiplier", &json!({"a": one, "b": one, "over": {"loss": [2.4, 2.0]}}));
    assert_eq!(same["value"], json!([1.0, 1.0]));
    assert!(same.get("intervals").is_none());
}

#[test]
fn a_multiplier_is_the_ratio_of_two_least_costs() {
    let recipes = ["hoffmann2022", "refit-240"].map(|fit| json!({"law": "chinchilla", "fit": fit}));
    let [a, b] = &recipes;
    let multiplier = answered("multiplier", &json!({"a": a, "b": b, "over": {"loss": [2.3]}}));
    let least = |recipe: &Value| {
        let limits = json!([{"of": "loss", "at_most": 2.3}]);
        let question =
            json!({"law": recipe["law"], "fit": recipe["fit"], "minimize": "cost", "limits": limits});
        number(&answered("allocate", &question)["value"])
    };
    assert!((number(&multiplier["value"][0]) / (least(b) / least(a)) - 1.0).abs() < 1e-12);
    // Without losses it takes some that the runs behind both reach.
    let common = answered("multiplier", &json!({"a": a, "b": b}));
    assert_eq!(common["losses"].as_array().unwrap().len(), 9);
    assert!(common["value"].as_array().unwrap().iter().all(|ratio| number(ratio) > 0.0));
}

#[test]
fn a_multiplier_has_a_band_where_a_fit_has_draws() {
    let mut question = sample();
    question["bootstrap"] = json!({"draws": 40});
    let fit = answered("fit", &question);
    let drawn = json!({"law": "chinchilla", "fit": fit});
    let other = json!({"law": "chinchilla", "fit": "refit-240"});
    let multiplier = answered("multiplier", &json!({"a": other, "b": drawn, "over": {"loss": [3.2, 1.0]}}));
    let [low, high] = [0, 1].map(|end| number(&multiplier["intervals"][0][end]));
    assert!(
        low < number(&multiplier["value"][0]) && number(&multiplier["value"][0]) < high,
        "{multiplier:#}"
    );
    // No compute reaches a loss below what is irreducible.
    assert_eq!(multiplier["value"][1], Value::Null);
    assert!(multiplier["warnings"].to_string().contains("multiplier.out_of_reach"));
}

#[test]
fn a_profile_is_lowest_at_the_fit() {
    let fit = answered("fit", &sample());
    let profile = answered("profile", &json!({"fit": sample(), "of": "alpha"}));
    assert_eq!(profile["value"], fit["parameters"]["alpha"]);
    assert_eq!(profile["least"], fit["objective"]);
    let objective: Vec<f64> = profile["objective"].as_array().unwrap().iter().map(number).collect();
    assert_eq!(objective.len(), 41);
    assert!(objective.iter().all(|f| *f >= number(&fit["objective"]) * (1.0 - 1e-12)));
    let [low, high] = [0, 1].map(|end| number(&profile["interval"][end]));
    assert!(low < number(&profile["value"]) && number(&profile["value"]) < high, "{profile:#}");
    assert_eq!(profile["parameters"]["alpha"], profile["at"]);
    assert!(refused("profile", &json!({"fit": sample(), "of": "delta"})).contains("a parameter of the law"));
    let mut fixed = sample();
    fixed["fix"] = json!({"E": 1.6});
    assert!(
        refused("profile", &json!({"fit": fixed, "of": "E"})).contains("expected a parameter that is fitted")
    );
}

#[test]
fn a_decision_has_a_profile_like_a_parameter() {
    let mut question = sample();
    question["decide"] = json!([{"allocate": {"budget": "1e21 FLOPs"}}]);
    let plan = answered("fit", &question)["decisions"][0].clone();
    let asked = |of: &str| json!({"fit": sample(), "of": {"of": of, "budget": "1e21 FLOPs"}});
    let values = [
        ("N", &plan["at"]["N"]["value"]),
        ("D", &plan["at"]["D"]["value"]),
        ("D/N", &plan["quantities"]["tokens_per_parameter"]["value"]),
        ("loss", &plan["value"]["value"]),
    ];
    for (of, value) in values {
        let profile = answered("profile", &asked(of));
        assert!((number(&profile["value"]) / number(value) - 1.0).abs() < 1e-9, "{of}: {profile:#}");
        let [low, high] = [0, 1].map(|end| number(&profile["interval"][end]));
        assert!(low < number(value) && number(value) < high, "{of}: {low} to {high}");
        let objective: Vec<f64> = profile["objective"].as_array().unwrap().iter().map(number).collect();
        assert!(objective.len() == 41 && objective.iter().all(|f| *f >= number(&profile["least"])), "{of}");
    }
    // The parameters along it are those of laws that decide so.
    let mut at = asked("N");
    at["at"] = json!([2.5e9]);
    let profile = answered("profile", &at);
    let parameters: Value = profile["parameters"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, column)| (name.clone(), column[0].clone()))
        .collect();
    let fit = json!({"parameters": parameters});
    let plan = answered("allocate", &json!({"law": "chinchilla", "fit": fit, "budget": "1e21 FLOPs"}));
    assert!((number(&plan["at"]["N"]) / 2.5e9 - 1.0).abs() < 1e-8, "{plan:#}");
}

#[test]
fn a_decision_without_a_profile_is_refused() {
    let refusal = |fit: Value, of: Value| refused("profile", &json!({"fit": fit, "of": of}));
    let budget = "1e21 FLOPs";
    assert!(refusal(sample(), json!({"of": "C", "budget": budget})).contains("expected \"N\""));
    assert!(refusal(sample(), json!({"of": "N"})).contains("\"budget\""));
    let mut absolute = sample();
    absolute["loss"] = json!({"absolute": true});
    assert!(refusal(absolute, json!({"of": "N", "budget": budget})).contains("no curvature"));
    let mut of_size = sample();
    of_size["law"] = json!({"formula": "E + A / N^alpha"});
    assert!(refusal(of_size, json!({"of": "N", "budget": budget})).contains("a law of N and D"));
}

#[test]
fn a_parameter_that_the_runs_do_not_bound_is_said_to_be_open() {
    // Two terms that do the same: what one loses the other takes.
    let law = json!({"formula": "E + A / N^alpha + B / N^beta"});
    let mut runs = sample()["runs"].clone();
    runs.as_object_mut().unwrap().remove("D");
    let profile = answered("profile", &json!({"fit": {"law": law, "runs": runs}, "of": "A", "level": 0.5}));
    let open = |end: usize| profile["interval"][end].is_null();
    assert!(open(0) || open(1) || profile["warnings"].to_string().contains("fit."), "{profile:#}");
}

#[test]
fn a_comparison_says_what_the_wrong_choice_costs() {
    let question = json!({
        "runs": sample()["runs"],
        "laws": ["chinchilla"],
        "methods": [
            {"name": "tied", "law": "chinchilla", "tie": [["alpha", "beta"]]},
            {"name": "power", "law": {"formula": "A / N^alpha + B / D^beta"}},
            "isoflop",
            "envelope",
        ],
        "budget": "1e22 FLOPs",
        "bootstrap": {"draws": 20},
    });
    let compared = answered("compare", &question);
    let methods = compared["methods"].as_array().unwrap();
    assert_eq!(methods.len(), 5);
    // The same law asked for by itself.
    let mut alone = sample();
    alone["bootstrap"] = json!({"draws": 20});
    alone["decide"] = json!([{"allocate": {"budget": "1e22 FLOPs"}}]);
    let alone = answered("fit", &alone);
    assert_eq!(methods[0]["objective"], alone["objective"]);
    assert_eq!(methods[0]["decision"]["at"], alone["decisions"][0]["at"]);
    // A tie has one parameter less and fits no better.
    assert_eq!(methods[0]["free"], 5);
    assert_eq!(methods[1]["free"], 4);
    assert!(number(&methods[1]["objective"]) > number(&methods[0]["objective"]));
    assert!(number(&methods[2]["aic"]) > number(&methods[0]["aic"]), "the runs need the constant");
    // Every law wastes nothing by its own plan, and the reference is one of the laws.
    let reference = compared["reference"].as_u64().unwrap() as usize;
    assert!(reference < 2);
    for law in 0..3 {
        assert!(number(&compared["regret"][law][law]) < 1e-9, "{:#}", compared["regret"]);
    }
    assert!(number(&compared["regret"][0][2]) > 0.0);
    assert_eq!(methods[1]["wasted"], compared["regret"][reference][1]);
    // What does not apply says why, and does not spoil the rest.
    assert!(methods[4]["error"]["message"].as_str().unwrap().contains("training curves"));
    assert!(
        refused("compare", &json!({"runs": sample()["runs"], "budget": 1e21})).contains("expected methods")
    );
}

#[test]
fn criteria_compare_laws_of_several_families_by_each_loss_for_itself() {
    let laws = ["chinchilla", "kaplan-size-and-data", "muennighoff-one-pass"];
    let by = |loss: &Value| laws.map(|law| json!({"law": law, "loss": loss})).to_vec();
    let compared = |methods: &[Value]| {
        answered("compare", &json!({"runs": sample()["runs"], "methods": methods, "budget": "1e22 FLOPs"}))
    };
    let losses = [json!({"huber": 1e-3}), json!({"squares": true}), json!({"squares": true, "of": "raw"})];
    let alone = losses.each_ref().map(|loss| compared(&by(loss)));
    let together = compared(&losses.iter().flat_map(by).collect::<Vec<_>>());
    for (at, method) in together["methods"].as_array().unwrap().iter().enumerate() {
        for criterion in ["aic", "bic"] {
            assert_eq!(method[criterion], alone[at / 3]["methods"][at % 3][criterion], "{at}: {criterion}");
        }
    }
    // A loss that is named and the same by default are one.
    let tied = json!({"law": "chinchilla", "tie": [["alpha", "beta"]]});
    let both = |first: Value| compared(&[first, tied.clone()])["methods"][1]["aic"].clone();
    assert_eq!(both(json!("chinchilla")), both(json!({"law": "chinchilla", "loss": {"huber": 1e-3}})));
    // The reference is of the loss of the first.
    assert_eq!(together["reference"], alone[0]["reference"]);
    // Of squares, Akaike's criterion is n ln F + 2 k.
    let squares = &alone[1]["methods"][0];
    let expected = 34.0 * number(&squares["objective"]).ln() + 2.0 * number(&squares["free"]);
    assert!((number(&squares["aic"]) - expected).abs() < 1e-9);
    // A law without a floor foretells what is hidden worse.
    let question = json!({"runs": sample()["runs"], "hold_out": {"largest_budgets": 2}, "methods": laws});
    let tested = answered("backtest", &question);
    let rms = |at: usize| number(&tested["methods"][at]["rms"]);
    assert!(rms(0) < rms(1), "{tested:#}");
    for method in tested["methods"].as_array().unwrap() {
        assert_eq!(method["residuals"].as_array().unwrap().len(), 2, "{method:#}");
    }
}

#[test]
fn hidden_runs_are_foretold_from_the_others() {
    let methods =
        json!(["chinchilla", {"name": "squares", "law": "chinchilla", "loss": {"squares": true}}, "isoflop"]);
    let question = json!({"runs": sample()["runs"], "hold_out": {"largest_budgets": 4}, "methods": methods});
    let backtest = answered("backtest", &question);
    let rows: Vec<usize> =
        backtest["rows"].as_array().unwrap().iter().map(|row| row.as_u64().unwrap() as usize).collect();
    let seen = backtest["seen"].as_u64().unwrap() as usize;
    assert_eq!(seen + rows.len(), 34);
    // The same by hand: fit without these rows, predict them.
    let mut rest = sample();
    rest["runs"] = json!({"columns": sample()["runs"], "rows_off": rows});
    let fit = answered("fit", &rest);
    let column =
        |name: &str| -> Vec<f64> { rows.iter().map(|&row| number(&sample()["runs"][name][row])).collect() };
    let at = json!({"N": column("N"), "D": column("D")});
    let predicted = answered("predict", &json!({"law": "chinchilla", "fit": fit, "at": at}));
    assert_eq!(predicted["values"], backtest["methods"][0]["predicted"]);
    let residuals: Vec<f64> =
        backtest["methods"][0]["residuals"].as_array().unwrap().iter().map(number).collect();
    for (residual, (value, actual)) in
        residuals.iter().zip(predicted["values"].as_array().unwrap().iter().zip(column("L")))
    {
        assert!((residual - (number(value) / actual).ln()).abs() < 1e-12);
    }
    let rms = (residuals.iter().map(|r| r * r).sum::<f64>() / residuals.len() as f64).sqrt();
    assert!((number(&backtest["methods"][0]["rms"]) - rms).abs() < 1e-12);
    assert_eq!(backtest["methods"][0]["budgets"].as_array().unwrap().len(), 4);
    assert!(backtest["decades"].as_array().unwrap().iter().all(|decades| number(decades) > 0.0));
    // Budgets of few runs have no vertex, and parabolas through so few budgets no power law.
    assert!(backtest["methods"][2]["error"].is_object() || backtest["methods"][2]["predicted"].is_null());
    let all =
        json!({"runs": sample()["runs"], "hold_out": {"largest_budgets": 99}, "methods": ["chinchilla"]});
    assert!(refused("backtest", &all).contains("got 99"));
}

#[test]
fn best_sizes_are_foretold_by_every_method() {
    let window = json!({"name": "window", "isoflop": {"window": {"points": 3}}});
    let methods = json!(["chinchilla", "isoflop", window, "envelope"]);
    let question = json!({"runs": profiles(), "hold_out": {"largest_budgets": 2}, "methods": methods});
    let backtest = answered("backtest", &question);
    let optima = backtest["optima"].as_array().unwrap();
    let [law, parabolas, narrow, envelope] = [0, 1, 2, 3].map(|at| &backtest["methods"][at]);
    let names = [law, parabolas, narrow].map(|method| method["name"].as_str().unwrap());
    assert_eq!(names, ["chinchilla", "isoflop", "window"]);
    for (at, optimum) in optima.iter().enumerate() {
        assert_eq!(optimum["by"], "isoflop");
        let compute = number(&optimum["compute"]);
        let size = |method: &Value| number(&method["budgets"][at]["size"]);
        // Without noise the law is found exactly, and parabolas miss it by their bias alone.
        assert!((size(law) / best(compute) - 1.0).abs() < 1e-6, "{compute:e}: {}", size(law));
        assert!((number(&optimum["N"]) / best(compute) - 1.0).abs() < 0.02, "{optimum}");
        let off = (size(parabolas) / number(&optimum["N"])).ln();
        assert!((number(&parabolas["budgets"][at]["size_residual"]) - off).abs() < 1e-12 && off.abs() < 0.02);
        // A narrower parabola is nearer to the truth.
        assert!((size(narrow) / best(compute)).ln().abs() < (size(parabolas) / best(compute)).ln().abs());
    }
    // Parabolas foretell no losses; the law does.
    assert!(parabolas.get("predicted").is_none() && parabolas["rms"].is_null());
    assert!(number(&law["rms"]) < 1e-9 && number(&parabolas["size_rms"]) > 0.0);
    assert!(envelope["error"]["message"].as_str().unwrap().contains("training curves"));
    // By hand: the parabolas of the other budgets, and the plan that follows.
    let off: Vec<usize> = (45..63).collect();
    let mut rest =
        answered("isoflop", &json!({"runs": {"columns": profiles(), "rows_off": off}}))["best"].clone();
    rest["budget"] = optima[1]["compute"].clone();
    assert_eq!(answered("allocate", &rest)["at"]["N"], parabolas["budgets"][1]["size"]);
}

#[test]
fn the_envelope_is_tested_on_the_ends_of_curves() {
    // Curves of 12 sizes from 0.3 to 300 tokens for each parameter.
    let mut runs = json!({"N": [], "D": [], "L": [], "run": []});
    for run in 0..12 {
        for point in 0..40 {
            let size = 1e8 * 10_f64.powf(0.15 * f64::from(run));
            let tokens = size * 0.3 * 10_f64.powf(3.0 * f64::from(point) / 39.0);
            let loss = 1.82 + 480.0 * size.powf(-0.35) + 2100.0 * tokens.powf(-0.37);
            let name = json!(format!("run {run}"));
            for (column, cell) in
                [("N", json!(size)), ("D", json!(tokens)), ("L", json!(loss)), ("run", name)]
            {
                runs[column].as_array_mut().unwrap().push(cell);
            }
        }
    }
    let runs = json!({"columns": runs, "group": "run"});
    let hold_out = json!({"above": "3e20 FLOPs", "tolerance": 0.5});
    let methods = json!(["envelope", {"envelope": {"budgets": 200}}, "chinchilla"]);
    let backtest = answered("backtest", &json!({"runs": runs, "hold_out": hold_out, "methods": methods}));
    assert!(number(&backtest["largest_seen"]) <= 3e20, "{}", backtest["largest_seen"]);
    assert!(backtest["compute"].as_array().unwrap().iter().all(|compute| number(compute) > 3e20));
    let first = &backtest["optima"][0];
    assert_eq!(first["by"], "envelope");
    let [envelope, coarse, law] = [0, 1, 2].map(|at| &backtest["methods"][at]);
    let size = |method: &Value| number(&method["budgets"][0]["size"]);
    // By hand: the envelope of the other points, and the plan that follows.
    for (method, budgets) in [(envelope, 1500), (coarse, 200)] {
        let curves = json!({"columns": runs["columns"], "rows_off": backtest["rows"]});
        let mut plan = answered("envelope", &json!({"curves": curves, "budgets": budgets}))["best"].clone();
        plan["budget"] = first["compute"].clone();
        assert_eq!(number(&answered("allocate", &plan)["at"]["N"]), size(method));
    }
    assert!(size(coarse) != size(envelope));
    assert!((size(law) / best(number(&first["compute"])) - 1.0).abs() < 1e-5);
    let both = json!({"largest_budgets": 1, "above": 1e20});
    let refusal = |hold_out: Value| {
        refused("backtest", &json!({"runs": runs, "hold_out": hold_out, "methods": methods}))
    };
    assert!(refusal(both).contains("expected one of"));
    assert!(refusal(json!({"above": 1e30})).contains("runs on either side"));
}

#[test]
fn a_method_is_one_thing() {
    let refusal = |method: Value| {
        let hold_out = json!({"largest_budgets": 1});
        refused("backtest", &json!({"runs": profiles(), "hold_out": hold_out, "methods": [method]}))
    };
    assert!(refusal(json!({"law": "chinchilla", "isoflop": {}})).contains("expected one of"));
    assert!(refusal(json!({"isoflop": {}, "loss": {"squares": true}})).contains("expected one of"));
    assert!(refusal(json!({})).contains("expected one of"));
    assert!(refusal(json!({"isoflop": {"windows": 2}})).contains("did you mean \"window\"?"));
}
