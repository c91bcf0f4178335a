//! Approach 1: training curves and the lowest of them.

use std::sync::Arc;

use leptos::prelude::*;

use super::disclosure::{Disclosure, opened};
use super::found::Found;
use crate::web::fit::live::shown::{budget, rows};
use crate::web::fit::methods::envelope::{self, Envelope};
use crate::web::fit::methods::{Section, envelope_charts};
use crate::web::fit::rows::Rows;
use crate::web::ui::job::Job;
use crate::web::ui::lean::Memo;

const SECTION: Section = Section::Envelope;

#[component]
pub fn Curves() -> impl IntoView {
    let (rows, open, budget) = (rows(), opened(SECTION), budget());
    let job = Job::new(move || -> Option<(Arc<Rows>, String)> {
        let rows = open.get().then(|| rows.get()).flatten()?;
        let question = envelope::ask(&rows)?;
        Some((rows, question))
    });
    let found = Found::by(job, |rows: &Arc<Rows>, answer| Some((rows.clone(), Envelope::read(answer)?)));
    let pictures = move || {
        let curves = (envelope_charts::CURVES, "isoflop-envelope");
        let powers = (envelope_charts::POWERS, "isoflop-envelope-powers");
        let chart_of_powers = move |(_, found): &(_, Envelope)| envelope_charts::powers(found, budget.get());
        view! {
            <div class="two">
                {found.figure(SECTION, curves, |(rows, found)| envelope_charts::chart(rows, found), |(_, found)| Some(found.says()))}
                {found.figure(SECTION, powers, chart_of_powers, |(_, found)| Some(found.says_powers()))}
            </div>
            {found.numbers(0, move |(_, found)| found.table(budget.get()))}
            {found.remarks(|(_, found)| found.warnings().to_vec())}
        }
        .into_any()
    };
    let named = Memo::new(move || rows.with(|rows| rows.as_ref().is_some_and(|rows| rows.columns.named)));
    let needs = || view! { <p class="echo">{envelope::NEEDS}</p> }.into_any();
    let body = move |()| (move || if named.get() { found.once(pictures) } else { needs() }).into_any();
    let finding = found.says(|(_, found)| Some(found.finding()));
    view! { <Disclosure section=SECTION finding standing=job.standing working="Finding the envelope" body/> }
}
