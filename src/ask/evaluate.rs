//! The value of a formula over columns.

use super::range::Columns;
use crate::formula::{Formula, FormulaError, Leaf, Order, Program};

/// The value in each row, and the conditions that some row breaks.
pub(super) struct Evaluation {
    /// One value for each row.
    pub values: Vec<f64>,
    /// Each broken condition as written, with the first row that breaks it.
    pub broken: Vec<(String, usize)>,
}

/// Evaluates `formula` over `inputs`, all of one length, at the parameters' values.
pub(super) fn evaluate(
    formula: &Formula,
    inputs: &Columns,
    parameters: &[(&str, f64)],
) -> Result<Evaluation, FormulaError> {
    let data = inputs.iter().map(|(name, _)| (*name, Leaf::Data));
    let scalars = parameters.iter().map(|(name, _)| (*name, Leaf::Scalar));
    let leaves: Vec<(&str, Leaf)> = data.chain(scalars).collect();
    let program = Program::shared(formula, &leaves, &[], Order::Value)?;
    let columns: Vec<&[f64]> = inputs.iter().map(|(_, column)| *column).collect();
    let at: Vec<f64> = parameters.iter().map(|(_, value)| *value).collect();
    let mut bound = program.bind(&columns);
    let mut values = vec![0.0; columns.first().map_or(1, |column| column.len())];
    bound.values(&at, &[], &mut values);
    let broken = bound.broken(&at, &[]);
    let conditions = formula.conditions().zip(broken);
    let broken = conditions.filter_map(|(text, row)| row.map(|row| (text.to_owned(), row))).collect();
    Ok(Evaluation { values, broken })
}
