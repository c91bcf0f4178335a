//! Numbers as a chart writes them: three digits, exact powers of ten.
//!
//! Decades and digits are read from the printed number, so that no logarithm can put 10²⁴ at
//! 9.999 × 10²³.

use super::text::raise;

/// How the numbers of an axis or a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `5.76 × 10²³`; ticks `10²³`.
    Powers,
    /// `73.2 B`; ticks `100 B`.
    Quantity,
    /// `1.974`, with so many decimals.
    Decimal(usize),
}

impl Format {
    /// A value, with three significant digits where the format does not say otherwise.
    ///
    /// ```
    /// use isoflop::figure::Format;
    /// assert_eq!(Format::Powers.value(5.76e23), "5.76 × 10²³");
    /// assert_eq!(Format::Quantity.value(7.319e10), "73.2\u{a0}B");
    /// assert_eq!(Format::Decimal(3).value(1.9744), "1.974");
    /// ```
    pub fn value(self, x: f64) -> String {
        match self {
            Self::Powers => scientific(x),
            Self::Quantity => quantity(x),
            Self::Decimal(places) => decimal(x, places),
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
            Self::Quantity => {
                let (scale, suffix) = suffix_of(value);
                let places = places_of(value / scale);
                format!("{:.places$} to {:.places$}{suffix}", lower / scale, upper / scale)
            }
            other => format!("{} to {}", other.value(lower), other.value(upper)),
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
    format!("{m}e{e}").parse().unwrap_or(f64::NAN)
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
pub fn power_tick(m: i64, e: i32) -> String {
    if m == 1 { format!("10{}", raise(e)) } else { format!("{m} × 10{}", raise(e)) }
}

/// A tick of a quantity axis: `100 B`, or a power beyond a thousand trillions.
pub fn quantity_tick(x: f64) -> String {
    if x >= 1e15 {
        let e = decade(x);
        return power_tick((x / power(1, e)).round() as i64, e);
    }
    let (scale, suffix) = suffix_of(x);
    format!("{}{suffix}", x / scale)
}

fn scientific(x: f64) -> String {
    if x.abs() < 1e5 && x.abs() >= 1e-3 || x == 0.0 {
        return three_digits(x);
    }
    let text = format!("{x:.2e}");
    let (digits, e) = split(&text);
    let digits = digits.replace('-', "−");
    if digits == "1.00" { format!("10{}", raise(e)) } else { format!("{digits} × 10{}", raise(e)) }
}

fn quantity(x: f64) -> String {
    if x.abs() >= 1e15 || (x.abs() < 1e-3 && x != 0.0) {
        return scientific(x);
    }
    let (scale, suffix) = suffix_of(x);
    format!("{}{suffix}", three_digits(x / scale))
}

fn decimal(x: f64, places: usize) -> String {
    format!("{x:.places$}").replace('-', "−")
}

/// Three significant digits, in plain notation.
fn three_digits(x: f64) -> String {
    decimal(x, places_of(x))
}

fn places_of(x: f64) -> usize {
    if x == 0.0 {
        return 0;
    }
    let e = split(&format!("{x:.2e}")).1;
    usize::try_from(2 - e).unwrap_or(0)
}

/// What K, M, B and T stand for, by the value rounded to three digits: 999.9 M is 1.00 B.
fn suffix_of(x: f64) -> (f64, &'static str) {
    let e = if x == 0.0 { 0 } else { split(&format!("{x:.2e}")).1 };
    match e {
        ..3 => (1.0, ""),
        3..6 => (1e3, "\u{a0}K"),
        6..9 => (1e6, "\u{a0}M"),
        9..12 => (1e9, "\u{a0}B"),
        _ => (1e12, "\u{a0}T"),
    }
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
    fn rounding_carries_into_the_next_unit() {
        assert_eq!(quantity(9.999e8), "1.00\u{a0}B");
        assert_eq!(quantity(1.31e12), "1.31\u{a0}T");
        assert_eq!(quantity(54e9), "54.0\u{a0}B");
        assert_eq!(scientific(9.999e22), "10²³");
        assert_eq!(scientific(-2e-9), "−2.00 × 10⁻⁹");
        assert_eq!(quantity(0.0), "0");
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
        assert_eq!(quantity_tick(1e11), "100\u{a0}B");
        assert_eq!(quantity_tick(2e12), "2\u{a0}T");
        assert_eq!(quantity_tick(1e15), "10¹⁵");
        assert_eq!(quantity_tick(50.0), "50");
    }
}
