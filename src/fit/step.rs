//! One step of a fit: the minimum of a model that keeps the kinks of the objective.
//!
//! The model is `Σ w ρ(r + J s) + ½ sᵀ(B + μ M)s`: the residuals are linear, their loss is exact, B is
//! the curvature of the residuals and M = Σ w J Jᵀ. It needs no exponential, and lets runs enter and
//! leave the quadratic part of the loss many times per evaluation of the law. With δ = 1e-3 the
//! objective is nearly the sum of absolute values, on which plain Newton steps are short. Measuring
//! the damping by M makes it blind to units and to which parameters are correlated.

use super::gram::add_gram;
use super::objective::{Objective, Point, mirror, relative, sum_and_size};
use crate::num;
use crate::num::algebra::Cholesky;

/// The steps of the inner iteration, at most.
const INNER: usize = 40;
/// The trials of a line search, at most.
const TRIALS: usize = 12;
/// The inner iteration ends when its relative gradient is this share of the outer one.
const INNER_SHARE: f64 = 0.3;
/// A line search ends when the slope has fallen to this share of its first value.
const SLOPE_SHARE: f64 = 0.3;

/// Memory of the inner iteration, kept from one step to the next.
#[derive(Default)]
pub(super) struct Stepper {
    /// The step found.
    pub step: Vec<f64>,
    /// r + J s.
    shifted: Vec<f64>,
    /// J d along the search direction d.
    along: Vec<f64>,
    /// w ρ'(r + J s).
    slope: Vec<f64>,
    /// The runs in the quadratic part of the loss, their weights and derivatives.
    active: Vec<usize>,
    active_weights: Vec<f64>,
    active_jacobian: Vec<Vec<f64>>,
    gradient: Vec<f64>,
    scale: Vec<f64>,
    direction: Vec<f64>,
    matrix: Vec<f64>,
    quadratic: Vec<f64>,
}

impl Stepper {
    /// Finds the minimum of the model at `point` with damping `mu`, into `self.step`, and gives the
    /// decrease of F that the undamped model predicts. `None` where the model has no minimum: then the
    /// damping must grow.
    pub fn solve(&mut self, objective: &Objective, point: &Point, mu: f64) -> Option<f64> {
        let k = point.theta.len();
        self.prepare(objective, point, mu);
        let goal = INNER_SHARE * point.relative_gradient();
        for _ in 0..INNER {
            self.gradient_at(objective, point);
            if self.step.iter().any(|s| *s != 0.0)
                && relative(&self.gradient, &self.scale, &point.held) <= goal
            {
                break;
            }
            if !self.newton(objective, point) && !self.reweighted(objective, point) {
                return None;
            }
            if !self.search(objective, point) {
                break;
            }
        }
        let damped = quadratic_form(&point.curvature, &self.step, k);
        let predicted = point.value - objective.rho.sum(&self.shifted, objective.weights()) - 0.5 * damped;
        // Near the minimum the difference is rounding, of either sign.
        let sound = predicted >= -1e-12 * point.value;
        sound.then(|| num::max(predicted, 0.0))
    }

    fn prepare(&mut self, objective: &Objective, point: &Point, mu: f64) {
        let k = point.theta.len();
        self.step.clear();
        self.step.resize(k, 0.0);
        self.direction.resize(k, 0.0);
        self.gradient.resize(k, 0.0);
        self.scale.resize(k, 0.0);
        self.shifted.clone_from(&point.residuals);
        self.along.resize(point.residuals.len(), 0.0);
        self.slope.resize(point.residuals.len(), 0.0);
        self.quadratic.clone_from(&point.curvature);
        if mu > 0.0 {
            add_gram(
                &mut self.quadratic,
                mu,
                objective.weights(),
                &point.jacobian,
                &(0..point.residuals.len()),
            );
            // A parameter that no run feels any more must not run away.
            (0..k).for_each(|i| self.quadratic[i * k + i] *= 1.0 + 1e-6);
            mirror(&mut self.quadratic, k);
        }
    }

    /// Σ w ρ'(r + J s) J + (B + μ M)s, and the size of the terms of the sum.
    fn gradient_at(&mut self, objective: &Objective, point: &Point) {
        let k = point.theta.len();
        let rho = objective.rho;
        for ((slope, shifted), w) in self.slope.iter_mut().zip(&self.shifted).zip(objective.weights()) {
            *slope = w * rho.slope(*shifted);
        }
        for (i, column) in point.jacobian.iter().enumerate() {
            let quadratic: f64 = (0..k).map(|j| self.quadratic[i * k + j] * self.step[j]).sum();
            let [sum, size] = sum_and_size(&self.slope, column);
            self.gradient[i] = sum + quadratic;
            self.scale[i] = size;
        }
    }

