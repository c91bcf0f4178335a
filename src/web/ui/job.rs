//! Questions that may take long: each follows the page's state, says how far it has come, and can be cancelled.

use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;

use super::browser;
use super::lean::{Held, Memo, RwSignal, effect};
use super::mishaps::{Mishaps, mishaps};
use super::pool::{self, Heard, Lane};
use super::progress::ProgressRow;
use crate::web::message::Progress;
use crate::web::reading::Refusal;
use crate::web::words;

/// A study of several fits follows changes after this pause, in milliseconds: one that is typed at would be begun with
/// every key.
const PAUSE: i32 = 150;
/// A job that is over sooner shows no progress, in milliseconds.
const PATIENCE: i32 = 100;

/// A question, and what it is about.
#[derive(Clone, PartialEq)]
struct Question {
    about: Held,
    text: Arc<str>,
}

/// How a question stands.
#[derive(Clone, Copy)]
pub struct Standing {
    /// What is asked now; nothing while there is nothing to ask.
    question: RwSignal<Option<Question>>,
    /// The last good answer, and what it is an answer to.
    good: RwSignal<Option<(Question, Arc<str>)>>,
    /// Why the newest question has none.
    pub refusal: RwSignal<Option<Refusal>>,
    /// How far the job under way has come.
    pub progress: RwSignal<Option<Progress>>,
    /// Whether it has taken long enough to be shown.
    pub late: RwSignal<bool>,
    /// Whether the reader has cancelled it.
    pub halted: RwSignal<bool>,
    lane: Lane,
    job: RwSignal<Option<u64>>,
    mishaps: Mishaps,
}

/// A question about something.
pub struct Job<T> {
    /// How it stands.
    pub standing: Standing,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Job<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Job<T> {}

impl<T: PartialEq + Send + Sync + 'static> Job<T> {
    /// Asks for a study of several fits whenever its question changes, of a worker that no fit waits for; while there is
    /// none, what is under way ends.
    pub fn new(question: impl Fn() -> Option<(T, String)> + 'static) -> Self {
        let question = move || question().map(|(about, text)| (about, text.into()));
        Self::on(Lane::Study, PAUSE, question)
    }

    /// The same of the worker of a lane, so many milliseconds after the last change.
    pub fn on(lane: Lane, pause: i32, question: impl Fn() -> Option<(T, Arc<str>)> + 'static) -> Self {
        let question = move || question().map(|(about, text)| Question { about: Held::new(about), text });
        Self { standing: follow(lane, pause, Box::new(question)), of: PhantomData }
    }

    /// Reads the last good answer, with what it is about, and hears when there is another.
    pub fn good<U>(self, read: impl FnOnce(&T, &str) -> Option<U>) -> Option<U> {
        self.answered(|about, _, answer| read(about, answer))
    }

    /// The same with the question.
    pub fn answered<U>(self, read: impl FnOnce(&T, &Arc<str>, &str) -> Option<U>) -> Option<U> {
        self.standing.good.with(|good| {
            let (question, answer) = good.as_ref()?;
            read(question.about.read(), &question.text, answer)
        })
    }
}

fn follow(lane: Lane, pause: i32, question: Box<dyn Fn() -> Option<Question>>) -> Standing {
    let standing = Standing {
        question: RwSignal::new(None),
        good: RwSignal::new(None),
        refusal: RwSignal::new(None),
        progress: RwSignal::new(None),
        late: RwSignal::new(false),
        halted: RwSignal::new(false),
        lane,
        job: RwSignal::new(None),
        mishaps: mishaps(),
    };
    let start = browser::settled(pause, move || standing.start());
    let tries = standing.mishaps.tries;
    let mut last = None;
    effect(move || {
        let now = (question(), tries.get());
        if last.as_ref() != Some(&now) {
            standing.stop();
            standing.halted.set(false);
            standing.refusal.set(None);
            standing.question.set(now.0.clone());
            start();
            last = Some(now);
        }
    });
    // Nothing may hear of it any more: who would is going too.
    on_cleanup(move || standing.job.get_untracked().into_iter().for_each(pool::cancel));
    standing
}

impl Standing {
    /// Asks what stands now, where it has no answer yet.
    pub fn start(self) {
        // The page may have lost it since, or it is under way already.
        if self.question.is_disposed() || self.job.get_untracked().is_some() {
            return;
        }
        self.halted.set(false);
        let Some(question) = self.question.get_untracked() else { return };
        if self.good.with_untracked(|good| good.as_ref().is_some_and(|(known, _)| *known == question)) {
            return;
        }
        let number = pool::ask(self.lane, question.text.clone(), move |heard| match heard {
            Heard::Progress(progress) => self.progress.set(Some(progress)),
            // Cells are asked for elsewhere.
            Heard::Cells(..) => {}
            Heard::Answer(answer) => {
                self.over();
                self.good.set(Some((question.clone(), answer)));
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
            if !self.job.is_disposed() && self.job.get_untracked() == Some(number) {
                self.late.set(true);
            }
        });
    }

    /// Ends what is under way. What is as good as done is only not listened to.
    fn stop(self) {
        if let Some(number) = self.job.get_untracked() {
            if self.late.get_untracked() {
                pool::cancel(number);
            } else {
                pool::withdraw(number);
            }
            self.over();
        }
    }

    /// The reader ends what is under way; the last answer stays.
    pub fn cancel(self) {
        self.stop();
        self.halted.set(true);
    }

    /// Forgets the last answer too.
    pub fn forget(self) {
        self.stop();
        self.good.set(None);
        self.refusal.set(None);
        self.halted.set(false);
    }

    fn over(self) {
        self.job.set(None);
        self.progress.set(None);
        self.late.set(false);
    }

    /// Whether what is shown is the answer to another question than the one that stands now, and that is late.
    pub fn is_behind(self) -> bool {
        let other = self.question.with(|now| {
            now.as_ref()
                .is_some_and(|now| self.good.with(|good| good.as_ref().is_none_or(|(of, _)| of != now)))
        });
        other && (self.late.get() || self.halted.get() || self.refusal.with(Option::is_some))
    }
}

/// What stands under a study: how far it has come, that it was cancelled, or why it has no answer.
#[component]
pub fn StandingRow(standing: Standing, name: &'static str) -> impl IntoView {
    let running = move || {
        let cancel = move |()| standing.cancel();
        view! { <ProgressRow progress=standing.progress name cancel/> }.into_any()
    };
    let halted = move || {
        view! {
            <p class="echo" role="status">
                "Cancelled. "
                <button type="button" class="act" on:click=move |_| standing.start()>"Go on"</button>
            </p>
        }
        .into_any()
    };
    let refused = Memo::new(move || {
        standing.refusal.with(|refusal| refusal.as_ref().map(|why| words::refusal(&why.message, &why.at)))
    });
    move || {
        if standing.late.get() {
            return running();
        }
        if standing.halted.get() {
            return halted();
        }
        view! { <p class="echo bad" role="status">{refused.get()}</p> }.into_any()
    }
}
