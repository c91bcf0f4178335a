//! A section that is asked for: its answer takes the whole program, which nobody needs who does not open it.

use leptos::prelude::*;

use super::browser::{self, Place};
use super::lean::{Memo, RwSignal};
use super::rich::rich;

/// The name under which the tab keeps which sections are open: their ids, with spaces between them. It is no name of work, which
/// is exported.
const OPENED: &str = "isoflop:opened";

#[component]
pub fn Opened(
    id: &'static str,
    title: &'static str,
    /// The words of the button while it is closed, and while it is open.
    verbs: [&'static str; 2],
    /// What it comes to, in words, while it is closed.
    #[prop(optional)]
    finding: Option<Memo<Option<String>>>,
    body: fn() -> AnyView,
) -> impl IntoView {
    // As it was when the reader was here last: they may come back from a law, or load the page again.
    let open = RwSignal::new(opened().iter().any(|known| known == id));
    let toggle = move |_| {
        let mut all = opened();
        all.retain(|known| known != id);
        open.update(|open| *open = !*open);
        all.extend(open.get_untracked().then(|| id.to_owned()));
        browser::remember(OPENED, Some(&*all.join(" ")).filter(|all| !all.is_empty()));
    };
    view! {
        <section class="section opened" id=id aria-labelledby=format!("{id}-title")>
            <h2 id=format!("{id}-title")>{title}</h2>
            {finding.map(|finding| {
                let says = move || finding.get().filter(|_| !open.get()).map(|says| rich(&says));
                view! { <p class="finding">{says}</p> }.into_any()
            })}
            <p class="acts">
                <button
                    type="button"
                    class="act"
                    aria-expanded=move || open.get().to_string()
                    aria-controls=format!("{id}-says")
                    on:click=toggle
                >
                    {move || verbs[usize::from(open.get())].to_owned()}
                </button>
            </p>
            <div id=format!("{id}-says")>{move || if open.get() { body() } else { ().into_any() }}</div>
        </section>
    }
}

/// The sections that are open.
fn opened() -> Vec<String> {
    let kept = browser::kept(Place::Tab, OPENED).unwrap_or_default();
    kept.split_whitespace().map(str::to_owned).collect()
}
