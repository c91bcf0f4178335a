//! Limits beside the budget: chips until they are wanted, then rows.

use leptos::prelude::*;

use super::asked::asked;
use super::lean::{Memo, each};
use super::plan::planned;
use super::quantity_field::{Echo, EchoLine, QuantityInput, focus};
use super::store::store;
use crate::units::show;
use crate::web::question::{Limit, Limited};
use crate::web::reading::Plan;
use crate::web::words;

#[component]
pub fn Limits() -> impl IntoView {
    let store = store();
    let set = Memo::new(move || {
        store.with(|question| question.limits.iter().map(|limit| limit.on as usize).collect::<Vec<_>>())
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
        let unset = |set: &Vec<usize>, on: Limited| !set.contains(&(on as usize));
        set.with(|set| Limited::ALL.into_iter().filter(|on| unset(set, *on)).map(chip).collect_view())
    };
    view! {
        <div class="field wide limits" role="group" aria-labelledby="limits">
            <div class="name">
                <span id="limits">"Limits"</span>
                <span class="faint">{move || if set.with(Vec::is_empty) { "none yet" } else { "" }.to_owned()}</span>
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
            question.limits[at].read()?.ok()?;
            Some(((), vec![question.allocate_without(at)?]))
        })
    });
    let effect = move |limit: &Limit| {
        let without = without.good(|(), answers| Plan::read(&answers[0])).flatten();
        let at = store.with(|question| question.place_asked(on))?;
        planned.plan.with(|plan| plan.as_ref().map(|plan| words::effect(limit, at, plan, without.as_ref())))
    };
    let echo = Memo::new(move || {
        let Some(limit) = limit.get() else { return Echo::Says(String::new()) };
        match limit.read() {
            None => Echo::Says(format!("Expected {} such as {}.", amount(on), on.unit().example())),
            Some(read) => Echo::of(read, |_| effect(&limit).unwrap_or_default(), words::complaint),
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
        let value = limit.get_untracked()?.read()?.ok()?.value;
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
                aria-label=format!("Remove the limit {}", on.name())
                on:click=remove
            >
                "×"
            </button>
            <EchoLine of=on.key().to_owned() echo write/>
        </div>
    }
}

fn amount(on: Limited) -> &'static str {
    match on {
        Limited::LargestSize | Limited::FixedSize => "a number of parameters",
        Limited::MostTokens => "a number of tokens",
    }
}
