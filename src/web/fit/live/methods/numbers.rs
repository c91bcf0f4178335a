//! Numbers in rows, below a picture.

use leptos::prelude::*;

use crate::figure::Table;
use crate::web::ui::rich::rich;

/// A table whose first column names its rows; what is no number stands at the left.
#[component]
pub fn Numbers(
    table: Table,
    /// How many of the last columns are words.
    #[prop(optional)]
    words: usize,
) -> impl IntoView {
    let figures = 1..table.head.len() - words;
    let class = move |at: usize| match at {
        0 => "",
        at if figures.contains(&at) => "figure",
        _ => "words",
    };
    let head = table
        .head
        .iter()
        .enumerate()
        .map(|(at, head)| view! { <th scope="col" class=class(at)>{rich(head)}</th> }.into_any());
    let head = head.collect_view();
    let cell = |(at, text): (usize, &String)| match at {
        0 => view! { <th scope="row">{rich(text)}</th> }.into_any(),
        _ => view! { <td class=class(at)>{rich(text)}</td> }.into_any(),
    };
    let row = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(&cell).collect_view();
        view! { <tr>{cells}</tr> }.into_any()
    };
    let rows = table.rows.iter().map(row).collect_view();
    view! {
        <div class="scroll numbers" tabindex="0" role="region" aria-label=table.caption>
            <table>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
