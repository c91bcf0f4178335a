//! A verb that copies a text, and says so in its place.

use leptos::prelude::*;

use super::browser;
use super::lean::{Memo, RwSignal};

/// How long it says what came of it, in milliseconds.
const SAID_FOR: i32 = 2000;

#[component]
pub fn CopyButton(text: Memo<String>, name: &'static str) -> impl IntoView {
    let said = RwSignal::new(name);
    let copy = move |_| {
        browser::copy(&text.get_untracked(), move |worked| {
            said.set(if worked { "Copied" } else { "This browser does not let pages copy" });
            browser::later(SAID_FOR, move || said.set(name));
        });
    };
    view! {
        <button type="button" class="act" on:click=copy>
            <span aria-live="polite">{move || said.get().to_owned()}</span>
        </button>
    }
}
