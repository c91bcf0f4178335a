//! A job on its way.

use leptos::prelude::*;

use crate::web::message::Progress;
use crate::web::words;

#[component]
pub fn ProgressRow(
    #[prop(into)] progress: Signal<Option<Progress>>,
    name: &'static str,
    cancel: impl Fn() + 'static,
) -> impl IntoView {
    let done = move || progress.with(|progress| progress.as_ref().map(|progress| progress.done));
    let of = move || progress.with(|progress| progress.as_ref().map_or(1, |progress| progress.of));
    let says =
        move || progress.with(|progress| progress.as_ref().map(|progress| words::progress(name, progress)));
    view! {
        <div class="progress">
            <progress aria-label=name value=done max=of></progress>
            <button type="button" class="button" on:click=move |_| cancel()>"Cancel"</button>
            <span>{move || says().unwrap_or_else(|| format!("{name}."))}</span>
        </div>
    }
}
