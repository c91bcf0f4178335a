//! All numbers of the plans where the cursor stands across: of its own row and of those that are pinned.

use std::sync::Arc;

use leptos::prelude::*;

use super::cursor::cursor;
use super::told::{Answer, known};
use crate::web::frontier::lines::Row;
use crate::web::frontier::pinned::Told;
use crate::web::ui::rich::rich;

#[component]
pub fn Pinned() -> impl IntoView {
    let known = known();
    let table = move || known.answer.get().map(|answer| view! { <Table answer/> }.into_any());
    view! { <div class="pinned">{move || table()}</div> }
}

#[component]
fn Table(answer: Arc<Answer>) -> impl IntoView {
    let cursor = cursor();
    let Answer { plane, rows, at, told } = &*answer;
    let across =
        plane.across.1.get(*at).map(|value| plane.across.0.says(*value, &plane.law)).unwrap_or_default();
    let main = plane.show;
    let head = |told: &Told| {
        let name = told.show.column();
        let interval = (told.show == main && told.intervals.is_some())
            .then(|| view! { <th scope="col" class="figure">"90\u{a0}% of refits"</th> }.into_any());
        view! { <th scope="col" class="figure">{name}</th> {interval} }.into_any()
    };
    let heads = told.iter().map(head).collect_view();
    let row = |(place, row): (usize, &Row)| {
        let name = match &plane.up {
            Some((along, values)) => values.get(row.at).map(|value| along.says(*value, &plane.law)),
            None => None,
        };
        let cells = told.iter().map(|told| {
            let interval = told
                .intervals
                .as_ref()
                .filter(|_| told.show == main)
                .map(|intervals| view! { <td class="figure">{rich(&intervals[place])}</td> }.into_any());
            view! { <td class="figure">{rich(&told.values[place])}</td> {interval} }.into_any()
        });
        let cells = cells.collect_view();
        let at = row.at;
        let remove = (!row.yours).then(|| {
            let label = format!("Remove the pin {}", name.clone().unwrap_or_default());
            view! { <button type="button" class="close" aria-label=label on:click=move |_| cursor.unpin(at)>"×"</button> }.into_any()
        });
        view! {
            <tr class:yours=row.yours>
                <th scope="row">{rich(&name.unwrap_or_else(|| "Here".to_owned()))}</th>
                {cells}
                <td>{remove}</td>
            </tr>
        }
        .into_any()
    };
    let body = rows.iter().enumerate().map(row).collect_view();
    let law = plane.law.name.clone();
    let caption = format!("Where the cursor stands, and what is pinned, by {law}");
    view! {
        <div class="scroll" tabindex="0" role="group" aria-label="Pinned">
            <table>
                <caption class="unseen">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Pinned, at " {rich(&across)}</th>
                        {heads}
                        <td></td>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}
