//! Dollars, and dollars for each hour.

use super::Unit;

/// Ways of writing dollars behind a number, in lower case, longer ones first.
const DOLLARS: [&str; 4] = ["dollars", "dollar", "usd", "$"];
/// Ways of writing that something is for each of what follows.
const EACH: [&str; 3] = ["/", "per ", "an "];
/// Ways of writing that the hour is that of any device.
const ANY_DEVICE: [&str; 4] = ["gpu", "tpu", "device", "chip"];
/// An hour.
const HOURS: [&str; 3] = ["h", "hr", "hour"];
/// Signs of other currencies.
const SIGNS: [char; 3] = ['€', '£', '¥'];
/// Their names.
const NAMES: [&str; 6] = ["eur", "euro", "euros", "gbp", "pounds", "yen"];

/// The unit that a text behind a number names, in lower case with single spaces. Where a dollar sign stands
/// before the number, the text does not say dollars again.
pub(super) fn dollars(text: &str, signed: bool) -> Option<Unit> {
    let spelled = || DOLLARS.iter().find_map(|word| text.strip_prefix(word));
    let behind = if signed { text } else { spelled()? };
    match behind.trim_start() {
        "" => Some(Unit::Dollars),
        each => EACH
            .iter()
            .find_map(|sign| each.strip_prefix(sign))
            .filter(|hour| is_hour(hour.trim_start()))
            .map(|_| Unit::DollarsPerHour),
    }
}

/// Whether a text is `hour`, or `GPU-hour`.
fn is_hour(text: &str) -> bool {
    let device = ANY_DEVICE.iter().find_map(|device| text.strip_prefix(device));
    HOURS.contains(&device.map_or(text, |hour| hour.trim_start_matches(['-', ' '])))
}

/// Whether a text, in lower case, speaks of another currency.
pub(super) fn is_other_currency(text: &str) -> bool {
    text.contains(SIGNS) || text.split_whitespace().any(|word| NAMES.contains(&word))
}
