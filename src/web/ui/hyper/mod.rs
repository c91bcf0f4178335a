//! Hyper-parameters at the plan, once they are wanted.

mod bands;
mod critical;
mod one_law;
mod schedule;

use leptos::prelude::*;

use super::asked::{Asked, asked_once};
use super::lean::Memo;
use super::opened::Opened;
use super::plan::planned;
use super::quantity_field::{Echo, EchoLine, QuantityInput};
use super::rich::rich;
use super::store::store;
use super::wide_table::{Column, WideTable};
use crate::units::{Unit, show, whole};
use crate::web::hyper::{self, Decayed, LAWS, Row};
use crate::web::limit::{self, Limit, Limited, USUAL_CONTEXT};
use crate::web::reading::{LawEntry, Plan, read_laws};
use crate::web::words;
use bands::Bands;
use critical::Critical;
use schedule::Schedule;

#[component]
pub fn Hyper() -> impl IntoView {
    let verbs = ["What laws say of this plan", "Hide what laws say"];
    view! { <Opened id="hyper" title="Learning rate and batch" verbs body=|| view! { <Says/> }.into_any()/> }
}

#[component]
fn Says() -> impl IntoView {
    let (store, plan) = (store(), planned().plan);
    let about = asked_once(|| Some(((), vec![hyper::about()])));
    let laws = Memo::new(move || about.good(|(), answers| read_laws(&answers[0])).unwrap_or_default());
    let rows = rows(plan, laws);
    let context = Memo::new(move || store.with(|question| limit::context(&question.limits)));
    let of_decay =
        move || laws.with(|laws| plan.with(|plan| hyper::of_decay(plan.as_ref()?, laws))).unwrap_or_default();
    let columns = move || {
        vec![
            Column::words("Law"),
            Column::figure("Peak learning rate"),
            Column::figure("Tokens of a step"),
            Column::figure(hyper::sequences_of(context.get())),
            Column::figure("Weight decay"),
            Column::read("Read at"),
        ]
    };
    let shown = move || rows.get().into_iter().map(|each| row(each, context.get())).collect();
    view! {
        <p class="echo" aria-live="polite">{move || rich(&rows.with(|rows| hyper::spread(rows)))}</p>
        <Context/>
        <WideTable name="Learning rate and batch by law" class="hyper" columns rows=shown/>
        <p class="note">
            "Weight decay is by "
            <a href=format!("./laws/{}/", hyper::DECAY)>"Power Lines"</a>
            {move || of_decay()}
        </p>
        <Bands/>
        <Schedule rows/>
        <Critical rows/>
    }
}

/// What each law says, with the weight decay at its rate and batch.
fn rows(plan: Memo<Option<Plan>>, laws: Memo<Vec<LawEntry>>) -> Memo<Vec<Row>> {
    let question =
        move |at: usize| laws.with(|laws| plan.with(|plan| hyper::question(plan.as_ref()?, laws.get(at)?)));
    let asked: Vec<Asked<()>> =
        (0..LAWS.len()).map(|at| asked_once(move || Some(((), vec![question(at)?])))).collect();
    let rows = Memo::new(move || {
        let said = |(at, asked): (usize, &Asked<()>)| {
            let (can, refused) = (question(at).is_some(), asked.refusal.with(Option::is_some));
            let answer = asked.good(|(), answers| answers[0].clone()).filter(|_| can && !refused);
            laws.with(|laws| plan.with(|plan| hyper::row(at, plan.as_ref()?, laws, answer.as_deref())))
        };
        asked.iter().enumerate().filter_map(said).collect::<Vec<Row>>()
    });
    let of = move |at: usize| rows.with(|rows| plan.with(|plan| rows.get(at)?.decayed(plan.as_ref()?)));
    let decays: Vec<Asked<Decayed>> = (0..LAWS.len())
        .map(|at| {
            asked_once(move || {
                let of = of(at)?;
                Some((of, vec![hyper::decay_question(&of)]))
            })
        })
        .collect();
    Memo::new(move || {
        let decayed = |(at, row): (usize, Row)| {
            let now = of(at);
            let decay = decays[at]
                .good(|about, answers| if Some(*about) == now { hyper::decay(&answers[0]) } else { None })
                .flatten();
            Row { decay, ..row }
        };
        rows.get().into_iter().enumerate().map(decayed).collect::<Vec<Row>>()
    })
}

/// The tokens of a sequence, which the shape has too.
#[component]
fn Context() -> impl IntoView {
    const ID: &str = "hyper-context";
    let store = store();
    let said = Memo::new(move || {
        store.with(|question| question.limits.iter().find(|limit| limit.on == Limited::Context).cloned())
    });
    let text = Memo::new(move || {
        said.with(|said| said.as_ref().map_or(USUAL_CONTEXT.to_string(), |said| said.text.clone()))
    });
    let echo = Memo::new(move || match said.with(|said| said.as_ref().and_then(Limit::read)) {
        Some(Err(mistake)) => {
            let taken = whole(USUAL_CONTEXT);
            Echo::Complaint(format!("{} Meanwhile {taken} are taken.", words::complaint(&mistake)))
        }
        _ => Echo::Says(String::new()),
    });
    let write = move |text: String| {
        store.write(|question| match question.limits.iter_mut().find(|limit| limit.on == Limited::Context) {
            Some(said) => said.text = text,
            None => question.limits.push(Limit { on: Limited::Context, text }),
        });
    };
    // Contexts are powers of two.
    let step = move |factor: f64| {
        let factor = if factor > 1.0 { 2.0 } else { 0.5 };
        Some((factor * store.now(|question| limit::context(&question.limits))).to_string())
    };
    view! {
        <div class="field context">
            <div class="name"><label for=ID>"Tokens of a sequence"</label></div>
            <QuantityInput id=ID.to_owned() text echo write step/>
            <EchoLine of=ID.to_owned() echo write/>
        </div>
    }
}

fn row(row: Row, context: f64) -> AnyView {
    let nothing = row.rate.or(row.batch).is_none();
    let number = |value: Option<f64>, unit| value.map(|value| show(value, unit).number()).unwrap_or_default();
    let rate = if nothing { "means nothing here".to_owned() } else { number(row.rate, Unit::One) };
    let batch = number(row.batch, Unit::Tokens);
    let sequences = row.sequences(context).unwrap_or_default();
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
            <td class="figure">{sequences}</td>
            <td class="figure">{number(row.decay, Unit::One)}</td>
            <td class="faint read">{row.read_at}</td>
        </tr>
    }
    .into_any()
}
