//! The formulas of a problem, compiled, and what they are at a point.
//!
//! Everything is positive and worked in natural logarithms: a point is `u = ln x`, the objective is
//! `ln f`, and a limit is `±(ln g − ln bound)`, which must be at most zero, or zero. So nothing here
//! depends on units, and a cost such as `6*N*D` is linear.

use crate::formula::{Bound, Leaf, Order, Program};
use crate::num::{ln, max, min};

use super::problem::check_bound;
use super::{AllocateError, EDGE, Free, Part, Problem, Quantity, Sense};

/// A compiled problem, with its numbers.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub free: Vec<Free>,
    /// The objective, then the limits.
    functions: Vec<Function>,
    senses: Vec<Sense>,
    bounds: Vec<f64>,
}

#[derive(Clone, Debug)]
struct Function {
    program: Program,
    conditions: Vec<String>,
    names: Vec<String>,
    values: Vec<f64>,
    /// The free variable that this is and nothing else.
    variable: Option<usize>,
}

impl Model {
    pub fn compile(problem: &Problem) -> Result<Self, AllocateError> {
        let mut functions = vec![Function::compile(&problem.objective, &problem.free, Part::Objective)?];
        for (i, limit) in problem.limits.iter().enumerate() {
            functions.push(Function::compile(&limit.of, &problem.free, Part::Limit(i))?);
        }
        let model = Self {
            free: problem.free.clone(),
            functions,
            senses: problem.limits.iter().map(|limit| limit.sense).collect(),
            bounds: problem.limits.iter().map(|limit| limit.bound).collect(),
        };
        model.check_use()?;
        Ok(model)
    }

    fn check_use(&self) -> Result<(), AllocateError> {
        let variables = 0..self.free.len();
        if !variables.clone().any(|j| self.functions[0].program.depends_on(j)) {
            return Err(AllocateError::NothingToChoose { free: listed(&self.free) });
        }
        let used = |j: usize| self.functions.iter().any(|function| function.program.depends_on(j));
        match variables.clone().find(|&j| !used(j)) {
            Some(j) => Err(AllocateError::UnusedVariable { name: self.free[j].name.clone() }),
            None => Ok(()),
        }
    }

    pub fn variables(&self) -> usize {
        self.free.len()
    }

    pub fn limits(&self) -> usize {
        self.senses.len()
    }

    pub fn bound(&self, limit: usize) -> f64 {
        self.bounds[limit]
    }

    pub fn set_bound(&mut self, limit: usize, bound: f64) -> Result<(), AllocateError> {
        let limits = self.limits();
        check_bound(limit, bound)?;
        *self.bounds.get_mut(limit).ok_or(AllocateError::NoSuchLimit { limit, limits })? = bound;
        Ok(())
    }

    pub fn set_value(&mut self, part: Part, name: &str, value: f64) -> Result<(), AllocateError> {
        let limits = self.limits();
        let place = match part {
            Part::Objective => 0,
            Part::Limit(limit) if limit < limits => limit + 1,
            Part::Limit(limit) => return Err(AllocateError::NoSuchLimit { limit, limits }),
        };
        let function = &mut self.functions[place];
        let Some(i) = function.names.iter().position(|known| known == name) else {
            let none = function.names.is_empty();
            let known = if none { "(none)".to_owned() } else { function.names.join(", ") };
            return Err(AllocateError::NoSuchValue { name: name.to_owned(), known, part });
        };
        function.values[i] = finite(name, value, part)?;
        Ok(())
    }

    /// The logarithms of the box of a variable, as far as numbers go.
    pub fn edges(&self, variable: usize) -> (f64, f64) {
        let free = &self.free[variable];
        (max(ln(free.low), -EDGE), min(ln(free.high), EDGE))
    }

    /// Whether an edge was asked for, and is not only where numbers end.
    pub fn is_declared(&self, variable: usize, high: bool) -> bool {
        let (low_edge, high_edge) = self.edges(variable);
        if high { high_edge < EDGE } else { low_edge > -EDGE }
    }

    /// The limits that fix the value of one variable alone, at their bounds.
    pub fn variable_of(&self, limit: usize) -> Option<usize> {
        self.functions[limit + 1].variable
    }

    /// How many rows [`Point::row`] knows: the limits, then the low and high edge of each variable.
    pub fn rows(&self) -> usize {
        self.limits() + 2 * self.variables()
    }

    /// Whether a row must be zero, and not only at most zero.
    pub fn is_equality(&self, row: usize) -> bool {
        row < self.limits() && self.senses[row] == Sense::Equal
    }

    /// The variable and side of a row that is an edge of the box.
    pub fn edge(&self, row: usize) -> Option<(usize, bool)> {
        edge_of(row, self.limits())
    }

    /// The sign with which the logarithm of a limit's quantity enters its row.
    pub fn sign(&self, limit: usize) -> f64 {
        if self.senses[limit] == Sense::AtLeast { -1.0 } else { 1.0 }
    }
}

