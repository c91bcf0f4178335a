//! The two formulas of a batch, compiled, and their values and derivatives in the cells of a block.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::{AllocateError, Part};
use super::{BLOCK, Columns, Values};
use crate::formula::{Bound, Leaf, Order, Program};
use crate::num::grown;

/// A program, with the columns and numbers that it takes in its own order.
pub(super) struct Compiled<'a> {
    program: Program,
    columns: Vec<&'a [f64]>,
    scalars: Vec<f64>,
}

impl<'a> Compiled<'a> {
    pub fn new(given: &Columns<'a>, free: [&str; 2], part: Part) -> Result<Self, AllocateError> {
        let mut leaves = free.map(|name| (name, Leaf::LogColumn)).to_vec();
        let (mut columns, mut scalars) = (Vec::new(), Vec::new());
        for name in given.formula.names().into_iter().filter(|name| !free.contains(name)) {
            let value = given.values.iter().find(|(known, _)| *known == name);
            let (_, value) = value.ok_or_else(|| missing(given, free, part, name))?;
            match *value {
                Values::One(value) => scalars.push(value),
                Values::Each(column) => columns.push(column),
            }
            leaves.push((name, if value.rows().is_some() { Leaf::Data } else { Leaf::Scalar }));
        }
        let program = Program::compile(given.formula, &leaves, &free, Order::Hessian)
            .map_err(|source| AllocateError::Formula { part, source })?;
        Ok(Self { program, columns, scalars })
    }

    pub fn bind(&self, rows: Range<usize>) -> Running<'_> {
        let columns: Vec<&[f64]> = self.columns.iter().map(|column| &column[rows.clone()]).collect();
        Running { bound: self.program.bind(&columns), pairs: self.program.pairs(), scalars: &self.scalars }
    }
}

fn missing(given: &Columns, free: [&str; 2], part: Part, name: &str) -> AllocateError {
    let name = name.to_owned();
    match part {
        Part::Objective => AllocateError::MissingValue { name, free: free.join(", ") },
        Part::Limit(limit) => {
            let names = given.values.iter().map(|(name, _)| *name);
            let known: BTreeSet<&str> = grown(free.into_iter().chain(names));
            let known = known.into_iter().collect::<Vec<_>>().join(", ");
            AllocateError::UnknownVariable { limit, name, known }
        }
    }
}

/// A program at work on a block.
pub(super) struct Running<'a> {
    bound: Bound<'a>,
    pairs: &'a [(usize, usize)],
    scalars: &'a [f64],
}

impl Running<'_> {
    /// Value and derivatives in every cell of the block.
    pub fn evaluate(&mut self, u: &[f64], v: &[f64], jets: &mut Jets) {
        let pairs = self.pairs;
        self.bound.each(Order::Hessian, self.scalars, &[u, v], |chunk| {
            let rows = chunk.rows();
            jets.value[rows.clone()].copy_from_slice(chunk.value());
            jets.u[rows.clone()].copy_from_slice(chunk.first(0));
            jets.v[rows.clone()].copy_from_slice(chunk.first(1));
            for (place, pair) in pairs.iter().enumerate() {
                let column = match pair {
                    (0, 0) => &mut jets.uu,
                    (0, 1) => &mut jets.uv,
                    _ => &mut jets.vv,
                };
                column[rows.clone()].copy_from_slice(chunk.second(place));
            }
        });
    }
}

/// Columns of values and their derivatives by `u` and `v`; those that are zero everywhere stay so.
pub(super) struct Jets {
    pub value: Vec<f64>,
    pub u: Vec<f64>,
    pub v: Vec<f64>,
    pub uu: Vec<f64>,
    pub uv: Vec<f64>,
    pub vv: Vec<f64>,
}

impl Jets {
    pub fn new() -> Self {
        let column = || vec![0.0; BLOCK];
        Self { value: column(), u: column(), v: column(), uu: column(), uv: column(), vv: column() }
    }
}
