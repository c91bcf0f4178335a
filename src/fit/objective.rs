//! The objective and its linearisation: what a fit knows of the data.
//!
//! `F(θ) = Σ wᵢ ρ_δ(rᵢ)` with rᵢ = ln f(xᵢ; θ) − ln Lᵢ and Huber's `ρ_δ(r) = r²/2` up to |r| = δ, then
//! δ(|r| − δ/2): a sum, never a mean, so that stopping rules do not depend on the number of runs.

use super::gram::add_gram;
use super::problem::{Coordinate, Model};
use crate::formula::{Bound, Order, Program};
use crate::num::{self, lanes, lanes::F64x2};

/// The data side of a fit, bound to one program.
pub(super) struct Objective<'a> {
    program: &'a Program,
    pub coordinates: &'a [Coordinate],
    /// The parameters that are not coefficients.
    pub nonlinear: &'a [usize],
    bound: Bound<'a>,
    log_response: &'a [f64],
    pub weights: &'a [f64],
    pub delta: f64,
    /// 1 / f, then c / f, for the rows of a chunk.
    inverse: Vec<f64>,
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
    /// Σ c Jₖ with c = w clamp(r, −δ, δ).
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
    /// `log_response` holds ln L, and `weights` a positive weight, for each run.
    pub fn new(
        model: &'a Model,
        inputs: &[&'a [f64]],
        log_response: &'a [f64],
        weights: &'a [f64],
        delta: f64,
    ) -> Self {
        let runs = log_response.len();
        let bound = model.program.bind(inputs);
        Self {
            program: &model.program,
            coordinates: &model.coordinates,
            nonlinear: &model.nonlinear,
            bound,
            log_response,
            weights,
            delta,
            inverse: vec![0.0; runs],
            slope: vec![0.0; runs],
        }
    }

    /// How many runs there are.
    pub fn runs(&self) -> usize {
        self.log_response.len()
    }

    /// F(θ); infinite where the law is not positive at some run.
    pub fn value(&mut self, theta: &[f64]) -> f64 {
        let (log_response, weights, delta) = (self.log_response, self.weights, self.delta);
        let residuals = &mut self.slope;
        let mut sum = 0.0;
        self.bound.each(Order::Value, theta, &[], |chunk| {
            let rows = chunk.rows();
            let residuals = &mut residuals[rows.clone()];
            log_residuals(chunk.value(), &log_response[rows.clone()], residuals);
            sum += huber_sum(residuals, &weights[rows], delta);
        });
        if sum.is_finite() { sum } else { f64::INFINITY }
    }

    /// Fills `point` at θ. False, with `point` spoilt, where F is not finite.
    pub fn linearise(&mut self, theta: &[f64], point: &mut Point) -> bool {
        point.reset(theta, self.runs());
        let (log_response, weights, delta) = (self.log_response, self.weights, self.delta);
        let (inverse, slope, pairs) = (&mut self.inverse, &mut self.slope, self.program.pairs());
        let k = theta.len();
        self.bound.each(Order::Hessian, theta, &[], |chunk| {
            let rows = chunk.rows();
            let residuals = &mut point.residuals[rows.clone()];
            let (inverse, slope) = (&mut inverse[rows.clone()], &mut slope[rows.clone()]);
            let weights = &weights[rows.clone()];
            log_residuals(chunk.value(), &log_response[rows.clone()], residuals);
            point.value += huber_sum(residuals, weights, delta);
            for (((slope, inverse), value), (r, w)) in
                slope.iter_mut().zip(&mut *inverse).zip(chunk.value()).zip(residuals.iter().zip(weights))
            {
                *inverse = 1.0 / value;
                *slope = w * clamp(*r, delta);
            }
            for (i, column) in point.jacobian.iter_mut().enumerate() {
                let column = &mut column[rows.clone()];
                for ((to, first), inverse) in column.iter_mut().zip(chunk.first(i)).zip(&*inverse) {
                    *to = first * inverse;
                }
                let [sum, size] = sum_and_size(slope, column);
                point.gradient[i] += sum;
                point.scale[i] += size;
            }
            // ∂²r = ∂²f / f − J Jᵀ; the second part needs f no more.
            add_gram(&mut point.curvature, -1.0, slope, &point.jacobian, &rows);
            inverse.iter_mut().zip(&*slope).for_each(|(inverse, slope)| *inverse *= slope);
            for (index, &(i, j)) in pairs.iter().enumerate() {
                point.curvature[j * k + i] += lanes::dot(inverse, chunk.second(index));
            }
        });
        mirror(&mut point.curvature, k);
        let at_bound = |i: usize| self.coordinates[i] == Coordinate::NotNegative && theta[i] == 0.0;
        point.held.clear();
        point.held.extend((0..k).map(|i| at_bound(i) && point.gradient[i] >= 0.0));
        point.value.is_finite() && point.curvature.iter().chain(&point.gradient).all(|x| x.is_finite())
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

/// r within ±δ.
#[inline]
pub(super) fn clamp(r: f64, delta: f64) -> f64 {
    let r = if r < -delta { -delta } else { r };
    if r > delta { delta } else { r }
}

/// r = ln f − ln L.
fn log_residuals(values: &[f64], log_response: &[f64], residuals: &mut [f64]) {
    num::columns::ln(values, residuals);
    residuals.iter_mut().zip(log_response).for_each(|(r, log)| *r -= log);
}

/// `Σ w ρ_δ(r)`, with ρ = m (|r| − m/2) for m = min(|r|, δ).
pub(super) fn huber_sum(residuals: &[f64], weights: &[f64], delta: f64) -> f64 {
    let (delta, half) = (F64x2::splat(delta), F64x2::splat(0.5));
    lanes::sum_of([residuals, weights], |[residual, weight]| {
        let size = residual.abs();
        let least = size.min(delta);
        weight * least * (size - half * least)
    })
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
