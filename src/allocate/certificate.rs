//! Whether a point is an optimum, judged from the formulas alone and not from how it was found.
//!
//! First order: the gradient of the objective is a combination of those of the rows that hold it, with
//! multipliers of the right sign. Second order: along every direction that keeps those rows, the
//! Lagrangian curves upwards. All of it is measured in logarithms, each variable against the size of
//! its own terms, so that a law of which one term is 1e-20 of the other is judged as strictly.

use crate::num::algebra::symmetric_eigen;
use crate::num::{max, min};

use super::model::{Model, Point};
use super::qp::{Basis, dot};
use super::{CURVATURE, FEASIBILITY, RESIDUAL, SIGN};

/// What proves that a solution is an optimum, to this accuracy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Certificate {
    /// How far the first-order conditions are from holding: the largest, over the variables, of the slope
    /// of the Lagrangian as a share of the terms it is made of and their change over a factor e. Where
    /// the problem is infeasible, the same of the sum of the squared violations.
    pub residual: f64,
    /// The largest violation of a limit, as the logarithm of quantity over bound.
    pub feasibility: f64,
    /// The smallest curvature of the Lagrangian along directions that keep the active limits, in the same
    /// scale as `residual`; none where the limits leave no direction.
    pub curvature: Option<f64>,
    /// How often the formulas were evaluated with their derivatives.
    pub evaluations: u32,
}

/// A point, judged.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub residual: f64,
    pub feasibility: f64,
    pub curvature: Option<f64>,
    /// The direction of that curvature, by the logarithms of the variables.
    pub direction: Vec<f64>,
    /// One for each row of the point; zero for those that do not hold it.
    pub multipliers: Vec<f64>,
    /// Those that do.
    pub binding: Vec<usize>,
    /// How much each row holds, in the scale of `residual`: with the sign of its multiplier.
    pub weights: Vec<f64>,
    /// The most negative weight of a row that may be left.
    pub sign: f64,
}

impl Verdict {
    pub fn certificate(&self, evaluations: u32) -> Certificate {
        let Self { residual, feasibility, curvature, .. } = *self;
        Certificate { residual, feasibility, curvature, evaluations }
    }

    /// Whether the first-order conditions hold.
    pub fn is_stationary(&self) -> bool {
        self.residual <= RESIDUAL && self.feasibility <= FEASIBILITY && self.sign >= -SIGN
    }

    /// Whether the second-order condition is certainly broken: a ridge or a saddle.
    pub fn is_ridge(&self) -> bool {
        self.curvature.is_some_and(|curvature| curvature < -CURVATURE)
    }

    /// Whether some direction hardly matters.
    pub fn is_flat(&self) -> bool {
        self.curvature.is_some_and(|curvature| curvature.abs() <= CURVATURE)
    }
}

/// Judges a point held by the rows `binding`, which must not depend on each other.
pub(super) fn judge(model: &Model, point: &Point, binding: &[usize]) -> Verdict {
    let gradients: Vec<Vec<f64>> = binding.iter().map(|&row| point.row_gradient(row)).collect();
    let held = multipliers(point, &gradients);
    let mut all = vec![0.0; model.rows()];
    binding.iter().zip(&held).for_each(|(&row, &multiplier)| all[row] = multiplier);
    let hessian = point.hessian(&all);
    let scale = scale(point, &gradients, &held, &hessian);
    let residual = (0..scale.len())
        .map(|j| point.gradient()[j] + sum(&gradients, &held, j))
        .zip(&scale)
        .fold(0.0, |worst, (slope, scale)| max(worst, share(slope.abs(), *scale)));
    let (curvature, direction) = reduced(&hessian, &gradients, &scale);
    let mut weights = vec![0.0; model.rows()];
    for ((&row, gradient), held) in binding.iter().zip(&gradients).zip(&held) {
        let pulls = gradient.iter().zip(&scale).map(|(slope, scale)| share(slope.abs(), *scale));
        weights[row] = held * pulls.fold(0.0, max);
    }
    let one_sided = binding.iter().filter(|&&row| !model.is_equality(row));
    Verdict {
        residual,
        feasibility: feasibility(model, point),
        curvature,
        direction,
        multipliers: all,
        binding: binding.to_vec(),
        sign: one_sided.map(|&row| weights[row]).fold(0.0, min),
        weights,
    }
}

