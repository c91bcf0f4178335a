//! What proves the verdict.

use leptos::prelude::*;

use super::rich::rich;
use crate::web::reading::Fitted;
use crate::web::words;

#[component]
pub fn Certificate(fitted: Fitted) -> impl IntoView {
    let fact = |(name, says): (&'static str, String)| {
        view! { <div><dt>{name}</dt> <dd>{rich(&says)}</dd></div> }.into_any()
    };
    view! { <dl class="certificate">{words::certificate(&fitted).into_iter().map(fact).collect_view()}</dl> }
}
