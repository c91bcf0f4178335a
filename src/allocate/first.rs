//! What the page's first worker is without: it proves convex problems alone. What it refuses, the whole one answers.

use super::boxes::Boxes;
use super::descent::Stand;
use super::model::{Cell, Compiled};
use super::prepared::{Start, in_scales};
use super::{AllocateError, Free, Part, Quantity, Solution};
use crate::outcome::Termination;

/// The boxes as they were given: no formula has conditions.
#[expect(clippy::unnecessary_wraps, reason = "conditions may be wrong")]
pub(super) fn within<'a>(
    given: &[Free],
    _: impl Iterator<Item = (Part, &'a Quantity)>,
) -> Result<Boxes, AllocateError> {
    let (ended, open) = (vec![[None, None]; given.len()], vec![[None, None]; given.len()]);
    Ok(Boxes { free: given.to_vec(), ended, open })
}

/// Solves a problem whose answer needs no look at the whole box.
pub(super) fn solve(of: &Compiled, start: Start) -> Result<Solution, AllocateError> {
    let few = of.free.iter().any(|free| !free.values.is_empty());
    if few || !of.is_convex() {
        return Err(AllocateError::FirstWorker);
    }
    let solution = in_scales(of, start)?;
    match solution.termination {
        Termination::MaxIterations | Termination::Flat => Err(AllocateError::FirstWorker),
        _ => Ok(solution),
    }
}

impl Stand<'_> {
    /// Formulas are of one piece.
    #[expect(clippy::unused_self, reason = "the whole worker looks")]
    pub fn neighbours(&self) -> [Cell; 0] {
        []
    }
}
