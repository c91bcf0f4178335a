//! A verb that copies a text, and says so in its place.

use leptos::prelude::*;

use super::browser;
use super::lean::{Memo, RwSignal};

/// How long it says what came of it, in milliseconds.
pub const SAID_FOR: i32 = 2000;

/// What it says of an attempt to copy.
pub const fn said(worked: bool) -> &'static str {
    if worked { "Copied" } else { "This browser does not let pages copy" }
}

#[component]
pub fn CopyButton(text: Memo<String>, name: &'static str) -> impl IntoView {
    let says = RwSignal::new(name);
    let copy = move |_| {
        browser::copy(&text.get_untracked(), move |worked| {
            says.set(said(worked));
            browser::later(SAID_FOR, move || says.set(name));
        });
    };
    view! {
        <button type="button" class="act" on:click=copy>
            <span aria-live="polite">{move || says.get().to_owned()}</span>
        </button>
    }
}
