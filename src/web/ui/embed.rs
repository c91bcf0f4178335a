//! The Embed dialog: a card of the plan as it will stand in another page, and what puts it there.

use js_sys::Reflect;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::MessageEvent;

use super::address;
use super::copy_button::CopyButton;
use super::lean::{Memo, RwSignal};
use super::packing;
use super::plan::{Planned, planned};
use super::store::{Store, store};
use crate::web::card::{Card, Kind, Live, Output, Room, snippet};
use crate::web::link;
use crate::web::question::Question;
use crate::web::theme::Theme;
use crate::web::words;

/// The version of what a card says to the page around it, and the highest that one can be (src/web/card/isoflop-card.js).
const FORMAT: f64 = 1.0;
const HIGHEST: f64 = 4000.0;

/// The dialog, which [`show`](Embed::show) opens.
#[derive(Clone, Copy)]
pub struct Embed {
    dialog: NodeRef<html::Dialog>,
    store: StoredValue<Store>,
    planned: Planned,
    shown: RwSignal<(Kind, Theme)>,
    /// How it is put into a page.
    put: RwSignal<(Room, Output)>,
    live: RwSignal<Vec<Live>>,
    /// The fragment of the card.
    fragment: RwSignal<String>,
    /// How high the card of the preview says that it is, in CSS pixels.
    needed: RwSignal<u32>,
    preview: NodeRef<html::Iframe>,
    /// Its fields are there while it is open: they are called what those of the Plan are.
    open: RwSignal<bool>,
}

impl Embed {
    /// One that is closed. The address may name the card that it shows.
    pub fn new() -> Self {
        let named = link::parameter(&address::query(), link::EMBED);
        let kind = named.and_then(|key| Kind::keyed(&key)).unwrap_or_default();
        Self {
            dialog: NodeRef::new(),
            store: StoredValue::new(store()),
            planned: planned(),
            shown: RwSignal::new((kind, Theme::default())),
            put: RwSignal::new(Default::default()),
            live: RwSignal::new(vec![Live::Budget]),
            fragment: RwSignal::new(String::new()),
            needed: RwSignal::new(0),
            preview: NodeRef::new(),
            open: RwSignal::new(false),
        }
    }

    /// Opens it on the plan that is shown now.
    pub fn show(self) {
        self.make();
        self.open.set(true);
        // A dialog gives the focus to the first field that is there.
        request_animation_frame(move || {
            if let Some(dialog) = self.dialog.get_untracked() {
                let _ = dialog.show_modal();
            }
        });
    }

    /// Another page had it opened by the address, which is that of the question again.
    fn closed(self) {
        self.open.set(false);
        if link::parameter(&address::query(), link::EMBED).is_some() {
            self.store.get_value().write_address();
        }
    }

    fn card(self) -> Card {
        let question = Question { runs: None, ..self.store.get_value().now(Question::clone) };
        let (kind, theme) = self.shown.get_untracked();
        Card { kind, theme, live: self.live.get_untracked(), question }
    }

    /// Makes the address of the card: a fit of the reader's own is packed.
    fn make(self) {
        let fragment = self.card().write();
        let Some((rest, own)) = fragment.split_once("&own=") else { return self.fragment.set(fragment) };
        let (rest, own) = (rest.to_owned(), format!("#own={own}"));
        spawn_local(async move {
            let own = packing::pack(&own).await;
            self.fragment.set(format!("{rest}&{}", own.trim_start_matches('#')));
        });
    }

    /// What puts the card into a page.
    fn text(self) -> String {
        let says = self.planned.with(|question, plan| words::aloud(question, plan)).flatten();
        let home = document().base_uri().ok().flatten().unwrap_or_default();
        // What the address of this page says is not the card's.
        let home = home.split(['?', '#']).next().unwrap_or_default().to_owned();
        let (room, output) = self.put.get();
        let (height, says) = (self.height(), says.unwrap_or_default());
        self.fragment.with(|fragment| snippet(output, room, height, &home, fragment, &says))
    }

    /// The height of the frame: what is usual, or what this card needs, with all that can be changed in it.
    fn height(self) -> u32 {
        self.put.get().0.height(self.shown.get().0).max(self.needed.get())
    }

    /// Hears how high the card of the preview is.
    fn hear(self, event: &MessageEvent) {
        let preview =
            self.preview.get_untracked().and_then(|preview| preview.content_window()).map(JsValue::from);
        let said = |name: &str| Reflect::get(&event.data(), &name.into()).ok();
        let number = |name| said(name).and_then(|value| value.as_f64());
        let is_card = preview.is_some() && preview == event.source().map(JsValue::from);
        if !is_card || number("isoflop") != Some(FORMAT) || said("type") != Some("height".into()) {
            return;
        }
        if let Some(needed) = number("needed").filter(|needed| (0.0..HIGHEST).contains(needed)) {
            self.needed.set(needed as u32);
        }
    }
}

