//! Words for spans of time.

/// The seconds of a unit of time, by its name or its plural in lower case.
pub(super) fn seconds(word: &str) -> Option<u32> {
    Some(match word.strip_suffix('s').unwrap_or(word) {
        "" | "sec" | "second" => 1,
        "min" | "minute" => 60,
        "h" | "hr" | "hour" => HOUR,
        "d" | "day" => DAY,
        "week" => 7 * DAY,
        _ => return None,
    })
    .filter(|_| !word.is_empty())
}

/// Seconds of an hour.
pub(super) const HOUR: u32 = 3600;
/// Seconds of a day.
pub(super) const DAY: u32 = 24 * HOUR;
