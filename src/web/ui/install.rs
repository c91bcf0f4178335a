//! `Install`, where the browser offers that: a program of its own window, from the pages that are kept for offline.

use js_sys::{Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};

use super::lean::{Memo, RwSignal};

/// What the documents keep the browser's offer under (src/web/boot.js, src/web/documents/boot.js): it may come before the
/// program.
const OFFER: &str = "installer";

fn offer() -> Option<JsValue> {
    Reflect::get(&window(), &OFFER.into()).ok().filter(JsValue::is_object)
}

/// Has the browser ask; it answers an offer once.
fn ask() {
    let Some(offer) = offer() else { return };
    let _ = Reflect::delete_property(&window(), &OFFER.into());
    if let Some(prompt) =
        Reflect::get(&offer, &"prompt".into()).ok().and_then(|prompt| prompt.dyn_into::<Function>().ok())
    {
        let _ = prompt.call0(&offer);
    }
}

/// The verb; it is looked for whenever the menu is opened.
#[component]
pub fn Install(open: RwSignal<bool>) -> impl IntoView {
    let is_offered = Memo::new(move || open.get() && offer().is_some());
    view! {
        <button type="button" class="act" hidden=move || !is_offered.get() on:click=move |_| ask()>"Install"</button>
    }
}
