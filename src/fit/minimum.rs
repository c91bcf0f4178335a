//! From a start to a minimum and its proof, whatever the loss.

use super::absolute;
use super::certificate::Local;
use super::loss::Shape;
use super::objective::Objective;
use super::polish::{Ended, Polisher};
use super::problem::Model;
use crate::outcome::Termination;

/// A minimum of one model.
#[derive(Clone, Debug)]
pub(super) struct Minimum {
    pub theta: Vec<f64>,
    pub value: f64,
    pub ended: Ended,
    pub gradient: f64,
    pub local: Local,
    /// Σ w ψ(r) r / F.
    pub power: Option<f64>,
    /// The coordinates at a bound against which the gradient pushes.
    pub held: Vec<bool>,
    /// Of absolute values: the runs that the law goes through, and how much each holds it.
    pub interpolated: Option<Vec<Interpolated>>,
}

/// A run that the best law by absolute values goes through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interpolated {
    /// Its row.
    pub row: usize,
    /// How hard it holds the law, between −1 and 1 (the weight of predictions that are too high, where they weigh
    /// more): at either end it would let go.
    pub multiplier: f64,
}

/// Polishes from a start.
pub(super) fn minimum(
    polisher: &mut Polisher,
    objective: &mut Objective,
    shape: Shape,
    start: &[f64],
) -> Minimum {
    if shape == Shape::Absolute {
        return absolute::minimum(polisher, objective, start);
    }
    let ended = polisher.run(objective, start);
    let point = &polisher.point;
    let invalid = ended == Ended::Invalid;
    Minimum {
        theta: point.theta.clone(),
        value: if invalid { f64::INFINITY } else { point.value },
        ended,
        gradient: point.relative_gradient(),
        local: Local::measure(objective, point),
        power: power(objective, &point.residuals, point.value),
        held: point.held.clone(),
        interpolated: None,
    }
}

fn power(objective: &Objective, residuals: &[f64], value: f64) -> Option<f64> {
    let slope = |(r, w): (&f64, &f64)| w * objective.rho.slope(*r) * r;
    let power = residuals.iter().zip(objective.weights()).map(slope).sum::<f64>() / value;
    power.is_finite().then_some(power)
}

impl Minimum {
    /// How the search ended here; `rounding` is F of residuals that are nothing else.
    pub fn termination(&self, model: &Model, rounding: f64, vanished: bool) -> Termination {
        let exhausted = self.ended == Ended::Exhausted && self.value > rounding;
        if !self.local.curved() {
            Termination::Flat
        } else if exhausted || !self.local.stationary(self.value, rounding) {
            Termination::MaxIterations
        } else if vanished || self.at_bounds(model).next().is_some() {
            Termination::AtBound
        } else {
            Termination::Converged
        }
    }

    /// The free parameters at a bound that they were given. A coefficient at zero is not among them: whether its term
    /// is needed is for the sub-models to say.
    pub fn at_bounds<'m>(&'m self, model: &'m Model) -> impl Iterator<Item = usize> + 'm {
        (0..self.held.len()).filter(|&k| self.held[k] && model.bounded[k])
    }
}
