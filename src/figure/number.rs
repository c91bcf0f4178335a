//! Numbers as a chart writes them: as the page does, with ticks that are exact powers of ten.
//!
//! Decades and digits are read from the printed number, so that no logarithm can put 10²⁴ at
//! 9.999 × 10²³.

use crate::num::decimal;
use crate::units::{self, Unit};

use super::text::raise;

/// How the numbers of an axis or a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `5.76 × 10²³`; ticks `10²³`.
    Powers,
    /// `73.2 B`; ticks `100 B`.
    Quantity,
    /// `17.9`; ticks `10 000`.
    Ratio,
    /// `1.974`, with so many decimals.
    Decimal(u8),
}

impl Format {
    /// A value, with three significant digits where the format does not say otherwise.
    ///
    /// ```
    /// use isoflop::figure::Format;
    /// assert_eq!(Format::Quantity.value(7.319e10), "73.2\u{a0}B");
    /// assert_eq!(Format::Decimal(3).value(1.9744), "1.974");
    /// ```
    pub fn value(self, x: f64) -> String {
        match self {
            Self::Powers => units::show(x, Unit::Flops).number(),
            Self::Quantity => units::show(x, Unit::Parameters).number(),
            Self::Ratio => units::show(x, Unit::TokensPerParameter).number(),
            Self::Decimal(places) => units::decimals(x, places),
        }
    }

    /// `lower to upper` in the unit and the decimals of the value they enclose.
    ///
    /// ```
    /// use isoflop::figure::Format;
    /// assert_eq!(Format::Quantity.interval(73.2e9, 52.08e9, 102.34e9), "52.1 to 102.3\u{a0}B");
    /// ```
    pub fn interval(self, value: f64, lower: f64, upper: f64) -> String {
        match self {
            Self::Powers => units::interval(value, [lower, upper], Unit::Flops).number(),
            Self::Quantity => units::interval(value, [lower, upper], Unit::Parameters).number(),
            Self::Ratio => units::interval(value, [lower, upper], Unit::TokensPerParameter).number(),
            Self::Decimal(_) => format!("{} to {}", self.value(lower), self.value(upper)),
        }
    }
}

/// The decade a positive number lies in: the largest e with 10^e at most x.
pub fn decade(x: f64) -> i32 {
    split(&format!("{x:e}")).1
}

/// The smallest e with 10^e at least x.
pub fn decade_above(x: f64) -> i32 {
    let e = decade(x);
    if power(1, e) >= x { e } else { e + 1 }
}

/// The double nearest to m 10^e.
pub fn power(m: i64, e: i32) -> f64 {
    decimal(&format!("{m}e{e}")).unwrap_or(f64::NAN)
}

/// The largest of 1, 2, 5 times a power of ten that is at most x, as (m, e).
pub fn nice_below(x: f64) -> (i64, i32) {
    let e = decade(x);
    let m = [5, 2].into_iter().find(|m| power(*m, e) <= x).unwrap_or(1);
    (m, e)
}

/// The smallest of 1, 2, 5 times a power of ten that is at least x.
pub fn nice_above(x: f64) -> (i64, i32) {
    let e = decade(x);
    [1, 2, 5].into_iter().find(|m| power(*m, e) >= x).map_or((1, e + 1), |m| (m, e))
}

/// A tick of a power axis: `10²³`, or `2 × 10²³`.
pub fn power_tick(mut m: i64, mut e: i32) -> String {
    while m % 10 == 0 && m != 0 {
        (m, e) = (m / 10, e + 1);
    }
    if m == 1 { format!("10{}", raise(e)) } else { format!("{m}\u{a0}×\u{a0}10{}", raise(e)) }
}

/// A tick of an axis of amounts of a unit: `100 B`, or a power beyond a thousand trillions.
pub fn tick(m: i64, e: i32, unit: Unit) -> String {
    let mut shown = units::show(power(m, e), unit);
    if shown.exponent.is_some() {
        return power_tick(m, e);
    }
    if shown.mantissa.contains('.') {
        let short = shown.mantissa.trim_end_matches('0').trim_end_matches('.').len();
        shown.mantissa.truncate(short);
    }
    shown.number()
}

/// Digits and exponent of a number printed with `e`.
fn split(text: &str) -> (&str, i32) {
    let (digits, e) = text.split_once('e').unwrap_or((text, "0"));
    (digits, e.parse().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten_are_exact() {
        for e in -30..=30 {
            let x = power(1, e);
            assert_eq!((decade(x), decade_above(x)), (e, e));
            assert_eq!(power_tick(1, e), format!("10{}", raise(e)));
        }
    }

    #[test]
    fn nice_numbers_enclose() {
        assert_eq!(nice_below(7.3e10), (5, 10));
        assert_eq!(nice_above(7.3e10), (1, 11));
        assert_eq!(nice_above(2e10), (2, 10));
        assert_eq!(nice_below(1.0), (1, 0));
    }

    #[test]
    fn ticks_drop_their_zeros() {
        let count = |m, e| tick(m, e, Unit::Parameters);
        assert_eq!([count(1, 11), count(2, 12), count(1, 15)], ["100\u{a0}B", "2\u{a0}T", "10¹⁵"]);
        assert_eq!(count(5, 1), "50");
        let ratio = |m, e| tick(m, e, Unit::TokensPerParameter);
        assert_eq!([ratio(5, -1), ratio(1, 3), ratio(3, 4)], ["0.5", "1000", "30\u{202f}000"]);
    }
}
