//! What lives on the Frontier page.

// A component owns its properties.
#![allow(clippy::needless_pass_by_value)]
// Of closures that stand in a view, Leptos makes one thing for each type they give; of others, one for each closure.
#![allow(clippy::redundant_closure)]

mod axis_field;
mod controls;
mod cursor;
mod draws;
mod engine;
mod export;
mod head;
mod laws;
mod map_figure;
mod panels;
mod pictures;
mod pinned;
mod running;
mod sharing;
mod state;
mod told;

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
        // Effects run only once something is on the page.
        place::beside(".bar", ".menu", || view! { <Menu beside=embedding::verbs()/> }.into_any());
        place::above("main", || view! { <Notice first_visit=false/> }.into_any());
        state::provide();
        laws::provide();
        draws::provide();
        running::provide();
        cursor::provide();
        told::provide();
        sharing::provide();
        if let Some(section) = place::find("#frontier") {
            place::inside(section, || view! { <Page/> }.into_any());
        }
    });
    std::mem::forget(page);
    browser::mark_page("live", true);
}

#[component]
fn Page() -> impl IntoView {
    let is_idle = running::running().is_idle;
    view! {
        <head::Head/>
        <div class="sweep">
            <div class="stack">
                <engine::EngineLine/>
                <div class="pair" hidden=move || is_idle.get()>
                    <map_figure::MapFigure/>
                    <pictures::LinesFigure/>
                </div>
                <panels::PanelsFigure/>
                <pinned::Pinned/>
            </div>
            <controls::Controls/>
        </div>
    }
}
