//! Powers, and the square root.

use super::bits::one_nan;
use super::exp::exp_full;
use super::ln::ln_full;

/// `x^y` of a base that is not negative: `exp(y ln x)`.
///
/// For finite `x > 0` and finite `y` it has the bits of `exp(y * ln(x))`, so that a kernel that keeps
/// `ln x` agrees with it. The error is therefore not one ulp but up to `1 + 2.6 |y ln x|` ulp, and in
/// practice half of that: about 10 ulp for the powers of a scaling law, more the further the result is
/// from 1.
///
/// `pow(x, 0)` and `pow(1, y)` are 1. `pow(0, y)` is 0 for `y > 0` and `inf` for `y < 0`. A negative
/// base, even with a whole exponent, and NaN give NaN: the language asks for a positive base, and a
/// literal whole exponent is [`powi`]. The sign of a zero base counts for nothing.
///
/// # Example
/// ```
/// use isoflop::num::pow;
/// assert_eq!(pow(0.0, 0.0), 1.0);
/// assert_eq!(pow(0.0, -0.5), f64::INFINITY);
/// assert!(pow(-2.0, 2.0).is_nan());
/// assert!((pow(70e9, -0.34) - 0.0002054313245760897).abs() < 1e-18);
/// ```
pub fn pow(x: f64, y: f64) -> f64 {
    pow_full(x, y)
}

#[inline(always)]
pub(super) fn pow_full(x: f64, y: f64) -> f64 {
    let power = exp_full(y * ln_full(x));
    let power = if y == 0.0 || x == 1.0 { 1.0 } else { power };
    if x >= 0.0 && !y.is_nan() { power } else { f64::NAN }
}

/// `x^n` by repeated squaring, for any sign of `x`; `powi(x, 0)` is 1, of NaN too.
///
/// At most `2 log2(n)` multiplications, each rounded: within `n - 1` half ulps to first order.
///
/// # Example
/// ```
/// use isoflop::num::powi;
/// assert_eq!(powi(-2.0, 3), -8.0);
/// assert_eq!(powi(10.0, 16), 1e16);
/// ```
#[inline]
pub fn powi(x: f64, n: u32) -> f64 {
    let (mut result, mut square, mut left) = (1.0, x, n);
    while left > 0 {
        if left & 1 == 1 {
            result *= square;
        }
        left >>= 1;
        if left > 0 {
            square *= square;
        }
    }
    result
}

/// The square root, correctly rounded; of a negative number or NaN the one NaN, of `-0` it is `-0`.
#[inline]
pub fn sqrt(x: f64) -> f64 {
    one_nan(x.sqrt())
}
