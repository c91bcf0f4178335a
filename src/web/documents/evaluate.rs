//! The evaluator of a law, as it opens: what the program takes over, element for element.

use super::curve::{self, Traced};
use super::frame::quoted;
use super::list::equation;
use super::{Written, convert, example::Example};
use crate::laws::{Law, PublishedFit};
use crate::units::Unit;
use crate::web::evaluator::{self, Prediction};
use crate::web::laws::members;
use crate::web::maths;
use crate::web::reading::VariableEntry;
use crate::web::words::html;

/// The section: the fit, the formula with its numbers, a field for each input, the value, the curve.
///
/// # Errors
/// What the law answers with instead of a value.
pub fn section(example: &Example, traced: Option<&Traced>) -> Written<String> {
    let (law, fit) = (example.law, example.fit);
    let prediction = example.predict(fit)?;
    let body = [
        by(law, fit),
        "<h2>Evaluate</h2>".to_owned(),
        lists(law),
        fields(example),
        values(example, prediction.as_ref()),
        distance(example, prediction.as_ref()),
        convert::of_value(example),
        curve::figure(example, traced),
    ]
    .concat();
    Ok(format!(
        "<section class=\"evaluate\" id=\"evaluate\" data-law=\"{}\" aria-label=\"Evaluate\">{body}</section>",
        law.id
    ))
}

const NO_FIT: &str =
    "<p class=\"none\">No constants were published; fit it to your runs, or give each parameter a value.</p>";

/// The members of its families, a list for each index.
fn lists(law: &Law) -> String {
    members::groups_of(law.formula)
        .iter()
        .enumerate()
        .map(|(group, families)| list(group, families))
        .collect()
}

fn list(group: usize, families: &[String]) -> String {
    let member = |(at, name): (usize, &str)| {
        format!(
            "<li><input type=\"text\" id=\"member-{group}-{at}\" value=\"{name}\" aria-label=\"Member {}\" \
             aria-describedby=\"members-{group}-echo\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\">\
             <button type=\"button\" class=\"act\">Remove<span class=\"unseen\"> {name}</span></button></li>",
            at + 1,
        )
    };
    format!(
        "<div class=\"members\" role=\"group\" aria-labelledby=\"members-{group}\"><div class=\"name\">\
         <span id=\"members-{group}\">Members</span></div><ul>{}<li><button type=\"button\" class=\"act\">Add a member</button></li></ul>\
         <p class=\"echo\" id=\"members-{group}-echo\" aria-live=\"polite\">{}</p></div>",
        members::FIRST.into_iter().enumerate().map(member).collect::<String>(),
        html(&members::says(families)),
    )
}

/// By which values it is evaluated.
fn by(law: &Law, fit: Option<&PublishedFit>) -> String {
    match fit {
        Some(fit) => with_numbers(law, fit),
        None if law.parameters.is_empty() => String::new(),
        None => NO_FIT.to_owned(),
    }
}

fn with_numbers(law: &Law, fit: &PublishedFit) -> String {
    let option = |one: &PublishedFit| {
        let selected = if one.id == fit.id { " selected" } else { "" };
        format!("<option value=\"{}\"{selected}>{}</option>", one.id, html(one.name))
    };
    format!(
        "<div class=\"field\"><div class=\"name\"><label for=\"fit\">Published fit</label></div>\
         <select id=\"fit\" autocomplete=\"off\">{}</select></div>{}",
        law.fits.iter().map(option).collect::<String>(),
        formula(&numbered(law, fit), "numbers", "Formula with the numbers of the fit"),
    )
}

/// A formula on a line of its own, which scrolls where it is longer.
pub fn formula(math: &str, class: &str, name: &str) -> String {
    format!("<div class=\"formula {class}\" tabindex=\"0\" role=\"group\" aria-label=\"{name}\">{math}</div>")
}

/// The formula with the numbers of a fit.
pub fn numbered(law: &Law, fit: &PublishedFit) -> String {
    maths::display(&equation(law), &named(law, fit))
}

/// The values of a fit by parameter.
pub fn named(law: &Law, fit: &PublishedFit) -> Vec<(&'static str, f64)> {
    law.parameters.iter().map(|parameter| parameter.symbol).zip(fit.values.iter().copied()).collect()
}

fn fields(example: &Example) -> String {
    let input = |input: &VariableEntry| {
        let name = evaluator::name(input.unit, &input.counts);
        let id = format!("at-{}", input.name);
        let field = field(&id, &input.name, &name, input.unit, &example.typed(input));
        field.replace("</p></div>", &format!("</p>{}</div>", convert::of_input(example, input)))
    };
    let parameter = |name: &String| field(&format!("at-{name}"), name, "Parameter", Unit::One, "");
    let inputs = example.entry.inputs.iter().map(input).collect::<String>();
    let parameters = match example.fit {
        Some(_) => String::new(),
        None => example.entry.parameters.iter().map(parameter).collect(),
    };
    format!("<div class=\"inputs\">{inputs}{parameters}</div>")
}

/// A field, with how it was read.
pub fn field(id: &str, symbol: &str, name: &str, unit: Unit, text: &str) -> String {
    let echo =
        if text.is_empty() { String::new() } else { evaluator::echo(&crate::units::read(text, unit), unit) };
    format!(
        "<div class=\"field\"><div class=\"name\"><label for=\"{id}\">{} {}</label></div>\
         <input type=\"text\" id=\"{id}\" value=\"{}\" aria-describedby=\"{id}-echo\" autocomplete=\"off\" \
         autocapitalize=\"off\" spellcheck=\"false\"><p class=\"echo\" id=\"{id}-echo\" aria-live=\"polite\">{}</p></div>",
        html(name),
        maths::inline(symbol),
        quoted(text),
        html(&echo),
    )
}

/// A value for each output, the main one first.
fn values(example: &Example, prediction: Option<&Prediction>) -> String {
    let law = example.law;
    let inputs: Vec<String> = example.entry.inputs.iter().map(|input| format!("at-{}", input.name)).collect();
    let several = law.outputs.len() > 1;
    let output = |output: &crate::laws::Output| {
        let unit = output.variable.unit();
        let value = prediction.and_then(|prediction| prediction.output(output.name));
        let (number, words) =
            value.map_or(("–".to_owned(), unit.words()), |value| evaluator::value(value, unit));
        let name = if several {
            format!("<span class=\"output\">{}</span> ", maths::inline(output.name))
        } else {
            String::new()
        };
        format!(
            "<p class=\"value\">{name}<output id=\"value-{}\" for=\"{}\">{}</output> <span class=\"unit\">{words}</span></p>",
            output.name,
            inputs.join(" "),
            html(&number),
        )
    };
    format!("<div class=\"values\">{}</div>", law.outputs.iter().map(output).collect::<String>())
}

fn distance(example: &Example, prediction: Option<&Prediction>) -> String {
    let known = example.fit.map(|fit| !fit.fitted_on.is_empty());
    let lines =
        prediction.map(|prediction| evaluator::distance(&prediction.warnings, known)).unwrap_or_default();
    let line = |line: String| format!("<p>{}</p>", html(&line));
    format!(
        "<div class=\"distance\" role=\"status\">{}</div>",
        lines.into_iter().map(line).collect::<String>()
    )
}
