//! Reads an amount from text.

use super::cursor::Cursor;
use super::expected::clip;
use super::number::number;
use super::slip::Slip;
use super::suffix::{is_money, suffix};
use super::{Expected, Shown, TextFault, Unit, UnitError, ValueFault, show};

/// An amount that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The amount in the base unit.
    pub value: f64,
    /// The unit it is in.
    pub unit: Unit,
    /// What was probably meant, where the text is likely to be a slip.
    pub slip: Option<Slip>,
}

impl Read {
    /// The amount as the page echoes it, such as `5.76 × 10²³ FLOPs`.
    pub fn shown(&self) -> Shown {
        show(self.value, self.unit)
    }
}

/// Reads an amount, such as `70B`, `1.4T tokens` or `5.76×10^23 FLOPs`.
///
/// `expected` is a [`Unit`], or an [`Expected`] where another sign or a decimal comma is allowed. A unit
/// in the text must be the expected one; without one, the number is in the base unit. The value is the
/// double nearest to what was written.
///
/// # Errors
/// [`UnitError::Text`] where the text does not follow the grammar (see [the module](super)) or names
/// another unit, [`UnitError::Value`] where the value has a sign that is not allowed or is out of range.
///
/// # Example
/// ```
/// use isoflop::units::{Unit, read};
///
/// assert_eq!(read("5.76 × 10²³", Unit::Flops)?.value, 5.76e23);
/// assert_eq!(read("2.5 ZFLOP", Unit::Flops)?.value, 2.5e21);
/// assert_eq!(
///     read("1,5", Unit::Tokens).unwrap_err().to_string(),
///     "expected a positive number of tokens such as \"1.4T\"; \",\" at character 2 does not separate \
///      groups of three digits, and the decimal sign here is a point"
/// );
/// # Ok::<(), isoflop::units::UnitError>(())
/// ```
pub fn read(text: &str, expected: impl Into<Expected>) -> Result<Read, UnitError> {
    read_as(text, expected.into())
}

fn read_as(text: &str, expected: Expected) -> Result<Read, UnitError> {
    let mut cursor = Cursor::new(text, expected);
    let rest = cursor.rest();
    if rest.is_empty() {
        return Err(cursor.fail_at(0, "", TextFault::Empty));
    }
    if is_money(&rest.to_ascii_lowercase()) {
        return Err(cursor.fail_at(cursor.position(), &rest, TextFault::NotYet("dollars")));
    }
    if is_no_number(&rest) {
        return expected.check(f64::NAN, text.trim()).map(|value| Read {
            value,
            unit: expected.unit,
            slip: None,
        });
    }
    let number = number(&mut cursor)?;
    let suffix = suffix(&mut cursor)?;
    let digits = number.digits.times(suffix.factor).shift(suffix.shift);
    let value = digits.to_f64();
    let fail = |fault| Err(UnitError::Value { expected, given: clip(text.trim()), fault });
    if value.is_infinite() {
        return fail(ValueFault::TooLarge);
    }
    if value == 0.0 && !digits.is_zero() {
        return fail(ValueFault::TooSmall);
    }
    let value = expected.check(value, text.trim())?;
    let bare = number.plain && !suffix.written;
    let slip = if bare { Slip::of(digits, expected.unit) } else { None };
    Ok(Read { value, unit: expected.unit, slip })
}

/// Whether a text writes out that there is no number, or an infinite one.
fn is_no_number(text: &str) -> bool {
    let bare = text.trim_start_matches(['-', '+', '\u{2212}']).to_ascii_lowercase();
    ["nan", "inf", "infinity", "∞"].contains(&bare.as_str())
}
