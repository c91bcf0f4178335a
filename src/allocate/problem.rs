//! What to minimise, and within which limits: a problem as data.

use std::collections::BTreeMap;

use super::scale::Scale;
use super::{AllocateError, Prepared, Solution};
use crate::formula::Formula;
use crate::num::{ascending, grown};

/// A formula with a value for each of its parameters: a law with its fit, a cost, a ratio, a variable.
///
/// Each quantity has its own parameters, so that the `alpha` of one law is not that of another; the free
/// variables are common to all.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// The formula, in base units.
    pub formula: Formula,
    /// The values of its names that are not free variables, in base units.
    pub values: BTreeMap<String, f64>,
}

impl Quantity {
    /// A formula and the values of its parameters.
    pub fn new<'a>(formula: Formula, values: impl IntoIterator<Item = (&'a str, f64)>) -> Self {
        Self { formula, values: grown(values.into_iter().map(|(name, value)| (name.to_owned(), value))) }
    }

    /// Whether it is one free variable and nothing else.
    pub(crate) fn is_variable(&self, name: &str) -> bool {
        self.formula.text().trim() == name
    }

    fn is_same(&self, other: &Self) -> bool {
        self.formula.text() == other.formula.text() && self.values == other.values
    }
}

/// On which side of its bound a quantity must stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// `of <= bound`
    AtMost,
    /// `of >= bound`
    AtLeast,
    /// `of = bound`
    Equal,
}

/// A limit on a quantity.
#[derive(Clone, Debug)]
pub struct Limit {
    /// What is limited.
    pub of: Quantity,
    /// On which side.
    pub sense: Sense,
    /// The bound, in the unit of the quantity.
    pub bound: f64,
}

impl Limit {
    /// `of <= bound`
    pub fn at_most(of: Quantity, bound: f64) -> Self {
        Self { of, sense: Sense::AtMost, bound }
    }

    /// `of >= bound`
    pub fn at_least(of: Quantity, bound: f64) -> Self {
        Self { of, sense: Sense::AtLeast, bound }
    }

    /// `of = bound`
    pub fn equal(of: Quantity, bound: f64) -> Self {
        Self { of, sense: Sense::Equal, bound }
    }

    fn contradicts(&self, other: &Self) -> bool {
        let both_equal = self.sense == Sense::Equal && other.sense == Sense::Equal;
        both_equal && self.bound != other.bound && self.of.is_same(&other.of)
    }
}

/// A variable that the solver may choose, and the box in which its law means something.
///
/// One whose least value is above zero, or that is positive and has no largest, is worked in its logarithm; any other,
/// such as a share, as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Free {
    /// The name that stands in the formulas.
    pub name: String,
    /// The least value; 0 without an upper end for any positive number.
    pub low: f64,
    /// The largest value, infinite for none.
    pub high: f64,
    /// Where these are all there are, its values, rising.
    pub values: Vec<f64>,
}

impl Free {
    /// A variable that may be any positive number.
    pub fn positive(name: &str) -> Self {
        Self::within(name, 0.0, f64::INFINITY)
    }

    /// A variable between `low` and `high`, both included.
    pub fn within(name: &str, low: f64, high: f64) -> Self {
        Self { name: name.to_owned(), low, high, values: Vec::new() }
    }

    /// A variable that has one of these values.
    pub fn one_of(name: &str, values: impl IntoIterator<Item = f64>) -> Self {
        let given: Vec<f64> = values.into_iter().collect();
        let mut values: Vec<f64> = ascending(&given).into_iter().map(|row| given[row]).collect();
        values.dedup();
        let (low, high) = (values.first().copied(), values.last().copied());
        let ends = (low.unwrap_or(f64::NAN), high.unwrap_or(f64::NAN));
        Self { name: name.to_owned(), low: ends.0, high: ends.1, values }
    }

    pub(super) fn scale(&self) -> Scale {
        Scale::between(self.low, self.high)
    }

