//! A verb that copies a text, and says so in its place.

use leptos::prelude::*;

use super::browser;

/// How long it says what came of it, in milliseconds.
const SAID_FOR: i32 = 2000;

#[component]
pub fn CopyButton(#[prop(into)] text: Signal<String>, name: &'static str) -> impl IntoView {
    let said = RwSignal::new(None);
    let copy = move |_| {
        browser::copy(&text.get_untracked(), move |worked| {
            said.set(Some(if worked { "Copied" } else { "This browser does not let pages copy" }));
            browser::later(SAID_FOR, move || said.set(None));
        });
    };
    view! {
        <button type="button" class="act" on:click=copy>
            <span aria-live="polite">{move || said.get().unwrap_or(name)}</span>
        </button>
    }
}
