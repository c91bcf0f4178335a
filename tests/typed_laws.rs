//! Nothing is special about a law of the catalogue: typed in, it gives the same digits. And every form can be fitted.

use std::collections::BTreeMap;

use isoflop::ask::{Question, TypedLaw, answer_text};
use isoflop::formula::{Formula, Leaf, Order, Program};
use isoflop::laws::{Bounds, Kind, LAWS, Law, PublishedFit};
use isoflop::num::rng::Stream;
use isoflop::num::{exp, ln};
use isoflop::units::{Unit, Variable};
use serde_json::{Map, Value, json};

/// Runs that a law is fitted to.
const RUNS: usize = 48;
/// Points that are tried for them: a law may mean nothing at many.
const TRIED: usize = 500;
/// Values of the parameters that are tried, where none are published.
const DRAWS: usize = 200;

fn ask(question: &Value) -> Value {
    serde_json::from_str(&answer_text(&question.to_string(), &mut |_| {})).expect("an Answer is JSON")
}

/// The law as text, and the values of a fit.
fn typed(law: &Law, fit: Option<&PublishedFit>) -> (Value, Value) {
    let text = serde_json::to_value(TypedLaw::from(law)).unwrap();
    let values: Map<String, Value> = law
        .parameters
        .iter()
        .zip(fit.map_or(&[][..], |fit| fit.values))
        .map(|(p, v)| (p.symbol.to_owned(), json!(v)))
        .collect();
    (text, json!({ "parameters": values }))
}

/// Points at which a law has values: its worked ones, or, without a fit, none.
fn worked() -> impl Iterator<Item = (&'static Law, &'static PublishedFit, Value)> {
    LAWS.iter().flat_map(|law| {
        law.fits.iter().flat_map(move |fit| {
            fit.worked.iter().map(move |worked| {
                let at: Map<String, Value> =
                    worked.at.iter().map(|(k, v)| ((*k).to_owned(), json!(v))).collect();
                (*law, fit, Value::Object(at))
            })
        })
    })
}

#[test]
fn a_typed_law_predicts_the_same_digits() {
    for (law, fit, at) in worked() {
        let known = ask(&json!({"predict": {"law": law.id, "fit": fit.id, "at": at}}));
        let (text, values) = typed(law, Some(fit));
        let own = ask(&json!({"predict": {"law": text, "fit": values, "at": at}}));
        assert!(known["error"].is_null(), "{}/{}: {known:#}", law.id, fit.id);
        assert_eq!(known["predict"]["outputs"], own["predict"]["outputs"], "{}/{}: {own:#}", law.id, fit.id);
    }
}

#[test]
fn a_typed_law_has_the_same_gradient() {
    for (law, fit, at) in worked() {
        let text = Formula::parse(law.formula).unwrap();
        for (output, known) in law.outputs.iter().zip(law.output_formulas().unwrap()) {
            let tables: Vec<_> = law
                .tables
                .iter()
                .map(|t| (t.name, isoflop::formula::Table::new(t.x.to_vec(), t.y.to_vec()).unwrap()))
                .collect();
            let own = text.output(output.name).unwrap_or_else(|| text.clone()).with_tables(&tables);
            let gradient = |formula: &Formula| -> Option<Vec<u64>> {
                let parameters = law.parameters.iter().map(|p| p.symbol).zip(fit.values.iter().copied());
                let inputs = at.as_object().unwrap().iter().map(|(k, v)| (k.as_str(), v.as_f64().unwrap()));
                let values: BTreeMap<&str, f64> = parameters.chain(inputs).collect();
                let leaves: Vec<(&str, Leaf)> = values.keys().map(|name| (*name, Leaf::Scalar)).collect();
                let names = formula.names();
                let program = Program::compile(formula, &leaves, &names, Order::Gradient).ok()?;
                let scalars: Vec<f64> = values.values().copied().collect();
                let mut bits = Vec::new();
                program.bind(&[]).each(Order::Gradient, &scalars, &[], |chunk| {
                    bits = (0..names.len()).map(|k| chunk.first(k)[0].to_bits()).collect();
                });
                Some(bits)
            };
            assert_eq!(gradient(&known), gradient(&own), "{}/{}: {}", law.id, fit.id, output.name);
        }
    }
}

