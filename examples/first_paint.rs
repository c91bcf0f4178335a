//! Writes the answer that the page opens with into index.html, so that the first paint already answers.
//!
//! Reads the page from standard input, asks what the app will ask when it starts, and prints the page with every
//! `{{marker}}` filled in. The build calls it (`scripts/post-build.mjs`).

use std::error::Error;
use std::io::{self, Read as _};

use isoflop::ask;
use isoflop::web::question::{LAWS, Question};
use isoflop::web::reading::{Plan, read_laws};
use isoflop::web::words::{self, RUNGS, html};

fn main() -> Result<(), Box<dyn Error>> {
    let mut page = String::new();
    io::stdin().read_to_string(&mut page)?;

    let question = Question::default();
    let budget = question.budget()?.value;
    let mut questions =
        vec![LAWS.to_owned(), question.allocate().ok_or("the default question cannot be asked")?];
    questions.extend(RUNGS.iter().filter_map(|(_, factor)| question.allocate_at(budget * factor)));
    let answers: Vec<String> =
        questions.iter().map(|question| ask::answer_text(question, &mut |_| ())).collect();

    let laws = read_laws(&answers[0]);
    let law =
        laws.iter().find(|law| law.id == question.law).ok_or("the default law is not in the catalogue")?;
    let plan = Plan::read(&answers[1]).ok_or_else(|| format!("no answer: {}", answers[1]))?;
    let rungs: Option<Vec<Plan>> = answers[2..].iter().map(|answer| Plan::read(answer)).collect();

    fill(&mut page, "lead", &html(&words::lead(&question).ok_or("no lead")?))?;
    for (name, cell) in ["size", "tokens", "ratio", "loss"].iter().zip(words::sentence(&plan)) {
        fill(&mut page, name, &html(&cell.number))?;
        fill(&mut page, &format!("{name}-join"), cell.join)?;
        fill(&mut page, &format!("{name}-unit"), cell.unit)?;
    }
    fill(&mut page, "caveats", &caveats(&plan))?;
    // The minifier has dropped the quotes about it, where a space would end it.
    fill(&mut page, "budget", &question.budget.replace(' ', "&#32;"))?;
    fill(&mut page, "echo", &html(&words::budget_echo(budget)))?;
    fill(&mut page, "law", &html(&law.name))?;
    fill(&mut page, "fit", &html(&law.fits.first().ok_or("the default law has no fit")?.name))?;
    fill(&mut page, "ladder", &ladder(&rungs.ok_or("no ladder")?))?;
    // A block of data, which no policy forbids and no browser runs.
    let block = format!(r#"{{"questions":[{}],"answers":[{}]}}"#, questions.join(","), answers.join(","));
    fill(&mut page, "default-answer", &block.replace('<', "\\u003c"))?;
    print!("{page}");
    Ok(())
}

/// Puts text in the place of a marker; a page without it is a broken build.
fn fill(page: &mut String, marker: &str, text: &str) -> Result<(), String> {
    let marker = format!("{{{{{marker}}}}}");
    if page.matches(&marker).count() != 1 {
        return Err(format!("index.html must have {marker} once"));
    }
    *page = page.replace(&marker, text);
    Ok(())
}

fn caveats(plan: &Plan) -> String {
    let caveat = |words::Caveat { before, strong, after }| {
        format!("<p>{}<b>{}</b>{}</p>", html(&before), html(&strong), html(&after))
    };
    words::caveats(plan).into_iter().map(caveat).collect()
}

fn ladder(plans: &[Plan]) -> String {
    let row = |((name, _), plan): (&(&str, f64), &Plan)| {
        let cells = words::rung(plan).map(|cell| format!(r#"<td class="figure">{}</td>"#, html(&cell)));
        format!(r#"<tr><th scope="row">{name}</th>{}</tr>"#, cells.concat())
    };
    RUNGS.iter().zip(plans).map(row).collect()
}