    /// Whether its box holds something, and numbers can tell where it ends.
    pub(super) fn is_sound(&self) -> bool {
        let (low, high) = (self.low, self.high);
        let ends = if low < 0.0 { high < f64::INFINITY } else { high > 0.0 || low == high };
        low <= high && low.abs() < f64::INFINITY && ends && self.values.iter().all(|value| value.is_finite())
    }
}

/// Free variables that are the shares of one whole, such as the weights of a mixture: none below zero, together one. They
/// are worked as they are, and one may end at zero.
#[derive(Clone, Debug)]
pub struct Whole {
    /// Their names.
    pub shares: Vec<String>,
    /// Their sum.
    pub sum: Quantity,
}

/// Which formula of a problem something is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What is minimised.
    Objective,
    /// The limit of that index; after them come the sums of the wholes.
    Limit(usize),
}

/// Minimise one quantity within limits on others, by choice of the free variables.
///
/// # Example
/// ```
/// use isoflop::allocate::{Free, Limit, Problem, Quantity};
/// use isoflop::formula::Formula;
/// use isoflop::outcome::Termination;
///
/// let law = Formula::parse("E + A / N^alpha + B / D^beta")?;
/// let fit = [("E", 1.69), ("A", 406.4), ("alpha", 0.34), ("B", 410.7), ("beta", 0.28)];
/// let cost = Quantity::new(Formula::parse("6*N*D")?, []);
/// let best = Problem::new(Quantity::new(law, fit), [Free::positive("N"), Free::positive("D")])
///     .within(Limit::at_most(cost, 5.76e23))
///     .solve()?;
/// assert_eq!(best.termination, Termination::Optimum);
/// assert!((best.at["N"] / 3.2189859e10 - 1.0).abs() < 1e-8);
/// assert!((best.value - 1.9307481017).abs() < 1e-10);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Problem {
    /// What is minimised.
    pub objective: Quantity,
    /// The limits.
    pub limits: Vec<Limit>,
    /// What may be chosen.
    pub free: Vec<Free>,
    /// Which of that are shares of a whole.
    pub wholes: Vec<Whole>,
}

impl Problem {
    /// A problem without limits.
    pub fn new(objective: Quantity, free: impl IntoIterator<Item = Free>) -> Self {
        Self { objective, limits: Vec::new(), free: free.into_iter().collect(), wholes: Vec::new() }
    }

