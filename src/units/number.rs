//! Reads the number at the head of an amount, as decimal digits.

use super::cursor::Cursor;
use super::digits::{Digits, count};
use super::{Decimal, TextFault, UnitError};

/// A number as it was written.
pub(super) struct Number {
    /// Its decimal digits.
    pub digits: Digits,
    /// Whether it was written out, without a power of ten.
    pub plain: bool,
    /// Where a dollar sign stands before it, if one does.
    pub dollars: Option<usize>,
}

/// Spaces that stand between groups of digits: plain, no-break, figure, thin, narrow no-break.
const SPACES: [char; 5] = [' ', '\u{a0}', '\u{2007}', '\u{2009}', '\u{202f}'];

/// Signs of multiplication before a power of ten.
const TIMES: [char; 6] = ['×', 'x', 'X', '*', '·', '⋅'];

/// The superscript digits, in order.
pub(super) const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// Reads a number and leaves the cursor behind it.
pub(super) fn number(cursor: &mut Cursor) -> Result<Number, UnitError> {
    let start = cursor.position();
    let negative = cursor.take_any(&['-', '\u{2212}', '+']).is_some_and(|sign| sign != '+');
    let sign = cursor.position();
    let dollars = cursor.take_any(&['$']).map(|_| sign);
    let whole = whole(cursor)?;
    let fraction = fraction(cursor);
    let mut digits = Digits { negative, text: whole + &fraction, exponent: -count(fraction.len()) };
    if digits.text.is_empty() {
        return Err(cursor.fail(start, TextFault::NotANumber));
    }
    let ten = fraction.is_empty() && digits.text == "10";
    let power = if ten { power(cursor) } else { None };
    if power.is_some() {
        digits.text.truncate(1);
    }
    let shift = if power.is_some() { power } else { exponent(cursor)? };
    Ok(Number { digits: digits.shift(shift.unwrap_or(0)), plain: shift.is_none(), dollars })
}

/// Reads the digits before the decimal sign, with their groups.
fn whole(cursor: &mut Cursor) -> Result<String, UnitError> {
    let start = cursor.position();
    let mut digits = cursor.digits();
    let mut separator = None;
    while let Some(next) = group_separator(cursor) {
        let position = cursor.position();
        let headed = separator == Some(next) || separator.is_none() && is_first_group(&digits);
        let shown = cursor.peek().unwrap_or(next);
        cursor.advance(1);
        let group = cursor.digits();
        if !headed || group.len() != 3 {
            return Err(cursor.fail_at(position, &shown.to_string(), TextFault::Grouping));
        }
        separator = Some(next);
        digits.push_str(&group);
    }
    // In a table with decimal commas 1.400.000 and 1.400,5 are clear, 1.400 is not.
    if separator == Some('.') && digits.len() <= 6 && cursor.peek() != Some(',') {
        let instead = "this table has decimal commas, so write 1400, 1.400,0 or 1,4";
        return Err(cursor.fail(start, TextFault::Ambiguous(instead)));
    }
    Ok(digits)
}

/// Whether groups may follow these digits: `0,140` would be read as a decimal comma.
fn is_first_group(digits: &str) -> bool {
    (1..=3).contains(&digits.len()) && !digits.starts_with('0')
}

/// The kind of separator that comes next, if a digit follows it. All spaces are one kind.
fn group_separator(cursor: &Cursor) -> Option<char> {
    let next = cursor.peek()?;
    let kind = if SPACES.contains(&next) { ' ' } else { next };
    let mark = if cursor.expected.decimal == Decimal::Comma { '.' } else { ',' };
    let separates = kind == ' ' || kind == '_' || kind == mark;
    (separates && cursor.ahead(1)?.is_ascii_digit()).then_some(kind)
}

/// Reads the decimal sign and the digits behind it.
fn fraction(cursor: &mut Cursor) -> String {
    let sign = if cursor.expected.decimal == Decimal::Comma { ',' } else { '.' };
    if cursor.take_any(&[sign]).is_none() {
        return String::new();
    }
    cursor.digits()
}

/// Reads `e23` or `× 10^23`, if either comes next.
fn exponent(cursor: &mut Cursor) -> Result<Option<i64>, UnitError> {
    let start = cursor.position();
    if cursor.take_any(&['e', 'E']).is_some() {
        let exponent = signed(cursor);
        if exponent.is_none() {
            cursor.back_to(start);
        }
        return Ok(exponent);
    }
    cursor.skip_space();
    let sign = cursor.position();
    if cursor.take_any(&TIMES).is_none() {
        cursor.back_to(start);
        return Ok(None);
    }
    cursor.skip_space();
    let power = if cursor.take("10") { power(cursor) } else { None };
    power.map(Some).ok_or_else(|| cursor.fail(sign, TextFault::Power))
}

/// Reads the exponent behind a ten: `^23`, `**23` or `²³`.
fn power(cursor: &mut Cursor) -> Option<i64> {
    let start = cursor.position();
    cursor.skip_space();
    if cursor.take("^") || cursor.take("**") {
        cursor.skip_space();
        let exponent = signed(cursor);
        if exponent.is_none() {
            cursor.back_to(start);
        }
        return exponent;
    }
    cursor.back_to(start);
    superscript(cursor)
}

/// Reads a whole number with an optional sign.
fn signed(cursor: &mut Cursor) -> Option<i64> {
    let negative = cursor.take_any(&['-', '\u{2212}', '+']).is_some_and(|sign| sign != '+');
    let digits = cursor.digits();
    bounded(&digits, negative)
}

/// Reads a whole number in superscript.
fn superscript(cursor: &mut Cursor) -> Option<i64> {
    let start = cursor.position();
    let negative = cursor.take_any(&['⁻', '⁺']).is_some_and(|sign| sign == '⁻');
    let mut digits = String::new();
    while let Some(next) = cursor.take_any(&SUPERSCRIPTS) {
        let digit = SUPERSCRIPTS.iter().position(|s| *s == next).unwrap_or(0);
        digits.push(char::from(b'0' + digit as u8));
    }
    if digits.is_empty() {
        cursor.back_to(start);
    }
    bounded(&digits, negative)
}

/// The exponent, cut where every double has long overflowed whatever its digits.
fn bounded(digits: &str, negative: bool) -> Option<i64> {
    const FARTHEST: i64 = 1_000_000_000_000;
    if digits.is_empty() {
        return None;
    }
    let size = digits.parse::<i64>().unwrap_or(FARTHEST).min(FARTHEST);
    Some(if negative { -size } else { size })
}
