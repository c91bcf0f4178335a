//! The bits of an `f64`, and the constants that the functions share.

/// `ln 2` to 33 bits, so that its product with an exponent is exact.
pub(super) const LN_2_HI: f64 = 6.93147180369123816490e-01;
/// The rest of `ln 2`.
pub(super) const LN_2_LO: f64 = 1.90821492927058770002e-10;
/// Added and taken away, it rounds to the nearest integer; added, the integer is in the low bits.
pub(super) const ROUND: f64 = 6_755_399_441_055_744.0;

/// `2^k` of an integer `k` from -1022 to 1023.
#[inline(always)]
pub(super) fn power_of_two(k: f64) -> f64 {
    f64::from_bits((k + (ROUND + 1023.0)).to_bits() << 52)
}

/// The number, or for any NaN the one NaN.
///
/// Asked of the bits: the compiler takes `if y.is_nan() { f64::NAN } else { y }` to be `y` where `y`
/// comes from a machine's instruction, such as its square root.
#[inline(always)]
pub(super) fn one_nan(y: f64) -> f64 {
    let size = y.to_bits() & !(1 << 63);
    f64::from_bits(if size > f64::INFINITY.to_bits() { f64::NAN.to_bits() } else { y.to_bits() })
}
