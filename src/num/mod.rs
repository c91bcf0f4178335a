//! Numbers: functions, sums, small algebra, roots and random numbers, with one answer everywhere.
//!
//! A Question has one answer, to the last bit, natively and in wasm. The system's `exp` differs
//! between machines; the functions here are plain IEEE operations in a fixed order, so they do not.
//! There is no fused multiply-add anywhere. A NaN that comes out is always [`f64::NAN`]: its sign and
//! payload differ between machines too.

// Without the attribute, the column loops call these bodies instead of becoming vector code.
#![allow(clippy::inline_always)]
// fdlibm's coefficients stand as published, with the digits that say which bits they are.
#![allow(clippy::excessive_precision)]

pub mod algebra;
mod bits;
pub mod columns;
mod decimal;
mod exp;
pub mod kronecker;
pub mod lanes;
mod libm;
mod ln;
mod normal;
mod order;
mod pow;
pub mod rng;
pub mod roots;
mod samples;
mod whole;

pub use decimal::decimal;
pub use exp::{exp, exp_m1};
pub use libm::{atan2, cbrt, cos, hypot, sin, tan, tanh};
pub use ln::{ln, ln_1p, log2, log10};
pub use normal::normal_quantile;
pub use order::{abs, ascending, clamp, grown, max, min, quantile, quantiles, range};
pub use pow::{pow, powi, sqrt};
pub use samples::samples;
pub use whole::{ceil, floor, round};
