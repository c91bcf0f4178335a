//! Where a fit was read.

use leptos::prelude::*;

use super::lean::Memo;
use super::rich::rich;
use crate::web::words::powers;

#[component]
pub fn Provenance(id: &'static str, facts: Memo<Vec<(&'static str, String)>>) -> impl IntoView {
    view! {
        <div class="provenance" id=id>
            <dl>
                {move || {
                    facts.get().into_iter().map(fact).collect_view().into_any()
                }}
            </dl>
        </div>
    }
}

/// A fact, as an entry of a list.
pub fn fact((name, says): (&'static str, String)) -> AnyView {
    view! { <dt>{name}</dt> <dd>{rich(&powers(&says))}</dd> }.into_any()
}
