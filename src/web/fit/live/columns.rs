//! What a column means, over the file's own name for it: one of the roles, or an input of the law.

use leptos::prelude::*;

use super::intake::prepared;
use crate::runs::Role;
use crate::web::fit::reading::{Prepared, Reading, settle};
use crate::web::ui::lean::Memo;
use crate::web::ui::runs::{ReadersRuns, runs};

/// What the name of an input of the law is given behind.
const INPUT: &str = "Input ";

/// Every role, in the order in which the page offers them, between the inputs of the law.
const BEFORE: [Role; 4] = [Role::Params, Role::Tokens, Role::Flops, Role::Loss];
const AFTER: [Role; 13] = [
    Role::Run,
    Role::Step,
    Role::Weight,
    Role::Noise,
    Role::Group,
    Role::Seed,
    Role::NonEmbedding,
    Role::Batch,
    Role::Sequences,
    Role::Length,
    Role::Schedule,
    Role::Rate,
    Role::Ignore,
];

#[component]
pub fn ColumnHead(column: usize) -> impl IntoView {
    let (runs, prepared) = (runs(), prepared());
    let of = move |read: fn(&Prepared, usize) -> Option<String>| {
        Memo::new(move || {
            prepared
                .with(|prepared| prepared.as_ref().and_then(|prepared| read(prepared, column)))
                .unwrap_or_default()
        })
    };
    let name = of(|prepared, column| prepared.table.names().get(column).cloned());
    let meaning = of(|prepared, column| match prepared.input(column) {
        Some(input) => Some(format!("{INPUT}{input}")),
        None => Some(prepared.table.roles().get(column)?.label().to_owned()),
    });
    let inputs = Memo::new(move || {
        let own = |inputs: &[String]| -> Vec<String> {
            let is_own = |input: &&String| !matches!(input.as_str(), "N" | "D" | "C");
            inputs.iter().filter(is_own).map(|input| format!("{INPUT}{input}")).collect()
        };
        prepared.with(|prepared| prepared.as_ref().map(|prepared| own(&prepared.inputs)).unwrap_or_default())
    });
    let option = move |choice: String| {
        let own = choice.clone();
        view! {
            <option value=choice.clone() prop:selected=move || meaning.with(|now| *now == own)>{choice.clone()}</option>
        }
        .into_any()
    };
    let options = move || {
        let labels = |roles: &[Role]| roles.iter().map(|role| role.label().to_owned()).collect::<Vec<_>>();
        [labels(&BEFORE), inputs.get(), labels(&AFTER)]
            .concat()
            .into_iter()
            .map(option)
            .collect_view()
            .into_any()
    };
    let choose = move |event| {
        let chosen = event_target_value(&event);
        change(runs, prepared, move |runs, said| {
            runs.columns.retain(|(other, _)| *other != column);
            said.inputs.retain(|(other, _)| *other != column);
            if let Some(input) = chosen.strip_prefix(INPUT) {
                said.inputs.retain(|(_, known)| known != input);
                said.inputs.push((column, input.to_owned()));
            } else {
                runs.columns.push((column, Role::labelled(&chosen).unwrap_or(Role::Ignore)));
            }
        });
    };
    let is_amount = move || Role::labelled(&meaning.get()).is_none_or(|role| role.expected().is_some());
    view! {
        <th scope="col" class:figure=move || is_amount()>
            <select aria-label=move || format!("Meaning of the column {}", name.get()) on:change=choose>
                {move || options()}
            </select>
            <code>{move || name.get()}</code>
        </th>
    }
}

/// Changes what rows are read by, and settles what follows.
pub fn change(
    runs: ReadersRuns,
    prepared: Memo<Option<Prepared>>,
    change: impl FnOnce(&mut crate::web::question::Runs, &mut Reading),
) {
    let inputs = prepared.with_untracked(|prepared| {
        prepared.as_ref().map(|prepared| prepared.inputs.clone()).unwrap_or_default()
    });
    runs.choose(|runs| {
        settle(runs, &inputs, |runs| {
            let mut said = Reading::of(runs);
            change(runs, &mut said);
            runs.beside = said.write();
        });
    });
}
