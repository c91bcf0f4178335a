//! The same question with other budgets.

use leptos::prelude::*;

use super::binds::Binds;
use super::costs::Costs;
use super::lean::Memo;
use super::pins::Pins;
use super::plan::planned;
use super::rich::rich;
use crate::web::words::{self, RUNGS};

#[component]
pub fn Ladder() -> impl IntoView {
    let planned = planned();
    let ladder = planned.ladder;
    let rented = Memo::new(move || planned.question.with(|question| question.as_ref()?.rented()));
    let row = move |(at, (name, _)): (usize, (&'static str, f64))| {
        let cell = move |column: usize| {
            ladder.with(|plans| {
                plans[at].as_ref().map(|plan| rich(&words::rung(plan, rented.get().as_ref())[column]))
            })
        };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="figure">{move || cell(0)}</td>
                <td class="figure">{move || cell(1)}</td>
                <td class="figure">{move || cell(2)}</td>
                <td class="figure">{move || cell(3)}</td>
            </tr>
        }
        .into_any()
    };
    view! {
        <section class="ladder" aria-label="Other budgets">
            <Binds/>
            <table>
                <thead>
                    <tr>
                        <th scope="col">"If the budget were"</th>
                        <th scope="col" class="figure">"Size"</th>
                        <th scope="col" class="figure">"Tokens"</th>
                        <th scope="col" class="figure">"Loss"</th>
                        <th scope="col" class="figure">"Dollars"</th>
                    </tr>
                </thead>
                <tbody>{RUNGS.into_iter().enumerate().map(row).collect_view()}</tbody>
            </table>
            <Pins/>
            <Costs/>
        </section>
    }
}
