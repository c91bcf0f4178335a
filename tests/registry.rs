//! Every law of the catalogue, walked: a new entry is tested before anyone writes a test for it.

// Mistyped on purpose.
// cspell:ignore chinchila

use std::collections::{BTreeMap, BTreeSet};

use isoflop::formula::{Formula, Leaf, Order, Program};
use isoflop::laws::{self, LAWS, Law, PublishedFit};
use isoflop::provenance::ReadIn;

/// Central differences of step 1e-5 lose a third of the digits to truncation and a third to rounding.
const CENTRAL_DIFFERENCES: f64 = 1e-8;

fn fits() -> impl Iterator<Item = (&'static Law, &'static PublishedFit)> {
    LAWS.iter().flat_map(|law| law.fits.iter().map(|fit| (*law, fit)))
}

/// One output of a law at named values, with its gradient by them.
fn evaluate(formula: &str, values: &BTreeMap<&str, f64>) -> (f64, Vec<f64>) {
    let leaves: Vec<(&str, Leaf)> = values.keys().map(|name| (*name, Leaf::Scalar)).collect();
    let names: Vec<&str> = values.keys().copied().collect();
    let formula = Formula::parse(formula).unwrap();
    let program = Program::compile(&formula, &leaves, &names, Order::Gradient).unwrap();
    let scalars: Vec<f64> = values.values().copied().collect();
    let (mut value, mut gradient) = (f64::NAN, Vec::new());
    program.bind(&[]).each(Order::Gradient, &scalars, &[], |chunk| {
        value = chunk.value()[0];
        gradient = (0..names.len()).map(|k| chunk.first(k)[0]).collect();
    });
    (value, gradient)
}

