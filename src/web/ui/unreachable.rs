//! A loss that no plan reaches: the nearest round one that some plan does, and what that takes.

use leptos::prelude::*;

use super::asked::asked;
use super::lean::Memo;
use super::plan::planned;
use super::quantity_field::focus;
use super::rich::rich;
use super::store::store;
use crate::units::{Unit, show};
use crate::web::find::{Aim, Find};
use crate::web::question::Question;
use crate::web::reading::Plan;
use crate::web::words;

#[component]
pub fn Unreachable() -> impl IntoView {
    let (store, planned) = (store(), planned());
    let near = Memo::new(move || planned.plan.with(|plan| words::near_floor(plan.as_ref()?.floor?)));
    let with_near = move || -> Option<(Question, String)> {
        let near = near.get()?;
        let mut question = planned.question.get()?;
        question.aims.write(Aim::Loss, near.clone());
        question.find.aim().filter(|aim| *aim == Aim::Loss).map(|_| (question, near))
    };
    let asked = asked(move || {
        let (question, near) = with_near()?;
        Some((near, vec![question.allocate()?]))
    });
    let line = move || {
        let (question, near) = with_near()?;
        let plan =
            asked.good(|about, answers| if *about == near { Plan::read(&answers[0]) } else { None })??;
        let unit = if question.find == Find::Dollars { Unit::Dollars } else { Unit::Flops };
        let takes = show(plan.least?, unit);
        let take = {
            let near = near.clone();
            move |_| {
                store.act(|question| question.aims.write(Aim::Loss, near.clone()));
                focus("aim");
            }
        };
        let back = move |_| {
            store.act(|question| question.find = Find::Loss);
            focus("find");
        };
        Some(
            view! {
                <div class="caveats">
                    <p>{rich(&format!("A loss of {near} would take {takes}."))}</p>
                </div>
                <p class="acts">
                    <button type="button" class="act" on:click=take>{format!("Aim at {near}")}</button>
                    <button type="button" class="act" on:click=back>"Find the lowest loss within a budget"</button>
                </p>
            }
            .into_any(),
        )
    };
    move || line()
}
