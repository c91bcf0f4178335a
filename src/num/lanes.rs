//! Two numbers at a time, for reductions with the same bits natively and in wasm.
//!
//! A compiler may not reorder a sum, so it leaves a plain one scalar; and pairs of sums that it packs
//! natively stay scalar in wasm. [`F64x2`] packs them by hand: safe vector instructions in wasm, an
//! array elsewhere, the same operation in each lane.
//!
//! **Order.** Element `i` goes to lane `i mod 2` of accumulator `(i / 2) mod 2`; the answer is
//! `(lane 0 + lane 1)` of the sum of the two accumulators. The elements beyond the last whole four
//! are added as if the column went on with zeros.

use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

#[cfg(all(target_arch = "wasm32", not(target_feature = "simd128")))]
compile_error!("build with -C target-feature=+simd128: without it these kernels are ten times slower");

#[cfg(not(target_arch = "wasm32"))]
use array as packed;
#[cfg(target_arch = "wasm32")]
use wasm as packed;

/// Two `f64`, worked on together; what it does in a lane is what `f64` does.
#[derive(Clone, Copy, Debug)]
pub struct F64x2(packed::Pair);

/// One yes or no for each lane, from a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Mask(packed::Mask);

impl F64x2 {
    /// Two zeros.
    pub const ZERO: Self = Self(packed::ZERO);

    /// Lane 0 and lane 1.
    #[inline(always)]
    pub fn new(lane0: f64, lane1: f64) -> Self {
        Self(packed::new(lane0, lane1))
    }

    /// One number in both lanes.
    #[inline(always)]
    pub fn splat(x: f64) -> Self {
        Self(packed::new(x, x))
    }

    /// The first two elements of a slice.
    ///
    /// # Panics
    /// If it has fewer.
    #[inline(always)]
    pub fn load(xs: &[f64]) -> Self {
        Self(packed::new(xs[0], xs[1]))
    }

    /// Elements `i` and `i + 1` of a column; past its end, zero.
    #[inline(always)]
    pub fn at(xs: &[f64], i: usize) -> Self {
        let lane = |i: usize| xs.get(i).copied().unwrap_or(0.0);
        Self::new(lane(i), lane(i + 1))
    }

    /// Writes the lanes to the first two elements of a slice.
    ///
    /// # Panics
    /// If it has fewer.
    #[inline(always)]
    pub fn store(self, out: &mut [f64]) {
        [out[0], out[1]] = self.to_array();
    }

    /// The lanes.
    #[inline(always)]
    pub fn to_array(self) -> [f64; 2] {
        packed::to_array(self.0)
    }

    /// Lane 0 plus lane 1.
    #[inline(always)]
    pub fn sum(self) -> f64 {
        let [lane0, lane1] = self.to_array();
        lane0 + lane1
    }

    /// Without the signs.
    #[inline(always)]
    #[must_use]
    pub fn abs(self) -> Self {
        Self(packed::abs(self.0))
    }

    /// In each lane `other` if it is smaller, else `self`; so a NaN in `self` stays, one in `other`
    /// does not come in, and equal zeros leave that of `self`.
    #[inline(always)]
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self(packed::min(self.0, other.0))
    }

    /// In each lane `other` if it is larger, else `self`.
    #[inline(always)]
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self(packed::max(self.0, other.0))
    }

    /// Whether `self <= other`, lane by lane; no for NaN.
    #[inline(always)]
    pub fn le(self, other: Self) -> Mask {
        Mask(packed::le(self.0, other.0))
    }

    /// Whether `self < other`, lane by lane; no for NaN.
    #[inline(always)]
    pub fn lt(self, other: Self) -> Mask {
        Mask(packed::lt(self.0, other.0))
    }
}

impl Mask {
    /// In each lane `yes` or `no`.
    #[inline(always)]
    pub fn select(self, yes: F64x2, no: F64x2) -> F64x2 {
        F64x2(packed::select(self.0, yes.0, no.0))
    }

    /// The answers of lane 0 and lane 1.
    #[inline(always)]
    pub fn to_array(self) -> [bool; 2] {
        packed::mask_to_array(self.0)
    }
}

impl Add for F64x2 {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(packed::add(self.0, other.0))
    }
}

impl AddAssign for F64x2 {
    #[inline(always)]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for F64x2 {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(packed::sub(self.0, other.0))
    }
}

impl Mul for F64x2 {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self(packed::mul(self.0, other.0))
    }
}

impl Div for F64x2 {
    type Output = Self;
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        Self(packed::div(self.0, other.0))
    }
}

