//! The page of a law: what it says, the evaluator, its fits, errata, and what stands beside them.

use super::evaluate::{self, formula};
use std::fmt::Write as _;

use super::convert;
use super::curve::{self, Traced};
use super::example::Example;
use super::fits;
use super::frame::{Files, document};
use super::list::equation;
use super::{Document, Written};
use crate::ask;
use crate::laws::{ClosedForm, Kind, Law, SourcedTable};
use crate::provenance::{ReadIn, Source};
use crate::units::{Variable, ascii, show};
use crate::web::json;
use crate::web::laws::members;
use crate::web::maths;
use crate::web::reading::{Plan, VariableEntry, read_laws};
use crate::web::words::{html, powers, sentence_case};

/// The budget at which fits are compared: Chinchilla's own.
const BUDGET: &str = "5.76e23 FLOPs";

/// The document of a law; `before` and `after` are its neighbours in the list.
///
/// # Errors
/// What the law answers with instead of a value.
pub fn page(law: &Law, neighbours: [Option<&Law>; 2], files: &Files) -> Written<Document> {
    let block = block(law);
    let entry = read_laws(&block).pop().ok_or_else(|| format!("{}: {block}", law.id))?;
    let groups = members::groups_of(law.formula);
    let entry = members::opened(&entry, &members::opening(groups.len()));
    let example = Example::of(law, &entry);
    let traced = curve::traced(&example);
    let stack = [
        statement(law),
        evaluate::section(&example, traced.as_ref())?,
        fits::section(law),
        tables(law),
        errata_section(law),
    ];
    let aside = [conventions(law), compared(&example), closed_forms(law), latex(law), citation(law)];
    let main = format!(
        "{}<div class=\"lawpage\"><div class=\"stack\">{}</div><aside class=\"facts\" aria-label=\"Facts\">{}</aside></div>{}{}",
        head(law),
        stack.concat(),
        aside.concat(),
        beside(neighbours),
        data(&block, &example, traced),
    );
    let description = sentence_case(law.answers);
    Ok(document(&format!("laws/{}/", law.id), law.name, &description, &main, files))
}

fn head(law: &Law) -> String {
    let locator =
        if law.source.locator.is_empty() { String::new() } else { format!(", {}", law.source.locator) };
    format!(
        "<div class=\"head\"><h1>{}</h1><p class=\"quiet\">{} {}{}</p>{}</div>",
        html(law.name),
        html(law.source.authors),
        law.source.year,
        html(&locator),
        acts(law),
    )
}

/// What can be done with it.
fn acts(law: &Law) -> String {
    let fit = law.fits.first().map_or(String::new(), |fit| format!("&amp;fit={}", fit.id));
    let mut acts = String::new();
    if law.plans() && !law.fits.is_empty() {
        let _ = write!(
            acts,
            "<a class=\"act\" id=\"use\" data-card=\"law\" href=\"./?law={}{fit}\">Use in Plan</a>",
            law.id
        );
    }
    if law.kind == Kind::Loss && !law.parameters.is_empty() {
        let _ = write!(acts, "<a class=\"act\" href=\"fit/?law={}\">Fit to my runs</a>", law.id);
    }
    let _ = write!(acts, "<a class=\"act\" href=\"laws/new/?law={}\">Change it…</a>", law.id);
    format!("<p class=\"acts\">{acts}{}</p>", copy("latex", "Copy LaTeX"))
}

/// A verb that copies the text of an element.
pub fn copy(from: &str, name: &str) -> String {
    format!("<button type=\"button\" class=\"act\" data-copy=\"{from}\">{name}</button>")
}

/// What it answers, its formula, and what one must know before believing it.
fn statement(law: &Law) -> String {
    let memory = match law.read_in {
        ReadIn::Memory => {
            "<p class=\"warn\">The form stands here from memory and was not read again in the paper. \
             Check it before you rely on it.</p>"
        }
        _ => "",
    };
    format!(
        "<section class=\"statement\" aria-label=\"Formula\"><p class=\"quiet\">Gives {}.</p>{}{memory}{}</section>",
        html(law.answers),
        formula(&maths::display(&equation(law), &[]), "", "Formula"),
        notes(law.caveats),
    )
}

/// Sentences, each a paragraph with a rule beside it.
pub fn notes(notes: &[&str]) -> String {
    let note = |note: &&str| format!("<p class=\"note\">{}</p>", html(&powers(&sentence_case(note))));
    notes.iter().map(note).collect::<Vec<_>>().concat()
}

