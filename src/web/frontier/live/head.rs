//! The title, and what can be done with what is shown.

use leptos::prelude::*;

use super::cursor::cursor;
use super::export::Export;
use super::state::state;
use crate::web::frontier::chosen::Chosen;
use crate::web::link;
use crate::web::ui::lean::{Memo, RwSignal};

#[component]
pub fn Head() -> impl IntoView {
    let (state, cursor) = (state(), cursor());
    window_event_listener(leptos::ev::keydown, move |event| state.undo_by_key(&event));
    let said = RwSignal::new(String::new());
    let is_compared = Memo::new(move || state.chosen.with(|chosen| chosen.against.is_some()));
    let plan = Memo::new(move || format!("./{}", link::address(&cursor.stands().plan())));
    let pin = move |_| said.set(cursor.pin());
    view! {
        <div class="head">
            <h1>"Frontier"</h1>
            <p class="quiet">"How the best plan moves when the question changes."</p>
            <p class="acts">
                <button type="button" class="act" on:click=pin>"Pin this"</button>
                <button type="button" class="act" on:click=move |_| state.act(Chosen::toggle_against)>
                    {move || if is_compared.get() { "Compare no more" } else { "Compare two laws…" }}
                </button>
                <a class="act" data-card="frontier" href=move || plan.get()>"Open in Plan"</a>
                <Export/>
                <span class="faint" role="status">{move || said.get()}</span>
            </p>
        </div>
    }
}
