//! A count converted to or from another, where the reader asks for it.

use crate::web::ui::place::{field_text, find};
use std::sync::Arc;

use leptos::prelude::*;

use crate::web::evaluator::{self, Prediction};
use crate::web::laws::conversion::{self, Conversion};
use crate::web::laws::evaluation::read_field;
use crate::web::maths;
use crate::web::reading::{VariableEntry, read_laws};
use crate::web::ui::asked::asked_once;
use crate::web::ui::browser;
use crate::web::ui::lean::{Memo, RwSignal};
use crate::web::ui::quantity_field::{Echo, EchoLine, QuantityInput, focus};
use crate::web::ui::rich::rich;
use crate::web::words;

/// The conversions that the document came with.
pub fn known() -> Vec<Conversion> {
    let laws = browser::text_of("conversions").map(|answer| read_laws(&answer)).unwrap_or_default();
    laws.iter().filter_map(Conversion::of).collect()
}

/// A conversion as it stands in the document: whether it lies open, and what was typed.
#[derive(Clone)]
pub struct Standing {
    pub id: String,
    pub conversion: Conversion,
    open: bool,
    texts: Vec<String>,
}

impl Standing {
    pub fn new(id: String, conversion: Conversion) -> Self {
        let open = find(&format!("[id=\"{id}\"]")).is_some_and(|details| details.has_attribute("open"));
        let text = |input: &VariableEntry| field_text(&format!("{id}-{}", input.name));
        Self { open, texts: conversion.law.inputs.iter().map(text).collect(), id, conversion }
    }
}

/// What is done with a conversion.
#[derive(Clone)]
pub enum Use {
    /// It fills a field, by its id.
    Fill(String, Callback<String>),
    /// It shows a value otherwise.
    Show(Memo<Option<f64>>),
}

pub fn convert(standing: Standing, to: Use) -> AnyView {
    let Standing { id, conversion, open, texts } = standing;
    let texts = RwSignal::new(texts);
    let opened = RwSignal::new(open);
    let conversion = Arc::new(conversion);
    let from = conversion.from;
    let given = {
        let to = to.clone();
        Memo::new(move || {
            let mut given = texts.get();
            if let Use::Show(value) = &to {
                given[from] = value.get().map_or(String::new(), |value| format!("{value:?}"));
            }
            given
        })
    };
    let asked = {
        let conversion = conversion.clone();
        asked_once(move || {
            // Nothing is asked before the reader wants it.
            let texts = opened.get().then(|| given.get())?;
            Some((texts.clone(), vec![conversion.question(&texts)?]))
        })
    };
    let values = {
        let conversion = conversion.clone();
        Memo::new(move || {
            if asked.refusal.with(Option::is_some) {
                return Vec::new();
            }
            let read = |about: &Vec<String>, answers: &[Arc<str>]| {
                let prediction = Prediction::read(&answers[0])?;
                let is_now = given.with(|given| given == about);
                let value = |output: &VariableEntry| Some((prediction.output(&output.name)?, output.clone()));
                Some(conversion.shown(about).filter(|_| is_now).filter_map(value).collect::<Vec<_>>())
            };
            asked.good(read).flatten().unwrap_or_default()
        })
    };
    let says = move || {
        if let Some(refusal) = asked.refusal.get() {
            return rich(&words::refusal(&refusal.message, &refusal.at));
        }
        let line = |(value, of): (f64, VariableEntry)| {
            let (number, unit) = evaluator::value(value, of.unit);
            let counts = if of.unit.is_loss() { unit } else { &*of.counts };
            format!("{number} {counts}")
        };
        rich(&values.get().into_iter().map(line).collect::<Vec<_>>().join(" · "))
    };
    let title = match &to {
        Use::Fill(..) => conversion.title_into(),
        Use::Show(_) => conversion.title_out(),
    };
    let shows = matches!(to, Use::Show(_));
    let inputs = conversion.law.inputs.iter().enumerate().filter(|(at, _)| !shows || *at != from);
    let fields = inputs.map(|(at, input)| field(&id, (at, input), texts)).collect_view();
    let act = match to {
        Use::Show(_) => ().into_any(),
        Use::Fill(field, write) => {
            let fill = move |_| {
                if let Some((value, of)) = values.get_untracked().first() {
                    write.run(evaluator::typed(*value, of.unit));
                    focus(&field);
                }
            };
            view! {
                <p class="acts">
                    <button type="button" class="act" disabled=move || values.with(Vec::is_empty) on:click=fill>
                        "Use this count"
                    </button>
                </p>
            }
            .into_any()
        }
    };
    view! {
        <details
            class="convert"
            id=id.clone()
            prop:open=open
            on:toggle=move |event| opened.set(event_target::<web_sys::Element>(&event).has_attribute("open"))
        >
            <summary id=format!("{id}-title")>{title}</summary>
            {fields}
            <p class="converted" role="status">{move || says()}</p>
            {act}
        </details>
    }
    .into_any()
}

fn field(id: &str, (at, input): (usize, &VariableEntry), texts: RwSignal<Vec<String>>) -> AnyView {
    let unit = input.unit;
    let name = conversion::name(input);
    let label = format!("{} {}", words::html(&name), maths::inline(&input.name));
    let id = format!("{id}-{}", input.name);
    let text = Memo::new(move || texts.with(|texts| texts[at].clone()));
    let read = move || text.with(|text| read_field(text, unit));
    let step = move |factor| {
        let value = untrack(read)?.ok()?.value;
        Some(evaluator::typed(crate::num::decimal(&format!("{:.2e}", value * factor))?, unit))
    };
    let echo = Memo::new(move || match read() {
        None => Echo::Says(String::new()),
        Some(read) => Echo::of(read, |value| words::echo(value, unit), words::complaint),
    });
    let write = move |text| texts.update(|texts| texts[at] = text);
    view! {
        <div class="field">
            <div class="name"><label for=id.clone() inner_html=label></label></div>
            <QuantityInput id=id.clone() text echo write step/>
            <EchoLine of=id echo write/>
        </div>
    }
    .into_any()
}
