//! Smoothing a curve by a Gaussian.

use crate::num::{ceil, exp};

/// How far the Gaussian reaches, in standard deviations.
const REACH: f64 = 4.0;

/// Replaces each value by that of a straight line through its neighbours, weighted by a Gaussian whose standard
/// deviation is `width` points. Amid the values that is the weighted mean; at the ends, where neighbours stand on one
/// side only, a mean would lag behind.
pub(super) fn smooth(values: &mut [f64], width: f64) {
    let reach = ceil(REACH * width) as usize;
    let weights: Vec<f64> = (0..=reach).map(|step| exp(-0.5 * square(step as f64 / width))).collect();
    let given = values.to_vec();
    for (at, value) in values.iter_mut().enumerate() {
        let first = at.saturating_sub(reach);
        let end = (at + reach + 1).min(given.len());
        let mut sums = [0.0; 5];
        for (other, y) in given[first..end].iter().enumerate() {
            let place = (first + other) as f64 - at as f64;
            let weight = weights[(first + other).abs_diff(at)];
            let by_place = weight * place;
            for (sum, term) in
                sums.iter_mut().zip([weight, by_place, by_place * place, weight * y, by_place * y])
            {
                *sum += term;
            }
        }
        let [all, tilt, spread, value_sum, slope_sum] = sums;
        let determinant = all * spread - tilt * tilt;
        // A Gaussian far narrower than a point, or a single point: nothing to smooth with.
        if determinant > 1e-12 * all * all {
            *value = (spread * value_sum - tilt * slope_sum) / determinant;
        }
    }
}

fn square(x: f64) -> f64 {
    x * x
}
