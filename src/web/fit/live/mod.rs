//! What lives on the Fit page.

// A component owns its properties.
#![allow(clippy::needless_pass_by_value)]
// Of closures that stand in a view, Leptos makes one thing for each type they give; of others, one for each closure.
#![allow(clippy::redundant_closure)]

mod beside;
mod brought;
mod columns;
mod decision;
mod drawing;
mod fitting;
mod head;
mod intake;
mod laws;
mod link;
mod method;
mod methods;
mod pictures;
mod read_as;
mod remarks;
mod report;
mod result;
mod sharing;
mod shown;
mod state;
mod support;
mod table;
mod text_field;
mod writing;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::web::ui::drop_zone::DropZone;
use crate::web::ui::lean::Memo;
use crate::web::ui::runs::runs;
use crate::web::ui::{address, browser, embedding, looks, menu::Menu, mishaps, notice::Notice, place};
use state::state;

/// Takes over what lives on the page.
pub fn start() {
    std::panic::set_hook(Box::new(|fault| browser::stopped(&fault.to_string())));
    address::opened(make);
}

fn make() {
    // What all parts of the page know of one another, for as long as the page is there.
    let page = Owner::new();
    page.with(|| {
        mishaps::provide();
        looks::provide();
        // Effects run only once something is on the page.
        place::beside(".bar", ".menu", || view! { <Menu beside=embedding::verbs()/> }.into_any());
        place::above("main", || view! { <Notice first_visit=false/> }.into_any());
        state::provide();
        laws::provide();
        intake::provide();
        shown::provide_rows();
        fitting::provide();
        shown::provide();
        sharing::provide();
        link::provide();
        take_over();
    });
    std::mem::forget(page);
    browser::mark_page("live", true);
}

/// Puts the page in the place of its likeness. What was typed there by now is taken.
fn take_over() {
    let Some(section) = place::find("#fit") else { return };
    let typed = section
        .query_selector("textarea")
        .ok()
        .flatten()
        .and_then(|field| field.dyn_into::<web_sys::HtmlTextAreaElement>().ok())
        .filter(|field| !field.value().trim().is_empty());
    let active = document().active_element();
    let is_typing = typed.as_ref().is_some_and(|field| active.as_ref() == Some(field.as_ref()));
    let text = typed.map(|field| field.value()).unwrap_or_default();
    // What is being typed is no table yet.
    if is_typing {
        place::inside(section.clone(), || view! { <Page typed=text/> }.into_any());
        let field = section.query_selector("textarea").ok().flatten();
        if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlTextAreaElement>().ok()) {
            let _ = field.focus();
            let end = field.text_length();
            let _ = field.set_selection_range(end, end);
        }
        return;
    }
    if !text.is_empty() {
        runs().take_text(text);
    }
    place::inside(section, || view! { <Page/> }.into_any());
}

#[component]
fn Page(
    /// What is being typed where runs come in.
    #[prop(optional)]
    typed: String,
) -> impl IntoView {
    let runs = runs();
    let state = state();
    window_event_listener(leptos::ev::keydown, move |event| state.undo_by_key(&event));
    let is_read = Memo::new(move || runs.read.with(Option::is_some));
    view! {
        <head::Head/>
        {move || {
            if is_read.get() {
                view! { <Filled/> }.into_any()
            } else {
                view! { <brought::Brought/> <DropZone typed=typed.clone()/> }.into_any()
            }
        }}
    }
}

#[component]
fn Filled() -> impl IntoView {
    methods::provide();
    view! {
        <div class="bench">
            <section class="runs" aria-label="Runs">
                <table::FitTable/>
            </section>
            <pictures::RunsFigure/>
            <result::ResultSection/>
            <div>
                <method::MethodSection/>
                <methods::ComparedSection/>
            </div>
        </div>
        <pictures::Residuals/>
        <methods::Sections/>
        <report::ReportSection/>
    }
}
