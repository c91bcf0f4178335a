//! The page: components that arrange and forward. What they say stands in [`words`](super::words), what they
//! show is asked of the worker, and the reader's question is the one thing they write.

// A component owns its properties.
#![allow(clippy::needless_pass_by_value)]
// Of closures that stand in a view, Leptos makes one thing for each type they give; of others, one for each closure.
#![allow(clippy::redundant_closure)]

mod answer;
mod asked;
mod bar;
mod browser;
mod caveats;
mod cell;
mod certificate;
mod chart;
mod choice_field;
mod column_map;
mod copy_button;
mod data_table;
mod drop_zone;
mod estimates;
mod evidence;
mod figure;
mod figures;
mod fit;
mod formula;
mod ladder;
mod laws;
mod lean;
mod limits;
mod looks;
mod menu;
mod moved;
mod notice;
mod plan;
mod pool;
mod progress;
mod provenance;
mod quantity_field;
mod question;
mod rich;
mod runs;
mod runs_table;
mod store;
mod theme;
mod verdict;
mod working;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use answer::Answer;
use bar::Bar;
use figures::Figures;
use ladder::Ladder;
use notice::Notice;
use question::QuestionForm;
use runs::RunsSection;
use store::{Store, store};

/// Puts the page in the place of the static one that it looks like.
///
/// # Panics
/// If the page has no element to put it in.
pub fn start() {
    std::panic::set_hook(Box::new(|fault| browser::complain(&fault.to_string())));
    let page = document().get_element_by_id("page").expect("index.html has an element for the page");
    let typed = Typed::read();
    page.set_inner_html("");
    let page: web_sys::HtmlElement = page.unchecked_into();
    leptos::mount::mount_to(page, move || {
        provide_context(Store::open());
        view! { <Page/> }
    })
    .forget();
    typed.write();
}

/// What the reader has done to the budget before the app took over.
struct Typed {
    text: Option<String>,
    focused: bool,
    caret: Option<u32>,
}

impl Typed {
    fn field() -> Option<web_sys::HtmlInputElement> {
        document().get_element_by_id("budget")?.dyn_into().ok()
    }

    fn read() -> Self {
        let Some(field) = Self::field() else { return Self { text: None, focused: false, caret: None } };
        Self {
            text: Some(field.value()).filter(|text| *text != field.default_value()),
            focused: document().active_element().as_ref() == Some(field.as_ref()),
            caret: field.selection_start().ok().flatten(),
        }
    }

    fn write(self) {
        let Some(field) = Self::field() else { return };
        if let Some(text) = &self.text {
            field.set_value(text);
            let init = web_sys::EventInit::new();
            init.set_bubbles(true);
            if let Ok(input) = web_sys::Event::new_with_event_init_dict("input", &init) {
                let _ = field.dispatch_event(&input);
            }
        }
        if self.focused {
            let _ = field.focus();
            if let Some(caret) = self.caret {
                let _ = field.set_selection_range(caret, caret);
            }
        }
    }
}

#[component]
fn Page() -> impl IntoView {
    looks::provide();
    plan::provide();
    laws::provide();
    runs::provide();
    fit::provide();
    evidence::provide();
    let store = store();
    window_event_listener(leptos::ev::keydown, move |event| undo_by_key(store, &event));
    view! {
        <Bar/>
        <Notice/>
        <main>
            <div class="ask">
                <Answer/>
                <QuestionForm/>
                <Ladder/>
            </div>
            <Figures/>
            <RunsSection/>
            <footer class="foot">
                <span>"Nothing you type leaves this page."</span>
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
