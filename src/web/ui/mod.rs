//! The page: components that arrange and forward. What they say stands in [`words`](super::words), what they
//! show is asked of the worker, and the reader's question is the one thing they write.

// A component owns its properties.
#![allow(clippy::needless_pass_by_value)]
// Of closures that stand in a view, Leptos makes one thing for each type they give; of others, one for each closure.
#![allow(clippy::redundant_closure)]

pub(super) mod address;
mod answer;
pub(super) mod asked;
mod bar;
mod binds;
pub(super) mod browser;
pub(super) mod canvas;
pub(super) mod caveats;
mod cell;
pub(super) mod certificate;
pub(super) mod chart;
pub(super) mod choice_field;
pub(super) mod column_map;
pub(super) mod copy_button;
mod costs;
pub(super) mod data_table;
mod disagreement;
mod downstream;
pub(super) mod drop_zone;
mod embed;
pub(super) mod embedding;
mod estimates;
mod evidence;
pub(super) mod figure;
mod figures;
mod find;
mod fit;
mod formula;
mod hyper;
pub(super) mod in_turn;
mod install;
pub(super) mod job;
mod keys;
mod ladder;
mod laws;
pub(super) mod lean;
mod limits;
pub(super) mod looks;
pub(super) mod menu;
pub(super) mod mishaps;
mod moved;
mod needs;
pub(super) mod notice;
mod offline;
mod opened;
mod others;
mod packing;
mod pins;
pub(super) mod place;
mod plan;
pub(super) mod pool;
pub(super) mod progress;
mod provenance;
pub(super) mod python_button;
pub(super) mod quantity_field;
mod question;
pub(super) mod rich;
pub(super) mod runs;
pub(super) mod runs_table;
mod sensitivity;
mod shapes;
pub(super) mod share;
mod slice;
pub(super) mod store;
pub(super) mod tabs;
mod theme;
mod unreachable;
pub(super) mod verdict;
mod wide_table;
mod working;
mod works;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use answer::Answer;
use bar::Bar;
use disagreement::Disagreement;
use downstream::Downstream;
use figures::Figures;
use hyper::Hyper;
use ladder::Ladder;
use notice::Notice;
use question::QuestionForm;
use runs::RunsSection;
use sensitivity::Sensitivity;
use shapes::Shapes;
use slice::Slice;
use store::{Store, store};

/// Makes the app's page. `boot.js` hears of it, and puts it in the place of the one that was served.
///
/// # Panics
/// If the browser makes no elements.
pub fn start() {
    std::panic::set_hook(Box::new(|fault| browser::stopped(&fault.to_string())));
    address::opened(make);
}

fn make() {
    let page = document().create_element("div").expect("a browser makes elements");
    page.set_id("page");
    page.set_class_name("page");
    leptos::mount::mount_to(page.clone().unchecked_into(), move || {
        mishaps::provide();
        provide_context(Store::open());
        view! { <Page/> }
    })
    .forget();
    browser::announce("isoflop:made", &page);
}

#[component]
fn Page() -> impl IntoView {
    looks::provide();
    plan::provide();
    laws::provide();
    runs::provide_of_plan();
    fit::provide();
    evidence::provide();
    others::provide();
    share::of_plan::provide();
    let store = store();
    let first_visit = !store.known.get_untracked();
    window_event_listener(leptos::ev::keydown, move |event| undo_by_key(store, &event));
    view! {
        <Bar/>
        <Notice first_visit/>
        <main>
            <div class="ask">
                <Answer/>
                <QuestionForm/>
                <Ladder/>
            </div>
            <Figures/>
            <Slice/>
            <Sensitivity/>
            <Disagreement/>
            <Hyper/>
            <Shapes/>
            <Downstream/>
            <RunsSection/>
            <footer class="foot">
                <span>"Nothing you type leaves this page."</span>
                <span>"Works offline."</span>
                <a href="./about/">"Sources and errata"</a>
                <button type="button" class="act">"Export everything"</button>
                <span class="computed"></span>
            </footer>
        </main>
    }
}

/// Ctrl Z takes back the last act, except where it takes back typing.
fn undo_by_key(store: Store, event: &web_sys::KeyboardEvent) {
    let typing =
        document().active_element().is_some_and(|at| matches!(at.tag_name().as_str(), "INPUT" | "TEXTAREA"));
    if !typing && (event.ctrl_key() || event.meta_key()) && !event.shift_key() && event.key() == "z" {
        event.prevent_default();
        store.undo();
    }
}
