//! What the formulas of a model are at a point.

use super::Part;
use super::model::{Model, edge_of};
use super::scale::Scale;
use crate::formula::{Bound, Order};
use crate::num::{max, min};

/// A [`Model`] being evaluated.
pub(super) struct Session<'m> {
    pub model: &'m Model<'m>,
    bound: Vec<Bound<'m>>,
    scalars: Vec<Vec<f64>>,
    /// How often all formulas were evaluated with their second derivatives.
    pub evaluations: u32,
}

/// All formulas at a point as they are worked, with their derivatives by the variables as those are.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub u: Vec<f64>,
    limits: usize,
    values: Vec<f64>,
    first: Vec<f64>,
    second: Vec<f64>,
    edges: Vec<(f64, f64)>,
}

impl<'m> Session<'m> {
    pub fn new(model: &'m Model<'m>) -> Self {
        let functions = || (0..model.functions()).map(|at| model.function(at));
        let room = vec![0.0; model.variables()];
        Self {
            model,
            bound: functions().map(|(program, ..)| program.bind(&[])).collect(),
            scalars: functions()
                .map(|(_, of, _)| [&room[..], &model.of.sources[of].values].concat())
                .collect(),
            evaluations: 0,
        }
    }

    /// Everything at `u`.
    ///
    /// # Errors
    /// The formula that has no value there that its scale takes, or no finite derivatives.
    pub fn everything(&mut self, u: &[f64]) -> Result<Point, Part> {
        self.evaluations += 1;
        self.evaluate(u, 0)
    }

    /// The limits alone.
    ///
    /// # Errors
    /// As [`Session::everything`].
    pub fn limits(&mut self, u: &[f64]) -> Result<Point, Part> {
        self.evaluate(u, 1)
    }

    fn evaluate(&mut self, u: &[f64], from: usize) -> Result<Point, Part> {
        let mut point = Point::new(self.model, u);
        let unworked = self.model.of.unworked(u);
        for at in from..self.model.functions() {
            self.scalars[at][..u.len()].copy_from_slice(&unworked);
            self.function(&mut point, at)?;
        }
        Ok(point)
    }

    fn function(&mut self, point: &mut Point, at: usize) -> Result<(), Part> {
        let n = point.u.len();
        let (program, _, scale) = self.model.function(at);
        let (value, first) = (&mut point.values[at], &mut point.first[at * n..][..n]);
        let second = &mut point.second[at * n * n..][..n * n];
        self.bound[at].each(Order::Hessian, &self.scalars[at], &[], |chunk| {
            *value = chunk.value()[0];
            let slope = scale.slope(*value);
            (0..n).for_each(|k| first[k] = chunk.first(k)[0] / slope);
            for (i, &(k, l)) in program.pairs().iter().enumerate() {
                second[k * n + l] = chunk.second(i)[0] / slope;
                second[l * n + k] = second[k * n + l];
            }
        });
        self.rework(first, second, scale);
        if !scale.takes(*value) || !first.iter().chain(&*second).all(|x| x.is_finite()) {
            return Err(self.model.part(at));
        }
        let (sign, bound) = match at.checked_sub(1) {
            Some(limit) => (self.model.sign(limit), self.model.bound(limit)),
            None => (self.model.of.direction, 0.0),
        };
        *value = sign * (scale.worked(*value) - bound);
        if sign < 0.0 {
            first.iter_mut().chain(second).for_each(|x| *x = -*x);
        }
        Ok(())
    }

    /// Derivatives by the variables as they are worked, of the formula as it is.
    fn rework(&self, first: &mut [f64], second: &mut [f64], scale: Scale) {
        let n = first.len();
        for (k, variable) in self.model.of.variables.iter().enumerate() {
            if let Scale::Natural(size) = *variable {
                first[k] *= size;
                (0..n).for_each(|l| second[k * n + l] *= size);
                (0..n).for_each(|l| second[l * n + k] *= size);
            }
        }
        if scale == Scale::Log {
            (0..n * n).for_each(|i| second[i] -= first[i / n] * first[i % n]);
        }
    }

