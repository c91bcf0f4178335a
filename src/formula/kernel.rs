//! One operation over one chunk: plain loops that the compiler vectorises.

use std::sync::Arc;

use super::graph::{Pair, Test, Unary, apply, apply_pair, choose};
#[cfg(feature = "fit")]
use super::joined::Joint;
use super::schedule::Operation;
use super::table::{Lookup, Table};
use crate::num;

/// An operand: the same number for every row, or one for each.
#[derive(Clone, Copy)]
pub(super) enum Operand<'a> {
    Scalar(f64),
    Column(&'a [f64]),
}

impl Operand<'_> {
    #[inline]
    pub fn at(self, row: usize) -> f64 {
        match self {
            Self::Scalar(value) => value,
            Self::Column(column) => column[row],
        }
    }
}

/// Runs `operation` on the operands that `find` gives, into `to`.
pub(super) fn run<'a>(
    operation: &Operation,
    tables: &[Arc<Table>],
    to: &mut [f64],
    find: impl Fn(super::schedule::Place) -> Operand<'a>,
) {
    match *operation {
        Operation::Unary(unary, a) => map(unary, to, find(a)),
        Operation::Binary(pair, a, b) => binary(pair, to, find(a), find(b)),
        #[cfg(feature = "fit")]
        Operation::Line(joint, all) => line(joint, to, all.map(find)),
        Operation::Choice(test, all) => choice(test, to, all.map(find)),
        Operation::Lookup(lookup, table, at) => look_up(lookup, &tables[table], to, find(at)),
        Operation::Fill(a) => copy(to, find(a)),
    }
}

/// The operation on scalars.
pub(super) fn scalar(
    operation: &Operation,
    tables: &[Arc<Table>],
    find: impl Fn(super::schedule::Place) -> f64,
) -> f64 {
    match *operation {
        Operation::Unary(unary, a) => apply(unary, find(a)),
        Operation::Binary(pair, a, b) => apply_pair(pair, find(a), find(b)),
        #[cfg(feature = "fit")]
        Operation::Line(joint, all) => join(joint, all.map(find)),
        Operation::Choice(test, [a, b, x, y]) => match choose(test, find(a), find(b)) {
            Some(true) => find(x),
            Some(false) => find(y),
            None => f64::NAN,
        },
        Operation::Lookup(lookup, table, at) => tables[table].look_up(lookup, find(at)),
        Operation::Fill(a) => find(a),
    }
}

fn look_up(lookup: Lookup, table: &Table, to: &mut [f64], at: Operand) {
    for (row, to) in to.iter_mut().enumerate() {
        *to = table.look_up(lookup, at.at(row));
    }
}

fn copy(to: &mut [f64], a: Operand) {
    match a {
        Operand::Scalar(a) => to.fill(a),
        Operand::Column(a) => to.copy_from_slice(&a[..to.len()]),
    }
}

/// Rarer functions have vector code too, but not in the page's first worker, for its weight: the bits are the same.
const COLUMNS: bool = cfg!(feature = "catalogue");

fn map(unary: Unary, to: &mut [f64], a: Operand) {
    let a = match a {
        Operand::Scalar(a) => return to.fill(apply(unary, a)),
        Operand::Column(a) => &a[..to.len()],
    };
    match unary {
        Unary::Exp => num::columns::exp(a, to),
        Unary::Ln => num::columns::ln(a, to),
        Unary::Negative => each(to, a, |a| -a),
        Unary::Sqrt => each(to, a, f64::sqrt),
        Unary::Abs => each(to, a, f64::abs),
        Unary::Floor => each(to, a, num::floor),
        Unary::Ceil => each(to, a, num::ceil),
        Unary::Round => each(to, a, num::round),
        Unary::Expm1 if COLUMNS => num::columns::exp_m1(a, to),
        Unary::Log1p if COLUMNS => num::columns::ln_1p(a, to),
        Unary::Log2 if COLUMNS => num::columns::log2(a, to),
        Unary::Log10 if COLUMNS => num::columns::log10(a, to),
        Unary::Log10 | Unary::Log2 | Unary::Expm1 | Unary::Log1p | Unary::Cos | Unary::Sin => {
            each(to, a, |a| apply(unary, a));
        }
    }
}

