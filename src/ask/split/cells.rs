//! A sweep in stretches of cells.

use std::ops::Range;

use super::{Part, check_whole};
use crate::ask::sweep::{SweepAnswer, SweepCertificate, SweepQuestion, answer};
use crate::ask::{AskError, AskedAxis, Asking, Number};
use crate::num::max;

/// The cells that a sweep asks for.
fn asked(sweep: &SweepQuestion) -> [usize; 2] {
    let all = || sweep.axes.iter().map(AskedAxis::len).product();
    sweep.cells.unwrap_or_else(|| [0, all()])
}

/// How many they are.
pub(super) fn count(sweep: &SweepQuestion) -> usize {
    let [from, to] = asked(sweep);
    to.saturating_sub(from)
}

/// Some of them.
pub(super) fn part(sweep: &SweepQuestion, range: Range<usize>) -> SweepQuestion {
    let [from, _] = asked(sweep);
    SweepQuestion { cells: Some([from + range.start, from + range.end]), ..sweep.clone() }
}

/// All of them from those of the parts. The first cell is answered here: it says in which order the columns stand, and
/// whether these are parts of this sweep.
pub(super) fn merge(
    sweep: &SweepQuestion,
    parts: &[Part<SweepAnswer>],
    asking: &mut Asking,
) -> Result<SweepAnswer, AskError> {
    let [from, to] = asked(sweep);
    check_whole(parts, [from, to], "cells", |part| {
        part.cells.map_or(0, |[from, to]| to.saturating_sub(from))
    })?;
    let first = answer(&part(sweep, 0..1), asking)?;
    let mut whole =
        SweepAnswer { cells: sweep.cells, certificate: SweepCertificate::default(), ..first.clone() };
    for part in parts {
        let is_first = part.first == from;
        add(&mut whole, part.answer, is_first).ok_or_else(|| {
            let message =
                "expected the answer of a part of this sweep; this one has other axes, outputs or values";
            AskError::malformed(part.path.clone(), message)
        })?;
    }
    Ok(whole)
}

/// Puts the cells of a part behind those that are there; in the place of the first one, which must be the same, where it has
/// that. Nothing where the part is of another sweep.
fn add(whole: &mut SweepAnswer, part: &SweepAnswer, is_first: bool) -> Option<()> {
    let [from, to] = part.cells?;
    if whole.axes != part.axes {
        return None;
    }
    for (name, columns) in &mut whole.columns.0 {
        for (which, column) in &mut columns.0 {
            let more: &Vec<Number> = part.columns.get(name)?.get(which)?;
            let known = if is_first { column.len() } else { 0 };
            if more.len() != to - from || more[..known] != column[..known] {
                return None;
            }
            column.extend_from_slice(&more[known..]);
        }
    }
    let (certificate, more) = (&mut whole.certificate, part.certificate);
    certificate.worst_residual = max(certificate.worst_residual, more.worst_residual);
    certificate.cells_not_optimal += more.cells_not_optimal;
    certificate.infeasible += more.infeasible;
    Some(())
}
