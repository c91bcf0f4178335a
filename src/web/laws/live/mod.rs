//! What lives on the Laws pages.

// A component owns its properties.
#![allow(clippy::needless_pass_by_value)]
// Of closures that stand in a view, Leptos makes one thing for each type they give; of others, one for each closure.
#![allow(clippy::redundant_closure)]

mod addressed;
mod convert;
mod copying;
mod curve;
mod drafting;
mod editor;
mod evaluate;
mod list;
mod members;
mod shelf;
mod symbols;
mod tables;
mod trial;

use leptos::prelude::*;

use crate::web::ui::{address, browser, embedding, looks, menu::Menu, mishaps, notice::Notice, place};

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
        shelf::provide();
        place::beside(".bar", ".menu", || view! { <Menu beside=embedding::verbs()/> }.into_any());
        place::above("main", || view! { <Notice first_visit=false/> }.into_any());
        list::take_over();
        evaluate::take_over();
        editor::fill();
        copying::listen();
    });
    std::mem::forget(page);
    browser::mark_page("live", true);
}
