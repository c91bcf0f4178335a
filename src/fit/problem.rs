//! What is to be fitted to what.

use super::FitError;
use super::column::{POSITIVE, every, positive, same_length};
use super::loss::{Loss, Residual, Shape};
use crate::formula::{Formula, Leaf, Order, Program};
use crate::num;
use crate::num::algebra::NNLS_LIMIT;

/// A parameter of a law, as far as a fit must know it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parameter {
    /// Its name in the formula.
    pub name: String,
    /// Whether it is positive; then the fit works with its logarithm.
    pub positive: bool,
    /// The box in which starts are drawn if it enters nonlinearly. Exponents of the literature lie
    /// between 0.02 and 2. Without one, a positive parameter may be of any scale.
    pub range: Option<(f64, f64)>,
    /// What it may not leave.
    pub bounds: Option<(f64, f64)>,
    /// Its value, where that is not to be found.
    pub fixed: Option<f64>,
}

impl Parameter {
    /// The box in which starts are drawn.
    pub(super) fn starts(&self) -> (f64, f64) {
        self.range.or(self.bounds).unwrap_or(if self.positive { ANY_SCALE } else { ANY_SIGN })
    }

    /// Whether that box was declared.
    pub(super) fn declared(&self) -> bool {
        self.range.is_some() || self.bounds.is_some()
    }

    /// Whether it can be taken to zero, and its term with it.
    fn can_vanish(&self) -> bool {
        self.positive && self.bounds.is_none_or(|(low, _)| low <= 0.0)
    }
}

/// A law, the runs, and how far they may disagree.
#[derive(Clone, Debug)]
pub struct Problem<'a> {
    /// Predicts the response.
    pub formula: &'a Formula,
    /// Every parameter of the formula, in the order in which answers give them.
    pub parameters: Vec<Parameter>,
    /// The inputs of the formula: name and one number for each run.
    pub inputs: Vec<(&'a str, &'a [f64])>,
    /// What the formula predicts, one for each run; positive where residuals are of logarithms.
    pub response: &'a [f64],
    /// A positive weight for each run; 1 where absent.
    pub weights: Option<&'a [f64]>,
    /// The standard deviation of the noise of each run, by which residuals are divided; 1 where absent.
    pub deviations: Option<&'a [f64]>,
    /// How residuals count.
    pub loss: Loss,
}

/// The box of exponents where none is declared.
pub const EXPONENTS: (f64, f64) = (0.02, 2.0);

/// Where starts are drawn for a positive parameter of which nothing else is known: by decades.
const ANY_SCALE: (f64, f64) = (1e-9, 1e18);
/// The same for one of any sign.
const ANY_SIGN: (f64, f64) = (-2.0, 2.0);

impl Problem<'_> {
    /// Checks that the runs can say something about the law.
    pub(super) fn check(&self) -> Result<(), FitError> {
        let runs = self.response.len();
        self.check_loss()?;
        if runs == 0 {
            return Err(FitError::NoRuns);
        }
        for (name, column) in &self.inputs {
            same_length(name, column.len(), runs)?;
            every(name, column, "a finite number", f64::is_finite)?;
        }
        match self.loss.of {
            Residual::Log => every("loss", self.response, POSITIVE, positive)?,
            Residual::Raw => every("loss", self.response, "a finite number", f64::is_finite)?,
        }
        for (name, column) in [("weight", self.weights), ("sigma", self.deviations)] {
            if let Some(column) = column {
                same_length(name, column.len(), runs)?;
                every(name, column, POSITIVE, positive)?;
            }
        }
        let given = |name: &str| {
            self.inputs.iter().any(|(input, _)| *input == name)
                || self.parameters.iter().any(|p| p.name == name)
        };
        if let Some(name) = self.formula.names().into_iter().find(|name| !given(name)) {
            return Err(FitError::MissingInput { name: name.to_owned() });
        }
        for Parameter { name, range, bounds, .. } in &self.parameters {
            let empty = |(low, high): &(f64, f64)| !(low < high && low.is_finite() && high.is_finite());
            if let Some((low, high)) = range.iter().chain(bounds).find(|ends| empty(ends)) {
                return Err(FitError::EmptyRange { name: name.clone(), low: *low, high: *high });
            }
        }
        let free: Vec<&str> =
            self.parameters.iter().filter(|p| p.fixed.is_none()).map(|p| p.name.as_str()).collect();
        if free.is_empty() {
            return Err(FitError::NoParameters);
        }
        if runs < free.len() {
            return Err(FitError::TooFewRuns { parameters: free.len(), names: free.join(", "), runs });
        }
        self.check_variety()
    }

    fn check_loss(&self) -> Result<(), FitError> {
        if let Shape::Huber(delta) = self.loss.shape
            && !(delta > 0.0 && delta.is_finite())
        {
            return Err(FitError::Threshold { given: delta });
        }
        if !positive(self.loss.over) {
            return Err(FitError::Over { given: self.loss.over });
        }
        Ok(())
    }

    /// A column of one value cannot tell its term from the constant.
    fn check_variety(&self) -> Result<(), FitError> {
        let used = self.formula.names();
        for (name, column) in &self.inputs {
            if used.contains(name) && column.iter().all(|x| *x == column[0]) {
                return Err(FitError::ConstantInput { column: (*name).to_owned(), value: column[0] });
            }
        }
        if self.response.iter().all(|x| *x == self.response[0]) {
            return Err(FitError::ConstantResponse { value: self.response[0] });
        }
        Ok(())
    }
}

