//! Fitting the law to the reader's runs, in the worker.

use std::sync::Arc;

use leptos::prelude::*;

use super::browser;
use super::certificate::Certificate;
use super::estimates::Estimates;
use super::formula::formula;
use super::laws::laws;
use super::lean::{Memo, RwSignal, effect};
use super::mishaps::{Mishaps, mishaps};
use super::moved::{Mover, mover};
use super::plan::planned;
use super::pool::{self, Heard, Lane};
use super::progress::ProgressRow;
use super::runs::runs;
use super::store::{Store, store};
use super::verdict::Verdict;
use crate::ask::Named;
use crate::outcome::Warning;
use crate::web::message::Progress;
use crate::web::question::Fit;
use crate::web::reading::{Fitted, Refusal};
use crate::web::words;

/// A job that is over sooner shows no progress, in milliseconds.
const PATIENCE: i32 = 100;
/// A fit follows changes of the table after this pause, in milliseconds.
const PAUSE: i32 = 120;

/// How the fit stands.
#[derive(Clone, Copy)]
pub struct Fitting {
    /// The last good fit: what was asked, the fit as the worker gave it, and the same read.
    pub result: RwSignal<Option<Done>>,
    /// Why the last attempt has no result.
    refusal: RwSignal<Option<Refusal>>,
    job: RwSignal<Option<u64>>,
    progress: RwSignal<Option<Progress>>,
    /// Whether the job has taken long enough to be shown.
    patient: RwSignal<bool>,
    cancelled: RwSignal<bool>,
    store: Store,
    mishaps: Mishaps,
    mover: Mover,
}

/// A fit that is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    question: String,
    /// The fit as the worker gave it.
    pub text: Arc<str>,
    /// The same read.
    pub fitted: Fitted,
}

/// Provides how the fit stands, for all of the page. Once there is a fit, it follows the table.
pub fn provide() {
    let fitting = Fitting {
        result: RwSignal::new(None),
        refusal: RwSignal::new(None),
        job: RwSignal::new(None),
        progress: RwSignal::new(None),
        patient: RwSignal::new(false),
        cancelled: RwSignal::new(false),
        store: store(),
        mishaps: mishaps(),
        mover: mover(),
    };
    provide_context(fitting);
    let question = question();
    let again = browser::settled(PAUSE, move || fitting.start(question.get_untracked()));
    let mut last = None;
    effect(move || {
        let now = question.get();
        let follows = fitting.result.with_untracked(Option::is_some) || fitting.job.get_untracked().is_some();
        let reopened = last.is_none() && fitting.store.now(|question| matches!(question.fit, Fit::Yours(_)));
        if last.as_ref().is_some_and(|last| *last != now && follows) || (reopened && now.is_some()) {
            again();
        }
        last = Some(now);
    });
}

/// How the fit stands.
pub fn fitting() -> Fitting {
    expect_context()
}

/// The question that fits the chosen law to the runs in use.
fn question() -> Memo<Option<String>> {
    let (store, runs, laws) = (store(), runs(), laws());
    Memo::new(move || {
        let inputs = laws.chosen().map(|law| law.inputs).unwrap_or_default();
        let inputs: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
        let sent =
            runs.read.with(|read| read.as_ref().and_then(|read| read.table.sent_with(&inputs).ok()))?;
        Some(store.with(|question| question.fit_to(&sent)))
    })
}

impl Fitting {
    /// Forgets the fit.
    pub fn clear(self) {
        self.stop();
        self.result.set(None);
        self.refusal.set(None);
    }

