//! The curve of a law over one of its inputs.

use super::Written;
use super::example::Example;
use crate::figure::{Size, Svg};
use crate::laws::{Law, PublishedFit};
use crate::units::Variable;
use crate::web::curve::{Axis, Curve, OTHERS, TITLE, positions, says, spans};
use crate::web::evaluator;
use crate::web::words::html;

/// The picture as the style sheet sizes it: beside the facts, and on a phone.
const WIDE: (f64, f64) = (760.0, 340.0);
const NARROW: (f64, f64) = (328.0, 320.0);

/// The choice of the input, where there are several, and the figure.
///
/// # Errors
/// What the law answers with instead of values.
pub fn figure(law: &Law, fit: Option<&PublishedFit>, example: &Example) -> Written<String> {
    let input = chosen(law, example).ok_or_else(|| format!("{}: no input to draw it over", law.id))?;
    let curve = curve(law, fit, example, input)?;
    let held = law.inputs.iter().filter(|other| other.symbol != input.symbol);
    let held: Vec<(Axis, f64)> =
        held.filter_map(|other| Some((axis(other), example.value(other)?))).collect();
    let words = says(&axis(input), &held, curve.runs.is_some(), !curve.others.is_empty());
    let chart = curve.chart();
    let inline = |(width, height), class| Svg::inline(&chart, Size::new(width, height, 1.0), class);
    let picture = inline(WIDE, "wide") + &inline(NARROW, "narrow");
    Ok(format!("{}{}", choice(law, input), framed(&words, &picture)))
}

/// The input that the figure opens with: the last, which in most laws is the data.
fn chosen<'a>(law: &'a Law, example: &Example) -> Option<&'a Variable> {
    law.inputs.iter().rev().find(|input| example.value(input).is_some())
}

fn axis(variable: &Variable) -> Axis {
    Axis {
        symbol: variable.symbol.to_owned(),
        unit: variable.unit(),
        counts: variable.convention.words().to_owned(),
    }
}

fn curve(law: &Law, fit: Option<&PublishedFit>, example: &Example, input: &Variable) -> Written<Curve> {
    let value = example.value(input).ok_or_else(|| format!("{}: no value of {}", law.id, input.symbol))?;
    let range = fit.and_then(|fit| fit.fitted_on.iter().find(|range| range.variable.symbol == input.symbol));
    let runs = range.map(|range| (range.low, range.high));
    let output = law.outputs.first().ok_or_else(|| format!("{}: no output", law.id))?;
    let along = |fit: Option<&PublishedFit>, x: &[f64]| example.along(law, fit, input, x, output.name);
    let drawn = spans(value, runs).into_iter().map(positions).find_map(|x| Some((along(fit, &x)?, x)));
    let (y, x) = drawn.ok_or_else(|| format!("{}: no values over {}", law.id, input.symbol))?;
    let others = law.fits.iter().filter(|other| fit.is_some_and(|fit| fit.id != other.id));
    let others = others.filter_map(|other| Some((other.name.to_owned(), along(Some(other), &x)?)));
    let at = example.predict(law, fit)?.output(output.name).map(|y| (value, y));
    Ok(Curve {
        input: axis(input),
        output: Axis { symbol: output.name.to_owned(), ..axis(&output.variable) },
        others: others.take(OTHERS).collect(),
        x,
        y,
        runs,
        at,
    })
}

fn choice(law: &Law, chosen: &Variable) -> String {
    let option = |input: &Variable| {
        let name = evaluator::name(input.unit(), input.convention.words());
        let selected = if input == chosen { " selected" } else { "" };
        format!("<option value=\"{0}\"{selected}>{1} {0}</option>", input.symbol, html(&name))
    };
    if law.inputs.len() < 2 {
        return String::new();
    }
    format!(
        "<div class=\"field over\"><div class=\"name\"><label for=\"over\">Plot against</label></div>\
         <select id=\"over\" autocomplete=\"off\">{}</select></div>",
        law.inputs.iter().map(option).collect::<String>()
    )
}

fn framed(says: &str, picture: &str) -> String {
    let tool = |name: &str, of: &str| {
        format!(
            "<button type=\"button\" class=\"act\">{name}<span class=\"unseen\">{of}{TITLE}</span></button>"
        )
    };
    format!(
        "<figure><figcaption><h2>{TITLE}</h2><span class=\"tools\">{}{}</span></figcaption>\
         <p class=\"says\">{}</p><div class=\"picture\">{picture}</div><p class=\"reading\"></p></figure>",
        tool("Table", " of "),
        tool("Save…", ""),
        html(says),
    )
}
