//! What a run has beyond the law: for intervals of runs that are yet to be made.

use super::FitError;
use super::loss::Residual;
use super::objective::{Objective, Point};
use super::problem::{Model, Problem};
use super::search::Fit;
use crate::num::rng::Stream;
use crate::num::{exp, quantile};

/// How far runs lie from the law that was fitted to them.
#[derive(Clone, Debug, PartialEq)]
pub struct Noise {
    /// What of: a loss, or its logarithm.
    pub of: Residual,
    /// What the runs report less what the law says, in ascending order, times √(n/(n − p)) for what fitting took from
    /// them; of many runs quantiles.
    pub residuals: Vec<f64>,
}

/// Of more runs than this the quantiles are enough.
const MOST: usize = 1000;

/// How far the runs of a fit lie from it; none where it passes through all of them.
///
/// # Errors
/// If the law cannot be compiled.
pub fn noise(problem: &Problem, fit: &Fit) -> Result<Option<Noise>, FitError> {
    let model = Model::new(problem, fit.held.clone())?;
    let mut objective = Objective::of(problem, &model);
    let mut point = Point::default();
    if fit.runs <= fit.free || !objective.linearise(&fit.theta, &mut point) {
        return Ok(None);
    }
    let factor = (fit.runs as f64 / (fit.runs - fit.free) as f64).sqrt();
    let residual = |(row, r): (usize, &f64)| -factor * r / objective.precision(row);
    let mut residuals: Vec<f64> = point.residuals.iter().enumerate().map(residual).collect();
    residuals.sort_by(f64::total_cmp);
    if residuals.len() > MOST {
        let share = |at: usize| (at as f64 + 0.5) / MOST as f64;
        residuals = (0..MOST).filter_map(|at| quantile(&residuals, share(at))).collect();
    }
    Ok(Some(Noise { of: problem.loss.of, residuals }))
}

impl Noise {
    /// What a run reports in each draw of a law, with a residual for each (residual bootstrap: Davison and Hinkley 1997,
    /// section 6.3.3). At any values the same draws have the same residuals, so that bands are smooth.
    pub fn added_to(&self, values: &[f64], seed: u64) -> Vec<f64> {
        // The streams from 0 on draw the runs that are fitted.
        let mut stream = Stream::new(seed, u64::MAX);
        let mut residual = || self.residuals[stream.index(self.residuals.len())];
        let run = |value: &f64| match self.of {
            Residual::Log => value * exp(residual()),
            Residual::Raw => value + residual(),
        };
        values.iter().map(run).collect()
    }
}
