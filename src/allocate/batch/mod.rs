//! Many allocations at once: two variables under one cost limit, a column of cells.
//!
//! In logarithms `u` and `v` of the two variables, a cell lies on its cost surface `ln g(u, v) = ln C`,
//! and one unknown is left, the ratio `w = v - u`. The optimum is where the loss falls as fast per
//! relative cost along `u` as along `v`:
//!
//! `h = ln(f_u / g_u) - ln(f_v / g_v) = 0`.
//!
//! For a constant and two powers under a product, `h` is a straight line, and nearly one for most else.
//! So Newton's method on `h` and the cost together, with a bracket of `w` behind it, takes one step and
//! another to see that it was right; under a serving demand, four or five. Cells advance in lock step, but
//! each from a start of its own and by its own numbers alone: its answer has the same bits in any company.
//!
//! Where the optimum would have more of a variable than there may be, that is held at the most, and the cost
//! surface says the other; the condition then says that more of the held one would be better (`held`).

mod block;
mod held;
mod running;

use crate::formula::Formula;
use crate::num::{exp, ln, max};

use super::{AllocateError, Part};
use block::Block;
use running::Compiled;

/// The values of a name, or of the budget, in the cells of a batch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Values<'a> {
    /// The same in every cell.
    One(f64),
    /// One for each cell.
    Each(&'a [f64]),
}

/// A formula with the values of its parameters in every cell: a [`super::Quantity`] in columns.
#[derive(Clone, Debug)]
pub struct Columns<'a> {
    /// The formula, in base units.
    pub formula: &'a Formula,
    /// The values of its names other than the two free variables, in base units.
    pub values: Vec<(&'a str, Values<'a>)>,
}

/// The optima of a batch, a column for each number.
#[derive(Clone, Debug, PartialEq)]
pub struct Optima {
    /// The two free variables, in their own units.
    pub at: [Vec<f64>; 2],
    /// The value of the objective, in its own unit.
    pub value: Vec<f64>,
    /// How far the first-order conditions are from holding: the larger of the relative difference of the
    /// two marginal values and the logarithm of cost over budget. Where a variable is held at its most, there
    /// is no difference to vanish.
    pub residual: Vec<f64>,
    /// Whether the cell holds a certified optimum: `residual` at most 1e-10, the budget kept to 1e-12, the
    /// budget binding, and a minimum along it; or a variable at its most of which more would be better. Where
    /// not, the other numbers mean nothing.
    pub optimal: Vec<bool>,
}

impl Optima {
    /// The largest residual of the cells that are optimal.
    pub fn worst_residual(&self) -> f64 {
        let optimal = self.residual.iter().zip(&self.optimal).filter(|(_, optimal)| **optimal);
        optimal.fold(0.0, |worst, (residual, _)| max(worst, *residual))
    }

    /// How many cells are not.
    pub fn not_optimal(&self) -> usize {
        self.optimal.iter().filter(|optimal| !**optimal).count()
    }
}

/// Minimises `objective` over the two `free` variables under `cost <= budget`, in every cell.
///
/// The cost must grow in both variables; a cell in which it does not, or in which the budget would not
/// be used up, comes back as not optimal, as does one with a number that is not finite or not positive.
///
/// # Errors
/// [`AllocateError::MissingValue`] or [`AllocateError::UnknownVariable`] for a name without a value,
/// [`AllocateError::ColumnLength`] for columns that differ in length, [`AllocateError::FreeTwice`],
/// [`AllocateError::Formula`].
///
/// # Example
/// ```
/// use isoflop::allocate::{Columns, Values, batch};
/// use isoflop::formula::Formula;
///
/// let (law, cost) = (Formula::parse("E + A / N^alpha + B / D^beta")?, Formula::parse("6*N*D")?);
/// let fit = [("E", 1.69), ("A", 406.4), ("alpha", 0.34), ("B", 410.7), ("beta", 0.28)];
/// let law = Columns { formula: &law, values: fit.map(|(name, value)| (name, Values::One(value))).to_vec() };
/// let cost = Columns { formula: &cost, values: vec![] };
/// let optima = batch(&law, &cost, ["N", "D"], Values::Each(&[1e21, 5.76e23]))?;
/// assert!(optima.optimal.iter().all(|optimal| *optimal));
/// assert!((optima.at[0][1] / 3.2189859151e10 - 1.0).abs() < 1e-10);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn batch(
    objective: &Columns,
    cost: &Columns,
    free: [&str; 2],
    budget: Values,
) -> Result<Optima, AllocateError> {
    batch_within(objective, cost, free, budget, [Values::One(f64::INFINITY); 2])
}

