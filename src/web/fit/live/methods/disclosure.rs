//! An approach that opens when it is wanted.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::web::fit::live::state::state;
use crate::web::fit::methods::Approach;
use crate::web::ui::lean::Memo;
use crate::web::ui::rich::rich;
use crate::web::ui::runs::runs;

/// Whether the reader has opened it.
pub fn opened(approach: Approach) -> Memo<bool> {
    let state = state();
    Memo::new(move || state.study.with(|study| approach.is_open(study)))
}

/// What its pictures show, for who finds one alone.
pub fn notes(approach: Approach) -> Memo<Vec<String>> {
    let runs = runs();
    Memo::new(move || {
        let name = runs.kept.with(|runs| runs.as_ref().map(|runs| runs.name.clone()));
        name.into_iter().chain([approach.name().to_owned()]).collect()
    })
}

#[component]
pub fn Disclosure(
    approach: Approach,
    /// The one number that matters, once it is known.
    finding: Memo<Option<String>>,
    /// What opens.
    #[prop(into)]
    body: Callback<(), AnyView>,
) -> impl IntoView {
    let (state, open) = (state(), opened(approach));
    let toggled = move |event: leptos::ev::Event| {
        let details = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if let Some(is) = details.map(|details| details.has_attribute("open")) {
            state.write(|study| approach.set_open(study, is));
        }
    };
    view! {
        <details class="approach" id=approach.key() prop:open=move || open.get() on:toggle=toggled>
            <summary>
                <h3>{approach.name()}</h3>
                <span class="finding">{move || finding.get().map(|finding| rich(&finding))}</span>
            </summary>
            {move || open.get().then(|| body.run(()))}
        </details>
    }
}
