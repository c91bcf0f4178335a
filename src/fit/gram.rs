//! Sums of products of columns: beside the exponentials, where a fit spends its time.

use std::ops::Range;

use crate::num::lanes::sums_of;

/// Adds `factor` Σ w aᵢ aⱼ over some of the rows to the entries i >= j of a matrix: its lower triangle.
/// `weights` holds w for these rows, `columns` hold a for all.
pub(super) fn add_gram(
    matrix: &mut [f64],
    factor: f64,
    weights: &[f64],
    columns: &[Vec<f64>],
    rows: &Range<usize>,
) {
    let k = columns.len();
    for i in 0..k {
        let a = &columns[i][rows.clone()];
        for (entries, columns) in matrix[i * k..=i * k + i].chunks_mut(4).zip(columns.chunks(4)) {
            let sums = products(weights, a, |j| &columns[j][rows.clone()], entries.len());
            entries.iter_mut().zip(sums).for_each(|(entry, sum)| *entry += factor * sum);
        }
    }
}

/// Σ w a bⱼ for the first `count` columns b, at most four, in one pass.
fn products<'a>(w: &[f64], a: &[f64], b: impl Fn(usize) -> &'a [f64], count: usize) -> [f64; 4] {
    match count {
        1 => {
            let [p] = sums_of([w, a, b(0)], |[w, a, p]| [w * a * p]);
            [p, 0.0, 0.0, 0.0]
        }
        2 => {
            let [p, q] = sums_of([w, a, b(0), b(1)], |[w, a, p, q]| [w * a * p, w * a * q]);
            [p, q, 0.0, 0.0]
        }
        3 => {
            let columns = [w, a, b(0), b(1), b(2)];
            let [p, q, r] = sums_of(columns, |[w, a, p, q, r]| [w * a * p, w * a * q, w * a * r]);
            [p, q, r, 0.0]
        }
        _ => {
            let columns = [w, a, b(0), b(1), b(2), b(3)];
            sums_of(columns, |[w, a, p, q, r, s]| [w * a * p, w * a * q, w * a * r, w * a * s])
        }
    }
}