impl Function {
    fn compile(quantity: &Quantity, free: &[Free], part: Part) -> Result<Self, AllocateError> {
        let wrt: Vec<&str> = free.iter().map(|free| free.name.as_str()).collect();
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for name in quantity.formula.names().into_iter().filter(|name| !wrt.contains(name)) {
            let value = *quantity.values.get(name).ok_or_else(|| missing(quantity, free, part, name))?;
            names.push(name.to_owned());
            values.push(finite(name, value, part)?);
        }
        let mut leaves: Vec<(&str, Leaf)> = wrt.iter().map(|&name| (name, Leaf::LogScalar)).collect();
        leaves.extend(names.iter().map(|name| (name.as_str(), Leaf::Scalar)));
        let program = Program::compile(&quantity.formula, &leaves, &wrt, Order::Hessian)
            .map_err(|source| AllocateError::Formula { part, source })?;
        Ok(Self {
            program,
            conditions: quantity.formula.conditions().map(str::to_owned).collect(),
            variable: wrt.iter().position(|name| quantity.is_variable(name)),
            names,
            values,
        })
    }
}

pub(super) fn listed(free: &[Free]) -> String {
    free.iter().map(|free| free.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn missing(quantity: &Quantity, free: &[Free], part: Part, name: &str) -> AllocateError {
    let name = name.to_owned();
    match part {
        Part::Objective => AllocateError::MissingValue { name, free: listed(free) },
        Part::Limit(limit) => {
            let known = free.iter().map(|free| &free.name).chain(quantity.values.keys());
            let known = known.map(String::as_str).collect::<Vec<_>>().join(", ");
            AllocateError::UnknownVariable { limit, name, known }
        }
    }
}

pub(super) fn finite(name: &str, value: f64, part: Part) -> Result<f64, AllocateError> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(AllocateError::ValueNotFinite { name: name.to_owned(), given: value, part })
    }
}

/// A [`Model`] being evaluated.
pub(super) struct Session<'m> {
    pub model: &'m Model,
    bound: Vec<Bound<'m>>,
    scalars: Vec<Vec<f64>>,
    /// How often all formulas were evaluated with their second derivatives.
    pub evaluations: u32,
}

/// The logarithms of all formulas at a point, with their derivatives by the logarithms of the variables.
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
    pub fn new(model: &'m Model) -> Self {
        let room = vec![0.0; model.variables()];
        Self {
            model,
            bound: model.functions.iter().map(|function| function.program.bind(&[])).collect(),
            scalars: model.functions.iter().map(|f| [&room[..], &f.values].concat()).collect(),
            evaluations: 0,
        }
    }

    /// Everything at `u`.
    ///
    /// # Errors
    /// The formula that has no positive finite value there, or no finite derivatives.
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
        for at in from..self.model.functions.len() {
            self.function(&mut point, at)?;
        }
        Ok(point)
    }

    fn function(&mut self, point: &mut Point, at: usize) -> Result<(), Part> {
        let n = point.u.len();
        self.scalars[at][..n].copy_from_slice(&point.u);
        let program = &self.model.functions[at].program;
        let (values, first) = (&mut point.values[at], &mut point.first[at * n..][..n]);
        let second = &mut point.second[at * n * n..][..n * n];
        self.bound[at].each(Order::Hessian, &self.scalars[at], &[], |chunk| {
            *values = chunk.value()[0];
            (0..n).for_each(|k| first[k] = chunk.first(k)[0] / *values);
            for (i, &(k, l)) in program.pairs().iter().enumerate() {
                second[k * n + l] = chunk.second(i)[0] / *values;
                second[l * n + k] = second[k * n + l];
            }
            (0..n * n).for_each(|i| second[i] -= first[i / n] * first[i % n]);
        });
        let sound = *values > 0.0 && *values < f64::INFINITY;
        if !sound || !first.iter().chain(&*second).all(|x| x.is_finite()) {
            return Err(if at == 0 { Part::Objective } else { Part::Limit(at - 1) });
        }
        *values = ln(*values);
        if at > 0 {
            let (sign, bound) = (self.model.sign(at - 1), self.model.bounds[at - 1]);
            *values = sign * (*values - ln(bound));
            first.iter_mut().chain(second).for_each(|x| *x *= sign);
        }
        Ok(())
    }

    /// The value of the objective at `u`, in its own unit.
    pub fn objective(&mut self, u: &[f64]) -> f64 {
        let mut value = [f64::NAN];
        self.scalars[0][..u.len()].copy_from_slice(u);
        self.bound[0].values(&self.scalars[0], &[], &mut value);
        value[0]
    }

    /// The conditions of all formulas that do not hold at `u`.
    pub fn broken(&mut self, u: &[f64]) -> Vec<(Part, String)> {
        let mut broken = Vec::new();
        for (at, function) in self.model.functions.iter().enumerate() {
            let part = if at == 0 { Part::Objective } else { Part::Limit(at - 1) };
            if function.conditions.is_empty() {
                continue;
            }
            self.scalars[at][..u.len()].copy_from_slice(u);
            let rows = self.bound[at].broken(&self.scalars[at], &[]);
            let texts = function.conditions.iter().zip(rows).filter(|(_, row)| row.is_some());
            broken.extend(texts.map(|(text, _)| (part, text.clone())));
        }
        broken
    }
}

impl Point {
    fn new(model: &Model, u: &[f64]) -> Self {
        let (n, functions) = (model.variables(), model.functions.len());
        Self {
            u: u.to_vec(),
            limits: model.limits(),
            values: vec![0.0; functions],
            first: vec![0.0; functions * n],
            second: vec![0.0; functions * n * n],
            edges: (0..n).map(|j| model.edges(j)).collect(),
        }
    }

    /// The logarithm of the objective.
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

/// The variable and side that a row beyond the limits is about.
fn edge_of(row: usize, limits: usize) -> Option<(usize, bool)> {
    let edge = row.checked_sub(limits)?;
    Some((edge / 2, edge % 2 == 1))
}
