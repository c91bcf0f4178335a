//! How far the power laws move when the runs scatter otherwise.

use super::group::logarithms;
use super::profile::{Axis, Profile};
use super::{Group, IsoFlop, IsoFlopError, Options, Runs};
use crate::fit::line::PowerLaws;
use crate::num::rng::Stream;
use crate::num::{max, sqrt};

/// What is drawn anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Resampling {
    /// The sign of each residual about its parabola, with sizes as they are: each group keeps its points, however
    /// few. A residual counts by one over the root of what its point does not itself decide.
    #[default]
    Wild,
    /// The points of each group, with replacement.
    Rows,
}

/// A bootstrap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bootstrap {
    /// What is drawn anew.
    pub resampling: Resampling,
    /// How many times.
    pub draws: usize,
    /// With which random numbers.
    pub seed: u64,
}

/// The power laws of each draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Draws {
    /// None where fewer than two budgets of a draw count.
    pub power_laws: Vec<Option<PowerLaws>>,
}

/// The most draws there may be.
const MOST: usize = 100_000;

impl IsoFlop {
    /// Applies the method to draws of the runs. `options` are those with which the profiles were found; draw `i`
    /// depends on the seed and `i` alone.
    ///
    /// # Errors
    /// [`IsoFlopError::Draws`] for fewer than two draws, or too many.
    pub fn bootstrap(
        &self,
        runs: &Runs,
        options: &Options,
        bootstrap: &Bootstrap,
    ) -> Result<Draws, IsoFlopError> {
        if !(2..=MOST).contains(&bootstrap.draws) {
            return Err(IsoFlopError::Draws { most: MOST, given: bootstrap.draws });
        }
        let used: Vec<&Group> = self.groups.iter().filter(|group| group.used().is_some()).collect();
        let draw = |draw: usize| {
            let mut stream = Stream::new(bootstrap.seed, draw as u64);
            let again = |group: &&Group| match bootstrap.resampling {
                Resampling::Wild => wild(group, options, &mut stream),
                Resampling::Rows => rows(group, runs, options, &mut stream),
            };
            Self::through(used.iter().map(again).collect(), self.six_nd).power_laws
        };
        Ok(Draws { power_laws: (0..bootstrap.draws).map(draw).collect() })
    }
}

/// The group with residuals of other signs.
fn wild(group: &Group, options: &Options, stream: &mut Stream) -> Group {
    let signs: Vec<f64> =
        group.rows.iter().map(|_| if stream.word() >> 63 == 0 { 1.0 } else { -1.0 }).collect();
    let again = |profile: &Profile| {
        let Some(parabola) = &profile.parabola else { return profile.clone() };
        let point = |(at, (x, y)): (&usize, (&f64, &f64))| {
            let fitted = parabola.at(*x);
            let free = max(1.0 - parabola.leverage(*x), LEAST_FREE);
            fitted + signs[*at] * (y - fitted) / sqrt(free)
        };
        profile.with(profile.at.iter().zip(profile.x.iter().zip(&profile.y)).map(point).collect())
    };
    group.with(group.profiles().iter().map(again).collect(), options.of)
}

/// What a point leaves undecided of itself is more than rounding.
const LEAST_FREE: f64 = 1e-6;

/// The group with points drawn from its own.
fn rows(group: &Group, runs: &Runs, options: &Options, stream: &mut Stream) -> Group {
    let drawn: Vec<usize> = group.rows.iter().map(|_| group.rows[stream.index(group.rows.len())]).collect();
    let again = |axis: Axis| {
        let (x, y) = logarithms(runs, &drawn, axis, options.of);
        Profile::new(axis, &x, &y, options.window)
    };
    let axes = [Axis::Size, Axis::Tokens].into_iter().take(group.profiles().len());
    group.with(axes.map(again).collect(), options.of)
}
