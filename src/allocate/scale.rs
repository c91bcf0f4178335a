//! In what a number is worked.

use crate::num::{exp, ln};

/// Positive numbers are worked in their logarithm: there sums of powers are convex, products are linear, and nothing
/// depends on units. What may be zero or below is worked as it is, over its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Scale {
    Log,
    /// Over this size, which is positive.
    Natural(f64),
}

impl Scale {
    /// The scale of what reaches from `low` to `high`.
    pub fn between(low: f64, high: f64) -> Self {
        let size = crate::num::max(low.abs(), high.abs());
        let natural = low < 0.0 || low == 0.0 && high < f64::INFINITY;
        if natural { Self::Natural(size) } else { Self::Log }
    }

    /// The scale of what is about `value`.
    pub fn about(value: f64) -> Self {
        if value > 0.0 { Self::Log } else { Self::Natural(if value == 0.0 { 1.0 } else { -value }) }
    }

    pub fn worked(self, value: f64) -> f64 {
        match self {
            Self::Log => ln(value),
            Self::Natural(size) => value / size,
        }
    }

    pub fn value(self, worked: f64) -> f64 {
        match self {
            Self::Log => exp(worked),
            Self::Natural(size) => worked * size,
        }
    }

    /// Whether a value can be worked at all.
    pub fn takes(self, value: f64) -> bool {
        value < f64::INFINITY && value > if self == Self::Log { 0.0 } else { f64::NEG_INFINITY }
    }

    /// How much `value` changes as what is worked changes.
    pub fn slope(self, value: f64) -> f64 {
        match self {
            Self::Log => value,
            Self::Natural(size) => size,
        }
    }
}
