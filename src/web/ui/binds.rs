//! What holds the plan back, where it has limits.

use leptos::prelude::*;

use super::asked::asked;
use super::lean::Memo;
use super::plan::{planned, without_runs};
use super::rich::rich;
use super::store::store;
use crate::web::binds::{self, Row};
use crate::web::reading::Plan;

#[component]
pub fn Binds() -> impl IntoView {
    let (store, planned) = (store(), planned());
    let more = asked(move || {
        let own = store.with(|question| question.allocate().map(|_| without_runs(question)));
        // While what is typed cannot be read, the plan that stands is that of an earlier question.
        let question = own.or_else(|| planned.question.get())?;
        let questions = binds::questions(&question)?;
        Some((question, questions))
    });
    let rows = Memo::new(move || {
        planned
            .with(|question, plan| {
                let rows = more.good(|about, answers| {
                    let plans: Vec<_> = answers.iter().map(|answer| Plan::read(answer)).collect();
                    if about == question { binds::rows(question, plan, &plans) } else { Vec::new() }
                });
                let wanted = binds::questions(question).is_some() && !plan.is_none();
                rows.filter(|_| wanted).unwrap_or_default()
            })
            .unwrap_or_default()
    });
    let head = Memo::new(move || {
        planned.question.with(|question| question.as_ref().map(|question| binds::changes(question.find)))
    });
    let table = move || {
        view! {
            <table class="binds">
                <thead>
                    <tr>
                        <th scope="col">"What binds"</th>
                        <th scope="col" class="figure">"Set to"</th>
                        <th scope="col" class="figure">"Plan uses"</th>
                        <th scope="col" class="figure">{move || head.get().unwrap_or_default()}</th>
                    </tr>
                </thead>
                <tbody>{rows.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        }
        .into_any()
    };
    move || if rows.with(Vec::is_empty) { ().into_any() } else { table() }
}

fn row(Row { name, set, uses, changes, binds }: Row) -> AnyView {
    view! {
        <tr class:faint=!binds>
            <th scope="row">{name}</th>
            <td class="figure">{rich(&set)}</td>
            <td class="figure">{rich(&uses)}</td>
            <td class="figure">{rich(&changes)}</td>
        </tr>
    }
    .into_any()
}
