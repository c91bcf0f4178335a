//! How much each run says: what it leaves, and what moves without it.

use super::FitError;
use super::certificate::hessian;
use super::errors::dispersion_at;
use super::loss::Residual;
use super::objective::{Objective, Point};
use super::observations::Observations;
use super::problem::{Model, Problem};
use super::search::Fit;
use crate::num::algebra::Cholesky;
use crate::num::exp;

/// How much each run says, a number for each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Influence {
    /// What the law says of it.
    pub fitted: Vec<f64>,
    /// ln f − ln L, or f − L, by its noise where that is known.
    pub residuals: Vec<f64>,
    /// How far its own response decides what the law says of it: between 0 and 1, p in all (Hoaglin and Welsch 1978). Of a
    /// run beyond Huber's threshold, which only pulls, it is 0. Empty where the objective has no curvature.
    pub leverage: Vec<f64>,
    /// How far the parameters move without it, in the measure of their own uncertainty (Cook 1977): s' H⁻¹ s / (p κ (1 −
    /// h)²) for its score s and leverage h. Above about 1 the answer hangs on it. Empty as `leverage`.
    pub distance: Vec<f64>,
}

/// How much each run says of the answer of a fit.
///
/// # Errors
/// If the law cannot be compiled.
pub fn influence(problem: &Problem, fit: &Fit) -> Result<Influence, FitError> {
    let model = Model::new(problem, fit.held.clone())?;
    let observed = Observations::new(problem);
    let fitted = |(row, r): (usize, &f64)| {
        let said = observed.target[row] + r / observed.precision(row);
        if problem.loss.of == Residual::Log { exp(said) } else { said }
    };
    let mut objective = Objective::of(problem, &model);
    let mut point = Point::default();
    if !objective.linearise(&fit.theta, &mut point) {
        return Ok(Influence::default());
    }
    let mut found = Influence {
        fitted: point.residuals.iter().enumerate().map(fitted).collect(),
        residuals: point.residuals.clone(),
        ..Influence::default()
    };
    let kappa = dispersion_at(&objective, &point, problem.loss.shape);
    let moving: Vec<usize> = (0..point.theta.len()).filter(|&k| !point.held[k]).collect();
    let (k, m) = (point.theta.len(), moving.len());
    let whole = hessian(&objective, &point);
    let mut matrix: Vec<f64> = moving
        .iter()
        .flat_map(|&i| moving.iter().map(move |&j| (i, j)))
        .map(|(i, j)| whole[i * k + j])
        .collect();
    let (Some(kappa), Some(factor)) = (kappa, Cholesky::factor(&mut matrix, m)) else { return Ok(found) };
    for (row, (r, w)) in point.residuals.iter().zip(objective.weights()).enumerate() {
        // J' H⁻¹ J, of which both are multiples.
        let mut half: Vec<f64> = moving.iter().map(|&k| point.jacobian[k][row]).collect();
        factor.forward(&mut half);
        let spread: f64 = half.iter().map(|x| x * x).sum();
        let leverage = w * objective.rho.curvature(*r) * spread;
        let score = w * objective.rho.slope(*r);
        let left = 1.0 - leverage;
        found.leverage.push(leverage);
        found.distance.push(score * score * spread / (m as f64 * kappa * left * left));
    }
    Ok(found)
}
