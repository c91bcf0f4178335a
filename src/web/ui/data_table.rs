//! Numbers in rows, as a chart holds them.

use leptos::html;
use leptos::prelude::*;

use super::lean::{Memo, effect};
use super::rich::rich;
use crate::figure::Table;

/// The table in place of a picture: as large, scrolling inside. It takes the focus from the button that was pressed for it; when
/// its numbers change later, the focus stays where it is.
#[component]
pub fn DataTable(table: Memo<Option<Table>>, name: Memo<String>) -> impl IntoView {
    let region = NodeRef::<html::Div>::new();
    effect(move || {
        if let Some(region) = region.get() {
            let _ = region.focus();
        }
    });
    let numbers = move || table.with(|table| table.as_ref().map(|table| rows(table, 0)));
    view! {
        <div
            class="picture stead"
            node_ref=region
            tabindex="0"
            role="region"
            aria-label=move || format!("{}, as a table", name.get())
        >
            {numbers}
        </div>
    }
}

/// The rows: the first column names them, so many of the last are words, and the others numbers.
pub fn rows(table: &Table, words: usize) -> AnyView {
    let figures = 1..table.head.len().saturating_sub(words);
    let class = |column: usize| match column {
        0 => "",
        column if figures.contains(&column) => "figure",
        _ => "words",
    };
    let head = table.head.iter().enumerate().map(|(at, head)| match head.as_str() {
        "" => view! { <td></td> }.into_any(),
        head => view! { <th scope="col" class=class(at)>{rich(head)}</th> }.into_any(),
    });
    let head = head.collect_view();
    let cell = |(at, text): (usize, &String)| match at {
        0 => view! { <th scope="row">{rich(text)}</th> }.into_any(),
        _ => view! { <td class=class(at)>{rich(text)}</td> }.into_any(),
    };
    let row =
        |row: &Vec<String>| view! { <tr>{row.iter().enumerate().map(cell).collect_view()}</tr> }.into_any();
    let rows = table.rows.iter().map(row).collect_view();
    view! {
        <table>
            <thead>
                <tr>{head}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