/// The verb that opens the dialog, in the bar or in the sheet.
pub fn verb(embed: Embed, class: &'static str) -> AnyView {
    view! { <button type="button" class=class on:click=move |_| embed.show()>"Embed…"</button> }.into_any()
}

/// One of a list, by its place.
fn choice(
    (id, name): (&'static str, &'static str),
    names: Vec<&'static str>,
    chosen: Memo<usize>,
    choose: Box<dyn Fn(usize)>,
) -> AnyView {
    let option = move |(at, name): (usize, &'static str)| {
        view! { <option value=at.to_string() prop:selected=move || chosen.get() == at>{name}</option> }
            .into_any()
    };
    let change = move |event| {
        if let Ok(at) = event_target_value(&event).parse() {
            choose(at);
        }
    };
    view! {
        <div class="field">
            <div class="name"><label for=id>{name}</label></div>
            <select id=id autocomplete="off" on:change=change>
                {names.into_iter().enumerate().map(option).collect_view()}
            </select>
        </div>
    }
    .into_any()
}

/// The place of what is chosen.
fn place<T: PartialEq + Send + Sync>(
    all: &'static [T],
    chosen: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<usize> {
    Memo::new(move || all.iter().position(|one| *one == chosen()).unwrap_or(0))
}

#[component]
pub fn EmbedDialog(embed: Embed) -> impl IntoView {
    let Embed { dialog, open, .. } = embed;
    window_event_listener(leptos::ev::message, move |event| embed.hear(&event));
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog class="dialog embed" node_ref=dialog aria-labelledby="embed" on:close=move |_| embed.closed()>
            <h2 id="embed">"Embed"</h2>
            {move || open.get().then(|| fields(embed))}
            <p class="acts"><button type="button" class="button" on:click=close>"Close"</button></p>
        </dialog>
    }
}

fn fields(embed: Embed) -> AnyView {
    let Embed { shown, put, live, fragment, .. } = embed;
    let kind = move || shown.get().0;
    let kinds = move |at: usize| {
        shown.update(|shown| shown.0 = Kind::ALL[at]);
        embed.make();
    };
    let themes = move |at: usize| {
        shown.update(|shown| shown.1 = Theme::ALL[at]);
        embed.make();
    };
    let tick = move |one: Live| {
        let switch = move |_| {
            live.update(|live| {
                let before = live.len();
                live.retain(|known| *known != one);
                if live.len() == before {
                    live.push(one);
                }
            });
            embed.make();
        };
        view! {
            <label class="tick">
                <input type="checkbox" prop:checked=move || live.with(|live| live.contains(&one)) on:change=switch/>
                {one.name()}
            </label>
        }
        .into_any()
    };
    let text = Memo::new(move || embed.text());
    let select = |event: leptos::ev::FocusEvent| {
        let field: web_sys::HtmlTextAreaElement = event_target(&event);
        field.select();
    };
    let rooms = move |at: usize| put.update(|put| put.0 = Room::ALL[at]);
    let outputs = move |at: usize| put.update(|put| put.1 = Output::ALL[at]);
    view! {
        <div class="row">
            {choice(("embed-card", "Card"), Kind::ALL.map(Kind::name).to_vec(), place(&Kind::ALL, kind), Box::new(kinds))}
            {choice(("embed-size", "Size"), Room::ALL.map(Room::name).to_vec(), place(&Room::ALL, move || put.get().0), Box::new(rooms))}
            {choice(("embed-theme", "Theme"), Theme::ALL.map(Theme::name).to_vec(), place(&Theme::ALL, move || shown.get().1), Box::new(themes))}
            {choice(("embed-output", "As"), Output::ALL.map(Output::name).to_vec(), place(&Output::ALL, move || put.get().1), Box::new(outputs))}
        </div>
        <fieldset class="row">
            <legend>"Readers can change"</legend>
            {Live::ALL.map(tick).collect_view()}
        </fieldset>
        <div class="frame">
            // One frame all along: another card is another fragment of its document.
            <iframe
                node_ref=embed.preview
                title="Preview of the card"
                sandbox="allow-scripts"
                src=move || format!("./embed.html{}", fragment.get())
                width=move || put.get().0.width()
                height=move || embed.height()
            ></iframe>
        </div>
        <textarea
            readonly
            rows="4"
            spellcheck="false"
            aria-label="What puts the card into a page"
            prop:value=move || text.get()
            on:focus=select
        ></textarea>
        <p class="acts"><CopyButton text name="Copy"/></p>
    }
    .into_any()
}
