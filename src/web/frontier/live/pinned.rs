//! All numbers of the plans where the cursor stands across: of its own row and of those that are pinned.

use std::sync::Arc;

use leptos::prelude::*;

use super::cursor::cursor;
use super::told::known;
use crate::web::frontier::lines::Row;
use crate::web::frontier::pinned::Answer;
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
    let head = |head| view! { <th scope="col" class="figure">{head}</th> }.into_any();
    let heads = answer.heads().into_iter().map(head).collect_view();
    let row = |(place, row): (usize, &Row)| {
        let name = answer.name(row);
        let cell = |cell| view! { <td class="figure">{rich(cell)}</td> }.into_any();
        let cells = answer.cells(place).into_iter().map(cell).collect_view();
        let at = row.at;
        let remove = (!row.yours).then(|| {
            let label = format!("Remove the pin {name}");
            view! { <button type="button" class="close" aria-label=label on:click=move |_| cursor.unpin(at)>"×"</button> }.into_any()
        });
        view! {
            <tr class:yours=row.yours>
                <th scope="row">{rich(&name)}</th>
                {cells}
                <td>{remove}</td>
            </tr>
        }
        .into_any()
    };
    let body = answer.rows.iter().enumerate().map(row).collect_view();
    let caption = format!("Where the cursor stands, and what is pinned, by {}", answer.plane.law.name);
    view! {
        <div class="scroll" tabindex="0" role="group" aria-label="Pinned">
            <table>
                <caption class="unseen">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{rich(&answer.corner())}</th>
                        {heads}
                        <td></td>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}
