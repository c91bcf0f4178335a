//! The objective and its linearisation: what a fit knows of the data.
//!
//! `F(θ) = Σ wᵢ ρ(rᵢ)` with rᵢ = (g(f(xᵢ; θ)) − g(Lᵢ)) / σᵢ, where g is the logarithm or nothing: a sum,
//! never a mean, so that stopping rules do not depend on the number of runs.

use super::gram::add_gram;
use super::loss::{Residual, Rho};
use super::observations::Observations;
use super::problem::{Coordinate, Model, Problem};
use super::pull::{Missed, Pull};
use crate::formula::{Bound, Order, Program};
use crate::num::{self, lanes};

/// The data side of a fit, bound to one program.
pub(super) struct Objective<'a> {
    program: &'a Program,
    pub coordinates: &'a [Coordinate],
    /// The parameters that are not coefficients.
    pub nonlinear: &'a [usize],
    bound: Bound<'a>,
    observed: Observations,
    pub rho: Rho,
    /// What pulls a decision to where it is held: one more residual, after those of the runs.
    pull: Option<Pull<'a>>,
    /// ∂r/∂f, then its product with c, for the rows of a chunk.
    inner: Vec<f64>,
    slope: Vec<f64>,
}

/// The objective near one θ: residuals, their derivatives, and the curvature that these leave out.
#[derive(Clone, Debug, Default)]
pub(super) struct Point {
    pub theta: Vec<f64>,
    pub value: f64,
    /// r, one for each run.
    pub residuals: Vec<f64>,
    /// ∂r/∂θₖ, a column for each parameter.
    pub jacobian: Vec<Vec<f64>>,
    /// Σ c Jₖ with c = w ρ'(r).
    pub gradient: Vec<f64>,
    /// The parameters at a bound that the gradient pushes against: they stay.
    pub held: Vec<bool>,
    /// Σ |c Jₖ|: what the gradient is compared with, free of any unit.
    pub scale: Vec<f64>,
    /// Σ c ∂²r/∂θₖ∂θₗ, row after row.
    pub curvature: Vec<f64>,
}

impl Point {
    /// The largest component of the gradient, along what can move, relative to the terms that cancel in it.
    pub fn relative_gradient(&self) -> f64 {
        relative(&self.gradient, &self.scale, &self.held)
    }

    /// Keeps some parameters where they are.
    pub fn hold(&mut self, parameters: &[usize]) {
        for &k in parameters {
            self.held[k] = true;
        }
    }
}

/// max |gₖ| / scaleₖ over those not held, where a component without terms counts as zero.
pub(super) fn relative(gradient: &[f64], scale: &[f64], held: &[bool]) -> f64 {
    let share = |((g, scale), held): ((&f64, &f64), &bool)| {
        if *held || *scale <= 0.0 { 0.0 } else { g.abs() / scale }
    };
    gradient.iter().zip(scale).zip(held).map(share).fold(0.0, num::max)
}

