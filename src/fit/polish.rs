//! From a start to the minimum nearby.

use super::objective::{Objective, Point};
use super::problem::Coordinate;
use super::step::Stepper;
use crate::num;

/// The relative gradient at which a fit stops; the next step would reach rounding.
const GRADIENT: f64 = 1e-10;
/// Evaluations of one polish, at most. Curved valleys of few runs have needed 140.
const EVALUATIONS: usize = 500;
/// F is known to this share of itself.
const ROUNDING: f64 = 1e-13;
/// No logarithm of a coefficient moves further in one step.
const LONGEST: f64 = 5.0;
/// Damping below this is none.
const LEAST_DAMPING: f64 = 1e-4;
/// The first damping after a rejected step: the runs in the quadratic part of the loss, which alone
/// resist a step without it, are about this share of all.
const FIRST_DAMPING: f64 = 0.1;
/// By how much the damping grows at the first of several rejections, and how that grows itself.
const GROWTH: (f64, f64) = (4.0, 1.5);

/// Where a polish ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// The gradient vanished.
    Stationary,
    /// No step lowers F any more, though the gradient is above its goal: rounding, or a kink.
    Stuck,
    /// The evaluations ran out.
    Exhausted,
    /// F is not finite at the start.
    Invalid,
}

/// The memory of a polish, kept from one start to the next.
#[derive(Default)]
pub(super) struct Polisher {
    pub point: Point,
    trial: Point,
    stepper: Stepper,
    /// Evaluations of F with derivatives, over all polishes.
    pub evaluations: usize,
}

impl Polisher {
    /// Minimises F from `start`; the end is in `self.point`.
    pub fn run(&mut self, objective: &mut Objective, start: &[f64]) -> Ended {
        self.evaluations += 1;
        if !objective.linearise(start, &mut self.point) {
            return Ended::Invalid;
        }
        let (mut mu, mut growth) = (0.0, GROWTH.0);
        let mut last = false;
        for _ in 0..EVALUATIONS {
            let gradient = self.point.relative_gradient();
            if gradient <= GRADIENT {
                // One more step costs little and takes the gradient from 1e-10 to rounding.
                if last || gradient == 0.0 {
                    return Ended::Stationary;
                }
                last = true;
            }
            let moved = match self.step_within(objective, mu) {
                Some(predicted) => self.attempt(objective, predicted),
                None => None,
            };
            match moved {
                Some(ratio) => {
                    (mu, growth) = (relaxed(mu, ratio), GROWTH.0);
                }
                None if last => return Ended::Stationary,
                None => {
                    mu = num::max(growth * mu, FIRST_DAMPING);
                    growth *= GROWTH.1;
                    if mu > 1e12 {
                        return Ended::Stuck;
                    }
                }
            }
        }
        Ended::Exhausted
    }

    /// Solves for a step that leaves no bound: a coordinate that is at one, and would leave it for the sake of the
    /// others, stays for this step.
    fn step_within(&mut self, objective: &Objective, mu: f64) -> Option<f64> {
        let held = self.point.held.clone();
        let mut predicted = self.stepper.solve(objective, &self.point, mu);
        while predicted.is_some() {
            let leaves = |k: &usize| {
                let share = objective.coordinates[*k].share(self.point.theta[*k], self.stepper.step[*k]);
                !self.point.held[*k] && share <= 0.0
            };
            let leaving: Vec<usize> = (0..held.len()).filter(leaves).collect();
            if leaving.is_empty() {
                break;
            }
            self.point.hold(&leaving);
            predicted = self.stepper.solve(objective, &self.point, mu);
        }
        self.point.held = held;
        predicted
    }

    /// Takes the step if it lowers F: the ratio of the actual to the predicted decrease.
    ///
    /// A step along a curved valley ends on its side. From there the coefficients, which enter linearly,
    /// find back to its floor in one step of their own; to damp the whole step instead costs more of them.
    fn attempt(&mut self, objective: &mut Objective, predicted: f64) -> Option<f64> {
        let theta = moved(objective.coordinates, &self.point.theta, &self.stepper.step);
        if !self.evaluate(objective, &theta) {
            return None;
        }
        let ratio = self.accept(predicted);
        if ratio.is_some() || self.trial.value <= self.point.value * (1.0 + ROUNDING) {
            return ratio;
        }
        self.trial.hold(objective.nonlinear);
        self.stepper.solve(objective, &self.trial, 0.0)?;
        let theta = moved(objective.coordinates, &self.trial.theta, &self.stepper.step);
        if self.evaluate(objective, &theta) { self.accept(predicted) } else { None }
    }

    /// Evaluates F for a trial. False where it is not finite.
    fn evaluate(&mut self, objective: &mut Objective, theta: &[f64]) -> bool {
        self.evaluations += 1;
        objective.linearise(theta, &mut self.trial)
    }

    /// Goes to the trial if F is lower there.
    fn accept(&mut self, predicted: f64) -> Option<f64> {
        let ratio = (self.point.value - self.trial.value) / predicted;
        let as_low = self.trial.value <= self.point.value * (1.0 + ROUNDING);
        let flatter = self.trial.relative_gradient() < self.point.relative_gradient();
        let lower = ratio > 1e-4 || (as_low && flatter);
        lower.then(|| {
            std::mem::swap(&mut self.point, &mut self.trial);
            ratio
        })
    }
}

/// Moves by the step, or by as much of it as every coordinate allows.
fn moved(coordinates: &[Coordinate], theta: &[f64], step: &[f64]) -> Vec<f64> {
    let allowed = |((coordinate, theta), step): ((&Coordinate, &f64), &f64)| {
        let longest = if coordinate.logarithm { LONGEST / step.abs() } else { 1.0 };
        num::min(longest, coordinate.share(*theta, *step))
    };
    let share = coordinates.iter().zip(theta).zip(step).map(allowed).fold(1.0, num::min);
    let land =
        |((coordinate, theta), step): ((&Coordinate, &f64), &f64)| coordinate.land(*theta, share * step);
    coordinates.iter().zip(theta).zip(step).map(land).collect()
}

/// The damping after a step whose decrease was `ratio` of the predicted one.
fn relaxed(mu: f64, ratio: f64) -> f64 {
    let mu = match ratio {
        r if r > 0.9 => mu * 0.1,
        r if r > 0.5 => mu * 0.5,
        r if r > 0.2 => mu,
        _ => num::max(2.0 * mu, FIRST_DAMPING),
    };
    if mu < LEAST_DAMPING { 0.0 } else { mu }
}
