//! The menu: how the page looks, and which keys it hears.

use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::install::Install;
use super::keys::{self, KeyList};
use super::lean::RwSignal;
use super::looks::looks;
use super::share::{Share, ShareDialog};
use super::theme;
use super::works::{self, KeepDialog, Keeping};
use crate::web::theme::Theme;

#[component]
pub fn Menu(
    /// Another verb of the bar, and the same for the sheet, where the bar is short.
    #[prop(optional)]
    beside: Option<[AnyView; 2]>,
) -> impl IntoView {
    let [in_bar, in_sheet] = beside.map_or([None, None], |both| both.map(Some));
    let looks = looks();
    let open = RwSignal::new(false);
    let chosen = RwSignal::new(theme::kept());
    let button = NodeRef::<html::Button>::new();

    let leave = move |event: FocusEvent| {
        let menu: Option<web_sys::Element> = event.current_target().map(JsCast::unchecked_into);
        let to: Option<web_sys::Node> = event.related_target().map(JsCast::unchecked_into);
        if !menu.is_some_and(|menu| menu.contains(to.as_ref())) {
            open.set(false);
        }
    };
    let shut = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };
    let close = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            shut();
        }
    };
    // What is pressed in the sheet closes it first: a dialog gives the focus back to who had it.
    let pressed = move |event: MouseEvent| {
        let target: Option<web_sys::Element> = event.target().map(JsCast::unchecked_into);
        if target.is_some_and(|target| matches!(&*target.tag_name(), "BUTTON" | "A")) {
            shut();
        }
    };
    // The foot of a page offers it too, also a page that stays as it was served.
    window_event_listener(leptos::ev::click, |event| {
        let target: Option<web_sys::Element> = event.target().and_then(|target| target.dyn_into().ok());
        if target.is_some_and(|target| target.closest(".foot button").is_ok_and(|found| found.is_some())) {
            works::export();
        }
    });
    let keys = NodeRef::<html::Dialog>::new();
    let share = Share::new();
    let keeping = Keeping::new();
    let choice = move |choice: Theme| {
        view! {
            <label>
                <input
                    type="radio"
                    name="theme"
                    prop:checked=move || chosen.get() == choice
                    on:change=move |_| {
                        chosen.set(choice);
                        theme::choose(choice);
                        looks.changed();
                    }
                />
                {choice.name()}
            </label>
        }
        .into_any()
    };
    view! {
        <div class="menu" on:focusout=leave on:keydown=close>
            <button type="button" class="share" on:click=move |_| share.show()>"Share…"</button>
            {in_bar}
            <button
                type="button"
                node_ref=button
                aria-expanded=move || open.get().to_string()
                aria-controls="menu"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                "Menu"
            </button>
            <div class="sheet" id="menu" tabindex="-1" hidden=move || !open.get() on:click:capture=pressed>
                <fieldset>
                    <legend>"Appearance"</legend>
                    {Theme::ALL.map(choice).collect_view()}
                </fieldset>
                <button type="button" class="act share" on:click=move |_| share.show()>"Share…"</button>
                {in_sheet}
                <button type="button" class="act" on:click=move |_| keeping.show()>"Keep and open…"</button>
                <button type="button" class="act" on:click=move |_| works::export()>"Export everything"</button>
                <a class="act of-site" href="./isoflop.html" download="isoflop.html">"Isoflop in one file"</a>
                <Install open/>
                <button type="button" class="act" on:click=move |_| keys::show(keys)>"Keyboard"</button>
                <a class="act" href="./about/">"About"</a>
            </div>
            <KeyList dialog=keys/>
            <ShareDialog share/>
            <KeepDialog keeping/>
        </div>
    }
}
