//! The curve of a law along one of its inputs.

use std::sync::Arc;

use leptos::prelude::*;

use super::trial::{Outcome, Trial, Tried};
use crate::figure::Chart;
use crate::web::laws::plot::{self, Curve, Span, TITLE, WAITS};
use crate::web::laws::reach::{Missing, Reach, by_usual, reach};
use crate::web::reading::VariableEntry;
use crate::web::ui::figure::Figure;
use crate::web::ui::in_turn::asked_in_turn;
use crate::web::ui::lean::{Memo, RwSignal};
use crate::web::ui::rich::rich;
use crate::web::words;

/// What is drawn: a trial along an input, and how far it goes.
#[derive(Clone, Debug, PartialEq)]
struct Along {
    trial: Trial,
    over: usize,
    reach: Reach,
    /// What the usual fit says there, where another is chosen.
    usual: Option<Vec<f64>>,
}

#[component]
pub fn CurveFigure(tried: Tried, outcome: Outcome, over: RwSignal<String>) -> impl IntoView {
    let asked = asked_in_turn(move |ask| {
        let trial = tried.get().ok_or(Missing::Unheard)?;
        let inputs = trial.law.inputs.iter().map(|input| &*input.name);
        let over = place(inputs, &over.get()).ok_or(Missing::Unheard)?;
        let variable = &trial.law.inputs[over];
        let at = trial.evaluation.point(&trial.law).ok_or(Missing::Unheard)?[over];
        let span = Span::of(variable, plot::runs(trial.evaluation.fit_of(&trial.law), variable), at);
        let reach = reach(&trial.law, &trial.evaluation, over, span, ask)?;
        let usual = by_usual(&trial.law, &trial.evaluation, over, reach.span, ask)?;
        Ok(Along { trial, over, reach, usual })
    });
    let good = asked.good;
    let chart = Memo::new(move || {
        good.with(|along| along.as_ref().and_then(|along| chart(along, outcome)).map(Arc::new))
    });
    let held = move || {
        if let Some(refusal) = asked.refusal.get() {
            return format!(". {}", words::refusal(&refusal.message, &refusal.at));
        }
        let held = |along: &Along| {
            let Along { trial, over, reach, .. } = along;
            let point = trial.evaluation.point(&trial.law).unwrap_or_default();
            let usual = along.usual().map(|(fit, _)| format!(" In grey, {fit}.")).unwrap_or_default();
            plot::held(&trial.law, *over, &point, reach) + &usual
        };
        good.with(|along| along.as_ref().map(held)).unwrap_or_default()
    };
    let waits = Memo::new(move || {
        good.with(Option::is_none) && asked.refusal.with(Option::is_none) && !is_answered(tried)
    });
    // While the law has a mistake, those of the one that is still drawn.
    let inputs = Memo::new(move || {
        let now = tried.with(|trial| trial.as_ref().map(inputs));
        let drawn = || good.with(|along| along.as_ref().map(|along| inputs(&along.trial)));
        now.or_else(drawn).unwrap_or_default()
    });
    let says = move || {
        if waits.get() {
            return WAITS.into_any();
        }
        view! { "Plot against " <Over inputs over/> {move || rich(&held())} }.into_any()
    };
    let notes = Memo::new(move || good.with(|along| along.as_ref().map(notes)).unwrap_or_default());
    let blank = move || chart.with(Option::is_none);
    view! {
        <div class="curve" class:blank=blank>
            <Figure title=TITLE file="isoflop-law" says=view! { {move || says()} }.into_any() chart notes/>
        </div>
    }
}

/// Whether every field has a value, so that an answer will come.
fn is_answered(tried: Tried) -> bool {
    tried.with(|trial| {
        trial.as_ref().is_some_and(|Trial { law, evaluation }| evaluation.question(law).is_some())
    })
}

impl Along {
    /// What the usual fit is called, and says, where another is chosen.
    fn usual(&self) -> Option<(&str, &[f64])> {
        Some((&self.trial.law.fits.first()?.name, self.usual.as_deref()?))
    }
}

fn chart(along: &Along, outcome: Outcome) -> Option<Chart> {
    let Along { trial, over, reach, .. } = along;
    let variable = &trial.law.inputs[*over];
    let at = trial.evaluation.point(&trial.law)?[*over];
    plot::chart(&Curve {
        over: variable,
        output: trial.law.outputs.first()?,
        reach,
        runs: plot::runs(trial.evaluation.fit_of(&trial.law), variable),
        at: outcome.value_at(trial).map(|value| (at, value)),
        usual: along.usual(),
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
fn Over(inputs: Memo<Vec<(String, String)>>, over: RwSignal<String>) -> impl IntoView {
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
