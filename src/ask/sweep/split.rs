//! `split` and `merge`: a sweep as independent questions, and their answers as one.

use serde::{Deserialize, Serialize};

use super::{SweepAnswer, SweepQuestion};
use crate::ask::answer::Body;
use crate::ask::question::{Question, Verb};
use crate::ask::{Answer, AskError, Named, Number};
use crate::num::max;
use crate::outcome::Warning;

/// Asks for a question in parts that do not need one another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a split such as {\"question\":{\"sweep\":{...}},\"parts\":64}")]
pub struct SplitQuestion {
    /// A sweep.
    pub question: Box<Question>,
    /// How many parts, as long as there are as many cells.
    pub parts: usize,
}

/// A question in parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SplitAnswer {
    /// The parts, in their order.
    pub questions: Vec<Question>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// Asks for the answer of a question from those of its parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "a merge such as {\"question\":{\"sweep\":{...}},\"answers\":[...]}"
)]
pub struct MergeQuestion {
    /// The question that was split.
    pub question: Box<Question>,
    /// The answers of its parts, in any order.
    pub answers: Vec<Answer>,
}

/// The sweep that a question is.
fn sweep_of<'a>(question: &'a Question, path: &str) -> Result<&'a SweepQuestion, AskError> {
    match &question.verb {
        Verb::Sweep(sweep) => Ok(sweep),
        _ => Err(AskError::malformed(path, "expected a sweep: no other question comes in parts")),
    }
}

impl SweepQuestion {
    /// The cells that it asks for.
    fn asked(&self) -> [usize; 2] {
        let all = || self.axes.iter().map(super::AskedAxis::len).product();
        self.cells.unwrap_or_else(|| [0, all()])
    }
}

/// Answers.
pub(in crate::ask) fn split(question: &SplitQuestion) -> Result<SplitAnswer, AskError> {
    let sweep = sweep_of(&question.question, "split.question")?;
    let [from, to] = sweep.asked();
    let cells = to.saturating_sub(from);
    if question.parts == 0 || cells == 0 {
        let message =
            format!("expected one part or more of one cell or more; got {} of {cells}", question.parts);
        return Err(AskError::malformed("split.parts", message));
    }
    let parts = question.parts.min(cells);
    let edge = |part: usize| from + cells / parts * part + (cells % parts).min(part);
    let part = |part: usize| {
        let cells = Some([edge(part), edge(part + 1)]);
        let verb = Verb::Sweep(Box::new(SweepQuestion { cells, ..sweep.clone() }));
        Question { id: question.question.id.clone(), verb }
    };
    Ok(SplitAnswer { questions: (0..parts).map(part).collect(), warnings: Vec::new() })
}

/// Answers with what the unsplit question answers.
pub(in crate::ask) fn merge(question: &MergeQuestion) -> Result<Body, AskError> {
    let sweep = sweep_of(&question.question, "merge.question")?;
    let mut parts = Vec::new();
    for (at, answer) in question.answers.iter().enumerate() {
        let path = format!("merge.answers[{at}]");
        match &answer.body {
            Body::Sweep(part) if part.cells.is_some() => parts.push((path, part)),
            _ => return Err(AskError::malformed(path, "expected the answer of a part of the sweep")),
        }
    }
    parts.sort_by_key(|(_, part)| part.cells);
    let [from, to] = sweep.asked();
    let mut next = from;
    let mut whole: Option<SweepAnswer> = None;
    for (path, part) in parts {
        let [start, end] = part.cells.unwrap_or_default();
        if start != next {
            let message = format!("expected the cells from {next} on; got those from {start} on");
            return Err(AskError::malformed(path, message));
        }
        next = end;
        whole = Some(match whole {
            None => SweepAnswer { cells: sweep.cells, ..(**part).clone() },
            Some(whole) => whole.with(part).ok_or_else(|| {
                AskError::malformed(path, "expected the same axes and outputs as of the other parts")
            })?,
        });
    }
    match whole {
        Some(whole) if next == to => Ok(Body::Sweep(Box::new(whole))),
        _ => {
            let message = format!("expected answers for all cells up to {to}; got those up to {next}");
            Err(AskError::malformed("merge.answers", message))
        }
    }
}

impl SweepAnswer {
    /// With the cells of another part behind its own; nothing where that is of another sweep.
    fn with(mut self, part: &Self) -> Option<Self> {
        if self.axes != part.axes {
            return None;
        }
        let join = |(name, columns): (String, Named<Vec<Number>>)| {
            let more = part.columns.get(&name)?;
            let joined = columns.0.into_iter().map(|(which, mut column)| {
                column.extend_from_slice(more.get(&which)?);
                Some((which, column))
            });
            Some((name, joined.collect::<Option<Named<_>>>()?))
        };
        self.columns = self.columns.0.into_iter().map(join).collect::<Option<Named<_>>>()?;
        let (certificate, more) = (&mut self.certificate, part.certificate);
        certificate.worst_residual = max(certificate.worst_residual, more.worst_residual);
        certificate.cells_not_optimal += more.cells_not_optimal;
        certificate.infeasible += more.infeasible;
        Some(self)
    }
}