    /// The same problem with some of its variables on a simplex.
    ///
    /// # Example
    /// ```
    /// use isoflop::allocate::{Free, Problem, Quantity, Whole};
    /// use isoflop::formula::Formula;
    /// use isoflop::outcome::Termination;
    ///
    /// // Of two sources the second is worth nothing.
    /// let law = Quantity::new(Formula::parse("1 / (1 + 2 * web + books)")?, []);
    /// let shares = ["web", "books"];
    /// let sum = Quantity::new(Formula::parse("web + books")?, []);
    /// let best = Problem::new(law, shares.map(|name| Free::within(name, 0.0, 1.0)))
    ///     .sharing(Whole { shares: shares.map(str::to_owned).to_vec(), sum })
    ///     .solve()?;
    /// assert_eq!((best.termination, best.at["books"]), (Termination::AtBound, 0.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sharing(mut self, whole: Whole) -> Self {
        self.wholes.push(whole);
        self
    }

    /// The same problem with one more limit.
    #[must_use]
    pub fn within(mut self, limit: Limit) -> Self {
        self.limits.push(limit);
        self
    }

    /// The quantities, each with what it is for.
    pub(super) fn parts(&self) -> impl Iterator<Item = (Part, &Quantity)> {
        let wholes = if super::HAS_NO_ENDS { [].iter() } else { self.wholes.iter() };
        let sums = wholes.map(|whole| &whole.sum);
        let limits = self.limits.iter().map(|limit| &limit.of).chain(sums).enumerate();
        [(Part::Objective, &self.objective)].into_iter().chain(limits.map(|(i, of)| (Part::Limit(i), of)))
    }

    /// Solves the problem once. For many fits or bounds, [`Problem::prepare`] it.
    ///
    /// # Errors
    /// As [`Problem::prepare`] and [`Prepared::solve`].
    pub fn solve(&self) -> Result<Solution, AllocateError> {
        self.prepare()?.solve()
    }

    /// Checks the problem and compiles its formulas, for one or many solutions.
    ///
    /// # Errors
    /// [`AllocateError`], for a problem that cannot have an answer whatever its numbers are, or for a
    /// number that is not what it must be.
    pub fn prepare(&self) -> Result<Prepared, AllocateError> {
        self.check_variables()?;
        self.check_limits()?;
        Prepared::compile(self)
    }

    /// The problem without the shares that can only be zero, and their names: at zero a power may have no slope.
    pub(super) fn without_nothing(&self) -> (Self, Vec<String>) {
        let (mut problem, mut nothing) = (self.clone(), Vec::new());
        let closed = |limit: &Limit, name: &str| {
            limit.sense != Sense::AtLeast && limit.bound == 0.0 && limit.of.is_variable(name)
        };
        for name in self.wholes.iter().flat_map(|whole| &whole.shares) {
            let none = |free: &Free| free.name == *name && free.high == 0.0;
            if self.free.iter().any(none) || self.limits.iter().any(|limit| closed(limit, name)) {
                nothing.push(name.clone());
            }
        }
        problem.free.retain(|free| !nothing.contains(&free.name));
        let limits = problem.limits.iter_mut().map(|limit| &mut limit.of);
        let sums = problem.wholes.iter_mut().map(|whole| {
            whole.shares.retain(|name| !nothing.contains(name));
            &mut whole.sum
        });
        for of in limits.chain(sums).chain([&mut problem.objective]) {
            of.values.extend(nothing.iter().map(|name| (name.clone(), 0.0)));
        }
        (problem, nothing)
    }

    fn check_variables(&self) -> Result<(), AllocateError> {
        let most = super::MAX_FREE;
        if self.free.is_empty() {
            return Err(AllocateError::NothingFree);
        }
        if self.free.len() > most {
            return Err(AllocateError::TooMany { what: "free variables", most, given: self.free.len() });
        }
        for (i, free) in self.free.iter().enumerate() {
            let name = free.name.clone();
            if self.free[..i].iter().any(|other| other.name == name) {
                return Err(AllocateError::FreeTwice { name });
            }
            let (low, high) = (free.low, free.high);
            if !free.is_sound() {
                return Err(AllocateError::Box { name, low, high });
            }
        }
        Ok(())
    }

    fn check_limits(&self) -> Result<(), AllocateError> {
        let most = super::MAX_LIMITS;
        if self.limits.len() > most {
            return Err(AllocateError::TooMany { what: "limits", most, given: self.limits.len() });
        }
        for (i, whole) in self.wholes.iter().enumerate().filter(|_| !super::HAS_NO_ENDS) {
            let is_free = |name: &&String| self.free.iter().any(|free| free.name == **name);
            if let Some(name) = whole.shares.iter().find(|name| !is_free(name)) {
                let (limit, known) = (self.limits.len() + i, super::source::listed(&self.free));
                return Err(AllocateError::UnknownVariable { limit, name: name.clone(), known });
            }
        }
        for (i, limit) in self.limits.iter().enumerate() {
            if let Some(first) = self.limits[..i].iter().position(|other| other.contradicts(limit)) {
                let bounds = (self.limits[first].bound, limit.bound);
                return Err(AllocateError::Contradiction { first, second: i, bounds });
            }
        }
        Ok(())
    }
}

/// A bound is a number that its quantity can have.
pub(super) fn check_bound(limit: usize, bound: f64, scale: Scale) -> Result<(), AllocateError> {
    if scale.takes(bound) { Ok(()) } else { Err(AllocateError::BoundNotPositive { limit, given: bound }) }
}

pub(super) fn finite(name: &str, value: f64, part: Part) -> Result<f64, AllocateError> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(AllocateError::ValueNotFinite { name: name.to_owned(), given: value, part })
    }
}
