//! The learning rate over the tokens of the plan, at the peak of one law.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::asked::asked;
use super::super::choice_field::{Choice, ChoiceField};
use super::super::figure::Figure;
use super::super::lean::{Memo, RwSignal};
use super::super::plan::planned;
use super::super::rich::rich;
use crate::web::hyper::Row;
use crate::web::hyper::schedule::{self, SHAPES, Shape, TITLE};
use crate::web::words;

#[component]
pub fn Schedule(rows: Memo<Vec<Row>>) -> impl IntoView {
    let planned = planned();
    let picked = RwSignal::new(String::new());
    let choices = Memo::new(move || {
        let enough = |row: &&Row| schedule::is_enough(row);
        let choice = |row: &Row| Choice::new(row.id, &row.name);
        rows.with(|rows| rows.iter().filter(enough).map(choice).collect::<Vec<_>>())
    });
    // A law that says nothing here gives way to the first that does.
    let chosen = Memo::new(move || {
        let picked = picked.get();
        choices.with(|choices| {
            let own = choices.iter().find(|choice| choice.value == picked);
            own.or(choices.first()).map(|choice| choice.value.clone()).unwrap_or_default()
        })
    });
    let run = Memo::new(move || {
        let chosen = chosen.get();
        rows.with(|rows| {
            let row = rows.iter().find(|row| row.id == chosen)?;
            planned.plan.with(|plan| schedule::Schedule::of(plan.as_ref()?, row))
        })
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
            <ChoiceField
                id="schedule-law"
                name="Peak and batch by"
                choices
                chosen
                choose=move |id| picked.set(id)
                complaint=Memo::new(|| None)
            />
            <Figure title=TITLE file="learning-rate" says=(move || rich(&says())).into_any() chart notes/>
            <ul class="note">{SHAPES.iter().map(source).collect_view()}</ul>
        </div>
    }
}
