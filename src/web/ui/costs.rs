//! What the plan costs besides FLOPs, and what that rests on.

use leptos::prelude::*;

use super::evidence::evidence;
use super::lean::Memo;
use super::plan::planned;
use super::rich::rich;
use crate::web::words::{self, Cost, LEVEL};

#[component]
pub fn Costs() -> impl IntoView {
    let (planned, spread) = (planned(), evidence().spread);
    let plan = planned.plan;
    let costs = Memo::new(move || {
        let costs = spread
            .with(|spread| planned.with(|question, plan| words::costs(question, plan, spread.as_ref())));
        costs.unwrap_or_default()
    });
    // Where all of it follows from the budget, nothing is left to the draws.
    let is_sure = move || costs.with(|costs| costs.iter().all(|cost| cost.interval.is_empty()));
    let assumed = Memo::new(move || plan.with(|plan| plan.as_ref().map(words::assumed).unwrap_or_default()));
    let row = move |Cost { name, amount, interval, how }: Cost| {
        let interval =
            (!is_sure()).then(|| view! { <td class="figure faint">{rich(&interval)}</td> }.into_any());
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="figure">{rich(&amount)}</td>
                {interval}
                <td class="faint read">{rich(&how)}</td>
            </tr>
        }
        .into_any()
    };
    let head = move || (!is_sure()).then(|| view! { <th scope="col" class="figure">{LEVEL}</th> }.into_any());
    let table = move || {
        view! {
            <section class="costs" aria-label="Cost">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"What it costs"</th>
                            <th scope="col" class="figure">"Amount"</th>
                            {head()}
                            <th scope="col" class="read">"From"</th>
                        </tr>
                    </thead>
                    <tbody>{costs.get().into_iter().map(row).collect_view()}</tbody>
                </table>
                {assumed.get().into_iter().map(|fact| view! { <p class="faint">{rich(&fact)}</p> }.into_any()).collect_view()}
            </section>
        }
        .into_any()
    };
    move || if costs.with(|costs| costs.len() > 1) { table() } else { ().into_any() }
}
