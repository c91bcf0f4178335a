//! Fitting the law to the reader's runs, in the worker.

use std::sync::Arc;

use leptos::prelude::*;

use super::certificate::Certificate;
use super::estimates::Estimates;
use super::formula::formula;
use super::job::{Job, Standing};
use super::laws::laws;
use super::lean::{Memo, RwSignal, effect};
use super::moved::{Mover, mover};
use super::plan::planned;
use super::pool::Lane;
use super::progress::ProgressRow;
use super::runs::runs;
use super::store::{Store, store};
use super::verdict::Verdict;
use crate::ask::Named;
use crate::outcome::Warning;
use crate::web::question::Fit;
use crate::web::reading::Fitted;
use crate::web::words;

/// A fit follows changes of the table after this pause, in milliseconds.
const PAUSE: i32 = 120;

/// How the fit stands.
#[derive(Clone, Copy)]
pub struct Fitting {
    /// The last good fit: the fit as the worker gave it, and the same read.
    pub result: RwSignal<Option<Done>>,
    /// Whether there is to be one: then it follows the table.
    wanted: RwSignal<bool>,
    standing: Standing,
    store: Store,
    mover: Mover,
}

/// A fit that is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// The fit as the worker gave it.
    pub text: Arc<str>,
    /// The same read.
    pub fitted: Fitted,
}

/// Provides how the fit stands, for all of the page.
pub fn provide() {
    let (store, question) = (store(), question());
    let wanted = RwSignal::new(store.now(|question| matches!(question.fit, Fit::Yours(_))));
    let asked = move || if wanted.get() { question.get() } else { None };
    let job = Job::on(Lane::Long, PAUSE, move || Some(((), asked()?.into())));
    let fitting =
        Fitting { result: RwSignal::new(None), wanted, standing: job.standing, store, mover: mover() };
    provide_context(fitting);
    effect(move || {
        if let Some((text, fitted)) = job.good(|(), answer| Fitted::read(answer)) {
            untrack(|| fitting.done(text, fitted));
        }
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
        self.wanted.set(false);
        self.standing.forget();
        self.result.set(None);
    }

    /// Fits, and again where that was cancelled.
    fn start(self) {
        if self.wanted.get_untracked() {
            self.standing.start();
        }
        self.wanted.set(true);
    }

    /// Makes a fit the plan's.
    fn use_fit(self, text: Arc<str>) {
        self.mover.compare(|question| question.fit = Fit::Yours(text));
    }

    /// The first fit becomes the plan's at once, with the way back; a later one replaces its predecessor there. One that
    /// came with the address, such as the Fit page's by another method, is not this page's to replace.
    fn done(self, text: Arc<str>, fitted: Fitted) {
        let before = self.result.with_untracked(|done| done.as_ref().map(|done| done.text.clone()));
        let yours = self.store.now(|question| matches!(question.fit, Fit::Yours(_)));
        let first = before.is_none() && !yours;
        let used = before.is_some_and(|before| self.store.now(|question| question.fit == Fit::Yours(before)));
        self.result.set(Some(Done { text: text.clone(), fitted }));
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
    let Standing { progress, late, halted, refusal, .. } = fitting.standing;
    let unusable = move || runs.read.with(|read| read.as_ref().and_then(|read| read.table.sent().err()));
    let complaint = move || {
        let refused = refusal.get().map(|refusal| words::refusal(&refusal.message, &refusal.at));
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
                    on:click=move |_| fitting.start()
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
                let cancel = move |()| fitting.standing.cancel();
                let row = || view! { <ProgressRow progress name="Fitting" cancel/> }.into_any();
                late.get().then(row)
            }}
            {move || {
                let said = if done.get().is_some() { "Cancelled. The last fit stays." } else { "Cancelled." };
                halted.get().then(|| view! { <p class="echo">{said}</p> }.into_any())
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
