//! The curve of one run.

use super::{Curves, EnvelopeError};
use crate::num::{ascending, columns};

/// The points of one run by their compute, of which no two are equal; there is at least one.
#[derive(Clone, Debug, Default)]
pub(super) struct Curve {
    pub run: usize,
    pub n: f64,
    /// The least compute and the most, as they are.
    pub ends: [f64; 2],
    /// The row of each point.
    pub rows: Vec<usize>,
    /// Compute; once logarithms are taken, its natural one, as of the others.
    pub x: Vec<f64>,
    pub tokens: Vec<f64>,
    pub loss: Vec<f64>,
}

/// The curves of runs that have any points, in the order of their numbers, and how many points were replaced.
pub(super) fn collect(curves: &Curves) -> Result<(Vec<Curve>, usize), EnvelopeError> {
    let mut all: Vec<Curve> = Vec::new();
    all.resize_with(curves.run.iter().max().map_or(0, |run| run + 1), Curve::default);
    let mut replaced = 0;
    for row in ascending(curves.c) {
        let curve = &mut all[curves.run[row]];
        if curve.x.last() == Some(&curves.c[row]) {
            replaced += 1;
            curve.pop();
        }
        curve.push(curves, row)?;
    }
    all.retain(|curve| !curve.x.is_empty());
    Ok((all, replaced))
}

/// By how much two sizes may differ, as a share, and be one: a size may follow from compute and tokens.
const SAME: f64 = 1e-6;

/// Whether two sizes are one.
pub(super) fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME * b
}

impl Curve {
    fn push(&mut self, curves: &Curves, row: usize) -> Result<(), EnvelopeError> {
        let size = curves.n[row];
        if let Some(&other) = self.rows.first()
            && !same(self.n, size)
        {
            let (row, other) = (row.max(other), row.min(other));
            return Err(EnvelopeError::Sizes { row, other, given: curves.n[row], first: curves.n[other] });
        }
        if self.rows.is_empty() {
            (self.run, self.n) = (curves.run[row], size);
        }
        self.rows.push(row);
        self.x.push(curves.c[row]);
        self.tokens.push(curves.d[row]);
        self.loss.push(curves.loss[row]);
        Ok(())
    }

    fn pop(&mut self) {
        self.rows.pop();
        for column in [&mut self.x, &mut self.tokens, &mut self.loss] {
            column.pop();
        }
    }

    /// Notes the ends, and replaces compute, tokens and loss by their natural logarithms.
    pub fn take_logarithms(&mut self) {
        self.ends = [self.x[0], self.x[self.x.len() - 1]];
        for column in [&mut self.x, &mut self.tokens, &mut self.loss] {
            columns::ln_in_place(column);
        }
    }
}