#[inline]
fn each(to: &mut [f64], a: &[f64], f: impl Fn(f64) -> f64) {
    to.iter_mut().zip(a).for_each(|(to, &a)| *to = f(a));
}

fn binary(pair: Pair, to: &mut [f64], a: Operand, b: Operand) {
    match pair {
        Pair::Add => zip(to, a, b, |a, b| a + b),
        Pair::Subtract => zip(to, a, b, |a, b| a - b),
        Pair::Multiply => zip(to, a, b, |a, b| a * b),
        Pair::Divide => zip(to, a, b, |a, b| a / b),
        Pair::Min => zip(to, a, b, num::min),
        Pair::Max => zip(to, a, b, num::max),
    }
}

#[inline]
fn zip(to: &mut [f64], a: Operand, b: Operand, f: impl Fn(f64, f64) -> f64) {
    match (a, b) {
        (Operand::Column(a), Operand::Column(b)) => {
            to.iter_mut().zip(a).zip(b).for_each(|((to, &a), &b)| *to = f(a, b));
        }
        (Operand::Column(a), Operand::Scalar(b)) => to.iter_mut().zip(a).for_each(|(to, &a)| *to = f(a, b)),
        (Operand::Scalar(a), Operand::Column(b)) => to.iter_mut().zip(b).for_each(|(to, &b)| *to = f(a, b)),
        (Operand::Scalar(a), Operand::Scalar(b)) => to.fill(f(a, b)),
    }
}

/// The product is rounded, then what it is put together with.
#[cfg(feature = "fit")]
#[inline]
fn join(joint: Joint, [a, b, c]: [f64; 3]) -> f64 {
    match joint {
        Joint::Plus => a * b + c,
        Joint::Less => a * b - c,
        Joint::From => c - a * b,
    }
}

#[cfg(feature = "fit")]
fn line(joint: Joint, to: &mut [f64], all: [Operand; 3]) {
    match joint {
        Joint::Plus => three(to, all, |all| join(Joint::Plus, all)),
        Joint::Less => three(to, all, |all| join(Joint::Less, all)),
        Joint::From => three(to, all, |all| join(Joint::From, all)),
    }
}

/// A product, of which one factor at least varies from row to row, and a third operand.
#[cfg(feature = "fit")]
#[inline]
fn three(to: &mut [f64], [a, b, c]: [Operand; 3], f: impl Fn([f64; 3]) -> f64) {
    use Operand::{Column, Scalar};
    match (a, b, c) {
        // Not worth a loop of its own: such a product is computed once for all rows.
        (Scalar(a), Scalar(b), c) => {
            to.iter_mut().enumerate().for_each(|(row, to)| *to = f([a, b, c.at(row)]));
        }
        (Scalar(s), Column(x), Scalar(c)) | (Column(x), Scalar(s), Scalar(c)) => {
            to.iter_mut().zip(x).for_each(|(to, &x)| *to = f([s, x, c]));
        }
        (Scalar(s), Column(x), Column(c)) | (Column(x), Scalar(s), Column(c)) => {
            to.iter_mut().zip(x).zip(c).for_each(|((to, &x), &c)| *to = f([s, x, c]));
        }
        (Column(a), Column(b), Scalar(c)) => {
            to.iter_mut().zip(a).zip(b).for_each(|((to, &a), &b)| *to = f([a, b, c]));
        }
        (Column(a), Column(b), Column(c)) => {
            to.iter_mut().zip(a).zip(b).zip(c).for_each(|(((to, &a), &b), &c)| *to = f([a, b, c]));
        }
    }
}

fn choice(test: Test, to: &mut [f64], all: [Operand; 4]) {
    for (row, to) in to.iter_mut().enumerate() {
        let [a, b, x, y] = all.map(|operand| operand.at(row));
        *to = match choose(test, a, b) {
            Some(true) => x,
            Some(false) => y,
            None => f64::NAN,
        };
    }
}
