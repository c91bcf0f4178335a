//! Fitting, live: the fit itself after every change, then the draws in parts.
//!
//! The fit and what follows from it are asked of one worker, the draws of another: a draw that is cancelled ends its
//! worker, and the next fit waits for none.

use std::sync::Arc;

use leptos::prelude::*;

use super::laws::laws;
use super::shown::rows;
use super::state::{State, state};
use crate::web::fit::outcome::{Draws, Outcome};
use crate::web::fit::rows::Rows;
use crate::web::fit::study::{Study, part};
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
/// A band is replaced once so many new draws are there.
const ENOUGH: usize = 50;

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
    /// How far the draws under way have come.
    pub drawing: RwSignal<Option<Progress>>,
    /// The draws that are shown.
    pub band: RwSignal<Option<Band>>,
    /// After how many draws the reader has cancelled them.
    pub cancelled: RwSignal<Option<usize>>,
    /// Whether the reader has cancelled the fit.
    pub halted: RwSignal<bool>,
    /// What would be fitted now; nothing while something typed cannot be read.
    pub question: Memo<Option<String>>,
    law: Memo<Option<LawEntry>>,
    rows: Memo<Option<Arc<Rows>>>,
    job: RwSignal<Option<u64>>,
    draws: RwSignal<Draws>,
    draw_job: RwSignal<Option<u64>>,
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

/// Draws, and the fit that they belong to.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// What was asked of the fit.
    pub question: String,
    /// The draws.
    pub draws: Arc<Draws>,
}

/// What draws depend on besides the fit.
type Drawing = (String, Result<u64, String>, Result<u64, String>, &'static str);

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
        drawing: RwSignal::new(None),
        band: RwSignal::new(None),
        cancelled: RwSignal::new(None),
        halted: RwSignal::new(false),
        question,
        law: chosen,
        rows,
        job: RwSignal::new(None),
        draws: RwSignal::new(Draws::default()),
        draw_job: RwSignal::new(None),
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
    // Other draws of the same fit.
    let drawing = Memo::new(move || {
        let done = fitting.result.with(|done| done.as_ref().map(|done| done.question.clone()));
        let now = state.study.with(|study| (study.draws(), study.seed(), study.resampling.key()));
        (done.unwrap_or_default(), now.0, now.1, now.2)
    });
    let redraw = browser::settled(PAUSE, move || fitting.draw_anew());
    let mut last: Option<Drawing> = None;
    effect(move || {
        let now = drawing.get();
        if last.as_ref() != Some(&now) {
            fitting.stop_drawing();
            fitting.cancelled.set(None);
            if !now.0.is_empty() {
                redraw();
            }
            last = Some(now);
        }
    });
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

    /// The draws of the fit that is shown.
    pub fn own_draws(self) -> Option<Arc<Draws>> {
        let done = self.result.with(|done| done.as_ref().map(|done| done.question.clone()))?;
        self.band
            .with(|band| band.as_ref().filter(|band| band.question == done).map(|band| band.draws.clone()))
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
            // Back to what is shown: only its draws may be missing.
            return self.resume();
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

    /// Ends the fit under way, and its draws. A fit that is as good as done is only not listened to.
    fn stop(self) {
        if let Some(number) = self.job.get_untracked() {
            if self.patient.get_untracked() {
                pool::cancel(number);
            } else {
                pool::withdraw(number);
            }
            self.over();
        }
        self.stop_drawing();
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

    /// Draws from the first one on.
    fn draw_anew(self) {
        self.draws.set(Draws::default());
        self.resume();
    }

    /// Goes on with the draws of the fit that is shown.
    pub fn resume(self) {
        self.cancelled.set(None);
        if self.draw_job.get_untracked().is_some() || self.drawing.get_untracked().is_some() {
            return;
        }
        let Some(done) = self.result.get_untracked() else { return };
        let current = self.question.get_untracked();
        if current.as_ref() != Some(&done.question) {
            return;
        }
        let Some(of) = self.state.study.with_untracked(|study| study.draws().ok()) else { return };
        let first = self.draws.with_untracked(Draws::len) as u64;
        self.draw(&done, first, of);
    }

    fn draw(self, done: &Done, first: u64, of: u64) {
        if first >= of {
            self.drawing.set(None);
            return;
        }
        let part = part(first, of);
        let question = self.state.study.with_untracked(|study| study.bootstrap(&done.rows.json, first, part));
        let Some(question) = question else { return };
        let say = move |done: u64| Progress { done, of, stage: "draws".to_owned() };
        self.drawing.set(Some(say(first)));
        let fit = done.clone();
        let number = pool::ask(Lane::Long, &question, move |heard| match heard {
            Heard::Progress(progress) if progress.stage == "draws" => {
                self.drawing.set(Some(say(first + progress.done)));
            }
            Heard::Progress(_) => {}
            Heard::Answer(text) => {
                self.draw_job.set(None);
                let mut draws = self.draws.get_untracked();
                if draws.add(&text).is_none() {
                    return self.drawing.set(None);
                }
                self.draws.set(draws);
                self.show(&fit.question, of);
                self.draw(&fit, first + part, of);
            }
            // The fit itself was answered, so this is about the draws: there is no group to draw.
            Heard::Refused(refusal) => {
                self.draw_job.set(None);
                self.drawing.set(None);
                self.refusal.set(Some(refusal));
            }
            Heard::Fault(report) => {
                self.draw_job.set(None);
                self.drawing.set(None);
                self.mishaps.fault(report);
            }
        });
        self.draw_job.set(Some(number));
    }

    /// Shows the draws so far, once there are enough of them.
    fn show(self, question: &str, of: u64) {
        let draws = self.draws.get_untracked();
        if draws.len() >= ENOUGH.min(of as usize) {
            self.band.set(Some(Band { question: question.to_owned(), draws: Arc::new(draws) }));
        }
    }

    fn stop_drawing(self) {
        if let Some(number) = self.draw_job.get_untracked() {
            pool::cancel(number);
            self.draw_job.set(None);
        }
        self.drawing.set(None);
    }

    /// The reader ends the draws; those that are there stay.
    pub fn cancel_draws(self) {
        self.stop_drawing();
        self.cancelled.set(Some(self.draws.with_untracked(Draws::len)));
    }
}
