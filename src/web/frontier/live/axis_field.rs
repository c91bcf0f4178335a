//! One axis: what it runs along, from where to where, in how many steps.

use leptos::prelude::*;

use super::laws::laws;
use super::state::state;
use crate::web::frontier::along::{Along, Axis, Field, Spacing};
use crate::web::frontier::chosen::{Chosen, Find};
use crate::web::ui::lean::Memo;
use crate::web::words::complaint;

/// The axis across is the first, the upward one the second.
fn axis(chosen: &mut Chosen, at: usize) -> &mut Axis {
    if at == 0 { &mut chosen.across } else { &mut chosen.up }
}

#[component]
pub fn AxisField(at: usize) -> impl IntoView {
    let (state, laws) = (state(), laws());
    let (id, name) = if at == 0 { ("across", "Across") } else { ("up", "Up") };
    let now = Memo::new(move || state.chosen.with(|chosen| axis(&mut chosen.clone(), at).clone()));
    let offered = Memo::new(move || {
        let law = laws.chosen.get();
        let plans = state.chosen.with(|chosen| chosen.find == Find::Plan);
        let named = |along: Along| (along.key(), along.name(&law));
        let mut all: Vec<(String, String)> = Along::offered(&law, plans).into_iter().map(named).collect();
        if at == 1 {
            all.push((String::new(), "nothing, one line".to_owned()));
        }
        all
    });
    let option = move |(key, name): (String, String)| {
        let own = key.clone();
        view! { <option value=key prop:selected=move || now.with(|now| now.of == own)>{name}</option> }
            .into_any()
    };
    let choose = move |event| {
        let along = Along::keyed(&event_target_value(&event));
        let law = laws.chosen.get_untracked();
        state.act(|chosen| chosen.choose_axis(at, along, &law));
    };
    let space = move |event| {
        let name = event_target_value(&event);
        if let Some(spacing) = Spacing::ALL.into_iter().find(|spacing| spacing.name() == name) {
            state.act(|chosen| axis(chosen, at).spacing = spacing);
        }
    };
    let mistake = Memo::new(move || {
        let law = laws.chosen.get();
        now.with(|axis| axis.along().and_then(|along| axis.read(along.unit(&law)).err()))
    });
    let field = move |field: Field, label: &'static str, of: fn(&mut Axis) -> &mut String| {
        let text = move || now.with(|now| of(&mut now.clone()).clone());
        let write =
            move |event| state.write(|chosen| event_target_value(&event).clone_into(of(axis(chosen, at))));
        let wrong =
            move || mistake.with(|mistake| mistake.as_ref().is_some_and(|mistake| mistake.field == field));
        view! {
            <input
                type="text"
                aria-label=format!("{name}, {label}")
                id=format!("{id}-{}", label.split(' ').next().unwrap_or_default())
                aria-describedby=format!("{id}-echo")
                aria-invalid=move || wrong().then(|| "true".to_owned())
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                prop:value=text
                on:input=write
            />
        }
        .into_any()
    };
    let is_list = Memo::new(move || now.with(|now| now.spacing == Spacing::List));
    let fields = move || {
        if is_list.get() {
            return view! { <div class="axis one">{field(Field::From, "values", |axis| &mut axis.from)}</div> }.into_any();
        }
        view! {
            <div class="axis">
                {field(Field::From, "from", |axis| &mut axis.from)}
                {field(Field::To, "to", |axis| &mut axis.to)}
                {field(Field::Steps, "steps", |axis| &mut axis.steps)}
            </div>
        }
        .into_any()
    };
    let spacings = Spacing::ALL.map(|spacing| {
        let chosen = move || now.with(|now| now.spacing == spacing);
        view! { <option value=spacing.name() prop:selected=chosen>{spacing.name()}</option> }.into_any()
    });
    let is_there = Memo::new(move || now.with(|now| !now.of.is_empty()));
    view! {
        <div class="field">
            <div class="name">
                <label for=id>{name}</label>
                <span class="faint" hidden=move || !is_there.get()>
                    <label class="unseen" for=format!("{id}-spacing")>{format!("Steps of {}", name.to_lowercase())}</label>
                    <select class="plain" id=format!("{id}-spacing") on:change=space>{spacings.collect_view()}</select>
                </span>
            </div>
            <select id=id on:change=choose>
                {move || offered.get().into_iter().map(option).collect_view().into_any()}
            </select>
            {move || is_there.get().then(|| fields())}
            <p class="echo bad" id=format!("{id}-echo") aria-live="polite">
                {move || mistake.with(|mistake| mistake.as_ref().map(|mistake| complaint(&mistake.message)))}
            </p>
        </div>
    }
}
