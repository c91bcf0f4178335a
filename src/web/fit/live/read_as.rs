//! How the table was read, in words, and what no column says: units of losses, tokens of a step, schedules.

use leptos::prelude::*;

use super::columns::change;
use super::intake::prepared;
use crate::runs::LossUnit;
use crate::web::fit::reading::{DECAYS, Prepared, Reading, positive};
use crate::web::ui::choice_field::{Choice, ChoiceField};
use crate::web::ui::lean::Memo;
use crate::web::ui::rich::rich;
use crate::web::ui::runs::runs;
use crate::web::words;

/// The value of the schedule that is found in the table.
const FOUND: &str = "found";

#[component]
pub fn ReadAs() -> impl IntoView {
    let (runs, prepared) = (runs(), prepared());
    let is = move |read: fn(&Prepared) -> bool| {
        Memo::new(move || prepared.with(|prepared| prepared.as_ref().is_some_and(read)))
    };
    let nothing = Memo::new(|| None::<String>);
    let unit = Memo::new(move || {
        prepared.with(|prepared| {
            prepared.as_ref().map(|prepared| prepared.about.unit()).unwrap_or_default().words().to_owned()
        })
    });
    let units = Memo::new(|| LossUnit::ALL.map(|unit| Choice::new(unit.words(), unit.words())).to_vec());
    let choose_unit =
        move |unit: String| change(runs, prepared, move |_, said| said.unit = LossUnit::named(&unit));
    let in_bytes = is(|prepared| prepared.about.unit() == LossUnit::BitsPerByte);
    let by_steps = is(|prepared| prepared.about.needs_tokens_per_step());
    let curves = is(|prepared| prepared.about.standing.curves.any());
    let decay = Memo::new(move || {
        let said = prepared
            .with(|prepared| prepared.as_ref().and_then(|prepared| Reading::of(&prepared.runs).decay));
        DECAYS.iter().find(|(_, decay, _)| Some(*decay) == said).map_or(FOUND, |(key, ..)| key).to_owned()
    });
    let decays = Memo::new(|| {
        let mut all = vec![Choice::new(FOUND, "as the table says")];
        all.extend(DECAYS.iter().map(|(key, _, name)| Choice::new(key, name)));
        all
    });
    let choose_decay = move |key: String| {
        let found = DECAYS.iter().find(|(known, ..)| *known == key).map(|(_, decay, _)| *decay);
        change(runs, prepared, move |_, said| said.decay = found);
    };
    let says = Memo::new(move || {
        prepared.with(|prepared| prepared.as_ref().map(Prepared::says).unwrap_or_default())
    });
    let line = |says: String| view! { <p class="echo">{rich(&words::sentence_case(&says))}</p> }.into_any();
    view! {
        <div class="read-as">
            <div class="choices">
                <ChoiceField id="unit" name="Losses in" choices=units chosen=unit choose=choose_unit complaint=nothing/>
                {move || in_bytes.get().then(|| view! {
                    <SaidNumber id="bytes" name="Bytes per token" of=|said| &mut said.bytes_per_token/>
                }.into_any())}
                {move || by_steps.get().then(|| view! {
                    <SaidNumber id="per-step" name="Tokens per step" of=|said| &mut said.tokens_per_step/>
                }.into_any())}
                {move || curves.get().then(|| view! {
                    <ChoiceField id="decay" name="Learning rate" choices=decays chosen=decay choose=choose_decay complaint=nothing/>
                }.into_any())}
            </div>
            {move || says.get().into_iter().map(line).collect_view().into_any()}
        </div>
    }
}

/// A positive number that no column says.
#[component]
fn SaidNumber(id: &'static str, name: &'static str, of: fn(&mut Reading) -> &mut String) -> impl IntoView {
    let (runs, prepared) = (runs(), prepared());
    let text = Memo::new(move || {
        let mut said = prepared.with(|prepared| {
            prepared.as_ref().map(|prepared| Reading::of(&prepared.runs)).unwrap_or_default()
        });
        of(&mut said).clone()
    });
    let wrong = Memo::new(move || {
        let text = text.get();
        match text.trim() {
            given if given.is_empty() || positive(given).is_some() => String::new(),
            given => format!("Expected a positive number; got “{given}”."),
        }
    });
    let echo = format!("{id}-echo");
    let said = move |event| {
        let text = event_target_value(&event);
        change(runs, prepared, move |_, said| *of(said) = text);
    };
    view! {
        <div class="field">
            <div class="name"><label for=id>{name}</label></div>
            <input
                type="text"
                id=id
                autocomplete="off"
                spellcheck="false"
                aria-invalid=move || (!wrong.with(String::is_empty)).then(|| "true".to_owned())
                aria-describedby=echo.clone()
                prop:value=move || text.get()
                on:change=said
            />
            <p class="echo bad" id=echo>{move || wrong.get()}</p>
        </div>
    }
}
