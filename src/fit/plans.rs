//! The law along the plans of a budget, and what is decided by it: the best of them.
//!
//! By a law of size N and tokens D, whose cost is a multiple of N·D, the plans of a budget lie on a line x = ln N, on which
//! ln D = ln N·D − x. The best of them is where L' = dL/dx vanishes.

use crate::formula::{Bound, Order, Program};
use crate::num::{clamp, ln};

/// A decision, at the best plan of a fitted law for some budget.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision<'a> {
    /// The names of size and tokens, the only inputs of the law.
    pub names: [&'a str; 2],
    /// The best size and the best tokens by the fitted law. Plans of the same budget have the same product.
    pub plan: [f64; 2],
    /// What is decided.
    pub of: Decided,
}

/// What of a plan is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// The size.
    Size,
    /// The tokens.
    Tokens,
    /// The tokens for each parameter.
    TokensPerParameter,
    /// The loss.
    Loss,
}

impl Decision<'_> {
    /// ln N·D of the budget.
    fn product(&self) -> f64 {
        ln(self.plan[0]) + ln(self.plan[1])
    }

    /// ln N of the plan that has this size, these tokens, or so many tokens for each parameter.
    pub(super) fn place(&self, value: f64) -> f64 {
        match self.of {
            Decided::Tokens => self.product() - ln(value),
            Decided::TokensPerParameter => 0.5 * (self.product() - ln(value)),
            Decided::Size | Decided::Loss => ln(value),
        }
    }
}

/// The law along the plans of a budget.
pub(super) struct Plans<'m> {
    bound: Bound<'m>,
    pairs: &'m [(usize, usize)],
    product: f64,
}

/// The law at one plan, with derivatives by the parameters and along the line.
#[derive(Clone, Debug, Default)]
pub(super) struct Slice {
    /// L.
    pub value: f64,
    /// ∂L/∂θₖ.
    pub first: Vec<f64>,
    /// ∂²L/∂θₖ∂θₗ, row after row.
    pub second: Vec<f64>,
    /// L'.
    pub slope: f64,
    /// ∂L'/∂θₖ.
    pub slopes: Vec<f64>,
    /// L''.
    pub curvature: f64,
}

/// Steps to the lowest point, at most.
const STEPS: usize = 60;
/// The farthest step in ln N.
const FAR: f64 = 2.0;
/// A step that is this small is rounding.
const NEAR: f64 = 1e-13;
/// The step of central differences in a coordinate, which is a logarithm or an exponent.
const DIFFERENCE: f64 = 1e-5;

impl<'m> Plans<'m> {
    pub fn new(program: &'m Program, decision: &Decision) -> Self {
        Self { bound: program.bind(&[]), pairs: program.pairs(), product: decision.product() }
    }

    pub fn at(&mut self, theta: &[f64], x: f64) -> Slice {
        let k = theta.len();
        let scalars = [&[x, self.product - x], theta].concat();
        let mut slice = Slice { second: vec![0.0; k * k], slopes: vec![0.0; k], ..Slice::default() };
        self.bound.each(Order::Hessian, &scalars, &[], |chunk| {
            slice.value = chunk.value()[0];
            slice.first = (0..k).map(|i| chunk.first(i)[0]).collect();
            slice.slope = chunk.first(k)[0] - chunk.first(k + 1)[0];
            for (at, &(i, j)) in self.pairs.iter().enumerate() {
                let entry = chunk.second(at)[0];
                // Of size and tokens, which go opposite ways along the line.
                let sign = if j == k { 1.0 } else { -1.0 };
                if j < k {
                    (slice.second[i * k + j], slice.second[j * k + i]) = (entry, entry);
                } else if i < k {
                    slice.slopes[i] += sign * entry;
                } else {
                    slice.curvature += if i == j { entry } else { -2.0 * entry };
                }
            }
        });
        slice
    }

    /// Where the loss is lowest, near `x`.
    pub fn lowest(&mut self, theta: &[f64], mut x: f64) -> Option<f64> {
        for _ in 0..STEPS {
            let Slice { slope, curvature, .. } = self.at(theta, x);
            let step = if curvature > 0.0 { -slope / curvature } else { -FAR * slope.signum() };
            if !step.is_finite() {
                return None;
            }
            x += clamp(step, -FAR, FAR);
            if step.abs() <= NEAR * x.abs() {
                return Some(x);
            }
        }
        None
    }

    /// ∂²L'/∂θₖ∂θₗ, row after row, from the differences of exact slopes: it guides steps and decides nothing.
    pub fn bends(&mut self, theta: &[f64], x: f64) -> Vec<f64> {
        let mut moved = theta.to_vec();
        let mut bends = Vec::new();
        for (i, &coordinate) in theta.iter().enumerate() {
            let [above, below] = [DIFFERENCE, -DIFFERENCE].map(|by| {
                moved[i] = coordinate + by;
                self.at(&moved, x).slopes
            });
            moved[i] = coordinate;
            bends.extend(above.iter().zip(below).map(|(above, below)| (above - below) / (2.0 * DIFFERENCE)));
        }
        bends
    }
}
