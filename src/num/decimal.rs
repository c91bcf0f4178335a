//! From decimal text to the nearest double.

/// Digits beyond these cannot tell two doubles apart, except by not all being zero: what lies half-way between two
/// doubles has 767 at most.
const TOLD_BY: usize = 800;

/// The double nearest to a number such as `12`, `-0.5`, `.5`, `5.` or `5.76e23`: infinite beyond the largest, zero
/// below the smallest, nothing where the text is no such number.
///
/// The parsers of the standard library and of `serde_json` are faster at long numbers, and weigh ten kilobytes each,
/// most of them tables.
pub fn decimal(text: &str) -> Option<f64> {
    let (sign, rest) = match text.as_bytes().first()? {
        b'-' => (-1.0, &text[1..]),
        b'+' => (1.0, &text[1..]),
        _ => (1.0, text),
    };
    let (digits, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let exponent_digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let all_digits =
        [whole, fraction, exponent_digits].into_iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    if !all_digits || whole.len() + fraction.len() == 0 || exponent_digits.is_empty() {
        return None;
    }
    let beyond = if exponent.starts_with('-') { i64::MIN } else { i64::MAX };
    let power = exponent.parse().unwrap_or(beyond).saturating_sub(count(fraction));
    Some(sign * nearest([whole, fraction].concat().trim_start_matches('0'), power))
}

/// The double nearest to a whole number times a power of ten.
fn nearest(digits: &str, power: i64) -> f64 {
    let size = power.saturating_add(count(digits));
    if digits.is_empty() || size < -330 {
        return 0.0;
    }
    if size > 310 {
        return f64::INFINITY;
    }
    if digits.len() <= 15 && power.abs() <= 22 {
        // Both are exact, so that this rounds once.
        let whole = digits.bytes().fold(0.0, |whole, digit| whole * 10.0 + f64::from(digit - b'0'));
        let scale = (0..power.abs()).fold(1.0, |scale, _| scale * 10.0);
        return if power < 0 { whole / scale } else { whole * scale };
    }
    let (over, under) = fraction(digits, power);
    divide(over, under)
}

fn count(digits: &str) -> i64 {
    i64::try_from(digits.len()).unwrap_or(i64::MAX)
}

/// Large whole numbers: 32 bits an entry, the lowest first.
type Whole = Vec<u32>;

/// The number as one whole number over another.
fn fraction(digits: &str, mut power: i64) -> (Whole, Whole) {
    let (told, rest) = digits.split_at(digits.len().min(TOLD_BY));
    let (mut over, mut under) = (Whole::new(), vec![1]);
    told.bytes().for_each(|digit| multiply(&mut over, 10, u32::from(digit - b'0')));
    power += count(rest);
    if rest.bytes().any(|digit| digit != b'0') {
        multiply(&mut over, 10, 1);
        power -= 1;
    }
    let scaled = if power < 0 { &mut under } else { &mut over };
    (0..power.abs()).for_each(|_| multiply(scaled, 10, 0));
    (over, under)
}

/// The double nearest to a quotient, of two as good the even one: bit after bit, as in school.
fn divide(mut over: Whole, mut under: Whole) -> f64 {
    // Both of one length, the quotient lies between 1/2 and 2.
    let mut exponent = bits(&over) - bits(&under);
    shift(if exponent < 0 { &mut over } else { &mut under }, exponent.unsigned_abs());
    let len = over.len().max(under.len()) + 1;
    over.resize(len, 0);
    under.resize(len, 0);
    let mut spare = vec![0; len];
    if !step(&mut over, &under, &mut spare) {
        exponent -= 1;
        step(&mut over, &under, &mut spare);
    }
    // Below the smallest normal number, a bit less for each power of two.
    let precision = 53 + (exponent + 1022).min(0);
    if precision < 0 {
        return 0.0;
    }
    let (mut mantissa, mut bit) = (0_u64, true);
    for _ in 0..precision {
        mantissa = mantissa * 2 + u64::from(bit);
        bit = step(&mut over, &under, &mut spare);
    }
    let more = over.iter().any(|part| *part != 0);
    mantissa += u64::from(bit && (more || mantissa % 2 == 1));
    // The first bit of a normal number adds one to the exponent before it; so does one that rounding carries up.
    let normal = (exponent + 1022).max(0);
    if normal > 2045 { f64::INFINITY } else { f64::from_bits(((normal as u64) << 52) + mantissa) }
}

/// The next bit of a quotient; twice what remains takes the place of what is divided.
fn step(over: &mut [u32], under: &[u32], spare: &mut [u32]) -> bool {
    let mut borrow = 0;
    for (left, (a, b)) in spare.iter_mut().zip(over.iter().zip(under)) {
        let difference = i64::from(*a) - i64::from(*b) + borrow;
        *left = difference as u32;
        borrow = difference >> 32;
    }
    if borrow == 0 {
        over.copy_from_slice(spare);
    }
    let mut carry = 0;
    for part in over {
        (*part, carry) = (*part << 1 | carry, *part >> 31);
    }
    borrow == 0
}

fn multiply(whole: &mut Whole, by: u32, plus: u32) {
    let mut carry = u64::from(plus);
    for part in whole.iter_mut() {
        carry += u64::from(*part) * u64::from(by);
        *part = carry as u32;
        carry >>= 32;
    }
    if carry > 0 {
        whole.push(carry as u32);
    }
}

fn shift(whole: &mut Whole, by: u32) {
    multiply(whole, 1 << (by % 32), 0);
    whole.splice(0..0, (0..by / 32).map(|_| 0));
}

fn bits(whole: &Whole) -> i32 {
    whole.last().map_or(0, |last| 32 * whole.len() as u32 - last.leading_zeros()).cast_signed()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::decimal;

    /// The standard library, which reads the same, and words such as `inf` besides.
    #[allow(clippy::disallowed_methods)]
    fn standard(text: &str) -> Option<f64> {
        text.parse().ok().filter(|_| !text.contains(|c: char| c.is_alphabetic() && !matches!(c, 'e' | 'E')))
    }

    #[test]
    fn the_ends_of_the_range() {
        for text in [
            "1e400",
            "-1e400",
            "1e99999999999999999999",
            "1e-400",
            "-1e-400",
            "0e99999999999999999999",
            "-0",
            "1e-99999999999999999999",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "4.9406564584124654e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "9007199254740993",
            "0.1",
        ] {
            assert_eq!(decimal(text).map(f64::to_bits), standard(text).map(f64::to_bits), "{text}");
        }
    }

    proptest! {
        #[test]
        fn reads_what_lies_half_way_and_a_little_beyond(
            mantissa in 1_u64 << 52..1 << 53,
            power in -340..310,
            zeros in 0_usize..900,
            little in prop::bool::ANY,
        ) {
            let half = 2 * mantissa + 1;
            let text = format!("{half}.{}{}e0", "0".repeat(zeros), u8::from(little));
            prop_assert_eq!(decimal(&text).map(f64::to_bits), standard(&text).map(f64::to_bits));
            let exact = format!("{:.1074}", f64::from_bits(mantissa) * 1.5);
            prop_assert_eq!(decimal(&exact).map(f64::to_bits), standard(&exact).map(f64::to_bits));
            let text = format!("{half}e{power}");
            prop_assert_eq!(decimal(&text).map(f64::to_bits), standard(&text).map(f64::to_bits));
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
