//! Prints numbers as people read them.
//!
//! Parameters, tokens and dollars have three significant digits and a scale, FLOPs a power of ten, losses three
//! decimals. Every number is rounded once, half to even, from the exact decimal expansion of the double.
//! What is printed here reads back, to the value that is shown. No text here breaks within a line.

use std::fmt;

use super::Unit;
use super::digits::{Digits, count};
use super::number::SUPERSCRIPTS;

const NO_BREAK: char = '\u{a0}';
/// Between thousands. A thin space, U+2009, would let a line end within a number.
const THIN: char = '\u{202f}';
const MINUS: char = '\u{2212}';

/// A number as the page shows it, in pieces: `mantissa × 10^exponent scale unit`.
///
/// ```
/// use isoflop::units::{Unit, show};
///
/// let budget = show(5.76e23, Unit::Flops);
/// assert_eq!((budget.mantissa.as_str(), budget.exponent, budget.unit), ("5.76", Some(23), "FLOPs"));
/// assert_eq!(budget.to_string().replace('\u{a0}', " "), "5.76 × 10²³ FLOPs");
///
/// let size = show(40.36e9, Unit::Parameters);
/// assert_eq!((size.mantissa.as_str(), size.scale, size.unit), ("40.4", "B", "parameters"));
/// assert_eq!(size.number().replace('\u{a0}', " "), "40.4 B");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The digits with their signs, of dollars too, and point; or two such with `to` between them.
    pub mantissa: String,
    /// The power of ten that the digits are multiplied by, where one is written.
    pub exponent: Option<i32>,
    /// `K`, `M`, `B`, `T`, or empty.
    pub scale: &'static str,
    /// The unit in words, such as `nats per token`; empty for a number without a unit, and for dollars.
    pub unit: &'static str,
}

impl Shown {
    /// The number with its power or scale, and without its unit: `5.76 × 10²³`, `40.4 B`.
    pub fn number(&self) -> String {
        let power = self.exponent.map_or_else(String::new, raised);
        let gap = if self.scale.is_empty() { "" } else { "\u{a0}" };
        format!("{}{power}{gap}{}", self.mantissa, self.scale)
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.number())?;
        if self.unit.is_empty() { Ok(()) } else { write!(f, "{NO_BREAK}{}", self.unit) }
    }
}

/// The amount as the page shows it. Total: infinite is `∞`, and NaN is `no number`.
pub fn show(value: f64, unit: Unit) -> Shown {
    let form = Form::of(value, unit);
    Shown {
        mantissa: form.mantissa(value),
        exponent: form.exponent(),
        scale: form.scale,
        unit: words(unit, form.scale),
    }
}

/// An interval with the scale and decimals of its value: `52.1 to 102.3 B` about `73.2 B`.
///
/// ```
/// use isoflop::units::{Unit, interval};
///
/// let around = interval(73.19e9, [52.07e9, 102.3e9], Unit::Parameters);
/// assert_eq!(around.number(), "52.1 to 102.3\u{a0}B");
/// ```
pub fn interval(value: f64, ends: [f64; 2], unit: Unit) -> Shown {
    let form = Form::of(value, unit);
    // Digits that would stand before the point of an end that is very far.
    let far = ends.iter().any(|end| end.abs() >= DECADES * value.abs());
    if far && form.power != 0 {
        let [low, high] = ends.map(|end| show(end, unit).number());
        return Shown {
            mantissa: format!("{low} to {high}"),
            exponent: None,
            scale: "",
            unit: words(unit, form.scale),
        };
    }
    let [low, high] = ends.map(|end| form.mantissa(end));
    let mantissa = format!("{low} to {high}");
    Shown { mantissa, exponent: form.exponent(), scale: form.scale, unit: words(unit, form.scale) }
}

/// The unit in words behind the number: that of dollars stands before it.
fn words(unit: Unit, scale: &str) -> &'static str {
    match unit {
        Unit::Dollars => "",
        // `GB` names them.
        Unit::Bytes if !scale.is_empty() => "",
        Unit::DollarsPerHour => "per hour",
        _ => unit.words(),
    }
}

/// The number with so many significant digits, as plain digits where those are short: `58.9`.
pub fn significant(value: f64, digits: usize) -> String {
    Form::significant(value, digits).number(value)
}

/// The number with so many decimals: `1.918`.
pub fn decimals(value: f64, places: u8) -> String {
    Form::decimals(value, i64::from(places)).number(value)
}

