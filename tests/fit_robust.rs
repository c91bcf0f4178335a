//! Fits of runs that follow no law: whatever comes, an answer that says how it stands.

use isoflop::fit::{ColumnError, EXPONENTS, Fit, FitError, Loss, Parameter, Problem, fit};
use isoflop::formula::Formula;
use isoflop::num;
use isoflop::outcome::Termination;
use proptest::prelude::*;

fn chinchilla(n: &[f64], d: &[f64], loss: &[f64], delta: f64) -> Result<Fit, FitError> {
    let law = Formula::parse("E + A / N^alpha + B / D^beta").expect("a formula");
    let coefficient =
        |name: &str| Parameter { name: name.to_owned(), positive: true, ..Parameter::default() };
    let exponent = |name: &str| Parameter {
        name: name.to_owned(),
        positive: false,
        range: Some(EXPONENTS),
        ..Parameter::default()
    };
    let parameters =
        vec![coefficient("E"), coefficient("A"), exponent("alpha"), coefficient("B"), exponent("beta")];
    let inputs = vec![("N", n), ("D", d)];
    fit(
        &Problem {
            formula: &law,
            parameters,
            inputs,
            response: loss,
            weights: None,
            deviations: None,
            loss: Loss::huber(delta),
        },
        &mut |_| {},
    )
}

/// A positive number of any size that a table may hold.
fn positive() -> impl Strategy<Value = f64> {
    (-30.0..60.0).prop_map(num::exp)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn runs_without_any_law_have_an_answer(
        rows in prop::collection::vec((positive(), positive(), positive()), 2..30),
        delta in prop::sample::select(vec![1e-6, 1e-3, 1.0]),
    ) {
        let column = |i: usize| -> Vec<f64> { rows.iter().map(|row| [row.0, row.1, row.2][i]).collect() };
        if let Ok(found) = chinchilla(&column(0), &column(1), &column(2), delta) {
            prop_assert!(found.objective.is_finite() && found.objective >= 0.0);
            prop_assert!(found.values.iter().flatten().all(|value| value.is_finite()));
            if found.termination == Termination::Converged {
                prop_assert!(found.certificate.smallest_eigenvalue > 0.0);
                for (term, without) in &found.certificate.without {
                    prop_assert!(without.is_none_or(|without| without >= found.objective), "lower without {}", term);
                }
            }
        }
    }

    #[test]
    fn a_law_without_noise_is_found_again(
        e in 0.5..3.0, p in 0.05..1.0, q in 0.05..1.0, alpha in 0.15..0.6, beta in 0.15..0.6,
    ) {
        let (n, d): (Vec<f64>, Vec<f64>) = (0..36)
            .map(|i| (1e7 * num::pow(10.0, f64::from(i % 6) * 0.6), 1e9 * num::pow(10.0, f64::from(i / 6) * 0.5)))
            .unzip();
        // p and q are the two terms in the middle of the runs, so that none is invisible.
        let (a, b) = (p * num::pow(3e8, alpha), q * num::pow(2e10, beta));
        let law = |(n, d): (&f64, &f64)| e + a / num::pow(*n, alpha) + b / num::pow(*d, beta);
        let loss: Vec<f64> = n.iter().zip(&d).map(law).collect();
        let found = chinchilla(&n, &d, &loss, 1e-3).expect("a fit");
        prop_assert_eq!(found.termination, Termination::Converged, "{:#?}", found);
        let expected = [e, a, alpha, b, beta];
        for (value, expected) in found.values.iter().zip(expected) {
            prop_assert!((value.unwrap() / expected - 1.0).abs() < 1e-5, "{:?} is not {}", value, expected);
        }
    }
}

#[test]
fn what_cannot_be_fitted_is_refused() {
    let good = [1e9, 2e9, 3e9, 4e9, 5e9, 6e9];
    let loss = [3.0, 2.9, 2.8, 2.7, 2.6, 2.5];
    let one = [1e9; 6];
    let refused = |n: &[f64], d: &[f64], loss: &[f64], delta| chinchilla(n, d, loss, delta).unwrap_err();
    assert_eq!(refused(&[], &[], &[], 1e-3), FitError::NoRuns);
    assert!(matches!(
        refused(&good[..4], &good[..4], &loss[..4], 1e-3),
        FitError::TooFewRuns { runs: 4, .. }
    ));
    assert!(matches!(refused(&one, &good, &loss, 1e-3), FitError::ConstantInput { .. }));
    assert!(matches!(refused(&good, &good, &one, 1e-3), FitError::ConstantResponse { .. }));
    assert!(matches!(refused(&good, &good, &loss, 0.0), FitError::Threshold { .. }));
    assert!(matches!(refused(&good, &good[..5], &loss, 1e-3), FitError::Column(ColumnError::Lengths { .. })));
    let bad = [3.0, 2.9, f64::NAN, 2.7, 2.6, 2.5];
    let error = refused(&good, &good, &bad, 1e-3);
    assert_eq!(error.to_string(), "row 2, column \"loss\": expected a positive number; got NaN");
}
