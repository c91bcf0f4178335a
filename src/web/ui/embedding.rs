//! `Embed…` on pages that have no dialog for it: leads to that of the Plan, with what the page shows.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::place::find;
use crate::web::card::Kind;
use crate::web::link;

/// The attribute of the link of a page to the plan of what it shows: the kind of card that goes with it.
const CARD: &str = "data-card";

/// The verb, for the bar and for the sheet.
pub fn verbs() -> [AnyView; 2] {
    ["share of-site", "act share of-site"].map(|class| {
        view! { <button type="button" class=class on:click=move |_| lead()>"Embed…"</button> }.into_any()
    })
}

/// Follows the link of the page to the plan of what it shows, since that may hand over more than an address holds; else that
/// of the bar.
fn lead() {
    let own = find(&format!("main a[{CARD}]:not([hidden])"));
    let kind = own.as_ref().and_then(|own| own.get_attribute(CARD));
    let Some(way) = own.or_else(|| find(".bar .word")) else { return };
    let address = way.get_attribute("href").unwrap_or_default();
    let _ = way.set_attribute(
        "href",
        &link::offering(&address, &kind.unwrap_or_else(|| Kind::default().key().to_owned())),
    );
    way.unchecked_ref::<HtmlElement>().click();
    let _ = way.set_attribute("href", &address);
}
