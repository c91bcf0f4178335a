//! `allocate` through the one door.

#![allow(clippy::disallowed_methods, reason = "oracles are independent of our arithmetic")]

mod digits;

use digits::reads;
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

fn refused(question: &Value) -> (String, String) {
    let answer = ask(&json!({ "allocate": question }));
    let text = |field: &str| answer["error"][field].as_str().unwrap_or_default().to_owned();
    (text("code"), text("message"))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

#[track_caller]
fn close(a: f64, b: f64) {
    assert!((a / b - 1.0).abs() <= ROUNDING, "{a} is not {b}");
}

fn codes(plan: &Value) -> Vec<&str> {
    plan["warnings"].as_array().unwrap().iter().filter_map(|warning| warning["code"].as_str()).collect()
}

#[test]
fn a_budget_is_spent_to_the_digit_and_its_marginal_value_is_the_slope() {
    let plan = |budget: f64| allocate(&json!({"law": "chinchilla", "fit": "hoffmann2022", "budget": budget}));
    let best = plan(5.76e23);
    assert_eq!(best["flops"], 5.76e23);
    assert_eq!(best["unit"], "nats/token");
    assert_eq!(best["active"][0]["limit"], 0);
    assert_eq!(best["active"][0]["of"], "cost");
    assert_eq!(best["active"][0]["unit"], "nats/token per FLOPs");
    let slope = (number(&plan(5.76e23 * 1.001)["value"]) - number(&plan(5.76e23 * 0.999)["value"]))
        / (0.002 * 5.76e23);
    assert!((number(&best["active"][0]["marginal"]) / slope - 1.0).abs() < 1e-5);
    assert!(number(&best["certificate"]["residual"]) < 1e-10);
}

/// Budget; exponent of the best size, size, tokens, tokens per parameter and loss, by the closed form with C = 6 N D.
const CLOSED_FORM: [(&str, f64, [&str; 5]); 9] = [
    (
        "hoffmann2022-rounded",
        1e21,
        ["0.451612903226", "1824217696.9", "91363364663.3", "50.08358642", "2.32888294015"],
    ),
    (
        "hoffmann2022-rounded",
        5.76e23,
        ["0.451612903226", "32189859151.4", "2.98230568666e12", "92.64736676", "1.93074810173"],
    ),
    (
        "hoffmann2022",
        1e21,
        ["0.456525914326", "2216954892.62", "75178194748.9", "33.91056579", "2.29549104008"],
    ),
    (
        "hoffmann2022",
        5.76e23,
        ["0.456525914326", "40360938387.2", "2.378537364e12", "58.93166658", "1.918412046"],
    ),
    (
        "besiroglu2024",
        1e21,
        ["0.512612107623", "2778459463.07", "59985279210.3", "21.58940233", "2.30552857126"],
    ),
    (
        "besiroglu2024",
        5.76e23,
        ["0.512612107623", "72248702500.4", "1.32874358539e12", "18.39124496", "1.9744411084"],
    ),
    ("refit-240", 1e19, ["0.513899515909", "261863845.564", "6364630684.62", "24.30511425", "2.92564085459"]),
    (
        "refit-240",
        5.76e23,
        ["0.513899515909", "73190438835.3", "1.3116467332e12", "17.92101201", "1.97391210663"],
    ),
    (
        "refit-240",
        3.8e25,
        ["0.513899515909", "6.30119828950e11", "1.0050998306e13", "15.95093162", "1.89140511613"],
    ),
];

#[test]
fn the_best_plan_is_that_of_the_closed_form_to_every_digit() {
    let plan = |fit: &str, budget: f64| allocate(&json!({"law": "chinchilla", "fit": fit, "budget": budget}));
    for (fit, budget, printed) in CLOSED_FORM {
        let [best, tenfold] = [budget, 10.0 * budget].map(|budget| plan(fit, budget));
        let given = [
            (number(&tenfold["at"]["N"]) / number(&best["at"]["N"])).log10(),
            number(&best["at"]["N"]),
            number(&best["at"]["D"]),
            number(&best["quantities"]["tokens_per_parameter"]),
            number(&best["value"]),
        ];
        for (given, printed) in given.into_iter().zip(printed) {
            assert!(reads(given, printed, 0.0), "{fit} at {budget:e}: {given} is not {printed}");
        }
    }
}

#[test]
fn a_budget_is_a_limit_on_cost() {
    let budget = allocate(&json!({"law": "chinchilla", "budget": "1e22 FLOPs"}));
    let limits = json!([{"of": "cost", "at_most": 1e22}]);
    assert_eq!(budget, allocate(&json!({"law": "chinchilla", "limits": limits})));
    let spelled = json!({"law": "chinchilla", "fit": "refit-240", "minimize": "loss", "limits": limits});
    assert_eq!(budget, allocate(&spelled));
}

#[test]
fn a_size_that_is_given_leaves_the_tokens_to_the_budget() {
    let limits = json!([{"of": "N", "equal": "7B"}]);
    let plan = allocate(&json!({"law": "chinchilla", "budget": 5.76e23, "limits": limits}));
    assert_eq!(plan["at"]["N"], 7e9);
    close(number(&plan["at"]["D"]), 5.76e23 / (6.0 * 7e9));
    let of: Vec<&Value> = plan["active"].as_array().unwrap().iter().map(|active| &active["limit"]).collect();
    assert_eq!(of, [0, 1], "limits come first, then the budget");
}

#[test]
fn a_limit_that_does_not_bind_changes_nothing() {
    let free = allocate(&json!({"law": "chinchilla", "budget": 1e21}));
    let limits = json!([{"of": "D", "at_most": "100T"}, {"of": "N", "at_least": "1M"}]);
    let limited = allocate(&json!({"law": "chinchilla", "budget": 1e21, "limits": limits}));
    assert!((number(&free["at"]["N"]) / number(&limited["at"]["N"]) - 1.0).abs() < 1e-9);
    assert_eq!(limited["active"].as_array().unwrap().len(), 1);
    assert_eq!(limited["active"][0]["limit"], 2);
}

#[test]
fn a_ratio_can_be_limited() {
    let limits = json!([{"of": "D/N", "at_least": "20 tokens/parameter"}]);
    let plan = allocate(&json!({"law": "chinchilla", "budget": 5.76e23, "limits": limits}));
    close(number(&plan["quantities"]["tokens_per_parameter"]), 20.0);
}

#[test]
fn without_repetition_unique_data_are_the_tokens_seen() {
    let of = |name: &str| json!([{"of": name, "at_most": "300B"}]);
    let unique = allocate(&json!({"law": "chinchilla", "budget": 5.76e23, "limits": of("D_unique")}));
    assert_eq!(unique, allocate(&json!({"law": "chinchilla", "budget": 5.76e23, "limits": of("D")})));
    assert_eq!(unique["at"]["D"], 3e11);
}

#[test]
fn the_least_compute_for_a_loss_is_the_budget_that_gives_it() {
    let limits = json!([{"of": "loss", "at_most": 2.0}]);
    let least = allocate(&json!({"law": "chinchilla", "minimize": "cost", "limits": limits}));
    assert_eq!(least["unit"], "FLOPs");
    close(number(&least["quantities"]["loss"]), 2.0);
    let back = allocate(&json!({"law": "chinchilla", "budget": least["value"]}));
    close(number(&back["value"]), 2.0);
    assert!((number(&back["at"]["N"]) / number(&least["at"]["N"]) - 1.0).abs() < 1e-9);
}

#[test]
fn a_budget_may_be_the_answer_of_another_question() {
    let least = json!({"allocate": {"law": "chinchilla", "minimize": "cost", "limits": [{"of": "loss", "at_most": 2.0}]}});
    let nested = allocate(&json!({"law": "chinchilla", "fit": "besiroglu2024", "budget": least}));
    let value = ask(&least)["allocate"]["value"].clone();
    let plain = allocate(&json!({"law": "chinchilla", "fit": "besiroglu2024", "budget": value}));
    assert_eq!((&nested["at"], &nested["value"]), (&plain["at"], &plain["value"]));
    let loss = json!({"allocate": {"law": "chinchilla", "budget": 1e21}});
    assert_eq!(refused(&json!({"law": "chinchilla", "budget": loss})).0, "ask.other_unit");
}

#[test]
fn a_cost_may_have_variables_of_its_own() {
    let limits = json!([{"of": "D_inf", "equal": "2T"}]);
    let question =
        json!({"law": "chinchilla", "cost": "6*N*D + 2*N*D_inf", "budget": 1e23, "limits": limits});
    let plan = allocate(&question);
    assert_eq!(plan["at"]["D_inf"], 2e12);
    close(number(&plan["quantities"]["cost"]), 1e23);
    let (n, d) = (number(&plan["at"]["N"]), number(&plan["at"]["D"]));
    close(6.0 * n * d + 2.0 * n * 2e12, 1e23);
    close(number(&plan["flops"]), 6.0 * n * d);
}

#[test]
fn a_typed_law_gives_the_digits_of_the_catalogue() {
    let known = allocate(&json!({"law": "chinchilla", "fit": "besiroglu2024", "budget": "5.76e23 FLOPs"}));
    let fit = json!({"parameters": {"q": 1.8172, "u": 482.01, "s": 0.3478, "v": 2085.43, "t": 0.3658}});
    let law = json!({"formula": "q + u*x^-s + v*y^-t"});
    let typed = allocate(&json!({"law": law, "fit": fit, "cost": "6*x*y", "budget": "5.76e23 FLOPs"}));
    assert_eq!((&known["at"]["N"], &known["at"]["D"]), (&typed["at"]["x"], &typed["at"]["y"]));
    assert_eq!(known["value"], typed["value"]);
    assert_eq!(known["certificate"], typed["certificate"]);
}

#[test]
fn a_plan_says_how_far_it_lies_from_the_runs() {
    let plan = allocate(&json!({"law": "chinchilla", "budget": 5.76e23}));
    let compute = plan["warnings"].as_array().unwrap().iter().find(|w| w["data"]["variable"] == "C").unwrap();
    assert_eq!(compute["code"], "range.extrapolated");
    assert!((number(&compute["data"]["times"]) - 44.45).abs() < 0.01);
    let message = compute["message"].as_str().unwrap().replace('\u{a0}', " ");
    assert!(message.contains("44 times the compute of the largest run behind the fit"), "{message}");
    assert!(codes(&allocate(&json!({"law": "chinchilla", "budget": 1e21}))).is_empty());
}

#[test]
fn a_law_that_lists_the_best_plans_has_no_loss() {
    let plan = allocate(&json!({"law": "hoffmann-approach-1", "budget": "1e21 FLOPs"}));
    assert!(plan["value"].is_null() && plan["certificate"].is_null());
    assert!(codes(&plan).contains(&"law.no_loss"));
    let predicted =
        ask(&json!({"predict": {"law": "hoffmann-approach-1", "at": {"C": 1e21}}}))["predict"].clone();
    assert_eq!(plan["at"]["N"], predicted["outputs"]["N_opt"]);
    assert_eq!(plan["at"]["D"], predicted["outputs"]["D_opt"]);
    assert_eq!(plan["flops"], 1e21);
    let limits = json!([{"of": "cost", "equal": 1e21}]);
    assert_eq!(plan, allocate(&json!({"law": "hoffmann-approach-1", "limits": limits})));
    for more in [
        json!({"cost": "7*N*D"}),
        json!({"minimize": "cost"}),
        json!({"limits": [{"of": "N", "at_most": 1e9}]}),
    ] {
        let mut question = json!({"law": "hoffmann-approach-1", "budget": 1e21});
        question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        assert_eq!(refused(&question).0, "ask.malformed", "{question}");
    }
}

#[test]
fn where_there_is_no_plan_it_says_why() {
    let limits = json!([{"of": "loss", "at_most": 1.6}]);
    let unreachable = allocate(&json!({"law": "chinchilla", "minimize": "cost", "limits": limits}));
    assert_eq!(unreachable["termination"], "infeasible");
    assert_eq!((&unreachable["at"], &unreachable["value"]), (&json!({}), &Value::Null));
    assert_eq!(unreachable["violated"][0]["limit"], 0);
    assert_eq!(codes(&unreachable), ["allocate.infeasible"]);
    assert!((unreachable["violated"][0]["alone"].as_f64().unwrap() - 1.8175).abs() < 1e-3);
    let message = unreachable["warnings"][0]["message"].as_str().unwrap();
    assert_eq!(
        message,
        "no plan reaches loss 1.600\u{a0}nats per token: the law's floor is 1.818\u{a0}nats per token"
    );
    let limits = json!([{"of": "N", "at_most": "7B"}]);
    let boxed = allocate(&json!({"law": "chinchilla", "limits": limits}));
    assert_eq!(boxed["termination"], "at_bound");
    assert_eq!(boxed["bounds"], json!([{"variable": "D", "at": 1e20, "of": "box"}]));
    assert_eq!(codes(&boxed)[0], "allocate.at_bound");
    let law = json!({"formula": "1 + 1 / x + 1 / y", "inputs": {"x": {}, "y": {}}});
    let limits = json!([{"of": "x", "at_most": 7}]);
    let unbounded = allocate(&json!({"law": law, "limits": limits}));
    assert_eq!(unbounded["termination"], "unbounded");
    assert_eq!(codes(&unbounded), ["allocate.unbounded"]);
}

#[test]
fn limits_that_contradict_each_other_are_refused_at_the_second() {
    let limits = json!([{"of": "N", "equal": 1e9}, {"of": "N", "equal": 2e9}]);
    let answer = ask(&json!({"allocate": {"law": "chinchilla", "budget": 1e21, "limits": limits}}));
    assert_eq!(answer["error"]["code"], "allocate.contradiction");
    assert_eq!(answer["error"]["at"]["path"], "allocate.limits[1].equal");
}

const PARAMETERS: [(&str, f64); 5] =
    [("E", 1.82), ("A", 478.0), ("alpha", 0.347), ("B", 2143.0), ("beta", 0.367)];

/// A fit whose draws have everything but E as it is.
fn with_draws(draws: &[Option<f64>]) -> Value {
    let parameters: Value =
        PARAMETERS.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    let column =
        |name: &str, value: f64| if name == "E" { json!(draws) } else { json!(vec![value; draws.len()]) };
    let draws: Value =
        PARAMETERS.iter().map(|(name, value)| ((*name).to_owned(), column(name, *value))).collect();
    json!({"parameters": parameters, "draws": draws})
}

#[test]
fn draws_of_the_fit_give_intervals_of_the_plan() {
    let fit = with_draws(&[Some(1.8), Some(1.81), Some(1.82), Some(1.83), Some(1.84)]);
    let ask =
        |level: f64| allocate(&json!({"law": "chinchilla", "fit": fit, "budget": 1e22, "level": level}));
    let plan = ask(0.5);
    let interval = |name: &str, end: usize| number(&plan["intervals"][name][end]);
    // The plan does not depend on E, the loss moves with it.
    for end in 0..2 {
        assert!((interval("N", end) / number(&plan["at"]["N"]) - 1.0).abs() < 1e-9);
        assert!((interval("value", end) - number(&plan["value"]) - [-0.01, 0.01][end]).abs() < 1e-9);
    }
    assert!(number(&ask(0.9)["intervals"]["value"][0]) < interval("value", 0));
    assert!(plan["intervals"]["tokens_per_parameter"].is_array());
    assert!(allocate(&json!({"law": "chinchilla", "budget": 1e22}))["intervals"].is_null());
}

#[test]
fn draws_go_through_limits_too() {
    let fit = with_draws(&[Some(1.8), Some(1.84)]);
    let least =
        |limits: Value| json!({"law": "chinchilla", "fit": fit, "minimize": "cost", "limits": limits});
    let plan = allocate(&least(json!([{"of": "loss", "at_most": 2.3}])));
    let [low, high] = [0, 1].map(|end| number(&plan["intervals"]["value"][end]));
    assert!(low < number(&plan["value"]) && number(&plan["value"]) < high, "{plan:#}");
    // Of two draws at level 0.9 the ends lie a twentieth of their distance inside.
    let alone = |e: f64| {
        let mut question = least(json!([{"of": "loss", "at_most": 2.3}]));
        question["fit"]["parameters"]["E"] = json!(e);
        number(&allocate(&question)["value"])
    };
    let (a, b) = (alone(1.8), alone(1.84));
    assert!((low / (a + 0.05 * (b - a)) - 1.0).abs() < 1e-9, "{low} {a} {b}");
}

#[test]
fn another_law_that_is_limited_keeps_its_own_fit_in_every_draw() {
    let other = json!({"of": {"law": "chinchilla", "fit": "hoffmann2022"}, "at_most": 2.3});
    let fit = with_draws(&[Some(1.8), Some(1.84)]);
    let plan = allocate(&json!({"law": "chinchilla", "fit": fit, "minimize": "cost", "limits": [other]}));
    for end in 0..2 {
        let value = number(&plan["intervals"]["value"][end]);
        assert!((value / number(&plan["value"]) - 1.0).abs() < 1e-9, "{plan:#}");
    }
}

#[test]
fn draws_without_a_value_are_left_out_and_counted() {
    let fit = with_draws(&[Some(1.8), None, Some(1.82)]);
    let plan = allocate(&json!({"law": "chinchilla", "fit": fit, "budget": 1e21}));
    let left_out = &plan["warnings"][0];
    assert_eq!(
        (&left_out["code"], &left_out["data"]),
        (&json!("draws.left_out"), &json!({"draws": 3, "left_out": 1}))
    );
    let kept =
        allocate(&json!({"law": "chinchilla", "fit": with_draws(&[Some(1.8), Some(1.82)]), "budget": 1e21}));
    assert_eq!(plan["intervals"], kept["intervals"]);
}

#[test]
fn a_law_that_lists_the_best_plans_has_intervals_too() {
    let parameters = json!({"k_N": 0.1, "a": 0.5, "k_D": 1.7, "b": 0.5});
    let draws = json!({"k_N": [0.1, 0.2, 0.3], "a": [0.5, 0.5, 0.5], "k_D": [1, 1, 1], "b": [0.5, 0.5, 0.5]});
    let fit = json!({"parameters": parameters, "draws": draws});
    let plan = allocate(&json!({"law": "hoffmann-approach-1", "fit": fit, "budget": 1e20, "level": 0.5}));
    let [low, high] = [0, 1].map(|end| number(&plan["intervals"]["N"][end]));
    assert!((low / 1.5e9 - 1.0).abs() < 1e-9 && (high / 2.5e9 - 1.0).abs() < 1e-9, "{plan:#}");
}

#[test]
fn a_plan_that_its_law_ends_or_does_not_decide_is_told_as_that() {
    // Abnar et al. end at 98 % of the experts idle, and their law wants more.
    let ended = allocate(&json!({"law": "abnar", "budget": "1e21 FLOPs"}));
    assert_eq!(ended["termination"], "at_bound");
    assert_eq!(ended["bounds"], json!([{"variable": "S", "at": 0.98, "of": "law"}]));
    // Guo et al. know the product of size and tokens alone: the budget decides it, and nothing the two.
    let fit = json!({"parameters": {"a": 3, "b": 0.05}});
    let flat = allocate(&json!({"law": "guo-compute", "fit": fit, "budget": "1e21 FLOPs"}));
    assert_eq!(flat["termination"], "flat");
    let sizes: Vec<f64> = serde_json::from_value(flat["set"]["N"].clone()).unwrap();
    assert!(
        (sizes[0] / (1e21 / 6.0 / 1e20) - 1.0).abs() < 1e-6 && (sizes[1] / 1e18 - 1.0).abs() < 1e-6,
        "{sizes:?}"
    );
    let loss = 3.0 - 0.05 * (1e21f64 / 6.0).ln();
    assert!((flat["value"].as_f64().unwrap() - loss).abs() < 1e-12);
    // What is flat has one set, and no list of optima besides.
    assert!(flat["several"].is_null(), "{flat:#}");
    // The loss of Krajewski et al. falls with granularity for ever; their search ends at 64.
    let fine = allocate(&json!({"law": "krajewski", "budget": "1e21 FLOPs"}));
    assert_eq!(fine["bounds"], json!([{"variable": "G", "at": 64.0, "of": "law"}]));
}

#[test]
fn a_limit_on_what_the_law_lacks_names_the_laws_that_have_it() {
    let limits = json!([{"of": "S", "at_most": 0.5}]);
    let (code, message) = refused(&json!({"law": "chinchilla", "budget": "1e21 FLOPs", "limits": limits}));
    assert_eq!(code, "law.unknown_name");
    assert!(message.contains("got \"S\"; laws of it: ") && message.contains("abnar, "), "{message}");
}

#[test]
fn a_budget_is_found_for_what_its_best_plan_has() {
    for (mut question, of, amount) in [
        (json!({"law": "chinchilla"}), "D", 1.5e12),
        (json!({"law": "chinchilla"}), "N", 7e9),
        (json!({"law": "chinchilla"}), "D/N", 19.0),
        (json!({"law": "chinchilla", "serving": {"tokens": "2T"}}), "N", 7e9),
        (json!({"law": "muennighoff", "limits": [{"of": "D_unique", "at_most": "100B"}]}), "D", 3e11),
        // No plan of a small budget is within this limit.
        (json!({"law": "chinchilla", "limits": [{"of": "loss", "at_most": 2.0}]}), "N", 1e12),
        (json!({"law": "hoffmann-approach-1"}), "N", 7e10),
        (json!({"law": "hoffmann-approach-2"}), "D", 1.4e12),
    ] {
        question["budget_for"] = json!({"of": of, "equal": amount});
        let sought = allocate(&question);
        let total = &sought["quantities"]["total"];
        question["budget"] = if total.is_null() { sought["flops"].clone() } else { total.clone() };
        question.as_object_mut().unwrap().remove("budget_for");
        let again = allocate(&question);
        for name in ["N", "D"] {
            let (a, b) = (number(&sought["at"][name]), number(&again["at"][name]));
            assert!((a / b - 1.0).abs() <= 1e-9, "{question}: {a} is not {b}");
        }
        match of {
            "D/N" => close(number(&sought["quantities"]["tokens_per_parameter"]), amount),
            _ => assert_eq!(sought["at"][of], amount, "{question}"),
        }
    }
}

#[test]
fn every_draw_has_a_budget_of_its_own() {
    let draws = json!({"E": [1.7, 1.8, 1.9], "A": [400.0, 500.0, 450.0], "alpha": [0.33, 0.35, 0.34],
        "B": [2000.0, 2100.0, 1900.0], "beta": [0.36, 0.37, 0.365]});
    let draw = |at: usize| -> Value {
        draws.as_object().unwrap().iter().map(|(name, all)| (name.clone(), all[at].clone())).collect()
    };
    let sought = |fit: Value| {
        allocate(
            &json!({"law": "chinchilla", "fit": fit, "budget_for": {"of": "N", "equal": "7B"}, "level": 0.999999}),
        )
    };
    let all = sought(json!({"parameters": draw(2), "draws": draws}));
    let budgets: Vec<f64> =
        (0..3).map(|at| number(&sought(json!({"parameters": draw(at)}))["flops"])).collect();
    let ends =
        [budgets.iter().copied().fold(f64::INFINITY, f64::min), budgets.iter().copied().fold(0.0, f64::max)];
    for (end, expected) in ends.into_iter().enumerate() {
        let given = number(&all["intervals"]["flops"][end]);
        assert!((given / expected - 1.0).abs() < 1e-5, "{given} is not {expected}");
    }
    assert_eq!(all["at"]["N"], 7e9);
}

#[test]
fn a_budget_that_cannot_be_found_is_refused_with_how_far_plans_go() {
    let message = |more: &Value| {
        let mut question = json!({"law": "chinchilla", "budget_for": {"of": "N", "equal": "70B"}});
        question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        refused(&question).1.replace('\u{a0}', " ")
    };
    let capped = message(&json!({"limits": [{"of": "N", "at_most": "10B"}]}));
    let expected = "allocate.budget_for: expected an amount of N that the best plan of some budget has; none has \
                    70.0 B parameters: it goes from ";
    assert!(capped.starts_with(expected) && capped.ends_with(" to 10.0 B parameters"), "{capped}");
    assert!(message(&json!({"budget": 1e21})).contains("expected either \"budget\", or \"budget_for\""));
    assert!(message(&json!({"budget_for": {"of": "N", "at_most": 1e9}})).contains("expected \"equal\""));
    assert!(message(&json!({"budget_for": {"of": "loss", "equal": 2}})).contains("a variable of the plan"));
    assert!(
        message(&json!({"budget_for": {"of": "S", "equal": 2}}))
            .contains("a variable of the law or the cost")
    );
}
