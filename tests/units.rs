//! Amounts are read as people write them, to the bit, and what cannot be read says where and why.

use isoflop::outcome::Explain;
use isoflop::units::{
    Amount, Decimal, Expected, Flops, Params, Sign, TextFault, Tokens, Unit, UnitError, read,
};
use proptest::prelude::*;

const P: Unit = Unit::Parameters;
const D: Unit = Unit::Tokens;
const C: Unit = Unit::Flops;

#[test]
fn every_way_to_write_an_amount_gives_the_nearest_double() {
    let table: &[(&str, Unit, f64)] = &[
        ("70B", P, 70e9),
        ("70 B", P, 70e9),
        ("70B parameters", P, 70e9),
        ("70 B params", P, 70e9),
        (" 70.5 billion\t", P, 70.5e9),
        ("1.07B", P, 1.07e9),
        ("1.4T tokens", D, 1.4e12),
        ("1.4 T tokens", D, 1.4e12),
        ("1.40\u{a0}T\u{a0}tokens", D, 1.4e12),
        ("300B Tokens", D, 300e9),
        ("12k", D, 12e3),
        ("12K", D, 12e3),
        ("3 M", P, 3e6),
        ("5.76e23", C, 5.76e23),
        ("5.76E+23 FLOPs", C, 5.76e23),
        ("5.76×10^23 FLOPs", C, 5.76e23),
        ("5.76 × 10²³", C, 5.76e23),
        ("5.76\u{a0}×\u{a0}10²³\u{a0}FLOPs", C, 5.76e23),
        ("5.76x10^23", C, 5.76e23),
        ("5.76 * 10**23", C, 5.76e23),
        ("10^23", C, 1e23),
        ("10²³ FLOP", C, 1e23),
        ("1 PF-day", C, 8.64e19),
        ("6,667 PF-days", C, 6667.0 * 8.64e19),
        ("3.7e3 PFLOP/s-days", C, 3.19680e23),
        ("2.5 ZFLOP", C, 2.5e21),
        ("2.5ZFLOPs", C, 2.5e21),
        ("1 EFLOP", C, 1e18),
        ("1EFLOP", C, 1e18),
        ("3 PFLOPs", C, 3e15),
        ("3 GFLOP", C, 3e9),
        ("3 TFLOP", C, 3e12),
        ("3 flops", C, 3.0),
        ("1,400", D, 1400.0),
        ("1,400,000.5", D, 1_400_000.5),
        ("1 400 000", D, 1.4e6),
        ("864\u{2009}000\u{2009}000\u{2009}000 FLOPs", C, 864e9),
        ("6\u{202f}795", P, 6795.0),
        ("70_000_000_000", P, 70e9),
        ("+3e9", P, 3e9),
        (".5B", P, 5e8),
        ("5.", D, 5.0),
        ("2.31 nats per token", Unit::NatsPerToken, 2.31),
        ("2.31 nats/token", Unit::NatsPerToken, 2.31),
        ("20 tokens per parameter", Unit::TokensPerParameter, 20.0),
        ("-0.34", Unit::One, -0.34),
        ("−1.5×10⁻³", Unit::One, -1.5e-3),
        ("0e999999999999999999999", Unit::One, 0.0),
        ("1e-320", Unit::One, 1e-320),
        ("$2M", Unit::Dollars, 2e6),
        ("$1.01\u{a0}M", Unit::Dollars, 1.01e6),
        ("$1,500", Unit::Dollars, 1500.0),
        ("2M dollars", Unit::Dollars, 2e6),
        ("1 dollar", Unit::Dollars, 1.0),
        ("2 million USD", Unit::Dollars, 2e6),
        ("2M$", Unit::Dollars, 2e6),
        ("2e6", Unit::Dollars, 2e6),
        ("$2.50/h", Unit::DollarsPerHour, 2.5),
        ("$2.50\u{a0}per\u{a0}hour", Unit::DollarsPerHour, 2.5),
        ("$2.50 an hour", Unit::DollarsPerHour, 2.5),
        ("$2.50 / GPU-hr", Unit::DollarsPerHour, 2.5),
        ("2.50 dollars/hour", Unit::DollarsPerHour, 2.5),
        ("30 days", Unit::Seconds, 2_592_000.0),
        ("12 hours", Unit::Seconds, 43_200.0),
        ("90 min", Unit::Seconds, 5400.0),
        ("1.5h", Unit::Seconds, 5400.0),
        ("7 s", Unit::Seconds, 7.0),
        ("30 days", Unit::Days, 30.0),
        ("30", Unit::Days, 30.0),
        ("1 hour", Unit::Days, 1.0 / 24.0),
        ("2 weeks", Unit::Days, 14.0),
        ("7 seconds", Unit::Days, 7.0 / 86_400.0),
        ("10k H100-hours", Unit::DeviceHours, 1e4),
        ("10K GPU hours", Unit::DeviceHours, 1e4),
        ("5 million A100-80GB-hours", Unit::DeviceHours, 5e6),
        ("404\u{a0}K\u{a0}device-hours", Unit::DeviceHours, 404e3),
        ("10 T4-days", Unit::DeviceHours, 240.0),
        ("3 MI300X-hours", Unit::DeviceHours, 3.0),
        ("2.664M H800 hours", Unit::DeviceHours, 2.664e6),
        ("64 H100 for 30 days", Unit::DeviceHours, 46_080.0),
        ("16K H100s for 54 days", Unit::DeviceHours, 20_736_000.0),
        ("8 RTX 4090 for 12 hours", Unit::DeviceHours, 96.0),
        ("8960 TPU v5p for 44 d", Unit::DeviceHours, 9_461_760.0),
        ("989 TFLOP/s", Unit::FlopsPerSecond, 989e12),
        ("1.979 PFLOP/s", Unit::FlopsPerSecond, 1.979e15),
        ("312 TFLOPS", Unit::FlopsPerSecond, 312e12),
        ("9.89 × 10¹⁴ FLOP per second", Unit::FlopsPerSecond, 989e12),
        ("80 GB", Unit::Bytes, 80e9),
        ("80GB", Unit::Bytes, 80e9),
        ("24 GiB", Unit::Bytes, 25_769_803_776.0),
        ("7.02B requests", Unit::Requests, 7.02e9),
    ];
    for (text, unit, value) in table {
        let read = read(text, *unit).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(read.value.to_bits(), value.to_bits(), "{text}");
    }
}