    fn start(self, question: Option<String>) {
        self.stop();
        self.cancelled.set(false);
        self.refusal.set(None);
        let Some(question) = question else { return };
        let asked = question.clone();
        let number = pool::ask(Lane::Long, question.into(), move |heard| match heard {
            Heard::Progress(progress) => self.progress.set(Some(progress)),
            Heard::Answer(text) => {
                self.over();
                self.done(&asked, &text);
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

    fn stop(self) {
        if let Some(number) = self.job.get_untracked() {
            pool::cancel(number);
            self.over();
        }
    }

    fn over(self) {
        self.job.set(None);
        self.progress.set(None);
        self.patient.set(false);
    }

    /// Makes a fit the plan's.
    fn use_fit(self, text: Arc<str>) {
        self.mover.compare(|question| question.fit = Fit::Yours(text));
    }

    /// The first fit becomes the plan's at once, with the way back; a later one replaces its predecessor there. One that
    /// came with the address, such as the Fit page's by another method, is not this page's to replace.
    fn done(self, question: &str, answer: &str) {
        let Some((text, fitted)) = Fitted::read(answer) else { return };
        let before = self.result.with_untracked(|done| done.as_ref().map(|done| done.text.clone()));
        let yours = self.store.now(|question| matches!(question.fit, Fit::Yours(_)));
        let first = before.is_none() && !yours;
        let used = before.is_some_and(|before| self.store.now(|question| question.fit == Fit::Yours(before)));
        self.result.set(Some(Done { question: question.to_owned(), text: text.clone(), fitted }));
        if used {
            self.store.write(|question| question.fit = Fit::Yours(text));
        } else if first {
            self.use_fit(text);
        }
    }
}

#[component]
pub fn FitPanel() -> impl IntoView {
    let (fitting, runs, laws) = (fitting(), runs(), laws());
    let question = question();
    let unusable = move || runs.read.with(|read| read.as_ref().and_then(|read| read.table.sent().err()));
    let complaint = move || {
        let refused = fitting.refusal.get().map(|refusal| words::refusal(&refusal.message, &refusal.at));
        unusable().map(|error| words::sentence_case(&error.to_string())).or(refused).unwrap_or_default()
    };
    let warnings =
        move || runs.read.with(|read| read.as_ref().map(|read| read.table.warnings()).unwrap_or_default());
    let law = move || laws.chosen().map_or(String::new(), |law| law.name);
    let done = Memo::new(move || fitting.result.get());
    view! {
        <div>
            <div class="go">
                <button
                    type="button"
                    class="button main"
                    aria-describedby="fit-error"
                    on:click=move |_| fitting.start(question.get_untracked())
                >
                    "Fit"
                </button>
                <span class="faint">{move || law()}</span>
            </div>
            <p class="echo bad" id="fit-error" role="status">{move || complaint()}</p>
            {move || {
                let warning =
                    |warning: Warning| view! { <p class="echo">{words::sentence_case(&warning.message)}</p> }.into_any();
                warnings().into_iter().map(warning).collect_view().into_any()
            }}
            {move || {
                let cancel = move |()| {
                    fitting.stop();
                    fitting.cancelled.set(true);
                };
                let row = || view! { <ProgressRow progress=fitting.progress name="Fitting" cancel/> }.into_any();
                fitting.patient.get().then(row)
            }}
            {move || {
                let said = if done.get().is_some() { "Cancelled. The last fit stays." } else { "Cancelled." };
                fitting.cancelled.get().then(|| view! { <p class="echo">{said}</p> }.into_any())
            }}
            {move || done.get().map(|done| view! { <Result done/> }.into_any())}
        </div>
    }
}

#[component]
fn Result(done: Done) -> impl IntoView {
    let (store, fitting, laws) = (store(), fitting(), laws());
    let Done { text, fitted, .. } = done;
    let own = text.clone();
    let used = move || store.with(|question| matches!(&question.fit, Fit::Yours(yours) if *yours == own));
    let law = Memo::new(move || laws.chosen());
    let values: Named<f64> =
        fitted.parameters.iter().filter_map(|(name, value)| Some((name, (*value)?))).collect();
    let planned = planned();
    let is_planned = used.clone();
    let decision = move || {
        let now = planned.question.get().filter(|_| is_planned() && !planned.behind.get())?;
        planned.plan.with(|plan| words::decision(&now, plan.as_ref()?))
    };
    let take = move |_| fitting.use_fit(text.clone());
    view! {
        <section class="result" aria-label="Result of the fit">
            <Verdict fitted=fitted.clone()/>
            {move || law.get().map(|law| formula(&law.equation(), &values))}
            <Certificate fitted=fitted.clone()/>
            <Estimates fitted decision=Memo::new(decision)/>
            <p class="acts">
                <button type="button" class="act" hidden=move || used() on:click=take>"Use this fit"</button>
            </p>
        </section>
    }
}
