//! The same question with other budgets.

use leptos::prelude::*;

use super::binds::Binds;
use super::costs::Costs;
use super::plan::planned;
use super::rich::rich;
use crate::web::words::{self, RUNGS};

#[component]
pub fn Ladder() -> impl IntoView {
    let ladder = planned().ladder;
    let row = move |(at, (name, _)): (usize, (&'static str, f64))| {
        let cell = move |column: usize| {
            ladder.with(|plans| plans[at].as_ref().map(|plan| rich(&words::rung(plan)[column])))
        };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="figure">{move || cell(0)}</td>
                <td class="figure">{move || cell(1)}</td>
                <td class="figure">{move || cell(2)}</td>
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
                    </tr>
                </thead>
                <tbody>{RUNGS.into_iter().enumerate().map(row).collect_view()}</tbody>
            </table>
            <Costs/>
        </section>
    }
}
