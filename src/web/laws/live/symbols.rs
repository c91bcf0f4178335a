//! What the names of a typed law mean: a row for each.

use leptos::prelude::*;

use super::drafting::{Drafting, drafting};
use crate::units::{Unit, read};
use crate::web::laws::draft::{LineRole, Role, Symbol};
use crate::web::maths;
use crate::web::ui::lean::{Memo, each};
use crate::web::words;

#[component]
pub fn Symbols() -> impl IntoView {
    let drafting = drafting();
    let rows = each(move || (0..drafting.names.get()).collect(), row);
    let lines = each(move || (0..drafting.lines.get()).collect(), line);
    view! {
        <table class="symbols">
            <caption class="unseen">"What the names of the formula mean"</caption>
            <thead>
                <tr>
                    <th scope="col">"Symbol"</th>
                    <th scope="col">"Role"</th>
                    <th scope="col">"Unit"</th>
                    <th scope="col">"From"</th>
                    <th scope="col">"To"</th>
                    <th scope="col">"Value"</th>
                </tr>
            </thead>
            <tbody>{rows} {lines}</tbody>
        </table>
    }
}

fn row(at: usize) -> AnyView {
    let drafting = drafting();
    let symbol = drafting.symbol(at);
    let name = Memo::new(move || {
        symbol.with(|symbol| symbol.as_ref().map(|symbol| symbol.name.clone())).unwrap_or_default()
    });
    let is =
        move |role: Role| symbol.with(|symbol| symbol.as_ref().is_some_and(|symbol| symbol.role == role));
    let complaint = Memo::new(move || symbol.with(|symbol| symbol.as_ref().and_then(complaint)));
    // A family says what its members are, and they have the values.
    let is_family = Memo::new(move || drafting.draft.with(|draft| draft.is_family(&name.get())));
    let is_member = Memo::new(move || drafting.draft.with(|draft| draft.is_member(&name.get())));
    let is = move |role: Role| is(role) && !is_member.get();
    view! {
        <tr>
            <th scope="row" inner_html=move || maths::head(&name.get())></th>
            <td data-head="Role">{move || (!is_member.get()).then(|| role(drafting, at, symbol, name))}</td>
            <td data-head="Unit">{move || is(Role::Input).then(|| unit(drafting, at, symbol, name))}</td>
            <td data-head="From">{move || is(Role::Parameter).then(|| field(drafting, at, name, LOW, complaint))}</td>
            <td data-head="To">{move || is(Role::Parameter).then(|| field(drafting, at, name, HIGH, complaint))}</td>
            <td data-head="Value">{move || (!is_family.get()).then(|| field(drafting, at, name, VALUE, complaint))}</td>
        </tr>
        {move || {
            complaint.get().map(|says| {
                view! {
                    <tr class="complaint">
                        <td colspan="6"><p class="echo bad" id=format!("symbol-{at}-echo") aria-live="polite">{says}</p></td>
                    </tr>
                }
                .into_any()
            })
        }}
    }
    .into_any()
}

/// What a line of the formula is, and in which unit.
fn line(at: usize) -> AnyView {
    let drafting = drafting();
    let line = Memo::new(move || drafting.draft.with(|draft| draft.lines.get(at).cloned()));
    let name =
        Memo::new(move || line.with(|line| line.as_ref().map(|line| line.name.clone())).unwrap_or_default());
    let alone = Memo::new(move || drafting.lines.get() == 1);
    let option = move |role: LineRole| {
        let chosen = move || line.with(|line| line.as_ref().is_some_and(|line| line.role == role));
        view! { <option value=role.name() prop:selected=chosen>{role.name()}</option> }.into_any()
    };
    let choose = move |event| {
        let value = event_target_value(&event);
        if let Some(role) = LineRole::ALL.into_iter().find(|role| role.name() == value) {
            drafting.draft.update(|draft| draft.is_line(at, role));
        }
    };
    let role = move || {
        if alone.get() {
            return "output".into_any();
        }
        view! {
            <select aria-label=move || format!("Role of {}", name.get()) on:change=choose>
                {LineRole::ALL.map(option).collect_view()}
            </select>
        }
        .into_any()
    };
    let of = Memo::new(move || line.with(|line| line.as_ref().map(|line| line.unit)));
    let set = Callback::new(move |unit| {
        drafting.draft.update(|draft| {
            if let Some(line) = draft.lines.get_mut(at) {
                line.unit = unit;
            }
        });
    });
    let is_step = move || line.with(|line| line.as_ref().is_some_and(|line| line.role == LineRole::Step));
    view! {
        <tr>
            <th scope="row" inner_html=move || maths::head(&name.get())></th>
            <td data-head="Role">{move || role()}</td>
            <td data-head="Unit">{move || (!is_step()).then(|| units(of, set, name))}</td>
            <td></td>
            <td></td>
            <td></td>
        </tr>
    }
    .into_any()
}

