//! Every law of the catalogue, walked: a new entry is tested before anyone writes a test for it.

// Mistyped on purpose.
// cspell:ignore chinchila

use std::collections::{BTreeMap, BTreeSet};

use isoflop::ask::answer_text;
use isoflop::formula::{Formula, Leaf, Order, Program};
use isoflop::laws::{self, Kind, LAWS, Law, OPENING, PublishedFit};
use isoflop::provenance::ReadIn;
use isoflop::units::{C_ACTIVE, C_NON_EMBEDDING, C_TRAIN};
use serde_json::{Value, json};

/// Central differences of fourth order and step 1e-4 lose a few digits to truncation and a few to rounding.
const CENTRAL_DIFFERENCES: f64 = 1e-8;
/// A certified plan and a closed form in double precision: the loss is flat at its best, the plan less sharp.
const CLOSED_FORM: f64 = 1e-7;

fn fits() -> impl Iterator<Item = (&'static Law, &'static PublishedFit)> {
    LAWS.iter().flat_map(|law| law.fits.iter().map(|fit| (*law, fit)))
}

/// The formula of each output of a law, by its name.
fn outputs(law: &Law) -> Vec<(&'static str, Formula)> {
    law.outputs.iter().map(|output| output.name).zip(law.output_formulas().unwrap()).collect()
}

/// One output of a law at named values, with its gradient by them.
fn evaluate(formula: &Formula, values: &BTreeMap<&str, f64>) -> (f64, Vec<f64>) {
    let leaves: Vec<(&str, Leaf)> = values.keys().map(|name| (*name, Leaf::Scalar)).collect();
    let names: Vec<&str> = values.keys().copied().collect();
    // A formula with steps has no slope.
    let program = Program::compile(formula, &leaves, &names, Order::Gradient)
        .or_else(|_| Program::compile(formula, &leaves, &[], Order::Value))
        .unwrap();
    let scalars: Vec<f64> = values.values().copied().collect();
    let (mut value, mut gradient) = (f64::NAN, Vec::new());
    let order = if program.wrt() > 0 { Order::Gradient } else { Order::Value };
    program.bind(&[]).each(order, &scalars, &[], |chunk| {
        value = chunk.value()[0];
        gradient = (0..program.wrt()).map(|k| chunk.first(k)[0]).collect();
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
        let formula = law.read().unwrap_or_else(|error| panic!("{}: {error}", law.id));
        let used: BTreeSet<&str> = formula.names().into_iter().chain(formula.families()).collect();
        let used: BTreeSet<&str> = used.into_iter().filter(|name| !name.contains('[')).collect();
        assert_eq!(used, declared, "{}", law.id);
        let tables: Vec<&str> = law.tables.iter().map(|table| table.name).collect();
        assert_eq!(formula.tables(), tables, "{}", law.id);
    }
}

#[test]
fn every_output_is_a_line_of_the_formula() {
    for law in LAWS {
        let formula = law.read().unwrap();
        let lines = formula.outputs();
        match law.outputs {
            [only] if lines.is_empty() => {
                assert!(formula.result_name().is_none(), "{}: {}", law.id, only.name);
            }
            many => many.iter().for_each(|output| {
                assert!(lines.contains(&output.name), "{} has no line {}", law.id, output.name);
            }),
        }
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
        assert!(!law.source.authors.is_empty() && !law.source.title.is_empty(), "{} has no paper", law.id);
        assert!(law.answers.chars().next().is_some_and(char::is_lowercase), "{} answers a phrase", law.id);
    }
}

/// The papers of the seed list that say something a law can say, by number.
const SEEDS: [u16; 62] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 18, 20, 22, 24, 25, 26, 28, 30, 31, 34, 35, 36,
    37, 38, 39, 40, 41, 44, 48, 49, 52, 53, 55, 56, 57, 59, 61, 62, 63, 64, 66, 68, 74, 76, 78, 85, 89, 93,
    94, 100, 101, 105, 106, 109, 112, 113,
];

