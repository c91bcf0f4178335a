//! Reads what stands behind the number: a scale and a unit.

use super::cursor::Cursor;
use super::devices::{self, Devices, device_time};
use super::money;
use super::time::{DAY, HOUR, seconds};
use super::{TextFault, Unit, UnitError};

/// What the suffix does to the number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Suffix {
    /// The power of ten to shift by.
    pub shift: i64,
    /// The whole factor to multiply by.
    pub factor: u32,
    /// The whole number to divide by.
    pub divisor: u32,
    /// Whether a scale or a unit was written at all.
    pub written: bool,
    /// The devices that the unit speaks of.
    pub devices: Option<Devices>,
}

/// A unit as it may be written.
#[derive(Clone)]
struct Written {
    unit: Unit,
    shift: i64,
    factor: u32,
    divisor: u32,
    devices: Option<Devices>,
}

impl Written {
    /// The unit itself.
    fn plain(unit: Unit) -> Self {
        Self { unit, shift: 0, factor: 1, divisor: 1, devices: None }
    }

    /// A unit of so many seconds.
    fn time(seconds: u32) -> Self {
        let (unit, divisor) = if seconds == 1 { (Unit::Seconds, 1) } else { (Unit::Days, DAY) };
        Self { factor: seconds, divisor, ..Self::plain(unit) }
    }