    /// The value of the objective at `u`, in its own unit.
    pub fn objective(&mut self, u: &[f64]) -> f64 {
        let mut value = [f64::NAN];
        self.scalars[0][..u.len()].copy_from_slice(&self.model.of.unworked(u));
        self.bound[0].values(&self.scalars[0], &[], &mut value);
        value[0]
    }
}

impl Point {
    fn new(model: &Model, u: &[f64]) -> Self {
        let (n, functions) = (model.variables(), model.functions());
        Self {
            u: u.to_vec(),
            limits: model.limits(),
            values: vec![0.0; functions],
            first: vec![0.0; functions * n],
            second: vec![0.0; functions * n * n],
            edges: (0..n).map(|j| model.edges(j)).collect(),
        }
    }

    /// The objective.
    pub fn objective(&self) -> f64 {
        self.values[0]
    }

    /// Its derivatives.
    pub fn gradient(&self) -> &[f64] {
        &self.first[..self.u.len()]
    }

    /// How far a row is from its bound: positive where it is violated.
    pub fn row(&self, row: usize) -> f64 {
        match self.edge(row) {
            None => self.values[row + 1],
            Some((j, false)) => self.edges[j].0 - self.u[j],
            Some((j, true)) => self.u[j] - self.edges[j].1,
        }
    }

    /// The derivatives of a row.
    pub fn row_gradient(&self, row: usize) -> Vec<f64> {
        let n = self.u.len();
        match self.edge(row) {
            None => self.first[(row + 1) * n..][..n].to_vec(),
            Some((j, high)) => {
                let slope = if high { 1.0 } else { -1.0 };
                (0..n).map(|k| if k == j { slope } else { 0.0 }).collect()
            }
        }
    }

    /// The second derivatives of the objective plus those of the limits, each times its multiplier.
    pub fn hessian(&self, multipliers: &[f64]) -> Vec<f64> {
        let mut sum = self.curvature(multipliers);
        sum.iter_mut().zip(&self.second).for_each(|(sum, own)| *sum += own);
        sum
    }

    /// The second derivatives of the limits, each times its multiplier, added up.
    pub fn curvature(&self, multipliers: &[f64]) -> Vec<f64> {
        let size = self.u.len() * self.u.len();
        let mut sum = vec![0.0; size];
        for (limit, multiplier) in multipliers.iter().take(self.limits).enumerate() {
            if *multiplier != 0.0 {
                let part = &self.second[(limit + 1) * size..][..size];
                sum.iter_mut().zip(part).for_each(|(sum, part)| *sum += multiplier * part);
            }
        }
        sum
    }

    /// How costly each variable is to move: the square root of its curvature, or of its slope where that
    /// is all there is; of a variable that the objective does not know, the smallest of the others.
    pub fn sizes(&self, hessian: &[f64]) -> Vec<f64> {
        let n = self.u.len();
        let size = |j: usize| max(hessian[j * n + j].abs(), 1e-6 * self.gradient()[j].abs());
        let sizes: Vec<f64> = (0..n).map(size).collect();
        let least = sizes.iter().filter(|size| **size > 0.0).fold(f64::INFINITY, |least, x| min(least, *x));
        let least = if least < f64::INFINITY { least } else { 1.0 };
        sizes.into_iter().map(|size| if size > 0.0 { size.sqrt() } else { least.sqrt() }).collect()
    }

    /// Half the sum of the squared violations.
    pub fn violations(&self) -> f64 {
        0.5 * (0..self.limits).map(|limit| max(self.row(limit), 0.0)).map(|by| by * by).sum::<f64>()
    }

    fn edge(&self, row: usize) -> Option<(usize, bool)> {
        edge_of(row, self.limits)
    }
}
