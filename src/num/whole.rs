//! Whole numbers near a number.

use super::bits::one_nan;

/// The largest whole number that is not above `x`; of `-0` it is `-0`, of NaN the one NaN.
///
/// # Example
/// ```
/// assert_eq!(isoflop::num::floor(-2.5), -3.0);
/// ```
#[inline]
pub fn floor(x: f64) -> f64 {
    one_nan(x.floor())
}

/// The smallest whole number that is not below `x`; between -1 and 0 it is `-0`, of NaN the one NaN.
///
/// # Example
/// ```
/// assert_eq!(isoflop::num::ceil(-2.5), -2.0);
/// ```
#[inline]
pub fn ceil(x: f64) -> f64 {
    one_nan(x.ceil())
}

/// The nearest whole number, halves to the even one, as IEEE 754, WGSL and Python have it; of NaN the
/// one NaN.
///
/// # Example
/// ```
/// use isoflop::num::round;
/// assert_eq!([round(0.5), round(1.5), round(-2.5), round(2.6)], [0.0, 2.0, -2.0, 3.0]);
/// ```
#[inline]
pub fn round(x: f64) -> f64 {
    one_nan(x.round_ties_even())
}
