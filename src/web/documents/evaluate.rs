//! The evaluator of a law, as it opens: what the program takes over, element for element.

use super::curve::{self, Traced};
use super::frame::quoted;
use super::list::equation;
use super::{Written, example::Example};
use crate::laws::{Law, Parameter, PublishedFit};
use crate::units::{Unit, Variable};
use crate::web::evaluator::{self, Prediction};
use crate::web::maths;
use crate::web::words::html;

/// The section: the fit, the formula with its numbers, a field for each input, the value, the curve.
///
/// # Errors
/// What the law answers with instead of a value.
pub fn section(example: &Example, traced: Option<&Traced>) -> Written<String> {
    let (law, fit) = (example.law, example.fit);
    let body = if families(law) {
        FAMILIES.to_owned()
    } else {
        let prediction = example.predict(fit)?;
        [
            by(law, fit),
            "<h2>Evaluate</h2>".to_owned(),
            fields(example),
            values(law, prediction.as_ref()),
            distance(fit, prediction.as_ref()),
            curve::figure(example, traced),
        ]
        .concat()
    };
    Ok(format!(
        "<section class=\"evaluate\" id=\"evaluate\" data-law=\"{}\" aria-label=\"Evaluate\">{body}</section>",
        law.id
    ))
}

const NO_FIT: &str =
    "<p class=\"none\">No constants were published; fit it to your runs, or give each parameter a value.</p>";

const FAMILIES: &str = "<p class=\"none\">Its inputs are families, with a member for each domain of the data. Which \
    domains there are is for your runs to say: fit it to a table with a column for each, such as <code>h[web]</code> and \
    <code>h[code]</code>. A program names them in its question, <code>\"h\":{\"web\":0.7,\"code\":0.3}</code>.</p>";

/// Whether some input is a family, such as `h[i]`.
pub fn families(law: &Law) -> bool {
    law.inputs.iter().any(|input| law.formula.contains(&format!("{}[", input.symbol)))
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
    let (law, fit) = (example.law, example.fit);
    let input = |input: &Variable| {
        let name = evaluator::name(input.unit(), input.convention.words());
        field(input.symbol, &name, input.unit(), &example.typed(input))
    };
    let parameter = |parameter: &Parameter| field(parameter.symbol, "Parameter", Unit::One, "");
    let inputs = law.inputs.iter().map(input).collect::<String>();
    let parameters = match fit {
        Some(_) => String::new(),
        None => law.parameters.iter().map(parameter).collect(),
    };
    format!("<div class=\"inputs\">{inputs}{parameters}</div>")
}

/// A field, with how it was read.
fn field(symbol: &str, name: &str, unit: Unit, text: &str) -> String {
    let echo =
        if text.is_empty() { String::new() } else { evaluator::echo(&crate::units::read(text, unit), unit) };
    format!(
        "<div class=\"field\"><div class=\"name\"><label for=\"at-{symbol}\">{} {}</label></div>\
         <input type=\"text\" id=\"at-{symbol}\" value=\"{}\" aria-describedby=\"at-{symbol}-echo\" autocomplete=\"off\" \
         autocapitalize=\"off\" spellcheck=\"false\"><p class=\"echo\" id=\"at-{symbol}-echo\" aria-live=\"polite\">{}</p></div>",
        html(name),
        maths::inline(symbol),
        quoted(text),
        html(&echo),
    )
}

/// A value for each output, the main one first.
fn values(law: &Law, prediction: Option<&Prediction>) -> String {
    let inputs: Vec<String> = law.inputs.iter().map(|input| format!("at-{}", input.symbol)).collect();
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

fn distance(fit: Option<&PublishedFit>, prediction: Option<&Prediction>) -> String {
    let known = fit.is_some_and(|fit| !fit.fitted_on.is_empty());
    let lines = match (fit, prediction) {
        (Some(_), Some(prediction)) => evaluator::distance(&prediction.warnings, known),
        _ => Vec::new(),
    };
    let line = |line: String| format!("<p>{}</p>", html(&line));
    format!(
        "<div class=\"distance\" role=\"status\">{}</div>",
        lines.into_iter().map(line).collect::<String>()
    )
}
