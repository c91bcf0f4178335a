//! The curve of a law over one of its inputs.

use super::example::Example;
use crate::ask;
use crate::figure::{Chart, Size, Svg};
use crate::web::laws::plot::{self, Curve, Span, TITLE};
use crate::web::reading::{VariableEntry, read_values};
use crate::web::words::html;

/// The picture as the style sheet sizes it: beside the facts, and on a phone.
const WIDE: (f64, f64) = (760.0, 340.0);
const NARROW: (f64, f64) = (328.0, 320.0);

/// The figure, over the first input that it can be drawn over; an empty one where that is none.
pub fn figure(example: &Example) -> String {
    let point = example.opening().point(example.entry);
    let drawn = point
        .as_deref()
        .and_then(|at| (0..at.len()).find_map(|over| Some((over, at, chart(example, over, at)?))));
    let Some((over, at, chart)) = drawn else { return framed(&says(example, 0, &[]), "") };
    let inline = |(width, height), class| Svg::inline(&chart, Size::new(width, height, 1.0), class);
    framed(&says(example, over, at), &(inline(WIDE, "wide") + &inline(NARROW, "narrow")))
}

fn chart(example: &Example, over: usize, at: &[f64]) -> Option<Chart> {
    let variable = example.entry.inputs.get(over)?;
    let output = example.entry.outputs.first()?;
    let opening = example.opening();
    let runs = plot::runs(opening.fit_of(example.entry), variable);
    let span = Span::of(variable, runs, *at.get(over)?);
    let question = opening.question_along(example.entry, over, &span.points())?;
    let values = read_values(&ask::answer_text(&question, &mut |_| ()))?;
    let value = example.predict(example.fit).ok()??.output(&output.name)?;
    plot::chart(&Curve { over: variable, output, span, values: &values, runs, at: Some((at[over], value)) })
}

/// The sentence under the title, with the choice of the input in it where there are several.
fn says(example: &Example, over: usize, at: &[f64]) -> String {
    let inputs = &example.entry.inputs;
    let held = plot::held(example.entry, over, at);
    let option = |(place, input): (usize, &VariableEntry)| {
        let selected = if place == over { " selected" } else { "" };
        format!("<option value=\"{}\"{selected}>{}</option>", input.name, html(&plot::phrase(input)))
    };
    match inputs.as_slice() {
        [only] => format!("Plot against {}{}", html(&plot::phrase(only)), html(&held)),
        several => format!(
            "Plot against <select id=\"over\" aria-label=\"Plot against\" autocomplete=\"off\">{}</select>{}",
            several.iter().enumerate().map(option).collect::<String>(),
            html(&held),
        ),
    }
}

fn framed(says: &str, picture: &str) -> String {
    let tool = |name: &str, of: &str| {
        format!(
            "<button type=\"button\" class=\"act\">{name}<span class=\"unseen\">{of}{TITLE}</span></button>"
        )
    };
    format!(
        "<figure><figcaption><h2>{TITLE}</h2><span class=\"tools\">{}{}</span></figcaption>\
         <p class=\"says\">{says}</p><div class=\"picture\">{picture}</div><p class=\"reading\"></p></figure>",
        tool("Table", " of "),
        tool("Save…", ""),
    )
}
