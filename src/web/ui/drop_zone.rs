//! Where runs come in: paste, drop, choose a file, or try the sample.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::InputEvent;

use super::browser;
use super::lean::RwSignal;
use super::runs::{Came, runs};

/// The sample: its address, and what it is called.
const SAMPLE: (&str, &str) =
    ("samples/gadre_c4.csv", "Sample: 34 runs on C4, Gadre et al. 2024, MIT licence");

#[component]
pub fn DropZone(
    /// What was typed into it before the program was there.
    #[prop(optional)]
    typed: String,
) -> impl IntoView {
    let runs = runs();
    let error = move || runs.error.get().unwrap_or_default();
    // What cannot be read as a table stays where it can be mended.
    let kept = runs.kept.with_untracked(|runs| runs.as_ref().map(|runs| runs.text.to_string()));
    let text = if typed.trim().is_empty() { kept.unwrap_or_default() } else { typed };
    let field = NodeRef::<html::Textarea>::new();
    let empty = RwSignal::new(text.trim().is_empty());
    let take = move |text: String| runs.take_text(text);
    let read = move || {
        if let Some(field) = field.get_untracked() {
            take(field.value());
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            read();
        }
    };
    let pasted = move |event: web_sys::Event| {
        empty.set(event_target_value(&event).trim().is_empty());
        if event.dyn_ref().is_some_and(|event: &InputEvent| event.input_type() == "insertFromPaste") {
            take(event_target_value(&event));
        }
    };
    let unavailable = RwSignal::new(false);
    let sample = move |_| {
        leptos::task::spawn_local(async move {
            match browser::fetch(SAMPLE.0).await {
                Some(bytes) => (runs.intake.take)(runs, vec![Came { name: SAMPLE.1.to_owned(), bytes }]),
                None => unavailable.set(true),
            }
        });
    };
    view! {
        <div class="drop">
            <p class="lead">"Paste a table of training runs, or drop a file here."</p>
            <p id="runs-hint">{runs.intake.hint}</p>
            <textarea
                node_ref=field
                id="pasted"
                aria-label="Table of training runs"
                aria-describedby="runs-hint runs-error"
                aria-invalid=move || (!error().is_empty()).then(|| "true".to_owned())
                placeholder="params,tokens,loss"
                spellcheck="false"
                autocomplete="off"
                prop:value=text
                on:input=pasted
                on:keydown=keys
                on:change=move |event| take(event_target_value(&event))
            ></textarea>
            <p class="echo bad" id="runs-error" role="status">{move || error()}</p>
            <div class="buttons">
                <ChooseFile name="Choose a file…" class="button main"/>
                <button type="button" class="button" on:click=sample>"Try the sample"</button>
                <button type="button" class="button" hidden=move || empty.get() on:click=move |_| read()>
                    "Read this table"
                </button>
            </div>
            {move || unavailable.get().then(|| view! { <p class="echo bad">"The sample could not be fetched."</p> }.into_any())}
        </div>
    }
}

/// A button that opens the browser's choice of files.
#[component]
pub fn ChooseFile(name: &'static str, class: &'static str) -> impl IntoView {
    let runs = runs();
    let input = NodeRef::<html::Input>::new();
    let open = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        runs.take_files(input.files());
        // So that choosing the same file again is a change.
        input.set_value("");
    };
    view! {
        <button type="button" class=class on:click=open>{name}</button>
        <input type="file" multiple=runs.intake.several hidden tabindex="-1" aria-hidden="true" node_ref=input on:change=chosen/>
    }
}
