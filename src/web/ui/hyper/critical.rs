//! What a larger batch buys, by the critical batch of one law.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::asked::asked;
use super::super::figure::Figure;
use super::super::lean::Memo;
use super::super::plan::planned;
use super::super::rich::rich;
use super::super::wide_table::{Column, WideTable, figures};
use super::one_law::OneLaw;
use crate::web::hyper::Row;
use crate::web::hyper::critical::{About, Pace, TITLE, TRADE_OFF};
use crate::web::words;

/// What stands over the columns that there always are.
const HEADS: [&str; 5] = ["Tokens of a step", "Steps", "Tokens", "Training FLOPs", "Of the plan's"];

#[component]
pub fn Critical(rows: Memo<Vec<Row>>) -> impl IntoView {
    let planned = planned();
    let law = OneLaw::of(rows, |row| row.critical && row.batch.is_some());
    let about = Memo::new(move || law.read(|row| planned.plan.with(|plan| About::of(plan.as_ref()?, row))));
    let asked = asked(move || {
        let about = about.get()?;
        let question = about.question();
        Some((about, vec![question]))
    });
    let points = Memo::new(move || {
        let now = about.get()?;
        asked.good(|about, answers| if *about == now { about.points(&answers[0]) } else { None }).flatten()
    });
    let chart = Memo::new(move || {
        let (about, points) = (about.get()?, points.get()?);
        about.chart(&points).map(Arc::new)
    });
    let pace = Memo::new(move || planned.question.with(|question| Pace::of(question.as_ref()?)));
    let said = move || Some(about.get()?.rows(&points.get()?, pace.get()));
    let shown = move || said().unwrap_or_default().into_iter().map(row).collect();
    let says = move || about.with(|about| about.as_ref().map(About::says).unwrap_or_default());
    let notes = Memo::new(move || {
        planned.question.with(|question| question.as_ref().and_then(words::lead)).into_iter().collect()
    });
    let columns = move || {
        let of_pace = pace.get().map(|pace| pace.heads()).into_iter().flatten();
        let figures = HEADS.map(str::to_owned).into_iter().chain(of_pace).map(Column::figure);
        std::iter::once(Column::words("Batch")).chain(figures).collect()
    };
    view! {
        <div class="schedule">
            {law.field("critical-law", "Critical batch by")}
            <Figure title=TITLE file="time-against-compute" says=(move || rich(&says())).into_any() chart notes/>
        </div>
        <WideTable name="Steps and compute by batch" class="fits" columns rows=shown/>
        <p class="note">
            "By the "
            <a href=format!("./laws/{TRADE_OFF}/")>"trade of tokens for steps"</a>
            ". Set a deadline, or a number of devices, to have it in devices, days and seconds of a step."
        </p>
    }
}

fn row(cells: Vec<String>) -> AnyView {
    let mut cells = cells.into_iter();
    figures(&cells.next().unwrap_or_default(), cells)
}
