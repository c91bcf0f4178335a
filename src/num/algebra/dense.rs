//! General systems and eigenvalues, once per answer rather than once per row: nalgebra's.

use nalgebra::{DMatrix, DVector, SymmetricEigen};

use super::PIVOT;
use crate::num::ascending;

/// The solution `x` of `A x = b`, by elimination with row exchanges.
///
/// `None` if the matrix is singular in this arithmetic: a pivot is at most [`PIVOT`] of the largest
/// entry of its column, or something is not finite.
///
/// # Panics
/// If `a` has not `b.len()` squared elements.
///
/// # Example
/// ```
/// use isoflop::num::algebra::solve;
/// assert_eq!(solve(&[0.0, 2.0, 1.0, 0.0], &[4.0, 3.0]), Some(vec![3.0, 2.0]));
/// assert_eq!(solve(&[1.0, 2.0, 2.0, 4.0], &[1.0, 1.0]), None);
/// ```
pub fn solve(a: &[f64], b: &[f64]) -> Option<Vec<f64>> {
    let k = b.len();
    if k == 0 {
        return Some(Vec::new());
    }
    let matrix = DMatrix::from_row_slice(k, k, a);
    let largest = matrix.column_iter().map(|column| column.amax()).collect::<Vec<_>>();
    let lu = matrix.lu();
    let pivots_hold = (0..k).all(|i| lu.lu_internal()[(i, i)].abs() > PIVOT * largest[i]);
    let x = pivots_hold.then(|| lu.solve(&DVector::from_column_slice(b)))??;
    x.iter().all(|x| x.is_finite()).then(|| x.as_slice().to_vec())
}

/// The eigenvalues of a symmetric matrix and their directions.
#[derive(Clone, Debug, PartialEq)]
pub struct Eigen {
    /// The eigenvalues, smallest first.
    pub values: Vec<f64>,
    /// The eigenvectors in the same order: of length 1, the largest component positive.
    pub vectors: Vec<Vec<f64>>,
}

/// The eigenvalues and eigenvectors of the symmetric `k` by `k` matrix `a`, of which the lower
/// triangle is read.
///
/// An eigenvalue is good to about `k` rounding errors of the largest; a matrix of 0 by 0 has none.
/// `None` if an entry is not finite. Scale the matrix to a unit diagonal first if its units differ.
///
/// # Panics
/// If `a` has not `k * k` elements.
///
/// # Example
/// ```
/// use isoflop::num::algebra::symmetric_eigen;
/// let eigen = symmetric_eigen(&[2.0, 1.0, 1.0, 2.0], 2).unwrap();
/// assert!((eigen.values[0] - 1.0).abs() < 1e-15 && (eigen.values[1] - 3.0).abs() < 1e-15);
/// ```
pub fn symmetric_eigen(a: &[f64], k: usize) -> Option<Eigen> {
    assert_eq!(a.len(), k * k, "a matrix of {k} by {k}");
    if k == 0 {
        return Some(Eigen { values: Vec::new(), vectors: Vec::new() });
    }
    if !a.iter().all(|x| x.is_finite()) {
        return None;
    }
    let lower = DMatrix::from_fn(k, k, |i, j| a[i.max(j) * k + i.min(j)]);
    // Far more steps than the two or three per eigenvalue that it takes.
    let eigen = SymmetricEigen::try_new(lower, f64::EPSILON, 1000 + 100 * k)?;
    let order = ascending(eigen.eigenvalues.as_slice());
    Some(Eigen {
        values: order.iter().map(|&i| eigen.eigenvalues[i]).collect(),
        vectors: order.iter().map(|&i| direction(eigen.eigenvectors.column(i).as_slice())).collect(),
    })
}

/// The vector with the sign that makes its largest component, the first of equals, positive.
fn direction(vector: &[f64]) -> Vec<f64> {
    let largest = vector.iter().fold(0.0_f64, |best, &x| if x.abs() > best.abs() { x } else { best });
    vector.iter().map(|x| if largest < 0.0 { -x } else { *x }).collect()
}
