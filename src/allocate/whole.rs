//! The best point of the whole box.

use super::descent::{Cells, Lost, Stand};
use super::model::Compiled;
use super::prepared::Start;
#[cfg(feature = "catalogue")]
use super::scan::{POINTS, Scan};
use super::{AllocateError, Global};
use crate::num::max;

/// Where searches begin, for every variable that has no box: at the logarithms of one, and, should that not
/// end with a certificate, of 1e9, 1e5, 1e13 and 1e-5; in a box, at these shares of it.
const STARTS: [(f64, f64); 5] = [(0.0, 0.5), (20.723, 0.75), (11.513, 0.35), (29.934, 0.9), (-11.513, 0.1)];
/// Optima whose values differ by a smaller share are as good.
const AS_GOOD: f64 = 1e-6;
/// Points nearer than this, as they are worked, are one.
const APART: f64 = 1e-3;

/// What was found.
pub(super) struct Best<'p> {
    pub stand: Stand<'p>,
    /// Optima elsewhere that are as good.
    pub others: Vec<Stand<'p>>,
    pub global: Global,
    pub evaluations: u32,
}

/// Looks for the best point there is.
pub(super) fn best<'p>(of: &'p Compiled, start: Start) -> Result<Best<'p>, AllocateError> {
    let mut cells = Cells::new(of);
    let first = first(&mut cells, of, start)?;
    let mut all = vec![first];
    let global = match start {
        Start::Near(_) | Start::Few => Global::Unknown,
        #[cfg(feature = "catalogue")]
        Start::Anywhere if !of.is_convex() => look_again(&mut cells, of, &mut all)?,
        Start::Anywhere => Global::Convex,
    };
    let place = (1..all.len()).fold(0, |best, i| if all[i].is_better(&all[best]) { i } else { best });
    let stand = all.swap_remove(place);
    let others = as_good(&stand, all);
    Ok(Best { stand, others, global, evaluations: cells.evaluations })
}

/// The first start that leads to a certificate, or the best of all.
fn first<'p>(cells: &mut Cells<'p>, of: &'p Compiled, start: Start) -> Result<Stand<'p>, AllocateError> {
    let near = match start {
        Start::Near(plan) => of.point(plan),
        Start::Anywhere | Start::Few => None,
    };
    let starts = near.into_iter().chain(STARTS.iter().map(|&(open, share)| of.start(open, share)));
    let (mut best, mut undefined): (Option<Stand>, _) = (None, None);
    for u in starts {
        match cells.descend(&u) {
            Ok(stand) if stand.is_certified() => return Ok(stand),
            Ok(stand) => best = Some(best.filter(|best| !stand.is_better(best)).unwrap_or(stand)),
            Err(Lost::Undefined(part)) => undefined = undefined.or(Some((part, u))),
            Err(Lost::Wrong(error)) => return Err(error),
        }
    }
    match (best, undefined) {
        (Some(best), _) => Ok(best),
        (None, Some((part, u))) => Err(of.undefined(part, &u)),
        (None, None) => Err(AllocateError::NothingFree),
    }
}

#[cfg(feature = "catalogue")]
/// Scans the box and searches from the best points of it, until none is better than what was found.
fn look_again<'p>(
    cells: &mut Cells<'p>,
    of: &'p Compiled,
    all: &mut Vec<Stand<'p>>,
) -> Result<Global, AllocateError> {
    let scan = Scan::new(of, &all[0].point().u)?;
    for u in scan.starts() {
        match cells.descend(&u) {
            Ok(stand) => all.push(stand),
            Err(Lost::Undefined(_)) => {}
            Err(Lost::Wrong(error)) => return Err(error),
        }
    }
    let lowest = all.iter().map(Stand::rank).fold((u8::MAX, f64::INFINITY), |a, b| if b < a { b } else { a });
    let better = scan.best().filter(|value| (0, value + 1e-9 * (1.0 + value.abs())) < lowest);
    Ok(Global::Scan { points: POINTS as u32, within: scan.within() as u32, better: better.is_some() })
}

/// The certified optima of equal value at other points.
fn as_good<'p>(best: &Stand<'p>, all: Vec<Stand<'p>>) -> Vec<Stand<'p>> {
    let mut kept: Vec<Stand> = Vec::new();
    if !best.is_certified() {
        return kept;
    }
    let (_, value) = best.rank();
    let apart = |a: &Stand, b: &Stand| {
        let distances = a.point().u.iter().zip(&b.point().u).map(|(a, b)| (a - b).abs());
        distances.fold(0.0, max) > APART
    };
    for stand in all {
        let good = stand.is_certified() && (stand.rank().1 - value).abs() <= AS_GOOD;
        if good && apart(&stand, best) && kept.iter().all(|known| apart(&stand, known)) {
            kept.push(stand);
        }
    }
    kept
}
