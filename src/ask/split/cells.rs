//! A sweep in stretches of cells.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Part, check_whole};
use crate::ask::sweep::{SweepAnswer, SweepCertificate, SweepQuestion, answer};
use crate::ask::{AskError, AskedAxis, Asking, Named, Number};
use crate::num::max;

/// Cells of a sweep: what is needed of its answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SweepPart {
    /// The values of each axis.
    pub axes: Vec<Vec<f64>>,
    /// Which cells these are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cells: Option<[usize; 2]>,
    /// The columns of each output.
    pub columns: Named<Named<Vec<Number>>>,
    /// What proves the plans.
    pub certificate: SweepCertificate,
}

/// The cells that a sweep asks for.
fn asked(sweep: &SweepQuestion) -> [usize; 2] {
    sweep.cells.unwrap_or_else(|| [0, all(sweep)])
}

/// Of more than can be counted there is no answer either.
fn all(sweep: &SweepQuestion) -> usize {
    sweep.axes.iter().map(AskedAxis::len).fold(1, usize::saturating_mul)
}

/// How many they are; `path` is where the sweep stands.
pub(super) fn count(sweep: &SweepQuestion, path: &str) -> Result<usize, AskError> {
    let ([from, to], all) = (asked(sweep), all(sweep));
    if from >= to || to > all {
        let message =
            format!("expected a first cell and one after the last, at most {all}; got {from} and {to}");
        return Err(AskError::malformed(format!("{path}.sweep.cells"), message));
    }
    Ok(to - from)
}

/// Some of them.
pub(super) fn part(sweep: &SweepQuestion, range: Range<usize>) -> SweepQuestion {
    let [from, _] = asked(sweep);
    SweepQuestion { cells: Some([from + range.start, from + range.end]), ..sweep.clone() }
}

/// All of them from those of the parts. The first cell of each part is answered here, too: that says in which order the columns
/// stand, and whether these are parts of this sweep.
pub(super) fn merge(
    sweep: &SweepQuestion,
    parts: &[Part<SweepPart>],
    asking: &mut Asking,
) -> Result<SweepAnswer, AskError> {
    count(sweep, "merge.question")?;
    let [from, to] = asked(sweep);
    check_whole(parts, [from, to], "cells", |part| {
        part.cells.map_or(0, |[from, to]| to.saturating_sub(from))
    })?;
    let mut whole: Option<SweepAnswer> = None;
    for part in parts {
        let first = SweepQuestion { cells: Some([part.first, part.first + 1]), ..sweep.clone() };
        let first = answer(&first, asking)?;
        let other = || {
            let message =
                "expected the answer of a part of this sweep; this one has other axes, outputs or values";
            AskError::malformed(part.path.clone(), message)
        };
        let whole = whole.get_or_insert_with(|| bare(&first, sweep));
        add(whole, part.answer, &first).ok_or_else(other)?;
    }
    whole.ok_or_else(|| AskError::malformed("merge.answers", "expected answers; got none"))
}

/// An answer without its cells.
fn bare(of: &SweepAnswer, sweep: &SweepQuestion) -> SweepAnswer {
    let mut bare = SweepAnswer { cells: sweep.cells, certificate: SweepCertificate::default(), ..of.clone() };
    for (_, columns) in &mut bare.columns.0 {
        columns.0.iter_mut().for_each(|(_, column)| column.clear());
    }
    bare
}

/// Puts the cells of a part behind those that are there; nothing where it is one of another sweep, whose first cell is not the
/// one that is known.
fn add(whole: &mut SweepAnswer, part: &SweepPart, first: &SweepAnswer) -> Option<()> {
    let [from, to] = part.cells?;
    if whole.axes != part.axes {
        return None;
    }
    for (name, columns) in &mut whole.columns.0 {
        for (which, column) in &mut columns.0 {
            let more: &Vec<Number> = part.columns.get(name)?.get(which)?;
            if more.len() != to - from || more.first() != first.columns.get(name)?.get(which)?.first() {
                return None;
            }
            column.extend_from_slice(more);
        }
    }
    let (certificate, more) = (&mut whole.certificate, part.certificate);
    certificate.worst_residual = max(certificate.worst_residual, more.worst_residual);
    certificate.cells_not_optimal = certificate.cells_not_optimal.saturating_add(more.cells_not_optimal);
    certificate.infeasible = certificate.infeasible.saturating_add(more.infeasible);
    Some(())
}
