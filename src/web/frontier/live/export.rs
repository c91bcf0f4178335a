//! All numbers of the sweep, as files.

use leptos::prelude::*;

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
    let csv = move |_| {
        open.set(false);
        if let Some(text) = untrack(|| running.with(|asked, field, _| map::csv(&asked.plane, field))) {
            browser::save(&format!("{FILE}.csv"), "text/csv", &text.into());
        }
    };
    let json = move |_| {
        open.set(false);
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
    let kinds = move || {
        view! {
            <button type="button" class="act" on:click=csv>"CSV"</button>
            <button type="button" class="act" on:click=json>"JSON"</button>
        }
        .into_any()
    };
    let offer = move || {
        view! { <button type="button" class="act" on:click=move |_| open.set(true)>"Export…"</button> }
            .into_any()
    };
    view! { {move || if open.get() { kinds() } else { offer() }} }
}
