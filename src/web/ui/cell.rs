//! One number of the sentence: pressing it opens its working.

use leptos::prelude::*;

use super::lean::{Memo, RwSignal};
use super::rich::rich;
use crate::web::words::{Cell, LEVEL, What};

#[component]
pub fn CellView(
    cell: Memo<Option<Cell>>,
    interval: Memo<Option<String>>,
    open: RwSignal<Option<What>>,
) -> impl IntoView {
    let part =
        move |part: fn(&Cell) -> &str| cell.with(|cell| rich(cell.as_ref().map(part).unwrap_or_default()));
    let what = move || cell.with(|cell| cell.as_ref().map(|cell| cell.what));
    let toggle =
        move |_| open.update(|open| *open = if *open == untrack(what) { None } else { untrack(what) });
    view! {
        <span class="cell" hidden=move || cell.with(|cell| cell.as_ref().is_some_and(|cell| cell.number.is_empty()))>
            <span class="join">{move || part(|cell| cell.join)}</span>
            " "
            <button
                type="button"
                class="number"
                id=move || what().map(id)
                aria-expanded=move || (open.get().is_some() && open.get() == what()).to_string()
                aria-controls="working"
                on:click=toggle
            >
                {move || part(|cell| &cell.number)}
            </button>
            " "
            <span class="unit">{move || part(|cell| cell.unit)}</span>
            " "
            <span class="interval">
                {move || {
                    interval.get().map(|text| view! { <span class="faint">{LEVEL} ":"</span> " " {rich(&text)} }.into_any())
                }}
            </span>
            " "
        </span>
    }
}

/// The id of the number's button.
pub fn id(what: What) -> &'static str {
    match what {
        What::Size => "size",
        What::Tokens => "tokens",
        What::Ratio => "ratio",
        What::Loss => "loss",
        What::Least => "least",
        What::Dollars => "dollars",
    }
}
