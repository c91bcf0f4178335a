//! The Share dialog: the link of what is shown, and what else can be copied of it.

pub(in crate::web::ui) mod of_plan;

use std::cell::RefCell;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::address;
use super::browser;
use super::copy_button::CopyButton;
use super::lean::{Memo, RwSignal};
use super::python_button::{Program, PythonButton};
use crate::units;

/// What can be shared of a page as it is now.
pub struct Shared {
    /// Query and fragment, without the runs.
    pub address: String,
    /// The same with the runs, and what they are in words; nothing where there are none.
    pub with_runs: Option<(String, String)>,
    /// What else can be copied, given the link: names and texts.
    pub texts: Box<dyn Fn(&str) -> Texts>,
    /// The question for its law in Python, and the program around that, given the law and the link; nothing where there is none.
    pub python: Option<(String, Around)>,
}

/// A program around a law in Python, with a link.
pub type Around = Box<dyn Fn(&str, &str) -> String>;

/// Names and texts to copy.
pub type Texts = Vec<(&'static str, String)>;

thread_local! {
    static OFFER: RefCell<Option<Box<dyn Fn() -> Shared>>> = const { RefCell::new(None) };
}

/// Says what can be shared, for all of the page. Where nobody does, that is its address.
pub fn offer(shared: impl Fn() -> Shared + 'static) {
    OFFER.set(Some(Box::new(shared)));
}

fn offered() -> Shared {
    let said = OFFER.with_borrow(|offer| offer.as_ref().map(|offer| untrack(offer)));
    said.unwrap_or_else(|| Shared {
        address: address::query() + &address::fragment(),
        with_runs: None,
        texts: Box::new(|_| Vec::new()),
        python: None,
    })
}

/// The dialog, which [`show`](Share::show) opens.
#[derive(Clone, Copy)]
pub struct Share {
    dialog: NodeRef<html::Dialog>,
    field: NodeRef<html::Input>,
    link: RwSignal<String>,
    texts: RwSignal<Texts>,
    /// What the runs are that can be included.
    runs: RwSignal<Option<String>>,
    includes: RwSignal<bool>,
    has_python: RwSignal<bool>,
}

impl Share {
    /// One that is closed.
    pub fn new() -> Self {
        Self {
            dialog: NodeRef::new(),
            field: NodeRef::new(),
            link: RwSignal::new(String::new()),
            texts: RwSignal::new(Vec::new()),
            runs: RwSignal::new(None),
            includes: RwSignal::new(false),
            has_python: RwSignal::new(false),
        }
    }

    /// Opens it on what is shown now, without the runs.
    pub fn show(self) {
        self.includes.set(false);
        self.link.set(String::new());
        self.make();
        if let Some(dialog) = self.dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
    }

    /// Makes the link, and what has it in it.
    fn make(self) {
        let Shared { address, with_runs, texts, python } = offered();
        self.has_python.set(python.is_some());
        let includes = self.includes.get_untracked();
        let (with_runs, runs) = with_runs.unzip();
        self.runs.set(runs);
        let address = with_runs.filter(|_| includes).unwrap_or(address);
        spawn_local(async move {
            let link = address::link(&address).await;
            // By now it may have been switched.
            if self.includes.get_untracked() == includes {
                self.texts.set(texts(&link));
                self.link.set(link);
                browser::later(0, move || self.select());
            }
        });
    }

    /// Selects the link, where the reader is at it.
    fn select(self) {
        let field = self.field.get_untracked();
        if let Some(field) =
            field.filter(|field| document().active_element().as_ref() == Some(field.as_ref()))
        {
            field.select();
        }
    }

    /// How long the link is, and what is in it.
    fn says(self) -> String {
        let long = self.link.with(String::len);
        if long == 0 {
            return "\u{a0}".to_owned();
        }
        let long = if long < 1000 {
            format!("{long} characters")
        } else {
            format!("{}\u{a0}kB", units::decimals(long as f64 / 1000.0, 1))
        };
        let long = if address::is_whole() { format!("{long}, for this file where it lies") } else { long };
        match self.runs.get().filter(|_| self.includes.get()) {
            Some(runs) => format!("{long}: includes {runs}"),
            None => long,
        }
    }
}

#[component]
pub fn ShareDialog(share: Share) -> impl IntoView {
    let Share { dialog, field, link, texts, runs, includes, has_python } = share;
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let switch = move |_| {
        includes.update(|includes| *includes = !*includes);
        share.make();
    };
    let has_runs = Memo::new(move || runs.with(Option::is_some));
    let of_runs = move || {
        view! {
            <label class="tick">
                <input type="checkbox" prop:checked=move || includes.get() on:change=switch/>
                "Include the runs"
            </label>
            <p class="echo">"Whoever has the link then has them too."</p>
        }
        .into_any()
    };
    let names =
        Memo::new(move || texts.with(|texts| texts.iter().map(|(name, _)| *name).collect::<Vec<_>>()));
    let button = move |(at, name): (usize, &'static str)| {
        let text = Memo::new(move || {
            texts.with(|texts| texts.get(at).map_or(String::new(), |(_, text)| text.clone()))
        });
        view! { <CopyButton text name/> }.into_any()
    };
    let text = Memo::new(move || link.get());
    // It comes with the others, which have the link in them.
    let has_python = Memo::new(move || has_python.get() && names.with(|names| !names.is_empty()));
    let program = move || {
        let (question, around) = offered().python?;
        Some(Program { question, around: Box::new(move |law| around(law, &link.get_untracked())) })
    };
    let python = move || {
        has_python.get().then(|| view! { <PythonButton name="Python" program=Box::new(program)/> }.into_any())
    };
    view! {
        <dialog class="dialog share" node_ref=dialog aria-labelledby="share">
            <h2 id="share">"Share"</h2>
            <label for="share-link">"Link"</label>
            <input
                type="text"
                id="share-link"
                readonly
                prop:value=move || link.get()
                aria-describedby="share-says"
                node_ref=field
                on:focus=move |_| share.select()
            />
            <p class="echo" id="share-says" aria-live="polite">{move || share.says()}</p>
            {move || has_runs.get().then(|| of_runs())}
            <p class="acts">
                <CopyButton text name="Copy link"/>
                {move || names.get().into_iter().enumerate().map(button).collect_view()}
                {move || python()}
            </p>
            <p class="acts"><button type="button" class="button" on:click=close>"Close"</button></p>
        </dialog>
    }
}
