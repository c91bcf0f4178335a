//! A section that opens when it is wanted: what the reader chooses, how its study stands, what it found.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::web::fit::live::state::state;
use crate::web::fit::methods::Section;
use crate::web::ui::job::{Standing, StandingRow};
use crate::web::ui::lean::Memo;
use crate::web::ui::rich::rich;
use crate::web::ui::runs::runs;

/// Whether the reader has opened it.
pub fn opened(section: Section) -> Memo<bool> {
    let state = state();
    Memo::new(move || state.study.with(|study| section.is_open(study)))
}

/// What its pictures show, for who finds one alone.
pub fn notes(section: Section) -> Memo<Vec<String>> {
    let runs = runs();
    Memo::new(move || {
        let name = runs.kept.with(|runs| runs.as_ref().map(|runs| runs.name.clone()));
        name.into_iter().chain([section.name().to_owned()]).collect()
    })
}

#[component]
pub fn Disclosure(
    section: Section,
    /// The one number that matters, once it is known.
    finding: Memo<Option<String>>,
    /// What the reader chooses of it.
    #[prop(optional, into)]
    fields: Option<Callback<(), AnyView>>,
    /// How its study stands.
    standing: Standing,
    /// What is being done while that is under way.
    working: &'static str,
    /// What opens; it fades while the study is behind.
    #[prop(into)]
    body: Callback<(), AnyView>,
) -> impl IntoView {
    let (state, open) = (state(), opened(section));
    let toggled = move |event: leptos::ev::Event| {
        let details = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if let Some(is) = details.map(|details| details.has_attribute("open")) {
            state.write(|study| section.set_open(study, is));
        }
    };
    let content = move || {
        let fields = fields.map(|fields| view! { <div class="choices">{fields.run(())}</div> }.into_any());
        view! {
            {fields}
            <StandingRow standing name=working/>
            <div class:behind=move || standing.is_behind()>{body.run(())}</div>
        }
        .into_any()
    };
    view! {
        <details class="approach" id=section.key() prop:open=move || open.get() on:toggle=toggled>
            <summary>
                <h3>{section.name()}</h3>
                <span class="finding">{move || finding.get().map(|finding| rich(&finding))}</span>
            </summary>
            {move || open.get().then(|| content())}
        </details>
    }
}
