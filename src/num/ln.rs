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
/// Within 1 ulp (0.84 ulp measured), subnormals included. `ln(1)` is `0`, `ln(0)` and `ln(-0)` are
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
    settle(x, ln_of(split(normal), shift), -745.0)
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
    // Without its sign, so that -0 is as 0; that of a negative number counts for nothing here.
    let lifted = x.abs() * 18_014_398_509_481_984.0;
    if subnormal { (lifted, -54.0) } else { (x, 0.0) }
}

/// The logarithm where it exists, and the settled values where it does not; `below_all` is less than
/// every logarithm of the base in question, and more than what `ln_of` makes of zero.
///
/// Zero is known by its result: tests of `x` alone are merged by the compiler into tests of its bits,
/// which cost more than the logarithm.
#[inline(always)]
fn settle(x: f64, y: f64, below_all: f64) -> f64 {
    let y = if y < below_all { f64::NEG_INFINITY } else { y };
    let y = if x > f64::MAX { f64::INFINITY } else { y };
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

/// `ln(1 + x)`, without the loss of digits at small `x`.
///
/// Within 1 ulp (0.83 ulp measured). `ln_1p(-0)` is `-0`, `ln_1p(-1)` is `-inf`, `ln_1p(inf)` is
/// `inf`; below -1 and of NaN it is the one NaN.
///
/// # Example
/// ```
/// use isoflop::num::ln_1p;
/// assert_eq!(ln_1p(1e-20), 1e-20);
/// assert_eq!(ln_1p(-1.0), f64::NEG_INFINITY);
/// ```
///
/// # Source
/// fdlibm, `s_log1p.c`.
pub fn ln_1p(x: f64) -> f64 {
    ln_1p_full(x)
}

#[inline(always)]
pub(super) fn ln_1p_full(x: f64) -> f64 {
    let u = 1.0 + x;
    let (k, f) = split(u);
    // What the rounding of 1 + x lost, from the larger of the two.
    let lost = if x > 1.0 { 1.0 - (u - x) } else { x - (u - 1.0) };
    // The smallest u but 0 is 2^-53: the sum is u, and keeps the quotient a number at u = 0.
    let lost = lost / (u + f64::MIN_POSITIVE);
    let (f, lost) = if k == 0.0 { (x, 0.0) } else { (f, lost) };
    let (hfsq, rest) = kernel(f);
    let y = k * LN_2_HI - ((hfsq - (rest + (k * LN_2_LO + lost))) - f);
    let y = if x == 0.0 { x } else { y };
    settle(u, y, -100.0)
}

/// The logarithm to base 2.
///
/// Within 1 ulp (0.85 ulp measured); exact for powers of two. Special values as [`ln`].
///
/// # Example
/// ```
/// use isoflop::num::log2;
/// assert_eq!(log2(1024.0), 10.0);
/// ```
///
/// # Source
/// FreeBSD, `e_log2.c`.
pub fn log2(x: f64) -> f64 {
    log2_full(x)
}

#[inline(always)]
pub(super) fn log2_full(x: f64) -> f64 {
    let (normal, shift) = normalised(x);
    let (k, f) = split(normal);
    let k = k + shift;
    let (hi, lo) = in_two(f);
    let main = hi * LOG2_E_HI;
    let small = (lo + hi) * LOG2_E_LO + lo * LOG2_E_HI;
    let sum = k + main;
    settle(x, (small + ((k - sum) + main)) + sum, -1075.0)
}

/// The logarithm to base 10.
///
/// Within 1 ulp (0.70 ulp measured); exact for the powers of ten that an `f64` holds exactly. Special values as [`ln`].
///
/// # Example
/// ```
/// use isoflop::num::log10;
/// assert_eq!(log10(1e21), 21.0);
/// ```
///
/// # Source
/// FreeBSD, `e_log10.c`.
pub fn log10(x: f64) -> f64 {
    log10_full(x)
}

#[inline(always)]
pub(super) fn log10_full(x: f64) -> f64 {
    let (normal, shift) = normalised(x);
    let (k, f) = split(normal);
    let k = k + shift;
    let (hi, lo) = in_two(f);
    let main = hi * LOG10_E_HI;
    let whole = k * LOG10_2_HI;
    let small = k * LOG10_2_LO + (lo + hi) * LOG10_E_LO + lo * LOG10_E_HI;
    let sum = whole + main;
    settle(x, (small + ((whole - sum) + main)) + sum, -323.7)
}

/// `ln(1 + f)` in two parts, the first short enough that its product with half a constant is exact.
#[inline(always)]
fn in_two(f: f64) -> (f64, f64) {
    let (hfsq, rest) = kernel(f);
    let hi = f64::from_bits((f - hfsq).to_bits() & 0xffff_ffff_0000_0000);
    (hi, ((f - hi) - hfsq) + rest)
}

const LG1: f64 = 6.666666666666735130e-01;
const LG2: f64 = 3.999999999940941908e-01;
const LG3: f64 = 2.857142874366239149e-01;
const LG4: f64 = 2.222219843214978396e-01;
const LG5: f64 = 1.818357216161805012e-01;
const LG6: f64 = 1.531383769920937332e-01;
const LG7: f64 = 1.479819860511658591e-01;

const LOG2_E_HI: f64 = 1.44269504072144627571e+00;
const LOG2_E_LO: f64 = 1.67517131648865118353e-10;
const LOG10_E_HI: f64 = 4.34294481878168880939e-01;
const LOG10_E_LO: f64 = 2.50829467116452752298e-11;
const LOG10_2_HI: f64 = 3.01029995663611771306e-01;
const LOG10_2_LO: f64 = 3.69423907715893078616e-13;
