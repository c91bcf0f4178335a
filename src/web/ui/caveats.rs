//! What to know about the plan, and what became of a question that has none.

use leptos::prelude::*;

use super::evidence::evidence;
use super::lean::Memo;
use super::others::others;
use super::plan::planned;
use super::rich::rich;
use crate::web::question::Question;
use crate::web::reading::Plan;
use crate::web::words::{self, Caveat};

/// One thing to know.
pub fn caveat(Caveat { before, strong, after }: Caveat) -> AnyView {
    view! { <p>{rich(&before)} <b>{rich(&strong)}</b> {rich(&after)}</p> }.into_any()
}

#[component]
pub fn Caveats() -> impl IntoView {
    let (planned, spread) = (planned(), evidence().spread);
    let headline = others().headline();
    let caveats = Memo::new(move || {
        let all = |question: &Question, plan: &Plan| {
            let of_draws = spread.with(|spread| spread.as_ref().and_then(words::draws_left_out));
            words::takes(question, plan)
                .into_iter()
                .chain(words::caveats(plan))
                .chain(headline.get())
                .chain(of_draws)
                .collect::<Vec<_>>()
        };
        planned.with(all).unwrap_or_default()
    });
    let refusal =
        move || planned.asked.refusal.get().map(|refusal| words::refusal(&refusal.message, &refusal.at));
    view! {
        <div class="caveats">
            {move || refusal().map(|text| view! { <p class="bad" role="status">{rich(&text)}</p> }.into_any())}
            {move || caveats.get().into_iter().map(caveat).collect_view().into_any()}
        </div>
    }
}
