//! How a fit stands, in a sentence.

use leptos::prelude::*;

use crate::web::reading::Fitted;
use crate::web::words;

#[component]
pub fn Verdict(fitted: Fitted) -> impl IntoView {
    let words::Verdict { says, why } = words::verdict(&fitted);
    view! {
        <h3 class="verdict" role="status">{says}</h3>
        {why.into_iter().map(|why| view! { <p class="echo">{why}</p> }).collect_view()}
    }
}
