//! What the plan errs at on downstream tasks, once that is wanted.

use leptos::prelude::*;

use super::asked::{Asked, asked_once};
use super::laws::laws;
use super::lean::Memo;
use super::opened::Opened;
use super::plan::planned;
use super::rich::rich;
use super::wide_table::{Column, WideTable};
use crate::units::decimals;
use crate::web::downstream::{self, CONVERSION, ERROR, FITS, LOSS, Row};

#[component]
pub fn Downstream() -> impl IntoView {
    let verbs = ["The error on downstream tasks", "Hide the error on tasks"];
    view! { <Opened id="downstream" title="Downstream error" verbs body=|| view! { <Says/> }.into_any()/> }
}

/// The values of every fit at what they are asked for, if that is still what it was.
fn values<T: PartialEq + 'static>(asked: Asked<T>, now: Option<&T>) -> Option<Vec<Option<f64>>> {
    let all =
        |answers: &[std::sync::Arc<str>]| answers.iter().map(|answer| downstream::value(answer)).collect();
    asked
        .good(|about, answers| (Some(about) == now).then(|| all(answers)))
        .flatten()
        .filter(|_| asked.refusal.with(Option::is_none))
}

#[component]
fn Says() -> impl IntoView {
    let (planned, laws) = (planned(), laws());
    let loss = Memo::new(move || planned.plan.with(|plan| downstream::loss(plan.as_ref()?)));
    let point = Memo::new(move || planned.plan.with(|plan| downstream::size_and_tokens(plan.as_ref()?)));
    let errors = asked_once(move || {
        let loss = loss.get()?;
        Some((loss, FITS.iter().map(|of| of.error(loss)).collect()))
    });
    let losses = asked_once(move || {
        let point = point.get()?;
        Some((point, FITS.iter().map(|of| of.loss(point)).collect()))
    });
    let there =
        Memo::new(move || values(losses, point.get().as_ref())?.into_iter().collect::<Option<Vec<f64>>>());
    let errors_there = asked_once(move || {
        let there = there.get()?;
        let questions = FITS.iter().zip(&there).map(|(of, loss)| of.error(*loss)).collect();
        Some((there, questions))
    });
    let rows = Memo::new(move || {
        let (error, loss) = (values(errors, loss.get().as_ref()), there.get());
        let error_there = values(errors_there, loss.as_ref());
        let of = |values: &Option<Vec<Option<f64>>>, at: usize| values.as_ref().and_then(|all| all[at]);
        let row = |(at, each): (usize, &downstream::Of)| Row {
            of: *each,
            error: of(&error, at),
            loss: loss.as_ref().map(|all| all[at]),
            error_there: of(&error_there, at),
        };
        FITS.iter().enumerate().map(row).collect::<Vec<Row>>()
    });
    let data = Memo::new(move || laws.fit().map(|fit| fit.data).unwrap_or_default());
    let caveat = move || {
        let law = planned.question.with(|question| question.as_ref().map(|question| question.law.clone()));
        downstream::caveat(&law.unwrap_or_default(), &data.get())
    };
    let columns = || {
        let figures = ["Tasks", "Error at the plan's loss", "Loss on C4", "Error at that"];
        std::iter::once(Column::words("Trained on")).chain(figures.map(Column::figure)).collect()
    };
    let shown = move || rows.get().into_iter().map(row).collect();
    view! {
        <p class="echo" aria-live="polite">{move || rows.with(|rows| downstream::spread(rows, loss.get()))}</p>
        <WideTable name="Downstream error by published fit" class="errors" columns rows=shown/>
        <p class="note">
            "Top-1 error averaged over tasks, by "
            <a href=format!("./laws/{ERROR}/")>"Gadre 2024"</a>
            "; guessing errs at 0.81 over the 17 tasks and at 0.75 over the 46. "
            {move || caveat()}
            " The loss on C4 is what "
            <a href=format!("./laws/{LOSS}/")>"the same paper's law"</a>
            " says of size and tokens, fitted to models of up to 412 M parameters. A loss is carried from one data set to another by "
            <a href=format!("./laws/{CONVERSION}/")>"loss-to-loss prediction"</a>
            "; its constants take pairs of runs of your own, since none ship."
        </p>
    }
}

fn row(row: Row) -> AnyView {
    let number = |value: Option<f64>| rich(&value.map(|value| decimals(value, 3)).unwrap_or_default());
    view! {
        <tr>
            <th scope="row">{row.of.data}</th>
            <td class="figure">{row.of.tasks.to_string()}</td>
            <td class="figure">{number(row.error)}</td>
            <td class="figure">{number(row.loss)}</td>
            <td class="figure">{number(row.error_there)}</td>
        </tr>
    }
    .into_any()
}
