//! Approach 2: the runs of each budget and their parabolas.

use std::sync::Arc;

use leptos::prelude::*;

use super::disclosure::{Disclosure, opened};
use super::found::Found;
use crate::web::fit::live::shown::{budget, rows};
use crate::web::fit::live::state::state;
use crate::web::fit::live::text_field::TextField;
use crate::web::fit::methods::isoflop::{self, Profiles};
use crate::web::fit::methods::{Section, isoflop_charts};
use crate::web::fit::rows::Rows;
use crate::web::fit::study::Study;
use crate::web::ui::job::Job;
use crate::web::ui::lean::Memo;

const SECTION: Section = Section::IsoFlop;

#[component]
pub fn IsoFlop() -> impl IntoView {
    let (state, rows, open, budget) = (state(), rows(), opened(SECTION), budget());
    let job = Job::new(move || -> Option<(Arc<Rows>, String)> {
        let rows = open.get().then(|| rows.get()).flatten()?;
        let question = state.study.with(|study| isoflop::ask(study, &rows.json()))?;
        Some((rows, question))
    });
    let found = Found::by(job, |rows: &Arc<Rows>, answer| Profiles::read(answer, rows));
    let fields = move |()| {
        view! {
            <TextField
                id="tolerance".to_owned()
                name="Tolerance of a budget".to_owned()
                text=|study: Study| study.tolerance
                write=move |(text,): (String,)| state.write(|study| study.tolerance = text)
                wrong=|study: Study| isoflop::tolerance(&study).err()
            />
        }
        .into_any()
    };
    let powers = move || {
        found.figure(
            SECTION,
            (isoflop_charts::POWERS, "isoflop-profile-powers"),
            move |found| isoflop_charts::powers(found, budget.get()),
            move |found| Some(found.says_powers(budget.get())),
        )
    };
    let any_powers = Memo::new(move || found.read(|found| found.powers).is_some());
    let pictures = move || {
        let called = (isoflop_charts::PROFILES, "isoflop-profiles");
        let says = |found: &Profiles| Some(found.says());
        let remarks = |found: &Profiles| {
            found.says_bias().into_iter().chain(found.warnings().iter().cloned()).collect()
        };
        view! {
            <div class="two">
                {found.figure(SECTION, called, isoflop_charts::profiles, says)}
                {move || any_powers.get().then(powers)}
            </div>
            {found.numbers(1, Profiles::table)}
            {found.remarks(remarks)}
        }
        .into_any()
    };
    let finding = found.says(|found| Some(found.finding()));
    let body = move |()| found.once(pictures);
    view! { <Disclosure section=SECTION finding fields standing=job.standing working="Fitting parabolas" body/> }
}
