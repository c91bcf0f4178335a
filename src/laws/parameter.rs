//! The parameters of a law, and where their values may lie.

use crate::units::Unit;

/// A number that a fit determines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// Its name in the formula.
    pub symbol: &'static str,
    /// The unit of the term that it scales; [`Unit::One`] for an exponent.
    pub unit: Unit,
    /// Where its value may lie.
    pub bounds: Bounds,
}

/// Where the value of a parameter may lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bounds {
    /// Anywhere.
    Free,
    /// Above zero.
    Positive,
    /// From the first to the second, both included.
    In(f64, f64),
}

/// The box of exponents: below it a term does not depend on its variable, above it no law lies.
const EXPONENTS: Bounds = Bounds::In(0.02, 2.0);

/// A positive parameter, in this unit.
pub const fn positive(symbol: &'static str, unit: Unit) -> Parameter {
    Parameter { symbol, unit, bounds: Bounds::Positive }
}

/// A parameter of any sign, in this unit.
pub const fn free(symbol: &'static str, unit: Unit) -> Parameter {
    Parameter { symbol, unit, bounds: Bounds::Free }
}

/// A parameter from `low` to `high`, both included, in this unit.
pub const fn within(symbol: &'static str, unit: Unit, low: f64, high: f64) -> Parameter {
    Parameter { symbol, unit, bounds: Bounds::In(low, high) }
}

/// An exponent, from 0.02 to 2.
pub const fn exponent(symbol: &'static str) -> Parameter {
    Parameter { symbol, unit: Unit::One, bounds: EXPONENTS }
}

impl Bounds {
    /// The bounds of an exponent of which nothing else is known: 0.02 to 2.
    pub const fn exponent() -> Self {
        EXPONENTS
    }

    /// Whether a value may be this. NaN and infinities may not.
    pub fn contains(self, value: f64) -> bool {
        match self {
            Self::Free => value.is_finite(),
            Self::Positive => value > 0.0 && value.is_finite(),
            Self::In(low, high) => (low..=high).contains(&value),
        }
    }
}
