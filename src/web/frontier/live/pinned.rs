//! All numbers of the plans where the cursor stands across: of its own row and of those that are pinned.

use std::sync::Arc;

use leptos::prelude::*;

use super::cursor::cursor;
use super::draws::draws;
use super::laws::laws;
use super::running::running;
use super::state::state;
use crate::web::frontier::chosen::Chosen;
use crate::web::frontier::lines::Row;
use crate::web::frontier::map::Plane;
use crate::web::frontier::pinned::{Told, told};
use crate::web::ui::asked::asked;
use crate::web::ui::lean::Memo;
use crate::web::ui::rich::rich;

#[component]
pub fn Pinned() -> impl IntoView {
    let (cursor, draws, laws, state) = (cursor(), draws(), laws(), state());
    let running = running();
    // The worker that is asked loads what the first one has loaded by then.
    let has_come = Memo::new(move || running.with(|_, _, coarse| coarse.is_some()).unwrap_or_default());
    let asked = asked(move || {
        let (law, known) = (laws.chosen.get(), draws.draws.get());
        has_come.get().then_some(())?;
        let (plane, rows, at) = (cursor.plane.get()?, cursor.rows.get(), cursor.at.get());
        let values: Vec<f64> = match &plane.up {
            Some((_, values)) => rows.iter().filter_map(|row| values.get(row.at).copied()).collect(),
            None => Vec::new(),
        };
        let across = *plane.across.1.get(at[0])?;
        let sweep = state.chosen.with(|chosen| chosen.rows(&law, across, &values, &known))?;
        Some(((Arc::new(plane), rows, at[0]), vec![sweep.whole()]))
    });
    let shown = Memo::new(move || {
        let shows = state.chosen.with(Chosen::shown);
        asked.good(|(plane, rows, at), answers| {
            let told = told(&answers[0], &shows, rows.len());
            (plane.clone(), rows.clone(), *at, told)
        })
    });
    let table = move || {
        shown.with(|shown| {
            let (plane, rows, at, told) = shown.as_ref()?;
            let told = told.as_ref()?;
            Some(view! { <Table plane=plane.clone() rows=rows.clone() at=*at told=told.clone()/> }.into_any())
        })
    };
    view! { <div class="pinned">{move || table()}</div> }
}

#[component]
fn Table(plane: Arc<Plane>, rows: Vec<Row>, at: usize, told: Vec<Told>) -> impl IntoView {
    let cursor = cursor();
    let across =
        plane.across.1.get(at).map(|value| plane.across.0.says(*value, &plane.law)).unwrap_or_default();
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
