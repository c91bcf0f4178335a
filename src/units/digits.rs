//! Decimal numbers as their digits.
//!
//! Reading and printing shift and round decimal digits, never floats: what is read is rounded to a
//! double once, and what is printed is rounded once from the double's exact decimal expansion.

use crate::num::decimal;

/// A decimal number: its digits as one whole number, times a power of ten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Digits {
    /// Whether a minus stands before it.
    pub negative: bool,
    /// ASCII digits, at least one.
    pub text: String,
    /// The power of ten of the last digit.
    pub exponent: i64,
}

impl Digits {
    /// A finite number rounded to so many significant digits, half to even.
    pub fn significant(value: f64, digits: usize) -> Self {
        Self::from_scientific(format!("{value:.*e}", digits.saturating_sub(1)))
    }

    /// The shortest digits that read back as this finite number.
    pub fn shortest(value: f64) -> Self {
        Self::from_scientific(format!("{value:e}"))
    }

    /// A finite number rounded to a multiple of ten to the power `place`, half to even.
    pub fn at_place(value: f64, place: i64) -> Self {
        let exact = Self::shortest(value);
        let leading = exact.leading();
        let digits = usize::try_from(leading - place + 1).unwrap_or(0);
        if exact.is_zero() || digits == 0 {
            let up = !exact.is_zero() && leading == place - 1 && exact.is_above_half();
            let digits = if up { "1" } else { "0" };
            return Self { negative: exact.negative && up, text: digits.to_owned(), exponent: place };
        }
        Self::significant(value, digits).padded_to(place)
    }

    /// The number times a power of ten.
    pub fn shift(self, by: i64) -> Self {
        Self { exponent: self.exponent.saturating_add(by), ..self }
    }

    /// The number times a small whole factor, exactly.
    pub fn times(&self, factor: u32) -> Self {
        let mut carry = 0_u64;
        let mut reversed = Vec::with_capacity(self.text.len() + 4);
        for digit in self.text.bytes().rev() {
            carry += u64::from(digit - b'0') * u64::from(factor);
            reversed.push(char::from(b'0' + (carry % 10) as u8));
            carry /= 10;
        }
        let mut digits = if carry == 0 { String::new() } else { carry.to_string() };
        digits.extend(reversed.iter().rev());
        Self { text: digits, ..self.clone() }
    }

    /// The number over a small whole divisor: exactly, or cut where the nearest double is the same.
    pub fn over(&self, divisor: u32) -> Self {
        /// More significant digits than any double has, or any number half way between two.
        const MOST: usize = 770;
        let (mut rest, mut text, mut exponent) = (0_u64, String::new(), self.exponent);
        let mut digits = self.text.bytes();
        loop {
            let next = digits.next();
            if next.is_none() {
                if rest == 0 || text.len() > MOST {
                    break;
                }
                exponent -= 1;
            }
            rest = 10 * rest + u64::from(next.unwrap_or(b'0') - b'0');
            let digit = char::from(b'0' + (rest / u64::from(divisor)) as u8);
            rest %= u64::from(divisor);
            if !text.is_empty() || digit != '0' {
                text.push(digit);
            }
        }
        // What was cut off makes the number no tie.
        let cut = if rest == 0 { "0" } else { "1" };
        Self { negative: self.negative, text: text + cut, exponent: exponent - 1 }
    }

    /// The nearest double; infinite or zero where there is none.
    pub fn to_f64(&self) -> f64 {
        let sign = if self.negative { "-" } else { "" };
        let text = format!("{sign}{}e{}", self.text, self.exponent);
        decimal(&text).unwrap_or(f64::NAN)
    }

    /// Whether every digit is zero.
    pub fn is_zero(&self) -> bool {
        self.text.bytes().all(|digit| digit == b'0')
    }

    /// The power of ten of the first digit.
    pub fn leading(&self) -> i64 {
        self.exponent + count(self.text.len()) - 1
    }

