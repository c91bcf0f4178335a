//! What the fit decides: size, tokens and loss at a budget.

use leptos::prelude::*;

use super::shown::{Shown, shown};
use super::state::state;
use crate::units::{Unit, read};
use crate::web::fit::outcome::{Estimate, decision};
use crate::web::ui::lean::Memo;
use crate::web::ui::quantity_field::{Echo, EchoLine, QuantityInput};
use crate::web::words;

/// The budget and the rows of the decision; nothing before there is a plan. The last good one stays, and says which
/// budget it is for.
pub fn decision_rows(shown: Shown) -> Option<(String, Vec<Estimate>)> {
    let (asked, plan) = shown.plan.get()?;
    let budget = read(&asked, Unit::Flops).ok()?.shown().to_string();
    Some((budget, decision(&plan)))
}

#[component]
pub fn Budget() -> impl IntoView {
    let (state, shown) = (state(), shown());
    let text = Memo::new(move || state.study.with(|study| study.budget.clone()));
    let write = move |text| state.write(|study| study.budget = text);
    let echo = Memo::new(move || {
        let read = state.study.with(crate::web::fit::study::Study::budget);
        match (read, shown.refusal()) {
            (Ok(_), Some(refusal)) => Echo::Complaint(format!("There is no plan by this fit. {refusal}")),
            (read, _) => Echo::of(read, words::flops_echo, |error| {
                format!(
                    "{} The decision above is for the last budget that was read.",
                    words::complaint(error)
                )
            }),
        }
    });
    let step = move |factor: f64| {
        let budget = state.study.with_untracked(crate::web::fit::study::Study::budget).ok()?.value;
        Some(format!("{:.2e} FLOPs", budget * factor))
    };
    view! {
        <div class="field budget">
            <div class="name"><label for="budget">"Budget of the decision"</label></div>
            <QuantityInput id="budget".to_owned() text echo write step/>
            <EchoLine of="budget".to_owned() echo write tall=true/>
        </div>
    }
}
