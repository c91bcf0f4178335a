//! Name, pages, menu.

use leptos::prelude::*;

use super::menu::Menu;

#[component]
pub fn Bar() -> impl IntoView {
    view! {
        <header class="bar">
            <a class="word" href="./">"Isoflop"</a>
            <nav aria-label="Pages">
                <a href="./" aria-current="page">"Plan"</a>
                " "
                <a href="./fit/">"Fit"</a>
                " "
                <a href="./laws/">"Laws"</a>
            </nav>
            <Menu/>
        </header>
    }
}