#[test]
fn what_cannot_be_read_says_where_and_why() {
    let table: &[(&str, Unit, &str, &str)] = &[
        ("", P, "units.empty", r#"expected a positive number of parameters such as "70B"; got nothing"#),
        ("  ", P, "units.empty", r#"expected a positive number of parameters such as "70B"; got nothing"#),
        (
            "large",
            P,
            "units.not_a_number",
            r#"expected a positive number of parameters such as "70B"; got "large""#,
        ),
        (
            "1,5",
            D,
            "units.grouping",
            r#"expected a positive number of tokens such as "1.4T"; "," at character 2 does not separate groups of three digits, and the decimal sign here is a point"#,
        ),
        ("14,00", D, "units.grouping", "at character 3"),
        ("0,140", D, "units.grouping", "at character 2"),
        ("1,400 000", D, "units.grouping", "at character 6"),
        ("1400,000", D, "units.grouping", "at character 5"),
        ("1.400,5", D, "units.unexpected", r#"",5" at character 6 is not understood"#),
        ("1.2.3", D, "units.unexpected", r#"".3" at character 4"#),
        ("576 10^23", C, "units.grouping", "at character 4"),
        ("5.76 e23", C, "units.unexpected", r#""e23" at character 6 is not understood"#),
        ("5.76×23", C, "units.power", r#""×23" at character 5 lacks its power of ten"#),
        ("5 × 10", C, "units.power", "at character 3"),
        (
            "5E",
            C,
            "units.ambiguous",
            r#""E" at character 2 could mean two things: write 5e18 for a power of ten, or 5 EFLOP for FLOPs"#,
        ),
        ("5 E FLOPs", C, "units.ambiguous", "at character 3"),
        ("5e", C, "units.ambiguous", "at character 2"),
        ("5e+", C, "units.unexpected", "at character 2"),
        ("70b", P, "units.ambiguous", "write B for a billion"),
        ("3 m", P, "units.ambiguous", "write M for a million"),
        (
            "70G",
            P,
            "units.flop_scale",
            r#""G" at character 3 is a scale of FLOPs, as in 2.5 ZFLOP; otherwise use K, M, B or T"#,
        ),
        ("70P", C, "units.flop_scale", "at character 3"),
        (
            "1.4T tokens",
            P,
            "units.other_unit",
            r#""tokens" at character 6 is an amount of another unit, tokens"#,
        ),
        ("1 PF-day", D, "units.other_unit", r#""PF-day" at character 3 is an amount of another unit, FLOPs"#),
        ("1 EFLOP", D, "units.other_unit", r#""EFLOP" at character 3"#),
        (
            "312 TFLOPS",
            C,
            "units.rate",
            r#""TFLOPS" at character 5 is a rate, operations per second: write FLOPs for a count"#,
        ),
        ("312 TFLOP/s", C, "units.rate", "at character 5"),
        ("1e15 FLOPs per second", C, "units.rate", "at character 6"),
        ("70 x", P, "units.power", "at character 4"),
        ("70 bananas", P, "units.unexpected", r#""bananas" at character 4 is not understood"#),
        ("70 BB", P, "units.unexpected", "at character 4"),
        ("٣", P, "units.not_a_number", "got"),
        ("-3", D, "units.not_positive", r#"expected a positive number of tokens such as "1.4T"; got "-3""#),
        ("0", D, "units.not_positive", r#"got "0""#),
        ("-2 T", D, "units.not_positive", r#"got "-2 T""#),
        ("NaN", D, "units.not_finite", r#"got "NaN", which is not a finite number"#),
        ("inf", D, "units.not_finite", "not a finite number"),
        ("-∞", Unit::One, "units.not_finite", "not a finite number"),
        ("1e400", C, "units.too_large", "1.8e308"),
        ("1e99999999999999999999 PF-days", C, "units.too_large", "1.8e308"),
        ("1e-400", C, "units.too_small", "too near to zero"),
    ];
    refused(table);
}

#[test]
fn what_is_no_rate_money_or_time_says_where_and_why() {
    let table: &[(&str, Unit, &str, &str)] = &[
        ("70B FLOP/s", P, "units.rate", "operations per second"),
        (
            "$2M",
            C,
            "units.other_unit",
            r#"expected a positive number of FLOPs such as "5.76e23"; "$2M" at character 1 is an amount of another unit, dollars"#,
        ),
        ("2M USD", C, "units.other_unit", r#""USD" at character 4 is an amount of another unit, dollars"#),
        ("$2M tokens", D, "units.unexpected", r#""M" at character 3 is not understood"#),
        (
            "$",
            Unit::Dollars,
            "units.not_a_number",
            r#"expected a positive number of dollars such as "$2M"; got "$""#,
        ),
        ("-$3", Unit::Dollars, "units.not_positive", r#"got "-$3""#),
        (
            "$2.50/h",
            Unit::Dollars,
            "units.other_unit",
            r#""$2.50/h" at character 1 is an amount of another unit, dollars/hour"#,
        ),
        ("$2.50 per day", Unit::DollarsPerHour, "units.unexpected", "at character 7"),
        (
            "€2M",
            Unit::Dollars,
            "units.currency",
            r#""€2M" at character 1 is another currency: only US dollars are read, as in $2M"#,
        ),
        ("2M EUR", Unit::Dollars, "units.currency", "at character 2"),
        (
            "10k H100-hours",
            C,
            "units.other_unit",
            r#""H100-hours" at character 5 is an amount of another unit, device-hours"#,
        ),
        (
            "5.76e23 H100",
            C,
            "units.device_alone",
            r#""H100" at character 9 needs hours, as in 10k H100-hours or 64 H100 for 30 days"#,
        ),
        ("64 H100 for 30 days", C, "units.other_unit", r#""H100 for 30 days" at character 4"#),
        ("64 H100 for 30", Unit::DeviceHours, "units.device_alone", "at character 4"),
        ("64 H100 for ever", Unit::DeviceHours, "units.not_a_number", "got"),
        ("-64 H100 for -30 days", Unit::DeviceHours, "units.not_positive", "got"),
        ("12 hours", D, "units.other_unit", r#""hours" at character 4 is an amount of another unit, days"#),
        ("30 days", Unit::DeviceHours, "units.other_unit", "at character 4"),
        ("80 Gb", Unit::Bytes, "units.unexpected", "at character 4"),
    ];
    refused(table);
}

/// Each text is refused in its unit, with this code and these words.
fn refused(table: &[(&str, Unit, &str, &str)]) {
    for (text, unit, code, words) in table {
        let error = read(text, *unit).expect_err(text);
        assert_eq!(error.code(), *code, "{text}: {error}");
        assert!(error.to_string().contains(words), "{text}: {error}");
    }
}

#[test]
fn an_error_tells_a_program_what_it_tells_a_reader() {
    let error = read("5.76e23 H100", C).unwrap_err();
    assert_eq!(error.expected().as_deref(), Some("a positive number of FLOPs"));
    assert_eq!(error.given().as_deref(), Some("5.76e23 H100"));
    assert_eq!(error.unit(), Some("FLOPs"));
    assert_eq!(error.at().position, Some(8));
    let UnitError::Text { found, fault, .. } = error else { panic!("a text that was not understood") };
    assert_eq!((found.as_str(), fault), ("H100", TextFault::DeviceAlone));
}

#[test]
fn a_long_text_is_cut_where_a_message_repeats_it() {
    let error = read(&"x".repeat(100_000), P).unwrap_err();
    assert!(error.to_string().chars().count() < 200);
    assert!(error.given().is_some_and(|given| given.ends_with('…')));
}

#[test]
fn a_table_with_decimal_commas_reads_them_and_refuses_what_could_be_either() {
    let comma = |text| read(text, Expected::from(D).decimal(Decimal::Comma)).map(|read| read.value);
    assert_eq!(comma("1,5"), Ok(1.5));
    assert_eq!(comma("1,5e9"), Ok(1.5e9));
    assert_eq!(comma("1.400,5"), Ok(1400.5));
    assert_eq!(comma("1.400.000"), Ok(1.4e6));
    assert_eq!(comma("2,4 T"), Ok(2.4e12));
    assert_eq!(comma("1.400").map_err(|error| error.code()), Err("units.ambiguous"));
    assert_eq!(comma("3.14").map_err(|error| error.code()), Err("units.grouping"));
    assert_eq!(comma("1,400,000").map_err(|error| error.code()), Err("units.unexpected"));
}

#[test]
fn zero_is_read_only_where_it_is_allowed() {
    let demand = Expected::from(D).sign(Sign::NotNegative);
    assert_eq!(read("0", demand).map(|read| read.value), Ok(0.0));
    let error = read("-2T", demand).unwrap_err();
    assert_eq!(error.code(), "units.negative");
    assert_eq!(
        error.to_string(),
        r#"expected a number of tokens that is zero or more such as "1.4T"; got "-2T""#
    );
}

#[test]
fn a_likely_slip_comes_with_what_was_probably_meant() {
    let meant = |text, unit| read(text, unit).unwrap().slip.map(|slip| (slip.meant, slip.value));
    assert_eq!(meant("70", P), Some(("70\u{a0}B".to_owned(), 70e9)));
    assert_eq!(meant("1.07", P), Some(("1.07\u{a0}B".to_owned(), 1.07e9)));
    assert_eq!(meant("1.4", D), Some(("1.4\u{a0}T".to_owned(), 1.4e12)));
    assert_eq!(meant("300", D), Some(("300\u{a0}B".to_owned(), 300e9)));
    for (text, unit) in
        [("70 parameters", P), ("70B", P), ("7e1", P), ("7000", P), ("5", C), ("2.3", Unit::NatsPerToken)]
    {
        assert_eq!(meant(text, unit), None, "{text}");
    }
}

#[test]
fn an_amount_of_device_time_names_its_devices() {
    let devices =
        |text| read(text, Unit::DeviceHours).unwrap().devices.map(|devices| (devices.name, devices.count));
    let name = |name: &str| Some(name.to_owned());
    assert_eq!(devices("10k H100-hours"), Some((name("H100"), None)));
    assert_eq!(devices("10k GPU-hours"), Some((None, None)));
    assert_eq!(devices("64 H100 for 30 days"), Some((name("H100"), Some(64.0))));
    assert_eq!(devices("16K H100 SXM for 54 days"), Some((name("H100 SXM"), Some(16_000.0))));
    assert_eq!(devices("64 GPUs for 30 days"), Some((None, Some(64.0))));
    assert_eq!(devices("1e4"), None);
}

#[test]
fn typed_amounts_are_finite_and_positive() {
    assert_eq!("70B".parse::<Params>().map(Params::get), Ok(70e9));
    assert_eq!(
        Tokens::new(1.4e12).map(|tokens| tokens.to_string()),
        Ok("1.40\u{a0}T\u{a0}tokens".to_owned())
    );
    assert_eq!(Flops::new(5.76e23).unwrap().to_string(), "5.76\u{a0}×\u{a0}10²³\u{a0}FLOPs");
    assert_eq!(Params::new(f64::NAN).unwrap_err().code(), "units.not_finite");
    assert_eq!(
        Tokens::new(-3.0).unwrap_err().to_string(),
        r#"expected a positive number of tokens such as "1.4T"; got "-3""#
    );
}

#[test]
fn units_keep_the_names_of_the_contract() {
    let names = Unit::ALL.map(Unit::name);
    assert_eq!(names[..5], ["parameters", "tokens", "FLOPs", "nats/token", "tokens/parameter"]);
    assert_eq!(names.last(), Some(&"1"));
    for unit in Unit::ALL {
        assert_eq!(unit.name().parse(), Ok(unit));
        assert_eq!(serde_json::to_string(&unit).unwrap(), format!("\"{unit}\""));
    }
    assert_eq!("furlongs".parse::<Unit>().unwrap_err().code(), "units.unknown_unit");
}

#[test]
fn an_amount_in_json_is_a_number_or_text() {
    let amounts: Vec<Amount> = serde_json::from_str(r#"["1.07B", 1.07e9, 1070000000]"#).unwrap();
    for amount in &amounts {
        assert_eq!(amount.read(P), Ok(1.07e9));
    }
    assert_eq!(Amount::Number(-3.0).read(D).unwrap_err().code(), "units.not_positive");
}

/// Text near enough to an amount that most rules of the grammar are met.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "1",
        "0",
        "400",
        "10",
        "5.76",
        ".",
        ",",
        "e",
        "E",
        "+",
        "-",
        "−",
        "×",
        "x",
        "^",
        "**",
        "²³",
        "⁻",
        " ",
        "\u{a0}",
        "\u{2009}",
        "_",
        "K",
        "k",
        "M",
        "B",
        "T",
        "G",
        "Z",
        "FLOP",
        "FLOPs",
        "FLOPS",
        "PF-day",
        "/s",
        "tokens",
        "nan",
        "inf",
        "$",
        "€",
        "H100",
        "-hours",
        "hours",
        " for ",
        "days",
        "/h",
        "GB",
        "é",
        "\u{0}",
        "😀",
        "İ",
        "billion",
        "999999999999999999999",
    ]);
    prop_oneof![prop::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat()), any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8192))]

    #[test]
    fn hostile_text_is_read_or_refused_with_a_place_inside_it(text in hostile(), comma: bool) {
        let decimal = if comma { Decimal::Comma } else { Decimal::Point };
        for unit in Unit::ALL {
            match read(&text, Expected::from(unit).decimal(decimal)) {
                Ok(read) => prop_assert!(read.value.is_finite()),
                Err(error) => {
                    let position = error.at().position.unwrap_or(0);
                    prop_assert!(position <= text.chars().count());
                    prop_assert!(!error.to_string().is_empty());
                }
            }
        }
    }

    #[test]
    fn any_double_reads_back_from_its_digits(bits: u64) {
        let value = f64::from_bits(bits);
        prop_assume!(value.is_finite());
        let expected = value + 0.0;
        prop_assert_eq!(read(&format!("{value:e}"), Unit::One).unwrap().value.to_bits(), expected.to_bits());
    }

    #[test]
    fn a_scale_is_the_power_of_ten_it_stands_for(whole in 0_u32..100_000, places in 0_usize..6, scale in 0_usize..4) {
        let number = format!("{:.places$}", f64::from(whole) / 1000.0);
        let (letter, power) = [("K", 3), ("M", 6), ("B", 9), ("T", 12)][scale];
        let shifted: f64 = format!("{number}e{power}").parse().unwrap();
        prop_assert_eq!(read(&format!("{number}{letter}"), Unit::One).unwrap().value.to_bits(), shifted.to_bits());
    }

    #[test]
    fn spans_of_time_are_rounded_once(minutes in 1_u64..1 << 40) {
        let exact = |divisor: u64| minutes as f64 / divisor as f64;
        prop_assert_eq!(read(&format!("{minutes} minutes"), Unit::Days).unwrap().value, exact(1440));
        prop_assert_eq!(read(&format!("{minutes} H100-minutes"), Unit::DeviceHours).unwrap().value, exact(60));
    }

    #[test]
    fn pf_days_are_rounded_once(days in 1_u64..u64::MAX / 864) {
        let exact = u128::from(days) * 864;
        let nearest: f64 = format!("{exact}e17").parse().unwrap();
        prop_assert_eq!(read(&format!("{days} PF-days"), C).unwrap().value.to_bits(), nearest.to_bits());
    }
}
