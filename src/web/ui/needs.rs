//! What a law depends on besides size and tokens: a field for each, set by the reader.

use leptos::prelude::*;

use super::laws::laws;
use super::lean::{Memo, each};
use super::plan::planned;
use super::quantity_field::{Echo, EchoLine, QuantityInput};
use super::store::store;
use crate::units::{Unit, read};
use crate::web::evaluator;
use crate::web::question::Need;
use crate::web::reading::VariableEntry;
use crate::web::words;

#[component]
pub fn Needs() -> impl IntoView {
    let store = store();
    each(move || store.with(|question| (0..question.needs.len()).collect()), field)
}

fn field(at: usize) -> AnyView {
    let (store, laws, planned) = (store(), laws(), planned());
    let need = Memo::new(move || store.with(|question| question.needs.get(at).cloned()));
    let variable = Memo::new(move || {
        let name = need.get()?.name;
        let family = name.split('[').next();
        let input = laws.chosen()?.inputs.into_iter().find(|input| Some(&*input.name) == family)?;
        Some(VariableEntry { name, ..input })
    });
    let unit =
        move || variable.with(|variable| variable.as_ref().map_or(Unit::One, |variable| variable.unit));
    let label = move || {
        let name = |variable: &VariableEntry| {
            format!("{} {}", evaluator::name(variable.unit, &variable.counts), variable.name)
        };
        variable.with(|variable| variable.as_ref().map(name)).unwrap_or_default().trim().to_owned()
    };
    let text = Memo::new(move || need.get().map(|need| need.text).unwrap_or_default());
    let chosen = move || {
        let name = need.get()?.name;
        planned.with(|question, plan| {
            let open = |known: &Need| known.name == name && !known.is_given();
            question.needs.iter().any(open).then(|| plan.at.get(&name).copied())?
        })?
    };
    let echo = Memo::new(move || {
        let (text, unit) = (text.get(), unit());
        if text.trim().is_empty() {
            return Echo::Says(words::chosen(chosen(), unit));
        }
        Echo::of(read(&text, unit), |value| words::echo(value, unit), words::complaint)
    });
    let write = move |text: String| {
        store.write(|question| {
            if let Some(need) = question.needs.get_mut(at) {
                need.text = text;
            }
        });
    };
    let step = move |factor: f64| {
        let unit = untrack(unit);
        let value = read(&text.get_untracked(), unit).ok()?.value;
        Some(evaluator::typed(crate::num::decimal(&format!("{:.2e}", value * factor))?, unit))
    };
    let id = format!("need-{at}");
    view! {
        <div class="field">
            <div class="name"><label for=id.clone()>{move || label()}</label></div>
            <QuantityInput id=id.clone() text echo write step/>
            <EchoLine of=id echo write/>
        </div>
    }
    .into_any()
}
