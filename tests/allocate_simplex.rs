//! Mixtures: variables that are the shares of one whole, of which some may end at zero.

use isoflop::allocate::{Free, Global, Limit, Problem, Quantity, Solution, Whole};
use isoflop::ask::answer_text;
use isoflop::formula::Formula;
use isoflop::num::{max, pow};
use isoflop::outcome::Termination;
use proptest::prelude::*;
use serde_json::{Value, json};

const MEMBERS: [&str; 3] = ["a", "b", "c"];

/// The best shares of three domains by a law of the mixture.
fn best(law: &str, values: &[(&str, f64)]) -> Solution {
    problem(law, values).solve().expect("a sound problem")
}

fn problem(law: &str, values: &[(&str, f64)]) -> Problem {
    let leaves = MEMBERS.map(|member| format!("h[{member}]"));
    let names: Vec<&str> = leaves.iter().map(String::as_str).collect();
    let formula = |text: &str| Formula::parse(text).unwrap().with_members(&names).unwrap();
    let sum = Quantity::new(formula("sum(i: h[i])"), []);
    Problem::new(Quantity::new(formula(law), values.iter().copied()), names.iter().map(|name| share(name)))
        .sharing(Whole { shares: leaves.to_vec(), sum })
}

fn share(name: &str) -> Free {
    Free::within(name, 0.0, 1.0)
}

fn weights(solution: &Solution) -> [f64; 3] {
    MEMBERS.map(|member| solution.at[&format!("h[{member}]")])
}

fn ask(question: &Value) -> Value {
    serde_json::from_str(&answer_text(&question.to_string(), &mut |_| {})).expect("an Answer is JSON")
}

/// Under one exponent below 1 the best shares are in proportion to `C^(1 / (1 - gamma))`.
#[test]
fn equal_exponents_have_the_shares_of_the_closed_form() {
    for gamma in [0.2, 0.5, 0.8] {
        let (c, law) = ([1.0, 2.0, 0.5], "1.5 + 1 / sum(i: C[i] * h[i]^g)");
        let solution = best(law, &[("C[a]", c[0]), ("C[b]", c[1]), ("C[c]", c[2]), ("g", gamma)]);
        assert_eq!(solution.termination, Termination::Optimum);
        let parts = c.map(|c| pow(c, 1.0 / (1.0 - gamma)));
        let all: f64 = parts.iter().sum();
        for (given, part) in weights(&solution).into_iter().zip(parts) {
            assert!((given - part / all).abs() < 1e-12, "gamma {gamma}: {given} and {}", part / all);
        }
    }
}

#[test]
fn the_scan_lies_on_the_simplex() {
    let law = "1.5 + 1 / sum(i: C[i] * h[i]^g)";
    let solution = best(law, &[("C[a]", 1.0), ("C[b]", 2.0), ("C[c]", 0.5), ("g", 0.5)]);
    assert_eq!(solution.certificate.global, Global::Scan { points: 4096, within: 4096, better: false });
}

#[test]
fn a_share_that_is_worth_less_at_every_amount_ends_at_zero() {
    let solution = best("2 - ln(1 + h[a]) - 0.8 * ln(1 + h[b]) - 0.1 * h[c] + 0 * sum(i: h[i])", &[]);
    assert_eq!(solution.termination, Termination::AtBound);
    let [a, b, c] = weights(&solution);
    // 1 / (1 + a) = 0.8 / (1 + b), and a + b = 1.
    assert!((a - (1.0 + 1.0 - 0.8) / 1.8).abs() < 1e-12 && (a + b - 1.0).abs() < 1e-12, "{a} {b}");
    assert_eq!(c, 0.0);
    let edges: Vec<&str> = solution.edges.iter().map(|edge| edge.variable.as_str()).collect();
    assert_eq!(edges, ["h[c]"]);
}

