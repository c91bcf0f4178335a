//! Logarithms.
//!
//! `x = 2^k (1 + f)` with `1 + f` between `sqrt(1/2)` and `sqrt(2)`, and the polynomial of fdlibm
//! (`e_log.c`) in `s = f / (2 + f)`, without branches: the exponent is taken out of the bits, and what
//! has no logarithm is replaced by select.
//!
//! The coefficients are those of fdlibm: Copyright (C) 1993 by Sun Microsystems, Inc. All rights
//! reserved. Permission to use, copy, modify, and distribute this software is freely granted,
//! provided that this notice is preserved.

use super::bits::{LN_2_HI, LN_2_LO};

/// The natural logarithm.
///
/// Within 1 ulp (0.78 ulp measured), subnormals included. `ln(1)` is `0`, `ln(0)` and `ln(-0)` are
/// `-inf`, `ln(inf)` is `inf`; a negative number or NaN gives the one NaN, [`f64::NAN`].
///
/// # Example
/// ```
/// use isoflop::num::ln;
/// assert_eq!(ln(1.0), 0.0);
/// assert_eq!(ln(10.0), std::f64::consts::LN_10);
/// assert_eq!(ln(0.0), f64::NEG_INFINITY);
/// assert!(ln(-1.0).is_nan());
/// ```
///
/// # Source
/// fdlibm, `e_log.c`.
pub fn ln(x: f64) -> f64 {
    ln_full(x)
}

/// For every input. On positive normal numbers it gives the bits of [`ln_fast`].
#[inline(always)]
pub(super) fn ln_full(x: f64) -> f64 {
    let (normal, shift) = normalised(x);
    settle(x, ln_of(split(normal), shift))
}

/// For positive normal numbers only.
#[inline(always)]
pub(super) fn ln_fast(x: f64) -> f64 {
    ln_of(split(x), 0.0)
}

/// A number with its subnormals lifted into the normal range, and the exponent to add for it.
#[inline(always)]
fn normalised(x: f64) -> (f64, f64) {
    let subnormal = x < f64::MIN_POSITIVE;
    let lifted = x * 18_014_398_509_481_984.0;
    if subnormal { (lifted, -54.0) } else { (x, 0.0) }
}

/// The logarithm where it exists, and the settled values where it does not.
#[inline(always)]
fn settle(x: f64, y: f64) -> f64 {
    let y = if x == f64::INFINITY { f64::INFINITY } else { y };
    let y = if x == 0.0 { f64::NEG_INFINITY } else { y };
    if x >= 0.0 { y } else { f64::NAN }
}

/// `(k, f)` with `x = 2^k (1 + f)`, of a positive normal number.
#[inline(always)]
fn split(x: f64) -> (f64, f64) {
    // Just under sqrt(1/2), in the upper half of its bits.
    const LOW: u64 = 0x3fe6_a09e_0000_0000;
    const ONE: u64 = 0x3ff0_0000_0000_0000;
    const TWO_52: u64 = 0x4330_0000_0000_0000;
    let shifted = x.to_bits().wrapping_add(ONE - LOW);
    let k = f64::from_bits((shifted >> 52) | TWO_52) - (4_503_599_627_370_496.0 + 1023.0);
    let m = f64::from_bits((shifted & 0x000f_ffff_ffff_ffff) + LOW);
    (k, m - 1.0)
}

#[inline(always)]
fn ln_of((k, f): (f64, f64), shift: f64) -> f64 {
    let k = k + shift;
    let (hfsq, rest) = kernel(f);
    k * LN_2_HI - ((hfsq - (rest + k * LN_2_LO)) - f)
}

/// `(f²/2, rest)` with `ln(1 + f) = f - f²/2 + rest`.
#[inline(always)]
fn kernel(f: f64) -> (f64, f64) {
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w * (LG2 + w * (LG4 + w * LG6));
    let odd = z * (LG1 + w * (LG3 + w * (LG5 + w * LG7)));
    let hfsq = 0.5 * f * f;
    (hfsq, s * (hfsq + (odd + even)))
}

const LG1: f64 = 6.666666666666735130e-01;
const LG2: f64 = 3.999999999940941908e-01;
const LG3: f64 = 2.857142874366239149e-01;
const LG4: f64 = 2.222219843214978396e-01;
const LG5: f64 = 1.818357216161805012e-01;
const LG6: f64 = 1.531383769920937332e-01;
const LG7: f64 = 1.479819860511658591e-01;