    /// The whole digits, and the digits after the point (as many as the exponent says).
    pub fn parts(&self) -> (String, String) {
        let Ok(places) = usize::try_from(-self.exponent) else {
            let zeros = usize::try_from(self.exponent).unwrap_or(0);
            return (format!("{}{}", self.text, "0".repeat(zeros)), String::new());
        };
        let padded = format!("{:0>width$}", self.text, width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        (whole.to_owned(), fraction.to_owned())
    }

    /// Reads what Rust prints for `{:e}`: its digits stay where they are, and the signs go.
    fn from_scientific(mut text: String) -> Self {
        let end = text.find('e').unwrap_or(text.len());
        let power = text[end..].trim_start_matches('e').parse::<i64>().unwrap_or(0);
        text.truncate(end);
        let negative = text.starts_with('-');
        if negative {
            text.remove(0);
        }
        let point = text.find('.');
        let decimals = point.map_or(0, |point| {
            text.remove(point);
            count(text.len() - point)
        });
        Self { negative, text, exponent: power - decimals }
    }

    /// Pads with zeros so that the last digit stands at `place`, which is not above it.
    fn padded_to(mut self, place: i64) -> Self {
        let zeros = usize::try_from(self.exponent - place).unwrap_or(0);
        self.text.extend(std::iter::repeat_n('0', zeros));
        self.exponent = self.exponent.min(place);
        self
    }

    /// Whether the digits, read as a fraction 0.ddd, are above one half.
    fn is_above_half(&self) -> bool {
        let rest = self.text.trim_end_matches('0');
        rest > "5"
    }
}

/// A length as a signed number.
pub(super) fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::Digits;

    fn digits(text: &str, exponent: i64) -> Digits {
        Digits { negative: false, text: text.to_owned(), exponent }
    }

    #[test]
    fn rounding_at_a_place_is_half_to_even_on_either_side_of_the_first_digit() {
        let at = |value, place| Digits::at_place(value, place).to_f64();
        assert_eq!(at(1234.5, 0), 1234.0);
        assert_eq!(at(1235.5, 0), 1236.0);
        assert_eq!(at(0.6, 0), 1.0);
        assert_eq!(at(0.5, 0), 0.0);
        assert_eq!(at(0.49, 0), 0.0);
        assert_eq!(at(0.04, 0), 0.0);
        assert_eq!(at(-0.6, 0), -1.0);
        assert_eq!(at(9.96, -1), 10.0);
        assert_eq!(at(0.0, -3), 0.0);
        assert!(!Digits::at_place(-0.3, 0).negative);
    }

    #[test]
    fn a_place_always_gets_its_digits_even_after_a_carry() {
        assert_eq!(Digits::at_place(9.96, -1).parts(), ("10".to_owned(), "0".to_owned()));
        assert_eq!(Digits::at_place(0.0, -3).parts(), ("0".to_owned(), "000".to_owned()));
    }

    #[test]
    fn multiplying_digits_is_exact() {
        assert_eq!(digits("1", 17).times(864), digits("864", 17));
        assert_eq!(digits("125", -2).times(864), digits("108000", -2));
        assert_eq!(digits("99999999999999999999", 0).times(864).text, "86399999999999999999136");
    }

    #[test]
    fn dividing_digits_gives_the_nearest_double() {
        for (text, exponent, divisor, quotient) in [
            ("720", 0, 24, 30.0),
            ("1", 0, 24, 1.0 / 24.0),
            ("7", -1, 60, 7.0 / 600.0),
            ("0", 0, 60, 0.0),
            ("1", 300, 3, 3.333_333_333_333_333_5e299),
        ] {
            assert_eq!(
                digits(text, exponent).over(divisor).to_f64(),
                quotient,
                "{text}e{exponent}/{divisor}"
            );
        }
        let small = format!("{}1", "0".repeat(2000));
        assert_eq!(digits(&small, 0).over(3).to_f64(), 1.0 / 3.0);
        assert!(digits("2", 0).over(3).text.len() < 800);
    }
}
