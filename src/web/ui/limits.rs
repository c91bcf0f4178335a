//! What is said beside the budget: chips until it is wanted, then rows.

use leptos::prelude::*;

use super::asked::asked;
use super::lean::{Memo, RwSignal, each};
use super::plan::{planned, without_runs};
use super::quantity_field::{Echo, EchoLine, QuantityInput, focus};
use super::store::store;
use crate::units::show;
use crate::web::limit::{Limit, Limited, Offered, Said};
use crate::web::question::Question;
use crate::web::reading::Plan;
use crate::web::words;

#[component]
pub fn Limits() -> impl IntoView {
    view! {
        <Group id="limits" name="Limits" none="none yet" holds=Limited::is_of_plans/>
        <Group id="hardware" name="Devices" none="H100 unless you say" holds=Limited::is_of_devices/>
    }
}

/// What can be said of one subject.
#[component]
pub fn Group(
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
            store.act(|question| question.say(on));
            super::browser::later(0, move || focus(on.key()));
        };
        view! {
            <button type="button" class="chip" id=format!("add-{}", on.key()) on:click=add>"+ " {on.name()}</button>
        }
        .into_any()
    };
    let more = RwSignal::new(false);
    let spare = move |wanted: fn(Offered) -> bool| {
        let is_set = |set: &[usize], on: Limited| set.iter().any(|at| Limited::ALL[*at] == on);
        let offered = |set: &[usize], on: Limited| match on.offered() {
            _ if !holds(on) || is_set(set, on) => false,
            Offered::Beside(other) => is_set(set, other),
            offered => wanted(offered),
        };
        let all =
            |set: &Vec<usize>| Limited::ALL.into_iter().filter(|on| offered(set, *on)).collect::<Vec<_>>();
        set.with(all)
    };
    let show_more = move |_| {
        let first = untrack(|| spare(|offered| offered == Offered::More)).first().copied();
        more.set(true);
        if let Some(on) = first {
            super::browser::later(0, move || focus(&format!("add-{}", on.key())));
        }
    };
    let chips = move || {
        let open = more.get();
        let closed = !open && !spare(|offered| offered == Offered::More).is_empty();
        let shown = if open { spare(|_| true) } else { spare(|offered| offered != Offered::More) };
        let rest = closed.then(|| {
            view! { <button type="button" class="chip" id=format!("more-{id}") on:click=show_more>"More…"</button> }
                .into_any()
        });
        view! { {shown.into_iter().map(chip).collect_view()} {rest} }.into_any()
    };
    view! {
        <div class="field wide limits" role="group" aria-labelledby=id>
            <div class="name">
                <span id=id>{name}</span>
                <span class="faint">{move || if set.with(Vec::is_empty) { none } else { "" }.to_owned()}</span>
            </div>
            {each(move || set.get(), |at| view! { <LimitRow on=Limited::ALL[at]/> }.into_any())}
            <div class="chips">{move || chips()}</div>
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
            on.moves_plans().then_some(())?;
            question.limits[at].read()?.ok()?;
            Some((without_runs(question), vec![question.allocate_without(at)?]))
        })
    });
    let effect = move |limit: &Limit| {
        // While the question cannot be asked, the plan is one of another question.
        store.with(Question::allocate)?;
        let without =
            without.good(|about, answers| Some((about.clone(), Plan::read(&answers[0])?))).flatten();
        planned.with(|question, plan| {
            let without = without.as_ref().filter(|(about, _)| about == question).map(|(_, plan)| plan);
            words::effect(question, limit, plan, without)
        })
    };
    let echo = Memo::new(move || {
        let Some(limit) = limit.get() else { return Echo::Says(String::new()) };
        match store.with(|question| question.read_limit(&limit)) {
            None => Echo::Says(format!("Expected {}.", on.expected())),
            Some(Ok(Said::Device(_))) => Echo::Says(words::device_echo(&limit).unwrap_or_default()),
            Some(Ok(Said::Amount(read))) if !on.moves_plans() => {
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
                aria-label=format!("Remove {}{}", if on.is_of_plans() { "the limit " } else { "" }, on.name())
                on:click=remove
            >
                "×"
            </button>
            <EchoLine of=on.key().to_owned() echo write/>
        </div>
    }
}
