//! One of a list, as the browser's own select.

use leptos::prelude::*;

use super::lean::Memo;

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is stored.
    pub value: String,
    /// What is shown.
    pub name: String,
    /// The name of those among which it is shown; none where the list has no groups.
    pub group: Option<String>,
}

impl Choice {
    /// An entry that is stored as `value` and shown as `name`.
    pub fn new(value: &str, name: &str) -> Self {
        Self { value: value.to_owned(), name: name.to_owned(), group: None }
    }

    /// The same within a group.
    #[must_use]
    pub fn among(self, group: String) -> Self {
        Self { group: Some(group), ..self }
    }
}

#[component]
pub fn ChoiceField(
    id: &'static str,
    name: &'static str,
    choices: Memo<Vec<Choice>>,
    chosen: Memo<String>,
    #[prop(into)] choose: Callback<String>,
    /// A verb beside the name.
    #[prop(optional)]
    beside: Option<AnyView>,
    /// What is wrong with the choice.
    complaint: Memo<Option<String>>,
) -> impl IntoView {
    let option = move |Choice { value, name, .. }: Choice| {
        let own = value.clone();
        view! { <option value=value prop:selected=move || chosen.with(|chosen| *chosen == own)>{name}</option> }.into_any()
    };
    let group = move |group: &[Choice]| {
        let options = group.iter().cloned().map(option).collect_view();
        match group.first().and_then(|first| first.group.clone()) {
            Some(name) => view! { <optgroup label=name>{options}</optgroup> }.into_any(),
            None => options.into_any(),
        }
    };
    let options = move || {
        choices.with(|all| all.chunk_by(|a, b| a.group == b.group).map(group).collect_view().into_any())
    };
    let echo = format!("{id}-echo");
    view! {
        <div class="field">
            <div class="name">
                <label for=id>{name}</label>
                {beside}
            </div>
            <select
                id=id
                aria-invalid=move || complaint.get().map(|_| "true".to_owned())
                aria-describedby=echo.clone()
                on:change=move |event| choose.run(event_target_value(&event))
            >
                {move || options()}
            </select>
            {move || complaint.get().map(|text| view! { <p class="echo bad" id=echo.clone()>{text}</p> }.into_any())}
        </div>
    }
}
