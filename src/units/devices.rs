//! Devices, and how long they run: `H100-hours`, `64 H100 for 30 days`.
//!
//! Which devices there are is no business of the grammar: any word may be one.

use super::cursor::Cursor;
use super::number::{Number, number};
use super::suffix::scaled;
use super::time::{HOUR, seconds};
use super::{TextFault, Unit, UnitError};

/// The devices that an amount speaks of.
///
/// ```
/// use isoflop::units::{Unit, read};
///
/// let run = read("64 H100 for 30 days", Unit::DeviceHours)?;
/// assert_eq!(run.value, 64.0 * 24.0 * 30.0);
/// let devices = run.devices.expect("it names some");
/// assert_eq!((devices.name.as_deref(), devices.count), (Some("H100"), Some(64.0)));
/// # Ok::<(), isoflop::units::UnitError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Devices {
    /// The name as it is written; none where the text says `GPU` or the like.
    pub name: Option<String>,
    /// How many they are, where the text says so.
    pub count: Option<f64>,
}

/// Words for any device, in lower case without their plural.
const ANY: [&str; 5] = ["gpu", "tpu", "device", "chip", "accelerator"];
/// The most words of a name, as in `RTX 4090`.
const MOST_WORDS: usize = 3;

/// Devices for some time, as `H100 for 30 days` behind their count.
pub(super) struct Run {
    /// Which, and how many.
    pub devices: Devices,
    /// Hours of all of them together.
    pub hours: f64,
}

/// Reads `H100-hours`: the devices, and the seconds of the unit of time.
pub(super) fn device_time(text: &str) -> Option<(Devices, u32)> {
    let (name, time) = text.rsplit_once(|c: char| c == '-' || c.is_whitespace())?;
    Some((named(name)?, seconds(&time.to_ascii_lowercase())?))
}

/// Reads `H100 for 30 days` behind a count, if that is what comes.
pub(super) fn run(cursor: &mut Cursor, count: &Number) -> Result<Option<Run>, UnitError> {
    cursor.skip_space();
    let (start, rest) = (cursor.position(), cursor.rest());
    let Some((before, _)) = rest.split_once(" for ") else { return Ok(None) };
    let Some((power, devices)) = scaled(before).find_map(|(power, name)| Some((power, named(name)?))) else {
        return Ok(None);
    };
    if cursor.expected.unit != Unit::DeviceHours {
        return Err(cursor.fail_at(start, &rest, TextFault::OtherUnit(Unit::DeviceHours)));
    }
    cursor.advance(before.chars().count() + " for ".len());
    cursor.skip_space();
    let time = number(cursor)?;
    cursor.skip_space();
    let unit = seconds(&cursor.rest().to_ascii_lowercase());
    let seconds = unit.ok_or_else(|| cursor.fail_at(start, &rest, TextFault::DeviceAlone))?;
    let hours = time.digits.times(seconds).over(HOUR).to_f64();
    let [count, hours] = [count.digits.clone().shift(power).to_f64(), hours];
    for factor in [count, hours] {
        cursor.expected.check(factor, cursor.from(0).trim())?;
    }
    Ok(Some(Run { devices: Devices { count: Some(count), ..devices }, hours: count * hours }))
}

/// The devices that some words name, if they can.
fn named(text: &str) -> Option<Devices> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_word = |word: &&str| word.chars().all(|c| c.is_ascii_alphanumeric() || "-._+".contains(c));
    let first = words.first()?;
    let begins = first.len() > 1 && first.starts_with(|c: char| c.is_ascii_alphabetic());
    if !begins || words.len() > MOST_WORDS || !words.iter().all(is_word) {
        return None;
    }
    let lower = first.to_ascii_lowercase();
    let any = words.len() == 1 && ANY.contains(&lower.strip_suffix('s').unwrap_or(&lower));
    Some(Devices { name: (!any).then(|| words.join(" ")), count: None })
}

/// Whether a word looks like a device: `gpu`, `tpu`, or a letter or two and digits, as in `h100`. `e23` is a
/// stray exponent.
pub(super) fn looks_like_one(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let letters = word.len() - digits.len();
    let model =
        (1..=3).contains(&letters) && digits.len() >= 2 && digits.starts_with(|c: char| c.is_ascii_digit());
    model && !word.starts_with('e') || word.starts_with("gpu") || word.starts_with("tpu")
}