/// The nearest whole number with its thousands apart, four digits too: for counts, and for columns that
/// hold longer numbers.
pub fn whole(value: f64) -> String {
    if !value.is_finite() {
        return not_finite(value);
    }
    plain(&Digits::at_place(value, 0), 4)
}

/// A fraction as percent: two digits, with a decimal below ten.
///
/// ```
/// use isoflop::units::percent;
///
/// assert_eq!(percent(0.276), "28\u{a0}%");
/// assert_eq!(percent(-0.0523), "−5.2\u{a0}%");
/// ```
pub fn percent(fraction: f64) -> String {
    if !fraction.is_finite() {
        return not_finite(fraction);
    }
    let tenths = Digits::at_place(fraction, -3);
    let below_ten = tenths.is_zero() || tenths.text.len() <= 2;
    let shown = if below_ten { tenths } else { Digits::at_place(fraction, -2) };
    format!("{}{NO_BREAK}%", plain(&shown.shift(2), 5))
}

/// From here on ratios are said in decades.
const DECADES: f64 = 1e4;

/// A ratio in words: `4.4 times`, `44 times`, and from 10⁴ on `4.3 decades`.
pub fn ratio(ratio: f64) -> String {
    if !ratio.is_finite() || ratio <= 0.0 {
        return format!("{} times", significant(ratio, 2));
    }
    if !(1.0 / DECADES..DECADES).contains(&ratio) {
        return format!("{}{NO_BREAK}decades", decades(ratio));
    }
    let number = if ratio < 10.0 { significant(ratio, 2) } else { whole_or_five(ratio) };
    format!("{number}{NO_BREAK}times")
}

/// A ratio before what it is a multiple of: `44 times` the compute, and `4.3 decades past` it.
pub fn multiple(of: f64) -> String {
    let past = if of.is_finite() && of >= DECADES { " past" } else { "" };
    ratio(of) + past
}

/// A count of FLOPs in days of a petaflop per second: `6 667 PF-days`.
pub fn pf_days(flops: f64) -> String {
    let days = flops / 8.64e19;
    let number = if (100.0..1e15).contains(&days) { whole(days) } else { significant(days, 3) };
    format!("{number}{NO_BREAK}PF-days")
}

/// Hours of devices of one name: `404 K H100-hours`.
pub fn device_hours(hours: f64, device: &str) -> String {
    format!("{}{NO_BREAK}{device}-hours", show(hours, Unit::DeviceHours).number())
}

/// Every digit of a number in plain ASCII, for copying: `40360938000`, `5.76e23`.
pub fn ascii(value: f64) -> String {
    let size = value.abs();
    let short = size == 0.0 || (1e-5..1e16).contains(&size);
    if short || !value.is_finite() { format!("{value}") } else { format!("{value:e}") }
}

/// How a number is written: rounded to `decimals` places of ten to the power `power`.
struct Form {
    power: i64,
    decimals: i64,
    /// Whether the power is written out, as `× 10²³`.
    powered: bool,
    scale: &'static str,
    /// What stands before the digits.
    sign: &'static str,
}

impl Form {
    /// The form in which an amount is shown.
    fn of(value: f64, unit: Unit) -> Self {
        match unit {
            Unit::Flops | Unit::FlopsPerToken | Unit::FlopsPerSecond => Self::flops(value),
            Unit::Dollars | Unit::DollarsPerHour => Self { sign: "$", ..Self::counted(value) },
            Unit::Days if is_small_whole(value) => Self::plain(0),
            Unit::Days | Unit::TokensPerParameter | Unit::Seconds | Unit::Bits => Self::significant(value, 3),
            Unit::One if is_small_whole(value) && value != 0.0 => Self::plain(0),
            Unit::One => Self::significant(value, 4),
            unit if unit.is_loss() => Self::decimals(value, 3),
            Unit::Bytes => Self::scaled(value, &["", "kB", "MB", "GB", "TB", "PB"]),
            _ => Self::counted(value),
        }
    }

    fn plain(decimals: i64) -> Self {
        Self { power: 0, decimals, powered: false, scale: "", sign: "" }
    }

    fn powered(power: i64, decimals: i64) -> Self {
        Self { power, decimals, powered: true, scale: "", sign: "" }
    }

    /// Three significant digits with a scale; whole numbers below a thousand as they are.
    fn counted(value: f64) -> Self {
        Self::scaled(value, &["", "K", "M", "B", "T"])
    }

