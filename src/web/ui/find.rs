//! What is looked for, and the budget or what is given instead.

use leptos::prelude::*;

use super::choice_field::{Choice, ChoiceField};
use super::laws::laws;
use super::lean::Memo;
use super::plan::planned;
use super::quantity_field::{Echo, EchoLine, QuantityInput};
use super::question::Budget;
use super::store::store;
use crate::units::show;
use crate::web::budget;
use crate::web::find::{Aim, Find};
use crate::web::words;

#[component]
pub fn Finding() -> impl IntoView {
    let (store, planned) = (store(), planned());
    let find = Memo::new(move || store.with(|question| question.find));
    let aim = Memo::new(move || find.get().aim());
    let choose = move |key: String| {
        let Some(find) = Find::keyed(&key) else { return };
        let now = planned.plan.get_untracked();
        store.act(|question| {
            question.find = find;
            // A field that was never filled begins with what the plan has.
            if let Some(aim) = find.aim()
                && question.aims.text(aim).is_empty()
                && let Some(text) = now.as_ref().and_then(|plan| aim.of(plan))
            {
                question.aims.write(aim, text);
            }
        });
    };
    view! {
        <div class="field wide">
            <ChoiceField
                id="find"
                name="Find"
                choices=Memo::new(|| Find::ALL.map(|find| Choice::new(find.key(), find.name())).to_vec())
                chosen=Memo::new(move || find.get().key().to_owned())
                choose
                complaint=Memo::new(|| None)
            />
        </div>
        {move || match aim.get() {
            None => view! { <Budget/> }.into_any(),
            Some(aim) => view! { <AimField aim/> }.into_any(),
        }}
    }
}

/// What is given where no budget is.
#[component]
fn AimField(aim: Aim) -> impl IntoView {
    let store = store();
    let text = Memo::new(move || store.with(|question| question.aims.text(aim).to_owned()));
    let write = move |text| store.write(|question| question.aims.write(aim, text));
    // A loss is in the unit of the law.
    let laws = laws();
    let unit = Memo::new(move || {
        let of_law =
            || laws.chosen()?.outputs.first().map(|output| output.unit).filter(|unit| unit.is_loss());
        (aim == Aim::Loss).then(of_law).flatten().unwrap_or(aim.unit())
    });
    let echo = Memo::new(move || {
        store.with(|question| {
            let text = question.aims.text(aim);
            if text.trim().is_empty() {
                return Echo::Says(format!("Expected {}.", aim.expected()));
            }
            if question.find == Find::Dollars
                && let Err(missing) = budget::check_dollars(&question.limits)
            {
                return Echo::Complaint(words::complaint(&missing));
            }
            Echo::of(
                aim.read(text),
                |value| words::echo(value, unit.get()),
                |error| {
                    format!("{} The answer above is for the last one that was read.", words::complaint(error))
                },
            )
        })
    });
    let step = move |factor: f64| {
        let value = store.now(|question| aim.read(question.aims.text(aim)).ok())?.value;
        Some(show(value * factor, aim.unit()).number().replace('\u{a0}', " "))
    };
    view! {
        <div class="field wide">
            <div class="name"><label for="aim">{aim.name()}</label></div>
            <QuantityInput id="aim".to_owned() text echo write step/>
            <EchoLine of="aim".to_owned() echo write tall=true/>
        </div>
    }
}