#[test]
fn a_typed_law_plans_the_same_digits() {
    let mut plans = 0;
    for law in LAWS.iter().filter(|law| law.kind == Kind::Loss && law.plans()) {
        for fit in law.fits {
            // What is neither size nor tokens is held where a worked value has it.
            let at = fit.worked[0].at;
            let chosen = [Unit::Parameters, Unit::Tokens];
            let held = law.inputs.iter().filter(|input| {
                input.symbol != "N" && input.symbol != "D" || !chosen.contains(&input.unit())
            });
            let limits: Vec<Value> = held
                .filter_map(|input| at.iter().find(|(name, _)| *name == input.symbol))
                .map(|(name, value)| json!({"of": name, "equal": value}))
                .collect();
            let cost = if law.cost.is_empty() { "6*N*D" } else { law.cost };
            let known =
                ask(&json!({"allocate": {"law": law.id, "fit": fit.id, "budget": 1e21, "limits": limits}}));
            let (text, values) = typed(law, Some(fit));
            let own = ask(
                &json!({"allocate": {"law": text, "fit": values, "budget": 1e21, "cost": cost, "limits": limits}}),
            );
            let plan = |answer: &Value| {
                let plan = &answer["allocate"];
                (
                    plan["at"].clone(),
                    plan["value"].clone(),
                    plan["termination"].clone(),
                    answer["error"]["code"].clone(),
                )
            };
            assert_eq!(plan(&known), plan(&own), "{}/{}", law.id, fit.id);
            plans += usize::from(!known["allocate"]["value"].is_null());
        }
    }
    assert!(plans >= 4, "{plans} laws plan");
}

#[test]
fn every_form_can_be_fitted_and_a_typed_law_finds_the_same_digits() {
    for law in LAWS.iter().filter(|law| can_be_fitted(law)) {
        let runs = runs(law);
        let known = ask(&json!({"fit": {"law": law.id, "runs": runs}}));
        assert!(known["error"].is_null(), "{}: {known:#}", law.id);
        let (text, _) = typed(law, None);
        let own = ask(&json!({"fit": {"law": text, "runs": runs}}));
        for part in ["parameters", "objective", "termination"] {
            assert_eq!(known["fit"][part], own["fit"][part], "{}: {part}", law.id);
        }
    }
}

/// What has parameters, a slope by them, and values with a logarithm. What stands in steps, such as a lookup of a width
/// or a threshold, can be used and not fitted; a unigram-normalised loss lies below zero.
fn can_be_fitted(law: &Law) -> bool {
    let steps = ["floor(", "ceil(", "round(", "step("].iter().any(|word| law.formula.contains(word));
    let threshold = law.formula.starts_with("if(");
    !law.parameters.is_empty() && !steps && !threshold && law.id != "tao-loss"
}

#[test]
fn a_law_as_text_is_a_law_of_the_contract() {
    for law in LAWS {
        let (text, _) = typed(law, None);
        let question = json!({"predict": {"law": text, "at": {}}});
        let read: Question = serde_json::from_value(question).unwrap();
        assert!(serde_json::to_string(&read).unwrap().contains("formula"), "{}", law.id);
    }
}

/// Runs that a law is made for, with a little noise: from its default fit, or from values inside the bounds that give
/// runs.
fn runs(law: &Law) -> Value {
    let formula = law.output_formulas().unwrap().remove(0);
    let members: Vec<String> = ["one", "two", "three"]
        .into_iter()
        .flat_map(|member| law.inputs.iter().map(move |input| format!("{}[{member}]", input.symbol)))
        .collect();
    let members: Vec<&str> = members.iter().map(String::as_str).collect();
    let formula =
        if formula.families().is_empty() { formula } else { formula.with_members(&members).unwrap() };
    let mut random = Stream::new(7, 0);
    (0..DRAWS)
        .find_map(|attempt| runs_at(law, &formula, attempt, &mut random))
        .unwrap_or_else(|| panic!("{} means nothing at most points", law.id))
}

