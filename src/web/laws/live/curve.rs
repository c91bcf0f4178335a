//! The curve of a law along one of its inputs.

use std::sync::Arc;

use leptos::prelude::*;

use super::trial::{Outcome, Trial, Tried};
use crate::web::evaluator;
use crate::web::laws::plot::{self, Curve, Span, TITLE};
use crate::web::maths;
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
        let place = chosen(&trial, &over.get())?;
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
    let says = move || {
        if let Some(refusal) = asked.refusal.get() {
            return words::refusal(&refusal.message, &refusal.at);
        }
        let held = |along: &Along, _: &[Arc<str>]| {
            let point = along.trial.evaluation.point(&along.trial.law).unwrap_or_default();
            plot::held(&along.trial.law, along.over, &point)
        };
        asked.good(held).unwrap_or_default()
    };
    let notes = Memo::new(move || asked.good(|along, _| notes(along)).unwrap_or_default());
    view! {
        <Over tried over/>
        <Figure title=TITLE file="isoflop-law" says={(move || rich(&says())).into_any()} chart notes/>
    }
}

/// The place of the input that is chosen; of the last where there is none of that name.
fn chosen(trial: &Trial, over: &str) -> Option<usize> {
    let inputs = &trial.law.inputs;
    inputs.iter().position(|input| input.name == over).or_else(|| inputs.len().checked_sub(1))
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
        let selected = move || {
            over.with(|over| *over == own) || inputs.with(|inputs| no_other(inputs, &own, &over.get()))
        };
        view! { <option value=name prop:selected=selected>{shown}</option> }.into_any()
    };
    let choice = move || {
        let inputs = inputs.get();
        (inputs.len() > 1).then(|| {
            view! {
                <div class="field over">
                    <div class="name"><label for="over">"Plot against"</label></div>
                    <select id="over" autocomplete="off" on:change=move |event| over.set(event_target_value(&event))>
                        {inputs.into_iter().map(option).collect_view()}
                    </select>
                </div>
            }
            .into_any()
        })
    };
    view! { {move || choice()} }
}

/// The inputs: names, and what the list shows.
fn inputs(trial: &Trial) -> Vec<(String, String)> {
    let shown = |input: &VariableEntry| {
        let name = evaluator::name(input.unit, &input.counts);
        (input.name.clone(), format!("{name} {}", maths::plain(&input.name)).trim_start().to_owned())
    };
    trial.law.inputs.iter().map(shown).collect()
}

/// Whether an input is the last, which stands for a choice that is none of them.
fn no_other(inputs: &[(String, String)], own: &str, over: &str) -> bool {
    inputs.last().is_some_and(|(last, _)| last == own) && inputs.iter().all(|(name, _)| name != over)
}
