//! What is refused at the one door, and in which words.

// Mistyped on purpose.
// cspell:ignore hofman atmost

use isoflop::ask::answer_text;
use serde_json::Value;

fn error(question: &str) -> Value {
    let answer: Value = serde_json::from_str(&answer_text(question, &mut |_| {})).expect("an Answer is JSON");
    assert!(answer["engine"].is_null() && answer["error"].is_object(), "{answer:#}");
    answer["error"].clone()
}

/// Question, code, and the message or the part of it before "…".
const REFUSED: &[(&str, &str, &str)] = &[
    (
        "",
        "ask.not_json",
        "character 1: expected a Question as JSON such as {\"laws\":{}}; EOF while parsing a value",
    ),
    ("{\"laws\":{}} x", "ask.not_json", "character 13: expected a Question as JSON…"),
    (
        "[1,2]",
        "ask.wrong_type",
        "expected a Question, an object with one verb such as {\"laws\":{}}; got a list",
    ),
    (
        "{}",
        "ask.malformed",
        "expected a verb (laws, predict, allocate, fit, isoflop, envelope, profile, crossing, multiplier, compare, backtest, sweep, split, merge, table, write); got none",
    ),
    (
        "{\"id\":1}",
        "ask.malformed",
        "expected a verb (laws, predict, allocate, fit, isoflop, envelope, profile, crossing, multiplier, compare, backtest, sweep, split, merge, table, write); got none",
    ),
    (r#"{"laws":{},"predict":{"law":"chinchilla"}}"#, "ask.malformed", "expected one verb; got two"),
    (
        r#"{"Predict":{}}"#,
        "ask.unknown_verb",
        "expected a verb (laws, predict, allocate, fit, isoflop, envelope, profile, crossing, multiplier, compare, backtest, sweep, split, merge, table, write); got \"Predict\": did you mean \"predict\"?",
    ),
    (r#"{"sweep":{}}"#, "ask.missing_field", "sweep: expected the field \"axes\"; it is missing"),
    (r#"{"laws":{"all":true}}"#, "ask.unknown_field", "laws: expected the field \"only\"; got \"all\""),
    (
        r#"{"laws":[]}"#,
        "ask.wrong_type",
        "laws: expected an object such as {} or {\"only\":[\"chinchilla\"]}; got a list",
    ),
    (r#"{"predict":{}}"#, "ask.missing_field", "predict: expected the field \"law\"; it is missing"),
    (
        r#"{"predict":{"law":7}}"#,
        "ask.wrong_type",
        "predict.law: expected the id of a law such as \"chinchilla\", or a law such as {\"formula\":\"E + A / N^alpha\"}; got 7",
    ),
    (
        r#"{"predict":{"law":"chinchilla","law":"x"}}"#,
        "ask.not_json",
        "character 36: expected a Question as JSON such as {\"laws\":{}}; the name \"law\" stands twice in one object",
    ),
    (
        r#"{"predict":{"law":"chinchilla","at":{"N":true}}}"#,
        "ask.wrong_type",
        "predict.at.N: expected a number, text such as \"70B\", a Question, a list of them, or the members of a family; got true",
    ),
    (
        r#"{"predict":{"law":"chinchilla","at":{"N":[1,null],"D":1}}}"#,
        "ask.wrong_type",
        "predict.at.N[1]: expected a number, text such as \"70B\" or a Question that answers with one number; got null",
    ),
    (
        r#"{"predict":{"law":"chinchilla","at":{"N":[1e9,-3],"D":1e9}}}"#,
        "units.not_positive",
        "predict.at.N[1]: expected a positive number of parameters such as \"70B\"; got \"-3\"",
    ),
    (
        r#"{"predict":{"law":"chinchilla","at":{"N":[1,2,3],"D":[1,2]}}}"#,
        "ask.lengths",
        "predict.at.N: expected 2 values, as many as D has; got 3",
    ),
    (
        r#"{"predict":{"law":"chinchilla","at":{"N":1e9,"d":1e9}}}"#,
        "law.unknown_name",
        "predict.at: expected an input of chinchilla (N, D); got \"d\": did you mean \"D\"?",
    ),
    (
        r#"{"predict":{"law":"chinchilla","at":{"N":"1,5","D":1e9}}}"#,
        "units.grouping",
        "predict.at.N: expected a positive number of parameters…",
    ),
    (
        r#"{"predict":{"law":"chinchilla","at":{"N":1e9,"D":"1 H100-hour"}}}"#,
        "units.other_unit",
        "predict.at.D: expected a positive number of tokens…",
    ),
    (
        r#"{"predict":{"law":"chinchilla","fit":"hofman2022","at":{}}}"#,
        "laws.unknown_fit",
        "predict.fit: expected a fit of chinchilla (refit-240, hoffmann2022, hoffmann2022-rounded, besiroglu2024, vpnls-217); got \"hofman2022\": did you mean hoffmann2022?",
    ),
    (
        r#"{"predict":{"law":"chinchilla","fit":{"parameters":{"E":1}},"at":{}}}"#,
        "law.no_value",
        "predict.fit.parameters: expected a value for the parameter A; got none",
    ),
    (
        r#"{"predict":{"law":"chinchilla","fit":{"parameters":{"F":1}},"at":{}}}"#,
        "law.unknown_name",
        "predict.fit.parameters: expected a parameter of chinchilla (E, A, alpha, B, beta); got \"F\"",
    ),
    (
        r#"{"predict":{"law":{"formula":"E + N"},"at":{"N":1}}}"#,
        "law.no_fit",
        "predict: expected \"fit\", with values for E: this law has no published fit",
    ),
    (
        r#"{"predict":{"law":{"formula":"E +"},"at":{}}}"#,
        "formula.unexpected",
        "predict.law.formula: character 4: expected a number or a name; got the end",
    ),
    (
        r#"{"predict":{"law":{"formula":"N","inputs":{"M":{}}},"at":{}}}"#,
        "law.unknown_name",
        "predict.law.inputs: expected a name of the formula (N); got \"M\"",
    ),
    (
        r#"{"predict":{"law":{"formula":"N","inputs":{"N":{"unit":"token"}}},"at":{"N":1}}}"#,
        "units.unknown_unit",
        "predict.law.inputs.N.unit: expected a unit…",
    ),
    (
        r#"{"predict":{"law":{"formula":"N","inputs":{"N":{}},"parameters":{"N":{}}},"at":{"N":1}}}"#,
        "ask.malformed",
        "predict.law.parameters: expected N to be either an input or a parameter; it is declared as both",
    ),
    (
        r#"{"predict":{"law":{"formula":"a","parameters":{"a":{"in":[2,1]}}},"at":{}}}"#,
        "ask.malformed",
        "predict.law.parameters.a: expected a lower bound below the upper one; got [2, 1]",
    ),
    (
        r#"{"predict":{"law":{"formula":"a","parameters":{"a":{"in":[1,2,3]}}},"at":{}}}"#,
        "ask.wrong_type",
        "predict.law.parameters.a.in: expected a list of 2 values; got 3 values",
    ),
    (
        r#"{"predict":{"law":{"formula":"a","outputs":["L","M"]},"at":{}}}"#,
        "law.unknown_name",
        "predict.law.outputs: expected a line of the formula (none has a name); got \"L\"",
    ),
    (
        r#"{"predict":{"law":{"formula":"step(T, a)","tables":{"T":{"x":[1],"y":[1]}}},"at":{"a":1}}}"#,
        "formula.rows",
        "predict.law.tables.T: expected a table of 2 to 10000 rows; got 1 values of x and 1 of y",
    ),
    (
        r#"{"allocate":{"law":"chinchilla"}}"#,
        "ask.malformed",
        "allocate: expected a budget such as \"5.76e23 FLOPs\", or limits; got neither",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":"$2M"}}"#,
        "ask.malformed",
        r#"allocate.budget: expected "hardware" with "price", on which dollars depends; got none"#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":"$2M","hardware":{"device":"mi300x","mfu":0.4}}}"#,
        "ask.malformed",
        r#"allocate.budget: expected "hardware" with "price", on which dollars depends; got none"#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":"30 days","hardware":{"device":"h100","mfu":0.4}}}"#,
        "ask.malformed",
        r#"allocate.budget: expected "hardware" with "count", on which days depends; got none"#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":"10k GPU-hours"}}"#,
        "ask.malformed",
        r#"allocate.budget: expected "hardware" with "device" or "peak", on which device_hours depends; got none"#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":"10k H1000-hours"}}"#,
        "hardware.unknown_device",
        r#"allocate.budget: expected a device such as h100-sxm; got "H1000": did you mean h100?"#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":"5.76e23 H100"}}"#,
        "units.device_alone",
        r#"allocate.budget: expected a positive number of FLOPs such as "5.76e23"; "H100" at character 9 needs hours, as in 10k H100-hours or 64 H100 for 30 days"#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":"10k H100-hours","hardware":{"device":"a100","mfu":0.4}}}"#,
        "ask.malformed",
        r#"allocate.budget: expected hours of a100-sxm, the device of "hardware"; got those of h100-sxm"#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":"64 H100 for 30 days","hardware":{"count":8,"mfu":0.4}}}"#,
        "ask.malformed",
        "allocate.hardware.count: expected 64, the devices of the budget; got 8",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"hardware":{"mfu":0.4}}}"#,
        "ask.malformed",
        r#"allocate.hardware: expected "device" such as "h100-sxm", or "peak" such as "989 TFLOP/s"; got neither"#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"hardware":{"device":"h100","mfu":1.2}}}"#,
        "ask.malformed",
        "allocate.hardware.mfu: expected a share of the peak above 0 and up to 1 such as 0.4; got 1.2: 1.2 % is 0.012",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"hardware":{"device":"h100","mfu":40}}}"#,
        "ask.malformed",
        "allocate.hardware.mfu: expected a share of the peak above 0 and up to 1 such as 0.4; got 40: 40 % is 0.4",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"hardware":{"device":"h100","mfu":0}}}"#,
        "ask.malformed",
        "allocate.hardware.mfu: expected a share of the peak above 0 and up to 1 such as 0.4; got 0",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"hardware":{"device":"h100","count":0}}}"#,
        "ask.malformed",
        "allocate.hardware.count: expected a number of devices from 1 on; got 0",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"hardware":{"device":"h100","mfu":0.4,"price":"$0/h"}}}"#,
        "units.not_positive",
        r#"allocate.hardware.price: expected a positive number of dollars per hour such as "$2.50/h"; got "$0/h""#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"hardware":{"device":"h100","mfu":0.4,"price":-1}}}"#,
        "units.not_positive",
        r#"allocate.hardware.price: expected a positive number of dollars per hour such as "$2.50/h"; got "-1""#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"hardware":{"device":"h100","mfu":0.4,"price":"$2.50"}}}"#,
        "units.other_unit",
        r#"allocate.hardware.price: expected a positive number of dollars per hour such as "$2.50/h"; "$2.50" at character 1 is an amount of another unit, dollars"#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"hardware":{"device":"h100","precision":"fp4"}}}"#,
        "hardware.no_peak",
        "allocate.hardware.precision: expected a precision of h100-sxm (bf16, fp8, int8); got fp4",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"hardware":{"device":"h100","mfu":0.4,"throughput":{"tokens_per_second":1,"N":1,"devices":1}}}}"#,
        "ask.malformed",
        r#"allocate.hardware: expected "mfu" or "throughput"; got both"#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"hardware":{"device":"h100","throughput":{"tokens_per_second":1e6,"N":"70B","devices":8}}}}"#,
        "ask.malformed",
        "allocate.hardware.throughput: expected a throughput below the peak of its devices; 1000000 tokens in a second of 70000000000 parameters are 5308…",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"hardware":{"devise":"h100"}}}"#,
        "ask.unknown_field",
        "allocate.hardware: expected one of device, …",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"serving":{}}}"#,
        "ask.malformed",
        r#"allocate.serving: expected "tokens" such as "2T", or "requests" such as "7B"; got neither"#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"serving":{"tokens":"2T","requests":"7B"}}}"#,
        "ask.malformed",
        r#"allocate.serving: expected "tokens" such as "2T", or "requests" such as "7B"; got both"#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"serving":{"requests":"7B"}}}"#,
        "ask.malformed",
        r#"allocate.serving: expected "prompt" and "output", the tokens of a request; got neither"#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"serving":{"requests":"7B","prompt":70}}}"#,
        "ask.malformed",
        r#"allocate.serving: expected "prompt" and "output", the tokens of a request; got one of them"#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"serving":{"tokens":"2T","cache_hit":0.3}}}"#,
        "ask.malformed",
        r#"allocate.serving.cache_hit: expected "prompt" and "output" beside it: a cache holds tokens of prompts"#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"serving":{"tokens":"2T","prompt":70,"output":215,"cache_hit":30}}}"#,
        "ask.malformed",
        "allocate.serving.cache_hit: expected a share of prompt tokens from 0 to 1 such as 0.3; got 30",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":"$2M","hardware":{"device":"h100","mfu":0.4},"serving":{"tokens":"2T"}}}"#,
        "ask.malformed",
        r#"allocate.budget: expected "hardware", and "serving" with "prompt" and "output", on which dollars depends; got none"#,
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"limits":[{"of":"days","at_most":30}]}}"#,
        "ask.malformed",
        r#"allocate.limits[0].of: expected "hardware" with "count", on which days depends; got none"#,
    ),
    (
        r#"{"allocate":{"law":"hoffmann-approach-1","budget":1e21,"serving":{"tokens":"2T"}}}"#,
        "ask.malformed",
        "allocate.serving: hoffmann-approach-1 gives the best plan for a training budget, and knows no serving",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":0}}"#,
        "units.not_positive",
        "allocate.budget: expected a positive number of FLOPs such as \"5.76e23\"; got \"0\"",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"limits":[{"of":"N"}]}}"#,
        "ask.malformed",
        "allocate.limits[0]: expected one of at_most, at_least, equal, one_of; got none",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"limits":[{"of":"N","at_most":1,"equal":1}]}}"#,
        "ask.malformed",
        "allocate.limits[0]: expected one of at_most, at_least, equal, one_of; write two limits for two of them",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"limits":[{"of":"N","atmost":1}]}}"#,
        "ask.unknown_field",
        "allocate.limits[0]: expected one of of, at_most, at_least, equal, one_of; got \"atmost\": did you mean \"at_most\"?",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"limits":[{"of":"M","at_most":1}]}}"#,
        "law.unknown_name",
        "allocate.limits[0].of: expected a variable of the law or the cost (N, D, loss, cost); got \"M\"; laws of it: schaipp-three-term, diloco",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"limits":[{"of":{"law":"x"},"at_most":1}]}}"#,
        "laws.unknown_law",
        "allocate.limits[0].of.law: expected a law of the catalogue such as chinchilla; got \"x\"",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"limits":[{"of":"6ND","at_most":1}]}}"#,
        "formula.implicit_product",
        "allocate.limits[0].of: character 2: write 6*N*D",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"cost":"alpha*N*D"}}"#,
        "ask.malformed",
        "allocate.cost: expected a cost of things to choose; alpha is a parameter of chinchilla",
    ),
    (
        r#"{"allocate":{"law":"chinchilla","budget":1e21,"level":90}}"#,
        "ask.malformed",
        "allocate.level: expected a share between 0 and 1 such as 0.9; got 90",
    ),
    (
        r#"{"allocate":{"law":{"formula":"q + u*x^-s"},"fit":{"parameters":{"q":1,"u":1,"s":1}},"budget":1e21}}"#,
        "ask.malformed",
        "allocate: expected \"cost\", a formula such as 6*x*y: the default, 6*N*D, needs a law of N and D",
    ),
    (
        r#"{"allocate":{"law":"hoffmann-approach-2","limits":[{"of":"N","equal":1e9}]}}"#,
        "ask.malformed",
        "allocate.limits: hoffmann-approach-2 gives the best plan for a training budget, and knows no limit",
    ),
    (
        r#"{"allocate":{"law":"hoffmann-approach-2"}}"#,
        "ask.missing_field",
        "allocate: expected the field \"budget\"; it is missing",
    ),
];