#[test]
fn an_exponent_above_one_leaves_one_domain() {
    for (c, first) in [([1.0, 2.0, 1.9], 1), ([3.0, 1.0, 2.0], 0), ([0.5, 0.2, 0.9], 2)] {
        for gamma in [1.05, 1.5, 2.0, 3.5] {
            let law = "1 / sum(i: C[i] * h[i]^g)";
            let solution = best(law, &[("C[a]", c[0]), ("C[b]", c[1]), ("C[c]", c[2]), ("g", gamma)]);
            let shown = format!("{c:?} {gamma}: {solution:#?}");
            assert_eq!(solution.termination, Termination::AtBound, "{shown}");
            let weights = weights(&solution);
            assert!((weights[first] - 1.0).abs() < 1e-12, "{shown}");
            assert_eq!(weights.iter().filter(|weight| **weight == 0.0).count(), 2, "{shown}");
        }
    }
}

#[test]
fn shares_that_are_worth_as_much_are_flat() {
    let solution = best("1 / sum(i: C * h[i])", &[("C", 2.0)]);
    assert_eq!(solution.termination, Termination::Flat);
}

#[test]
fn a_share_that_is_held_leaves_the_rest_to_the_others() {
    let values = [("C[a]", 1.0), ("C[b]", 2.0), ("C[c]", 0.5), ("g", 0.5)];
    let held = Quantity::new(Formula::parse("h[c]").unwrap(), []);
    let limits = [Limit::at_least(held.clone(), 0.2), Limit::equal(held.clone(), 0.2)];
    for limit in limits {
        let solution = problem("1.5 + 1 / sum(i: C[i] * h[i]^g)", &values)
            .within(limit)
            .solve()
            .expect("a sound problem");
        assert_eq!(solution.termination, Termination::Optimum);
        let [a, b, c] = weights(&solution);
        assert_eq!(c, 0.2);
        assert!((a - 0.8 / 5.0).abs() < 1e-12 && (b - 0.8 * 4.0 / 5.0).abs() < 1e-12, "{a} {b}");
        assert_eq!(solution.active.len(), 1);
    }
    let none = problem("1.5 + 1 / sum(i: C[i] * h[i]^g)", &values)
        .within(Limit::equal(held, 0.0))
        .solve()
        .expect("a sound problem");
    assert_eq!((none.termination, none.at["h[c]"]), (Termination::Optimum, 0.0), "{none:#?}");
}

#[test]
fn shares_beyond_the_whole_are_infeasible() {
    let values = [("C[a]", 1.0), ("C[b]", 2.0), ("C[c]", 0.5), ("g", 0.5)];
    let of = |name: &str| Quantity::new(Formula::parse(name).unwrap(), []);
    let solution = problem("1.5 + 1 / sum(i: C[i] * h[i]^g)", &values)
        .within(Limit::at_least(of("h[a]"), 0.7))
        .within(Limit::at_least(of("h[b]"), 0.6))
        .solve()
        .expect("a sound problem");
    assert_eq!(solution.termination, Termination::Infeasible);
    let violated: Vec<usize> = solution.violated.iter().map(|violation| violation.limit).collect();
    assert_eq!(violated, [0, 1]);
}

/// The least value on a grid of the simplex, with steps of one in `steps`.
fn least_on_grid(c: [f64; 3], gamma: [f64; 3], steps: u32) -> f64 {
    let part = |i: usize, k: u32| c[i] * pow(f64::from(k) / f64::from(steps), gamma[i]);
    let mut most = 0.0;
    for a in 0..=steps {
        for b in 0..=steps - a {
            most = max(most, part(0, a) + part(1, b) + part(2, steps - a - b));
        }
    }
    1.0 / most
}

