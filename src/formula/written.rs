//! A schedule whose results go straight to the columns that they are wanted in, and are read there by what needs them too.

use super::schedule::{Instruction, Operation, Place, Schedule, Work};

/// The steps of a schedule for its rows, for columns that are given.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// Each with the output that it writes; the others write buffers.
    pub steps: Vec<(Work, Option<usize>)>,
    /// Where each output that no step writes is copied from, once a chunk has been computed.
    pub copied: Vec<(usize, Place)>,
}

impl Written {
    pub fn of(schedule: &Schedule) -> Self {
        let mut steps: Vec<(Work, Option<usize>)> =
            schedule.rows.iter().map(|work| (work.clone(), None)).collect();
        let mut copied = Vec::new();
        for (output, &place) in schedule.outputs.iter().enumerate() {
            // What stood in its buffer before was something else.
            let by = steps.iter().rposition(|(work, _)| work.writes(place));
            match by {
                // An equation reads buffers, again and again.
                Some(by) if steps[by].1.is_none() && !steps[by..].iter().any(|(work, _)| work.solves()) => {
                    steps[by].1 = Some(output);
                    for (later, _) in &mut steps[by + 1..] {
                        later.read(place, Place::Output(output));
                    }
                }
                Some(by) => copied.push((output, steps[by].1.map_or(place, Place::Output))),
                None => copied.push((output, place)),
            }
        }
        Self { steps, copied }
    }

    /// Whether a single step writes all there is, which needs no buffer that would bound what is computed together.
    pub fn is_single(&self) -> bool {
        matches!(self.steps[..], [(_, Some(_))])
    }
}

impl Work {
    fn writes(&self, place: Place) -> bool {
        let to = match self {
            Self::Compute(instruction) => instruction.to,
            Self::Solve(solving) => solving.to,
        };
        place == Place::Buffer(to)
    }

    fn solves(&self) -> bool {
        matches!(self, Self::Solve(_))
    }

    /// Has it read from `to` what it reads from `from`.
    fn read(&mut self, from: Place, to: Place) {
        if let Self::Compute(Instruction { operation, .. }) = self {
            operation
                .operands()
                .into_iter()
                .filter(|operand| **operand == from)
                .for_each(|operand| *operand = to);
        }
    }
}

impl Operation {
    fn operands(&mut self) -> Vec<&mut Place> {
        match self {
            Self::Unary(_, a) | Self::Lookup(_, _, a) | Self::Fill(a) => vec![a],
            Self::Binary(_, a, b) => vec![a, b],
            Self::Line(_, all) => all.iter_mut().collect(),
            Self::Choice(_, all) => all.iter_mut().collect(),
        }
    }
}
