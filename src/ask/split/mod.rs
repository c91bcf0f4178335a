//! `split` and `merge`: a long question as independent parts, and their answers as one.
//!
//! A sweep comes in stretches of cells, a fit in stretches of draws. Every cell and every draw depends on its own numbers
//! alone, so the parts may be answered anywhere and in any order, by whatever maps over lines.

mod cells;
mod draws;

use serde::{Deserialize, Serialize};

use super::answer::Body;
use super::question::{Question, Verb};
use super::{AskError, Asking};
use crate::outcome::Warning;
pub use cells::SweepPart;
pub use draws::FitPart;

/// Asks for a question in parts that do not need one another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a split such as {\"question\":{\"sweep\":{...}},\"parts\":64}")]
pub struct SplitQuestion {
    /// A sweep, or a fit with a bootstrap.
    pub question: Box<Question>,
    /// How many parts, as long as there are as many cells or draws.
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
    pub answers: Vec<PartAnswer>,
}

/// What is needed of the Answer of a part, which has one of these; the rest is passed over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PartAnswer {
    /// Cells of a sweep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sweep: Option<SweepPart>,
    /// Draws of a fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<FitPart>,
    /// Why there is no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<PartError>,
}

/// Why a part has no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PartError {
    /// In words.
    pub message: String,
}

/// The most parts: each has the whole question in it.
const MOST: usize = 10_000;

/// What a question can be split by.
enum Whole<'a> {
    Sweep(&'a super::SweepQuestion),
    Fit(&'a super::FitQuestion),
}

impl<'a> Whole<'a> {
    fn of(question: &'a Question, path: &str) -> Result<Self, AskError> {
        match &question.verb {
            Verb::Sweep(sweep) => Ok(Self::Sweep(sweep)),
            Verb::Fit(fit) if fit.bootstrap.is_some() => Ok(Self::Fit(fit)),
            _ => {
                let message = "expected a sweep, or a fit with a bootstrap: no other question comes in parts";
                Err(AskError::malformed(path, message))
            }
        }
    }
}

/// Answers.
pub(super) fn split(question: &SplitQuestion) -> Result<SplitAnswer, AskError> {
    let whole = Whole::of(&question.question, "split.question")?;
    let count = match whole {
        Whole::Sweep(sweep) => cells::count(sweep, "split.question")?,
        Whole::Fit(fit) => draws::count(fit, "split.question")?,
    };
    let parts = question.parts.min(count);
    if parts == 0 || parts > MOST {
        let message = format!(
            "expected from one to {MOST} parts of something; got {} parts of {count}",
            question.parts
        );
        return Err(AskError::malformed("split.parts", message));
    }
    let edge = |part: usize| count / parts * part + (count % parts).min(part);
    let part = |part: usize| {
        let range = edge(part)..edge(part + 1);
        let verb = match whole {
            Whole::Sweep(sweep) => Verb::Sweep(Box::new(cells::part(sweep, range))),
            Whole::Fit(fit) => Verb::Fit(Box::new(draws::part(fit, range))),
        };
        Question { id: question.question.id.clone(), verb }
    };
    Ok(SplitAnswer { questions: (0..parts).map(part).collect(), warnings: Vec::new() })
}

/// Answers with what the unsplit question answers.
pub(super) fn merge(question: &MergeQuestion, asking: &mut Asking) -> Result<Body, AskError> {
    match Whole::of(&question.question, "merge.question")? {
        Whole::Sweep(sweep) => {
            let parts = parts(question, |answer| {
                let part = answer.sweep.as_ref()?;
                Some((part.cells?[0], part))
            })?;
            Ok(Body::Sweep(Box::new(cells::merge(sweep, &parts, asking)?)))
        }
        Whole::Fit(fit) => {
            let parts = parts(question, |answer| {
                let part = answer.fit.as_ref()?;
                Some((usize::try_from(part.first_draw?).ok()?, part))
            })?;
            Ok(Body::Fit(draws::merge(fit, &parts, asking)?))
        }
    }
}

/// The answer of a part.
struct Part<'a, T> {
    /// Where it stands in the Question.
    path: String,
    /// The cell or draw that it begins with.
    first: usize,
    answer: &'a T,
}

/// The answers, in the order of what they begin with.
fn parts<T>(
    question: &MergeQuestion,
    read: impl Fn(&PartAnswer) -> Option<(usize, &T)>,
) -> Result<Vec<Part<'_, T>>, AskError> {
    let mut parts = Vec::new();
    for (at, answer) in question.answers.iter().enumerate() {
        let path = format!("merge.answers[{at}]");
        let refuse = || {
            let got = answer.error.as_ref().map(|error| format!("; got an error: {}", error.message));
            let got = got.unwrap_or_default();
            let message = format!("expected the answer of a part of the question{got}");
            AskError::malformed(path.clone(), message)
        };
        let (first, answer) = read(answer).ok_or_else(refuse)?;
        parts.push(Part { path, first, answer });
    }
    parts.sort_by_key(|part| part.first);
    Ok(parts)
}

/// Checks that parts follow one another from `first` to before `end`, each being of so many.
fn check_whole<T>(
    parts: &[Part<T>],
    [first, end]: [usize; 2],
    of: &str,
    length: impl Fn(&T) -> usize,
) -> Result<(), AskError> {
    let mut next = first;
    for part in parts {
        let length = length(part.answer);
        if part.first != next || length == 0 || length > end - next {
            let message = format!(
                "expected some of the {of} from {next} to {end}; got {length} from {} on",
                part.first
            );
            return Err(AskError::malformed(part.path.clone(), message));
        }
        next += length;
    }
    if next == end {
        return Ok(());
    }
    let message = format!("expected answers for all {of} up to {end}; got those up to {next}");
    Err(AskError::malformed("merge.answers", message))
}
