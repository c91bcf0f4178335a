//! Losses that are linear in the shares of a mixture, against least squares of another program.

#![allow(clippy::disallowed_methods, reason = "oracles are independent of our arithmetic")]

mod digits;
mod measured;

use std::collections::BTreeMap;

use digits::reads;
use isoflop::ask::answer_text;
use measured::Measured;
use serde_json::{Value, json};

/// Relative, on what least squares gives.
const LINEAR: f64 = 1e-10;

/// What a unit of each share adds to the loss on `Pile-CC`.
const SHARES: [(&str, &str); 17] = [
    ("arxiv", "6.13499639566"),
    ("freelaw", "5.8930668956"),
    ("nih_exporter", "4.61215148732"),
    ("pubmed_central", "6.02638143438"),
    ("wikipedia_en", "5.32937785954"),
    ("dm_mathematics", "6.01262096393"),
    ("github", "6.23379941739"),
    ("philpapers", "4.41304448537"),
    ("stackexchange", "5.88412388976"),
    ("enron_emails", "2.22020163082"),
    ("gutenberg_pg_19", "5.5204297028"),
    ("pile_cc", "4.81450939022"),
    ("ubuntu_irc", "5.16715041067"),
    ("europarl", "5.55074462712"),
    ("hackernews", "4.60901107197"),
    ("pubmed_abstracts", "5.8508050365"),
    ("uspto_backgrounds", "5.91746879977"),
];

/// Of a domain: the root of the mean square of what the law leaves, and the rank correlations on the test mixtures of 1M,
/// 60M and 1B. Of github at 60M, where two losses are equal, the sheet has 0.83824: no rank of the two gives that (0.83821 to
/// 0.83826 as one or the other is first), and SciPy, which takes the mean rank as we do, gives 0.8382326.
const DOMAINS: [(&str, &str, [&str; 3]); 3] = [
    ("pile_cc", "0.154432529161", ["0.90163152", "0.89243677", "0.87861722"]),
    ("arxiv", "0.702270870714", ["0.73859", "0.75610", "0.83901"]),
    ("github", "0.690045906138", ["0.83621", "0.8382326", "0.66456"]),
];

fn ask(verb: &str, fields: &Value) -> Value {
    let answer: Value =
        serde_json::from_str(&answer_text(&json!({ verb: fields }).to_string(), &mut |_| {})).unwrap();
    assert!(answer[verb].is_object(), "{answer:#}");
    answer[verb].clone()
}

/// The law, with coefficients of either sign where they are `free`.
fn law(free: bool) -> Value {
    let terms: Vec<String> = SHARES.iter().map(|(name, _)| format!("c_{name} * p_{name}")).collect();
    let any = SHARES.iter().map(|(name, _)| (format!("c_{name}"), json!({"in": [-100, 100]})));
    let declared: BTreeMap<String, Value> = any.filter(|_| free).collect();
    json!({"formula": terms.join(" + "), "parameters": declared})
}

fn shares(table: &Measured) -> BTreeMap<String, Vec<f64>> {
    let name = |(name, _): &(&str, &str)| format!("p_{name}");
    SHARES.iter().map(name).map(|name| (name.clone(), table.column(&name))).collect()
}

/// The fit of the loss on a domain; nothing where the table is not there.
fn fitted(domain: &str, free: bool) -> Option<Value> {
    let table = Measured::read("regmix_train_1m.csv")?;
    let mut runs = shares(&table);
    runs.insert("L".to_owned(), table.column(&format!("loss_{domain}")));
    let fit = ask("fit", &json!({"law": law(free), "runs": runs, "loss": {"squares": true, "of": "raw"}}));
    assert_eq!(fit["termination"], "converged", "{domain}: {fit:#}");
    Some(fit)
}

/// Ranks from 0, the mean of their places for those that are equal.
fn ranks(values: &[f64]) -> Vec<f64> {
    let below = |x: &f64| values.iter().filter(|other| *other < x).count() as f64;
    let equal = |x: &f64| values.iter().filter(|other| *other == x).count() as f64;
    values.iter().map(|x| below(x) + 0.5 * (equal(x) - 1.0)).collect()
}

fn rank_correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = (a.len() - 1) as f64 / 2.0;
    let [a, b] = [a, b].map(|values| ranks(values).iter().map(|rank| rank - mean).collect::<Vec<_>>());
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    product(&a, &b) / (product(&a, &a) * product(&b, &b)).sqrt()
}

#[test]
fn a_law_that_is_linear_in_everything_is_solved_exactly() {
    // Of the loss on Pile-CC no coefficient is negative, so that without a sign the law is the same.
    for (free, domains) in [(true, &DOMAINS[..]), (false, &DOMAINS[..1])] {
        for (domain, rms, _) in domains {
            let Some(fit) = fitted(domain, free) else { return };
            let given = (2.0 * fit["objective"].as_f64().unwrap() / 512.0).sqrt();
            assert!(reads(given, rms, LINEAR), "{domain}: {given} is not {rms}");
            if *domain == "pile_cc" {
                for (name, printed) in SHARES {
                    let given = fit["parameters"][format!("c_{name}")].as_f64().unwrap();
                    assert!(reads(given, printed, LINEAR), "{name}: {given} is not {printed}");
                }
            }
        }
    }
}

/// The Hessian of squares is X'X, of which the condition is that of the shares squared.
#[test]
fn the_shares_are_as_well_conditioned_as_known() {
    let Some(fit) = fitted("pile_cc", true) else { return };
    let condition = fit["errors"]["condition"].as_f64().unwrap().sqrt();
    assert!(reads(condition, "61.24", 0.0), "{condition}");
}

#[test]
fn other_mixtures_are_ranked_as_well_as_known() {
    for (domain, _, correlations) in DOMAINS {
        let Some(fit) = fitted(domain, true) else { return };
        for (size, printed) in ["1m", "60m", "1B"].iter().zip(correlations) {
            let test = Measured::read(&format!("regmix_test_{size}.csv")).unwrap();
            let fit = json!({"parameters": fit["parameters"]});
            let answer = ask("predict", &json!({"law": law(true), "fit": fit, "at": shares(&test)}));
            let foretold: Vec<f64> = serde_json::from_value(answer["values"].clone()).unwrap();
            let given = rank_correlation(&foretold, &test.column(&format!("loss_{domain}")));
            assert!(reads(given, printed, 0.0), "{domain} at {size}: {given} is not {printed}");
        }
    }
}