/// How a fit moves a free parameter, and how far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Coordinate {
    /// Whether it moves by its logarithm: a coefficient whose term bends with some exponent. The logarithm of a
    /// constant term would make a valley of the way from zero, in which fits crawl.
    pub logarithm: bool,
    /// The least value of the coordinate.
    pub low: f64,
    /// The greatest.
    pub high: f64,
}

impl Coordinate {
    fn new(parameter: &Parameter, logarithm: bool) -> Self {
        let (low, high) = parameter.bounds.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        let low = if parameter.positive { num::max(low, 0.0) } else { low };
        if logarithm {
            return Self { logarithm, low: num::ln(low), high: num::ln(high) };
        }
        Self { logarithm, low, high }
    }

    /// The coordinate of a value; the nearest where that is out of bounds.
    pub fn of(self, value: f64) -> f64 {
        num::clamp(if self.logarithm { num::ln(value) } else { value }, self.low, self.high)
    }

    /// The value at a coordinate.
    pub fn value(self, theta: f64) -> f64 {
        if self.logarithm { num::exp(theta) } else { theta }
    }

    /// Whether the coordinate is at a bound against which this gradient pushes it.
    pub fn holds(self, theta: f64, gradient: f64) -> bool {
        (theta <= self.low && gradient >= 0.0) || (theta >= self.high && gradient <= 0.0)
    }

    /// The share of a step that stays within bounds.
    pub fn share(self, theta: f64, step: f64) -> f64 {
        if step < 0.0 {
            (theta - self.low) / -step
        } else if step > 0.0 {
            (self.high - theta) / step
        } else {
            f64::INFINITY
        }
    }

    /// Where a step ends. Rounding must not miss a bound: a coordinate on it is held there.
    pub fn land(self, theta: f64, step: f64) -> f64 {
        let to = theta + step;
        if to <= self.low + NEAR * (theta - self.low) {
            self.low
        } else if to >= self.high - NEAR * (self.high - theta) {
            self.high
        } else {
            to
        }
    }
}

/// A coordinate that went so near to a bound, as a share of the way, is on it.
const NEAR: f64 = 1e-12;

/// A problem with some parameters held: the law itself, or a sub-model of it.
#[derive(Clone, Debug)]
pub(super) struct Model {
    /// Free parameters, as indices into those of the problem.
    pub free: Vec<usize>,
    /// Of the free ones, as indices into `free`: coefficients, found by least squares.
    pub linear: Vec<usize>,
    /// Of the free ones: the others, scanned and drawn.
    pub nonlinear: Vec<usize>,
    /// How each free one moves.
    pub coordinates: Vec<Coordinate>,
    /// Whether each free one was given bounds.
    pub bounded: Vec<bool>,
    /// The value held, for each parameter of the problem.
    pub held: Vec<Option<f64>>,
    /// The law by its parameters as they are: for the scan.
    pub plain: Program,
    /// The law without its coefficients' terms, for what it depends on.
    rest: Program,
    /// The law by its coordinates: for the fit.
    pub program: Program,
}

