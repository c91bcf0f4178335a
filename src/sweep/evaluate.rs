//! The value of a quantity over a grid.

use std::ops::Range;

use super::{Grid, Tile};
use crate::allocate::{Problem, Quantity};
use crate::formula::{FormulaError, Precision, Spread, SpreadOver, Varies};

/// A quantity over a grid: of a plan where its names are free variables of a problem, and at the grid alone without one.
#[derive(Clone, Debug)]
pub struct Valued {
    over: SpreadOver,
    /// The places of the variables of the plan that it names.
    planned: Vec<usize>,
    entries: usize,
}

impl Valued {
    /// Computes what varies along some axes alone; the rest is computed with numbers of this precision.
    ///
    /// # Errors
    /// A name of the formula has no value.
    pub fn new(
        quantity: &Quantity,
        grid: &Grid,
        problem: Option<&Problem>,
        precision: Precision,
    ) -> Result<Self, FormulaError> {
        let place = |name: &str| problem?.free.iter().position(|free| free.name == name);
        let (mut names, mut columns, mut planned): (Vec<(&str, Varies)>, _, _) = (vec![], vec![], vec![]);
        for name in quantity.formula.names() {
            if let Some(place) = place(name) {
                planned.push(place);
                names.push((name, Varies::ByRow));
                columns.push(Vec::new());
                continue;
            }
            let Some((varies, column)) = grid.column(name, quantity.values.get(name).copied()) else {
                continue;
            };
            names.push((name, varies));
            columns.push(column);
        }
        let over = Spread::compile(&quantity.formula, &names, &grid.shape(), precision)?.over(columns);
        Ok(Self { over, planned, entries: grid.entries() })
    }

    /// What it computes.
    pub fn over(self) -> SpreadOver {
        self.over
    }

    /// The value in every entry of some cells, not a number where a condition of it is broken.
    pub fn tile(&self, cells: &Range<usize>, plans: Option<&Tile>) -> Vec<f64> {
        let column = |place: &usize| Some(plans?.at[*place].as_slice());
        let whole: Vec<&[f64]> = self.planned.iter().filter_map(column).collect();
        self.over.values(cells.start * self.entries..cells.end * self.entries, &whole)
    }
}
