//! A sweep whose shaders run somewhere else: its tiles are told one by one.

use std::ops::Range;

use super::columns::Columns;
use super::opened::{Opened, Told};
use super::{SweepCertificate, SweepQuestion};
use crate::ask::{Answer, Asking, Body, Progress, Verb, read_question};
use crate::formula::{Dispatch, Kernel, SpreadOver};
use crate::outcome::Warning;
use serde_json::Value;

/// What answers by a GPU.
const ENGINE: &str = "webgpu";
/// So many entries has a tile at most: of four numbers each, what an adapter can hold at least.
const TILE: usize = 1 << 20;

/// A sweep whose shaders are run by the caller.
///
/// [`OnGpu::next_tile`] says what they are given for the next tile, [`OnGpu::take`] takes what they told, and
/// [`OnGpu::finish`] answers, as [`super::super::answer_beside`] does, to the digits of a GPU. What a shader gives up, and
/// what has none, is computed here.
pub struct OnGpu {
    id: Option<Value>,
    question: SweepQuestion,
    opened: Opened,
    /// What is told of the cells that are solved, then of those that they are compared with.
    twins: Vec<Option<Twin>>,
    /// How many of them are of the cells that are solved.
    own: usize,
    columns: Vec<Columns>,
    certificate: SweepCertificate,
    warnings: Vec<Warning>,
    left: Range<usize>,
    under_way: Range<usize>,
}

/// A shader, and what it is given.
struct Twin {
    kernel: Kernel,
    over: SpreadOver,
}

impl OnGpu {
    /// Opens a Question; nothing where it is no sweep, or has no shader.
    ///
    /// # Errors
    /// Why it has no answer, as an Answer in JSON.
    pub fn open(question: &str) -> Result<Option<Self>, String> {
        let question = read_question(question).map_err(|refused| refused.to_json())?;
        let id = question.repeated().cloned();
        let Verb::Sweep(question) = question.verb else { return Ok(None) };
        let progress = &mut |_: Progress| {};
        let mut asking = Asking::new(progress);
        match Opened::new(&question, &mut asking) {
            Ok(opened) => Ok(Self::of(id, *question, opened, asking.warnings)),
            Err(error) => Err(Answer::new(id, Err(error)).to_json()),
        }
    }

    fn of(
        id: Option<Value>,
        question: SweepQuestion,
        opened: Opened,
        warnings: Vec<Warning>,
    ) -> Option<Self> {
        let twins = opened.own.twins();
        let (own, others) = (twins.len(), opened.other.iter().flat_map(|other| other.twins()));
        let twins: Vec<Option<Twin>> = twins.into_iter().chain(others).map(|over| Twin::of(over?)).collect();
        if twins.iter().all(Option::is_none) {
            return None;
        }
        let (columns, left) = (opened.columns(&question), opened.own.stretch().cells.clone());
        let under_way = left.start..left.start;
        let certificate = SweepCertificate::default();
        Some(Self { id, question, opened, twins, own, columns, certificate, warnings, left, under_way })
    }

    /// The shaders, each of which is told of every tile.
    pub fn kernels(&self) -> Vec<&Kernel> {
        self.twins.iter().flatten().map(|twin| &twin.kernel).collect()
    }

    /// What the shaders are given for the next tile, in their order; nothing where all cells are done. One that is given nothing
    /// has numbers there that are beyond those of a GPU.
    pub fn next_tile(&mut self) -> Option<Vec<Option<Dispatch>>> {
        if self.left.is_empty() {
            return None;
        }
        let all = std::iter::once(&self.opened.own).chain(&self.opened.other);
        let entries = all.map(|cells| cells.stretch().grid.entries()).max().unwrap_or(1);
        let end = self.left.end.min(self.left.start + (TILE / entries).max(1));
        self.under_way = self.left.start..end;
        self.left.start = end;
        let given = (0..self.twins.len()).filter_map(|at| {
            let twin = self.twins[at].as_ref()?;
            Some(twin.over.dispatch(self.rows(at)))
        });
        Some(given.collect())
    }

    /// Takes what the shaders told of that tile, in their order; nothing of one that was given nothing. Says whether a sample of it
    /// is what the processor computes; where it is not, nothing is taken.
    #[must_use]
    pub fn take(&mut self, told: &[Option<Vec<u32>>]) -> bool {
        let mut told = told.iter();
        let told: Vec<Option<Told>> = self
            .twins
            .iter()
            .map(|twin| {
                let twin = twin.as_ref()?;
                Some((&twin.over, told.next()?.as_deref()?))
            })
            .collect();
        let is_right = told.iter().enumerate().all(|(at, told)| {
            let rows = self.rows(at);
            told.is_none_or(|(twin, told)| twin.is_right(rows, told))
        });
        if !is_right {
            return false;
        }
        let (own, other) = told.split_at(self.own);
        let cells = || self.under_way.clone();
        let own = self.opened.own.tile_told(cells(), own, &mut self.certificate);
        let others = self.opened.other.as_ref();
        let other = others.map(|others| others.tile_told(cells(), other, &mut self.certificate));
        self.opened.put(&own, other.as_deref(), &mut self.columns);
        true
    }

    /// How many of its cells are done, and of how many.
    pub fn progress(&self) -> (usize, usize) {
        let of = self.opened.own.stretch().cells.len();
        (of - self.left.len(), of)
    }

    /// The Answer, with its numbers beside it.
    pub fn finish(self) -> (String, Vec<f64>) {
        let answer = self.opened.answer(&self.question, self.columns, self.certificate, self.warnings);
        let mut answer = Answer::new(self.id, Ok(Body::Sweep(Box::new(answer))));
        answer.engine = Some(ENGINE.to_owned());
        answer.beside()
    }

    /// The rows of the tile that a shader computes: the entries of its cells.
    fn rows(&self, twin: usize) -> Range<usize> {
        let cells = if twin < self.own { Some(&self.opened.own) } else { self.opened.other.as_ref() };
        let entries = cells.map_or(1, |cells| cells.stretch().grid.entries());
        self.under_way.start * entries..self.under_way.end * entries
    }
}

impl Twin {
    /// Where a grid needs neither exponentials nor logarithms in each row, memory is what takes time: it stays where it is.
    fn of(over: SpreadOver) -> Option<Self> {
        let kernel = over.kernel().filter(|kernel| kernel.functions > 0)?;
        Some(Self { kernel, over })
    }
}
