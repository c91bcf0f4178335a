//! Standard errors, from the curvature at the answer: what a fit can say of itself without refitting.

use super::FitError;
use super::certificate::hessian;
use super::loss::Shape;
use super::objective::{Objective, Point, mirror};
use super::problem::{Model, Problem};
use super::search::Fit;
use crate::num::algebra::{Cholesky, symmetric_eigen};

/// Standard errors of the parameters, in the order of the problem; `None` for one that is held, or lies at a bound.
#[derive(Clone, Debug, PartialEq)]
pub struct Errors {
    /// If the noise of all runs is of one kind: n/(n − p) · mean(ψ²) / mean(ψ')² · (J'J)⁻¹ (Huber 1981, section 7.6).
    pub asymptotic: Vec<Option<f64>>,
    /// Whatever the noise of each run, or of each group where rows share one: H⁻¹ (Σ c² J J') H⁻¹ · n/(n − p) (White
    /// 1980; by groups Liang and Zeger 1986).
    pub sandwich: Vec<Option<f64>>,
    /// Correlations of the estimates by the sandwich, row after row; of coefficients those of their logarithms.
    pub correlations: Vec<Vec<Option<f64>>>,
    /// The same by the asymptotic formula.
    pub asymptotic_correlations: Vec<Vec<Option<f64>>>,
    /// Second derivatives of F, row after row, with positive parameters by their logarithms. Its eigenvectors are the
    /// directions that the runs determine well and badly.
    pub hessian: Vec<Vec<Option<f64>>>,
    /// Of the Hessian: how much better the best determined direction is determined than the worst.
    pub condition: f64,
}

/// Standard errors at the answer of a fit. `groups` has one group for each run, counted from 0, where rows share one.
/// None of absolute values, whose objective has no curvature, nor where the answer has none.
///
/// # Errors
/// If the law cannot be compiled.
pub fn errors(problem: &Problem, fit: &Fit, groups: Option<&[usize]>) -> Result<Option<Errors>, FitError> {
    let model = Model::new(problem, fit.held.clone())?;
    let mut objective = Objective::of(problem, &model);
    let mut point = Point::default();
    if problem.loss.shape == Shape::Absolute || !objective.linearise(&fit.theta, &mut point) {
        return Ok(None);
    }
    let moving: Vec<usize> = (0..point.theta.len()).filter(|&k| !point.held[k]).collect();
    let curvature = Curvature { objective: &objective, point: &point, moving: &moving };
    // A positive parameter is spoken of by its logarithm: one that moves as it is has the slope of its value.
    let slope = |&k: &usize| {
        let parameter = &problem.parameters[model.free[k]];
        if parameter.positive && !model.coordinates[k].logarithm { point.theta[k] } else { 1.0 }
    };
    let scales: Vec<f64> = moving.iter().map(slope).collect();
    let hessian = curvature.scaled_hessian(&scales);
    let found = curvature.asymptotic().zip(curvature.sandwich(groups)).zip(condition(&hessian, scales.len()));
    let Some(((asymptotic, sandwich), condition)) = found else { return Ok(None) };

    let parameters = problem.parameters.len();
    let m = moving.len();
    let by_parameter = |entry: &dyn Fn(usize, usize) -> f64| {
        let mut matrix = vec![vec![None; parameters]; parameters];
        for (i, &k) in moving.iter().enumerate() {
            for (j, &l) in moving.iter().enumerate() {
                matrix[model.free[k]][model.free[l]] = Some(entry(i, j));
            }
        }
        matrix
    };
    let correlations = |covariance: &[f64]| {
        let product = |i: usize, j: usize| covariance[i * m + i] * covariance[j * m + j];
        by_parameter(&|i, j| covariance[i * m + j] / product(i, j).sqrt())
    };
    let deviations = |covariance: &[f64]| {
        let mut column = vec![None; parameters];
        for (at, &k) in moving.iter().enumerate() {
            // Of a coefficient that moves by its logarithm, the error is relative.
            let unit =
                if model.coordinates[k].logarithm { model.coordinates[k].value(point.theta[k]) } else { 1.0 };
            column[model.free[k]] = Some(unit * covariance[at * m + at].sqrt());
        }
        column
    };
    Ok(Some(Errors {
        asymptotic: deviations(&asymptotic),
        sandwich: deviations(&sandwich),
        correlations: correlations(&sandwich),
        asymptotic_correlations: correlations(&asymptotic),
        hessian: by_parameter(&|i, j| hessian[i * m + j]),
        condition,
    }))
}

/// κ = mean(ψ²) / mean(ψ') · n/(n − p): what F is measured in where it is compared with chance; of squares the variance of
/// the noise. None of absolute values.
pub(super) fn dispersion(problem: &Problem, fit: &Fit) -> Result<Option<f64>, FitError> {
    let model = Model::new(problem, fit.held.clone())?;
    let mut objective = Objective::of(problem, &model);
    let mut point = Point::default();
    let is_defined = objective.linearise(&fit.theta, &mut point);
    Ok(is_defined.then(|| dispersion_at(&objective, &point, problem.loss.shape)).flatten())
}

/// The same where the answer is linearised already.
pub(super) fn dispersion_at(objective: &Objective, point: &Point, shape: Shape) -> Option<f64> {
    if shape == Shape::Absolute {
        return None;
    }
    let (rho, runs) = (objective.rho, point.residuals.len() as f64);
    let free = point.held.iter().filter(|held| !**held).count() as f64;
    let rows = || point.residuals.iter().zip(objective.weights());
    let square: f64 = rows().map(|(r, w)| w * w * rho.slope(*r) * rho.slope(*r)).sum();
    let slope: f64 = rows().map(|(r, w)| w * rho.curvature(*r)).sum();
    let kappa = square / slope * runs / (runs - free);
    (kappa.is_finite() && kappa > 0.0).then_some(kappa)
}