    /// The same in another unit of time, if both are.
    fn or_as(self, expected: Unit) -> Self {
        match (self.unit, expected) {
            (Unit::Seconds | Unit::Days, Unit::Seconds) => Self { unit: expected, divisor: 1, ..self },
            (Unit::Seconds | Unit::Days, Unit::Days) => Self { unit: expected, divisor: DAY, ..self },
            _ => self,
        }
    }
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
/// Multiples of a byte, in the case in which they are written: `Gb` would be bits.
const BYTES: [(&str, i64, u32); 7] = [
    ("kB", 3, 1),
    ("KB", 3, 1),
    ("MB", 6, 1),
    ("GB", 9, 1),
    ("TB", 12, 1),
    ("MiB", 0, 1 << 20),
    ("GiB", 0, 1 << 30),
];
/// Ways of writing what a rate is for.
const EACH_SECOND: [&str; 4] = ["/s", "/sec", "/second", " per second"];
/// A day of a petaflop per second, 8.64e19 FLOP, in lower case without its plural.
const PF_DAYS: [&str; 4] = ["pf-day", "pf day", "pflop/s-day", "petaflop/s-day"];

/// Reads the rest of the text as a scale and a unit. Where a dollar sign stands before the number, `dollars` is its
/// place.
pub(super) fn suffix(cursor: &mut Cursor, dollars: Option<usize>) -> Result<Suffix, UnitError> {
    cursor.skip_space();
    let (start, rest) = (cursor.position(), cursor.rest());
    let expected = cursor.expected.unit;
    let plain = Written::plain(if dollars.is_some() { Unit::Dollars } else { expected });
    let split = if rest.is_empty() { Some((0, None, 0)) } else { split(&rest, dollars.is_some()) };
    let (scale, unit, at) = split.ok_or_else(|| refuse(cursor, &rest))?;
    let is_written = !rest.is_empty() || dollars.is_some();
    let written = unit.map_or(plain, |written| written.or_as(expected));
    if written.unit == Unit::FlopsPerSecond && expected != Unit::FlopsPerSecond {
        return Err(cursor.fail_at(start, &rest, TextFault::Rate));
    }
    if written.unit != expected {
        let from = dollars.unwrap_or(start + at);
        return Err(cursor.fail_at(from, &cursor.from(from), TextFault::OtherUnit(written.unit)));
    }
    let Written { shift, factor, divisor, devices, .. } = written;
    Ok(Suffix { shift: scale + shift, factor, divisor, written: is_written, devices })
}

/// A text behind a number as it is, and behind each scale that it may begin with: the power of the scale, and what
/// follows.
pub(super) fn scaled(rest: &str) -> impl Iterator<Item = (i64, &str)> {
    let lower = rest.to_ascii_lowercase();
    let words = SCALE_WORDS.iter().filter(move |(word, _)| lower.starts_with(word));
    let scales = SCALES.iter().filter(move |(letter, _)| rest.starts_with(letter)).chain(words);
    let behind = scales.map(move |(scale, power)| (*power, rest.get(scale.len()..).unwrap_or_default()));
    // `million H100-hours` are not hours of a device that is called so.
    let is_word = behind.clone().any(|(_, after)| after.starts_with(char::is_whitespace));
    let whole = (!is_word).then_some((0, rest));
    whole.into_iter().chain(behind).map(|(power, after)| (power, after.trim_start()))
}

/// Splits a suffix into the power of its scale, its unit, and the character at which the unit begins.
fn split(rest: &str, dollars: bool) -> Option<(i64, Option<Written>, usize)> {
    for (power, after) in scaled(rest) {
        if after.is_empty() {
            return Some((power, None, 0));
        }
        if let Some(written) = unit(after, dollars) {
            let at = rest.chars().count() - after.chars().count();
            return Some((power, Some(written), at));
        }
    }
    let (scale, power) = FLOP_SCALES.iter().find(|(letter, _)| rest.starts_with(letter))?;
    let behind = rest.strip_prefix(scale).filter(|behind| !behind.starts_with(char::is_whitespace))?;
    let is_flops = |written: &Written| matches!(written.unit, Unit::Flops | Unit::FlopsPerSecond);
    let written = unit(behind, dollars).filter(|written| is_flops(written) && written.factor == 1)?;
    Some((*power, Some(written), 0))
}

/// The unit that a text names.
fn unit(text: &str, dollars: bool) -> Option<Written> {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = words.to_ascii_lowercase();
    let money = money::dollars(&lower, dollars);
    if dollars || money.is_some() {
        return money.map(Written::plain);
    }
    if PF_DAYS.contains(&lower.strip_suffix('s').unwrap_or(&lower)) {
        return Some(Written { shift: 17, factor: 864, ..Written::plain(Unit::Flops) });
    }
    if is_rate(&words, &lower) {
        return Some(Written::plain(Unit::FlopsPerSecond));
    }
    if let Some((_, shift, factor)) = BYTES.iter().find(|(name, ..)| *name == words) {
        return Some(Written { shift: *shift, factor: *factor, ..Written::plain(Unit::Bytes) });
    }
    if let Some(seconds) = seconds(&lower) {
        return Some(Written::time(seconds));
    }
    named(&lower).map(Written::plain).or_else(|| {
        let (devices, factor) = device_time(&words)?;
        let hours = Written { factor, divisor: HOUR, ..Written::plain(Unit::DeviceHours) };
        Some(Written { devices: Some(devices), ..hours })
    })
}

/// The unit of a name in lower case. The singular counts too.
fn named(lower: &str) -> Option<Unit> {
    let names = |unit: &&Unit| {
        **unit != Unit::One
            && [unit.name(), unit.words()].into_iter().any(|name| {
                name.eq_ignore_ascii_case(lower)
                    || name.strip_suffix('s').is_some_and(|one| one.eq_ignore_ascii_case(lower))
            })
    };
    let alias = || ALIASES.iter().find(|(word, _)| *word == lower).map(|(_, unit)| unit);
    Unit::ALL.iter().find(names).or_else(alias).copied()
}

/// Why a suffix cannot be read.
fn refuse(cursor: &Cursor, rest: &str) -> UnitError {
    let start = cursor.position();
    let lower = rest.to_ascii_lowercase();
    let first = lower.chars().next().unwrap_or(' ');
    let alone = rest.chars().nth(1).is_none_or(char::is_whitespace);
    if money::is_other_currency(&lower) {
        return cursor.fail_at(start, rest, TextFault::Currency);
    }
    if lower.split(|c: char| !c.is_ascii_alphanumeric()).any(devices::looks_like_one) {
        return cursor.fail_at(start, rest, TextFault::DeviceAlone);
    }
    match first {
        'e' if alone => {
            cursor.fail(start, TextFault::Ambiguous("write 5e18 for a power of ten, or 5 EFLOP for FLOPs"))
        }
        'g' | 'p' | 'z' if alone => cursor.fail(start, TextFault::FlopScale),
        'm' | 'b' | 't' if alone && rest.starts_with(first) => {
            cursor.fail(start, TextFault::Ambiguous(capital(first)))
        }
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

/// Whether a text names operations per second. `FLOPS` is how a rate is written, `flops` may be a count.
fn is_rate(text: &str, lower: &str) -> bool {
    let each = lower.strip_prefix("flop").map(|each| each.strip_prefix('s').unwrap_or(each));
    text == "FLOPS" || each.is_some_and(|each| EACH_SECOND.contains(&each))
}
