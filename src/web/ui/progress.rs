//! A job on its way.

use leptos::prelude::*;

use super::lean::RwSignal;
use crate::web::message::Progress;
use crate::web::words;

#[component]
pub fn ProgressRow(
    progress: RwSignal<Option<Progress>>,
    name: &'static str,
    #[prop(into)] cancel: Callback<()>,
) -> impl IntoView {
    let done = move || progress.with(|progress| progress.as_ref().map(|progress| progress.done.to_string()));
    let of =
        move || progress.with(|progress| progress.as_ref().map_or(1, |progress| progress.of).to_string());
    let says =
        move || progress.with(|progress| progress.as_ref().map(|progress| words::progress(name, progress)));
    view! {
        <div class="progress">
            <progress aria-label=name value=move || done() max=move || of()></progress>
            <button type="button" class="button" on:click=move |_| cancel.run(())>
                "Cancel"
                <span class="unseen">{format!(" {}", name.to_ascii_lowercase())}</span>
            </button>
            <span>{move || says().unwrap_or_else(|| format!("{name}."))}</span>
        </div>
    }
}
