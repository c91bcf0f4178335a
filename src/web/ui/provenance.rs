//! Where a fit was read.

use leptos::prelude::*;

#[component]
pub fn Provenance(
    id: &'static str,
    #[prop(into)] facts: Signal<Vec<(&'static str, String)>>,
) -> impl IntoView {
    view! {
        <div class="provenance" id=id>
            <dl>
                {move || {
                    facts.get().into_iter().map(|(name, says)| view! { <dt>{name}</dt> <dd>{says}</dd> }).collect_view()
                }}
            </dl>
        </div>
    }
}
