//! The draws of the fit that is shown: in parts, shared out to as many workers as there are processors to spare.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::fitting::{Done, Fitting};
use super::state::{State, state};
use crate::web::fit::outcome::Draws;
use crate::web::fit::study::part;
use crate::web::message::Progress;
use crate::web::reading::Refusal;
use crate::web::ui::browser;
use crate::web::ui::lean::{Memo, RwSignal, effect};
use crate::web::ui::mishaps::{Mishaps, mishaps};
use crate::web::ui::pool::{self, Heard, Lane};

/// Draws follow changes after this pause, in milliseconds.
const PAUSE: i32 = 10;
/// A band is replaced once so many new draws are there.
const ENOUGH: usize = 50;

/// How the draws stand.
#[derive(Clone, Copy)]
pub struct Drawing {
    /// How far the draws under way have come.
    pub progress: RwSignal<Option<Progress>>,
    /// The draws that are shown.
    pub band: RwSignal<Option<Band>>,
    /// The draws of the fit that is shown.
    pub own: Own,
    /// After how many draws the reader has cancelled them.
    pub cancelled: RwSignal<Option<usize>>,
    /// Why there are none.
    pub refusal: RwSignal<Option<Refusal>>,
    draws: RwSignal<Draws>,
    /// What those are of.
    of: RwSignal<Option<Of>>,
    parts: RwSignal<Parts>,
    fitting: Fitting,
    state: State,
    mishaps: Mishaps,
}

/// The draws of a fit, once there are some.
pub type Own = Memo<Option<Arc<Draws>>>;

/// Draws, and the fit that they belong to.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// What was asked of the fit.
    pub question: Arc<str>,
    /// The draws.
    pub draws: Arc<Draws>,
}

/// The parts of the draws under way, by the number of their first draw.
#[derive(Clone, Debug, Default, PartialEq)]
struct Parts {
    /// The first draw that was not asked for yet.
    next: u64,
    /// Those that are asked for.
    asked: BTreeMap<u64, Part>,
    /// Answers that came before those to earlier parts.
    early: BTreeMap<u64, Arc<str>>,
}

/// A part that a worker is at.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Part {
    lane: Lane,
    job: u64,
    /// How many of its draws are done.
    done: u64,
}

