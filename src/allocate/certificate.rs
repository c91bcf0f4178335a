//! Whether a point is an optimum, judged from the formulas alone and not from how it was found.
//!
//! First order: the gradient of the objective is a combination of those of the rows that hold it, with
//! multipliers of the right sign. Second order: along every direction that keeps those rows, the
//! Lagrangian curves upwards. All of it is measured in logarithms, each variable against the size of
//! its own terms, so that a law of which one term is 1e-20 of the other is judged as strictly.

use crate::num::algebra::symmetric_eigen;
use crate::num::{max, min};

use super::held::Held;
use super::model::Model;
use super::point::Point;
use super::qp::reduced;
use super::{CURVATURE, FEASIBILITY, RESIDUAL, SIGN};

/// What proves that a solution is an optimum, to this accuracy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Certificate {
    /// How far the first-order conditions are from holding: the largest, over the variables, of the slope
    /// of the Lagrangian as a share of the terms it is made of and their change over a factor e. Where
    /// the problem is infeasible, the same of the sum of the squared violations.
    pub residual: f64,
    /// The largest violation of a limit, or distance from its bound of one that binds, as the logarithm of
    /// quantity over bound.
    pub feasibility: f64,
    /// The smallest curvature of the Lagrangian along directions that keep the active limits, in the same
    /// scale as `residual`; none where the limits leave no direction.
    pub curvature: Option<f64>,
    /// How often the formulas were evaluated with their derivatives.
    pub evaluations: u32,
    /// What is known of the rest of the box.
    pub global: Global,
}

/// What is known of all plans together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Global {
    /// In logarithms the problem is convex: what is best among its neighbours is best of all.
    Convex,
    /// A low-discrepancy scan of the box.
    Scan {
        /// How many points were looked at.
        points: u32,
        /// How many of them were within the limits.
        within: u32,
        /// Whether one of them is better than the answer.
        better: bool,
    },
    /// Nothing: only the surroundings were looked at.
    Unknown,
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
    pub fn certificate(&self) -> Certificate {
        let Self { residual, feasibility, curvature, .. } = *self;
        Certificate { residual, feasibility, curvature, evaluations: 0, global: Global::Unknown }
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

/// Judges a point held by the rows `binding`; those that depend on the ones before do not count.
pub(super) fn judge(model: &Model, point: &Point, binding: &[usize]) -> Verdict {
    let gradients: Vec<Vec<f64>> = binding.iter().map(|&row| point.row_gradient(row)).collect();
    let sizes = point.sizes(&point.hessian(&[]));
    let holds = Held::new(gradients.iter().map(|row| &row[..]), &sizes);
    let binding: Vec<usize> = holds.rows.iter().map(|&i| binding[i]).collect();
    let gradients: Vec<Vec<f64>> = binding.iter().map(|&row| point.row_gradient(row)).collect();
    let held: Vec<f64> =
        holds.multipliers(point.gradient(), &sizes).into_iter().map(|(multiplier, _)| multiplier).collect();
    let mut all = vec![0.0; model.rows()];
    binding.iter().zip(&held).for_each(|(&row, &multiplier)| all[row] = multiplier);
    let hessian = point.hessian(&all);
    let scale = scale(model, point, &gradients, &held, &hessian);
    let slopes = (0..scale.len()).map(|j| point.gradient()[j] + sum(&gradients, &held, j));
    let shares = slopes.zip(&scale).map(|(slope, scale)| share(slope.abs(), *scale));
    // Multipliers beyond all numbers prove nothing.
    let sound = hessian.iter().chain(&scale).all(|x| x.is_finite());
    let residual = if sound { shares.fold(0.0, max) } else { f64::INFINITY };
    let (curvature, direction) = curvature(&hessian, &holds, &scale);
    let mut weights = vec![0.0; model.rows()];
    for ((&row, gradient), held) in binding.iter().zip(&gradients).zip(&held) {
        let pulls = gradient.iter().zip(&scale).map(|(slope, scale)| share(slope.abs(), *scale));
        weights[row] = held * pulls.fold(0.0, max);
    }
    let one_sided = binding.iter().filter(|&&row| !model.is_equality(row));
    Verdict {
        residual,
        feasibility: max(feasibility(model, point), slack(point, &binding, &weights)),
        curvature,
        direction,
        multipliers: all,
        sign: one_sided.map(|&row| weights[row]).fold(0.0, min),
        weights,
        binding,
    }
}

/// How far a row that holds the point is from its bound.
fn slack(point: &Point, binding: &[usize], weights: &[f64]) -> f64 {
    let holding = binding.iter().filter(|&&row| weights[row] > SIGN);
    holding.map(|&row| point.row(row).abs()).fold(0.0, max)
}

/// Where no point is within the limits: how still the sum of the squared violations stands.
pub(super) fn stillness(model: &Model, point: &Point) -> Certificate {
    let by = |limit: usize| {
        if model.is_equality(limit) { point.row(limit) } else { max(point.row(limit), 0.0) }
    };
    let gradients: Vec<Vec<f64>> = (0..model.limits()).map(|limit| point.row_gradient(limit)).collect();
    let slope = |j: usize| (0..model.limits()).map(|i| by(i) * gradients[i][j]).sum::<f64>();
    let size = |j: usize| (0..model.limits()).map(|i| (by(i) * gradients[i][j]).abs()).sum::<f64>();
    let inside = |j: &usize| (0..2).all(|side| point.row(model.limits() + 2 * j + side) < 0.0);
    let residual = (0..point.u.len()).filter(inside).map(|j| share(slope(j).abs(), size(j))).fold(0.0, max);
    let feasibility = feasibility(model, point);
    Certificate { residual, feasibility, curvature: None, evaluations: 0, global: Global::Unknown }
}

/// The size of the terms that meet in each first-order condition.
fn scale(model: &Model, point: &Point, gradients: &[Vec<f64>], held: &[f64], hessian: &[f64]) -> Vec<f64> {
    let n = point.u.len();
    let change =
        |j: usize| (0..n).map(|l| hessian[j * n + l].abs() * model.stride(l, point.u[l])).sum::<f64>();
    let own = |j: usize| point.gradient()[j].abs() + change(j);
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

/// The smallest curvature along the directions that keep the held rows, and that direction.
fn curvature(hessian: &[f64], held: &Held, scale: &[f64]) -> (Option<f64>, Vec<f64>) {
    let directions = held.directions();
    let sizes: Vec<f64> = scale.iter().map(|scale| if *scale > 0.0 { scale.sqrt() } else { 1.0 }).collect();
    let (matrix, roots) = reduced(hessian, &directions, &sizes);
    let k = directions.len();
    let none = (None, vec![0.0; scale.len()]);
    if k == 0 {
        return none;
    }
    let Some(eigen) = symmetric_eigen(&matrix, k) else { return none };
    let along = |j: usize| (0..k).map(|i| eigen.vectors[0][i] * directions[i][j] / roots[i]).sum();
    (Some(eigen.values[0]), (0..scale.len()).map(along).collect())
}