/// Where no point is within the limits: how still the sum of the squared violations stands.
pub(super) fn stillness(model: &Model, point: &Point, evaluations: u32) -> Certificate {
    let by = |limit: usize| {
        if model.is_equality(limit) { point.row(limit) } else { max(point.row(limit), 0.0) }
    };
    let gradients: Vec<Vec<f64>> = (0..model.limits()).map(|limit| point.row_gradient(limit)).collect();
    let slope = |j: usize| (0..model.limits()).map(|i| by(i) * gradients[i][j]).sum::<f64>();
    let size = |j: usize| (0..model.limits()).map(|i| (by(i) * gradients[i][j]).abs()).sum::<f64>();
    let inside = |j: &usize| (0..2).all(|side| point.row(model.limits() + 2 * j + side) < 0.0);
    let residual = (0..point.u.len()).filter(inside).map(|j| share(slope(j).abs(), size(j))).fold(0.0, max);
    Certificate { residual, feasibility: feasibility(model, point), curvature: None, evaluations }
}

/// The multipliers that come nearest to the first-order conditions.
fn multipliers(point: &Point, gradients: &[Vec<f64>]) -> Vec<f64> {
    let n = point.u.len();
    let hessian = point.hessian(&[]);
    let largest = point.gradient().iter().fold(0.0, |most, slope| max(most, slope.abs()));
    let size = |j: usize| {
        let own = point.gradient()[j].abs() + hessian[j * n + j].abs();
        if own > 0.0 { own } else { largest }
    };
    let weighted = |slopes: &[f64]| (0..n).map(|j| share(slopes[j], size(j))).collect::<Vec<f64>>();
    let basis = Basis::new(&gradients.iter().map(|row| weighted(row)).collect::<Vec<_>>());
    let mut pull: Vec<f64> = weighted(point.gradient()).iter().map(|slope| -slope).collect();
    let parts = basis.take_out(&mut pull);
    basis.coefficients(parts)
}

/// The size of the terms that meet in each first-order condition.
fn scale(point: &Point, gradients: &[Vec<f64>], held: &[f64], hessian: &[f64]) -> Vec<f64> {
    let n = point.u.len();
    let own = |j: usize| point.gradient()[j].abs() + hessian[j * n..][..n].iter().map(|h| h.abs()).sum::<f64>();
    let pulls = |j: usize| gradients.iter().zip(held).map(|(row, held)| (held * row[j]).abs()).sum::<f64>();
    (0..n).map(|j| own(j) + pulls(j)).collect()
}

fn sum(gradients: &[Vec<f64>], held: &[f64], j: usize) -> f64 {
    gradients.iter().zip(held).map(|(row, held)| held * row[j]).sum()
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { part }
}

fn feasibility(model: &Model, point: &Point) -> f64 {
    let by = |row: usize| if model.is_equality(row) { point.row(row).abs() } else { point.row(row) };
    (0..model.rows()).map(by).fold(0.0, max)
}

/// The smallest curvature along the directions that keep the rows, and that direction.
fn reduced(hessian: &[f64], gradients: &[Vec<f64>], scale: &[f64]) -> (Option<f64>, Vec<f64>) {
    let n = scale.len();
    let roots: Vec<f64> = scale.iter().map(|scale| if *scale > 0.0 { scale.sqrt() } else { 1.0 }).collect();
    let rows: Vec<Vec<f64>> =
        gradients.iter().map(|row| row.iter().zip(&roots).map(|(slope, root)| slope / root).collect()).collect();
    let free = complement(&rows, n);
    let k = free.len();
    if k == 0 {
        return (None, vec![0.0; n]);
    }
    let scaled: Vec<f64> = (0..n * n).map(|i| hessian[i] / (roots[i / n] * roots[i % n])).collect();
    let times = |z: &[f64]| (0..n).map(|j| dot(&scaled[j * n..][..n], z)).collect::<Vec<f64>>();
    let products: Vec<Vec<f64>> = free.iter().map(|z| times(z)).collect();
    let matrix: Vec<f64> = (0..k * k).map(|i| dot(&free[i / k], &products[i % k])).collect();
    let Some(eigen) = symmetric_eigen(&matrix, k) else { return (None, vec![0.0; n]) };
    let along = |j: usize| (0..k).map(|i| eigen.vectors[0][i] * free[i][j]).sum::<f64>() / roots[j];
    (Some(eigen.values[0]), (0..n).map(along).collect())
}

/// Orthonormal directions that are orthogonal to all `rows`.
fn complement(rows: &[Vec<f64>], n: usize) -> Vec<Vec<f64>> {
    let mut span = rows.to_vec();
    let mut found = Vec::new();
    while span.len() < n {
        let basis = Basis::new(&span);
        let rest = |j: usize| {
            let mut unit: Vec<f64> = (0..n).map(|k| if k == j { 1.0 } else { 0.0 }).collect();
            basis.take_out(&mut unit);
            unit
        };
        let longest = (0..n).map(rest).fold(vec![0.0; n], |best, next| {
            if dot(&next, &next) > dot(&best, &best) { next } else { best }
        });
        let length = dot(&longest, &longest).sqrt();
        let direction: Vec<f64> = longest.iter().map(|x| x / length).collect();
        span.push(direction.clone());
        found.push(direction);
    }
    found
}
