//! From decimal text to the nearest double.

/// The double nearest to a number such as `12`, `-0.5`, `.5`, `5.` or `5.76e23`: infinite beyond the largest, zero
/// below the smallest, nothing where the text is no such number.
///
/// Numbers of a Question are read by `serde_json`; read by the same code here, a page need not load a second
/// parser, with ten kilobytes of tables of its own.
pub fn decimal(text: &str) -> Option<f64> {
    let (sign, rest) = match text.as_bytes().first()? {
        b'-' => ("-", &text[1..]),
        b'+' => ("", &text[1..]),
        _ => ("", text),
    };
    let (digits, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let exponent_digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let all_digits =
        [whole, fraction, exponent_digits].into_iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    if !all_digits || whole.len() + fraction.len() == 0 || exponent_digits.is_empty() {
        return None;
    }
    // As JSON has it: no zero before the first digit, and a digit on either side of the point.
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    // Here only a number that is too large is refused.
    let beyond = if sign.is_empty() { f64::INFINITY } else { f64::NEG_INFINITY };
    Some(serde_json::from_str(&format!("{sign}{whole}.{fraction}0e{exponent}")).unwrap_or(beyond))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::decimal;

    /// The standard library, which reads the same, and words such as `inf` besides.
    #[allow(clippy::disallowed_methods, reason = "it is what ours is compared with")]
    fn standard(text: &str) -> Option<f64> {
        text.parse().ok().filter(|_| !text.contains(|c: char| c.is_alphabetic() && !matches!(c, 'e' | 'E')))
    }

    #[test]
    fn the_ends_of_the_range() {
        for text in
            ["1e400", "-1e400", "1e99999999999999999999", "1e-400", "-1e-400", "0e99999999999999999999", "-0"]
        {
            assert_eq!(decimal(text).map(f64::to_bits), standard(text).map(f64::to_bits), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn reads_what_the_standard_library_reads(text in "[+-]?[0-9]{0,25}\\.?[0-9]{0,25}([eE][+-]?[0-9]{0,3})?") {
            prop_assert_eq!(decimal(&text).map(f64::to_bits), standard(&text).map(f64::to_bits));
        }

        #[test]
        fn refuses_what_the_standard_library_refuses(text in "[-+.eE0-9 _a-n]{0,8}") {
            prop_assert_eq!(decimal(&text).map(f64::to_bits), standard(&text).map(f64::to_bits));
        }
    }
}