impl Model {
    /// The problem with the parameters `held` at their values. A parameter that the law then depends on
    /// no more, such as the exponent of a vanished term, is not free.
    pub fn new(problem: &Problem, held: Vec<Option<f64>>) -> Result<Self, FitError> {
        let probe = compile(problem, &held, &[], |_| Leaf::Scalar, Order::Value)?;
        let inputs = problem.inputs.len();
        let free: Vec<usize> =
            (0..held.len()).filter(|&i| held[i].is_none() && probe.depends_on(inputs + i)).collect();
        let plain = compile(problem, &held, &free, |_| Leaf::Scalar, Order::Hessian)?;
        let linear = plain.linear();
        let nonlinear: Vec<usize> = (0..free.len()).filter(|k| !linear.contains(k)).collect();
        let bends = |k: usize| nonlinear.iter().any(|&l| plain.derivative_depends_on(k, inputs + free[l]));
        let coordinate = |k: usize| {
            let parameter = &problem.parameters[free[k]];
            Coordinate::new(parameter, parameter.positive && (!linear.contains(&k) || bends(k)))
        };
        let coordinates: Vec<Coordinate> = (0..free.len()).map(coordinate).collect();
        let leaf = |i: usize| match free.iter().position(|&at| at == i) {
            Some(k) if coordinates[k].logarithm => Leaf::LogScalar,
            _ => Leaf::Scalar,
        };
        let program = compile(problem, &held, &free, leaf, Order::Hessian)?;
        if linear.len() > NNLS_LIMIT {
            return Err(FitError::TooManyCoefficients { most: NNLS_LIMIT, given: linear.len() });
        }
        let mut without = held.clone();
        for &k in &linear {
            without[free[k]] = Some(0.0);
        }
        let rest = compile(problem, &without, &[], |_| Leaf::Scalar, Order::Value)?;
        let bounded = free.iter().map(|&i| problem.parameters[i].bounds.is_some()).collect();
        Ok(Self { free, linear, nonlinear, coordinates, bounded, held, plain, rest, program })
    }

    /// The place of a parameter of the problem among the free ones.
    pub fn place(&self, parameter: usize) -> Option<usize> {
        self.free.iter().position(|&at| at == parameter)
    }

    /// Whether a column of the least-squares problem depends on the k-th free parameter: that of the
    /// i-th coefficient, or, without one, what all of them must explain.
    pub fn column_depends(&self, problem: &Problem, coefficient: Option<usize>, k: usize) -> bool {
        let leaf = problem.inputs.len() + self.free[k];
        match coefficient {
            Some(i) => self.plain.derivative_depends_on(self.linear[i], leaf),
            None => self.rest.depends_on(leaf),
        }
    }

    /// The parameters that can be taken to zero, and their term with them: positive coefficients.
    pub fn terms(&self, problem: &Problem) -> Vec<usize> {
        let terms = self.linear.iter().map(|&k| self.free[k]);
        terms.filter(|&i| problem.parameters[i].can_vanish()).collect()
    }

    /// θ from the values of the free parameters.
    pub fn theta(&self, values: &[f64]) -> Vec<f64> {
        self.coordinates.iter().zip(values).map(|(coordinate, value)| coordinate.of(*value)).collect()
    }

    /// The value of every parameter of the problem; `None` for one that the law depends on no more.
    pub fn values(&self, theta: &[f64]) -> Vec<Option<f64>> {
        let mut values = self.held.clone();
        for ((&i, &theta), coordinate) in self.free.iter().zip(theta).zip(&self.coordinates) {
            values[i] = Some(coordinate.value(theta));
        }
        values
    }
}

/// Compiles the law: parameters that are neither held nor free count as zero, since they have no effect.
fn compile(
    problem: &Problem,
    held: &[Option<f64>],
    free: &[usize],
    leaf: impl Fn(usize) -> Leaf,
    order: Order,
) -> Result<Program, FitError> {
    let probing = order == Order::Value;
    let mut leaves: Vec<(&str, Leaf)> = problem.inputs.iter().map(|(name, _)| (*name, Leaf::Data)).collect();
    for (i, parameter) in problem.parameters.iter().enumerate() {
        let role = match held[i] {
            Some(value) => Leaf::Fixed(value),
            None if probing || free.contains(&i) => leaf(i),
            None => Leaf::Fixed(0.0),
        };
        leaves.push((parameter.name.as_str(), role));
    }
    let wrt: Vec<&str> = free.iter().map(|&i| problem.parameters[i].name.as_str()).collect();
    Ok(Program::compile(problem.formula, &leaves, &wrt, order)?)
}
