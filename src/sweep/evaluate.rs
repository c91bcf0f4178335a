//! The value of a quantity over the entries of some cells.

use std::ops::Range;

use super::grid::{Expanded, at};
use super::{Grid, Tile};
use crate::allocate::{Problem, Quantity};
use crate::formula::{FormulaError, Leaf, Order, Program};

/// The value of a quantity in every entry of some cells, not a number where a condition of it is broken: of a plan where its names
/// are free variables of a problem, and at the grid alone without one.
///
/// # Errors
/// A name of the formula has no value.
pub fn evaluate(
    quantity: &Quantity,
    grid: &Grid,
    cells: &Range<usize>,
    plans: Option<(&Problem, &Tile)>,
) -> Result<Vec<f64>, FormulaError> {
    let entries = grid.entries_of(cells).len();
    let expanded = Expanded::new(grid, cells, &[quantity]);
    let planned = |name: &str| {
        let (problem, tile) = plans?;
        let place = problem.free.iter().position(|free| free.name == name)?;
        Some(tile.at[place].clone())
    };
    let column = |name: &str| {
        planned(name).or_else(|| {
            let values = expanded.value(name, *quantity.values.get(name).unwrap_or(&f64::NAN));
            Some((0..entries).map(|entry| at(values, entry)).collect())
        })
    };
    let names = quantity.formula.names();
    let leaves: Vec<(&str, Leaf)> = names.iter().map(|name| (*name, Leaf::Data)).collect();
    let columns: Vec<Vec<f64>> = names.iter().filter_map(|name| column(name)).collect();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let program = Program::shared(&quantity.formula, &leaves, &[], Order::Value)?;
    let mut bound = program.bind(&columns);
    let mut values = vec![0.0; entries];
    bound.values(&[], &[], &mut values);
    if bound.broken(&[], &[]).iter().any(Option::is_some) {
        leave_out_broken(&program, &columns, &mut values);
    }
    Ok(values)
}

/// Outside its conditions a formula means nothing.
fn leave_out_broken(program: &Program, columns: &[&[f64]], values: &mut [f64]) {
    for (entry, value) in values.iter_mut().enumerate() {
        let row: Vec<&[f64]> = columns.iter().map(|column| std::slice::from_ref(&column[entry])).collect();
        if program.bind(&row).broken(&[], &[]).iter().any(Option::is_some) {
            *value = f64::NAN;
        }
    }
}
