//! What a fit can be told: losses, weights, groups, ties, fixed values, draws, decisions.

#![allow(clippy::disallowed_methods, reason = "test data need not be the same everywhere")]

use isoflop::ask::answer_text;
use serde_json::{Value, json};

const SAMPLE: &str = include_str!("../examples/questions/fit.json");

fn ask(question: &Value) -> Value {
    serde_json::from_str(&answer_text(&question.to_string(), &mut |_| {})).expect("an Answer is JSON")
}

/// The sample's question with more fields.
fn fit_with(fields: &Value) -> Value {
    let mut question: Value = serde_json::from_str(SAMPLE).expect("the sample is JSON");
    for (name, value) in fields.as_object().expect("fields") {
        question["fit"][name] = value.clone();
    }
    question
}

fn fitted(fields: &Value) -> Value {
    let answer = ask(&fit_with(fields));
    assert!(answer["fit"].is_object(), "{answer:#}");
    answer["fit"].clone()
}

fn refused(fields: &Value) -> String {
    let answer = ask(&fit_with(fields));
    answer["error"]["message"].as_str().unwrap_or_else(|| panic!("{answer:#}")).to_owned()
}

fn runs() -> Value {
    fit_with(&json!({}))["fit"]["runs"].clone()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

fn codes(fit: &Value) -> Vec<&str> {
    fit["warnings"].as_array().unwrap().iter().filter_map(|warning| warning["code"].as_str()).collect()
}

#[test]
fn tied_parameters_have_one_value_everywhere() {
    let fit =
        fitted(&json!({"tie": [["alpha", "beta"]], "loss": {"squares": true}, "bootstrap": {"draws": 5}}));
    assert!((number(&fit["objective"]) / 0.01224753861199165 - 1.0).abs() < 1e-10);
    assert_eq!(fit["parameters"]["alpha"], fit["parameters"]["beta"]);
    assert_eq!(fit["draws"]["alpha"], fit["draws"]["beta"]);
    assert_eq!(fit["errors"]["sandwich"]["alpha"], fit["errors"]["sandwich"]["beta"]);
    assert_eq!(fit["derived"]["a"], 0.5);
}

#[test]
fn what_is_fitted_to_bits_per_byte_speaks_of_bits_per_byte() {
    let of = |unit: &str| json!({"columns": runs(), "unit": unit});
    let decide = json!([{"allocate": {"budget": "1e21 FLOPs"}}]);
    let fit = fitted(&json!({"runs": of("bits/byte"), "decide": decide}));
    assert_eq!(fit["parameters"], fitted(&json!({}))["parameters"]);
    assert_eq!((&fit["unit"], &fit["decisions"][0]["unit"]), (&json!("bits/byte"), &json!("bits/byte")));
    let predicted = ask(&json!({"predict": {"law": "chinchilla", "fit": fit, "at": {"N": 1e9, "D": 1e11}}}));
    assert_eq!(predicted["predict"]["unit"], "bits/byte");
    // A loss of one unit is no loss of another.
    let own = json!({"law": "chinchilla", "fit": fit});
    let published = json!({"law": "chinchilla", "fit": "refit-240"});
    let ask_ratio =
        |a: &Value, b: &Value| ask(&json!({"multiplier": {"a": a, "b": b, "over": {"loss": [2.5]}}}));
    assert_eq!(ask_ratio(&own, &own)["multiplier"]["unit"], "bits/byte");
    assert_eq!(
        ask_ratio(&own, &published)["error"]["message"],
        "multiplier.b.fit: expected a fit of losses in bits per byte, as those of a are; got nats per token"
    );
    assert!(
        refused(&json!({"runs": of("tokens")})).contains("expected a unit of losses, one of nats/token,")
    );
}

#[test]
fn a_bounded_parameter_is_best_within_its_bounds_and_says_where_it_ends() {
    let free = fitted(&json!({}));
    let wide = fitted(&json!({"bounds": {"E": [0, 3]}}));
    assert!((number(&wide["objective"]) / number(&free["objective"]) - 1.0).abs() < 1e-9);
    assert_eq!(wide["termination"], "converged");
    // Left to itself E is 1.62.
    let low = fitted(&json!({"bounds": {"E": [0.5, 1.4]}}));
    assert_eq!((&low["parameters"]["E"], &low["termination"]), (&json!(1.4), &json!("at_bound")));
    let held = fitted(&json!({"fix": {"E": 1.4}}));
    assert!((number(&low["objective"]) / number(&held["objective"]) - 1.0).abs() < 1e-9);
    // The law's own bounds of an exponent end at 0.02 and 2.
    let beyond = fitted(&json!({"bounds": {"alpha": [3, 4]}, "fix": {"E": 1.4}}));
    assert_eq!(beyond["parameters"]["alpha"], 3.0);

    let refused = |bounds: Value| refused(&json!({"bounds": bounds}));
    assert!(refused(json!({"F": [0, 1]})).contains("a parameter of chinchilla"));
    assert!(refused(json!({"E": [2, 1]})).contains("expected a number and a higher one; got 2 and 1"));
    assert!(refused(json!({"A": [-1, 1]})).contains("expected numbers that are not negative; got -1"));
    let tied = json!({"bounds": {"alpha": [0.1, 0.2], "beta": [0.3, 0.4]}, "tie": [["alpha", "beta"]]});
    assert!(self::refused(&tied).contains("the bounds of beta and alpha have no value in common"));
    assert!(
        self::refused(&json!({"bounds": {"E": [1, 2]}, "fix": {"E": 3}})).contains("between 1 and 2; got 3")
    );
}

#[test]
fn ties_that_cannot_be_are_refused() {
    assert!(refused(&json!({"tie": [["alpha", "gamma"]]})).contains("a parameter of chinchilla"));
    assert!(refused(&json!({"tie": [["alpha", "alpha"]]})).contains("got alpha twice"));
    let law = json!({
        "formula": "E + A / N^alpha + B / D^beta",
        "parameters": {"alpha": {"in": [0.1, 0.3]}, "beta": {"in": [0.4, 0.9]}},
    });
    assert_eq!(
        refused(&json!({"law": law, "tie": [["alpha", "beta"]]})),
        "fit.tie[0]: expected parameters that can be equal; the bounds of beta and alpha have no value in common"
    );
}

#[test]
fn a_fixed_parameter_stays_and_the_others_are_best_for_it() {
    let free = fitted(&json!({}));
    let at_best = fitted(&json!({"fix": {"E": free["parameters"]["E"]}}));
    assert_eq!(at_best["parameters"]["E"], free["parameters"]["E"]);
    assert!((number(&at_best["objective"]) / number(&free["objective"]) - 1.0).abs() < 1e-9);
    let elsewhere = fitted(&json!({"fix": {"E": 1.5}}));
    assert!(number(&elsewhere["objective"]) > 1.0001 * number(&free["objective"]));
    assert_eq!(elsewhere["errors"]["sandwich"]["E"], Value::Null);
    assert!(refused(&json!({"fix": {"F": 1}})).contains("a parameter of chinchilla"));
    assert!(refused(&json!({"fix": {"A": -1}})).contains("expected a number that is not negative; got -1"));
}

#[test]
fn a_value_from_another_fit_brings_its_draws() {
    let drawn = json!({"fix": {"E": {"value": 1.6, "draws": [1.55, 1.65]}}, "bootstrap": {"draws": 4}});
    let fit = fitted(&drawn);
    assert_eq!(fit["draws"]["E"], json!([1.55, 1.65, 1.55, 1.65]));
}

#[test]
fn a_parameter_that_runs_to_its_bound_is_reported_there() {
    let law = json!({
        "formula": "E + A / N^alpha + B / D^beta",
        "parameters": {"alpha": {"in": [0.3, 0.9]}},
    });
    let fit = fitted(&json!({"law": law}));
    assert_eq!(fit["parameters"]["alpha"], 0.3);
    assert_eq!(fit["termination"], "at_bound");
    assert!(codes(&fit).contains(&"fit.at_bound"), "{fit:#}");
}

#[test]
fn a_weight_of_two_is_the_row_twice() {
    let mut once = runs();
    let rows = once["L"].as_array().unwrap().len();
    let weights: Vec<f64> = (0..rows).map(|row| if row == 3 { 2.0 } else { 1.0 }).collect();
    once["w"] = json!(weights);
    let weighted = fitted(&json!({"runs": {"columns": once, "weight": "w"}}));
    let mut twice = runs();
    for column in twice.as_object_mut().unwrap().values_mut() {
        let again = column[3].clone();
        column.as_array_mut().unwrap().push(again);
    }
    let repeated = fitted(&json!({"runs": twice}));
    for name in ["E", "A", "alpha", "B", "beta"] {
        let [a, b] = [&weighted, &repeated].map(|fit| number(&fit["parameters"][name]));
        assert!((a / b - 1.0).abs() < 1e-6, "{name}: {a} and {b}");
    }
    assert!((number(&weighted["objective"]) / number(&repeated["objective"]) - 1.0).abs() < 1e-10);
}

#[test]
fn noise_of_one_size_changes_nothing_of_squares_but_their_scale() {
    let mut columns = runs();
    let rows = columns["L"].as_array().unwrap().len();
    columns["noise"] = json!(vec![0.01; rows]);
    let squares = json!({"squares": true});
    let noisy = fitted(&json!({"runs": {"columns": columns, "sigma": "noise"}, "loss": squares}));
    let plain = fitted(&json!({"loss": squares}));
    assert!((1e-4 * number(&noisy["objective"]) / number(&plain["objective"]) - 1.0).abs() < 1e-9);
    let [a, b] = [&noisy, &plain].map(|fit| number(&fit["parameters"]["alpha"]));
    assert!((a - b).abs() < 1e-7);
}

#[test]
fn predictions_that_are_too_high_can_weigh_more() {
    let runs = runs();
    let above = |over: f64| {
        let fit = fitted(&json!({"loss": {"squares": true, "over": over}}));
        let at = json!({"N": runs["N"], "D": runs["D"]});
        let predicted = ask(&json!({"predict": {"law": "chinchilla", "fit": fit, "at": at}}));
        let values = predicted["predict"]["values"].as_array().unwrap().clone();
        values.iter().zip(runs["L"].as_array().unwrap()).filter(|(f, l)| number(f) > number(l)).count()
    };
    assert!(above(8.0) < above(1.0) && above(1.0) < above(0.125));
}

#[test]
fn losses_that_contradict_themselves_are_refused() {
    assert!(refused(&json!({"loss": {"squares": true, "absolute": true}})).contains("expected one of huber"));
    assert!(refused(&json!({"loss": {"squares": true, "huber": 1e-3}})).contains("expected one of huber"));
    assert!(refused(&json!({"loss": {"of": "log10"}})).contains("expected \"log\" or \"raw\""));
    assert!(refused(&json!({"loss": {"over": 0}})).contains("expected a positive weight of predictions"));
    assert!(refused(&json!({"loss": {"huber": -1}})).contains("expected a positive Huber threshold"));
}

#[test]
fn draws_are_the_same_in_one_question_or_in_several() {
    let draws = |first: u64, count: u64| {
        let fit = fitted(&json!({"bootstrap": {"draws": count, "first": first, "seed": 3}}));
        fit["draws"]["alpha"].as_array().unwrap().clone()
    };
    assert_eq!([draws(0, 3), draws(3, 5)].concat(), draws(0, 8));
}

#[test]
fn groups_are_drawn_whole_and_must_be_several() {
    let mut columns = runs();
    let names: Vec<String> =
        columns["N"].as_array().unwrap().iter().map(|size| format!("run of {size}")).collect();
    columns["run"] = json!(names);
    let sent = json!({"columns": columns, "group": "run"});
    let fit = fitted(&json!({"runs": sent, "bootstrap": {"kind": "groups", "draws": 30}}));
    assert_eq!(fit["draws"]["E"].as_array().unwrap().len(), 30);
    let message = refused(&json!({"bootstrap": {"kind": "groups"}}));
    assert!(message.contains("expected runs with a \"group\" column"), "{message}");
    columns["run"] = json!(vec!["a"; names.len()]);
    let one = json!({"runs": {"columns": columns, "group": "run"}, "bootstrap": {"kind": "groups"}});
    assert!(refused(&one).contains("at least two groups; got one group"));
    let unknown = json!({"runs": {"columns": columns, "group": "batch"}});
    assert!(refused(&unknown).contains("\"batch\""));
    assert!(refused(&json!({"bootstrap": {"kind": "jackknife"}})).contains("expected \"rows\", \"groups\""));
    assert!(refused(&json!({"bootstrap": {"draws": 0}})).contains("from 1 to 100000 draws; got 0"));
    assert!(refused(&json!({"bootstrap": {"resample": [[0, 99]]}})).contains("expected rows from 0 to 33"));
}

#[test]
fn decisions_have_intervals_around_their_values() {
    let decide = json!([
        {"allocate": {"budget": "1e21 FLOPs"}},
        {"predict": {"at": {"N": "1B", "D": "20B"}}},
    ]);
    let fit = fitted(&json!({"bootstrap": {"draws": 60}, "decide": decide}));
    let plan = &fit["decisions"][0];
    assert_eq!(plan["termination"], "optimum");
    for estimate in [&plan["at"]["N"], &plan["at"]["D"], &plan["value"], &fit["decisions"][1]["value"]] {
        let [low, high] = [0, 1].map(|end| number(&estimate["interval"][end]));
        assert!(low < number(&estimate["value"]) && number(&estimate["value"]) < high, "{estimate:#}");
    }
    // The same plan, asked with the fit.
    let asked = ask(&json!({"allocate": {"law": "chinchilla", "fit": fit, "budget": "1e21 FLOPs"}}));
    assert_eq!(asked["allocate"]["at"]["N"], plan["at"]["N"]["value"]);
    assert_eq!(asked["allocate"]["intervals"]["N"], plan["at"]["N"]["interval"]);
    let message = refused(&json!({"decide": [{"allocate": {"budgets": 1e21}}]}));
    assert!(message.starts_with("fit.decide[0].allocate: "), "{message}");
    let message = refused(&json!({"decide": [{"allocate": {"law": "kaplan"}}]}));
    assert!(message.contains("by the law that is fitted"), "{message}");
}

#[test]
fn absolute_values_are_proved_by_multipliers() {
    let fit = fitted(&json!({"loss": {"absolute": true}}));
    assert_eq!(fit["termination"], "converged");
    let interpolated = fit["certificate"]["interpolated"].as_array().unwrap();
    assert_eq!(interpolated.len(), 5);
    assert!(interpolated.iter().all(|run| number(&run["multiplier"]).abs() < 1.0));
    assert!(fit.get("errors").is_none());
}

#[test]
fn columns_have_a_band() {
    let fit = fitted(&json!({"bootstrap": {"draws": 30}}));
    let at = json!({"N": [1e9, 1e11], "D": "20B"});
    let answer = ask(&json!({"predict": {"law": "chinchilla", "fit": fit, "at": at, "level": 0.5}}));
    let predicted = &answer["predict"];
    for row in 0..2 {
        let [low, high] = [0, 1].map(|end| number(&predicted["intervals"][row][end]));
        assert!(low < high && number(&predicted["values"][row]) > 0.9 * low, "{predicted:#}");
    }
    assert!(
        ask(&json!({"predict": {"law": "chinchilla", "fit": fit, "at": at, "level": 2}}))["error"]
            .is_object()
    );
}

#[test]
fn a_new_run_has_noise_beside_what_is_not_known_of_the_law() {
    let at = json!({"N": "7B", "D": "140B"});
    let decide = json!([{"predict": {"at": at}}, {"predict": {"at": at, "interval_of": "run"}}]);
    let fit = fitted(&json!({"bootstrap": {"draws": 60}, "decide": decide, "diagnose": 0}));
    let ends = |of: usize| [0, 1].map(|end| number(&fit["decisions"][of]["value"]["interval"][end]));
    let ([low, high], [lower, higher]) = (ends(0), ends(1));
    assert!(lower < low && high < higher, "{low} to {high} in {lower} to {higher}");
    // The residuals are those of the runs, run less law, corrected for five parameters.
    let column = |values: &Value| -> Vec<f64> { values.as_array().unwrap().iter().map(number).collect() };
    let factor = (34.0_f64 / 29.0).sqrt();
    let mut left: Vec<f64> =
        column(&fit["diagnostics"]["residuals"]).iter().map(|residual| -factor * residual).collect();
    left.sort_by(f64::total_cmp);
    assert_eq!((fit["noise"]["of"].as_str(), fit["noise"]["response"].as_str()), (Some("log"), Some("L")));
    for (given, residual) in column(&fit["noise"]["residuals"]).iter().zip(left) {
        assert!((given - residual).abs() < 1e-15);
    }
    // The answer passed on gives the same interval; without its noise it gives none, and says why.
    let predict = |fit: &Value, of: &str| {
        ask(&json!({"predict": {"law": "chinchilla", "fit": fit, "at": at, "interval_of": of}}))
    };
    assert_eq!(predict(&fit, "run")["predict"]["interval"], json!([lower, higher]));
    assert_eq!(predict(&fit, "law")["predict"]["interval"], json!([low, high]));
    let mut without = fit.clone();
    without.as_object_mut().unwrap().remove("noise");
    let message = |answer: Value| answer["error"]["message"].as_str().unwrap_or_default().to_owned();
    assert!(message(predict(&without, "run")).contains("expected the noise of L"));
    assert!(message(predict(&fit, "runs")).contains("expected \"law\" or \"run\""));
}

#[test]
fn the_noise_of_many_runs_is_given_by_quantiles_and_that_of_none_to_spare_is_not() {
    let n: Vec<f64> = (0..2400).map(|run| 1e8 * 1.002_f64.powi(run)).collect();
    let scatter = |run: usize| f64::from((run as u32).wrapping_mul(7919) % 101) / 101.0 - 0.5;
    let loss: Vec<f64> =
        n.iter().enumerate().map(|(run, n)| 2.0 + 400.0 * n.powf(-0.3) + 0.01 * scatter(run)).collect();
    let fit = |n: &[f64], loss: &[f64]| {
        let law = json!({"formula": "E + A / N^alpha"});
        let question =
            json!({"law": law, "runs": {"N": n, "L": loss}, "loss": {"squares": true, "of": "raw"}});
        ask(&json!({"fit": question}))["fit"].clone()
    };
    let many = fit(&n, &loss);
    let residuals: Vec<f64> = many["noise"]["residuals"].as_array().unwrap().iter().map(number).collect();
    assert_eq!((residuals.len(), many["noise"]["of"].as_str()), (1000, Some("raw")));
    assert!((residuals[250] + 0.0025).abs() < 2e-4 && (residuals[749] - 0.0025).abs() < 2e-4);
    // Three runs without scatter: the law passes through them.
    let n = [1e8, 1e9, 1e10_f64];
    assert!(fit(&n, &n.map(|n| 2.0 + 400.0 * n.powf(-0.3)))["noise"].is_null());
}

#[test]
fn a_run_that_is_far_off_is_the_one_that_moves_the_answer() {
    let mut spoilt = runs();
    spoilt["L"][5] = json!(1.3 * number(&spoilt["L"][5]));
    let squares = json!({"squares": true});
    let decide = json!([{"allocate": {"budget": "1e21 FLOPs"}}]);
    let fit = fitted(&json!({"runs": spoilt, "loss": squares, "diagnose": 1, "decide": decide}));
    let diagnostics = &fit["diagnostics"];
    assert_eq!(diagnostics["without"]["rows"], json!([5]));
    // The answer without it is that of the Question without it.
    let off =
        fitted(&json!({"runs": {"columns": spoilt, "rows_off": [5]}, "loss": squares, "decide": decide}));
    assert_eq!(diagnostics["without"]["parameters"], off["parameters"]);
    assert_eq!(diagnostics["without"]["decisions"], off["decisions"]);
    // Leverages add up to the number of parameters, and what is fitted is what is predicted.
    let column =
        |name: &str| -> Vec<f64> { diagnostics[name].as_array().unwrap().iter().map(number).collect() };
    let leverage: f64 = column("leverage").iter().sum();
    assert!((leverage - 5.0).abs() < 1.0, "{leverage}");
    let at = json!({"N": spoilt["N"], "D": spoilt["D"]});
    let predicted = ask(&json!({"predict": {"law": "chinchilla", "fit": fit, "at": at}}));
    for (fitted, predicted) in column("fitted").iter().zip(predicted["predict"]["values"].as_array().unwrap())
    {
        assert!((fitted / number(predicted) - 1.0).abs() < 1e-12);
    }
    for ((residual, fitted), loss) in
        column("residuals").iter().zip(column("fitted")).zip(spoilt["L"].as_array().unwrap())
    {
        assert!((residual - (fitted / number(loss)).ln()).abs() < 1e-12);
    }
    assert!(refused(&json!({"diagnose": 20})).contains("at most 8 runs"));
}
