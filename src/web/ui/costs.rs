//! What the plan costs besides FLOPs, and what that rests on.

use leptos::prelude::*;

use super::lean::Memo;
use super::plan::planned;
use super::rich::rich;
use crate::web::words;

#[component]
pub fn Costs() -> impl IntoView {
    let plan = planned().plan;
    let costs = Memo::new(move || plan.with(|plan| plan.as_ref().map(words::costs).unwrap_or_default()));
    let assumed = Memo::new(move || plan.with(|plan| plan.as_ref().map(words::assumed).unwrap_or_default()));
    let row = |(name, amount): (&'static str, String)| {
        view! { <tr><th scope="row">{name}</th><td class="figure">{rich(&amount)}</td></tr> }.into_any()
    };
    let table = move || {
        view! {
            <section class="costs" aria-label="Cost">
                <table>
                    <thead><tr><th scope="col">"What it costs"</th><th scope="col" class="figure">"Amount"</th></tr></thead>
                    <tbody>{costs.get().into_iter().map(row).collect_view()}</tbody>
                </table>
                {assumed.get().into_iter().map(|fact| view! { <p class="faint">{rich(&fact)}</p> }.into_any()).collect_view()}
            </section>
        }
        .into_any()
    };
    move || if costs.with(|costs| costs.len() > 1) { table() } else { ().into_any() }
}
