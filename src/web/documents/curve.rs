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
    let Some(Drawn { over, at, chart, .. }) = drawn(example) else {
        return framed(&says(example, 0, &[]), "");
    };
    let inline = |(width, height), class| Svg::inline(&chart, Size::new(width, height, 1.0), class);
    framed(&says(example, over, &at), &(inline(WIDE, "wide") + &inline(NARROW, "narrow")))
}

/// What the program asks for the figure, and the answer.
pub fn asked(example: &Example) -> Option<[String; 2]> {
    drawn(example).map(|drawn| drawn.asked)
}

/// A figure that can be drawn.
struct Drawn {
    /// The input it is drawn over.
    over: usize,
    /// The point.
    at: Vec<f64>,
    chart: Chart,
    /// The question it was drawn from, and the answer.
    asked: [String; 2],
}

fn drawn(example: &Example) -> Option<Drawn> {
    let at = example.opening().point(example.entry)?;
    let over_one = |over| {
        let (chart, asked) = chart(example, over, &at)?;
        Some((over, chart, asked))
    };
    let (over, chart, asked) = (0..at.len()).find_map(over_one)?;
    Some(Drawn { over, at, chart, asked })
}

fn chart(example: &Example, over: usize, at: &[f64]) -> Option<(Chart, [String; 2])> {
    let variable = example.entry.inputs.get(over)?;
    let output = example.entry.outputs.first()?;
    let opening = example.opening();
    let runs = plot::runs(opening.fit_of(example.entry), variable);
    let span = Span::of(variable, runs, *at.get(over)?);
    let question = opening.question_along(example.entry, over, &span.points())?;
    let answer = ask::answer_text(&question, &mut |_| ());
    let values = read_values(&answer)?;
    let value = example.predict(example.fit).ok()??.output(&output.name)?;
    let curve = Curve { over: variable, output, span, values: &values, runs, at: Some((at[over], value)) };
    Some((plot::chart(&curve)?, [question, answer]))
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
