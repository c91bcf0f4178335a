//! What moves the plan, once it is wanted.

use std::sync::Arc;

use leptos::prelude::*;

use super::asked::asked;
use super::laws::laws;
use super::lean::Memo;
use super::opened::Opened;
use super::plan::planned;
use super::rich::rich;
use super::wide_table::{Column, WideTable};
use crate::web::sensitivity::{self, Row};

/// What is said over the bars.
const SAYS: &str = "One thing is changed alone, the rest stays: so far the size moves. The values of a fit move together: how sure \
                    it is of the plan is said by the intervals above, not by these sizes.";

#[component]
pub fn Sensitivity() -> impl IntoView {
    let verbs = ["A little less and more of each", "Hide what moves it"];
    view! { <Opened id="sensitivity" title="What moves this plan?" verbs body=|| view! { <Moves/> }.into_any()/> }
}

#[component]
fn Moves() -> impl IntoView {
    let (planned, laws) = (planned(), laws());
    let changes = Memo::new(move || {
        let (law, fit) = (laws.chosen()?, laws.fit()?);
        let changes = planned.with(|question, _| sensitivity::changes(question, &law, &fit))?;
        Some((planned.question.get()?, changes))
    });
    let asked = asked(move || {
        let (question, changes) = changes.get()?;
        let questions = changes.iter().flat_map(|change| change.questions.clone()).collect();
        Some(((question, changes), questions))
    });
    let rows = Memo::new(move || {
        let rows = |about: &(_, Vec<_>), answers: &[Arc<str>]| {
            planned
                .with(|question, plan| {
                    (about.0 == *question).then(|| sensitivity::rows(&about.1, plan, answers))
                })
                .flatten()
        };
        asked.good(rows).flatten().unwrap_or_default()
    });
    let shown = move || rows.with(|rows| rows.iter().map(|each| row(rows, each)).collect());
    let columns = || {
        vec![
            Column::words("Changed alone"),
            Column::figure("By"),
            Column::line(),
            Column::figure("Size, with less and more"),
            Column::figure("Loss, with less and more"),
        ]
    };
    view! {
        <p class="echo">{SAYS}</p>
        <WideTable name="What moves the plan" class="fits" columns rows=shown/>
    }
}

fn row(rows: &[Row], row: &Row) -> AnyView {
    let (from, wide) = row.bar(rows);
    let percent = |share: f64| format!("{:.2}%", 100.0 * share);
    let [size, loss] = row.shown();
    view! {
        <tr>
            <th scope="row">{row.name.clone()}</th>
            <td class="figure">{format!("±\u{a0}{}", row.by)}</td>
            <td class="line" aria-hidden="true">
                <i class="own" style:left="50%"></i>
                <i class="reach" style:left=percent(from) style:width=percent(wide)></i>
            </td>
            <td class="figure">{rich(&size)}</td>
            <td class="figure">{rich(&loss)}</td>
        </tr>
    }
    .into_any()
}
