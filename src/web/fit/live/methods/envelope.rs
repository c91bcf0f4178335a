//! Approach 1: training curves and the lowest of them.

use std::sync::Arc;

use leptos::prelude::*;

use super::disclosure::{Disclosure, notes, opened};
use super::numbers::Numbers;
use crate::web::fit::live::job::{Job, Standing, StandingRow};
use crate::web::fit::live::shown::rows;
use crate::web::fit::live::state::state;
use crate::web::fit::methods::envelope::{self, Envelope};
use crate::web::fit::methods::{Approach, envelope_charts};
use crate::web::fit::rows::Rows;
use crate::web::ui::figure::Figure;
use crate::web::ui::lean::Memo;
use crate::web::ui::rich::rich;

const APPROACH: Approach = Approach::Envelope;

/// What has come of the curves, with their rows.
type Found = Memo<Option<(Arc<Rows>, Envelope)>>;

#[component]
pub fn Curves() -> impl IntoView {
    let (rows, open) = (rows(), opened(APPROACH));
    let job = Job::new(move || -> Option<(Arc<Rows>, String)> {
        let rows = open.get().then(|| rows.get()).flatten()?;
        let question = envelope::ask(&rows)?;
        Some((rows, question))
    });
    let found =
        Memo::new(move || job.good(|rows: &Arc<Rows>, answer| Some((rows.clone(), Envelope::read(answer)?))));
    let finding = Memo::new(move || found.with(|found| found.as_ref().map(|(_, found)| found.finding())));
    let standing = job.standing;
    let named = Memo::new(move || rows.with(|rows| rows.as_ref().is_some_and(|rows| rows.columns.named)));
    let body = move |()| {
        let curves = move || view! { <Body found standing/> }.into_any();
        let needs = || view! { <p class="echo">{envelope::NEEDS}</p> }.into_any();
        view! { {move || if named.get() { curves() } else { needs() }} }.into_any()
    };
    view! { <Disclosure approach=APPROACH finding body/> }
}

#[component]
fn Body(found: Found, standing: Standing) -> impl IntoView {
    let state = state();
    let budget = Memo::new(move || state.study.with(|study| study.budget().ok().map(|read| read.value)));
    let any = Memo::new(move || found.with(Option::is_some));
    let table = move || {
        found.with(|found| {
            found.as_ref().map(|(_, found)| view! { <Numbers table=found.table(budget.get())/> }.into_any())
        })
    };
    let notes = move || {
        found.with(|found| {
            let says = found.as_ref()?.1.warnings().iter();
            Some(
                says.map(|says| view! { <p class="echo">{rich(says)}</p> }.into_any())
                    .collect_view()
                    .into_any(),
            )
        })
    };
    let pictures = move || {
        view! {
            <div class="two">
                <CurvesFigure found/>
                <PowersFigure found budget/>
            </div>
            {move || table()}
            {move || notes()}
        }
        .into_any()
    };
    view! {
        <StandingRow standing name="Finding the envelope"/>
        <div class:behind=move || standing.is_behind()>{move || any.get().then(|| pictures())}</div>
    }
}

#[component]
fn CurvesFigure(found: Found) -> impl IntoView {
    let chart = Memo::new(move || {
        found.with(|found| {
            let (rows, found) = found.as_ref()?;
            envelope_charts::chart(rows, found).map(Arc::new)
        })
    });
    let says = move || found.with(|found| found.as_ref().map(|(_, found)| rich(&found.says())));
    view! {
        <Figure
            title=envelope_charts::CURVES
            file="isoflop-envelope"
            chart
            notes=notes(APPROACH)
            says=says.into_any()
        />
    }
}

#[component]
fn PowersFigure(found: Found, budget: Memo<Option<f64>>) -> impl IntoView {
    let chart = Memo::new(move || {
        found.with(|found| envelope_charts::powers(&found.as_ref()?.1, budget.get()).map(Arc::new))
    });
    let says = move || found.with(|found| found.as_ref().map(|(_, found)| rich(&found.says_powers())));
    view! {
        <Figure
            title=envelope_charts::POWERS
            file="isoflop-envelope-powers"
            chart
            notes=notes(APPROACH)
            says=says.into_any()
        />
    }
}