    /// The same with other scales, of a thousand each.
    fn scaled(value: f64, scales: &[&'static str]) -> Self {
        let leading = leading(value, 3);
        if is_small_whole(value) {
            return Self::plain(0);
        }
        let thousands = leading.div_euclid(3);
        match usize::try_from(thousands).ok().and_then(|n| scales.get(n).copied()) {
            Some(scale) => {
                let power = 3 * thousands;
                Self { decimals: 2 - (leading - power), scale, power, ..Self::plain(0) }
            }
            None => Self::significant(value, 3),
        }
    }

    /// A power of ten from 10¹² on, plain digits below.
    fn flops(value: f64) -> Self {
        let leading = leading(value, 3);
        match leading {
            12.. => Self::powered(leading, 2),
            3..12 => Self::plain(0),
            _ if is_small_whole(value) => Self::plain(0),
            _ => Self::significant(value, 3),
        }
    }

    fn significant(value: f64, digits: usize) -> Self {
        let leading = leading(value, digits);
        let more = count(digits.saturating_sub(1));
        if (-4..15).contains(&leading) { Self::plain(more - leading) } else { Self::powered(leading, more) }
    }

    fn decimals(value: f64, places: i64) -> Self {
        let leading = leading(value, 17);
        if leading < 15 { Self::plain(places) } else { Self::powered(leading, places) }
    }

    /// The digits of a number in this form.
    fn mantissa(&self, value: f64) -> String {
        if !value.is_finite() {
            return not_finite(value);
        }
        let digits = Digits::at_place(value, self.power - self.decimals).shift(-self.power);
        let digits = plain(&digits, 5);
        if self.sign.is_empty() {
            return digits;
        }
        match digits.strip_prefix(MINUS) {
            Some(size) => format!("{MINUS}{}{size}", self.sign),
            None => format!("{}{digits}", self.sign),
        }
    }

    fn exponent(&self) -> Option<i32> {
        self.powered.then_some(self.power as i32)
    }

    fn number(&self, value: f64) -> String {
        let (mantissa, exponent) = (self.mantissa(value), self.exponent());
        Shown { mantissa, exponent, scale: self.scale, unit: "" }.number()
    }
}

/// The power of ten of the first digit once rounded; zero for zero and what is not finite.
fn leading(value: f64, digits: usize) -> i64 {
    if value == 0.0 || !value.is_finite() { 0 } else { Digits::significant(value, digits).leading() }
}

/// Whether a number is whole and below a thousand.
fn is_small_whole(value: f64) -> bool {
    value.abs() < 1000.0 && value.fract() == 0.0
}

/// Digits with their sign, their point, and thin spaces once the whole part has so many digits.
fn plain(digits: &Digits, apart_from: usize) -> String {
    let (whole, fraction) = digits.parts();
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let mut text = String::new();
    if digits.negative && !digits.is_zero() {
        text.push(MINUS);
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && whole.len() >= apart_from {
            text.push(THIN);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(&fraction);
    }
    text
}

fn not_finite(value: f64) -> String {
    match value {
        f64::INFINITY => "∞".to_owned(),
        f64::NEG_INFINITY => format!("{MINUS}∞"),
        _ => "no number".to_owned(),
    }
}

/// A power of ten as a factor, its exponent in Unicode superscripts.
fn raised(exponent: i32) -> String {
    let sign = if exponent < 0 { "⁻" } else { "" };
    let digits = exponent.unsigned_abs().to_string();
    let raised: String = digits.bytes().map(|digit| SUPERSCRIPTS[usize::from(digit - b'0')]).collect();
    format!("{NO_BREAK}×{NO_BREAK}10{sign}{raised}")
}

/// The decimal logarithm of a positive number, with one decimal.
fn decades(ratio: f64) -> String {
    /// Ten to the power 0.05, 0.15, … 0.95: where the rounded tenth changes.
    const TENTHS: [f64; 10] = [
        1.1220184543019633,
        1.4125375446227544,
        1.7782794100389228,
        2.2387211385683394,
        2.8183829312644537,
        3.5481338923357546,
        4.466835921509632,
        5.623413251903491,
        7.079457843841379,
        8.912509381337454,
    ];
    let digits = Digits::shortest(ratio);
    let power = digits.leading();
    let mantissa = digits.shift(-power).to_f64();
    let tenths = count(TENTHS.iter().filter(|edge| mantissa >= **edge).count());
    let all = 10 * power + tenths;
    plain(&Digits { negative: all < 0, text: all.unsigned_abs().to_string(), exponent: -1 }, 5)
}

/// A whole number with thin spaces from 10 000 on.
fn whole_or_five(value: f64) -> String {
    plain(&Digits::at_place(value, 0), 5)
}