fn tables(law: &Law) -> String {
    if law.tables.is_empty() {
        return String::new();
    }
    // Tables of one source over the same rows are one table of several columns.
    let mut together: Vec<Vec<&SourcedTable>> = Vec::new();
    for table in law.tables {
        let sister =
            |group: &&mut Vec<&SourcedTable>| group[0].x == table.x && group[0].source == table.source;
        match together.iter_mut().find(sister) {
            Some(group) => group.push(table),
            None => together.push(vec![table]),
        }
    }
    let tables = together.iter().map(|group| side_by_side(group)).collect::<String>();
    format!("<section id=\"tables\"><h2>Tables it looks things up in</h2>{tables}</section>")
}

fn side_by_side(tables: &[&SourcedTable]) -> String {
    let first = tables[0];
    let head =
        |table: &&SourcedTable| format!("<th scope=\"col\" class=\"figure\">{}</th>", html(table.name));
    let cell = |value: f64| format!("<td class=\"figure\">{}</td>", ascii(value));
    let row = |(at, x): (usize, &f64)| {
        let values = tables.iter().filter_map(|table| table.y.get(at)).map(|y| cell(*y)).collect::<String>();
        format!("<tr>{}{values}</tr>", cell(*x))
    };
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table of {}\"><table class=\"looked-up\">\
         <caption>{}; {}</caption><thead><tr><th scope=\"col\" class=\"figure\">at</th>{}</tr></thead><tbody>{}</tbody></table></div>",
        html(&tables.iter().map(|table| table.name).collect::<Vec<_>>().join(", ")),
        html(&first.source.to_string()),
        html(&first.read_in.to_string()),
        tables.iter().map(head).collect::<String>(),
        first.x.iter().enumerate().map(row).collect::<String>(),
    )
}

/// What is wrong in print, of the law and of each of its fits.
pub fn errata(law: &Law) -> Vec<String> {
    let of_fits =
        law.fits.iter().flat_map(|fit| fit.errata.iter().map(|erratum| format!("{}: {erratum}", fit.name)));
    law.errata.iter().map(|erratum| (*erratum).to_owned()).chain(of_fits).collect()
}

fn errata_section(law: &Law) -> String {
    let all = errata(law);
    if all.is_empty() {
        return String::new();
    }
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    format!("<section id=\"errata\"><h2>Errata</h2>{}</section>", notes(&all))
}

fn conventions(law: &Law) -> String {
    let entry =
        |symbol: &str, words: &str| format!("<dt>{}</dt><dd>{}</dd>", maths::inline(symbol), html(words));
    let mut entries: Vec<String> =
        law.outputs.iter().map(|output| entry(output.name, &counted(&output.variable))).collect();
    entries.extend(law.inputs.iter().map(|input| entry(input.symbol, &counted(input))));
    let has = |symbol: &str| law.inputs.iter().any(|input| input.symbol == symbol);
    if !law.cost.is_empty() {
        entries.push(format!(
            "<dt>cost</dt><dd>{} FLOPs, by the paper’s own count</dd>",
            maths::inline(law.cost)
        ));
    } else if law.plans() && !has("C") {
        entries.push(format!("<dt>cost</dt><dd>{} FLOPs</dd>", maths::inline("6 * N * D")));
    }
    format!("<div><h2>Conventions</h2><dl>{}</dl></div>", entries.concat())
}

/// What a variable counts, with its unit where the words do not say it.
fn counted(variable: &Variable) -> String {
    let (words, unit) = (variable.convention.words(), variable.unit().words());
    if unit.is_empty() || words.contains(unit) { words.to_owned() } else { format!("{words}, in {unit}") }
}

/// What the fits say beside one another.
fn compared(example: &Example) -> String {
    let law = example.law;
    if law.fits.len() < 2 {
        return String::new();
    }
    let sizes: Vec<Option<String>> = law.fits.iter().map(|fit| best_size(law, fit.id)).collect();
    let (said, values) = if sizes.iter().all(Option::is_some) {
        ("Size at 5.76 × 10²³ FLOPs".to_owned(), sizes)
    } else if let Some(output) =
        law.outputs.first().filter(|_| example.opening().point(example.entry).is_some())
    {
        let value = |fit| {
            let value = example.predict(Some(fit)).ok()??.output(output.name)?;
            let (number, unit) = crate::web::evaluator::value(value, output.variable.unit());
            Some(format!("{number}\u{a0}{unit}").trim_end().to_owned())
        };
        let at = |input: &VariableEntry| {
            Some(format!("{} = {}", input.name, show(example.value(input)?, input.unit).number()))
        };
        let at: Vec<String> = example.entry.inputs.iter().filter_map(at).collect();
        (format!("{} at {}", output.name, at.join(", ")), law.fits.iter().map(value).collect())
    } else {
        return String::new();
    };
    let row = |(fit, value): (&crate::laws::PublishedFit, Option<String>)| {
        format!(
            "<dt><a href=\"laws/{}/#fit-{}\">{}</a></dt><dd>{}</dd>",
            law.id,
            fit.id,
            html(fit.name),
            html(&value.unwrap_or_else(|| "–".to_owned()))
        )
    };
    let rows = law.fits.iter().zip(values).map(row).collect::<String>();
    format!(
        "<div class=\"compared\"><h2>Fits</h2><dl>{rows}</dl><p class=\"faint\">{}</p></div>",
        html(&said)
    )
}

