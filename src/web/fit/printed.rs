//! Numbers of a fit as they are printed: a degenerate one gives any number.

use crate::units::{Shown, Unit, interval, show, significant};

/// From here on numbers without a scale are powers of ten.
const MILLION: f64 = 1e6;
/// Numbers that differ by more than this factor do not share a scale.
const FAR: f64 = 10.0;

/// A number with so many significant digits, from a million on with a power of ten: `4.6480 × 10¹²`.
pub fn figures(value: f64, digits: usize) -> String {
    if !value.is_finite() || value.abs() < MILLION {
        return significant(value, digits);
    }
    let written = format!("{value:.*e}", digits.saturating_sub(1));
    let Some((mantissa, exponent)) = written.split_once('e') else { return significant(value, digits) };
    let mantissa = mantissa.replace('-', "−");
    Shown { mantissa, exponent: exponent.parse().ok(), scale: "", unit: "" }.number()
}

/// An amount with its scale and without its unit.
pub fn amount(value: f64, unit: Unit) -> String {
    if unit == Unit::TokensPerParameter { figures(value, 3) } else { show(value, unit).number() }
}

/// The ends of an interval: in the scale and decimals of its value, or each in its own where they lie far apart.
pub fn ends(value: f64, ends: [f64; 2], unit: Unit) -> [String; 2] {
    if are_far(value, ends) {
        return ends.map(|end| amount(end, unit));
    }
    ends.map(|end| {
        let both = interval(value, [end, end], unit).number();
        both.split_once(" to ").map_or(both.clone(), |(_, upper)| upper.to_owned())
    })
}

/// Both ends in words: `52.1 to 102.3 B`, `33.0 M to 32.1 B`.
pub fn between(value: f64, both: [f64; 2], unit: Unit) -> String {
    if are_far(value, both) {
        ends(value, both, unit).join(" to ")
    } else {
        interval(value, both, unit).number()
    }
}

fn are_far(value: f64, [low, high]: [f64; 2]) -> bool {
    let sizes = [value, low, high].map(f64::abs);
    let most = sizes.iter().copied().fold(0.0, crate::num::max);
    let least = sizes.iter().copied().fold(f64::INFINITY, crate::num::min);
    most > FAR * least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_a_million_on_a_number_is_a_power_of_ten() {
        assert_eq!(figures(29_296.4, 5), "29\u{202f}296");
        assert_eq!(figures(4.648e12, 5), "4.6480\u{a0}×\u{a0}10¹²");
        assert_eq!(figures(-9.99999e6, 3), "−1.00\u{a0}×\u{a0}10⁷");
        assert_eq!(figures(f64::INFINITY, 3), "∞");
    }

    #[test]
    fn ends_that_lie_far_apart_have_a_scale_each() {
        let size = Unit::Parameters;
        assert_eq!(between(73.19e9, [52.07e9, 102.3e9], size), "52.1 to 102.3\u{a0}B");
        assert_eq!(between(33e6, [33e6, 32.1345e9], size), "33.0\u{a0}M to 32.1\u{a0}B");
        assert_eq!(ends(88.2e6, [62.8e6, 3.14e21], Unit::TokensPerParameter)[1], "3.14\u{a0}×\u{a0}10²¹");
        assert_eq!(ends(1.9, [1.7, 2.0], Unit::NatsPerToken), ["1.700", "2.000"]);
    }
}
