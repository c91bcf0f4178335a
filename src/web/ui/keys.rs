//! The keys that act by themselves: what hears them, and the dialog that lists them.

use std::cell::RefCell;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlAnchorElement, HtmlElement};

use super::address;
use super::browser::{self, Place};
use super::lean::RwSignal;
use super::place::find;
use crate::web::keys::{Act, Begun, KEYS, Keys};
use crate::web::whole;

/// The name under which it is kept that single keys are off.
const OFF: &str = "isoflop.keys";
/// Where letters are text, or choose.
const TYPED_IN: &str = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

/// The list of keys, which opens by [`show`]; as long as it is on the page, keys are heard.
#[component]
pub fn KeyList(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let single = RwSignal::new(browser::kept(Place::Reader, OFF).is_none());
    let begun = RefCell::new(Begun::default());
    window_event_listener(leptos::ev::keydown, move |event| {
        if !single.get_untracked() || !is_alone(&event) || is_open(dialog) {
            return;
        }
        if let Some(act) = begun.borrow_mut().hear(&event.key(), event.time_stamp()) {
            event.prevent_default();
            act_on(act, dialog);
        }
    });
    let switch = move |_| {
        single.update(|single| *single = !*single);
        let off = (!single.get_untracked()).then_some("off");
        browser::keep(Place::Reader, OFF, off);
    };
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog class="dialog keys" node_ref=dialog aria-labelledby="keys">
            <table>
                <caption id="keys">"Keyboard"</caption>
                <tbody>{KEYS.map(row).collect_view()}</tbody>
            </table>
            <label class="tick">
                <input type="checkbox" prop:checked=move || single.get() on:change=switch/>
                "Single keys"
            </label>
            <p class="acts"><button type="button" class="button" on:click=close>"Close"</button></p>
        </dialog>
    }
}

fn row(Keys { pressed, does, .. }: Keys) -> AnyView {
    let key = |key: &'static str| view! { <kbd>{key}</kbd> " " }.into_any();
    view! { <tr><th scope="row">{does}</th><td>{pressed.split(' ').map(key).collect_view()}</td></tr> }
        .into_any()
}

/// Opens the list of keys.
pub fn show(dialog: NodeRef<html::Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        let _ = dialog.show_modal();
    }
}

fn is_open(dialog: NodeRef<html::Dialog>) -> bool {
    dialog.get_untracked().is_some_and(|dialog| dialog.open())
}

/// Whether a key was pressed by itself, and is no typing.
fn is_alone(event: &KeyboardEvent) -> bool {
    let at: Option<Element> = event.target().and_then(|at| at.dyn_into().ok());
    let typing = at.is_some_and(|at| at.matches(TYPED_IN).unwrap_or(false));
    !typing && !event.default_prevented() && !event.ctrl_key() && !event.meta_key() && !event.alt_key()
}

fn act_on(act: Act, dialog: NodeRef<html::Dialog>) {
    match act {
        Act::List => show(dialog),
        Act::Search => match find("#search").and_then(|search| search.dyn_into::<HtmlElement>().ok()) {
            Some(search) => _ = search.focus(),
            None => _ = go("Laws", "#search"),
        },
        Act::Page(name) => _ = go(name, ""),
    }
}

/// Goes where the bar leads, if that is another page; nothing if it has no page of this name.
fn go(page: &str, place: &str) -> Option<()> {
    let links = document().query_selector_all(".bar nav a").ok()?;
    let mut links = (0..links.length()).filter_map(|at| links.get(at)?.dyn_into::<HtmlAnchorElement>().ok());
    let link = links.find(|link| link.text_content().as_deref() == Some(page))?;
    let (_, query) = whole::apart(&link.search());
    let folder = address::folder_of(&link.pathname(), &link.search());
    if folder != address::folder() {
        window().location().set_href(&address::of(&folder, &format!("{query}{place}"))).ok()?;
    }
    Some(())
}
