//! The title, what the table is, and what can be done.

use std::sync::Arc;

use leptos::prelude::*;

use super::drawing::{Own, drawing};
use super::fitting::{Fitting, fitting};
use super::laws::laws;
use super::shown::shown;
use super::state::{REDO, UNDO, state};
use crate::ask::Named;
use crate::web::fit::study::Study;
use crate::web::link;
use crate::web::question::{Fit, Question};
use crate::web::ui::browser::{self, Place};
use crate::web::ui::drop_zone::ChooseFile;
use crate::web::ui::lean::Memo;
use crate::web::ui::quantity_field::focus;
use crate::web::ui::runs::runs;
use crate::web::ui::store::DRAWS;
use crate::web::words;

#[component]
pub fn Head() -> impl IntoView {
    let (state, runs, fitting, drawing, laws, shown) =
        (state(), runs(), fitting(), drawing(), laws(), shown());
    let is_read = Memo::new(move || runs.read.with(Option::is_some));
    let about = move || {
        let name = runs.kept.with(|runs| runs.as_ref().map(|runs| runs.name.clone())).unwrap_or_default();
        runs.read
            .with(|read| read.as_ref().map_or(String::new(), |read| words::about_table(&name, &read.table)))
    };
    let law =
        move || laws.chosen.with(|law| law.as_ref().map_or("none yet".to_owned(), |law| law.name.clone()));
    let plan = Memo::new(move || {
        let done = fitting.result.get()?;
        plan_address(&done.study, &done.outcome.text, &state.study.get())
    });
    let told = move || {
        view! {
            <p class="quiet">
                {move || about()} ". Law " <a class="act" href="fit/#method">{move || law()}</a>
            </p>
        }
        .into_any()
    };
    let remove = move |_| {
        state.act(|_, runs| *runs = None);
        browser::later(0, || focus(UNDO));
    };
    let acts = move || {
        view! {
            <ChooseFile name="Replace the file…" class="act"/>
            <button type="button" class="act" on:click=remove>"Remove"</button>
        }
        .into_any()
    };
    view! {
        <div class="head">
            <h1>"Fit"</h1>
            {move || is_read.get().then(|| told())}
            <p class="echo reading" role="status">"Reading…"</p>
            <p class="acts">
                {move || is_read.get().then(|| acts())}
                <button
                    type="button"
                    class="act"
                    id=UNDO
                    hidden=move || !state.can_undo()
                    on:click=move |_| state.undo()
                >
                    "Undo"
                </button>
                <button
                    type="button"
                    class="act"
                    id=REDO
                    hidden=move || !state.can_redo()
                    on:click=move |_| state.redo()
                >
                    "Redo"
                </button>
                <a
                    class="act"
                    data-card="fit"
                    href=move || plan.get()
                    on:click=move |_| hand_over(fitting, drawing.own)
                    hidden=move || !is_read.get() || plan.with(Option::is_none) || shown.refusal().is_some()
                >
                    "Use this fit in Plan"
                </a>
            </p>
            {move || {
                let refused = runs.refused.get().filter(|_| is_read.get());
                refused.map(|error| view! { <p class="echo bad" role="status">{error}</p> }.into_any())
            }}
        </div>
    }
}

/// Leaves the draws of a fit for the Plan, which an address has no room for. Without room in the tab it goes without.
fn hand_over(fitting: Fitting, own: Own) {
    let Some(done) = fitting.result.get_untracked() else { return };
    let kept = own.get_untracked().map(|draws| {
        let fit = &done.outcome.text;
        format!("{fit}\n{}", draws.joined(fit, &Named::default()))
    });
    browser::keep(Place::Tab, DRAWS, kept.as_deref());
}

/// The address of the Plan by a fit, which was made as `of` says, for the budget that is chosen now.
pub fn plan_address(of: &Study, fit: &Arc<str>, now: &Study) -> Option<String> {
    let law = &of.law;
    let law = if law.contains(' ') && !law.starts_with('{') { of.law()? } else { law.clone() };
    let budget = if now.budget().is_ok() { now.budget.clone() } else { Question::default().budget };
    let question = Question { budget, law, fit: Fit::Yours(fit.clone()), ..Question::default() };
    Some(format!("./{}", link::address(&question)))
}