#[test]
fn every_paper_of_the_list_is_covered() {
    let covered: BTreeSet<u16> = LAWS.iter().flat_map(|law| law.seeds.iter().copied()).collect();
    let missing: Vec<u16> = SEEDS.into_iter().filter(|seed| !covered.contains(seed)).collect();
    assert!(missing.is_empty(), "no law covers {missing:?}");
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
        assert!(!fit.name.is_empty() && !fit.objective.is_empty(), "{name}");
        assert!(!fit.source.locator.is_empty(), "{name} has no locator");
        assert!(fit.read_in.place() != Some(""), "{name}");
        for range in fit.fitted_on {
            let variable = range.variable;
            assert!(range.low <= range.high, "{name}: {}", variable.symbol);
            let compute = [C_TRAIN, C_NON_EMBEDDING, C_ACTIVE].contains(&variable);
            assert!(law.inputs.contains(&variable) || compute, "{name}: {}", variable.symbol);
        }
        for known in fit.intervals {
            let parameter = law.parameters.iter().any(|p| p.symbol == known.of);
            let derived = law.derived.iter().any(|derived| derived.name == known.of);
            assert!(parameter || derived, "{name}: an interval of {}", known.of);
            assert!(known.low < known.high && 0.0 < known.level && known.level < 1.0, "{name}: {}", known.of);
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
            let (_, formula) = outputs(law).into_iter().find(|(name, _)| *name == worked.output).unwrap();
            let (value, _) = evaluate(&formula, &named(law, fit, worked.at));
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
            for (output, formula) in outputs(law) {
                let used = formula.names();
                let at: BTreeMap<&str, f64> =
                    at.iter().filter(|(name, _)| used.contains(name)).map(|(k, v)| (*k, *v)).collect();
                let (value, gradient) = evaluate(&formula, &at);
                for (name, slope) in at.keys().zip(gradient) {
                    // By the logarithm of the symbol, so that one step suits every scale; by itself at zero.
                    let size = if at[name] == 0.0 { 1.0 } else { at[name] };
                    let moved = |by: f64| {
                        let mut there = at.clone();
                        there.insert(name, at[name] + size * by);
                        evaluate(&formula, &there).0
                    };
                    let across = |by: f64| (moved(by) - moved(-by)) / (2.0 * by);
                    let expected = (4.0 * across(1e-4) - across(2e-4)) / 3.0;
                    let off = (slope * size - expected).abs();
                    let scale = isoflop::num::max(value.abs(), expected.abs());
                    assert!(off <= CENTRAL_DIFFERENCES * scale, "{}/{}: d{output}/d{name}", law.id, fit.id);
                }
            }
        }
    }
}

#[test]
fn no_number_is_from_memory() {
    for law in LAWS {
        assert!(law.fits.iter().all(|fit| fit.read_in != ReadIn::Memory), "{}", law.id);
        assert!(law.tables.iter().all(|table| table.read_in != ReadIn::Memory), "{}", law.id);
        assert!(
            law.read_in != ReadIn::Memory || law.fits.is_empty(),
            "{}: values for a recalled form",
            law.id
        );
    }
}

#[test]
fn every_cost_is_of_the_inputs() {
    for law in LAWS.iter().filter(|law| !law.cost.is_empty()) {
        for name in Formula::parse(law.cost).unwrap().names() {
            assert!(law.inputs.iter().any(|input| input.symbol == name), "{}: {name}", law.id);
        }
    }
}

#[test]
fn the_opening_laws_are_the_first_of_the_catalogue() {
    let first: Vec<&str> = LAWS.iter().take(OPENING.len()).map(|law| law.id).collect();
    assert_eq!(first, OPENING);
}

#[test]
fn every_closed_form_agrees_with_the_solver() {
    for (law, fit) in fits().filter(|(law, _)| !law.closed_forms.is_empty()) {
        for budget in [1e19, 5.76e23, 1e26] {
            let question = json!({"allocate": {"law": law.id, "fit": fit.id, "budget": budget}});
            let answer: Value =
                serde_json::from_str(&answer_text(&question.to_string(), &mut |_| {})).unwrap();
            let plan = &answer["allocate"];
            assert_eq!(plan["termination"], "optimum", "{}/{}: {answer:#}", law.id, fit.id);
            for form in law.closed_forms {
                let formula = Formula::parse(form.formula).unwrap();
                let mut at = named(law, fit, &[("C", budget)]);
                at.retain(|name, _| formula.names().contains(name));
                let (expected, _) = evaluate(&formula, &at);
                let given = plan["at"][form.of].as_f64().unwrap();
                assert!((given / expected - 1.0).abs() <= CLOSED_FORM, "{}/{}: {given}", law.id, fit.id);
            }
        }
    }
}

#[test]
fn every_kind_with_parameters_says_what_its_fits_are() {
    for (law, fit) in fits() {
        let fixed = law.parameters.is_empty();
        assert_eq!(fixed, fit.values.is_empty(), "{}/{}", law.id, fit.id);
        assert!(!fixed || matches!(law.kind, Kind::Rule | Kind::Cost | Kind::Table), "{}", law.id);
    }
}