impl<'a> Objective<'a> {
    /// The objective of a model, for the runs whose inputs and responses these are.
    pub fn new(model: &'a Model, inputs: &[&'a [f64]], observed: Observations, rho: Rho) -> Self {
        let runs = observed.target.len();
        Self {
            program: &model.program,
            coordinates: &model.coordinates,
            nonlinear: &model.nonlinear,
            bound: model.program.bind(inputs),
            observed,
            rho,
            pull: None,
            inner: vec![0.0; runs],
            slope: vec![0.0; runs],
        }
    }

    /// The objective of a model, for all runs of a problem.
    pub fn of(problem: &Problem<'a>, model: &'a Model) -> Self {
        let inputs: Vec<&'a [f64]> = problem.inputs.iter().map(|&(_, column)| column).collect();
        Self::new(model, &inputs, Observations::new(problem), Rho::of(problem.loss))
    }

    /// Pulls a decision to where it is held, or lets it go.
    pub fn pull(&mut self, pull: Option<Pull<'a>>) {
        self.observed.weights.truncate(self.runs());
        self.observed.weights.extend(pull.as_ref().map(|pull| pull.weight));
        self.pull = pull;
    }

    /// What pulls a decision.
    pub fn pulled(&mut self) -> Option<&mut Pull<'a>> {
        self.pull.as_mut()
    }

    /// How many runs there are.
    pub fn runs(&self) -> usize {
        self.observed.target.len()
    }

    /// One over the noise of a run; 1 where that is not known.
    pub fn precision(&self, row: usize) -> f64 {
        self.observed.precision(row)
    }

    /// A weight for each run.
    pub fn weights(&self) -> &[f64] {
        &self.observed.weights
    }

    /// The responses that residuals are taken from: ln L, or L.
    pub fn targets(&mut self) -> &mut [f64] {
        &mut self.observed.target
    }

    /// F(θ), of the runs alone; infinite where the law has no residual at some run.
    pub fn value(&mut self, theta: &[f64]) -> f64 {
        let (observed, rho) = (&self.observed, self.rho);
        let residuals = &mut self.slope;
        let mut sum = 0.0;
        self.bound.each(Order::Value, theta, &[], |chunk| {
            let rows = chunk.rows();
            let residuals = &mut residuals[rows.clone()];
            observed.residuals(&rows, chunk.value(), residuals);
            sum += rho.sum(residuals, &observed.weights[rows]);
        });
        if sum.is_finite() { sum } else { f64::INFINITY }
    }

    /// Fills `point` at θ. False, with `point` spoilt, where F is not finite.
    pub fn linearise(&mut self, theta: &[f64], point: &mut Point) -> bool {
        point.reset(theta, self.observed.weights.len());
        let (observed, rho) = (&self.observed, self.rho);
        let (inner, slope, pairs) = (&mut self.inner, &mut self.slope, self.program.pairs());
        let k = theta.len();
        self.bound.each(Order::Hessian, theta, &[], |chunk| {
            let rows = chunk.rows();
            let residuals = &mut point.residuals[rows.clone()];
            let (inner, slope) = (&mut inner[rows.clone()], &mut slope[rows.clone()]);
            let weights = &observed.weights[rows.clone()];
            observed.residuals(&rows, chunk.value(), residuals);
            point.value += rho.sum(residuals, weights);
            observed.derivatives(&rows, chunk.value(), inner);
            for (slope, (r, w)) in slope.iter_mut().zip(residuals.iter().zip(weights)) {
                *slope = w * rho.slope(*r);
            }
            for (i, column) in point.jacobian.iter_mut().enumerate() {
                let column = &mut column[rows.clone()];
                for ((to, first), inner) in column.iter_mut().zip(chunk.first(i)).zip(&*inner) {
                    *to = first * inner;
                }
                let [sum, size] = sum_and_size(slope, column);
                point.gradient[i] += sum;
                point.scale[i] += size;
            }
            inner.iter_mut().zip(&*slope).for_each(|(inner, slope)| *inner *= slope);
            for (index, &(i, j)) in pairs.iter().enumerate() {
                point.curvature[j * k + i] += lanes::dot(inner, chunk.second(index));
            }
            // ∂² ln f = ∂²f / f − ∂ ln f ∂ ln f; the second part needs f no more.
            if observed.of == Residual::Log {
                observed.times_deviation(&rows, slope);
                add_gram(&mut point.curvature, -1.0, slope, &point.jacobian, &rows);
            }
        });
        mirror(&mut point.curvature, k);
        if self.pull.is_some() && !self.add_pull(point) {
            return false;
        }
        point.held.clear();
        let pushed = |i: usize| self.coordinates[i].holds(theta[i], point.gradient[i]);
        point.held.extend((0..k).map(pushed));
        point.value.is_finite() && point.curvature.iter().chain(&point.gradient).all(|x| x.is_finite())
    }

    /// Adds what pulls a decision, as the last of the residuals. False where it has none.
    fn add_pull(&mut self, point: &mut Point) -> bool {
        let Some(pull) = &mut self.pull else { return false };
        let Some(Missed { value, first, second }) = pull.residual(&point.theta) else { return false };
        let row = point.residuals.len() - 1;
        point.residuals[row] = value;
        point.value += self.rho.sum(&[value], &[pull.weight]);
        let slope = pull.weight * self.rho.slope(value);
        for (i, first) in first.iter().enumerate() {
            point.jacobian[i][row] = *first;
            point.gradient[i] += slope * first;
            point.scale[i] += (slope * first).abs();
        }
        point.curvature.iter_mut().zip(second).for_each(|(to, second)| *to += slope * second);
        true
    }
}

impl Point {
    fn reset(&mut self, theta: &[f64], runs: usize) {
        let k = theta.len();
        self.theta.clear();
        self.theta.extend_from_slice(theta);
        self.value = 0.0;
        self.residuals.resize(runs, 0.0);
        self.jacobian.resize_with(k, Vec::new);
        self.jacobian.iter_mut().for_each(|column| column.resize(runs, 0.0));
        for (sums, length) in [(&mut self.gradient, k), (&mut self.scale, k), (&mut self.curvature, k * k)] {
            sums.clear();
            sums.resize(length, 0.0);
        }
    }
}

/// Σ c J and Σ |c J|.
pub(super) fn sum_and_size(slope: &[f64], column: &[f64]) -> [f64; 2] {
    lanes::sums_of([slope, column], |[slope, column]| {
        let product = slope * column;
        [product, product.abs()]
    })
}

/// Copies the lower triangle to the upper one.
pub(super) fn mirror(matrix: &mut [f64], k: usize) {
    for i in 0..k {
        for j in 0..i {
            matrix[j * k + i] = matrix[i * k + j];
        }
    }
}