#[test]
fn each_refusal_has_its_code_and_its_words() {
    for &(question, code, message) in REFUSED {
        let error = error(question);
        let given = error["message"].as_str().unwrap();
        let matches = message.strip_suffix('…').map_or(given == message, |start| given.starts_with(start));
        assert!(matches, "{question}\n  expected {message}\n  got      {given}");
        assert_eq!(error["code"], code, "{question}");
    }
}

#[test]
fn the_id_is_repeated_even_where_the_question_is_wrong() {
    let answer: Value =
        serde_json::from_str(&answer_text(r#"{"id":[null,1.5],"x":1}"#, &mut |_| {})).unwrap();
    assert_eq!(answer["id"].to_string(), "[null,1.5]");
    let answer: Value = serde_json::from_str(&answer_text(r#"{"id":null,"laws":{}}"#, &mut |_| {})).unwrap();
    assert!(answer.as_object().unwrap().contains_key("id"));
}

#[test]
fn nesting_without_end_is_refused() {
    for deep in ["[".repeat(100_000), "{\"predict\":".repeat(100_000), "{\"id\":[".repeat(1_000)] {
        assert_eq!(error(&deep)["code"], "ask.not_json");
    }
}

#[test]
fn every_warning_is_listed_in_the_docs() {
    const PAGE: &str = include_str!("../src/ask/WARNINGS.md");
    let mut codes = Vec::new();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(path).unwrap();
                let after = text.split("Warning::new(").skip(1).map(str::trim_start);
                codes.extend(
                    after.filter_map(|rest| Some(rest.strip_prefix('"')?.split('"').next()?.to_owned())),
                );
            }
        }
    }
    assert!(codes.len() > 10, "the sources were read: {codes:?}");
    for code in codes {
        assert!(PAGE.contains(&format!("| `{code}` |")), "{code} is not in src/ask/WARNINGS.md");
    }
}
