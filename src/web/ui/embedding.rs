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

/// Follows the link of the page to the plan of what it shows, since that may hand over more than an address holds; else goes
/// where the bar leads.
fn lead() {
    let Some(own) = find(&format!("main a[{CARD}]:not([hidden])")) else {
        let address = find(".bar .word").and_then(|word| word.get_attribute("href")).unwrap_or_default();
        let _ = window().location().set_href(&link::offering(&address, Kind::default().key()));
        return;
    };
    let [address, kind] = ["href", CARD].map(|name| own.get_attribute(name).unwrap_or_default());
    let _ = own.set_attribute("href", &link::offering(&address, &kind));
    own.unchecked_ref::<HtmlElement>().click();
    let _ = own.set_attribute("href", &address);
}
