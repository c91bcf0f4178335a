//! Small dense linear algebra.
//!
//! A matrix of `k` by `k` is a slice, row after row. What runs in hot loops, the Cholesky factor and
//! the non-negative least squares, works in the caller's memory; the rest is nalgebra's.

mod cholesky;
mod dense;
mod nnls;

pub use cholesky::{Cholesky, PIVOT};
pub use dense::{Eigen, solve, symmetric_eigen};
pub use nnls::{NNLS_LIMIT, nnls_gram};
