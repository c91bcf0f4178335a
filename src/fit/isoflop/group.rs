//! The runs of one budget, and the lowest point of their profile.

use super::grouping::Grouped;
use super::profile::{Axis, Profile, Reason};
use super::{Of, Options, Runs};
use crate::fit::line::ten_to;
use crate::num::log10;

/// The runs of one budget.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The budget, in FLOPs.
    pub budget: f64,
    /// By how much the largest compute of the group exceeds the smallest, as a share of it.
    pub spread: f64,
    /// Its rows.
    pub rows: Vec<usize>,
    /// The rows within the window, which the parabola is put through.
    pub fitted: Vec<usize>,
    /// Why it does not count, if it does not.
    pub reason: Option<Reason>,
    /// The vertex, where the parabola has one, whether it counts or not.
    pub vertex: Option<Vertex>,
    /// Of the parabola in log10 size: its coefficient of the square.
    pub curvature: Option<f64>,
    /// The root of the mean squared residual of that parabola.
    pub rms: Option<f64>,
    /// In log10 size and, unless C = 6 N D, in log10 tokens.
    profiles: Vec<Profile>,
}

/// The lowest point of a profile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vertex {
    /// The best size.
    pub n: f64,
    /// The best tokens.
    pub d: f64,
    /// The loss there, of the parabola in log10 size.
    pub loss: f64,
    /// Decimal logarithms of the best size and the best tokens.
    pub log10: [f64; 2],
    /// Standard errors of these logarithms, from the scatter about the parabolas.
    pub log10_se: [Option<f64>; 2],
}

impl Group {
    /// Puts the parabolas through a group.
    pub(super) fn new(group: Grouped, runs: &Runs, options: &Options, six_nd: bool) -> Self {
        let axes: &[Axis] = if six_nd { &[Axis::Size] } else { &[Axis::Size, Axis::Tokens] };
        let profile = |axis: &Axis| {
            let (x, y) = logarithms(runs, &group.rows, *axis, options.of);
            Profile::new(*axis, &x, &y, options.window)
        };
        let profiles: Vec<Profile> = axes.iter().map(profile).collect();
        let fitted: Vec<usize> = profiles[0].at.iter().map(|at| group.rows[*at]).collect();
        Self::of(group, fitted, profiles, options.of)
    }

    /// The same budget and rows with other profiles.
    pub(super) fn with(&self, profiles: Vec<Profile>, of: Of) -> Self {
        let Self { budget, spread, .. } = *self;
        let group = Grouped { budget, spread, rows: self.rows.clone() };
        Self::of(group, self.fitted.clone(), profiles, of)
    }

    fn of(group: Grouped, fitted: Vec<usize>, profiles: Vec<Profile>, of: Of) -> Self {
        let Grouped { budget, spread, rows } = group;
        let size = profiles[0].parabola;
        Self {
            budget,
            spread,
            rows,
            fitted,
            reason: profiles.iter().find_map(|profile| profile.reason),
            vertex: vertex(budget, &profiles, of),
            curvature: size.map(|parabola| parabola.curvature()),
            rms: size.map(|parabola| parabola.rms()),
            profiles,
        }
    }

    /// In log10 size and, unless C = 6 N D, in log10 tokens.
    pub(super) fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// The logarithm of the budget and the vertex, if it counts.
    pub(super) fn used(&self) -> Option<(f64, Vertex)> {
        self.vertex.filter(|_| self.reason.is_none()).map(|vertex| (log10(self.budget), vertex))
    }
}

/// The decimal logarithms of some rows along an axis, and what is a parabola in them.
pub(super) fn logarithms(runs: &Runs, rows: &[usize], axis: Axis, of: Of) -> (Vec<f64>, Vec<f64>) {
    let column = match axis {
        Axis::Size => runs.n,
        Axis::Tokens => runs.d,
    };
    rows.iter().map(|row| (log10(column[*row]), of.forth(runs.loss[*row]))).unzip()
}

/// The vertex: tokens from the budget where there is no profile of theirs.
fn vertex(budget: f64, profiles: &[Profile], of: Of) -> Option<Vertex> {
    let lowest = |profile: &Profile| Some((profile.parabola?.vertex()?, profile.parabola?.vertex_se()));
    let ([log10_n, loss], se_n) = lowest(&profiles[0])?;
    let n = ten_to(log10_n);
    let six_nd = || (log10(budget) - log10(6.0) - log10_n, budget / (6.0 * n), se_n);
    let (log10_d, d, se_d) = match profiles.get(1) {
        None => six_nd(),
        Some(profile) => lowest(profile).map(|([log10_d, _], se)| (log10_d, ten_to(log10_d), se))?,
    };
    let vertex = Vertex { n, d, loss: of.back(loss), log10: [log10_n, log10_d], log10_se: [se_n, se_d] };
    [n, d, vertex.loss].iter().all(|x| x.is_finite()).then_some(vertex)
}
