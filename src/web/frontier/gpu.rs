//! Whether a sweep is computed by WebGPU: when it is tried, what its trial decides, and what the page says of it.

use crate::web::frontier::size::lasting;

/// A sweep that would take the workers less than this, in seconds, is theirs: to load what runs shaders takes about as long.
pub const WORTH: f64 = 1.0;

/// Codes of the worker: no device can be used, the sweep has nothing for one to compute, or it computes something else.
const NONE: &str = "gpu.none";
const NO_SHADER: &str = "gpu.no_shader";
const WRONG: &str = "gpu.wrong";

/// How WebGPU stands with the sweeps of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Gpu {
    /// It has not been tried on this sweep.
    #[default]
    Untried,
    /// It computes some tiles beside the workers, and is timed.
    Tried,
    /// It was found faster than all workers together, and computes what is left.
    Faster,
    /// It was found slower.
    Slower,
    /// The reader wants it.
    Wanted,
    /// The reader wants the workers.
    Unwanted,
    /// It cannot be used, in the words of whoever found out: for this sweep, or for good.
    Failed {
        /// Why.
        why: String,
        /// Whether another sweep would not be better off.
        for_good: bool,
    },
}

impl Gpu {
    /// Whether it computes all that is left, and the workers nothing.
    pub fn is_alone(&self) -> bool {
        matches!(self, Self::Faster | Self::Wanted)
    }

    /// Whether it computes anything.
    pub fn is_used(&self) -> bool {
        self.is_alone() || *self == Self::Tried
    }

    /// How it stands before another sweep: what was found out of one law says nothing of the next.
    #[must_use]
    pub fn anew(self) -> Self {
        match self {
            Self::Tried | Self::Faster | Self::Slower | Self::Failed { for_good: false, .. } => Self::Untried,
            other => other,
        }
    }

    /// How it stands once it has failed: a code of the worker, and its words. Nobody asked for a trial, so nobody is told where
    /// there is nothing to try.
    #[must_use]
    pub fn failed(self, code: &str, why: &str) -> Self {
        match (self, code) {
            (Self::Tried, NONE) => Self::Unwanted,
            (Self::Tried, NO_SHADER) => Self::Slower,
            _ => Self::Failed {
                why: why.trim_end_matches('.').to_owned(),
                for_good: matches!(code, NONE | WRONG),
            },
        }
    }

    /// What a trial decides: the seconds that a plan took it, and those that one takes one of so many workers.
    pub fn timed(each: f64, each_of_worker: f64, workers: usize) -> Self {
        if each * (workers as f64) < each_of_worker { Self::Faster } else { Self::Slower }
    }

    /// What is said of it where it was given up.
    pub fn says(&self) -> String {
        match self {
            Self::Failed { why, .. } => format!(" Not on WebGPU: {why}."),
            _ => String::new(),
        }
    }
}

/// What computed a sweep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct By {
    /// So many workers at once.
    pub workers: usize,
    /// WebGPU, too.
    pub gpu: bool,
}

impl By {
    /// What it is called.
    pub fn name(self) -> String {
        let workers = match self.workers {
            0 => String::new(),
            1 => "1 worker (CPU)".to_owned(),
            workers => format!("{workers} workers (CPU)"),
        };
        match (self.gpu, self.workers) {
            (true, 0) => "WebGPU".to_owned(),
            (true, _) => format!("WebGPU and {workers}"),
            (false, _) => workers,
        }
    }

    /// That it is done.
    pub fn done(self, points: &str, optima: &str, seconds: f64) -> String {
        format!("Done: {points} points, {optima} optima, {}, {}.", self.name(), lasting(seconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_is_won_against_all_workers_together() {
        assert_eq!(Gpu::timed(1e-8, 1e-7, 8), Gpu::Faster);
        assert_eq!(Gpu::timed(1e-8, 1e-7, 12), Gpu::Slower);
        assert_eq!(Gpu::timed(f64::NAN, 1e-7, 1), Gpu::Slower);
    }

    #[test]
    fn what_the_reader_wants_holds_for_other_sweeps_and_what_was_found_out_does_not() {
        for kept in [Gpu::Wanted, Gpu::Unwanted, Gpu::Wanted.failed(WRONG, "no")] {
            assert_eq!(kept.clone().anew(), kept);
        }
        for forgotten in [Gpu::Tried, Gpu::Faster, Gpu::Slower, Gpu::Faster.failed("gpu.lost", "no")] {
            assert_eq!(forgotten.anew(), Gpu::Untried);
        }
    }

    #[test]
    fn a_trial_that_nobody_asked_for_fails_in_silence() {
        assert_eq!(Gpu::Tried.failed(NONE, "no adapter").says(), "");
        assert_eq!(Gpu::Tried.failed(NO_SHADER, "nothing to do").says(), "");
        assert_eq!(Gpu::Tried.failed(WRONG, "it is wrong.").says(), " Not on WebGPU: it is wrong.");
        assert_eq!(Gpu::Wanted.failed(NONE, "no adapter").says(), " Not on WebGPU: no adapter.");
    }

    #[test]
    fn it_is_said_what_computed() {
        let by = |workers, gpu| By { workers, gpu }.name();
        assert_eq!(by(1, false), "1 worker (CPU)");
        assert_eq!(by(3, false), "3 workers (CPU)");
        assert_eq!(by(0, true), "WebGPU");
        assert_eq!(by(2, true), "WebGPU and 2 workers (CPU)");
    }
}
