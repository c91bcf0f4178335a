//! What a text is expected to hold.

use std::fmt;

use super::{Sign, Unit, UnitError, ValueFault};

/// What a text is expected to hold. A [`Unit`] alone means its usual sign and a decimal point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The unit of the amount.
    pub unit: Unit,
    /// The signs it may have.
    pub sign: Sign,
    /// How its decimal sign is written.
    pub decimal: Decimal,
}

/// The decimal sign of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Decimal {
    /// `1.5`; a comma separates groups of three digits.
    #[default]
    Point,
    /// `1,5`; a point separates groups of three digits, where no reader could take it for a decimal sign.
    Comma,
}

impl Expected {
    /// The same with a decimal sign.
    #[must_use]
    pub const fn decimal(self, decimal: Decimal) -> Self {
        Self { decimal, ..self }
    }

    /// The same with the signs it may have.
    #[must_use]
    pub const fn sign(self, sign: Sign) -> Self {
        Self { sign, ..self }
    }

    /// In words, without an example, such as `a positive number of tokens`.
    pub fn words(self) -> String {
        self.unit.expected(self.sign)
    }

    /// The number itself if it is finite and has an allowed sign; `given` is how it was written.
    ///
    /// # Errors
    /// [`UnitError::Value`], saying which.
    pub fn check(self, value: f64, given: &str) -> Result<f64, UnitError> {
        let fail = |fault| Err(UnitError::Value { expected: self, given: clip(given), fault });
        if !value.is_finite() {
            return fail(ValueFault::NotFinite);
        }
        if !self.sign.allows(value) {
            let negative = self.sign == Sign::NotNegative;
            return fail(if negative { ValueFault::Negative } else { ValueFault::NotPositive });
        }
        // Minus zero is zero.
        Ok(value + 0.0)
    }
}

impl From<Unit> for Expected {
    fn from(unit: Unit) -> Self {
        Self { unit, sign: unit.sign(), decimal: Decimal::Point }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} such as \"{}\"", self.words(), self.unit.example())
    }
}

/// A text short enough to be repeated in a message.
pub(crate) fn clip(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut clipped: String = text.chars().take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        clipped.push('…');
    }
    clipped
}
