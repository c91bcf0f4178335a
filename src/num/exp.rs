//! The exponential, and `e^x - 1`.
//!
//! Reduction by Cody and Waite, `x = k ln 2 + r` with `|r| <= ln 2 / 2`, and the rational
//! approximations of fdlibm (`e_exp.c`, `s_expm1.c`), written without branches so that a loop over a
//! column becomes vector code. Each function has one body; what it cannot take is replaced by select.
//!
//! The coefficients are those of fdlibm: Copyright (C) 1993 by Sun Microsystems, Inc. All rights
//! reserved. Permission to use, copy, modify, and distribute this software is freely granted,
//! provided that this notice is preserved.

use super::bits::{LN_2_HI, LN_2_LO, ROUND, power_of_two};

/// Inputs beyond this in size need the full body: their scale is no single power of two.
pub(super) const EXP_SAFE: f64 = 708.0;
/// Larger inputs, and NaN, need the full body of [`exp_m1`].
pub(super) const EXP_M1_SAFE: f64 = 40.0;
/// From here down `e^x - 1` is -1.
const EXP_M1_LEAST: f64 = -50.0;

/// `e^x`.
///
/// Within 1 ulp (0.90 ulp measured), subnormal results included. `exp(inf)` is `inf`, `exp(-inf)`
/// is `0`; above 709.782712893384 the result is `inf`, below -745.1332191019412 it is `0`. NaN gives
/// the one NaN, [`f64::NAN`].
///
/// # Example
/// ```
/// use isoflop::num::exp;
/// assert_eq!(exp(0.0), 1.0);
/// assert!((exp(1.0) - std::f64::consts::E).abs() <= 2.0 * f64::EPSILON);
/// assert_eq!(exp(-1000.0), 0.0);
/// ```
///
/// # Source
/// fdlibm, `e_exp.c`.
pub fn exp(x: f64) -> f64 {
    exp_full(x)
}

/// For every input. On inputs within [`EXP_SAFE`] it gives the bits of [`exp_fast`].
#[inline(always)]
pub(super) fn exp_full(x: f64) -> f64 {
    let inside = if x > 710.0 { 710.0 } else { x };
    let inside = if inside < -746.0 { -746.0 } else { inside };
    let (y, k) = reduced_exp(inside);
    // 2^k in two halves, so that only the last product rounds, to a subnormal or to infinity.
    let half = (k * 0.5 + ROUND) - ROUND;
    let scaled = y * power_of_two(half) * power_of_two(k - half);
    if x.is_nan() { f64::NAN } else { scaled }
}

/// For inputs within [`EXP_SAFE`] only.
#[inline(always)]
pub(super) fn exp_fast(x: f64) -> f64 {
    let (y, k) = reduced_exp(x);
    y * power_of_two(k)
}

/// `(e^r, k)` with `x = k ln 2 + r`.
#[inline(always)]
fn reduced_exp(x: f64) -> (f64, f64) {
    let k = (x * std::f64::consts::LOG2_E + ROUND) - ROUND;
    let hi = x - k * LN_2_HI;
    let lo = k * LN_2_LO;
    let r = hi - lo;
    let t = r * r;
    let c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
    (1.0 - ((lo - (r * c) / (2.0 - c)) - hi), k)
}

/// `e^x - 1`, without the cancellation at small `x`.
///
/// Within 1 ulp (0.83 ulp measured). `exp_m1(-0)` is `-0`, `exp_m1(-inf)` is `-1`, `exp_m1(inf)` is
/// `inf`; NaN gives the one NaN.
///
/// # Example
/// ```
/// use isoflop::num::{exp, exp_m1};
/// assert_eq!(exp_m1(1e-20), 1e-20);
/// assert_eq!(exp(1e-20) - 1.0, 0.0);
/// ```
///
/// # Source
/// The rational approximation of fdlibm, `s_expm1.c`; the recombination, branch-free, is our own.
pub fn exp_m1(x: f64) -> f64 {
    exp_m1_full(x)
}

/// For every input. On inputs up to [`EXP_M1_SAFE`] it gives the bits of [`exp_m1_fast`].
#[inline(always)]
pub(super) fn exp_m1_full(x: f64) -> f64 {
    let inside = if x > 710.0 { 710.0 } else { x };
    let inside = if inside < EXP_M1_LEAST { EXP_M1_LEAST } else { inside };
    let k = (inside * std::f64::consts::LOG2_E + ROUND) - ROUND;
    let below = if k > 60.0 { 60.0 } else { k };
    let half = (k * 0.5 + ROUND) - ROUND;
    let y = scaled_exp_m1(inside, k, below) * power_of_two(half) * power_of_two(k - half);
    let y = if x == 0.0 { x } else { y };
    if x.is_nan() { f64::NAN } else { y }
}

/// For inputs up to [`EXP_M1_SAFE`] only.
#[inline(always)]
pub(super) fn exp_m1_fast(x: f64) -> f64 {
    let inside = if x < EXP_M1_LEAST { EXP_M1_LEAST } else { x };
    let k = (inside * std::f64::consts::LOG2_E + ROUND) - ROUND;
    let y = scaled_exp_m1(inside, k, k) * power_of_two(k);
    if x == 0.0 { x } else { y }
}

/// `(e^x - 1) / 2^k`, where `below` is k, of a large k 60.
#[inline(always)]
fn scaled_exp_m1(x: f64, k: f64, below: f64) -> f64 {
    let hi = x - k * LN_2_HI;
    let lo = k * LN_2_LO;
    let r = hi - lo;
    let minus = reduced_exp_m1(r, (hi - r) - lo);
    // e^x - 1 = 2^k ((1 - 2^-k) + r - minus); the sums keep what their rounding lost.
    let inverse = power_of_two(-below);
    let one = 1.0 - inverse;
    let sum = one + r;
    let error = (r - (sum - one)) + ((1.0 - one) - inverse);
    sum + (error - minus)
}

/// What to take from `r` to get `e^(r + c) - 1`, where `c` is the rounding error of `r`.
#[inline(always)]
fn reduced_exp_m1(r: f64, c: f64) -> f64 {
    let half = 0.5 * r;
    let square = r * half;
    let rational = 1.0 + square * (Q1 + square * (Q2 + square * (Q3 + square * (Q4 + square * Q5))));
    let t = 3.0 - rational * half;
    let e = square * ((rational - t) / (6.0 - r * t));
    (r * (e - c) - c) - square
}

const P1: f64 = 1.66666666666666019037e-01;
const P2: f64 = -2.77777777770155933842e-03;
const P3: f64 = 6.61375632143793436117e-05;
const P4: f64 = -1.65339022054652515390e-06;
const P5: f64 = 4.13813679705723846039e-08;

const Q1: f64 = -3.33333333333331316428e-02;
const Q2: f64 = 1.58730158725481460165e-03;
const Q3: f64 = -7.93650757867487942473e-05;
const Q4: f64 = 4.00821782732936239552e-06;
const Q5: f64 = -2.01099218183624371326e-07;
