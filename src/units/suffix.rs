//! Reads what stands behind the number: a scale and a unit.

use super::cursor::Cursor;
use super::{TextFault, Unit, UnitError};

/// What the suffix does to the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Suffix {
    /// The power of ten to shift by.
    pub shift: i64,
    /// The whole factor to multiply by.
    pub factor: u32,
    /// Whether a scale or a unit was written at all.
    pub written: bool,
}

/// A unit as it may be written.
#[derive(Clone, Copy)]
struct Written {
    unit: Unit,
    shift: i64,
    factor: u32,
}

/// Scales of any amount, as written alone or before a unit.
const SCALES: [(&str, i64); 5] = [("K", 3), ("k", 3), ("M", 6), ("B", 9), ("T", 12)];
/// The same in words.
const SCALE_WORDS: [(&str, i64); 8] = [
    ("thousands", 3),
    ("millions", 6),
    ("billions", 9),
    ("trillions", 12),
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
    ("trillion", 12),
];
/// Scales that only FLOPs have, joined to the word.
const FLOP_SCALES: [(&str, i64); 4] = [("G", 9), ("P", 15), ("E", 18), ("Z", 21)];
/// Other ways of writing a unit than its names, in lower case.
const ALIASES: [(&str, Unit); 10] = [
    ("params", Unit::Parameters),
    ("param", Unit::Parameters),
    ("toks", Unit::Tokens),
    ("tok", Unit::Tokens),
    ("nat/token", Unit::NatsPerToken),
    ("nats", Unit::NatsPerToken),
    ("nat", Unit::NatsPerToken),
    ("tokens/param", Unit::TokensPerParameter),
    ("tokens per param", Unit::TokensPerParameter),
    ("tok/param", Unit::TokensPerParameter),
];
/// A day of a petaflop per second, 8.64e19 FLOP, in lower case without its plural.
const PF_DAYS: [&str; 4] = ["pf-day", "pf day", "pflop/s-day", "petaflop/s-day"];

/// Reads the rest of the text as a scale and a unit.
pub(super) fn suffix(cursor: &mut Cursor) -> Result<Suffix, UnitError> {
    cursor.skip_space();
    let start = cursor.position();
    let rest = cursor.rest();
    if rest.is_empty() {
        return Ok(Suffix { shift: 0, factor: 1, written: false });
    }
    let (scale, written, at) = split(&rest).ok_or_else(|| refuse(cursor, &rest))?;
    let Written { unit, shift, factor } =
        written.unwrap_or(Written { unit: cursor.expected.unit, shift: 0, factor: 1 });
    if unit != cursor.expected.unit {
        let found = rest.chars().skip(at).collect::<String>();
        return Err(cursor.fail_at(start + at, &found, TextFault::OtherUnit(unit)));
    }
    Ok(Suffix { shift: scale + shift, factor, written: true })
}

/// Splits a suffix into the power of its scale, its unit, and the character at which the unit begins.
fn split(rest: &str) -> Option<(i64, Option<Written>, usize)> {
    if let Some(written) = unit(rest) {
        return Some((0, Some(written), 0));
    }
    let lower = rest.to_ascii_lowercase();
    let words = SCALE_WORDS.iter().filter(|(word, _)| lower.starts_with(word));
    let scales = SCALES.iter().filter(|(letter, _)| rest.starts_with(letter)).chain(words);
    for (scale, power) in scales {
        let behind = rest.get(scale.len()..).unwrap_or_default();
        let after = behind.trim_start();
        if after.is_empty() {
            return Some((*power, None, 0));
        }
        if let Some(written) = unit(after) {
            let at = rest.chars().count() - after.chars().count();
            return Some((*power, Some(written), at));
        }
    }
    let (scale, power) = FLOP_SCALES.iter().find(|(letter, _)| rest.starts_with(letter))?;
    let behind = rest.strip_prefix(scale).filter(|behind| !behind.starts_with(char::is_whitespace))?;
    let written = unit(behind).filter(|written| written.unit == Unit::Flops && written.factor == 1)?;
    Some((*power, Some(written), 0))
}

/// The unit that a text names. `FLOPS` is none: it is how a rate is written.
fn unit(text: &str) -> Option<Written> {
    let lower = text.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
    if PF_DAYS.contains(&lower.strip_suffix('s').unwrap_or(&lower)) {
        return Some(Written { unit: Unit::Flops, shift: 17, factor: 864 });
    }
    if text.ends_with("FLOPS") {
        return None;
    }
    // The singular counts too.
    let names = |unit: &&Unit| {
        **unit != Unit::One
            && [unit.name(), unit.words()].into_iter().any(|name| {
                name.eq_ignore_ascii_case(&lower)
                    || name.strip_suffix('s').is_some_and(|one| one.eq_ignore_ascii_case(&lower))
            })
    };
    let alias = || ALIASES.iter().find(|(word, _)| *word == lower).map(|(_, unit)| unit);
    let unit = Unit::ALL.iter().find(names).or_else(alias)?;
    Some(Written { unit: *unit, shift: 0, factor: 1 })
}

/// Why a suffix cannot be read.
fn refuse(cursor: &Cursor, rest: &str) -> UnitError {
    let start = cursor.position();
    let lower = rest.to_ascii_lowercase();
    let first = lower.chars().next().unwrap_or(' ');
    let alone = rest.chars().nth(1).is_none_or(char::is_whitespace);
    if is_rate(rest, &lower) {
        return cursor.fail_at(start, rest, TextFault::Rate);
    }
    if is_money(&lower) {
        return cursor.fail_at(start, rest, TextFault::NotYet("dollars"));
    }
    if is_device_time(&lower) {
        return cursor.fail_at(start, rest, TextFault::NotYet("GPU-hours"));
    }
    match first {
        'e' if alone => {
            cursor.fail(start, TextFault::Ambiguous("write 5e18 for a power of ten, or 5 EFLOP for FLOPs"))
        }
        'g' | 'p' | 'z' if alone => cursor.fail(start, TextFault::FlopScale),
        'm' | 'b' | 't' if alone => cursor.fail(start, TextFault::Ambiguous(capital(first))),
        _ => cursor.fail(start, TextFault::Unexpected),
    }
}

/// What to write instead of a scale in lower case.
fn capital(scale: char) -> &'static str {
    match scale {
        'm' => "write M for a million",
        'b' => "write B for a billion",
        _ => "write T for a trillion",
    }
}

fn is_rate(rest: &str, lower: &str) -> bool {
    let per_second = ["/s", "/sec", "/second", " per second"].iter().any(|end| lower.ends_with(end));
    lower.contains("flop") && (per_second || rest.ends_with("FLOPS"))
}

/// Whether an amount of money begins or follows.
pub(super) fn is_money(lower: &str) -> bool {
    lower.starts_with(['$', '€', '£']) || ["usd", "dollar", "eur"].iter().any(|word| lower.contains(word))
}

/// Whether a text speaks of devices, or of hours or days of them.
fn is_device_time(lower: &str) -> bool {
    let names_device = lower.split(|c: char| !c.is_alphanumeric()).any(is_device);
    names_device || lower.contains("hour") || lower.ends_with("day") || lower.ends_with("days")
}

/// Whether a word looks like a device: `gpu`, `tpu`, or a letter or two and digits, as in `h100`. `e23` is a
/// stray exponent.
fn is_device(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let letters = word.len() - digits.len();
    let model =
        (1..=3).contains(&letters) && digits.len() >= 2 && digits.starts_with(|c: char| c.is_ascii_digit());
    model && !word.starts_with('e') || word.starts_with("gpu") || word.starts_with("tpu")
}
