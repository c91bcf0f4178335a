//! The address of the page: its query can be read, what its fragment carries is packed.

use std::cell::RefCell;

use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{browser, packing};
use crate::web::whole;

thread_local! {
    /// A fragment as it stands in the address, and unpacked: browsers compress in their own time, and a page that is left
    /// must know at once what its address says.
    static UNPACKED: RefCell<(String, String)> = RefCell::default();
}

/// The query, with its `?`.
pub fn query() -> String {
    whole::apart(&search()).1
}

fn search() -> String {
    window().location().search().unwrap_or_default()
}

fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Whether the whole site stands in this document.
pub fn is_whole() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-whole"))
}

/// The folder in the site of this page, such as `fit/`.
pub fn folder() -> String {
    folder_of(&path(), &search())
}

/// The folder in the site of a page at a path and a query.
pub fn folder_of(path: &str, query: &str) -> String {
    if is_whole() && path == self::path() {
        return whole::apart(query).0.to_owned();
    }
    path.strip_prefix(&root()).unwrap_or_default().to_owned()
}

/// The address of the page of a folder, with a query and perhaps a fragment.
pub fn of(folder: &str, rest: &str) -> String {
    if !is_whole() {
        return format!("{}{folder}{rest}", root());
    }
    let (query, fragment) = rest.split_at(rest.find('#').unwrap_or(rest.len()));
    format!("{}{}{fragment}", path(), whole::together(folder, query))
}

/// The path of the site.
fn root() -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    web_sys::Url::new_with_base("./", &base).map(|root| root.pathname()).unwrap_or_default()
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

/// Writes a query and a fragment into the address as they are.
pub fn replace(address: &str, state: &JsValue) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(state, "", Some(&of(&folder(), address)));
    }
}

/// An address of this page that others can open, with what its fragment carries packed.
pub async fn link(address: &str) -> String {
    let (query, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
    let packed = if fragment.contains('=') { packing::pack(fragment).await } else { fragment.to_owned() };
    let here = window().location().href().unwrap_or_default();
    let address = of(&folder(), &format!("{query}{packed}"));
    web_sys::Url::new_with_base(&address, &here).map_or(address, |link| link.href())
}
