//! Name, pages, menu.

use leptos::prelude::*;

use super::embed::{self, Embed, EmbedDialog};
use super::lean::Memo;
use super::menu::Menu;
use super::store::store;
use crate::web::link;

#[component]
pub fn Bar() -> impl IntoView {
    let store = store();
    // The page that is open already opens as it is.
    let embed = Embed::new();
    let verbs = [embed::verb(embed, "share of-site"), embed::verb(embed, "act share of-site")];
    let here = Memo::new(move || format!("./{}", store.with(link::address)));
    view! {
        <header class="bar">
            <a class="word" href=move || here.get()>"Isoflop"</a>
            <nav aria-label="Pages">
                <a href=move || here.get() aria-current="page">"Plan"</a>
                " "
                <a href="./fit/">"Fit"</a>
                " "
                <a href="./laws/">"Laws"</a>
                " "
                <a href="./frontier/">"Frontier"</a>
            </nav>
            <Menu beside=verbs/>
            <EmbedDialog embed/>
        </header>
    }
}