    /// The Newton direction, if the runs in the quadratic part of the loss determine one.
    fn newton(&mut self, objective: &Objective, point: &Point) -> bool {
        let k = point.theta.len();
        // Without a branch on the residual, which no processor can foresee.
        self.active.resize(self.shifted.len(), 0);
        let mut count = 0;
        for (row, shifted) in self.shifted.iter().enumerate() {
            self.active[count] = row;
            count += usize::from(shifted.abs() <= objective.rho.delta);
        }
        if count < k {
            return false;
        }
        // Side by side, so that the many sums over them read no index.
        let active = &self.active[..count];
        gather(active, objective.weights(), &mut self.active_weights);
        for (weight, &row) in self.active_weights.iter_mut().zip(active) {
            *weight *= objective.rho.side(self.shifted[row]);
        }
        self.active_jacobian.resize_with(k, Vec::new);
        for (to, column) in self.active_jacobian.iter_mut().zip(&point.jacobian) {
            gather(active, column, to);
        }
        self.matrix.clone_from(&self.quadratic);
        let all = 0..count;
        add_gram(&mut self.matrix, 1.0, &self.active_weights, &self.active_jacobian, &all);
        self.direct(point)
    }

    /// The direction of iteratively reweighted least squares, which majorises the loss.
    fn reweighted(&mut self, objective: &Objective, point: &Point) -> bool {
        self.matrix.clone_from(&self.quadratic);
        for ((to, shifted), w) in self.along.iter_mut().zip(&self.shifted).zip(objective.weights()) {
            *to = w * objective.rho.weight(*shifted);
        }
        add_gram(&mut self.matrix, 1.0, &self.along, &point.jacobian, &(0..self.along.len()));
        self.direct(point)
    }

    /// d = −H⁻¹ g for the matrix just made, along the parameters that are not held.
    fn direct(&mut self, point: &Point) -> bool {
        let k = point.theta.len();
        for i in 0..k {
            self.direction[i] = -self.gradient[i];
            if point.held[i] {
                self.direction[i] = 0.0;
                (0..k).for_each(|j| self.matrix[i.max(j) * k + i.min(j)] = f64::from(u8::from(i == j)));
            }
        }
        match Cholesky::factor(&mut self.matrix, k) {
            Some(factor) => {
                factor.solve(&mut self.direction);
                true
            }
            None => false,
        }
    }

    /// Moves along the direction until the slope of the model, which is piecewise linear, has nearly
    /// vanished. False when the direction leads nowhere.
    fn search(&mut self, objective: &Objective, point: &Point) -> bool {
        let k = point.theta.len();
        self.along.fill(0.0);
        for (column, &d) in point.jacobian.iter().zip(&self.direction) {
            self.along.iter_mut().zip(column).for_each(|(along, j)| *along += d * j);
        }
        let start: f64 = self.gradient.iter().zip(&self.direction).map(|(g, d)| g * d).sum();
        if start >= 0.0 {
            return false;
        }
        let second = quadratic_form(&self.quadratic, &self.direction, k);
        let first = bilinear(&self.quadratic, &self.step, &self.direction, k);
        let slope_at = |t: f64| {
            let loss = objective.rho.slope_along(&self.along, &self.shifted, objective.weights(), t);
            loss + first + t * second
        };
        let t = line(start, slope_at);
        self.step.iter_mut().zip(&self.direction).for_each(|(s, d)| *s += t * d);
        self.shifted.iter_mut().zip(&self.along).for_each(|(shifted, along)| *shifted += t * along);
        true
    }
}

/// Where the slope, negative at 0 with value `start`, has nearly vanished.
fn line(start: f64, slope: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut low_slope) = (0.0, start);
    let (mut high, mut high_slope) = (f64::INFINITY, f64::INFINITY);
    let mut t = 1.0;
    for trial in 0..TRIALS {
        let here = slope(t);
        if here.abs() <= SLOPE_SHARE * start.abs() {
            break;
        }
        if here < 0.0 {
            (low, low_slope) = (t, here);
        } else {
            (high, high_slope) = (t, here);
        }
        if high.is_infinite() {
            if trial >= 5 {
                break;
            }
            t *= 2.0;
        } else {
            let share = num::clamp(low_slope / (low_slope - high_slope), 0.1, 0.9);
            t = low + share * (high - low);
        }
    }
    t
}

/// The elements of a column at `rows`.
fn gather(rows: &[usize], column: &[f64], to: &mut Vec<f64>) {
    to.clear();
    to.extend(rows.iter().map(|&row| column[row]));
}

fn quadratic_form(matrix: &[f64], x: &[f64], k: usize) -> f64 {
    bilinear(matrix, x, x, k)
}

fn bilinear(matrix: &[f64], x: &[f64], y: &[f64], k: usize) -> f64 {
    (0..k).map(|i| x[i] * (0..k).map(|j| matrix[i * k + j] * y[j]).sum::<f64>()).sum()
}
