//! Small dense linear algebra. Matrices are square slices, row after row, unless said otherwise.

mod cholesky;

pub use cholesky::{Cholesky, PIVOT};
