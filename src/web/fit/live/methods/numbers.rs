//! Numbers in rows, below a picture.

use leptos::prelude::*;

use crate::figure::Table;
use crate::web::ui::data_table::rows;

/// A table whose first column names its rows; what is no number stands at the left.
#[component]
pub fn Numbers(
    table: Table,
    /// How many of the last columns are words.
    #[prop(optional)]
    words: usize,
) -> impl IntoView {
    let rows = rows(&table, words);
    view! { <div class="scroll numbers" tabindex="0" role="region" aria-label=table.caption>{rows}</div> }
}
