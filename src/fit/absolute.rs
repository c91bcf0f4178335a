//! Least absolute values, exactly.
//!
//! The best law goes through some of the runs, where its objective has kinks and no gradient. Huber's loss with a
//! falling threshold finds them. Then every run within the threshold is moved by the residual that it is left with,
//! and the fit repeated: at its end the residuals of these runs are zero, and what holds them there are multipliers
//! between −1 and 1, which prove the minimum. This is the proximal point method (Rockafellar 1976), which converges
//! whatever the threshold, and from a small one within a few rounds to the last digit.

use super::certificate::Local;
use super::loss::Rho;
use super::minimum::{Interpolated, Minimum};
use super::objective::Objective;
use super::polish::{Ended, Polisher};
use crate::num;

/// The thresholds on the way down, as shares of the median residual at the start.
const THRESHOLDS: [f64; 5] = [1.0, 0.1, 1e-2, 1e-3, 1e-4];
/// Rounds of moving the targets, at most.
const ROUNDS: usize = 60;
/// A residual that is this share of the threshold is zero.
const ZERO: f64 = 1e-9;

/// Minimises Σ w |r| from a start.
pub(super) fn minimum(polisher: &mut Polisher, objective: &mut Objective, start: &[f64]) -> Minimum {
    let targets = objective.targets().to_vec();
    let over = objective.rho.over;
    objective.rho = Rho { delta: f64::INFINITY, over };
    let mut ended =
        if objective.linearise(start, &mut polisher.point) { Ended::Stuck } else { Ended::Invalid };
    let median = middle(&polisher.point.residuals);
    let mut theta = start.to_vec();
    let thresholds = if ended == Ended::Invalid { &[][..] } else { &THRESHOLDS };
    for share in thresholds {
        objective.rho.delta = num::max(share * median, f64::MIN_POSITIVE);
        ended = polisher.run(objective, &theta);
        theta.clone_from(&polisher.point.theta);
    }
    if ended != Ended::Invalid {
        ended = pin(polisher, objective, &targets);
    }
    let minimum = measured(polisher, objective, &targets, ended);
    objective.targets().copy_from_slice(&targets);
    objective.rho.delta = 0.0;
    minimum
}

/// Moves the targets until the runs within the threshold have no residual.
fn pin(polisher: &mut Polisher, objective: &mut Objective, targets: &[f64]) -> Ended {
    let delta = objective.rho.delta;
    let mut ended = Ended::Exhausted;
    for _ in 0..ROUNDS {
        let residuals = polisher.point.residuals.clone();
        let shifts = objective.targets().iter().zip(targets).map(|(moved, target)| target - moved);
        let left =
            shifts.zip(&residuals).filter(|(_, r)| r.abs() < delta).map(|(shift, r)| (r - shift).abs());
        if left.fold(0.0, num::max) <= ZERO * delta {
            return ended;
        }
        for ((moved, target), r) in objective.targets().iter_mut().zip(targets).zip(&residuals) {
            *moved = target - if r.abs() < delta { *r } else { 0.0 };
        }
        let theta = polisher.point.theta.clone();
        ended = polisher.run(objective, &theta);
    }
    Ended::Exhausted
}

/// What stands at the end: F of the true residuals, and the multipliers.
fn measured(polisher: &Polisher, objective: &mut Objective, targets: &[f64], ended: Ended) -> Minimum {
    let Rho { delta, over } = objective.rho;
    let point = &polisher.point;
    let mut local = Local::measure(objective, point);
    local.decrement /= delta;
    let shifts = objective.targets().iter().zip(targets).map(|(moved, target)| moved - target);
    let residuals: Vec<f64> = point.residuals.iter().zip(shifts).map(|(r, shift)| r + shift).collect();
    let value = Rho { delta: 0.0, over }.sum(&residuals, objective.weights());
    let within = point.residuals.iter().enumerate().filter(|(_, r)| r.abs() < delta);
    let multiplier = |r: f64| objective.rho.slope(r) / delta;
    let interpolated = within.map(|(row, r)| Interpolated { row, multiplier: multiplier(*r) }).collect();
    Minimum {
        theta: point.theta.clone(),
        value: if ended == Ended::Invalid || !value.is_finite() { f64::INFINITY } else { value },
        ended,
        gradient: point.relative_gradient(),
        local,
        power: (value > 0.0).then_some(1.0),
        held: point.held.clone(),
        interpolated: Some(interpolated),
    }
}

/// The median of the sizes.
fn middle(residuals: &[f64]) -> f64 {
    let mut sizes: Vec<f64> = residuals.iter().map(|r| r.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}
