//! How long a plan takes, as far as tiles have told.

use super::size::USUAL;
use crate::num::max;

/// A tile that took so long tells what its plans take, in seconds: of a shorter one, most is the asking.
const TELLING: f64 = 0.05;
/// Tiles tell no more than so many have told.
const ENOUGH: usize = 6;
/// The first tile may have waited for its worker, so so many are timed at least.
const FEWEST: usize = 2;

/// What a plan takes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pace {
    each: Option<f64>,
    /// How many tiles were timed, and how long the last of them took, in seconds.
    tiles: usize,
    last: f64,
}

impl Pace {
    /// Hears how long a tile of so many plans took, in seconds.
    pub fn hear(&mut self, seconds: f64, plans: f64) {
        let each = seconds / max(plans, 1.0);
        self.each = Some(match self.each {
            Some(known) if each >= known => 0.8 * known + 0.2 * each,
            _ => each,
        });
        self.tiles += 1;
        self.last = seconds;
    }

    /// What a plan takes one worker, in seconds: as far as is known, or as is usual.
    pub fn each(self) -> f64 {
        self.each.unwrap_or(USUAL)
    }

    /// The same, where a tile was timed at all.
    pub fn timed(self) -> Option<f64> {
        self.each
    }

    /// Whether that is enough to tell the reader.
    pub fn is_sure(self) -> bool {
        self.tiles >= ENOUGH || (self.tiles >= FEWEST && self.last >= TELLING)
    }

    /// What the reader can be told that a plan takes, in seconds.
    pub fn told(self) -> f64 {
        if self.is_sure() { self.each() } else { USUAL }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slow_tile_tells_nothing_of_the_rest() {
        let mut pace = Pace::default();
        assert_eq!((pace.each(), pace.timed(), pace.told()), (USUAL, None, USUAL));
        // A worker that had to be started first.
        pace.hear(2.0, 100.0);
        assert_eq!((pace.each(), pace.is_sure(), pace.told()), (0.02, false, USUAL));
        pace.hear(0.2, 1e5);
        assert_eq!((pace.is_sure(), pace.told()), (true, 2e-6));
    }

    #[test]
    fn tiles_that_are_mostly_the_asking_are_followed_by_larger_ones() {
        let mut pace = Pace::default();
        for tile in 1..=ENOUGH {
            assert!(!pace.is_sure(), "{tile}");
            pace.hear(0.004, 100.0);
        }
        assert!(pace.is_sure());
    }
}
