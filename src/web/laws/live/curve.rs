//! The curve of a law along one of its inputs.

use std::sync::Arc;

use leptos::prelude::*;

use super::trial::{Outcome, Trial, Tried};
use crate::web::laws::plot::{self, Curve, Span, TITLE};
use crate::web::reading::{VariableEntry, read_values};
use crate::web::ui::asked::asked_once;
use crate::web::ui::figure::Figure;
use crate::web::ui::lean::{Memo, RwSignal};
use crate::web::ui::rich::rich;
use crate::web::words;

/// What is drawn: a trial along an input.
#[derive(Clone, Debug, PartialEq)]
struct Along {
    trial: Trial,
    over: usize,
    span: Span,
}

#[component]
pub fn CurveFigure(tried: Tried, outcome: Outcome, over: RwSignal<String>) -> impl IntoView {
    let along = Memo::new(move || {
        let trial = tried.get()?;
        let inputs = trial.law.inputs.iter().map(|input| &*input.name);
        let place = place(inputs, &over.get())?;
        let variable = &trial.law.inputs[place];
        let at = trial.evaluation.point(&trial.law)?[place];
        let runs = plot::runs(trial.evaluation.fit_of(&trial.law), variable);
        let span = Span::of(variable, runs, at);
        Some(Along { over: place, span, trial })
    });
    let asked = asked_once(move || {
        let along = along.get()?;
        let Along { trial, over, span } = &along;
        let question = trial.evaluation.question_along(&trial.law, *over, &span.points())?;
        Some((along, vec![question]))
    });
    let chart = Memo::new(move || {
        let read = |along: &Along, answers: &[Arc<str>]| chart(along, &answers[0], outcome);
        asked.good(read).flatten().map(Arc::new)
    });
    let held = move || {
        if let Some(refusal) = asked.refusal.get() {
            return format!(". {}", words::refusal(&refusal.message, &refusal.at));
        }
        let held = |along: &Along, _: &[Arc<str>]| {
            let point = along.trial.evaluation.point(&along.trial.law).unwrap_or_default();
            plot::held(&along.trial.law, along.over, &point)
        };
        asked.good(held).unwrap_or_default()
    };
    let says = view! { "Plot against " <Over tried over/> {move || rich(&held())} }.into_any();
    let notes = Memo::new(move || asked.good(|along, _| notes(along)).unwrap_or_default());
    view! { <Figure title=TITLE file="isoflop-law" says chart notes/> }
}

fn chart(along: &Along, answer: &str, outcome: Outcome) -> Option<crate::figure::Chart> {
    let Along { trial, over, span } = along;
    let variable = &trial.law.inputs[*over];
    let values = read_values(answer)?;
    let at = trial.evaluation.point(&trial.law)?[*over];
    plot::chart(&Curve {
        over: variable,
        output: trial.law.outputs.first()?,
        span: *span,
        values: &values,
        runs: plot::runs(trial.evaluation.fit_of(&trial.law), variable),
        at: outcome.value_at(trial).map(|value| (at, value)),
    })
}

/// What a saved picture shows.
fn notes(along: &Along) -> Vec<String> {
    let law = &along.trial.law;
    let fit = along.trial.evaluation.fit_of(law).map(|fit| fit.name.clone());
    [law.name.clone()].into_iter().chain(fit).filter(|note| !note.is_empty()).collect()
}

/// The choice of the input, where there are several.
#[component]
fn Over(tried: Tried, over: RwSignal<String>) -> impl IntoView {
    let inputs = Memo::new(move || tried.with(|trial| trial.as_ref().map(inputs)).unwrap_or_default());
    let option = move |(name, shown): (String, String)| {
        let own = name.clone();
        let selected = move || inputs.with(|inputs| is_chosen(inputs, &own, &over.get()));
        view! { <option value=name prop:selected=selected>{shown}</option> }.into_any()
    };
    let choice = move || match inputs.get().as_slice() {
        [] => ().into_any(),
        [(_, only)] => only.clone().into_any(),
        several => view! {
            <select
                id="over"
                aria-label="Plot against"
                autocomplete="off"
                on:change=move |event| over.set(event_target_value(&event))
            >
                {several.iter().cloned().map(option).collect_view()}
            </select>
        }
        .into_any(),
    };
    view! { {move || choice()} }
}

/// The inputs: names, and what the list shows.
fn inputs(trial: &Trial) -> Vec<(String, String)> {
    let shown = |input: &VariableEntry| (input.name.clone(), plot::phrase(input));
    trial.law.inputs.iter().map(shown).collect()
}

/// Whether an input is the one along which the law is drawn.
fn is_chosen(inputs: &[(String, String)], own: &str, over: &str) -> bool {
    let place = place(inputs.iter().map(|(name, _)| &**name), over);
    place.and_then(|place| inputs.get(place)).is_some_and(|(name, _)| name == own)
}

/// The place of the input that is chosen; of the first where there is none of that name.
fn place<'a>(mut inputs: impl Iterator<Item = &'a str> + Clone, over: &str) -> Option<usize> {
    let some = inputs.clone().next().map(|_| 0);
    inputs.position(|name| name == over).or(some)
}
