//! A formula as lines of text.

use leptos::prelude::*;

use crate::ask::Named;
use crate::web::formula_text::display;

/// The formula, its names replaced by their values where they have any.
pub fn formula(text: &str, values: &Named<f64>) -> AnyView {
    typeset(display(text, values))
}

/// A formula that is set already.
pub fn typeset(lines: String) -> AnyView {
    view! { <div class="formula" tabindex="0" role="group" aria-label="Formula" inner_html=lines></div> }
        .into_any()
}
