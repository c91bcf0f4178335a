//! One of a list, as the browser's own select.

use leptos::prelude::*;

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is stored.
    pub value: String,
    /// What is shown.
    pub name: String,
}

#[component]
pub fn ChoiceField(
    id: &'static str,
    name: &'static str,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(into)] chosen: Signal<String>,
    choose: impl Fn(String) + 'static,
    /// A verb beside the name.
    #[prop(optional, into)]
    beside: Option<ViewFn>,
    /// What is wrong with the choice.
    #[prop(into)]
    complaint: Signal<Option<String>>,
) -> impl IntoView {
    let option = move |Choice { value, name }: Choice| {
        let own = value.clone();
        view! { <option value=value prop:selected=move || chosen.with(|chosen| *chosen == own)>{name}</option> }
    };
    let echo = format!("{id}-echo");
    view! {
        <div class="field">
            <div class="name">
                <label for=id>{name}</label>
                {beside.map(|beside| beside.run())}
            </div>
            <select
                id=id
                aria-invalid=move || complaint.get().map(|_| "true")
                aria-describedby=echo.clone()
                on:change=move |event| choose(event_target_value(&event))
            >
                {move || choices.get().into_iter().map(option).collect_view()}
            </select>
            {move || complaint.get().map(|text| view! { <p class="echo bad" id=echo.clone()>{text}</p> })}
        </div>
    }
}
