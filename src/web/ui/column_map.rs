//! What a column means, over the file's own name for it.

use leptos::prelude::*;

use super::lean::Memo;
use super::runs::runs;
use crate::runs::Role;

#[component]
pub fn ColumnMap(column: usize) -> impl IntoView {
    let runs = runs();
    let name = Memo::new(move || {
        runs.read
            .with(|read| read.as_ref().and_then(|read| read.table.names().get(column).cloned()))
            .unwrap_or_default()
    });
    let role = Memo::new(move || {
        runs.read.with(|read| read.as_ref().and_then(|read| read.table.roles().get(column).copied()))
    });
    let option = move |choice: Role| {
        view! {
            <option value=choice.label() prop:selected=move || role.get() == Some(choice)>{choice.label()}</option>
        }
        .into_any()
    };
    let choose = move |event| {
        let chosen = Role::labelled(&event_target_value(&event)).unwrap_or(Role::Ignore);
        runs.choose(|runs| {
            runs.columns.retain(|(other, _)| *other != column);
            runs.columns.push((column, chosen));
        });
    };
    let is_amount = move || role.get().is_some_and(|role| role.expected().is_some());
    view! {
        <th scope="col" class:figure=move || is_amount()>
            <select aria-label=move || format!("Meaning of the column {}", name.get()) on:change=choose>
                {Role::ALL.map(option).collect_view()}
            </select>
            <code>{move || name.get()}</code>
        </th>
    }
}
