//! Amounts whose type says what they count.
//!
//! There is no multiplication between them: that compute is six times parameters times tokens is a cost
//! model, and so a named formula.

use std::fmt;
use std::str::FromStr;

use super::{Expected, Unit, UnitError, ascii, read, show};

/// Defines a positive, finite amount of one unit.
macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, $unit:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
        pub struct $name(f64);

        impl $name {
            /// The unit it is counted in.
            pub const UNIT: Unit = $unit;

            /// The amount, if it is finite and positive.
            ///
            /// # Errors
            /// [`UnitError::Value`] if it is not.
            pub fn new(amount: f64) -> Result<Self, UnitError> {
                Expected::from(Self::UNIT).check(amount, &ascii(amount)).map(Self)
            }

            /// The amount in the base unit.
            pub const fn get(self) -> f64 {
                self.0
            }
        }

        impl FromStr for $name {
            type Err = UnitError;

            /// Reads the amount as [`read()`] does.
            fn from_str(text: &str) -> Result<Self, UnitError> {
                read(text, Self::UNIT).map(|read| Self(read.value))
            }
        }

        impl TryFrom<f64> for $name {
            type Error = UnitError;

            fn try_from(amount: f64) -> Result<Self, UnitError> {
                Self::new(amount)
            }
        }

        impl fmt::Display for $name {
            /// Writes the amount as [`show`] does.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                show(self.0, Self::UNIT).fmt(f)
            }
        }
    };
}

quantity! {
    /// A number of parameters, such as `70B`. Prints as `70.0 B parameters`.
    Params, Unit::Parameters
}
quantity! {
    /// A number of tokens, such as `1.4T tokens`. Prints as `1.40 T tokens`.
    Tokens, Unit::Tokens
}
quantity! {
    /// A count of floating-point operations, such as `5.76e23` or `1 PF-day`. Prints as `5.76 × 10²³ FLOPs`.
    Flops, Unit::Flops
}
