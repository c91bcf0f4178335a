//! The curve of a law over one of its inputs.

use super::example::Example;
use crate::ask;
use crate::figure::{Chart, Size, Svg};
use crate::web::laws::plot::{self, Curve, Span, TITLE};
use crate::web::laws::reach::{Reach, heard, reach};
use crate::web::reading::VariableEntry;
use crate::web::words::html;

/// The picture as the style sheet sizes it: beside the facts, and on a phone.
const WIDE: (f64, f64) = (760.0, 340.0);
const NARROW: (f64, f64) = (328.0, 320.0);

/// The figure; a sentence in its place where nothing can be drawn yet.
pub fn figure(example: &Example, traced: Option<&Traced>) -> String {
    let Some(Traced { over, at, reach, chart, .. }) = traced else {
        return framed(plot::WAITS, None);
    };
    let inline = |(width, height), class| {
        chart.as_ref().map(|chart| Svg::inline(chart, Size::new(width, height, 1.0), class))
    };
    let picture = inline(WIDE, "wide").zip(inline(NARROW, "narrow")).map(|(wide, narrow)| wide + &narrow);
    framed(&says(example, *over, &plot::held(example.entry, *over, at, reach)), picture)
}

/// What a law says along an input.
#[derive(Clone, Debug)]
pub struct Traced {
    /// The input.
    over: usize,
    /// The point.
    at: Vec<f64>,
    reach: Reach,
    /// The picture; none where it has a value at the point alone.
    chart: Option<Chart>,
    /// What the program asks for the figure, and the answers.
    pub asked: Vec<[String; 2]>,
}

/// What a law says along the first input that it can be drawn over, along its first where there is none; nothing where
/// it has no value.
pub fn traced(example: &Example) -> Option<Traced> {
    let at = example.opening().point(example.entry)?;
    let mut all = (0..at.len()).filter_map(|over| trace(example, over, &at));
    let first = all.next()?;
    if first.chart.is_some() {
        return Some(first);
    }
    Some(all.find(|other| other.chart.is_some()).unwrap_or(first))
}

fn trace(example: &Example, over: usize, at: &[f64]) -> Option<Traced> {
    let variable = example.entry.inputs.get(over)?;
    let output = example.entry.outputs.first()?;
    let value = example.predict(example.fit).ok()??.output(&output.name)?;
    let opening = example.opening();
    let runs = plot::runs(opening.fit_of(example.entry), variable);
    let span = Span::of(variable, runs, *at.get(over)?);
    let mut asked: Vec<[String; 2]> = Vec::new();
    let mut ask = |question: &str| {
        let answer = ask::answer_text(question, &mut |_| ());
        if asked.iter().all(|[known, _]| known != question) {
            asked.push([question.to_owned(), answer.clone()]);
        }
        heard(answer.into())
    };
    let reach = reach(example.entry, &opening, over, span, &mut ask).ok()?;
    let curve =
        Curve { over: variable, output, reach: &reach, runs, at: Some((at[over], value)), usual: None };
    let chart = plot::chart(&curve);
    Some(Traced { over, at: at.to_vec(), chart, reach, asked })
}

/// The sentence under the title, with the choice of the input in it where there are several.
fn says(example: &Example, over: usize, held: &str) -> String {
    let inputs = &example.entry.inputs;
    let option = |(place, input): (usize, &VariableEntry)| {
        let selected = if place == over { " selected" } else { "" };
        format!("<option value=\"{}\"{selected}>{}</option>", input.name, html(&plot::phrase(input)))
    };
    match inputs.as_slice() {
        [only] => format!("Plot against {}{}", html(&plot::phrase(only)), html(held)),
        several => format!(
            "Plot against <select id=\"over\" aria-label=\"Plot against\" autocomplete=\"off\">{}</select>{}",
            several.iter().enumerate().map(option).collect::<String>(),
            html(held),
        ),
    }
}

/// The figure; without a picture it is a sentence, and what belongs to pictures is not shown.
fn framed(says: &str, picture: Option<String>) -> String {
    let tool = |name: &str, of: &str| {
        format!(
            "<button type=\"button\" class=\"act\">{name}<span class=\"unseen\">{of}{TITLE}</span></button>"
        )
    };
    let class = if picture.is_some() { "curve" } else { "curve blank" };
    format!(
        "<div class=\"{class}\"><figure><figcaption><h2>{TITLE}</h2><span class=\"tools\">{}{}</span></figcaption>\
         <p class=\"says\">{says}</p><div class=\"picture\">{}</div><p class=\"reading\"></p></figure></div>",
        tool("Table", " of "),
        tool("Save…", ""),
        picture.unwrap_or_default(),
    )
}