impl Neg for F64x2 {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self(packed::neg(self.0))
    }
}

/// `Σ xs[i]`.
///
/// # Example
/// ```
/// use isoflop::num::lanes::sum;
/// assert_eq!(sum(&[1.0, 2.0, 3.0, 4.0, 5.0]), 15.0);
/// assert_eq!(sum(&[]), 0.0);
/// ```
pub fn sum(xs: &[f64]) -> f64 {
    sum_of([xs], |[x]| x)
}

/// `Σ a[i] b[i]`.
///
/// # Panics
/// If the columns differ in length, as [`dot3`] and [`sum_of`].
///
/// # Example
/// ```
/// use isoflop::num::lanes::dot;
/// assert_eq!(dot(&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0]), 32.0);
/// ```
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    sum_of([a, b], |[a, b]| a * b)
}

/// `Σ w[i] a[i] b[i]`, each term `(w a) b`.
pub fn dot3(w: &[f64], a: &[f64], b: &[f64]) -> f64 {
    sum_of([w, a, b], |[w, a, b]| w * a * b)
}

/// The sum of a term over the rows of some columns, in the order of this module.
///
/// `term` gets two rows at a time; past the end a row of zeros, so its term there should be zero.
///
/// # Panics
/// If the columns differ in length.
///
/// # Example
/// ```
/// use isoflop::num::lanes::sum_of;
/// let (w, r) = ([1.0, 2.0, 1.0], [3.0, -1.0, -5.0]);
/// assert_eq!(sum_of([&w, &r], |[w, r]| w * r.abs()), 10.0);
/// ```
#[inline(always)]
pub fn sum_of<const N: usize>(columns: [&[f64]; N], term: impl Fn([F64x2; N]) -> F64x2) -> f64 {
    let [sum] = sums_of(columns, |rows| [term(rows)]);
    sum
}

/// Several sums in one pass, each with the bits that [`sum_of`] gives it alone.
///
/// An addition waits for the one before it; several sums at once fill the time, so that four take
/// hardly longer than one.
///
/// # Panics
/// If the columns differ in length.
///
/// # Example
/// ```
/// use isoflop::num::lanes::sums_of;
/// let (x, y) = ([1.0, -2.0, 3.0], [4.0, 5.0, 6.0]);
/// assert_eq!(sums_of([&x, &y], |[x, y]| [x * y, (x * y).abs()]), [12.0, 32.0]);
/// ```
#[inline(always)]
pub fn sums_of<const N: usize, const M: usize>(
    columns: [&[f64]; N],
    terms: impl Fn([F64x2; N]) -> [F64x2; M],
) -> [f64; M] {
    let n = columns.first().map_or(0, |column| column.len());
    assert!(columns.iter().all(|column| column.len() == n), "columns of one length");
    let fours = columns.map(|column| column.as_chunks::<4>().0);
    let (mut even, mut odd) = ([F64x2::ZERO; M], [F64x2::ZERO; M]);
    let mut add = |first: [F64x2; N], second: [F64x2; N]| {
        even.iter_mut().zip(terms(first)).for_each(|(sum, term)| *sum += term);
        odd.iter_mut().zip(terms(second)).for_each(|(sum, term)| *sum += term);
    };
    // Filled in place: native arrays of this size go through memory when they are mapped.
    let (mut first, mut second) = ([F64x2::ZERO; N], [F64x2::ZERO; N]);
    for i in 0..n / 4 {
        for (k, column) in fours.iter().enumerate() {
            let [a, b, c, d] = column[i];
            (first[k], second[k]) = (F64x2::new(a, b), F64x2::new(c, d));
        }
        add(first, second);
    }
    let rest = n / 4 * 4;
    if rest < n {
        add(columns.map(|column| F64x2::at(column, rest)), columns.map(|column| F64x2::at(column, rest + 2)));
    }
    std::array::from_fn(|m| (even[m] + odd[m]).sum())
}

#[cfg(not(target_arch = "wasm32"))]
mod array {
    pub(super) type Pair = [f64; 2];
    pub(super) type Mask = [bool; 2];
    pub(super) const ZERO: Pair = [0.0; 2];

