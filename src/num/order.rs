//! The smaller and the larger of two numbers, with zeros and NaN settled.
//!
//! `f64::min` of `0` and `-0` is either, and drops a NaN. Here `-0 < 0`, and NaN in gives
//! [`f64::NAN`] out, so that it cannot hide.

use super::bits::one_nan;

/// The smaller of two numbers; `-0` is smaller than `0`, and NaN wins over both.
///
/// # Example
/// ```
/// use isoflop::num::min;
/// assert!(min(0.0, -0.0).is_sign_negative());
/// assert!(min(1.0, f64::NAN).is_nan());
/// ```
#[inline(always)]
pub fn min(a: f64, b: f64) -> f64 {
    let equal = f64::from_bits(a.to_bits() | b.to_bits());
    let least = if a < b { a } else { b };
    settle(a, b, if a == b { equal } else { least })
}

/// The larger of two numbers; `0` is larger than `-0`, and NaN wins over both.
///
/// # Example
/// ```
/// use isoflop::num::max;
/// assert!(max(0.0, -0.0).is_sign_positive());
/// assert_eq!(max(-1.0, 3.0), 3.0);
/// ```
#[inline(always)]
pub fn max(a: f64, b: f64) -> f64 {
    let equal = f64::from_bits(a.to_bits() & b.to_bits());
    let most = if a > b { a } else { b };
    settle(a, b, if a == b { equal } else { most })
}

#[inline(always)]
fn settle(a: f64, b: f64, chosen: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { chosen }
}

/// `x` if it lies between `low` and `high`, else the nearer of them: `min(max(x, low), high)`.
///
/// Where `low > high`, `high` is the answer; NaN anywhere gives NaN. It never panics.
///
/// # Example
/// ```
/// use isoflop::num::clamp;
/// assert_eq!(clamp(3.0, -1.0, 1.0), 1.0);
/// ```
#[inline(always)]
pub fn clamp(x: f64, low: f64, high: f64) -> f64 {
    min(max(x, low), high)
}

/// The number without its sign; of NaN the one NaN.
#[inline(always)]
pub fn abs(x: f64) -> f64 {
    one_nan(x.abs())
}
