//! The functions that no hot loop needs, from the crate `libm`: pure Rust, the same bits everywhere.
//!
//! They are reached through nalgebra, whose feature `libm-force` holds it to that crate whatever else
//! is in the graph. All are within 1 ulp or nearly; a NaN that comes out is the one NaN.

use nalgebra::{ComplexField, RealField};

use super::bits::one_nan;

/// The cosine of an angle in radians; of an infinity NaN.
///
/// # Example
/// ```
/// assert_eq!(isoflop::num::cos(std::f64::consts::PI), -1.0);
/// ```
pub fn cos(x: f64) -> f64 {
    one_nan(ComplexField::cos(x))
}

/// The sine of an angle in radians; of an infinity NaN.
pub fn sin(x: f64) -> f64 {
    one_nan(ComplexField::sin(x))
}

/// The tangent of an angle in radians; of an infinity NaN.
pub fn tan(x: f64) -> f64 {
    one_nan(ComplexField::tan(x))
}

/// The angle of the point `(x, y)` in radians, from -π to π.
pub fn atan2(y: f64, x: f64) -> f64 {
    one_nan(RealField::atan2(y, x))
}

/// The hyperbolic tangent.
pub fn tanh(x: f64) -> f64 {
    one_nan(ComplexField::tanh(x))
}

/// The cube root, of negative numbers too.
pub fn cbrt(x: f64) -> f64 {
    one_nan(ComplexField::cbrt(x))
}

/// `sqrt(x² + y²)` without overflow on the way.
pub fn hypot(x: f64, y: f64) -> f64 {
    one_nan(ComplexField::hypot(x, y))
}
