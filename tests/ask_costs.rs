//! Hardware and serving through the one door: hours, days, dollars and bytes of a plan.

use isoflop::ask::answer_text;
use serde_json::{Value, json};

/// What rounding leaves of a quantity that a limit or a budget fixes.
const ROUNDING: f64 = 1e-12;

fn ask(question: &Value) -> Value {
    serde_json::from_str(&answer_text(&question.to_string(), &mut |_| {})).expect("an Answer is JSON")
}

fn allocate(question: &Value) -> Value {
    let answer = ask(&json!({ "allocate": question }));
    assert!(answer["error"].is_null(), "{answer:#}");
    answer["allocate"].clone()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

#[track_caller]
fn close(a: &Value, b: f64) {
    assert!((number(a) / b - 1.0).abs() <= ROUNDING, "{a} is not {b}");
}

/// 512 devices of 989 TFLOP/s at 40 % and 2.50 dollars an hour.
fn hardware() -> Value {
    json!({"device": "h100", "count": 512, "mfu": 0.4, "price": 2.5})
}

/// FLOPs of an hour of one of them.
const HOUR: f64 = 3600.0 * 989e12 * 0.4;

#[test]
fn a_budget_is_in_flops_dollars_hours_of_devices_or_days() {
    let plan =
        |budget: Value| allocate(&json!({"law": "chinchilla", "budget": budget, "hardware": hardware()}));
    let hours = 800e3;
    let by_flops = plan(json!(hours * HOUR));
    for (budget, of) in [("$2M", "dollars"), ("800k H100-hours", "device_hours"), ("1562.5 hours", "days")] {
        let best = plan(json!(budget));
        close(&best["at"]["N"], number(&by_flops["at"]["N"]));
        close(&best["flops"], hours * HOUR);
        assert_eq!(best["active"][0]["of"], of);
        close(&best["quantities"]["device_hours"], hours);
        close(&best["quantities"]["days"], hours / 512.0 / 24.0);
        close(&best["quantities"]["dollars"], 2e6);
        close(&best["quantities"]["training_dollars"], 2e6);
    }
}

#[test]
fn a_budget_may_name_the_devices() {
    let plan =
        allocate(&json!({"law": "chinchilla", "budget": "64 H100 for 30 days", "hardware": {"mfu": 0.4}}));
    close(&plan["quantities"]["device_hours"], 46_080.0);
    close(&plan["quantities"]["days"], 30.0);
    close(&plan["flops"], 46_080.0 * HOUR);
    // A device that is not known, with the peak that it has.
    let hardware = json!({"peak": "1 PFLOP/s", "mfu": 0.4});
    let plan = allocate(&json!({"law": "chinchilla", "budget": "10k X9000-hours", "hardware": hardware}));
    close(&plan["flops"], 1e4 * 3600.0 * 1e15 * 0.4);
}

#[test]
fn what_is_not_given_is_listed_with_its_source_and_an_assumed_share_is_warned_of() {
    let plan = allocate(&json!({"law": "chinchilla", "budget": "10k H100-hours"}));
    let assumed: Vec<_> = plan["assumed"].as_array().unwrap().iter().collect();
    let facts: Vec<_> =
        assumed.iter().map(|fact| (&fact["field"], number(&fact["value"]), &fact["unit"])).collect();
    assert_eq!(
        facts,
        [
            (&json!("hardware.peak"), 989e12, &json!("FLOP/s")),
            (&json!("hardware.price"), 2.5, &json!("dollars/hour")),
            (&json!("hardware.mfu"), 0.4, &json!("1")),
        ]
    );
    assert!(assumed[1]["source"].as_str().unwrap().ends_with("2026-05"), "a price has a date");
    assert_eq!(plan["warnings"][0]["code"], "hardware.mfu_assumed");
    let given = allocate(&json!({"law": "chinchilla", "budget": "$2M",
        "hardware": {"peak": 989e12, "mfu": 0.4, "price": "$2.50/h"}}));
    assert!(given["assumed"].is_null());
}

#[test]
fn a_throughput_says_the_share_of_the_peak() {
    let speed = 380_000.0;
    let throughput = json!({"tokens_per_second": speed, "N": "8B", "devices": 64});
    let plan = allocate(
        &json!({"law": "chinchilla", "budget": "10k H100-hours", "hardware": {"throughput": throughput}}),
    );
    let share = 6.0 * 8e9 * speed / (64.0 * 989e12);
    close(&plan["assumed"][2]["value"], share);
    close(&plan["flops"], 1e4 * 3600.0 * 989e12 * share);
}

#[test]
fn a_budget_in_flops_pays_for_serving_too() {
    let plan = |question: Value| {
        let mut asked = json!({"law": "chinchilla", "fit": "hoffmann2022"});
        asked.as_object_mut().unwrap().extend(question.as_object().unwrap().clone());
        allocate(&asked)
    };
    let best = plan(json!({"budget": 5.76e23, "serving": {"tokens": "2T"}}));
    let typed = plan(json!({"cost": "6*N*D + 2*N*D_inf",
        "limits": [{"of": "D_inf", "equal": 2e12}, {"of": "cost", "at_most": 5.76e23}]}));
    assert!((number(&best["at"]["N"]) / number(&typed["at"]["N"]) - 1.0).abs() < 1e-9);
    close(&best["quantities"]["total"], 5.76e23);
    close(&best["quantities"]["serving"], 2.0 * number(&best["at"]["N"]) * 2e12);
    close(&best["quantities"]["training"], number(&best["flops"]));
}

#[test]
fn what_serves_is_what_is_active_for_a_token() {
    let serving = json!({"tokens": "2T"});
    let limits = json!([{"of": "S", "equal": 0.75}]);
    let plan = allocate(&json!({"law": "abnar", "budget": 1e21, "limits": limits, "serving": serving}));
    close(&plan["quantities"]["serving"], 2.0 * 0.25 * number(&plan["at"]["N"]) * 2e12);
}

#[test]
fn a_cache_spares_prompts_alone() {
    let served = |more: Value| {
        let mut serving = json!({"requests": "7B", "prompt": 300, "output": 100});
        serving.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let limits = json!([{"of": "N", "equal": 7e9}, {"of": "D", "equal": 1e12}]);
        allocate(&json!({"law": "chinchilla", "limits": limits, "hardware": hardware(), "serving": serving}))
            ["quantities"]
            .clone()
    };
    close(&served(json!({}))["serving"], 2.0 * 7e9 * 7e9 * 400.0);
    close(&served(json!({"cache_hit": 0.5}))["serving"], 2.0 * 7e9 * 7e9 * 250.0);
    close(&served(json!({"cache_hit": 1}))["serving"], 2.0 * 7e9 * 7e9 * 100.0);
    let shares = json!({"prefill_mfu": 0.5, "decode_mfu": 0.02});
    let hours = 2.0 * 7e9 * 7e9 * (300.0 / 0.5 + 100.0 / 0.02) / (3600.0 * 989e12);
    let quantities = served(shares);
    close(&quantities["serving_hours"], hours);
    close(&quantities["serving_dollars"], 2.5 * hours);
    close(&quantities["dollars"], 2.5 * hours + 2.5 * 6.0 * 7e9 * 1e12 / HOUR);
}

#[test]
fn tokens_with_the_lengths_of_a_request_are_so_many_requests() {
    let plan = |serving: Value| {
        allocate(&json!({"law": "chinchilla", "budget": "$5M", "hardware": hardware(), "serving": serving}))
    };
    let by_tokens = plan(json!({"tokens": "2T", "prompt": 300, "output": 100}));
    let by_requests = plan(json!({"requests": "5B", "prompt": 300, "output": 100}));
    close(&by_tokens["at"]["N"], number(&by_requests["at"]["N"]));
    close(&by_tokens["quantities"]["dollars"], 5e6);
}

#[test]
fn memory_can_be_a_limit() {
    let limits = json!([{"of": "training_memory", "at_most": "640 GB"}, {"of": "cost", "at_most": 1e24}]);
    let hardware = json!({"device": "h100", "mfu": 0.4, "bytes_per_parameter": 16});
    let plan = allocate(&json!({"law": "chinchilla", "limits": limits, "hardware": hardware}));
    close(&plan["at"]["N"], 40e9);
    let limits = json!([{"of": "serving_memory", "at_most": "80 GB"}, {"of": "cost", "at_most": 1e24}]);
    let serving = json!({"tokens": "2T", "bits": 8, "cache": "16 GB"});
    let plan = allocate(&json!({"law": "chinchilla", "limits": limits, "serving": serving}));
    close(&plan["at"]["N"], 64e9);
}

#[test]
fn quantities_stand_in_formulas_and_have_units() {
    let limits = json!([{"of": "dollars / N", "at_most": 1e-5}, {"of": "days", "at_most": "2 weeks"}]);
    let plan = allocate(&json!({"law": "chinchilla", "limits": limits, "hardware": hardware()}));
    close(&plan["quantities"]["days"], 14.0);
    assert!(
        plan["quantities"]["dollars"].as_f64().unwrap() <= 1e-5 * number(&plan["at"]["N"]) * (1.0 + ROUNDING)
    );
    let limits = json!([{"of": "loss", "at_most": 2.0}]);
    let least = allocate(
        &json!({"law": "chinchilla", "minimize": "dollars", "limits": limits, "hardware": hardware()}),
    );
    assert_eq!(
        (&least["unit"], &least["active"][0]["unit"]),
        (&json!("dollars"), &json!("dollars per nats/token"))
    );
}

#[test]
fn a_law_that_lists_the_best_plans_takes_any_budget() {
    let plan = |budget: Value| {
        allocate(&json!({"law": "hoffmann-approach-1", "budget": budget, "hardware": hardware()}))
    };
    let (by_dollars, by_flops) = (plan(json!("$2M")), plan(json!(800e3 * HOUR)));
    close(&by_dollars["at"]["N"], number(&by_flops["at"]["N"]));
    close(&by_dollars["quantities"]["device_hours"], 800e3);
}

/// A fit of Chinchilla's law with three draws.
fn fit_with_draws() -> Value {
    json!({"parameters": {"E": 1.69, "A": 406.4, "alpha": 0.34, "B": 410.7, "beta": 0.28},
        "draws": {"E": [1.68, 1.7, 1.69], "A": [400, 410, 420], "alpha": [0.34, 0.341, 0.339],
                  "B": [410, 411, 412], "beta": [0.28, 0.281, 0.279]}})
}

#[test]
fn what_a_plan_costs_has_the_intervals_of_the_plan() {
    let plan = allocate(&json!({"law": "chinchilla", "fit": fit_with_draws(), "minimize": "dollars",
        "limits": [{"of": "loss", "at_most": 2.1}], "hardware": hardware()}));
    let interval = |name: &str, end: usize| number(&plan["intervals"][name][end]);
    for end in [0, 1] {
        close(&plan["intervals"]["dollars"][end], interval("value", end));
        close(&plan["intervals"]["device_hours"][end], interval("training", end) / HOUR);
    }
    assert!(
        interval("dollars", 0) < number(&plan["value"]) && number(&plan["value"]) < interval("dollars", 1)
    );
    let served = allocate(&json!({"law": "chinchilla", "fit": fit_with_draws(), "budget": 1e23,
        "serving": {"tokens": 1e12}}));
    for end in [0, 1] {
        close(&served["intervals"]["serving"][end], 2e12 * number(&served["intervals"]["N"][end]));
    }
}

#[test]
fn the_draws_of_a_fit_follow_any_budget() {
    let fit = fit_with_draws();
    let plan = |budget: Value| {
        allocate(&json!({"law": "chinchilla", "fit": fit, "budget": budget, "hardware": hardware()}))
    };
    let (by_dollars, by_flops) = (plan(json!("$2M")), plan(json!(800e3 * HOUR)));
    for name in ["N", "D", "value"] {
        for end in [0, 1] {
            let [a, b] = [&by_dollars, &by_flops].map(|plan| number(&plan["intervals"][name][end]));
            assert!((a / b - 1.0).abs() < 1e-9, "{name}: {a} is not {b}");
        }
    }
}
