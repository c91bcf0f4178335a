//! Fitting, live: the fit itself after every change; its draws follow ([`drawing`](super::drawing)).
//!
//! The fit and what follows from it are asked of one worker, the draws of others: a draw that is cancelled ends its
//! worker, and the next fit waits for none.

use std::sync::Arc;

use leptos::prelude::*;

use super::drawing;
use super::laws::laws;
use super::shown::rows;
use super::state::{State, state};
use crate::web::fit::outcome::Outcome;
use crate::web::fit::rows::Rows;
use crate::web::fit::study::Study;
use crate::web::message::Progress;
use crate::web::reading::{LawEntry, Refusal};
use crate::web::ui::browser;
use crate::web::ui::lean::{Memo, RwSignal, effect};
use crate::web::ui::mishaps::{Mishaps, mishaps};
use crate::web::ui::pool::{self, Heard, Lane};

/// A job that is over sooner shows no progress, in milliseconds.
const PATIENCE: i32 = 100;
/// A fit follows changes after this pause, in milliseconds.
const PAUSE: i32 = 10;

/// How the fit stands.
#[derive(Clone, Copy)]
pub struct Fitting {
    /// The last good fit.
    pub result: RwSignal<Option<Done>>,
    /// Why the newest question has none.
    pub refusal: RwSignal<Option<Refusal>>,
    /// How far the fit under way has come.
    pub progress: RwSignal<Option<Progress>>,
    /// Whether the fit under way has taken long enough to be shown.
    pub patient: RwSignal<bool>,
    /// Whether the reader has cancelled the fit.
    pub halted: RwSignal<bool>,
    /// What would be fitted now; nothing while something typed cannot be read.
    pub question: Memo<Option<String>>,
    law: Memo<Option<LawEntry>>,
    rows: Memo<Option<Arc<Rows>>>,
    job: RwSignal<Option<u64>>,
    state: State,
    mishaps: Mishaps,
}

/// A fit that is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// What was asked.
    pub question: String,
    /// What was chosen then.
    pub study: Study,
    /// The law.
    pub law: LawEntry,
    /// The rows.
    pub rows: Arc<Rows>,
    /// What has come of it.
    pub outcome: Outcome,
}

/// Fits, for all of the page.
pub fn provide() {
    let (state, rows) = (state(), rows());
    let question = Memo::new(move || {
        let rows = rows.get()?;
        state.study.with(|study| study.fit(&rows.json))
    });
    let chosen = laws().chosen;
    let fitting = Fitting {
        result: RwSignal::new(None),
        refusal: RwSignal::new(None),
        progress: RwSignal::new(None),
        patient: RwSignal::new(false),
        halted: RwSignal::new(false),
        question,
        law: chosen,
        rows,
        job: RwSignal::new(None),
        state,
        mishaps: mishaps(),
    };
    provide_context(fitting);
    let again = browser::settled(PAUSE, move || fitting.again());
    let law_is_known = Memo::new(move || chosen.with(Option::is_some));
    let mut last = None;
    effect(move || {
        let now = (question.get(), law_is_known.get(), fitting.mishaps.tries.get());
        if last.as_ref() != Some(&now) {
            fitting.stop();
            fitting.halted.set(false);
            fitting.refusal.set(None);
            if now.0.is_some() && now.1 {
                again();
            }
            last = Some(now);
        }
    });
    drawing::provide(fitting);
}

/// How the fit stands.
pub fn fitting() -> Fitting {
    expect_context()
}

impl Fitting {
    /// Whether what is shown is the answer to what is chosen now.
    pub fn is_behind(self) -> bool {
        let question = self.question.get();
        self.result.with(|done| done.as_ref().map(|done| &done.question) != question.as_ref())
    }

    /// Fits what is chosen now.
    pub fn again(self) {
        self.halted.set(false);
        if let (Some(law), Some(rows)) = (self.law.get_untracked(), self.rows.get_untracked()) {
            self.start(law, rows);
        }
    }

    fn start(self, law: LawEntry, rows: Arc<Rows>) {
        let Some(question) = self.question.get_untracked() else { return };
        self.refusal.set(None);
        if self.result.with_untracked(|done| done.as_ref().is_some_and(|done| done.question == question)) {
            return;
        }
        let done = (question.clone(), self.state.study.get_untracked(), law, rows);
        let number = pool::ask(Lane::Wide, &question, move |heard| match heard {
            Heard::Progress(progress) => self.progress.set(Some(progress)),
            Heard::Answer(text) => {
                self.over();
                let (question, study, law, rows) = done.clone();
                if let Some(outcome) = Outcome::read(&text) {
                    self.result.set(Some(Done { question, study, law, rows, outcome }));
                }
            }
            Heard::Refused(refusal) => {
                self.over();
                self.refusal.set(Some(refusal));
            }
            Heard::Fault(report) => {
                self.over();
                self.mishaps.fault(report);
            }
        });
        self.job.set(Some(number));
        browser::later(PATIENCE, move || {
            if self.job.get_untracked() == Some(number) {
                self.patient.set(true);
            }
        });
    }

    /// Ends the fit under way. A fit that is as good as done is only not listened to.
    fn stop(self) {
        if let Some(number) = self.job.get_untracked() {
            if self.patient.get_untracked() {
                pool::cancel(number);
            } else {
                pool::withdraw(number);
            }
            self.over();
        }
    }

    /// The reader ends the fit under way; the last one stays.
    pub fn cancel(self) {
        self.stop();
        self.halted.set(true);
    }

    fn over(self) {
        self.job.set(None);
        self.progress.set(None);
        self.patient.set(false);
    }
}