/// The runs at one choice of the parameters, if it gives enough.
fn runs_at(law: &Law, formula: &Formula, attempt: usize, random: &mut Stream) -> Option<Value> {
    let is = |name: &str, symbol: &str| name.split('[').next() == Some(symbol);
    let names = formula.names();
    let input = |name: &&'_ str| law.inputs.iter().find(|input| is(name, input.symbol));
    let inputs: Vec<(&str, &Variable)> =
        names.iter().filter_map(|name| Some((*name, input(name)?))).collect();
    let mut values: Vec<(&str, f64)> = Vec::new();
    for name in &names {
        if let Some(at) = law.parameters.iter().position(|p| is(name, p.symbol)) {
            let published = law.fits.first().map(|fit| fit.values[at]);
            values.push((name, published.unwrap_or_else(|| likely(law.parameters[at].bounds, random))));
        }
    }
    let leaves: Vec<(&str, Leaf)> = values
        .iter()
        .map(|(name, _)| *name)
        .chain(inputs.iter().map(|(name, _)| *name))
        .map(|name| (name, Leaf::Scalar))
        .collect();
    let program = Program::compile(formula, &leaves, &[], Order::Value).unwrap();
    let mut columns: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut response = Vec::new();
    for _ in 0..TRIED {
        let point: Vec<f64> = inputs.iter().map(|(_, input)| drawn(law, input, attempt, random)).collect();
        let scalars: Vec<f64> = values.iter().map(|(_, value)| *value).chain(point.iter().copied()).collect();
        let mut value = [f64::NAN];
        let mut bound = program.bind(&[]);
        bound.values(&scalars, &[], &mut value);
        let broken = bound.broken(&scalars, &[]).iter().any(Option::is_some);
        if broken || !(value[0] > 0.0 && value[0].is_finite()) {
            continue;
        }
        for ((name, _), x) in inputs.iter().zip(point) {
            columns.entry(name).or_default().push(x);
        }
        response.push(value[0] * exp(0.002 * (random.unit() - 0.5)));
        if response.len() == RUNS {
            let columns = columns.into_iter().map(|(name, column)| (name.to_owned(), json!(column)));
            let response = (law.outputs[0].name.to_owned(), json!(response));
            return Some(columns.chain([response]).collect::<Map<String, Value>>().into());
        }
    }
    None
}

/// A value inside the bounds of a parameter.
fn likely(bounds: Bounds, random: &mut Stream) -> f64 {
    match bounds {
        // Of any scale and sign.
        Bounds::Free => (if random.unit() < 0.5 { -1.0 } else { 1.0 }) * exp(6.0 * random.unit() - 2.0),
        Bounds::Positive => exp(6.0 * random.unit() - 2.0),
        Bounds::In(low, high) => low + (high - low) * (0.05 + 0.45 * random.unit()),
    }
}

/// A value of an input: within the runs behind its default fit, near a worked value, or what its unit suggests.
fn drawn(law: &Law, input: &Variable, attempt: usize, random: &mut Stream) -> f64 {
    let fit = law.fits.first();
    let range = fit.and_then(|fit| fit.fitted_on.iter().find(|range| range.variable == *input));
    let near = fit.and_then(|fit| fit.worked.first()?.at.iter().find(|(name, _)| *name == input.symbol));
    let (low, high) = match (range, near) {
        (Some(range), _) if range.low < range.high => (range.low, range.high),
        (_, Some((_, value))) if *value > 0.0 && input.unit() != Unit::One => (value / 3.0, value * 3.0),
        (_, Some((_, value))) if *value > 0.0 => (value / 1.5, value * 1.5),
        _ => match input.unit() {
            Unit::Parameters => (1e7, 1e10),
            Unit::Tokens | Unit::Characters => (1e9, 1e12),
            Unit::Flops => (1e18, 1e22),
            Unit::Steps | Unit::Examples | Unit::Images => (1e3, 1e6),
            Unit::Sequences => (32.0, 4096.0),
            Unit::Bits => (4.0, 16.0),
            unit if unit.is_loss() => (1.5, 6.0),
            // A share, or a count.
            _ if attempt.is_multiple_of(2) => (0.1, 0.9),
            _ => (1.0, 64.0),
        },
    };
    if low > 0.0 {
        exp(ln(low) + (ln(high) - ln(low)) * random.unit())
    } else {
        low + (high - low) * random.unit()
    }
}
