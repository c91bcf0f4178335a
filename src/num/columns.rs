//! The scalar functions over columns, with the same bits.
//!
//! One function at a time over a whole column: such a loop becomes vector code, natively and in wasm,
//! where one loop over rows with several functions in it does not (three times slower in wasm). Each
//! chunk is looked at first; if every element is safe, a shorter body serves it.

use super::exp::{EXP_M1_SAFE, EXP_SAFE, exp_fast, exp_full, exp_m1_fast, exp_m1_full};
use super::ln::{ln_1p_full, ln_fast, ln_full, log2_full, log10_full};
use super::pow::pow_full;

/// Elements per chunk: the columns of a kernel of that length stay in the first cache.
pub const CHUNK: usize = 256;

/// `out[i] = exp(xs[i])`.
///
/// # Panics
/// If the columns differ in length, as every function here.
///
/// # Example
/// ```
/// use isoflop::num::{columns, exp};
/// let mut out = [0.0; 3];
/// columns::exp(&[0.5, -1.0, 1000.0], &mut out);
/// assert_eq!(out, [exp(0.5), exp(-1.0), f64::INFINITY]);
/// ```
pub fn exp(xs: &[f64], out: &mut [f64]) {
    chunks(
        xs,
        out,
        |xs, out| {
            if every(xs, exp_is_safe) { map(xs, out, exp_fast) } else { map(xs, out, exp_full) }
        },
    );
}

/// `xs[i] = exp(xs[i])`.
pub fn exp_in_place(xs: &mut [f64]) {
    for xs in xs.chunks_mut(CHUNK) {
        if every(xs, exp_is_safe) { map_in_place(xs, exp_fast) } else { map_in_place(xs, exp_full) }
    }
}

/// `out[i] = ln(xs[i])`.
pub fn ln(xs: &[f64], out: &mut [f64]) {
    chunks(
        xs,
        out,
        |xs, out| {
            if every(xs, ln_is_safe) { map(xs, out, ln_fast) } else { map(xs, out, ln_full) }
        },
    );
}

/// `xs[i] = ln(xs[i])`.
pub fn ln_in_place(xs: &mut [f64]) {
    for xs in xs.chunks_mut(CHUNK) {
        if every(xs, ln_is_safe) { map_in_place(xs, ln_fast) } else { map_in_place(xs, ln_full) }
    }
}

/// `out[i] = pow(xs[i], y)`.
pub fn pow(xs: &[f64], y: f64, out: &mut [f64]) {
    chunks(xs, out, |xs, out| {
        if y.is_finite() && every(xs, ln_is_safe) {
            map(xs, out, |x| y * ln_fast(x));
            exp_in_place(out);
        } else {
            map(xs, out, |x| pow_full(x, y));
        }
    });
}

/// `out[i] = exp_m1(xs[i])`.
pub fn exp_m1(xs: &[f64], out: &mut [f64]) {
    chunks(xs, out, |xs, out| {
        if every(xs, exp_m1_is_safe) { map(xs, out, exp_m1_fast) } else { map(xs, out, exp_m1_full) }
    });
}

/// `out[i] = ln_1p(xs[i])`.
pub fn ln_1p(xs: &[f64], out: &mut [f64]) {
    chunks(xs, out, |xs, out| map(xs, out, ln_1p_full));
}

/// `out[i] = log2(xs[i])`.
pub fn log2(xs: &[f64], out: &mut [f64]) {
    chunks(xs, out, |xs, out| map(xs, out, log2_full));
}

/// `out[i] = log10(xs[i])`.
pub fn log10(xs: &[f64], out: &mut [f64]) {
    chunks(xs, out, |xs, out| map(xs, out, log10_full));
}

#[inline(always)]
fn exp_is_safe(x: f64) -> bool {
    x.abs() <= EXP_SAFE
}

#[inline(always)]
fn exp_m1_is_safe(x: f64) -> bool {
    x <= EXP_M1_SAFE
}

#[inline(always)]
fn ln_is_safe(x: f64) -> bool {
    (f64::MIN_POSITIVE..=f64::MAX).contains(&x)
}

#[inline(always)]
fn chunks(xs: &[f64], out: &mut [f64], mut each: impl FnMut(&[f64], &mut [f64])) {
    assert_eq!(xs.len(), out.len(), "columns of one length");
    for (xs, out) in xs.chunks(CHUNK).zip(out.chunks_mut(CHUNK)) {
        each(xs, out);
    }
}

#[inline(always)]
fn map(xs: &[f64], out: &mut [f64], f: impl Fn(f64) -> f64) {
    for (out, &x) in out.iter_mut().zip(xs) {
        *out = f(x);
    }
}

#[inline(always)]
fn map_in_place(xs: &mut [f64], f: impl Fn(f64) -> f64) {
    for x in xs {
        *x = f(*x);
    }
}

/// Whether every element is safe; counted rather than left early, so that it becomes vector code.
#[inline(always)]
fn every(xs: &[f64], safe: impl Fn(f64) -> bool) -> bool {
    let unsafe_ones: u64 = xs.iter().map(|&x| u64::from(!safe(x))).sum();
    unsafe_ones == 0
}
