//! How far the power laws move when the runs scatter otherwise.
//!
//! Sizes and tokens stay as they were chosen, and losses scatter about their parabolas; a residual counts by one
//! over the root of the share of its point that the parabola leaves free, since parabolas follow their points.

use super::group::logarithms;
use super::profile::{Axis, Profile};
use super::{Group, IsoFlop, IsoFlopError, Of, Options, Runs};
use crate::fit::Progress;
use crate::fit::line::PowerLaws;
use crate::fit::parabola::Parabola;
use crate::num::rng::Stream;
use crate::num::{max, sqrt};

/// What is drawn anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Resampling {
    /// The residual of each point, from those of all groups: few points tell little of their own scatter. Residuals
    /// are taken to be alike as shares of the loss.
    #[default]
    Residuals,
    /// The sign of each point's own residual: scatter may differ from group to group.
    Wild,
    /// The points of each group, with replacement: what is left of small groups may not be a parabola.
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
    /// The first draw, from 0: draws may be shared out.
    pub first: u64,
}

/// How many draws are told of at once.
const EVERY: usize = 64;
/// The most draws there may be.
const MOST: usize = 100_000;

impl IsoFlop {
    /// The power laws of draws of the runs; none where fewer than two budgets of a draw count. `options` are those
    /// with which the profiles were found. Draw `i` depends on the seed and `i` alone.
    ///
    /// # Errors
    /// [`IsoFlopError::Draws`] for fewer than two draws, or too many.
    pub fn bootstrap(
        &self,
        runs: &Runs,
        options: &Options,
        bootstrap: &Bootstrap,
        report: &mut dyn FnMut(Progress),
    ) -> Result<Vec<Option<PowerLaws>>, IsoFlopError> {
        if !(2..=MOST).contains(&bootstrap.draws) {
            return Err(IsoFlopError::Draws { most: MOST, given: bootstrap.draws });
        }
        let used: Vec<&Group> = self.groups.iter().filter(|group| group.used().is_some()).collect();
        let pool = Pool::new(&used, options.of);
        let draws = bootstrap.draws;
        let draw = |draw: usize| {
            if draw.is_multiple_of(EVERY) {
                report(Progress { done: draw, of: draws, stage: "draws" });
            }
            let mut stream = Stream::new(bootstrap.seed, bootstrap.first.wrapping_add(draw as u64));
            let again = |group: &&Group| match bootstrap.resampling {
                Resampling::Residuals => pool.draw(group, &mut stream),
                Resampling::Wild => wild(group, options.of, &mut stream),
                Resampling::Rows => rows(group, runs, options, &mut stream),
            };
            Self::through(used.iter().map(again).collect(), self.six_nd).power_laws
        };
        Ok((0..draws).map(draw).collect())
    }
}

/// The residuals of all groups, for each axis those of the same points.
struct Pool {
    axes: Vec<Vec<f64>>,
    of: Of,
}

impl Pool {
    fn new(groups: &[&Group], of: Of) -> Self {
        let axes = groups.first().map_or(0, |group| group.profiles().len());
        let residuals = |group: &&Group, axis: usize| {
            let profile = &group.profiles()[axis];
            let share = |point: (f64, f64)| match of {
                Of::Loss => point.1 / point.0,
                Of::LogLoss => point.1,
            };
            // In the order of the group's points, so that both axes draw those of one point.
            let mut by_point: Vec<(usize, f64)> =
                profile.at.iter().copied().zip(residuals(profile).map(share)).collect();
            by_point.sort_unstable_by_key(|(at, _)| *at);
            by_point.into_iter().map(|(_, residual)| residual).collect::<Vec<f64>>()
        };
        let axis = |axis: usize| groups.iter().flat_map(|group| residuals(group, axis)).collect();
        Self { axes: (0..axes).map(axis).collect(), of }
    }

    /// The group with residuals of any group.
    fn draw(&self, group: &Group, stream: &mut Stream) -> Group {
        let least = self.axes.iter().map(Vec::len).min().unwrap_or(0);
        let drawn: Vec<usize> = group.rows.iter().map(|_| stream.index(least)).collect();
        let again = |(profile, pool): (&Profile, &Vec<f64>)| {
            let point = |at: usize, fitted: f64| match self.of {
                Of::Loss => fitted + fitted * pool[drawn[at]],
                Of::LogLoss => fitted + pool[drawn[at]],
            };
            around(profile, point)
        };
        group.with(group.profiles().iter().zip(&self.axes).map(again).collect(), self.of)
    }
}

/// The group with residuals of other signs.
fn wild(group: &Group, of: Of, stream: &mut Stream) -> Group {
    let up: Vec<bool> = group.rows.iter().map(|_| stream.word() >> 63 == 0).collect();
    let again = |profile: &Profile| {
        let mut residuals = residuals(profile);
        around(profile, |at, fitted| {
            let (_, residual) = residuals.next().unwrap_or_default();
            if up[at] { fitted + residual } else { fitted - residual }
        })
    };
    group.with(group.profiles().iter().map(again).collect(), of)
}

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

/// What a point leaves free of itself is more than rounding.
const LEAST_FREE: f64 = 1e-6;

/// Each point's value, and its residual as it would be if the parabola did not follow it.
fn residuals(profile: &Profile) -> impl Iterator<Item = (f64, f64)> {
    let free = |parabola: &Parabola, x: f64| sqrt(max(1.0 - parabola.leverage(x), LEAST_FREE));
    profile.x.iter().zip(&profile.y).map(move |(x, y)| {
        let residual = profile.parabola.as_ref().map(|parabola| (y - parabola.at(*x)) / free(parabola, *x));
        (*y, residual.unwrap_or(0.0))
    })
}

/// The profile with other points: each from its place in the group and its fitted value.
fn around(profile: &Profile, mut point: impl FnMut(usize, f64) -> f64) -> Profile {
    let Some(parabola) = &profile.parabola else { return profile.clone() };
    profile.with(profile.at.iter().zip(&profile.x).map(|(at, x)| point(*at, parabola.at(*x))).collect())
}
