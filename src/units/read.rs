//! Reads an amount from text.

use super::cursor::Cursor;
use super::devices::{Devices, run};
use super::expected::clip;
use super::money::is_other_currency;
use super::number::number;
use super::slip::Slip;
use super::suffix::suffix;
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
    /// The devices that the text speaks of, where it does.
    pub devices: Option<Devices>,
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
/// double nearest to what was written; of devices for some time, the product of the two.
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
    let (plain, start) =
        (Read { value: f64::NAN, unit: expected.unit, slip: None, devices: None }, cursor.position());
    if is_no_number(&rest) {
        return expected.check(f64::NAN, text.trim()).map(|value| Read { value, ..plain });
    }
    if rest.starts_with(|first: char| !first.is_ascii()) && is_other_currency(&rest.to_ascii_lowercase()) {
        return Err(cursor.fail_at(start, &rest, TextFault::Currency));
    }
    let number = number(&mut cursor)?;
    if let Some(run) = run(&mut cursor, &number)? {
        let value = expected.check(run.hours, text.trim())?;
        return Ok(Read { value, devices: Some(run.devices), ..plain });
    }
    let suffix = suffix(&mut cursor, number.dollars)?;
    let digits = number.digits.times(suffix.factor).over(suffix.divisor).shift(suffix.shift);
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
    Ok(Read { value, slip, devices: suffix.devices, ..plain })
}

/// Reads an amount in whichever of several units it names, and in the first where it names none.
///
/// # Errors
/// As [`read()`], where it names a unit that is none of these.
///
/// # Example
/// ```
/// use isoflop::units::{Unit, read_any};
///
/// let budget = |text| read_any(text, &[Unit::Flops, Unit::Dollars, Unit::DeviceHours, Unit::Days]);
/// assert_eq!(budget("5.76e23").map(|read| (read.value, read.unit)), Ok((5.76e23, Unit::Flops)));
/// assert_eq!(budget("$2M").map(|read| (read.value, read.unit)), Ok((2e6, Unit::Dollars)));
/// assert_eq!(budget("12 hours").map(|read| (read.value, read.unit)), Ok((0.5, Unit::Days)));
/// assert_eq!(budget("70B tokens").unwrap_err().to_string().split("; ").next(),
///     Some("expected a positive number of FLOPs such as \"5.76e23\""));
/// ```
///
/// # Panics
/// If there is no unit to read in.
pub fn read_any(text: &str, units: &[Unit]) -> Result<Read, UnitError> {
    match read(text, units[0]) {
        Err(UnitError::Text { fault: TextFault::OtherUnit(unit), .. }) if units.contains(&unit) => {
            read(text, unit)
        }
        other => other,
    }
}

/// Whether a text writes out that there is no number, or an infinite one.
fn is_no_number(text: &str) -> bool {
    let bare = text.trim_start_matches(['-', '+', '\u{2212}']).to_ascii_lowercase();
    ["nan", "inf", "infinity", "∞"].contains(&bare.as_str())
}