/// The same with at most so much of each of the two variables, such as a cap on data: infinitely much where
/// there is none.
///
/// Where both are held at their most, the budget need not be used up.
///
/// # Errors
/// Those of [`batch`].
///
/// # Example
/// ```
/// use isoflop::allocate::{Columns, Values, batch_within};
/// use isoflop::formula::Formula;
///
/// let (law, cost) = (Formula::parse("E + A / N^alpha + B / D^beta")?, Formula::parse("6*N*D + 2*N*demand")?);
/// let fit = [("E", 1.69), ("A", 406.4), ("alpha", 0.34), ("B", 410.7), ("beta", 0.28)];
/// let law = Columns { formula: &law, values: fit.map(|(name, value)| (name, Values::One(value))).to_vec() };
/// let cost = Columns { formula: &cost, values: vec![("demand", Values::Each(&[1e9, 1e13]))] };
/// let most = [Values::One(f64::INFINITY), Values::One(1e11)];
/// let optima = batch_within(&law, &cost, ["N", "D"], Values::One(1e23), most)?;
/// assert_eq!(optima.optimal, [true, true]);
/// assert!((optima.at[1][0] / 1e11 - 1.0).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn batch_within(
    objective: &Columns,
    cost: &Columns,
    free: [&str; 2],
    budget: Values,
    most: [Values; 2],
) -> Result<Optima, AllocateError> {
    if free[0] == free[1] {
        return Err(AllocateError::FreeTwice { name: free[0].to_owned() });
    }
    let rows = rows(objective, cost, [("the budget", budget), (free[0], most[0]), (free[1], most[1])])?;
    let objective = Compiled::new(objective, free, Part::Objective)?;
    let cost = Compiled::new(cost, free, Part::Limit(0))?;
    let mut optima = Optima::of(rows);
    let mut block = Block::default();
    for start in (0..rows).step_by(BLOCK) {
        let range = start..rows.min(start + BLOCK);
        let most = [0, 1].map(|free| range.clone().map(move |row| ln(most[free].at(row))));
        block.begin(range.clone().map(|row| ln(budget.at(row))), most);
        block.solve(&mut objective.bind(range.clone()), &mut cost.bind(range));
        optima.put(start, &block);
    }
    Ok(optima)
}

/// Cells that advance together: few, so that one slow cell holds up few others.
const BLOCK: usize = 256;

impl Values<'_> {
    fn at(&self, row: usize) -> f64 {
        match self {
            Self::One(value) => *value,
            Self::Each(values) => values[row],
        }
    }

    fn rows(&self) -> Option<usize> {
        match self {
            Self::One(_) => None,
            Self::Each(values) => Some(values.len()),
        }
    }
}

/// How many cells there are: as many as all columns have rows; without columns, one.
fn rows(objective: &Columns, cost: &Columns, more: [(&str, Values); 3]) -> Result<usize, AllocateError> {
    let named = objective.values.iter().chain(&cost.values).copied();
    let all = named.chain(more);
    let mut columns = all.filter_map(|(name, values)| Some((name, values.rows()?)));
    let Some((_, expected)) = columns.next() else { return Ok(1) };
    match columns.find(|(_, given)| *given != expected) {
        Some((name, given)) => Err(AllocateError::ColumnLength { name: name.to_owned(), expected, given }),
        None => Ok(expected),
    }
}

impl Optima {
    fn of(rows: usize) -> Self {
        let column = || vec![f64::NAN; rows];
        let optimal = vec![false; rows];
        Self { at: [column(), column()], value: column(), residual: column(), optimal }
    }

    fn put(&mut self, start: usize, block: &Block) {
        for (row, answer) in (start..).zip(block.answers()) {
            self.at[0][row] = exp(answer.u);
            self.at[1][row] = exp(answer.v);
            self.value[row] = answer.value;
            self.residual[row] = answer.residual;
            self.optimal[row] = answer.optimal;
        }
    }
}
