//! What proves that a fit is at the minimum.

use super::objective::{Objective, Point, mirror};
use crate::num::algebra::{Cholesky, symmetric_eigen};

/// The local part of the proof, at one point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Local {
    /// Half the Newton decrement squared: how far F can still fall, to second order.
    pub decrement: f64,
    /// Of the Hessian scaled to ones on its diagonal.
    pub smallest_eigenvalue: f64,
}

/// At a smaller eigenvalue of the scaled Hessian the minimum is flat in this arithmetic.
const FLAT: f64 = 1e-12;

impl Local {
    /// Measures the proof at `point`.
    pub fn measure(objective: &Objective, point: &Point) -> Self {
        let (hessian, gradient) = free(&hessian(objective, point), point);
        let k = gradient.len();
        let mut scaled = hessian.clone();
        for i in 0..k {
            for j in 0..k {
                scaled[i * k + j] /= (hessian[i * k + i].abs() * hessian[j * k + j].abs()).sqrt();
            }
        }
        let positive = (0..k).all(|i| hessian[i * k + i] > 0.0);
        let smallest = if positive { symmetric_eigen(&scaled, k) } else { None };
        let smallest_eigenvalue = smallest
            .map_or(f64::NEG_INFINITY, |eigen| eigen.values.first().copied().unwrap_or(f64::INFINITY));
        let mut factored = hessian;
        let mut half = gradient;
        let decrement = match Cholesky::factor(&mut factored, k) {
            Some(factor) => {
                factor.forward(&mut half);
                0.5 * half.iter().map(|x| x * x).sum::<f64>()
            }
            None => f64::INFINITY,
        };
        Self { decrement, smallest_eigenvalue }
    }

    /// Whether F cannot fall by more than rounding near this point; `rounding` is F of residuals that are nothing
    /// else.
    pub fn stationary(&self, value: f64, rounding: f64) -> bool {
        self.decrement <= 1e-16 * value + rounding
    }

    /// Whether the minimum has a bottom.
    pub fn curved(&self) -> bool {
        self.smallest_eigenvalue > FLAT
    }
}

/// Hessian and gradient along the parameters that are not held at a bound.
fn free(hessian: &[f64], point: &Point) -> (Vec<f64>, Vec<f64>) {
    let k = point.theta.len();
    let moving: Vec<usize> = (0..k).filter(|&i| !point.held[i]).collect();
    let matrix = moving.iter().flat_map(|&i| moving.iter().map(move |&j| hessian[i * k + j])).collect();
    (matrix, moving.iter().map(|&i| point.gradient[i]).collect())
}

/// The exact second derivatives of F: those of the runs whose loss is quadratic, and the curvature.
pub(super) fn hessian(objective: &Objective, point: &Point) -> Vec<f64> {
    let k = point.theta.len();
    let mut hessian = point.curvature.clone();
    for (row, weight) in objective.weights().iter().enumerate() {
        let weight = weight * objective.rho.curvature(point.residuals[row]);
        if weight > 0.0 {
            for i in 0..k {
                for j in 0..=i {
                    hessian[i * k + j] += weight * point.jacobian[i][row] * point.jacobian[j][row];
                }
            }
        }
    }
    mirror(&mut hessian, k);
    hessian
}