/// What draws are of: the question of the fit, the seed, and what is drawn.
type Of = (Arc<str>, Result<u64, String>, &'static str);

/// Draws, for all of the page.
pub fn provide(fitting: Fitting) {
    let state = state();
    let band = RwSignal::new(None::<Band>);
    let own = Memo::new(move || {
        let done = fitting.result.with(|done| done.as_ref().map(|done| done.question.clone()))?;
        band.with(|band| band.as_ref().filter(|band| band.question == done).map(|band| band.draws.clone()))
    });
    let drawing = Drawing {
        progress: RwSignal::new(None),
        band,
        own,
        cancelled: RwSignal::new(None),
        refusal: RwSignal::new(None),
        draws: RwSignal::new(Draws::default()),
        of: RwSignal::new(None),
        parts: RwSignal::new(Parts::default()),
        fitting,
        state,
        mishaps: mishaps(),
    };
    provide_context(drawing);
    // While a fit is under way nothing is drawn: its draws would be of another.
    let wanted = Memo::new(move || {
        let done = fitting.result.with(|done| done.as_ref().map(|done| done.question.clone()));
        let now = state.study.with(|study| (study.draws(), study.seed(), study.resampling.key()));
        let done = done.filter(|_| !fitting.is_behind())?;
        Some(((done, now.1, now.2), now.0.ok()?))
    });
    let draw = browser::settled(PAUSE, move || drawing.draw(wanted.get_untracked()));
    let mut last = None;
    effect(move || {
        let now = wanted.get();
        if last.as_ref() != Some(&now) {
            drawing.stop();
            drawing.cancelled.set(None);
            draw();
            last = Some(now);
        }
    });
}

/// How the draws stand.
pub fn drawing() -> Drawing {
    expect_context()
}

impl Drawing {
    /// Draws so many of something; those that are shown stay until there are enough others.
    fn draw(self, wanted: Option<(Of, u64)>) {
        let Some((of, count)) = wanted else { return };
        let known = self.draws.with_untracked(Draws::len) as u64;
        if self.of.with_untracked(|drawn| drawn.as_ref() != Some(&of)) || known > count {
            self.draws.set(Draws::default());
            self.of.set(Some(of));
        }
        // Whoever asks for none sees none.
        if count == 0 {
            self.band.set(None);
        }
        self.resume();
    }

    /// Goes on with the draws of the fit that is shown.
    pub fn resume(self) {
        self.stop();
        self.cancelled.set(None);
        self.refusal.set(None);
        if untrack(|| self.fitting.is_behind()) {
            return;
        }
        let next = self.draws.with_untracked(Draws::len) as u64;
        self.parts.set(Parts { next, ..Parts::default() });
        self.go_on();
    }

    /// Asks for the next parts, one of each worker that has none.
    fn go_on(self) {
        let Some(done) = self.fitting.result.get_untracked() else { return };
        let Some(of) = self.state.study.with_untracked(|study| study.draws().ok()) else { return };
        for lane in pool::drawers() {
            let (next, busy) = self
                .parts
                .with_untracked(|parts| (parts.next, parts.asked.values().any(|part| part.lane == *lane)));
            if next < of && !busy {
                self.ask(*lane, &done, next, of);
            }
        }
        let (known, parts) = (self.draws.with_untracked(Draws::len) as u64, self.parts.get_untracked());
        let under_way: u64 = parts.asked.values().map(|part| part.done).sum();
        let early: u64 = parts.early.keys().map(|first| part(*first, of)).sum();
        let progress = Progress { done: known + under_way + early, of, stage: "draws".to_owned() };
        self.progress.set((!parts.asked.is_empty()).then_some(progress));
    }

    fn ask(self, lane: Lane, done: &Done, first: u64, of: u64) {
        let count = part(first, of);
        let question =
            self.state.study.with_untracked(|study| study.bootstrap(done.rows.json(), first, count));
        let Some(question) = question else { return };
        let fit = done.question.clone();
        let job = pool::ask(lane, question.into(), move |heard| match heard {
            Heard::Progress(progress) if progress.stage == "draws" => {
                self.parts.update(|parts| {
                    if let Some(part) = parts.asked.get_mut(&first) {
                        part.done = progress.done;
                    }
                });
                self.go_on();
            }
            Heard::Progress(_) | Heard::Cells(..) => {}
            Heard::Answer(text) => {
                self.parts.update(|parts| {
                    parts.asked.remove(&first);
                    parts.early.insert(first, text);
                });
                self.join(&fit, of);
                self.go_on();
            }
            // The fit itself was answered, so this is about the draws: there is no group to draw.
            Heard::Refused(refusal) => {
                self.stop();
                self.refusal.set(Some(refusal));
            }
            Heard::Fault(report) => {
                self.stop();
                self.mishaps.fault(report);
            }
        });
        self.parts.update(|parts| {
            parts.asked.insert(first, Part { lane, job, done: 0 });
            parts.next = first + count;
        });
    }

    /// Adds the answers whose turn it is: draws are kept in the order of their numbers, whoever was first.
    fn join(self, question: &Arc<str>, of: u64) {
        let (mut draws, mut parts) = (self.draws.get_untracked(), self.parts.get_untracked());
        while let Some(answer) = parts.early.remove(&(draws.len() as u64)) {
            if draws.add(&answer).is_none() {
                return self.stop();
            }
        }
        if draws.len() >= ENOUGH.min(of as usize) {
            self.band.set(Some(Band { question: question.clone(), draws: Arc::new(draws.clone()) }));
        }
        self.draws.set(draws);
        self.parts.set(parts);
    }

    /// Ends the draws under way; those that are there stay.
    pub fn stop(self) {
        for part in self.parts.get_untracked().asked.into_values() {
            pool::cancel(part.job);
        }
        self.parts.set(Parts::default());
        self.progress.set(None);
    }

    /// The reader ends them.
    pub fn cancel(self) {
        self.stop();
        self.cancelled.set(Some(self.draws.with_untracked(Draws::len)));
    }
}