fn named(law: &Law, fit: &PublishedFit, at: &[(&'static str, f64)]) -> BTreeMap<&'static str, f64> {
    let parameters = law.parameters.iter().map(|p| p.symbol).zip(fit.values.iter().copied());
    parameters.chain(at.iter().copied()).collect()
}

fn is_url_safe(id: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !id.is_empty() && id.chars().all(plain) && !id.starts_with('-') && !id.ends_with('-')
}

#[test]
fn the_catalogue_opens_with_chinchilla_and_its_converged_refit() {
    assert_eq!(LAWS[0].id, "chinchilla");
    assert_eq!(LAWS[0].fits[0].id, "refit-240");
    assert!(LAWS.len() >= 3);
}

#[test]
fn every_id_is_unique_and_may_stand_in_an_address() {
    let ids: BTreeSet<&str> = LAWS.iter().map(|law| law.id).collect();
    assert_eq!(ids.len(), LAWS.len(), "laws of one id");
    assert!(ids.iter().all(|id| is_url_safe(id)), "{ids:?}");
    for law in LAWS {
        let ids: BTreeSet<&str> = law.fits.iter().map(|fit| fit.id).collect();
        assert_eq!(ids.len(), law.fits.len(), "fits of one id in {}", law.id);
        assert!(ids.iter().all(|id| is_url_safe(id)), "{ids:?}");
    }
}

#[test]
fn every_law_and_fit_is_found_by_its_id() {
    for (law, fit) in fits() {
        let found = laws::find(law.id).unwrap();
        assert_eq!(found, law);
        assert_eq!(found.fit(fit.id).unwrap(), fit);
    }
    assert!(laws::find("chinchila").unwrap_err().to_string().ends_with("did you mean chinchilla?"));
}

#[test]
fn every_formula_parses_and_uses_every_declared_symbol_and_no_other() {
    for law in LAWS {
        let declared: BTreeSet<&str> = law
            .inputs
            .iter()
            .map(|input| input.symbol)
            .chain(law.parameters.iter().map(|p| p.symbol))
            .collect();
        assert_eq!(declared.len(), law.inputs.len() + law.parameters.len(), "{} declares one twice", law.id);
        let mut used = BTreeSet::new();
        for output in law.outputs {
            let formula = Formula::parse(output.formula).unwrap();
            assert!(!formula.names().is_empty());
            used.extend(formula.names().into_iter().map(str::to_owned));
        }
        assert_eq!(used, declared.into_iter().map(str::to_owned).collect(), "{}", law.id);
    }
}

#[test]
fn every_output_has_its_own_name() {
    for law in LAWS {
        let names: BTreeSet<&str> = law.outputs.iter().map(|output| output.name).collect();
        assert!(!names.is_empty() && names.len() == law.outputs.len(), "{}", law.id);
        let taken = |name: &str| {
            law.inputs.iter().any(|i| i.symbol == name) || law.parameters.iter().any(|p| p.symbol == name)
        };
        assert!(!names.iter().any(|name| taken(name)), "{} names an output like an input", law.id);
    }
}

#[test]
fn every_derived_formula_uses_parameters_alone() {
    for law in LAWS {
        for derived in law.derived {
            let formula = Formula::parse(derived.formula).unwrap();
            for name in formula.names() {
                assert!(
                    law.parameters.iter().any(|p| p.symbol == name),
                    "{} of {} uses {name}",
                    derived.name,
                    law.id
                );
            }
            assert!(!derived.meaning.is_empty());
        }
    }
}

#[test]
fn every_law_says_what_it_answers_and_where_it_stands() {
    for law in LAWS {
        assert!(!law.name.is_empty() && !law.answers.is_empty(), "{}", law.id);
        assert!(!law.source.locator.is_empty(), "{} has no locator", law.id);
        assert!(!law.seeds.is_empty(), "{} covers no seed", law.id);
    }
}

#[test]
fn every_fit_has_a_value_for_each_parameter_inside_its_bounds() {
    for (law, fit) in fits() {
        assert_eq!(fit.values.len(), law.parameters.len(), "{}/{}", law.id, fit.id);
        for (parameter, &value) in law.parameters.iter().zip(fit.values) {
            let symbol = parameter.symbol;
            assert!(parameter.bounds.contains(value), "{}/{}: {symbol} = {value}", law.id, fit.id);
            assert_eq!(law.value(fit, symbol), Some(value));
        }
    }
}

#[test]
fn every_fit_says_where_its_digits_were_read_and_what_its_runs_were() {
    for (law, fit) in fits() {
        let name = format!("{}/{}", law.id, fit.id);
        assert!(!fit.name.is_empty() && !fit.data.is_empty() && !fit.objective.is_empty(), "{name}");
        assert!(!fit.source.locator.is_empty(), "{name} has no locator");
        assert!(fit.read_in.place() != Some(""), "{name}");
        assert!(!fit.fitted_on.is_empty(), "{name} has no range");
        for range in fit.fitted_on {
            assert!(0.0 < range.low && range.low < range.high, "{name}: {}", range.variable.symbol);
        }
        for input in law.inputs {
            let covered = fit.fitted_on.iter().any(|range| range.variable == *input);
            assert!(covered, "{name} has no range of {}", input.symbol);
        }
    }
}

#[test]
fn every_script_that_computed_a_fit_stands_in_the_repository() {
    for (law, fit) in fits() {
        if let ReadIn::ComputedHere(script) = fit.read_in {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(script);
            assert!(path.is_file(), "{}/{}: no {script}", law.id, fit.id);
        }
    }
}

#[test]
fn every_fit_reproduces_its_worked_values() {
    for (law, fit) in fits() {
        assert!(!fit.worked.is_empty(), "{}/{} has no worked value", law.id, fit.id);
        for worked in fit.worked {
            let output = law.outputs.iter().find(|output| output.name == worked.output).unwrap();
            let (value, _) = evaluate(output.formula, &named(law, fit, worked.at));
            let off = (value / worked.value - 1.0).abs();
            assert!(
                off <= worked.within,
                "{}/{}: {value}, {}: {}",
                law.id,
                fit.id,
                worked.from,
                worked.value
            );
        }
    }
}

#[test]
fn every_gradient_agrees_with_central_differences() {
    for (law, fit) in fits() {
        for worked in fit.worked {
            let at = named(law, fit, worked.at);
            for output in law.outputs {
                let (value, gradient) = evaluate(output.formula, &at);
                for (k, name) in at.keys().enumerate() {
                    let moved = |by: f64| {
                        let mut there = at.clone();
                        there.insert(name, at[name] * (1.0 + by));
                        evaluate(output.formula, &there).0
                    };
                    // By the logarithm of the symbol, so that one step suits every scale.
                    let expected = (moved(1e-5) - moved(-1e-5)) / 2e-5;
                    let off = (gradient[k] * at[name] - expected).abs();
                    let scale = isoflop::num::max(value.abs(), expected.abs());
                    assert!(
                        off <= CENTRAL_DIFFERENCES * scale,
                        "{}/{}: d{}/d{name}",
                        law.id,
                        fit.id,
                        output.name
                    );
                }
            }
        }
    }
}
