//! A cell of the table that is written in.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::columns::change;
use super::intake::prepared;
use super::table::{Beside, id};
use crate::web::fit::reading::edited;
use crate::web::ui::browser;
use crate::web::ui::quantity_field::focus;
use crate::web::ui::runs::runs;

/// The id of the field that a cell is written in.
pub const WRITING: &str = "writing";

/// The field: Enter and Tab keep what was written, Esc does not.
#[component]
pub fn Writing(row: usize, column: usize) -> impl IntoView {
    let (runs, prepared) = (runs(), prepared());
    let Beside { writing, .. } = expect_context();
    let (name, before) = runs.read.with_untracked(|read| {
        let table = read.as_ref().map(|read| &read.table);
        let name = table.and_then(|table| table.names().get(column).cloned()).unwrap_or_default();
        (name, table.map_or(String::new(), |table| table.cell(row, column).to_owned()))
    });
    let given = before.clone();
    let leave = move |text: Option<String>| {
        if writing.get_untracked() != Some((row, column)) {
            return;
        }
        writing.set(None);
        if let Some(text) = text.filter(|text| *text != before) {
            let now = runs.kept.with_untracked(Option::clone);
            match now.map(|now| edited(&now, row, column, &text)) {
                Some(Ok(written)) => {
                    runs.refused.set(None);
                    change(runs, prepared, move |runs, said| (runs.text, said.origin) = written);
                }
                Some(Err(why)) => runs.refused.set(Some(why)),
                None => {}
            }
        }
    };
    let left = leave.clone();
    let keys = move |event: KeyboardEvent| {
        let text = event_target_value(&event);
        let (kept, to) = match &*event.key() {
            "Enter" => (Some(text), column + 1),
            "Tab" if event.shift_key() => (Some(text), column),
            "Tab" => (Some(text), column + 2),
            "Escape" => (None, column + 1),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        leave(kept);
        browser::later(0, move || focus(&id(row, to)));
    };
    view! {
        <input
            type="text"
            id=WRITING
            aria-label=format!("{name}, written anew")
            autocomplete="off"
            spellcheck="false"
            prop:value=given
            on:keydown=keys
            on:blur=move |event| left(Some(event_target_value(&event)))
        />
    }
}