/// What is wrong with a row, in a sentence.
fn complaint(symbol: &Symbol) -> Option<String> {
    if symbol.role == Role::Parameter
        && let Err(says) = symbol.bounds()
    {
        return Some(says);
    }
    let unit = if symbol.role == Role::Input { symbol.unit } else { Unit::One };
    if symbol.value.trim().is_empty() {
        return None;
    }
    match read(&symbol.value, unit) {
        Err(error) => Some(words::complaint(&error)),
        Ok(read) => read.slip.map(|slip| slip.to_string()),
    }
}

fn role(drafting: Drafting, at: usize, symbol: Memo<Option<Symbol>>, name: Memo<String>) -> AnyView {
    let option = move |role: Role| {
        let chosen = move || symbol.with(|symbol| symbol.as_ref().is_some_and(|symbol| symbol.role == role));
        view! { <option value=role.name() prop:selected=chosen>{role.name()}</option> }.into_any()
    };
    let choose = move |event| {
        let value = event_target_value(&event);
        if let Some(role) = Role::ALL.into_iter().find(|role| role.name() == value) {
            drafting.change(at, |symbol| symbol.role = role);
        }
    };
    view! {
        <select aria-label=move || format!("Role of {}", name.get()) on:change=choose>
            {Role::ALL.map(option).collect_view()}
        </select>
    }
    .into_any()
}

fn unit(drafting: Drafting, at: usize, symbol: Memo<Option<Symbol>>, name: Memo<String>) -> AnyView {
    let of = Memo::new(move || symbol.with(|symbol| symbol.as_ref().map(|symbol| symbol.unit)));
    units(of, Callback::new(move |unit| drafting.change(at, |symbol| symbol.unit = unit)), name)
}

/// The choice of a unit.
fn units(of: Memo<Option<Unit>>, set: Callback<Unit>, name: Memo<String>) -> AnyView {
    let option = move |unit: Unit| {
        let chosen = move || of.get() == Some(unit);
        let words = if unit == Unit::One { "none" } else { unit.words() };
        view! { <option value=unit.name() prop:selected=chosen>{words}</option> }.into_any()
    };
    let choose = move |event| {
        if let Ok(unit) = event_target_value(&event).parse() {
            set.run(unit);
        }
    };
    view! {
        <select aria-label=move || format!("Unit of {}", name.get()) on:change=choose>
            {Unit::ALL.map(option).collect_view()}
        </select>
    }
    .into_any()
}

/// A text of a symbol: what it is called, where it stands, and what the field shows while it is empty.
struct Text {
    label: &'static str,
    of: fn(&mut Symbol) -> &mut String,
    empty: &'static str,
}

const LOW: &Text = &Text { label: "Lower bound", of: |symbol| &mut symbol.low, empty: "−∞" };
const HIGH: &Text = &Text { label: "Upper bound", of: |symbol| &mut symbol.high, empty: "∞" };
const VALUE: &Text = &Text { label: "Value", of: |symbol| &mut symbol.value, empty: "" };

fn field(
    drafting: Drafting,
    at: usize,
    name: Memo<String>,
    text: &'static Text,
    complaint: Memo<Option<String>>,
) -> AnyView {
    let value = move || {
        let mut symbol = drafting.draft.with(|draft| draft.symbols.get(at).cloned());
        symbol.as_mut().map(|symbol| (text.of)(symbol).clone()).unwrap_or_default()
    };
    let write = move |event| {
        let typed = event_target_value(&event);
        drafting.change(at, |symbol| *(text.of)(symbol) = typed);
    };
    let wrong = move || complaint.with(|complaint| complaint.as_ref().map(|_| format!("symbol-{at}-echo")));
    view! {
        <input
            type="text"
            aria-label=move || format!("{} of {}", text.label, name.get())
            aria-describedby=wrong
            placeholder=text.empty
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            prop:value=move || value()
            on:input=write
        />
    }
    .into_any()
}
