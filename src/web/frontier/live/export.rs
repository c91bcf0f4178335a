//! All numbers of the sweep, as files.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::running::running;
use crate::web::frontier::map;
use crate::web::json;
use crate::web::ui::browser;
use crate::web::ui::lean::RwSignal;

/// The name of the files.
const FILE: &str = "isoflop-sweep";

#[component]
pub fn Export() -> impl IntoView {
    let running = running();
    let open = RwSignal::new(false);
    let button = NodeRef::<html::Button>::new();
    // What had the focus is hidden then.
    let shut = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };
    let csv = move |_| {
        shut();
        if let Some(text) = untrack(|| running.with(|asked, field, _| map::csv(&asked.plane, field))) {
            browser::save(&format!("{FILE}.csv"), "text/csv", &text.into());
        }
    };
    let json = move |_| {
        shut();
        let text = untrack(|| {
            running.with(|asked, field, _| {
                json::object(&[
                    ("question", asked.sweep.whole()),
                    ("answer", map::answer(&asked.plane, field)),
                ])
            })
        });
        if let Some(text) = text {
            browser::save(&format!("{FILE}.json"), "application/json", &text.into());
        }
    };
    let close = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            shut();
        }
    };
    let leave = move |event: FocusEvent| {
        let kinds: Option<web_sys::Element> = event.current_target().map(JsCast::unchecked_into);
        let to: Option<web_sys::Node> = event.related_target().map(JsCast::unchecked_into);
        if !kinds.is_some_and(|kinds| kinds.contains(to.as_ref())) {
            open.set(false);
        }
    };
    view! {
        // Where a press gives no button the focus, it stays within.
        <span class="export" tabindex="-1" on:keydown=close on:focusout=leave>
            <button
                type="button"
                class="act"
                node_ref=button
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                "Export…"
            </button>
            <button type="button" class="act" hidden=move || !open.get() on:click=csv>"CSV"</button>
            <button type="button" class="act" hidden=move || !open.get() on:click=json>"JSON"</button>
        </span>
    }
}