fn best_size(law: &Law, fit: &str) -> Option<String> {
    if !law.plans() {
        return None;
    }
    let parts = [("law", json::string(law.id)), ("fit", json::string(fit)), ("budget", json::string(BUDGET))];
    let question = json::object(&[("allocate", json::object(&parts))]);
    let plan = Plan::read(&ask::answer_text(&question, &mut |_| ()))?;
    Some(show(plan.size()?, crate::units::Unit::Parameters).number())
}

fn closed_forms(law: &Law) -> String {
    let form =
        |form: &ClosedForm| formula(&maths::display(&best(form), &[]), "small", &format!("Best {}", form.of));
    if law.closed_forms.is_empty() {
        return String::new();
    }
    let forms = law.closed_forms.iter().map(form).collect::<String>();
    format!("<div><h2>Best plan for a budget of C FLOPs</h2>{forms}</div>")
}

/// A closed form as an equation; its last line may have the name of what it gives already.
fn best(form: &ClosedForm) -> String {
    let title = format!("{}_opt", form.of);
    let equation = maths::equation(&[&title], form.formula);
    equation.replace(&format!("{title} = {} = ", form.of), &format!("{title} = "))
}

fn latex(law: &Law) -> String {
    format!(
        "<div><h2>LaTeX</h2><pre id=\"latex\" tabindex=\"0\" aria-label=\"LaTeX\">{}</pre></div>",
        html(&maths::latex(&equation(law), &[]))
    )
}

/// The papers of the form and of its fits, in BibTeX.
fn citation(law: &Law) -> String {
    let mut entries: Vec<String> = Vec::new();
    for source in papers(law) {
        let entry = source.bibtex();
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    format!(
        "<div><h2>Cite</h2><pre id=\"bibtex\" tabindex=\"0\" aria-label=\"BibTeX\">{}</pre><p class=\"acts\">{}</p></div>",
        html(&entries.join("\n\n")),
        copy("bibtex", "Copy BibTeX")
    )
}

/// The papers of a law and of its fits.
pub fn papers(law: &Law) -> impl Iterator<Item = Source> {
    std::iter::once(law.source).chain(law.fits.iter().map(|fit| fit.source))
}

fn beside([before, after]: [Option<&Law>; 2]) -> String {
    let link = |law: Option<&Law>, rel: &str, word: &str| {
        law.map_or(String::new(), |law| {
            format!(
                "<a href=\"laws/{}/\" rel=\"{rel}\"><span class=\"faint\">{word}</span> {}</a>",
                law.id,
                html(law.name)
            )
        })
    };
    format!(
        "<nav class=\"beside\" aria-label=\"Other laws\">{}<a href=\"laws/\">All laws</a>{}</nav>",
        link(before, "prev", "Before"),
        link(after, "next", "Next")
    )
}

/// The law as an Answer lists it.
fn block(law: &Law) -> String {
    let only = json::list([json::string(law.id)].into_iter());
    let question = json::object(&[("laws", json::object(&[("only", only)]))]);
    ask::answer_text(&question, &mut |_| ())
}

/// The same for the program, and the answers that the page shows: blocks of data, which no policy forbids and no
/// browser runs. No worker is needed before the reader asks something else.
fn data(block: &str, example: &Example, traced: Option<Traced>) -> String {
    let value = example.opening().question(example.entry).map(|question| {
        let answer = ask::answer_text(&question, &mut |_| ());
        [question, answer]
    });
    let asked: Vec<[String; 2]> =
        value.into_iter().chain(traced.into_iter().flat_map(|traced| traced.asked)).collect();
    let all = |part: usize| json::list(asked.iter().map(|asked| asked[part].clone()));
    let answers = json::object(&[("questions", all(0)), ("answers", all(1))]);
    let script = |id: &str, data: &str| {
        let data = data.replace('<', "\\u003c");
        format!("<script type=\"application/json\" id=\"{id}\">{data}</script>")
    };
    let conversions = convert::data(example).map(|answer| script("conversions", &answer));
    script("law", block) + &script("default-answer", &answers) + &conversions.unwrap_or_default()
}
