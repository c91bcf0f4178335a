//! What is to be fitted to what.

use super::FitError;
use crate::formula::{Formula, Leaf, Order, Program};
use crate::num::algebra::NNLS_LIMIT;

/// A parameter of a law, as far as a fit must know it.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name in the formula.
    pub name: String,
    /// Whether it is positive; then the fit works with its logarithm.
    pub positive: bool,
    /// The box in which starts are drawn if it enters nonlinearly. Exponents of the literature lie
    /// between 0.02 and 2. Without one, a positive parameter may be of any scale.
    pub range: Option<(f64, f64)>,
}

impl Parameter {
    /// The box in which starts are drawn.
    pub(super) fn starts(&self) -> (f64, f64) {
        self.range.unwrap_or(if self.positive { ANY_SCALE } else { ANY_SIGN })
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
    /// What the formula predicts, positive, one for each run.
    pub response: &'a [f64],
    /// A positive weight for each run; 1 where absent.
    pub weights: Option<&'a [f64]>,
    /// Huber's threshold on the log residual. The field uses 1e-3.
    pub delta: f64,
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
        if self.parameters.is_empty() {
            return Err(FitError::NoParameters);
        }
        if !(self.delta > 0.0 && self.delta.is_finite()) {
            return Err(FitError::Threshold { given: self.delta });
        }
        if runs == 0 {
            return Err(FitError::NoRuns);
        }
        for (name, column) in &self.inputs {
            same_length(name, column, runs)?;
            every(name, column, "a finite number", f64::is_finite)?;
        }
        every("loss", self.response, "a positive number", |x| x > 0.0 && x.is_finite())?;
        if let Some(weights) = self.weights {
            same_length("weight", weights, runs)?;
            every("weight", weights, "a positive number", |x| x > 0.0 && x.is_finite())?;
        }
        let given = |name: &str| {
            self.inputs.iter().any(|(input, _)| *input == name)
                || self.parameters.iter().any(|p| p.name == name)
        };
        if let Some(name) = self.formula.names().into_iter().find(|name| !given(name)) {
            return Err(FitError::MissingInput { name: name.to_owned() });
        }
        for parameter in &self.parameters {
            if let Some((low, high)) = parameter.range
                && !(low < high && low.is_finite() && high.is_finite())
            {
                return Err(FitError::EmptyRange { name: parameter.name.clone(), low, high });
            }
        }
        if runs < self.parameters.len() {
            let names: Vec<&str> = self.parameters.iter().map(|p| p.name.as_str()).collect();
            let names = names.join(", ");
            return Err(FitError::TooFewRuns { parameters: self.parameters.len(), names, runs });
        }
        self.check_variety()
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

fn same_length(name: &str, column: &[f64], expected: usize) -> Result<(), FitError> {
    if column.len() == expected {
        return Ok(());
    }
    Err(FitError::Lengths { column: name.to_owned(), expected, given: column.len() })
}

fn every(
    name: &str,
    column: &[f64],
    expected: &'static str,
    good: impl Fn(f64) -> bool,
) -> Result<(), FitError> {
    match column.iter().position(|x| !good(*x)) {
        None => Ok(()),
        Some(row) => {
            let given = column[row].to_string();
            Err(FitError::Value { row, column: name.to_owned(), expected, given })
        }
    }
}

/// How a fit moves a free parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coordinate {
    /// By its logarithm: a coefficient whose term bends with some exponent.
    Logarithm,
    /// As it is, down to zero: a constant term. Its logarithm would make a valley of the way from zero,
    /// in which fits crawl.
    NotNegative,
    /// As it is.
    Plain,
}

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
        let coordinates: Vec<Coordinate> = (0..free.len())
            .map(|k| match problem.parameters[free[k]].positive {
                true if linear.contains(&k) && !bends(k) => Coordinate::NotNegative,
                true => Coordinate::Logarithm,
                false => Coordinate::Plain,
            })
            .collect();
        let leaf = |i: usize| match free.iter().position(|&at| at == i).map(|k| coordinates[k]) {
            Some(Coordinate::Logarithm) => Leaf::LogScalar,
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
        Ok(Self { free, linear, nonlinear, coordinates, held, plain, rest, program })
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
        terms.filter(|&i| problem.parameters[i].positive).collect()
    }

    /// θ from the values of the free parameters.
    pub fn theta(&self, values: &[f64]) -> Vec<f64> {
        let inward = |(coordinate, &value): (&Coordinate, &f64)| match coordinate {
            Coordinate::Logarithm => crate::num::ln(value),
            Coordinate::NotNegative | Coordinate::Plain => value,
        };
        self.coordinates.iter().zip(values).map(inward).collect()
    }

    /// The value of every parameter of the problem; `None` for one that the law depends on no more.
    pub fn values(&self, theta: &[f64]) -> Vec<Option<f64>> {
        let mut values = self.held.clone();
        for ((&i, &theta), coordinate) in self.free.iter().zip(theta).zip(&self.coordinates) {
            values[i] = Some(match coordinate {
                Coordinate::Logarithm => crate::num::exp(theta),
                Coordinate::NotNegative | Coordinate::Plain => theta,
            });
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
