//! What a rate or a batch beside the best one costs.

use leptos::prelude::*;

use super::super::asked::asked_once;
use super::super::lean::Memo;
use super::super::wide_table::{Column, WideTable, figures};
use crate::web::hyper::bands::{self, BANDS};

#[component]
pub fn Bands() -> impl IntoView {
    let asked = asked_once(|| Some(((), vec![bands::question()])));
    let rows =
        Memo::new(move || asked.good(|(), answers| bands::rows(&answers[0])).flatten().unwrap_or_default());
    let columns =
        || std::iter::once(Column::words("Loss lost at")).chain(bands::heads().map(Column::figure)).collect();
    let shown = move || rows.get().into_iter().map(|(name, shares)| figures(name, shares)).collect();
    view! {
        <WideTable name="What the wrong rate or batch costs" class="bands" columns rows=shown/>
        <p class="note">
            "Of the best rate or batch, by the "
            <a href=format!("./laws/{BANDS}/")>"released runs of Step Law"</a>
            ", 215 M to 1.1 B parameters on 4 to 100 B tokens: medians over sizes and tokens that differ much. Eight times the \
             best rate diverges."
        </p>
    }
}
