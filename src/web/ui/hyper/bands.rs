//! What a rate or a batch beside the best one costs.

use leptos::prelude::*;

use super::super::asked::asked_once;
use super::super::lean::Memo;
use crate::web::hyper::bands::{self, BANDS};

#[component]
pub fn Bands() -> impl IntoView {
    let asked = asked_once(|| Some(((), vec![bands::question()])));
    let rows =
        Memo::new(move || asked.good(|(), answers| bands::rows(&answers[0])).flatten().unwrap_or_default());
    let row = |(name, shares): (&'static str, Vec<String>)| {
        let cell = |share: String| view! { <td class="figure">{share}</td> }.into_any();
        view! { <tr><th scope="row">{name}</th>{shares.into_iter().map(cell).collect_view()}</tr> }.into_any()
    };
    let head = |words: &'static str| view! { <th scope="col" class="figure">{words}</th> }.into_any();
    view! {
        <div class="scroll" role="region" aria-label="What the wrong rate or batch costs" tabindex="0">
            <table class="bands">
                <thead>
                    <tr><th scope="col">"Loss lost at"</th>{bands::heads().map(head).into_iter().collect_view()}</tr>
                </thead>
                <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        <p class="note">
            "Of the best rate or batch, by the "
            <a href=format!("./laws/{BANDS}/")>"released runs of Step Law"</a>
            ", 215 M to 1.1 B parameters on 4 to 100 B tokens: medians over sizes and tokens that differ much. Eight times the \
             best rate diverges."
        </p>
    }
}