/// The answer, along the coordinates that can move.
struct Curvature<'a, 'o> {
    objective: &'a Objective<'o>,
    point: &'a Point,
    moving: &'a [usize],
}

impl Curvature<'_, '_> {
    fn hessian(&self) -> Vec<f64> {
        let k = self.point.theta.len();
        let whole = hessian(self.objective, self.point);
        self.moving
            .iter()
            .flat_map(|&i| self.moving.iter().map(move |&j| (i, j)))
            .map(|(i, j)| whole[i * k + j])
            .collect()
    }

    /// Σ weight(row) J J'.
    fn gram(&self, weight: impl Fn(usize) -> f64) -> Vec<f64> {
        let m = self.moving.len();
        let mut gram = vec![0.0; m * m];
        for row in 0..self.point.residuals.len() {
            let weight = weight(row);
            for (i, &k) in self.moving.iter().enumerate() {
                for (j, &l) in self.moving[..=i].iter().enumerate() {
                    gram[i * m + j] += weight * self.point.jacobian[k][row] * self.point.jacobian[l][row];
                }
            }
        }
        mirror(&mut gram, m);
        gram
    }

    /// n/(n − p): what fitting took from the residuals.
    fn correction(&self) -> f64 {
        let (runs, free) = (self.point.residuals.len() as f64, self.moving.len() as f64);
        if runs > free { runs / (runs - free) } else { f64::INFINITY }
    }

    fn asymptotic(&self) -> Option<Vec<f64>> {
        let (rho, weights, residuals) = (self.objective.rho, self.objective.weights(), &self.point.residuals);
        let runs = residuals.len() as f64;
        let square = residuals.iter().map(|r| rho.slope(*r) * rho.slope(*r)).sum::<f64>() / runs;
        let slope = residuals.iter().map(|r| rho.curvature(*r)).sum::<f64>() / runs;
        let factor = self.correction() * square / (slope * slope);
        let outer = sandwiched(
            &self.gram(|row| weights[row]),
            &self.gram(|row| weights[row] * weights[row]),
            self.moving.len(),
        )?;
        let covariance: Vec<f64> = outer.into_iter().map(|x| x * factor).collect();
        covariance.iter().all(|x| x.is_finite()).then_some(covariance)
    }

    fn sandwich(&self, groups: Option<&[usize]>) -> Option<Vec<f64>> {
        let (rho, weights, residuals) = (self.objective.rho, self.objective.weights(), &self.point.residuals);
        let slope = |row: usize| weights[row] * rho.slope(residuals[row]);
        let (meat, correction) = match groups {
            None => (self.gram(|row| slope(row) * slope(row)), self.correction()),
            Some(groups) => self.clustered(groups, slope),
        };
        let covariance: Vec<f64> = sandwiched(&self.hessian(), &meat, self.moving.len())?
            .into_iter()
            .map(|x| x * correction)
            .collect();
        covariance.iter().all(|x| x.is_finite()).then_some(covariance)
    }

    /// Σ over groups of the outer product of their scores, with the correction for few groups.
    fn clustered(&self, groups: &[usize], slope: impl Fn(usize) -> f64) -> (Vec<f64>, f64) {
        let m = self.moving.len();
        let count = groups.iter().max().map_or(0, |most| most + 1);
        let mut scores = vec![0.0; count * m];
        for (row, group) in groups.iter().enumerate() {
            for (i, &k) in self.moving.iter().enumerate() {
                scores[group * m + i] += slope(row) * self.point.jacobian[k][row];
            }
        }
        let mut meat = vec![0.0; m * m];
        for score in scores.chunks_exact(m.max(1)) {
            for i in 0..m {
                for j in 0..=i {
                    meat[i * m + j] += score[i] * score[j];
                }
            }
        }
        mirror(&mut meat, m);
        let (runs, free, count) = (groups.len() as f64, m as f64, count as f64);
        (meat, count / (count - 1.0) * (runs - 1.0) / (runs - free))
    }

    fn scaled_hessian(&self, scales: &[f64]) -> Vec<f64> {
        let m = scales.len();
        let mut hessian = self.hessian();
        for i in 0..m {
            for j in 0..m {
                hessian[i * m + j] *= scales[i] * scales[j];
            }
        }
        hessian
    }
}

fn condition(hessian: &[f64], m: usize) -> Option<f64> {
    let values = symmetric_eigen(hessian, m)?.values;
    Some(values.last()? / values.first()?)
}

/// A⁻¹ B A⁻¹ for symmetric matrices; nothing where A is not positive definite.
fn sandwiched(a: &[f64], b: &[f64], m: usize) -> Option<Vec<f64>> {
    let mut factored = a.to_vec();
    let factor = Cholesky::factor(&mut factored, m)?;
    let solve = |matrix: &[f64]| -> Vec<f64> {
        // The columns of a symmetric matrix are its rows; what comes out is transposed.
        let mut solved = matrix.to_vec();
        solved.chunks_exact_mut(m.max(1)).for_each(|row| factor.solve(row));
        (0..m * m).map(|at| solved[(at % m) * m + at / m]).collect()
    };
    let mut product = solve(&solve(b));
    mirror(&mut product, m);
    Some(product)
}
