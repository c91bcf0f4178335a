//! A text that is typed, with what is wrong with it beneath.

use leptos::prelude::*;

use super::state::state;
use crate::web::fit::study::Study;
use crate::web::ui::lean::Memo;

#[component]
pub fn TextField(
    id: String,
    name: String,
    #[prop(into)] text: Callback<Study, String>,
    #[prop(into)] write: Callback<(String,)>,
    /// What is wrong with it, in a sentence.
    #[prop(into)]
    wrong: Callback<Study, Option<String>>,
    #[prop(optional)] placeholder: &'static str,
) -> impl IntoView {
    let state = state();
    let complaint = Memo::new(move || wrong.run(state.study.get()));
    let echo = format!("{id}-echo");
    view! {
        <div class="field">
            <div class="name"><label for=id.clone()>{name}</label></div>
            <input
                type="text"
                id=id
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                placeholder=placeholder
                aria-invalid=move || complaint.with(Option::is_some).then(|| "true".to_owned())
                aria-describedby=echo.clone()
                prop:value=move || text.run(state.study.get())
                on:input=move |event| write.run((event_target_value(&event),))
            />
            <p class="echo bad" id=echo aria-live="polite">{move || complaint.get().unwrap_or_default()}</p>
        </div>
    }
}
