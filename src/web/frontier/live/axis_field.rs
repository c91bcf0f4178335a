//! One axis: what it runs along, from where to where, in how many steps.

use leptos::prelude::*;

use super::laws::laws;
use super::state::state;
use crate::web::frontier::along::{Along, Axis, Field, Spacing};
use crate::web::frontier::chosen::{Chosen, Find};
use crate::web::frontier::listed::Listed;
use crate::web::ui::lean::Memo;
use crate::web::words::complaint;

/// The axis across is the first, the upward one the second; the last goes from panel to panel.
fn axis(chosen: &mut Chosen, at: usize) -> &mut Axis {
    match at {
        0 => &mut chosen.across,
        1 => &mut chosen.up,
        _ => &mut chosen.by,
    }
}

/// The place of the axis from panel to panel.
pub const PANELS: usize = 2;

/// What an axis may run along, by its key and its name.
fn offered(chosen: &Chosen, at: usize, law: &Listed) -> Vec<(String, String)> {
    let is_free = |along: &Along| at != PANELS || !chosen.runs_along(along);
    let all = Along::offered(law, chosen.find == Find::Plan).into_iter().filter(is_free);
    let mut all: Vec<(String, String)> = all.map(|along| (along.key(), along.name(law))).collect();
    match at {
        1 => all.push((String::new(), "nothing, one line".to_owned())),
        PANELS => all.insert(0, (String::new(), "none".to_owned())),
        _ => {}
    }
    all
}

#[component]
pub fn AxisField(at: usize) -> impl IntoView {
    let (state, laws) = (state(), laws());
    let (id, name) = [("across", "Across"), ("up", "Up"), ("by", "Panels")][at];
    let now = Memo::new(move || state.chosen.with(|chosen| axis(&mut chosen.clone(), at).clone()));
    let offered = Memo::new(move || {
        let law = laws.chosen.get();
        state.chosen.with(|chosen| offered(chosen, at, &law))
    });
    let option = move |(key, name): (String, String)| {
        let own = key.clone();
        view! { <option value=key prop:selected=move || now.with(|now| now.of == own)>{name}</option> }
            .into_any()
    };
    let choose = move |event| {
        let along = Along::keyed(&event_target_value(&event));
        let law = laws.chosen.get_untracked();
        state.act(|chosen| {
            if at == PANELS { chosen.choose_panels(along, &law) } else { chosen.choose_axis(at, along, &law) }
        });
    };
    let space = move |event| {
        let name = event_target_value(&event);
        if let Some(spacing) = Spacing::ALL.into_iter().find(|spacing| spacing.name() == name) {
            state.act(|chosen| axis(chosen, at).spacing = spacing);
        }
    };
    let mistake = Memo::new(move || {
        let law = laws.chosen.get();
        if at == PANELS {
            return state.chosen.with(|chosen| chosen.panel_values(&law).err());
        }
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
                    <label class="unseen" for=format!("{id}-spacing")>{format!("Steps of {}", name.to_ascii_lowercase())}</label>
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
