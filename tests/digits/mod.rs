//! Numbers as they stand in print.

use isoflop::num;

/// How far a number may be from a printed one: half of its last digit, and the rounding of that half.
pub fn half(printed: &str) -> f64 {
    let (mantissa, exponent) = printed.split_once('e').unwrap_or((printed, "0"));
    let decimals = mantissa.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let power = exponent.parse::<i32>().expect("an exponent") - i32::try_from(decimals).expect("few digits");
    let unit: f64 = format!("1e{power}").parse().expect("a power of ten");
    0.5 * unit * (1.0 + 1e-9)
}

/// Whether a number is printed so, or is as near as `tolerance`, relatively.
pub fn reads(given: f64, printed: &str, tolerance: f64) -> bool {
    let value: f64 = printed.parse().expect("a number");
    (given - value).abs() <= num::max(half(printed), tolerance * value.abs())
}
