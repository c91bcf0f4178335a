//! A formula as a line of text.

use leptos::prelude::*;

use super::rich::rich;
use crate::ask::Named;
use crate::web::formula_text::{Part, parts};

/// The formula, its names replaced by their values where they have any.
pub fn formula(text: &str, values: &Named<f64>) -> impl IntoView + use<> {
    let lines =
        text.lines().map(|line| view! { <p>{set(&parts(line, values))}</p> }.into_any()).collect_view();
    view! { <div class="formula" tabindex="0" role="group" aria-label="Formula">{lines}</div> }
}

fn set(parts: &[Part]) -> AnyView {
    let part = |part: &Part| match part {
        Part::Name(name) if name.chars().count() == 1 => view! { <var>{name.clone()}</var> }.into_any(),
        Part::Name(text) => text.clone().into_any(),
        Part::Sign(text) => rich(text),
        Part::Raised(parts) => view! { <sup>{set(parts)}</sup> }.into_any(),
    };
    parts.iter().map(part).collect_view().into_any()
}
