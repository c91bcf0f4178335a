//! Points that fill a box evenly, for scans of three and more dimensions.
//!
//! A grid of 12 nodes a side has 12³ points in three dimensions and few different values of each
//! coordinate; these points are as many as wanted, and every coordinate differs in each.

use super::exp::exp;
use super::ln::ln;
use super::rng::unit;

/// The R-sequence: point `i` is the fractional part of `1/2 + (i + 1) (1/g, 1/g², ...)`, where `g` is
/// the root of `g^(d + 1) = g + 1`, the golden ratio for one dimension.
///
/// # Example
/// ```
/// use isoflop::num::kronecker::Kronecker;
/// let points = Kronecker::new(2);
/// let point = [0, 1].map(|axis| 0.02 + 1.98 * points.coordinate(0, axis));
/// assert!((point[0] - 0.5247).abs() < 1e-4 && (point[1] - 0.1583).abs() < 1e-4);
/// ```
///
/// # Source
/// Roberts, "The unreasonable effectiveness of quasirandom sequences" (2018),
/// <https://extremelearning.com.au/unreasonable-effectiveness-of-quasirandom-sequences/>.
#[derive(Clone, Debug)]
pub struct Kronecker {
    /// The step of each coordinate, in units of `2^-64`.
    steps: Vec<u64>,
}

impl Kronecker {
    /// The sequence in `dimensions` dimensions.
    pub fn new(dimensions: usize) -> Self {
        let inverse = 1.0 / generalised_golden_ratio(dimensions);
        let powers = std::iter::successors(Some(inverse), |power| Some(power * inverse));
        // Whole multiples of 2^-64: the product with i then wraps exactly, however large i is.
        let steps = powers.take(dimensions).map(|power| (power * 18_446_744_073_709_551_616.0) as u64);
        Self { steps: steps.collect() }
    }

    /// Coordinate `axis` of point `i`, from 0 up to but not 1.
    ///
    /// # Panics
    /// If there is no such axis.
    pub fn coordinate(&self, i: u64, axis: usize) -> f64 {
        const HALF: u64 = 1 << 63;
        unit(HALF.wrapping_add(i.wrapping_add(1).wrapping_mul(self.steps[axis])))
    }
}

/// The positive root of `g^(d + 1) = g + 1`, by a contraction that gains at least a bit a step.
fn generalised_golden_ratio(dimensions: usize) -> f64 {
    let power = 1.0 / (dimensions as f64 + 1.0);
    (0..64).fold(2.0, |g, _| exp(power * ln(1.0 + g)))
}
