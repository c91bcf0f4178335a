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
    /// The factor, with one over each entry of its diagonal: a product is quicker than a quotient.
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
        assert!(a.len() >= k * k, "a matrix of {k} by {k}");
        for i in 0..k {
            let (above, rest) = a.split_at_mut(i * k);
            let row = &mut rest[..k];
            for (j, other) in above.chunks_exact(k).enumerate() {
                row[j] = (row[j] - inner(&row[..j], &other[..j])) * other[j];
            }
            let pivot = row[i] - inner(&row[..i], &row[..i]);
            let enough = pivot > PIVOT * row[i] && pivot < f64::INFINITY;
            if !enough {
                return None;
            }
            row[i] = 1.0 / pivot.sqrt();
        }
        Some(Self { l: a, k })
    }

    /// Replaces `b` by the solution `x` of `A x = b`.
    ///
    /// # Panics
    /// If `b` has fewer than `k` elements.
    pub fn solve(&self, b: &mut [f64]) {
        self.forward(b);
        let b = &mut b[..self.k];
        for (i, row) in self.rows().enumerate().rev() {
            let x = b[i] * row[i];
            b[i] = x;
            for (b, l) in b[..i].iter_mut().zip(row) {
                *b -= l * x;
            }
        }
    }

    /// Replaces `b` by the solution `y` of `L y = b`; then `y'y` is `b' A^-1 b`.
    ///
    /// # Panics
    /// If `b` has fewer than `k` elements.
    pub fn forward(&self, b: &mut [f64]) {
        let b = &mut b[..self.k];
        for (i, row) in self.rows().enumerate() {
            b[i] = (b[i] - inner(row, &b[..i])) * row[i];
        }
    }

    fn rows(&self) -> impl DoubleEndedIterator<Item = &[f64]> + ExactSizeIterator {
        self.l[..self.k * self.k].chunks_exact(self.k.max(1))
    }
}

/// A sum of a few products, in index order.
#[inline(always)]
fn inner(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b)
}
