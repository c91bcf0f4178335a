//! The learning rate over the tokens of the plan, at the peak of one law.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::asked::asked;
use super::super::figure::Figure;
use super::super::lean::Memo;
use super::super::plan::planned;
use super::super::rich::rich;
use super::one_law::OneLaw;
use crate::web::hyper::Row;
use crate::web::hyper::schedule::{self, SHAPES, Shape, TITLE};
use crate::web::words;

#[component]
pub fn Schedule(rows: Memo<Vec<Row>>) -> impl IntoView {
    let planned = planned();
    let law = OneLaw::of(rows, schedule::is_enough);
    let run = Memo::new(move || {
        law.read(|row| planned.plan.with(|plan| schedule::Schedule::of(plan.as_ref()?, row)))
    });
    let asked = asked(move || {
        let run = run.get()?;
        let questions = run.questions();
        Some((run, questions))
    });
    let chart = Memo::new(move || {
        let now = run.get()?;
        asked.good(|run, answers| if *run == now { run.chart(answers) } else { None }).flatten().map(Arc::new)
    });
    let says = move || run.with(|run| run.as_ref().map(schedule::Schedule::says).unwrap_or_default());
    let notes = Memo::new(move || {
        planned.question.with(|question| question.as_ref().and_then(words::lead)).into_iter().collect()
    });
    let source = |shape: &Shape| {
        view! { <li><a href=format!("./laws/{}/", shape.law)>{rich(&shape.shown())}</a> ", " {shape.says}</li> }
            .into_any()
    };
    view! {
        <div class="schedule">
            {law.field("schedule-law", "Peak and batch by")}
            <Figure title=TITLE file="learning-rate" says=(move || rich(&says())).into_any() chart notes/>
            <ul class="note">{SHAPES.iter().map(source).collect_view()}</ul>
        </div>
    }
}
