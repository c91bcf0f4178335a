//! The address of the page: its query can be read, what its fragment carries is packed.

use std::cell::RefCell;

use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{browser, packing};

thread_local! {
    /// A fragment as it stands in the address, and unpacked: browsers compress in their own time, and a page that is left
    /// must know at once what its address says.
    static UNPACKED: RefCell<(String, String)> = RefCell::default();
}

/// The query, with its `?`.
pub fn query() -> String {
    window().location().search().unwrap_or_default()
}

/// The fragment, with its `#` and unpacked, as far as [`opened`] has seen it or [`write`] has written it.
pub fn fragment() -> String {
    let stands = standing();
    UNPACKED.with_borrow(|(packed, plain)| if *packed == stands { plain.clone() } else { stands })
}

fn standing() -> String {
    window().location().hash().unwrap_or_default()
}

/// Calls `act` once what the address carries is unpacked: at once, where nothing is packed.
pub fn opened(act: impl FnOnce() + 'static) {
    let packed = standing();
    if !packing::is_packed(&packed) {
        return act();
    }
    spawn_local(async move {
        let plain = packing::unpack(&packed).await;
        UNPACKED.set((packed, plain));
        act();
    });
}

/// Writes a query and a fragment into the address; `state` marks the entry of the history. What the fragment carries is
/// packed as soon as the browser has done so.
pub fn write(address: &str, state: &JsValue) {
    if browser::is_leaving() {
        return;
    }
    replace(address, state);
    let (query, plain) = address.split_at(address.find('#').unwrap_or(address.len()));
    if plain.is_empty() {
        return;
    }
    let (query, plain, state) = (query.to_owned(), plain.to_owned(), state.clone());
    spawn_local(async move {
        let packed = packing::pack(&plain).await;
        // Meanwhile it may have been written anew.
        if self::query() == query && standing() == plain {
            replace(&format!("{query}{packed}"), &state);
            UNPACKED.set((standing(), plain));
        }
    });
}

fn replace(address: &str, state: &JsValue) {
    let path = window().location().pathname().unwrap_or_default();
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(state, "", Some(&format!("{path}{address}")));
    }
}

/// An address of this page that others can open, with what its fragment carries packed.
pub async fn link(address: &str) -> String {
    let location = window().location();
    let (origin, path) = (location.origin().unwrap_or_default(), location.pathname().unwrap_or_default());
    let (query, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
    let packed = if fragment.contains('=') { packing::pack(fragment).await } else { fragment.to_owned() };
    format!("{origin}{path}{query}{packed}")
}
