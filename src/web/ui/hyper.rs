//! Learning rate and batch at the plan, once they are wanted.

use leptos::prelude::*;

use super::asked::{Asked, asked_once};
use super::lean::Memo;
use super::opened::Opened;
use super::plan::planned;
use super::rich::rich;
use crate::units::{Unit, show};
use crate::web::hyper::{self, LAWS, Row};
use crate::web::reading::read_laws;

#[component]
pub fn Hyper() -> impl IntoView {
    let verbs = ["What laws say of this plan", "Hide what laws say"];
    view! { <Opened id="hyper" title="Learning rate and batch" verbs body=|| view! { <Says/> }.into_any()/> }
}

#[component]
fn Says() -> impl IntoView {
    let plan = planned().plan;
    let about = asked_once(|| Some(((), vec![hyper::about()])));
    let asked: Vec<_> = (0..LAWS.len())
        .map(|at| {
            asked_once(move || plan.with(|plan| Some(((), vec![hyper::question(plan.as_ref()?, at)?]))))
        })
        .collect();
    let rows = Memo::new(move || {
        let entries = about.good(|(), answers| read_laws(&answers[0])).unwrap_or_default();
        let said = |(at, asked): (usize, &Asked<()>)| {
            let can = plan.with(|plan| plan.as_ref().is_some_and(|plan| hyper::question(plan, at).is_some()));
            let refused = asked.refusal.with(Option::is_some);
            let answer = asked.good(|(), answers| answers[0].clone()).filter(|_| can && !refused);
            hyper::row(at, &entries, answer.as_deref())
        };
        asked.iter().enumerate().filter_map(said).collect::<Vec<_>>()
    });
    view! {
        <p class="echo" aria-live="polite">{move || rich(&rows.with(|rows| hyper::spread(rows)))}</p>
        <div class="scroll" role="region" aria-label="Learning rate and batch by law" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Law"</th>
                        <th scope="col" class="figure">"Peak learning rate"</th>
                        <th scope="col" class="figure">"Tokens of a step"</th>
                    </tr>
                </thead>
                <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn row(row: Row) -> AnyView {
    let nothing = row.rate.or(row.batch).is_none();
    let number = |value: Option<f64>, unit| value.map(|value| show(value, unit).number()).unwrap_or_default();
    let rate = if nothing { "means nothing here".to_owned() } else { number(row.rate, Unit::One) };
    let batch = number(row.batch, Unit::Tokens);
    let critical = if row.critical { " critical" } else { "" };
    view! {
        <tr>
            <th scope="row">
                <a href=format!("./laws/{}/", row.id)>{row.name}</a>
                " "
                <span class="faint">{row.fit}</span>
            </th>
            <td class="figure">{rich(&rate)}</td>
            <td class="figure">{rich(&batch)} <span class="faint">{critical}</span></td>
        </tr>
    }
    .into_any()
}
