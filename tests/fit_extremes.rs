//! Fits at their edges: linear laws, terms that the runs do not need, objectives without a bottom.

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

/// Least squares without a constant, on 17 proportions of 512 mixtures.
#[test]
fn a_law_that_is_linear_in_everything_is_solved_exactly() {
    const SHARES: [(&str, f64); 17] = [
        ("arxiv", 6.13499639566),
        ("freelaw", 5.8930668956),
        ("nih_exporter", 4.61215148732),
        ("pubmed_central", 6.02638143438),
        ("wikipedia_en", 5.32937785954),
        ("dm_mathematics", 6.01262096393),
        ("github", 6.23379941739),
        ("philpapers", 4.41304448537),
        ("stackexchange", 5.88412388976),
        ("enron_emails", 2.22020163082),
        ("gutenberg_pg_19", 5.5204297028),
        ("pile_cc", 4.81450939022),
        ("ubuntu_irc", 5.16715041067),
        ("europarl", 5.55074462712),
        ("hackernews", 4.60901107197),
        ("pubmed_abstracts", 5.8508050365),
        ("uspto_backgrounds", 5.91746879977),
    ];
    let law: Vec<String> = SHARES.iter().map(|(name, _)| format!("c_{name} * p_{name}")).collect();
    let columns: Vec<String> = SHARES.iter().map(|(name, _)| format!("p_{name}")).collect();
    let columns: Vec<(&str, &str)> = columns.iter().map(|name| (name.as_str(), name.as_str())).collect();
    for positive in [true, false] {
        let parameters = SHARES.iter().map(|(name, _)| Parameter {
            name: format!("c_{name}"),
            positive,
            ..Parameter::default()
        });
        let loss = Loss { shape: Shape::Squares, of: Residual::Raw, over: 1.0 };
        let (law, parameters) = (law.join(" + "), parameters.collect());
        let Some(found) = fitted("regmix_train_1m.csv", &law, &columns, "loss_pile_cc", parameters, loss)
        else {
            return;
        };
        assert_eq!(found.termination, Termination::Converged, "{found:#?}");
        close(Some((2.0 * found.objective / 512.0).sqrt()), 0.154432529161, 1e-10);
        for (value, (_, expected)) in found.values.iter().zip(SHARES) {
            close(*value, expected, 1e-9);
        }
    }
}

/// A law whose logarithm is linear, with squares of logarithms: ordinary least squares of ln on ln.
#[test]
fn a_power_law_is_a_line_of_logarithms() {
    let parameters = || {
        let free = |name: &str| Parameter {
            name: name.to_owned(),
            bounds: Some((-3.0, 3.0)),
            ..Parameter::default()
        };
        vec![coefficient("k"), free("p"), free("q")]
    };
    let table = "facts-no-licence/steplaw_dense_best.csv";
    let columns = [("N", "params"), ("D", "tokens")];
    if let Some(found) = fitted(table, "k * N^p * D^q", &columns, "lr", parameters(), SQUARES) {
        assert_eq!(found.termination, Termination::Converged);
        close(found.values[0], 30.1015836454, 1e-6);
        close(found.values[1], -0.823477205375, 1e-9);
        close(found.values[2], 0.288227605091, 1e-9);
    }
    let fewer = vec![coefficient("k"), exponent("q")];
    if let Some(found) = fitted(table, "k * D^q", &columns[1..], "batch_tokens", fewer, SQUARES) {
        close(found.values[0], 3.41555566134, 1e-6);
        close(found.values[1], 0.498289956034, 1e-9);
    }
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
