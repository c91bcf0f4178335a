//! Intervals on a plan, from the draws of its fit.

use crate::ask::Named;
use crate::num::{ascending, quantile};
use crate::units::{D_SEEN, N_TOTAL};

/// Tokens per parameter, where a plan has both.
pub(super) fn ratio(at: &Named<f64>) -> Option<f64> {
    Some(at.get(D_SEEN.symbol)? / at.get(N_TOTAL.symbol)?)
}

/// The interval of each column, and of tokens per parameter where there are both.
pub(super) fn of(columns: &[(String, Vec<f64>)], level: f64) -> Named<[f64; 2]> {
    let column = |symbol: &str| columns.iter().find(|(name, _)| name == symbol).map(|(_, values)| values);
    let mut all: Vec<(String, [f64; 2])> =
        columns.iter().filter_map(|(name, values)| Some((name.clone(), interval(values, level)?))).collect();
    if let (Some(size), Some(tokens)) = (column(N_TOTAL.symbol), column(D_SEEN.symbol)) {
        let ratios: Vec<f64> = tokens.iter().zip(size).map(|(d, n)| d / n).collect();
        all.extend(interval(&ratios, level).map(|interval| ("tokens_per_parameter".to_owned(), interval)));
    }
    Named(all)
}

/// The middle `level` of the finite values, between neighbours by their distance.
pub(crate) fn interval(values: &[f64], level: f64) -> Option<[f64; 2]> {
    let finite: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    let sorted: Vec<f64> = ascending(&finite).into_iter().map(|row| finite[row]).collect();
    let tail = 0.5 * (1.0 - level);
    Some([quantile(&sorted, tail)?, quantile(&sorted, 1.0 - tail)?])
}