    #[inline(always)]
    fn each(a: Pair, b: Pair, f: impl Fn(f64, f64) -> f64) -> Pair {
        [f(a[0], b[0]), f(a[1], b[1])]
    }
    #[inline(always)]
    pub(super) fn new(lane0: f64, lane1: f64) -> Pair {
        [lane0, lane1]
    }
    #[inline(always)]
    pub(super) fn to_array(a: Pair) -> [f64; 2] {
        a
    }
    #[inline(always)]
    pub(super) fn add(a: Pair, b: Pair) -> Pair {
        each(a, b, |a, b| a + b)
    }
    #[inline(always)]
    pub(super) fn sub(a: Pair, b: Pair) -> Pair {
        each(a, b, |a, b| a - b)
    }
    #[inline(always)]
    pub(super) fn mul(a: Pair, b: Pair) -> Pair {
        each(a, b, |a, b| a * b)
    }
    #[inline(always)]
    pub(super) fn div(a: Pair, b: Pair) -> Pair {
        each(a, b, |a, b| a / b)
    }
    #[inline(always)]
    pub(super) fn neg(a: Pair) -> Pair {
        a.map(|a| -a)
    }
    #[inline(always)]
    pub(super) fn abs(a: Pair) -> Pair {
        a.map(f64::abs)
    }
    #[inline(always)]
    pub(super) fn min(a: Pair, b: Pair) -> Pair {
        each(a, b, |a, b| if b < a { b } else { a })
    }
    #[inline(always)]
    pub(super) fn max(a: Pair, b: Pair) -> Pair {
        each(a, b, |a, b| if a < b { b } else { a })
    }
    #[inline(always)]
    pub(super) fn le(a: Pair, b: Pair) -> Mask {
        [a[0] <= b[0], a[1] <= b[1]]
    }
    #[inline(always)]
    pub(super) fn lt(a: Pair, b: Pair) -> Mask {
        [a[0] < b[0], a[1] < b[1]]
    }
    #[inline(always)]
    pub(super) fn select(mask: Mask, yes: Pair, no: Pair) -> Pair {
        [if mask[0] { yes[0] } else { no[0] }, if mask[1] { yes[1] } else { no[1] }]
    }
    #[inline(always)]
    pub(super) fn mask_to_array(mask: Mask) -> [bool; 2] {
        mask
    }
}

#[cfg(target_arch = "wasm32")]
mod wasm {
    use std::arch::wasm32 as simd;

    pub(super) type Pair = simd::v128;
    pub(super) type Mask = simd::v128;
    pub(super) const ZERO: Pair = simd::f64x2(0.0, 0.0);

    #[inline(always)]
    pub(super) fn new(lane0: f64, lane1: f64) -> Pair {
        simd::f64x2(lane0, lane1)
    }
    #[inline(always)]
    pub(super) fn to_array(a: Pair) -> [f64; 2] {
        [simd::f64x2_extract_lane::<0>(a), simd::f64x2_extract_lane::<1>(a)]
    }
    #[inline(always)]
    pub(super) fn add(a: Pair, b: Pair) -> Pair {
        simd::f64x2_add(a, b)
    }
    #[inline(always)]
    pub(super) fn sub(a: Pair, b: Pair) -> Pair {
        simd::f64x2_sub(a, b)
    }
    #[inline(always)]
    pub(super) fn mul(a: Pair, b: Pair) -> Pair {
        simd::f64x2_mul(a, b)
    }
    #[inline(always)]
    pub(super) fn div(a: Pair, b: Pair) -> Pair {
        simd::f64x2_div(a, b)
    }
    #[inline(always)]
    pub(super) fn neg(a: Pair) -> Pair {
        simd::f64x2_neg(a)
    }
    #[inline(always)]
    pub(super) fn abs(a: Pair) -> Pair {
        simd::f64x2_abs(a)
    }
    #[inline(always)]
    pub(super) fn min(a: Pair, b: Pair) -> Pair {
        simd::f64x2_pmin(a, b)
    }
    #[inline(always)]
    pub(super) fn max(a: Pair, b: Pair) -> Pair {
        simd::f64x2_pmax(a, b)
    }
    #[inline(always)]
    pub(super) fn le(a: Pair, b: Pair) -> Mask {
        simd::f64x2_le(a, b)
    }
    #[inline(always)]
    pub(super) fn lt(a: Pair, b: Pair) -> Mask {
        simd::f64x2_lt(a, b)
    }
    #[inline(always)]
    pub(super) fn select(mask: Mask, yes: Pair, no: Pair) -> Pair {
        simd::v128_bitselect(yes, no, mask)
    }
    #[inline(always)]
    pub(super) fn mask_to_array(mask: Mask) -> [bool; 2] {
        [simd::i64x2_extract_lane::<0>(mask) != 0, simd::i64x2_extract_lane::<1>(mask) != 0]
    }
}
