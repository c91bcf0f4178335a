//! What the runs say, as residuals need it.

use std::ops::Range;

use super::loss::{Residual, Shape};
use super::problem::Problem;
use crate::num;

/// The responses of some runs, and how much each counts.
#[derive(Clone, Debug)]
pub(super) struct Observations {
    /// What residuals are of.
    pub of: Residual,
    /// ln L, or L.
    pub target: Vec<f64>,
    /// A weight for each run.
    pub weights: Vec<f64>,
    /// One over the noise of each run, where that is known.
    precision: Option<Vec<f64>>,
}

impl Observations {
    /// Of all runs of a problem.
    pub fn new(problem: &Problem) -> Self {
        let of = problem.loss.of;
        let target = match of {
            Residual::Log => logarithms(problem.response),
            Residual::Raw => problem.response.to_vec(),
        };
        let weights = problem.weights.map_or_else(|| vec![1.0; target.len()], <[f64]>::to_vec);
        let precision = problem.deviations.map(|noise| noise.iter().map(|sigma| 1.0 / sigma).collect());
        Self { of, target, weights, precision }
    }

    /// r for some of the runs, from the values of the law there.
    pub fn residuals(&self, rows: &Range<usize>, values: &[f64], residuals: &mut [f64]) {
        match self.of {
            Residual::Log => num::columns::ln(values, residuals),
            Residual::Raw => residuals.copy_from_slice(values),
        }
        residuals.iter_mut().zip(&self.target[rows.clone()]).for_each(|(r, target)| *r -= target);
        if let Some(precision) = &self.precision {
            residuals.iter_mut().zip(&precision[rows.clone()]).for_each(|(r, precision)| *r *= precision);
        }
    }

    /// ∂r/∂f for some of the runs.
    pub fn derivatives(&self, rows: &Range<usize>, values: &[f64], derivatives: &mut [f64]) {
        match self.of {
            Residual::Log => derivatives.iter_mut().zip(values).for_each(|(to, value)| *to = 1.0 / value),
            Residual::Raw => derivatives.fill(1.0),
        }
        if let Some(precision) = &self.precision {
            derivatives.iter_mut().zip(&precision[rows.clone()]).for_each(|(to, precision)| *to *= precision);
        }
    }

    /// Multiplies a column of some of the runs by their noise.
    pub fn times_deviation(&self, rows: &Range<usize>, column: &mut [f64]) {
        if let Some(precision) = &self.precision {
            column.iter_mut().zip(&precision[rows.clone()]).for_each(|(to, precision)| *to /= precision);
        }
    }

    /// Those of some of the runs, each as often as it is drawn.
    pub fn gathered(&self, rows: &[usize], times: &[f64]) -> Self {
        let pick = |column: &Vec<f64>| rows.iter().map(|&row| column[row]).collect::<Vec<f64>>();
        let mut weights = pick(&self.weights);
        weights.iter_mut().zip(times).for_each(|(weight, times)| *weight *= times);
        Self {
            of: self.of,
            target: pick(&self.target),
            weights,
            precision: self.precision.as_ref().map(pick),
        }
    }

    /// F of residuals that are nothing but rounding.
    pub fn rounding(&self, shape: Shape) -> f64 {
        let noise = |target: &f64| match self.of {
            // The logarithm of a response far from one is known to fewer decimals.
            Residual::Log => 1e-15 * num::max(1.0, target.abs()),
            Residual::Raw => 1e-15 * target.abs(),
        };
        let share = |(row, target): (usize, &f64)| {
            let noise = noise(target) * self.precision(row);
            if shape == Shape::Absolute { noise } else { noise * noise }
        };
        self.target.iter().enumerate().map(share).sum()
    }

    /// The same runs with other responses.
    pub fn with_target(&self, target: Vec<f64>) -> Self {
        Self { target, ..self.clone() }
    }

    /// One over the noise of a run; 1 where that is not known.
    pub fn precision(&self, row: usize) -> f64 {
        self.precision.as_ref().map_or(1.0, |precision| precision[row])
    }
}

/// The natural logarithms of a column.
pub(super) fn logarithms(column: &[f64]) -> Vec<f64> {
    let mut logs = vec![0.0; column.len()];
    num::columns::ln(column, &mut logs);
    logs
}
