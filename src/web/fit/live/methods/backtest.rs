//! The largest budgets hidden, and foretold from the others.

use std::sync::Arc;

use leptos::prelude::*;

use super::disclosure::{Disclosure, notes, opened};
use super::numbers::Numbers;
use crate::web::fit::live::fitting::fitting;
use crate::web::fit::live::job::{Job, Standing, StandingRow};
use crate::web::fit::live::state::state;
use crate::web::fit::live::text_field::TextField;
use crate::web::fit::methods::Approach;
use crate::web::fit::methods::backtest::{self, BackTest, FORETOLD};
use crate::web::fit::methods::compare::{self, Method};
use crate::web::fit::study::Study;
use crate::web::ui::figure::Figure;
use crate::web::ui::lean::Memo;
use crate::web::ui::rich::rich;

const APPROACH: Approach = Approach::BackTest;

/// What has come of the test.
type Found = Memo<Option<BackTest>>;

#[component]
pub fn Hidden() -> impl IntoView {
    let (state, fitting, open) = (state(), fitting(), opened(APPROACH));
    // Runs that cannot be fitted have nothing to foretell.
    let job = Job::new(move || -> Option<(Vec<Method>, String)> {
        let done = fitting.result.get().filter(|_| open.get() && !fitting.is_behind())?;
        let fits = state.study.with(compare::fits);
        let question = state.study.with(|study| backtest::ask(study, &fits, &done.rows.json()))?;
        Some((fits, question))
    });
    let found = Memo::new(move || job.good(|fits: &Vec<Method>, answer| BackTest::read(answer, fits)));
    let finding = Memo::new(move || found.with(|found| found.as_ref().map(BackTest::finding)));
    let standing = job.standing;
    let body = move |()| view! { <Body found standing/> }.into_any();
    view! { <Disclosure approach=APPROACH finding body/> }
}

#[component]
fn Body(found: Found, standing: Standing) -> impl IntoView {
    let state = state();
    let any = Memo::new(move || found.with(Option::is_some));
    let chart = Memo::new(move || found.with(|found| found.as_ref().and_then(BackTest::chart).map(Arc::new)));
    let says = move || found.with(|found| found.as_ref().map(|found| rich(&found.says())));
    let table = move || {
        found.with(|found| found.as_ref().map(|found| view! { <Numbers table=found.table()/> }.into_any()))
    };
    let picture = move || {
        let says = says.into_any();
        view! {
            <Figure title=FORETOLD file="isoflop-backtest" chart notes=notes(APPROACH) says/>
            {move || table()}
        }
        .into_any()
    };
    view! {
        <div class="choices">
            <TextField
                id="hidden".to_owned()
                name="Budgets to hide".to_owned()
                text=|study: Study| study.hidden
                write=move |(text,): (String,)| state.write(|study| study.hidden = text)
                wrong=|study: Study| backtest::hidden(&study).err()
            />
        </div>
        <StandingRow standing name="Testing"/>
        <div class:behind=move || standing.is_behind()>{move || any.get().then(|| picture())}</div>
    }
}
