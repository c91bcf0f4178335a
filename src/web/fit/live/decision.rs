//! What the fit decides: size, tokens and loss at a budget.

use leptos::prelude::*;

use super::shown::{Shown, shown};
use super::state::state;
use crate::units::{Unit, show};
use crate::web::fit::outcome::{Estimate, decision};
use crate::web::ui::lean::Memo;
use crate::web::ui::quantity_field::{Echo, EchoLine, QuantityInput};
use crate::web::words;

/// The rows of the decision, each with its budget; none while there is no plan for the budget that is typed.
pub fn decision_rows(shown: Shown) -> Vec<Estimate> {
    let Some((asked, plan)) = shown.plan.get() else { return Vec::new() };
    // The last good decision stays, and says which budget it is for.
    let flops = crate::units::read(&asked, Unit::Flops).map_or(0.0, |read| read.value);
    let at = show(flops, Unit::Flops).number();
    let named = |row: Estimate| Estimate { name: format!("{} at {at}", row.name), ..row };
    decision(&plan).into_iter().map(named).collect()
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
            (read, _) => Echo::of(read, words::budget_echo, |error| {
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