/// The best mixture is one, and no worse than those of a fine grid.
fn is_best(c: [f64; 3], gamma: [f64; 3]) {
    let coefficients = ["C[a]", "C[b]", "C[c]"].into_iter().zip(c);
    let values: Vec<(&str, f64)> =
        coefficients.chain(["g[a]", "g[b]", "g[c]"].into_iter().zip(gamma)).collect();
    let solution = best("1 / sum(i: C[i] * h[i]^g[i])", &values);
    let shown = format!("{c:?} {gamma:?}: {solution:#?}");
    assert!(matches!(solution.termination, Termination::Optimum | Termination::AtBound), "{shown}");
    let weights = weights(&solution);
    assert!(weights.iter().all(|weight| (0.0..=1.0).contains(weight)), "{shown}");
    assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{shown}");
    assert_eq!(weights.contains(&0.0), solution.termination == Termination::AtBound, "{shown}");
    assert!(solution.value <= least_on_grid(c, gamma, 400) * (1.0 + 1e-12), "{shown}");
}

/// An exponent just below 1 leaves its domain a share that is tiny and not zero.
#[test]
fn tiny_shares_are_no_zeros() {
    is_best([0.22757317075394437, 0.1, 0.7006597579054752], [0.958642230108885, 0.15, 1.0361224734126155]);
    is_best(
        [1.1704932087892563, 2.0517029224702985, 1.1041739293745654],
        [0.9597413818862334, 1.0227554037851547, 1.3012512214949479],
    );
    let values = [("C[a]", 1.1704932087892563), ("C[b]", 2.0517029224702985), ("C[c]", 1e-3)];
    let gamma = [("g[a]", 0.9597413818862334), ("g[b]", 1.0227554037851547), ("g[c]", 1.3)];
    let values = values.into_iter().chain(gamma).collect::<Vec<_>>();
    let [a, b, _] = weights(&best("1 / sum(i: C[i] * h[i]^g[i])", &values));
    let slope = |c: f64, g: f64, h: f64| c * g * pow(h, g - 1.0);
    let ratio = slope(values[0].1, values[3].1, a) / slope(values[1].1, values[4].1, b);
    assert!(a < 1e-6 && (ratio - 1.0).abs() < 1e-9, "{a}: {ratio}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Exponents on both sides of 1: inside, on edges, at corners.
    #[test]
    fn no_mixture_of_a_fine_grid_is_better(
        c in prop::array::uniform3(0.1..3.0_f64),
        gamma in prop::array::uniform3(0.15..2.0_f64),
    ) {
        is_best(c, gamma);
    }
}

const MIXTURE: &str = "E + 1 / sum(i: C[i] * h[i]^gamma[i]) + A / N^alpha + B / D^beta";

fn fit(gamma: [f64; 3]) -> Value {
    json!({"parameters": {
        "E": 1.5, "A": 400, "alpha": 0.34, "B": 410, "beta": 0.28, "C[arxiv]": 1, "C[c4]": 2, "C[code]": 0.5,
        "gamma[arxiv]": gamma[0], "gamma[c4]": gamma[1], "gamma[code]": gamma[2]
    }})
}

#[test]
fn a_law_of_the_catalogue_finds_size_tokens_and_mixture() {
    let question = json!({"law": "shukor-additive", "fit": fit([0.5; 3]), "budget": "1e21 FLOPs"});
    let answer = ask(&json!({"allocate": question}));
    let plan = &answer["allocate"];
    assert_eq!(plan["termination"], "optimum", "{answer:#}");
    for (member, part) in [("arxiv", 1.0), ("c4", 4.0), ("code", 0.25)] {
        let weight = plan["at"][format!("h[{member}]")].as_f64().unwrap();
        assert!((weight - part / 5.25).abs() < 1e-9, "{member}: {weight}");
    }
    // The mixture adds its own term, so size and tokens are those of the law without it.
    let (n, d) = (plan["at"]["N"].as_f64().unwrap(), plan["at"]["D"].as_f64().unwrap());
    assert!((6.0 * n * d / 1e21 - 1.0).abs() < 1e-9);
    let ratio = 0.34 * 400.0 * pow(n, -0.34) / (0.28 * 410.0 * pow(d, -0.28));
    assert!((ratio - 1.0).abs() < 1e-9, "{ratio}");
    // What holds the plan is the budget: that shares are together 1 is no limit of the Question.
    assert_eq!(plan["active"].as_array().map(Vec::len), Some(1), "{answer:#}");
}

#[test]
fn a_typed_law_says_which_family_is_a_mixture() {
    let typed = json!({"formula": MIXTURE, "inputs": {"N": {}, "D": {}, "h": {"simplex": true}}});
    let plan =
        |law: Value| ask(&json!({"allocate": {"law": law, "fit": fit([0.3, 0.5, 0.2]), "budget": 1e21}}));
    assert_eq!(plan(typed)["allocate"]["at"], plan(json!("shukor-additive"))["allocate"]["at"]);
}

#[test]
fn a_domain_that_is_driven_out_is_named() {
    let limits = json!([{"of": "N", "equal": 1e9}, {"of": "D", "equal": 20e9}]);
    let question = json!({"law": "shukor-additive", "fit": fit([0.5, 0.5, 1.6]), "limits": limits});
    let plan = &ask(&json!({"allocate": question}))["allocate"];
    assert_eq!(plan["termination"], "at_bound", "{plan:#}");
    assert_eq!(plan["at"]["h[code]"], 0.0);
    assert_eq!(plan["bounds"], json!([{"variable": "h[code]", "at": 0.0, "of": "law"}]));
    assert_eq!(plan["warnings"][0]["code"], "allocate.at_bound");
}

#[test]
fn weights_that_are_not_one_whole_are_warned_of() {
    let warnings = |code: Value| {
        let at = json!({"N": 1e9, "D": 2e10, "h": {"arxiv": [0.3, 0.3], "c4": [0.5, 0.5], "code": code}});
        let question = json!({"law": "shukor-additive", "fit": fit([0.5; 3]), "at": at});
        ask(&json!({"predict": question}))["predict"]["warnings"].clone()
    };
    assert_eq!(warnings(json!([0.2, 0.2])), json!([]));
    assert_eq!(warnings(json!([0.199, 0.2])), json!([]));
    let warning = &warnings(json!([0.2, 0.4]))[0];
    assert_eq!((&warning["code"], &warning["data"]["row"]), (&json!("shares.not_whole"), &json!(1)));
    let message = "the values of h add up to 1.2; in this law they are together 1";
    assert_eq!(warning["message"], message);
}

#[test]
fn weights_may_be_held() {
    let limits = json!([{"of": "h[code]", "at_least": 0.2}, {"of": "h[c4]", "at_most": 0.5}]);
    let question = json!({"law": "shukor-additive", "fit": fit([0.5; 3]), "budget": 1e21, "limits": limits});
    let plan = &ask(&json!({"allocate": question}))["allocate"];
    assert_eq!(plan["termination"], "optimum", "{plan:#}");
    for (member, weight) in [("arxiv", 0.3), ("c4", 0.5), ("code", 0.2)] {
        assert!((plan["at"][format!("h[{member}]")].as_f64().unwrap() - weight).abs() < 1e-12, "{plan:#}");
    }
    let limits: Vec<usize> = plan["active"]
        .as_array()
        .unwrap()
        .iter()
        .map(|active| active["limit"].as_u64().unwrap() as usize)
        .collect();
    assert_eq!(limits, [0, 1, 2]);
}

#[test]
fn only_a_family_is_a_mixture() {
    let law = json!({"formula": "E + A / N^alpha", "inputs": {"N": {"simplex": true}}});
    let fit = json!({"parameters": {"E": 1, "A": 2, "alpha": 0.3}});
    let answer = ask(&json!({"allocate": {"law": law, "fit": fit, "budget": 1e21}}));
    assert_eq!(
        answer["error"]["message"],
        "allocate.law.inputs.N.simplex: expected a family of one index such as N[i], whose members share a whole; N is none"
    );
}
