//! The constants of a law: every fit with its numbers, and where each was read.

use super::evaluate::{formula, named, numbered};
use super::law::{copy, notes};
use super::list::equation;
use crate::formula::{Formula, Leaf, Order, Program};
use crate::laws::{Derived, FittedRange, Interval, Law, PublishedFit};
use crate::units::{ascii, percent, show, significant};
use crate::web::maths;
use crate::web::words::{html, powers, sentence_case};

/// The section; nothing for a law without fits.
pub fn section(law: &Law) -> String {
    if law.fits.is_empty() {
        return String::new();
    }
    let fits = law.fits.iter().enumerate().map(|(at, fit)| one(law, fit, at == 0)).collect::<String>();
    format!("<section id=\"constants\"><h2>Constants</h2>{fits}</section>")
}

fn one(law: &Law, fit: &PublishedFit, open: bool) -> String {
    let title = format!("The numbers of {}", html(fit.name));
    format!(
        "<details class=\"fit\" id=\"fit-{0}\" data-fit=\"{0}\"{1}><summary>{2} <span class=\"faint\">{3}</span></summary>\
         {4}{5}<dl class=\"provenance\">{6}</dl>{7}<p class=\"acts\">{8}</p><pre class=\"latex\" id=\"latex-{0}\" tabindex=\"0\" aria-label=\"LaTeX of {2}\">{9}</pre></details>",
        fit.id,
        if open { " open" } else { "" },
        html(fit.name),
        html(&powers(fit.source.locator)),
        formula(&numbered(law, fit), "numbers", &title),
        table(law, fit),
        facts(fit),
        notes(fit.caveats),
        copy(&format!("latex-{}", fit.id), "Copy LaTeX with these numbers"),
        html(&maths::latex(&equation(law), &named(law, fit))),
    )
}

fn table(law: &Law, fit: &PublishedFit) -> String {
    let known = !fit.intervals.is_empty();
    let interval = |of: &str| match fit.intervals.iter().find(|interval| interval.of == of) {
        _ if !known => String::new(),
        Some(interval) => format!("<td class=\"figure\">{}</td>", html(&ends(interval))),
        None => "<td></td>".to_owned(),
    };
    let row = |symbol: &str, value: &str, unit: &str| {
        format!(
            "<tr><th scope=\"row\">{}</th><td class=\"figure\">{}</td>{}<td>{}</td></tr>",
            maths::head(symbol),
            html(value),
            interval(symbol),
            html(unit)
        )
    };
    let parameters = law.parameters.iter().zip(fit.values);
    let parameters =
        parameters.map(|(parameter, value)| row(parameter.symbol, &ascii(*value), parameter.unit.words()));
    let derived = law.derived.iter().filter_map(|derived| {
        Some(row(derived.name, &significant(value(derived, law, fit)?, 6), derived.meaning))
    });
    let head = if known { "<th scope=\"col\" class=\"figure\">Interval</th>" } else { "" };
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Constants of {}\"><table><thead><tr><td></td>\
         <th scope=\"col\" class=\"figure\">Value</th>{head}<th scope=\"col\">Unit or meaning</th></tr></thead><tbody>{}{}</tbody></table></div>",
        html(fit.name),
        parameters.collect::<String>(),
        derived.collect::<String>(),
    )
}

fn ends(interval: &Interval) -> String {
    format!(
        "{}: {} to {}",
        percent(interval.level),
        significant(interval.low, 4),
        significant(interval.high, 4)
    )
}

/// A number computed from the parameters alone.
fn value(derived: &Derived, law: &Law, fit: &PublishedFit) -> Option<f64> {
    let parameters = named(law, fit);
    let formula = Formula::parse(derived.formula).ok()?;
    let leaves: Vec<(&str, Leaf)> = parameters.iter().map(|(name, _)| (*name, Leaf::Scalar)).collect();
    let program = Program::compile(&formula, &leaves, &[], Order::Value).ok()?;
    let values: Vec<f64> = parameters.iter().map(|(_, value)| *value).collect();
    let mut one = [f64::NAN];
    program.bind(&[]).values(&values, &[], &mut one);
    one[0].is_finite().then_some(one[0])
}

/// Where the numbers were read, and on what they rest.
fn facts(fit: &PublishedFit) -> String {
    let said = html(&powers(&fit.source.to_string()));
    let source = match fit.source.url() {
        Some(address) => format!("<a href=\"{address}\" rel=\"noreferrer\">{said}</a>"),
        None => said,
    };
    let ranges: Vec<String> = fit.fitted_on.iter().map(range).collect();
    let ranges = if ranges.is_empty() { "range not published".to_owned() } else { ranges.join("; ") };
    let facts = [
        ("Source", source),
        ("Digits", html(&powers(&sentence_case(&fit.read_in.to_string())))),
        ("Data", html(&powers(fit.data))),
        ("Runs", html(&ranges)),
        ("Minimises", html(&powers(fit.objective))),
    ];
    let entry = |(name, says): (&str, String)| match says.as_str() {
        "" => String::new(),
        says => format!("<dt>{name}</dt><dd>{says}</dd>"),
    };
    facts.into_iter().map(entry).collect()
}

fn range(range: &FittedRange) -> String {
    let [low, high] = [range.low, range.high].map(|end| show(end, range.variable.unit()));
    format!("{} from {} to {high}", range.variable.symbol, low.number())
}
