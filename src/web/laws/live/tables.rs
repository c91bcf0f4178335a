//! The tables of a typed law: a text of rows for each that its formula names.

use leptos::prelude::*;

use super::drafting::drafting;
use crate::web::laws::draft::TableText;
use crate::web::ui::lean::{Memo, each};

#[component]
pub fn Tables() -> impl IntoView {
    let drafting = drafting();
    each(move || (0..drafting.tables.get()).collect(), table)
}

fn table(at: usize) -> AnyView {
    let drafting = drafting();
    let table =
        Memo::new(move || drafting.draft.with(|draft| draft.tables.get(at).cloned()).unwrap_or_default());
    let read = Memo::new(move || table.with(TableText::read));
    // What is not typed yet is no mistake.
    let empty = move || table.with(|table| table.rows.trim().is_empty());
    let wrong = move || !empty() && read.with(Result::is_err);
    let says = move || match read.get() {
        Ok((x, _)) => format!("Read as {} rows.", x.len()),
        Err(says) => says,
    };
    let write = move |event| {
        let rows = event_target_value(&event);
        drafting.draft.update(|draft| {
            if let Some(table) = draft.tables.get_mut(at) {
                table.rows = rows;
            }
        });
    };
    let id = format!("table-{at}");
    view! {
        <div class="field">
            <div class="name">
                <label for=id.clone()>"Table " {move || table.with(|table| table.name.clone())}</label>
                <span class="faint">"x and y, a row for each pair, x rising"</span>
            </div>
            <textarea
                id=id.clone()
                rows="4"
                aria-invalid=move || wrong().then(|| "true".to_owned())
                aria-describedby=format!("{id}-echo")
                spellcheck="false"
                autocomplete="off"
                autocapitalize="off"
                prop:value=move || table.with(|table| table.rows.clone())
                on:input=write
            ></textarea>
            <p class="echo" class:bad=wrong id=format!("{id}-echo") aria-live="polite">{move || says()}</p>
        </div>
    }
    .into_any()
}
