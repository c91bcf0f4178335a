//! Numbers are printed as the interface guide says, and what is printed reads back.

use isoflop::units::{
    Unit, ascii, decimals, device_hours, interval, multiple, percent, pf_days, ratio, read, show,
    significant, whole,
};
use proptest::prelude::*;

/// The text with ordinary spaces.
fn spaced(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn amounts_are_printed_as_people_read_them() {
    let table = [
        (70.0, Unit::Parameters, "70 parameters"),
        (70.5, Unit::Parameters, "70.5 parameters"),
        (999.4, Unit::Parameters, "999 parameters"),
        (999.6, Unit::Parameters, "1.00 K parameters"),
        (1400.0, Unit::Tokens, "1.40 K tokens"),
        (54e9, Unit::Parameters, "54.0 B parameters"),
        (40.360938e9, Unit::Parameters, "40.4 B parameters"),
        (999.6e9, Unit::Tokens, "1.00 T tokens"),
        (1.31e12, Unit::Tokens, "1.31 T tokens"),
        (2.35e14, Unit::Tokens, "235 T tokens"),
        (1e20, Unit::Tokens, "1.00 × 10²⁰ tokens"),
        (80e9, Unit::Bytes, "80.0 GB"),
        (1.17e12, Unit::Bytes, "1.17 TB"),
        (512.0, Unit::Bytes, "512 bytes"),
        (5.76e23, Unit::Flops, "5.76 × 10²³ FLOPs"),
        (9.999e23, Unit::Flops, "1.00 × 10²⁴ FLOPs"),
        (864e9, Unit::Flops, "864 000 000 000 FLOPs"),
        (1234.0, Unit::Flops, "1234 FLOPs"),
        (12345.0, Unit::Flops, "12 345 FLOPs"),
        (0.5, Unit::Flops, "0.500 FLOPs"),
        (1.9208460, Unit::NatsPerToken, "1.921 nats per token"),
        (2.0, Unit::NatsPerToken, "2.000 nats per token"),
        (58.93, Unit::TokensPerParameter, "58.9 tokens per parameter"),
        (5.914, Unit::TokensPerParameter, "5.91 tokens per parameter"),
        (233.4, Unit::TokensPerParameter, "233 tokens per parameter"),
        (0.34731, Unit::One, "0.3473"),
        (2143.4, Unit::One, "2143"),
        (-0.5, Unit::One, "−0.5000"),
        (0.0, Unit::One, "0.000"),
        (32.0, Unit::One, "32"),
        (0.0, Unit::Tokens, "0 tokens"),
        (-0.0, Unit::NatsPerToken, "0.000 nats per token"),
        (1.0134e6, Unit::Dollars, "$1.01 M"),
        (2e6, Unit::Dollars, "$2.00 M"),
        (15.0, Unit::Dollars, "$15"),
        (-1500.0, Unit::Dollars, "−$1.50 K"),
        (2.5, Unit::DollarsPerHour, "$2.50 per hour"),
        (43.98, Unit::Days, "44.0 days"),
        (30.0, Unit::Days, "30 days"),
        (404.5e3, Unit::DeviceHours, "404 K device-hours"),
        (9.89e14, Unit::FlopsPerSecond, "9.89 × 10¹⁴ FLOP per second"),
        (3e-9, Unit::One, "3.000 × 10⁻⁹"),
        (f64::INFINITY, Unit::Flops, "∞ FLOPs"),
        (f64::NAN, Unit::Flops, "no number FLOPs"),
    ];
    for (value, unit, text) in table {
        assert_eq!(spaced(&show(value, unit).to_string()), text);
    }
}

#[test]
fn ties_are_rounded_to_even_from_the_exact_expansion() {
    assert_eq!(decimals(0.0625, 3), "0.062");
    assert_eq!(decimals(0.1875, 3), "0.188");
    // 1.0005 lies below its decimal text, 1.0015 above.
    assert_eq!(decimals(1.0005, 3), "1.000");
    assert_eq!(decimals(1.0015, 3), "1.002");
    assert_eq!(decimals(-0.0004, 3), "0.000");
    assert_eq!(decimals(-0.0006, 3), "−0.001");
}

#[test]
fn an_interval_has_the_unit_and_decimals_of_its_value() {
    let text = |value, ends, unit| spaced(&interval(value, ends, unit).number());
    assert_eq!(text(73.19e9, [52.07e9, 102.31e9], Unit::Parameters), "52.1 to 102.3 B");
    assert_eq!(text(1.31e12, [0.9e12, 1.84e12], Unit::Tokens), "0.90 to 1.84 T");
    assert_eq!(text(1.974, [1.961, 1.98849], Unit::NatsPerToken), "1.961 to 1.988");
    assert_eq!(text(5.76e23, [4.2e22, 1.02e24], Unit::Flops), "0.42 to 10.20 × 10²³");
    assert_eq!(text(1.01e6, [0.9e6, 1.2e6], Unit::Dollars), "$0.90 to $1.20 M");
    assert_eq!(text(17.9, [4.0, f64::INFINITY], Unit::TokensPerParameter), "4.0 to ∞");
}

#[test]
fn ratios_percents_and_counts_are_in_words() {
    assert_eq!(spaced(&ratio(44.2)), "44 times");
    assert_eq!(spaced(&ratio(4.36)), "4.4 times");
    assert_eq!(spaced(&ratio(1234.0)), "1234 times");
    assert_eq!(spaced(&ratio(2e4)), "4.3 decades");
    assert_eq!([multiple(44.2), multiple(2e4)].map(|text| spaced(&text)), ["44 times", "4.3 decades past"]);
    assert_eq!(spaced(&ratio(9.9e4)), "5.0 decades");
    assert_eq!(spaced(&ratio(2e-5)), "−4.7 decades");
    assert_eq!(spaced(&ratio(0.25)), "0.25 times");
    assert_eq!(spaced(&percent(0.28)), "28 %");
    assert_eq!(spaced(&percent(0.0523)), "5.2 %");
    assert_eq!(spaced(&percent(0.0996)), "10 %");
    assert_eq!(spaced(&percent(0.0994)), "9.9 %");
    assert_eq!(spaced(&percent(-0.04)), "−4.0 %");
    assert_eq!(spaced(&percent(1.034)), "103 %");
    assert_eq!(spaced(&percent(0.0)), "0.0 %");
    assert_eq!(spaced(&pf_days(5.76e23)), "6 667 PF-days");
    assert_eq!(spaced(&pf_days(8.64e19)), "1.00 PF-days");
    assert_eq!(spaced(&device_hours(404.3e3, "H100")), "404 K H100-hours");
    assert_eq!(spaced(&whole(131_072.0)), "131 072");
    assert_eq!(spaced(&significant(12345.0, 3)), "12 300");
}

#[test]
fn what_is_copied_has_every_digit_in_plain_ascii() {
    assert_eq!(ascii(40_360_938_000.5), "40360938000.5");
    assert_eq!(ascii(5.76e23), "5.76e23");
    assert_eq!(ascii(1.4e12), "1400000000000");
    assert_eq!(ascii(-1e-9), "-1e-9");
    assert_eq!(ascii(0.0), "0");
}

/// The value that is shown: three significant digits, or a whole number.
fn rounded(value: f64, unit: Unit) -> f64 {
    let small_whole = value < 1000.0 && value.fract() == 0.0;
    let whole = matches!(unit, Unit::Flops | Unit::FlopsPerSecond) && (999.5..9.995e11).contains(&value);
    let text = if small_whole || whole { format!("{value:.0}") } else { format!("{value:.2e}") };
    text.parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8192))]

    #[test]
    fn what_is_printed_reads_back_to_the_rounded_value(bits: u64, power in -3_i32..30, mantissa in 1.0_f64..10.0) {
        for value in [f64::from_bits(bits).abs(), format!("{mantissa}e{power}").parse().unwrap()] {
            prop_assume!(value.is_finite() && value > 1e-300 && value < 1e300);
            let units = [Unit::Parameters, Unit::Tokens, Unit::Flops, Unit::TokensPerParameter];
            let costs = [Unit::Dollars, Unit::DollarsPerHour, Unit::DeviceHours, Unit::Days, Unit::FlopsPerSecond];
            for unit in units.into_iter().chain(costs) {
                let shown = show(value, unit).to_string();
                let back = read(&shown, unit).unwrap().value;
                prop_assert_eq!(back, rounded(value, unit), "{}", shown);
            }
        }
    }

    #[test]
    fn what_is_copied_reads_back_to_the_bit(bits: u64) {
        let value = f64::from_bits(bits);
        prop_assume!(value.is_finite());
        let copied = ascii(value);
        prop_assert!(copied.is_ascii());
        prop_assert_eq!(read(&copied, Unit::One).unwrap().value.to_bits(), (value + 0.0).to_bits());
    }

    #[test]
    fn printing_never_panics(bits: u64, other: u64) {
        let (value, end) = (f64::from_bits(bits), f64::from_bits(other));
        for unit in Unit::ALL {
            show(value, unit).to_string();
            interval(value, [end, value], unit).to_string();
        }
        for text in [ratio(value), percent(value), pf_days(value), whole(value), decimals(value, 4), significant(value, 0)] {
            prop_assert!(!text.is_empty());
        }
    }
}
