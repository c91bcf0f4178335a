//! The Cholesky factor of a small positive definite matrix, in the caller's memory.
//!
//! Written out rather than taken from nalgebra for two reasons. A fit factors a 5 x 5 matrix in under
//! a tenth of a microsecond thousands of times, and nalgebra's dynamic matrices allocate for each. And
//! nalgebra refuses a pivot only when it is not positive, where a fit must refuse one that is nothing
//! but rounding.

/// A pivot at or below this share of its diagonal entry is rounding: the matrix is not positive definite.
pub const PIVOT: f64 = 1e-14;

/// `A = L L'` of a symmetric positive definite matrix.
#[derive(Debug)]
pub struct Cholesky<'a> {
    l: &'a mut [f64],
    k: usize,
}

impl<'a> Cholesky<'a> {
    /// Factors the `k` by `k` matrix `a` in place; reads and writes its lower triangle only.
    ///
    /// `None` if a pivot is at most [`PIVOT`] of its diagonal entry, or not a number: then the matrix
    /// is not positive definite in this arithmetic, and `a` is spoilt.
    ///
    /// # Panics
    /// If `a` has fewer than `k * k` elements.
    ///
    /// # Example
    /// ```
    /// use isoflop::num::algebra::Cholesky;
    /// let mut a = [4.0, 0.0, 2.0, 5.0];
    /// let mut b = [8.0, 12.0];
    /// Cholesky::factor(&mut a, 2).unwrap().solve(&mut b);
    /// assert_eq!(b, [1.0, 2.0]);
    /// ```
    pub fn factor(a: &'a mut [f64], k: usize) -> Option<Self> {
        for i in 0..k {
            for j in 0..=i {
                let (above, row) = a.split_at_mut(i * k);
                if j < i {
                    let other = &above[j * k..j * k + k];
                    row[j] = (row[j] - inner(&row[..j], &other[..j])) / other[j];
                } else {
                    let pivot = row[i] - inner(&row[..i], &row[..i]);
                    let enough = pivot > PIVOT * row[i] && pivot < f64::INFINITY;
                    if !enough {
                        return None;
                    }
                    row[i] = pivot.sqrt();
                }
            }
        }
        Some(Self { l: a, k })
    }

    /// Replaces `b` by the solution `x` of `A x = b`.
    ///
    /// # Panics
    /// If `b` has fewer than `k` elements.
    pub fn solve(&self, b: &mut [f64]) {
        self.forward(b);
        let (l, k) = (&*self.l, self.k);
        for i in (0..k).rev() {
            b[i] /= l[i * k + i];
            for j in 0..i {
                b[j] -= l[i * k + j] * b[i];
            }
        }
    }

    /// Replaces `b` by the solution `y` of `L y = b`; then `y'y` is `b' A^-1 b`.
    ///
    /// # Panics
    /// If `b` has fewer than `k` elements.
    pub fn forward(&self, b: &mut [f64]) {
        let (l, k) = (&*self.l, self.k);
        for i in 0..k {
            let row = &l[i * k..i * k + k];
            b[i] = (b[i] - inner(&row[..i], &b[..i])) / row[i];
        }
    }

    /// The factor `L`, row after row; above its diagonal stands what `a` had there.
    pub fn lower(&self) -> &[f64] {
        self.l
    }
}

/// A sum of a few products, in index order.
#[inline(always)]
fn inner(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b)
}
