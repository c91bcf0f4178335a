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
    let mut text = place::field_text("pasted");
    // What is being typed is no table yet.
    let is_typing = document().active_element().is_some_and(|field| field.id() == "pasted");
    if !is_typing && !text.trim().is_empty() {
        runs().take_text(std::mem::take(&mut text));
    }
    place::inside(section, move || view! { <Page typed=text/> }.into_any());
}

#[component]
fn Page(
    /// What is being typed where runs come in.
    typed: String,
) -> impl IntoView {
    let runs = runs();
    let state = state();
    window_event_listener(leptos::ev::keydown, move |event| state.undo_by_key(&event));
    let is_read = Memo::new(move || runs.read.with(Option::is_some));
    // It stands there once: when there is no table again, it is not what was being typed.
    let typed = StoredValue::new(typed);
    view! {
        <head::Head/>
        {move || {
            if is_read.get() {
                view! { <Filled/> }.into_any()
            } else {
                let typed = typed.try_update_value(std::mem::take).unwrap_or_default();
                view! { <brought::Brought/> <DropZone typed/> }.into_any()
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
