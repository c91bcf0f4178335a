//! Fits at their edges: terms that the runs do not need, objectives without a bottom.

#![allow(clippy::disallowed_methods, reason = "oracles are independent of our arithmetic")]

mod measured;

use isoflop::fit::{EXPONENTS, Fit, Loss, Parameter, Problem, Residual, Shape, fit};
use isoflop::formula::Formula;
use isoflop::outcome::Termination;
use measured::Measured;

const SQUARES: Loss = Loss { shape: Shape::Squares, of: Residual::Log, over: 1.0 };

fn coefficient(name: &str) -> Parameter {
    Parameter { name: name.to_owned(), positive: true, ..Parameter::default() }
}

fn exponent(name: &str) -> Parameter {
    Parameter { name: name.to_owned(), range: Some(EXPONENTS), ..Parameter::default() }
}

/// A law fitted to columns of a table; nothing where it is not there.
fn fitted(
    table: &str,
    law: &str,
    columns: &[(&str, &str)],
    response: &str,
    parameters: Vec<Parameter>,
    loss: Loss,
) -> Option<Fit> {
    let table = Measured::select(table)?;
    let inputs: Vec<(&str, Vec<f64>)> =
        columns.iter().map(|(name, column)| (*name, table.column(column))).collect();
    let law = Formula::parse(law).unwrap();
    let problem = Problem {
        formula: &law,
        parameters,
        inputs: inputs.iter().map(|(name, column)| (*name, column.as_slice())).collect(),
        response: &table.column(response),
        weights: None,
        deviations: None,
        loss,
    };
    Some(fit(&problem, &mut |_| {}).unwrap())
}

fn close(value: Option<f64>, expected: f64, tolerance: f64) {
    let value = value.unwrap();
    assert!((value / expected - 1.0).abs() < tolerance, "{value} is not {expected}");
}

/// Of the plain law for fine-tuning the best constant is zero.
#[test]
fn a_term_that_the_runs_do_not_need_is_zero_and_said_to_be() {
    for (data, objective, a, alpha) in [
        ("flan", 0.031387292004672, 8.227028722412, 0.1016070345698),
        ("wmt19", 0.079400700769097, 7.81538097806, 0.1393290169322),
        ("gigaword", 0.0025081596497102, 3.933689913344, 0.06885931253844),
    ] {
        let table = format!(
            "finetune_samples_loss.csv?dataset={data}&model=MBZUAI/LaMini-GPT-124M&train_samples>=200"
        );
        let parameters = vec![coefficient("E"), coefficient("A"), exponent("alpha")];
        let columns = [("D", "train_samples")];
        let Some(found) = fitted(&table, "E + A / D^alpha", &columns, "test_loss", parameters, SQUARES)
        else {
            return;
        };
        assert_eq!(found.values[0], Some(0.0), "{data}: {found:#?}");
        assert_eq!(found.termination, Termination::AtBound);
        assert!(found.warnings.iter().any(|warning| warning.code == "fit.term_vanished"));
        close(Some(found.objective), objective, 1e-9);
        close(found.values[1], a, 1e-6);
        close(found.values[2], alpha, 1e-6);
    }
}

/// Seven models of two-digit compute do not know their constant: Huber's loss drives it to zero.
#[test]
fn a_constant_that_seven_models_do_not_know_is_zero() {
    let parameters = vec![coefficient("E"), coefficient("A"), exponent("alpha")];
    let columns = [("x", "flops")];
    let (table, loss) = ("cerebras_gpt.csv", Loss::huber(1e-3));
    let Some(found) = fitted(table, "E + A / x^alpha", &columns, "pile_test_loss", parameters, loss) else {
        return;
    };
    assert_eq!(found.values[0], Some(0.0), "{found:#?}");
    // Without it, by squares: the line of logarithms of the sheet.
    let parameters = vec![coefficient("A"), exponent("alpha")];
    let found = fitted(table, "A / x^alpha", &columns, "pile_test_loss", parameters, SQUARES).unwrap();
    close(Some(found.values[0].unwrap().ln()), 3.1650206540015, 1e-9);
    close(found.values[1], 0.052597198098262, 1e-9);
}

/// On all runs of repeated data the objective of Huber's loss has no bottom: it runs to a bound, and says so.
#[test]
fn an_objective_without_a_bottom_is_reported_at_its_bound() {
    const CONSTRAINED: &str = "R_D = max(D / U - 1, 0); U_N = min(N, exp((6.255414 - 7.3049974) / 0.3526596) * U); \
        R_N = max(N / U_N - 1, 0); n = U_N * (1 - r_N * expm1(-R_N / r_N)); d = U * (1 - r_D * expm1(-R_D / r_D)); \
        exp(0.6254804) + exp(6.255414) / n^0.3526596 + exp(7.3049974) / d^0.3526596";
    let bounded = |name: &str, low, high| Parameter { bounds: Some((low, high)), ..coefficient(name) };
    let parameters = vec![bounded("r_D", 0.3, 3000.0), bounded("r_N", 0.05, 300.0)];
    let columns = [("N", "params"), ("D", "tokens"), ("U", "unique_tokens")];
    let table = "datablations_runs.csv?dedup=0";
    let Some(found) = fitted(table, CONSTRAINED, &columns, "loss", parameters, Loss::huber(1e-3)) else {
        return;
    };
    assert_ne!(found.termination, Termination::Converged, "{found:#?}");
    assert!(found.warnings.iter().any(|warning| warning.code == "fit.at_bound"), "{found:#?}");
}
