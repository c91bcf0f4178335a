//! How a fit stands, in a sentence.

use leptos::prelude::*;

use crate::web::reading::Fitted;
use crate::web::words;

#[component]
pub fn Verdict(fitted: Fitted) -> impl IntoView {
    let words::Verdict { says, why } = words::verdict(&fitted);
    view! {
        <div role="status"><h3 class="verdict">{says}</h3></div>
        {why.into_iter().map(|why| view! { <p class="echo">{why}</p> }.into_any()).collect_view()}
    }
}
