//! Amounts that were probably written without their scale.

use std::fmt;

use super::digits::Digits;
use super::{Unit, ascii};

/// An amount far below any that is meant, and what was probably meant.
///
/// ```
/// use isoflop::units::{Unit, read};
///
/// let slip = read("70", Unit::Parameters)?.slip.expect("no model has 70 parameters");
/// assert_eq!(slip.to_string(), "Read as 70 parameters. Did you mean 70\u{a0}B?");
/// assert_eq!(slip.value, 70e9);
/// # Ok::<(), isoflop::units::UnitError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Slip {
    /// How the text was read, such as `70 parameters`.
    pub read_as: String,
    /// What was probably meant, such as `70 B`; it can be typed in place of the text.
    pub meant: String,
    /// The same in the base unit.
    pub value: f64,
}

impl Slip {
    /// The slip that a number without scale or unit is likely to be, if any.
    ///
    /// Parameters under a thousand are billions; tokens under 30 are trillions, under a thousand billions.
    pub(super) fn of(digits: Digits, unit: Unit) -> Option<Self> {
        let value = digits.to_f64();
        let (scale, power) = match unit {
            Unit::Tokens if value < 30.0 => ("T", 12),
            Unit::Parameters | Unit::Tokens if value < 1e3 => ("B", 9),
            _ => return None,
        };
        let read_as = format!("{} {}", ascii(value), unit.words());
        let meant = format!("{}\u{a0}{scale}", ascii(value));
        (value > 0.0).then(|| Self { read_as, meant, value: digits.shift(power).to_f64() })
    }
}

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Read as {}. Did you mean {}?", self.read_as, self.meant)
    }
}
