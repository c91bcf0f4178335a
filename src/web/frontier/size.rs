//! How large a sweep is, and how long it takes.

use crate::num::ceil;
use crate::units::{Unit, decimals, show, whole};

/// More cells, or more plans of all cells and draws, are refused: the limits of a Question (`ask::sweep`).
pub const MOST_CELLS: f64 = 4e6;
/// The same of plans.
pub const MOST_PLANS: f64 = 4e7;
/// A sweep that takes no longer runs as one types, in seconds.
pub const AT_ONCE: f64 = 0.3;
/// What a plan takes before one was timed, in seconds.
pub const USUAL: f64 = 1e-6;

/// How many cells a sweep has, and how many plans in each.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Count {
    /// Cells.
    pub cells: f64,
    /// Of each the plan by the fit itself, and those by its draws.
    pub entries: f64,
}

impl Count {
    /// All plans.
    pub fn plans(self) -> f64 {
        self.cells * self.entries
    }

    /// How long they take, by what one takes, in seconds.
    pub fn seconds(self, each: f64) -> f64 {
        self.plans() * each
    }

    /// `131 072 points × 100 refits`.
    pub fn says(self) -> String {
        let points = format!("{} points", whole(self.cells));
        if self.entries <= 1.0 { points } else { format!("{points} × {} refits", whole(self.entries - 1.0)) }
    }

    /// Why it is refused, where it is: how long it would take by what a plan takes, with `columns` numbers of each cell.
    pub fn refused(self, each: f64, columns: usize) -> Option<String> {
        let time = lasting(self.seconds(each));
        if self.cells > MOST_CELLS {
            let memory = show(self.cells * columns as f64 * size_of::<f64>() as f64, Unit::Bytes);
            return Some(format!(
                "This sweep has {} points, about {time} and {memory}. The limit is {}. Use fewer steps.",
                counted(self.cells),
                counted(MOST_CELLS)
            ));
        }
        (self.plans() > MOST_PLANS).then(|| {
            format!(
                "This sweep has {} optima, about {time}. The limit is {}. Use fewer steps or refits.",
                counted(self.plans()),
                counted(MOST_PLANS)
            )
        })
    }
}

/// A count as it is said: in digits, or as a power of ten.
fn counted(count: f64) -> String {
    if count < 1e6 { whole(count) } else { show(count, Unit::Flops).number() }
}

/// A time in words: `2.9 s`, `12 minutes`, `9 days`.
pub fn lasting(seconds: f64) -> String {
    const UNITS: [(f64, &str); 4] = [(86400.0, "day"), (3600.0, "hour"), (60.0, "minute"), (10.0, "s")];
    match UNITS.into_iter().find(|(length, _)| seconds >= *length) {
        None => format!("{}\u{a0}s", decimals(seconds, 1)),
        Some((_, "s")) => format!("{}\u{a0}s", decimals(seconds, 0)),
        Some((length, name)) => {
            let count = ceil(seconds / length - 0.5);
            let count = if count < 1e4 { whole(count) } else { show(count, Unit::Flops).number() };
            format!("{count}\u{a0}{name}{}", if count == "1" { "" } else { "s" })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_those_of_a_question() {
        assert_eq!([MOST_CELLS, MOST_PLANS], [crate::ask::MOST_CELLS, crate::ask::MOST_PLANS]);
    }

    #[test]
    fn what_is_too_large_says_how_much_it_would_take() {
        let said = |cells, entries| {
            Count { cells, entries }.refused(1e-6, 5).map(|said| said.replace(['\u{a0}', '\u{202f}'], " "))
        };
        assert_eq!(said(4e6, 1.0), None);
        let points = said(1e12, 1.0).unwrap();
        assert!(
            points.starts_with("This sweep has 1.00 × 10¹² points, about 12 days and 40.0 TB."),
            "{points}"
        );
        assert!(points.ends_with("The limit is 4 000 000. Use fewer steps."), "{points}");
        let plans = said(1e6, 1001.0).unwrap();
        assert!(
            plans.contains("1 001 000 000 optima, about 17 minutes. The limit is 40 000 000."),
            "{plans}"
        );
    }

    #[test]
    fn times_are_said_in_words() {
        let said = |seconds| lasting(seconds).replace('\u{a0}', " ");
        assert_eq!(
            [0.04, 2.93, 9.96, 31.0, 60.0, 3600.0, 8e5].map(said),
            ["0.0 s", "2.9 s", "10.0 s", "31 s", "1 minute", "1 hour", "9 days"]
        );
    }
}
