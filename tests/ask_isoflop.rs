//! `isoflop` and `envelope` through the one door: answers, refusals, and what can be done with an answer.

#![allow(clippy::disallowed_methods, reason = "test data need not be the same everywhere")]

mod measured;

use isoflop::ask::{Question, answer_text};
use measured::Measured;
use serde_json::{Value, json};

const PROFILES: &str = include_str!("../examples/questions/isoflop.json");
const GROUPS: &str = include_str!("../examples/questions/isoflop-groups.json");
const CURVES: &str = include_str!("../examples/questions/envelope.json");

fn ask(question: &Value) -> Value {
    serde_json::from_str(&answer_text(&question.to_string(), &mut |_| {})).expect("an Answer is JSON")
}

fn sample(text: &str) -> Value {
    serde_json::from_str(text).expect("the sample is JSON")
}

fn error_of(question: &Value) -> (String, String) {
    let answer = ask(question);
    let text = |field: &str| answer["error"][field].as_str().unwrap_or_default().to_owned();
    (text("code"), text("message"))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

fn codes(answer: &Value) -> Vec<String> {
    let warnings = answer["warnings"].as_array().expect("warnings");
    warnings.iter().map(|warning| warning["code"].as_str().expect("a code").to_owned()).collect()
}

#[test]
fn chinchillas_profiles_are_answered_with_the_known_numbers() {
    let Some(table) = Measured::read("chinchilla_points.csv") else { return };
    let kept = table.filter(|cell| cell("kept240") == "1");
    let groups: Vec<Value> = kept
        .texts("isoflop")
        .iter()
        .map(|text| text.parse::<f64>().map_or(Value::Null, Value::from))
        .collect();
    let runs = json!({"N": kept.column("params"), "C": kept.column("flops"), "L": kept.column("loss")});
    let answer = ask(&json!({"isoflop": {"runs": runs, "groups": groups}}));
    let found = &answer["isoflop"];
    assert!((number(&found["power_laws"]["N"]["exponent"]) / 0.510451163784 - 1.0).abs() < 1e-10, "{answer}");
    assert!((number(&found["power_laws"]["N"]["log10_coefficient"]) / -1.27741851218 - 1.0).abs() < 1e-10);
    assert_eq!(found["exponent_sum"], 1.0);
    assert_eq!(found["tolerance"], Value::Null);
    let left_out = &found["groups"][4];
    assert_eq!((&left_out["used"], &left_out["reason"]), (&json!(false), &json!("isoflop.vertex_outside")));
    assert!(left_out["message"].as_str().expect("words").contains("beyond the smallest size"), "{left_out}");
    assert!((number(&left_out["vertex"]["N"]) / 501199173.041 - 1.0).abs() < 1e-10);
    assert!(codes(found).contains(&"isoflop.left_out".to_owned()));
    let bias = &found["bias"];
    assert_eq!(bias["groups"].as_array().map(Vec::len), Some(9));
    assert!(number(&bias["exponent"]["N"]).abs() < 0.1, "{bias}");
}

#[test]
fn gemstones_are_answered_with_the_known_numbers() {
    let Some(table) = Measured::read("gemstones_curves.csv") else { return };
    let curves = json!({"run": table.texts("run"), "N": table.column("params"), "D": table.column("tokens"),
        "C": table.column("flops"), "L": table.column("loss")});
    let answer = ask(&json!({"envelope": {"curves": curves}}));
    let found = &answer["envelope"];
    assert_eq!(found["points"].as_array().map(Vec::len), Some(1500));
    assert!((number(&found["power_laws"]["N"]["exponent"]) / 0.55086879295 - 1.0).abs() < 1e-8);
    assert!((number(&found["hull"]["power_laws"]["N"]["exponent"]) / 0.499380216082636 - 1.0).abs() < 1e-8);
    assert_eq!((&found["trimmed"]["points"], &found["hull"]["points"]), (&json!(1345), &json!(21)));
    assert_eq!(found["points"][500]["run"], "512x14");
    assert_eq!(found["points"][0]["extreme"], "smallest");
    assert_eq!(found["power_laws"]["N"]["se"], Value::Null);
    let codes = codes(found);
    for code in ["envelope.extreme_size", "envelope.variants_differ"] {
        assert!(codes.contains(&code.to_owned()), "{codes:?}");
    }
}

#[test]
fn the_best_of_an_answer_is_a_plan_with_a_budget() {
    for (text, verb) in [(PROFILES, "isoflop"), (GROUPS, "isoflop"), (CURVES, "envelope")] {
        let answer = ask(&sample(text));
        let found = &answer[verb];
        let mut plan = found["best"].clone();
        plan["budget"] = json!(1e21);
        let planned = ask(&json!({"allocate": plan}));
        let law = &found["power_laws"]["N"];
        let expected = 10_f64.powf(number(&law["log10_coefficient"]) + 21.0 * number(&law["exponent"]));
        assert!((number(&planned["allocate"]["at"]["N"]) / expected - 1.0).abs() < 1e-12, "{planned}");
        let intervals = &planned["allocate"]["intervals"]["N"];
        assert_eq!(intervals.is_array(), text == GROUPS, "only draws give intervals: {planned}");
        assert!(codes(&planned["allocate"]).contains(&"range.extrapolated".to_owned()), "{planned}");
    }
}

#[test]
fn the_same_question_is_answered_with_the_same_bytes() {
    for text in [PROFILES, GROUPS, CURVES] {
        assert_eq!(answer_text(text, &mut |_| {}), answer_text(text, &mut |_| {}));
    }
}

#[test]
fn a_question_is_written_as_it_was_read() {
    for text in [PROFILES, GROUPS, CURVES, include_str!("../examples/questions/envelope-smooth.json")] {
        let question: Question = serde_json::from_str(text).expect("a Question");
        let again: Question =
            serde_json::from_value(serde_json::to_value(&question).expect("JSON")).expect("a Question");
        assert_eq!(question, again);
    }
}

#[test]
fn draws_give_intervals_about_the_exponent() {
    let mut question = sample(PROFILES);
    for kind in ["residuals", "wild", "rows"] {
        question["isoflop"]["bootstrap"] = json!({"kind": kind, "draws": 200, "seed": 3});
        let found = ask(&question)["isoflop"].clone();
        let [low, high] = [0, 1].map(|end| number(&found["intervals"]["N"]["exponent"][end]));
        let exponent = number(&found["power_laws"]["N"]["exponent"]);
        assert!(low < exponent && exponent < high, "{kind}: {low} to {high}, {exponent}");
        assert_eq!(found["bootstrap"]["draws"], 200);
        let draws = found["best"]["fit"]["draws"]["a"].as_array().expect("draws");
        assert_eq!(draws.len(), 200);
        let missing = draws.iter().filter(|draw| draw.is_null()).count();
        assert_eq!(found["bootstrap"]["failed_draws"], missing, "{kind}");
    }
    let with = |seed: Value| {
        let mut question = question.clone();
        question["isoflop"]["bootstrap"] = json!({"draws": 20, "seed": seed});
        ask(&question)
    };
    assert_eq!(with(json!(7)), with(json!("7")));
    assert_ne!(with(json!(7)), with(json!(8)));
    for seed in [json!(-1), json!(1.5), json!(9007199254740992_u64), json!("seven"), json!(true)] {
        assert_eq!(with(seed.clone())["error"]["code"], "ask.wrong_type", "{seed}");
    }
    let mut steps = 0;
    answer_text(&question.to_string(), &mut |progress| steps += u32::from(progress.stage == "draws"));
    assert!(steps >= 2, "progress is told");
}

#[test]
fn rows_that_are_off_do_not_count() {
    let mut question = sample(PROFILES);
    let runs = question["isoflop"]["runs"].clone();
    question["isoflop"]["runs"] = json!({"columns": runs, "rows_off": [0, 1]});
    let found = ask(&question)["isoflop"].clone();
    assert_eq!(found["groups"][0]["rows"], json!([2, 3, 4]));
    assert_eq!(found["groups"][0]["reason"], "isoflop.too_few_sizes");
    assert_eq!(found["groups"][1]["rows"], json!([5, 6, 7, 8, 9]));
    let mut curves = sample(CURVES);
    let columns = curves["envelope"]["curves"].clone();
    curves["envelope"]["curves"] = json!({"columns": columns, "rows_off": [0, 1, 2, 3, 4, 5]});
    let found = ask(&curves)["envelope"].clone();
    assert!(found["points"].as_array().expect("points").iter().all(|point| point["run"] != "tiny"));
    assert!(found["hull"]["rows"].as_array().expect("rows").iter().all(|row| number(row) >= 6.0));
}

#[test]
fn too_few_budgets_are_an_answer_with_a_warning() {
    let with = |runs: Value| ask(&json!({"isoflop": {"runs": runs}}))["isoflop"].clone();
    // One budget, and what it says is kept.
    let one =
        with(json!({"N": [1e8, 2e8, 4e8, 8e8], "C": [1e19, 1e19, 1e19, 1e19], "L": [3.0, 2.9, 2.91, 3.1]}));
    assert_eq!((one["power_laws"].clone(), one["best"].clone()), (Value::Null, Value::Null));
    assert!(one["groups"][0]["vertex"]["N"].is_f64());
    assert!(codes(&one).contains(&"isoflop.few_budgets".to_owned()));
    // Two points.
    let two = with(json!({"N": [1e8, 2e8], "C": [1e19, 1e19], "L": [3.0, 2.9]}));
    assert_eq!(two["groups"][0]["reason"], "isoflop.too_few_sizes");
    assert!(two["groups"][0]["message"].as_str().expect("words").starts_with("2 different sizes"));
    // One budget of one size among others.
    let sizes = [1e8, 1e8, 1e8, 1e8, 1e8, 2e8, 4e8, 8e8];
    let same = with(json!({"N": sizes, "C": [1e19, 1e19, 1e19, 1e19, 1e20, 1e20, 1e20, 1e20],
        "L": [3.0, 2.9, 3.1, 3.0, 2.8, 2.7, 2.71, 2.9]}));
    assert_eq!(same["groups"][0]["reason"], "isoflop.too_few_sizes");
    assert!(same["groups"][0]["message"].as_str().expect("words").contains("the same size"));
    assert_eq!(same["groups"][1]["used"], true);
}

#[test]
fn a_group_wider_than_the_tolerance_is_warned_of() {
    let compute: Vec<f64> = (0..12).map(|i| 1e19 * 1.08_f64.powi(i)).collect();
    let sizes: Vec<f64> = (0..12).map(|i| 1e8 * f64::from(1 + (i * 5) % 12)).collect();
    let loss: Vec<f64> = sizes.iter().map(|n| 2.0 + (n / 6e8).ln() * (n / 6e8).ln()).collect();
    let runs = json!({"N": sizes, "C": compute, "L": loss});
    let found = ask(&json!({"isoflop": {"runs": runs}}))["isoflop"].clone();
    assert_eq!(found["groups"].as_array().map(Vec::len), Some(1));
    assert!(codes(&found).contains(&"isoflop.wide_group".to_owned()), "{found}");
    let apart = ask(&json!({"isoflop": {"runs": runs, "tolerance": 0.05}}))["isoflop"].clone();
    assert_eq!(apart["groups"].as_array().map(Vec::len), Some(12));
    assert_eq!(apart["tolerance"], 0.05);
}

/// That each Question is refused with its code, in words.
fn refused(verb: &str, cases: &[(Value, &str)]) {
    let wrong = |(question, code): &(Value, &str)| {
        let (given, message) = error_of(&json!({ verb: question }));
        let fine = given == *code && !message.is_empty();
        (!fine).then(|| format!("{question}: {code} expected, {given} given: {message}"))
    };
    let wrong: Vec<String> = cases.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn bad_profiles_are_refused_with_their_place() {
    let sizes = [1e8, 2e8, 4e8, 8e8];
    let loss = [3.0, 2.9, 2.91, 3.1];
    let compute = [1e19; 4];
    let good = json!({"N": sizes, "C": compute, "L": loss});
    let cases = [
        (json!({"runs": {}}), "runs.empty"),
        (json!({"runs": {"N": [], "C": [], "L": []}}), "runs.no_rows"),
        (json!({"runs": {"N": [1e8], "C": [1e19], "L": [3.0]}}), "runs.one_row"),
        (json!({"runs": {"N": [1e8, 1e8, 1e8, 1e8], "C": compute, "L": loss}}), "runs.one_value"),
        (json!({"runs": {"N": sizes, "C": compute, "L": [2, 2, 2, 2]}}), "runs.constant_loss"),
        (json!({"runs": {"N": sizes, "L": loss}}), "runs.no_column"),
        (json!({"runs": {"N": sizes, "C": compute}}), "runs.no_column"),
        (json!({"runs": {"N": sizes, "C": compute, "L": [3.0, -1, 2, 3]}}), "runs.not_positive"),
        (json!({"runs": {"N": sizes, "C": compute, "L": [3.0, "NaN", 2, 3]}}), "runs.not_finite"),
        (json!({"runs": {"N": sizes, "C": compute, "L": [3.0, null, 2, 3]}}), "runs.missing"),
        (json!({"runs": {"N": sizes, "C": ["1e999", 1e19, 1e19, 1e19], "L": loss}}), "runs.out_of_range"),
        (json!({"runs": {"columns": good, "rows_off": [4]}}), "runs.no_such_row"),
        (json!({"runs": good, "groups": [1e19]}), "ask.lengths"),
        (json!({"runs": good, "groups": [null, null, null, null]}), "isoflop.no_groups"),
        (json!({"runs": good, "groups": [1e19, -1, 1e19, 1e19]}), "units.not_positive"),
        (json!({"runs": good, "groups": [1e19, 1e19, 1e19, 1e19], "tolerance": 0.1}), "ask.malformed"),
        (json!({"runs": good, "tolerance": -0.1}), "isoflop.tolerance"),
        (json!({"runs": good, "tolerance": "much"}), "ask.wrong_type"),
        (json!({"runs": good, "window": {"points": -1}}), "ask.wrong_type"),
        (json!({"runs": good, "window": {"width": 1}}), "ask.unknown_field"),
        (json!({"runs": good, "fit": "cubic"}), "ask.malformed"),
        (json!({"runs": good, "level": 90}), "ask.malformed"),
        (json!({"runs": good, "bootstrap": {"draws": 1}}), "isoflop.draws"),
        (json!({"runs": good, "bootstrap": {"draws": 1_000_000_000}}), "isoflop.draws"),
        (json!({"runs": good, "bootstrap": {"kind": "jackknife"}}), "ask.malformed"),
        (json!({"runs": good, "windows": {}}), "ask.unknown_field"),
        (json!({}), "ask.missing_field"),
    ];
    refused("isoflop", &cases);
    let windows = json!({"isoflop": {"runs": good, "window": {"points": 0}}});
    assert_eq!(ask(&windows)["isoflop"]["groups"][0]["reason"], "isoflop.too_few_sizes");
    let whole = json!({"isoflop": {"runs": good, "window": {"points": 18446744073709551615_u64}}});
    assert_eq!(ask(&whole)["isoflop"]["groups"][0]["used"], true);
}

#[test]
fn bad_curves_are_refused_with_their_place() {
    let run = json!(["a", "a", 2, 2]);
    let (sizes, tokens, loss) = ([1e7, 1e7, 1e8, 1e8], [1e8, 2e8, 1e8, 2e8], [4.0, 3.5, 3.9, 3.4]);
    let good = json!({"run": run, "N": sizes, "D": tokens, "L": loss});
    let with = |field: &str, value: Value| {
        let mut curves = good.clone();
        curves[field] = value;
        json!({ "curves": curves })
    };
    let cases = [
        (json!({"curves": {}}), "runs.empty"),
        (json!({"curves": {"run": [], "N": [], "D": [], "L": []}}), "runs.no_rows"),
        (json!({"curves": {"N": sizes, "D": tokens, "L": loss}}), "ask.missing_field"),
        (with("run", json!(["a", "a", "b"])), "runs.unequal_lengths"),
        (with("run", json!(["a", "a", null, "b"])), "ask.malformed"),
        (with("run", json!(["a", "b", "c", "d"])), "envelope.no_curves"),
        (with("run", json!(["a", "a", "a", "b"])), "envelope.two_sizes"),
        (with("N", json!([1e7, 1e7, 1e7, 1e7])), "envelope.one_size"),
        (with("L", json!([4.0, "NaN", 3.9, 3.4])), "runs.not_finite"),
        (with("L", json!([4.0, 0, 3.9, 3.4])), "runs.not_positive"),
        (with("D", json!([1e8, 2e8])), "runs.unequal_lengths"),
        (json!({"curves": {"columns": good}, "budgets": 0}), "envelope.budgets"),
        (json!({"curves": good, "budgets": 1}), "envelope.budgets"),
        (json!({"curves": good, "budgets": 1_000_000_000}), "envelope.budgets"),
        (json!({"curves": good, "budgets": 1.5}), "ask.wrong_type"),
        (json!({"curves": good, "smooth": 0}), "envelope.smooth"),
        (json!({"curves": good, "smooth": 1e9}), "envelope.smooth"),
        (json!({"curves": {"columns": good, "N": sizes}}), "ask.malformed"),
        (json!({"curves": {"run": run, "rows_off": [0]}}), "ask.malformed"),
        (json!({"curves": {"columns": good, "rows_off": [0, 1, 2, 3]}}), "runs.none_usable"),
        (json!({"curves": [1, 2]}), "ask.wrong_type"),
    ];
    refused("envelope", &cases);
    let two_sizes = ask(&json!({"envelope": with("run", json!(["a", "a", "a", "b"]))}));
    assert_eq!(two_sizes["error"]["at"], json!({"row": 2, "column": "N", "path": "envelope"}));
    let fine = ask(&json!({"envelope": {"curves": good, "budgets": 2}}));
    assert_eq!(fine["envelope"]["points"][1]["run"], 2, "a name stays what it is: {fine}");
}
