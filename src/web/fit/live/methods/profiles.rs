//! Approach 2: the runs of each budget and their parabolas.

use std::sync::Arc;

use leptos::prelude::*;

use super::disclosure::{Disclosure, notes, opened};
use super::numbers::Numbers;
use crate::web::fit::live::job::{Job, Standing, StandingRow};
use crate::web::fit::live::shown::rows;
use crate::web::fit::live::state::state;
use crate::web::fit::live::text_field::TextField;
use crate::web::fit::methods::isoflop::{self, Profiles};
use crate::web::fit::methods::{Approach, isoflop_charts};
use crate::web::fit::rows::Rows;
use crate::web::fit::study::Study;
use crate::web::ui::figure::Figure;
use crate::web::ui::lean::Memo;
use crate::web::ui::rich::rich;

const APPROACH: Approach = Approach::IsoFlop;

/// What has come of the profiles.
type Found = Memo<Option<Profiles>>;

#[component]
pub fn IsoFlop() -> impl IntoView {
    let (state, rows, open) = (state(), rows(), opened(APPROACH));
    let job = Job::new(move || -> Option<(Arc<Rows>, String)> {
        let rows = open.get().then(|| rows.get()).flatten()?;
        let question = state.study.with(|study| isoflop::ask(study, &rows.json()))?;
        Some((rows, question))
    });
    let found = Memo::new(move || job.good(|rows: &Arc<Rows>, answer| Profiles::read(answer, rows)));
    let finding = Memo::new(move || found.with(|found| found.as_ref().map(Profiles::finding)));
    let standing = job.standing;
    let body = move |()| view! { <Body found standing/> }.into_any();
    view! { <Disclosure approach=APPROACH finding body/> }
}

#[component]
fn Body(found: Found, standing: Standing) -> impl IntoView {
    let state = state();
    let any = Memo::new(move || found.with(Option::is_some));
    let table = move || {
        found.with(|found| {
            found.as_ref().map(|found| view! { <Numbers table=found.table() words=1/> }.into_any())
        })
    };
    let notes = move || {
        found.with(|found| {
            let found = found.as_ref()?;
            let says = found.says_bias().into_iter().chain(found.warnings().iter().cloned());
            Some(
                says.map(|says| view! { <p class="echo">{rich(&says)}</p> }.into_any())
                    .collect_view()
                    .into_any(),
            )
        })
    };
    let any_powers =
        Memo::new(move || found.with(|found| found.as_ref().is_some_and(|found| found.powers.is_some())));
    let pictures = move || {
        view! {
            <div class="two">
                <ProfilesFigure found/>
                {move || any_powers.get().then(|| view! { <PowersFigure found/> }.into_any())}
            </div>
            {move || table()}
            {move || notes()}
        }
        .into_any()
    };
    view! {
        <div class="choices">
            <TextField
                id="tolerance".to_owned()
                name="Tolerance of a budget".to_owned()
                text=|study: Study| study.tolerance
                write=move |(text,): (String,)| state.write(|study| study.tolerance = text)
                wrong=|study: Study| isoflop::tolerance(&study).err()
            />
        </div>
        <StandingRow standing name="Fitting parabolas"/>
        <div class:behind=move || standing.is_behind()>{move || any.get().then(|| pictures())}</div>
    }
}

#[component]
fn ProfilesFigure(found: Found) -> impl IntoView {
    let chart = Memo::new(move || {
        found.with(|found| found.as_ref().and_then(isoflop_charts::profiles).map(Arc::new))
    });
    let says = move || found.with(|found| found.as_ref().map(|found| rich(&found.says())));
    view! {
        <Figure
            title=isoflop_charts::PROFILES
            file="isoflop-profiles"
            chart
            notes=notes(APPROACH)
            says=says.into_any()
        />
    }
}

#[component]
fn PowersFigure(found: Found) -> impl IntoView {
    let state = state();
    let budget = Memo::new(move || state.study.with(|study| study.budget().ok().map(|read| read.value)));
    let chart = Memo::new(move || {
        found.with(|found| {
            found.as_ref().and_then(|found| isoflop_charts::powers(found, budget.get())).map(Arc::new)
        })
    });
    let says = move || found.with(|found| found.as_ref().map(|found| rich(&found.says_powers(budget.get()))));
    view! {
        <Figure
            title=isoflop_charts::POWERS
            file="isoflop-profile-powers"
            chart
            notes=notes(APPROACH)
            says=says.into_any()
        />
    }
}
