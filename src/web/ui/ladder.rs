//! The same question with other budgets.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::binds::Binds;
use super::costs::Costs;
use super::lean::{Memo, RwSignal};
use super::pins::Pins;
use super::plan::planned;
use super::rich::rich;
use super::working::Working;
use crate::web::reading::Plan;
use crate::web::words::{self, COLUMNS, RUNGS, What};

#[component]
pub fn Ladder() -> impl IntoView {
    let planned = planned();
    let (ladder, none) = (planned.ladder, planned.none());
    let rented = Memo::new(move || planned.question.with(|question| question.as_ref()?.rented()));
    let open = RwSignal::new(None::<(usize, What)>);
    // What is served has no price of its own.
    let unpriced = Memo::new(move || {
        let priced = |plan: &Option<Plan>| {
            plan.as_ref().is_none_or(|plan| words::dollars(plan, rented.get().as_ref()).is_some())
        };
        ladder.with(|plans| !plans.iter().any(priced))
    });
    let number = move |at: usize, column: usize| {
        let what = COLUMNS[column];
        let this = Some((at, what));
        let cell = Memo::new(move || {
            let cells = |plan: &Plan| words::rung(plan, rented.get().as_ref());
            ladder
                .with(|plans| plans[at].as_ref().map(|plan| cells(plan)[column].clone()).unwrap_or_default())
        });
        let press = move |_| open.update(|open| *open = if *open == this { None } else { this });
        view! {
            <td class="figure" hidden=move || what == What::Dollars && unpriced.get()>
                <button
                    type="button"
                    class="rung"
                    hidden=move || cell.with(String::is_empty)
                    aria-expanded=move || (open.get() == this).to_string()
                    on:click=press
                >
                    {move || cell.with(|cell| rich(cell))}
                </button>
            </td>
        }
        .into_any()
    };
    let row = move |(at, (name, _)): (usize, (&'static str, f64))| {
        let numbers = (0..COLUMNS.len()).map(move |column| number(at, column));
        view! {
            <tr>
                <th scope="row">{name}</th>
                {numbers.collect_view()}
            </tr>
        }
        .into_any()
    };
    let plan = Memo::new(move || ladder.with(|plans| plans[open.get()?.0].clone()));
    let question = Memo::new(move || {
        let (at, _) = open.get()?;
        let budget = planned.spent()? * RUNGS[at].1;
        planned.question.with(|question| Some(question.as_ref()?.with_budget(budget)))
    });
    let what = Memo::new(move || open.get().map(|(_, what)| what));
    let close = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            open.set(None);
        }
    };
    view! {
        <section class="ladder" aria-label="Other budgets" on:keydown=close>
            <Binds/>
            <table hidden=move || none.get()>
                <thead>
                    <tr>
                        <th scope="col">"If the budget were"</th>
                        <th scope="col" class="figure">"Size"</th>
                        <th scope="col" class="figure">"Tokens"</th>
                        <th scope="col" class="figure">"Loss"</th>
                        <th scope="col" class="figure" hidden=move || unpriced.get()>"Dollars"</th>
                    </tr>
                </thead>
                <tbody>{RUNGS.into_iter().enumerate().map(row).collect_view()}</tbody>
            </table>
            <Working id="rung" open=what question plan/>
            <Pins/>
            <Costs/>
        </section>
    }
}
