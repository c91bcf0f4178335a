//! How far each variable may go, as it is worked, and where a search begins.

use super::model::Compiled;
use super::{EDGE, HAS_NO_ENDS, LEAST_SHARE, Sense};
use crate::num::{clamp, max, min};

/// A box of as many factors of e, from one to a trillion, says nothing of where in it plans are.
const WIDE: f64 = 27.6;

impl Compiled {
    /// Where a search begins: at `open`, or at that `share` of a box that is not so wide as to be no hint.
    pub fn start(&self, open: f64, share: f64) -> Vec<f64> {
        let start = |j: usize| {
            let (low, high) = self.edges(j);
            if let Some(whole) = self.whole_of(j) {
                return clamp(1.0 / whole.len() as f64, low, high);
            }
            if high - low <= WIDE { low + share * (high - low) } else { clamp(open, low, high) }
        };
        (0..self.free.len()).map(start).collect()
    }

    /// The whole that a variable is a share of.
    pub fn whole_of(&self, variable: usize) -> Option<&[usize]> {
        if HAS_NO_ENDS {
            return None;
        }
        self.wholes.iter().map(Vec::as_slice).find(|whole| whole.contains(&variable))
    }

    /// The value that a variable has in every plan, as it is worked: the box or a limit leaves no other.
    pub fn fixed(&self, variable: usize) -> Option<f64> {
        let (low, high) = self.edges(variable);
        let is_fixed = |limit: &usize| {
            self.senses[*limit] == Sense::Equal && self.sources[limit + 1].variable == Some(variable)
        };
        let by_limit = || (0..self.senses.len()).find(is_fixed);
        if low == high {
            return Some(low);
        }
        by_limit().map(|limit| self.variables[variable].worked(self.bounds[limit]))
    }

    /// The end of a box, as it is worked, that it comes near and does not reach. Of a share that is zero.
    pub fn open_end(&self, variable: usize, high: bool) -> Option<f64> {
        if HAS_NO_ENDS {
            return None;
        }
        if self.whole_of(variable).is_some() && !high && self.free[variable].low <= 0.0 {
            return Some(0.0);
        }
        self.open[variable][usize::from(high)].map(|at| self.variables[variable].worked(at))
    }

    /// The box of a variable as it is worked, as far as numbers go.
    pub fn edges(&self, variable: usize) -> (f64, f64) {
        let (free, scale) = (&self.free[variable], self.variables[variable]);
        if self.whole_of(variable).is_some() {
            // That none is above one follows from the others: an edge there would say it twice.
            let high = if free.high < 1.0 { max(free.high, LEAST_SHARE) } else { EDGE };
            return (max(free.low, LEAST_SHARE), high);
        }
        (max(scale.worked(free.low), -EDGE), min(scale.worked(free.high), EDGE))
    }

    /// Whether an edge was asked for, and is not only where numbers end.
    pub fn is_declared(&self, variable: usize, high: bool) -> bool {
        let (low_edge, high_edge) = self.edges(variable);
        if high { high_edge < EDGE } else { low_edge > -EDGE }
    }
}
