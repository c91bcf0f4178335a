//! What goes along while a Question is answered.

use super::{AskError, AskFault};
use crate::outcome::Warning;

/// How far an answer has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Steps done.
    pub done: u64,
    /// Steps in all, as far as is known.
    pub of: u64,
    /// What is being done, such as `starts`.
    pub stage: &'static str,
}

/// Questions within questions, at most.
const MOST: usize = 8;

/// What goes along while a Question is answered.
pub(super) struct Asking<'a> {
    /// Hears how far it has come.
    pub progress: &'a mut dyn FnMut(Progress),
    /// What the reader should know, so far.
    pub warnings: Vec<Warning>,
    depth: usize,
}

impl<'a> Asking<'a> {
    /// For the outermost Question.
    pub fn new(progress: &'a mut dyn FnMut(Progress)) -> Self {
        Self { progress, warnings: Vec::new(), depth: 1 }
    }

    /// For a Question in the place of a number, at this field.
    pub fn within(&mut self, path: &str) -> Result<Asking<'_>, AskError> {
        if self.depth == MOST {
            return Err(AskFault::TooDeep { most: MOST }.at(path));
        }
        Ok(Asking { progress: &mut *self.progress, warnings: Vec::new(), depth: self.depth + 1 })
    }
}
