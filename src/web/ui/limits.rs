//! What is said beside the budget: chips until it is wanted, then rows.

use leptos::prelude::*;

use super::asked::asked;
use super::lean::{Memo, each};
use super::plan::planned;
use super::quantity_field::{Echo, EchoLine, QuantityInput, focus};
use super::store::store;
use crate::units::show;
use crate::web::limit::{Limit, Limited, Said};
use crate::web::reading::Plan;
use crate::web::words;

#[component]
pub fn Limits() -> impl IntoView {
    view! {
        <Group id="limits" name="Limits" none="none yet" holds=|on| !on.is_of_devices()/>
        <Group id="hardware" name="Devices" none="H100 unless you say" holds=Limited::is_of_devices/>
    }
}

/// What can be said of one subject.
#[component]
fn Group(
    id: &'static str,
    name: &'static str,
    /// What stands beside its name while nothing is said.
    none: &'static str,
    holds: fn(Limited) -> bool,
) -> impl IntoView {
    let store = store();
    let set = Memo::new(move || {
        let here = |limit: &&Limit| holds(limit.on);
        let places = |limit: &Limit| Limited::ALL.iter().position(|on| *on == limit.on).unwrap_or_default();
        store.with(|question| question.limits.iter().filter(here).map(places).collect::<Vec<_>>())
    });
    let chip = move |on: Limited| {
        let add = move |_| {
            store.act(|question| question.limits.push(Limit { on, text: String::new() }));
            super::browser::later(0, move || focus(on.key()));
        };
        view! {
            <button type="button" class="chip" id=format!("add-{}", on.key()) on:click=add>"+ " {on.name()}</button>
        }
        .into_any()
    };
    let spare = move || {
        let all = Limited::ALL.into_iter().enumerate();
        let unset = |set: &Vec<usize>, (at, on): (usize, Limited)| holds(on) && !set.contains(&at);
        set.with(|set| all.filter(|&one| unset(set, one)).map(|(_, on)| chip(on)).collect_view())
    };
    view! {
        <div class="field wide limits" role="group" aria-labelledby=id>
            <div class="name">
                <span id=id>{name}</span>
                <span class="faint">{move || if set.with(Vec::is_empty) { none } else { "" }.to_owned()}</span>
            </div>
            {each(move || set.get(), |at| view! { <LimitRow on=Limited::ALL[at]/> }.into_any())}
            <div class="chips">{move || spare().into_any()}</div>
        </div>
    }
}

#[component]
fn LimitRow(on: Limited) -> impl IntoView {
    let store = store();
    let planned = planned();
    let limit = Memo::new(move || {
        store.with(|question| question.limits.iter().find(|limit| limit.on == on).cloned())
    });
    let without = asked(move || {
        store.with(|question| {
            let at = question.limits.iter().position(|limit| limit.on == on)?;
            // Nothing else changes a plan.
            (on.variable().is_some() || on == Limited::Serving).then_some(())?;
            question.limits[at].read()?.ok()?;
            Some(((), vec![question.allocate_without(at)?]))
        })
    });
    let effect = move |limit: &Limit| {
        let without = without.good(|(), answers| Plan::read(&answers[0])).flatten();
        // What is served is no limit, and has no place among them.
        let at = store.with(|question| question.place_asked(on)).unwrap_or(usize::MAX);
        planned.with(|question, plan| words::effect(question.find, limit, at, plan, without.as_ref()))
    };
    let echo = Memo::new(move || {
        let Some(limit) = limit.get() else { return Echo::Says(String::new()) };
        match limit.read() {
            None => Echo::Says(format!("Expected {}.", on.expected())),
            Some(Ok(Said::Device(_))) => Echo::Says(words::device_echo(&limit).unwrap_or_default()),
            Some(Ok(Said::Amount(read))) if on.is_of_devices() || on == Limited::Generated => {
                Echo::Says(words::echo(read.value, on.unit()))
            }
            Some(Ok(Said::Amount(read))) => {
                Echo::of(Ok::<_, ()>(read), |_| effect(&limit).unwrap_or_default(), |()| String::new())
            }
            Some(Err(mistake)) => Echo::Complaint(words::complaint(&mistake)),
        }
    });
    let write = move |text: String| {
        store.write(|question| {
            if let Some(limit) = question.limits.iter_mut().find(|limit| limit.on == on) {
                limit.text = text;
            }
        });
    };
    let step = move |factor: f64| {
        let value = limit.get_untracked()?.amount()?.value;
        Some(show(value * factor, on.unit()).number().replace('\u{a0}', " "))
    };
    let remove = move |_| {
        store.act(|question| question.limits.retain(|limit| limit.on != on));
        super::browser::later(0, move || focus(&format!("add-{}", on.key())));
    };
    let text = move || limit.get().map_or(String::new(), |limit| limit.text);
    view! {
        <div class="limit">
            <label for=on.key()>{on.name()}</label>
            <QuantityInput id=on.key().to_owned() text=Memo::new(text) echo write step/>
            <button
                type="button"
                class="close"
                aria-label=format!("Remove {}{}", if on.is_of_devices() { "" } else { "the limit " }, on.name())
                on:click=remove
            >
                "×"
            </button>
            <EchoLine of=on.key().to_owned() echo write/>
        </div>
    }
}
