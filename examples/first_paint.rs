//! Writes what the page opens with into index.html, so that the first paint is the page, whole: the answer, its
//! intervals, both figures.
//!
//! Reads the page from standard input, asks what the app will ask when it starts, and prints the page with every
//! `{{marker}}` filled in. The build calls it (`scripts/post-build.mjs`).

use std::error::Error;
use std::fs;
use std::io::{self, Read as _};

use isoflop::ask;
use isoflop::figure::plan::{self, Run};
use isoflop::figure::{Chart, Size, Svg};
use isoflop::web::bounds::Bounds;
use isoflop::web::budget::Rented;
use isoflop::web::disagreement::{self, FITS, Published, headline, reach, size_and_tokens};
use isoflop::web::figures::{self, DRAWS_AT_HAND, Optima, RUNS_AT_HAND};
use isoflop::web::find::Find;
use isoflop::web::question::{LAWS, Question};
use isoflop::web::reading::{LawEntry, Plan, read_laws, with_draws};
use isoflop::web::slice;
use isoflop::web::words::{self, RUNGS, What, html};

type Answered<T> = Result<T, Box<dyn Error>>;

/// The pictures as the style sheet sizes them: beside each other where there is room, and on a phone.
const WIDE: [(f64, f64); 2] = [(680.0, 340.0), (464.0, 340.0)];
const NARROW: (f64, f64) = (328.0, 320.0);

fn main() -> Answered<()> {
    let mut page = String::new();
    io::stdin().read_to_string(&mut page)?;

    let question = Question::default();
    let typed = question.budget()?;
    let budget = typed.flops;
    let mut questions =
        vec![LAWS.to_owned(), question.allocate().ok_or("the default question cannot be asked")?];
    questions.extend(RUNGS.iter().filter_map(|(_, factor)| question.allocate_at(budget * factor)));
    let answers: Vec<String> = questions.iter().map(|question| answer(question)).collect();

    let laws = read_laws(&answers[0]);
    let law =
        laws.iter().find(|law| law.id == question.law).ok_or("the default law is not in the catalogue")?;
    let plan = read_plan(&answers[1])?;
    let rungs = answers[2..].iter().map(|answer| read_plan(answer)).collect::<Answered<Vec<_>>>()?;
    let evidence = Evidence::of(law)?;
    let spread = read_plan(&answer(&question.allocate_by(&evidence.draws, budget).ok_or("no draws")?))?;

    fill(&mut page, "lead", &html(&words::lead(&question).ok_or("no lead")?))?;
    let parts =
        [("size", What::Size), ("tokens", What::Tokens), ("ratio", What::Ratio), ("loss", What::Loss)];
    for ((name, what), cell) in parts.into_iter().zip(words::sentence(question.find, &plan)) {
        fill(&mut page, name, &html(&cell.number))?;
        fill(&mut page, &format!("{name}-join"), cell.join)?;
        fill(&mut page, &format!("{name}-unit"), cell.unit)?;
        fill(
            &mut page,
            &format!("{name}-interval"),
            &words::interval(question.find, what, &spread).as_deref().map_or(String::new(), interval),
        )?;
    }
    fill(&mut page, "caveats", &caveats(&question, &plan))?;
    fill(&mut page, "slice-finding", &html(&other_sizes(&question, &plan).ok_or("no size wastes little")?))?;
    let current = sizes(&question, &plan, |of| !of.superseded);
    let apart = reach(&current).as_deref().map(disagreement::finding).ok_or("no other fit plans")?;
    fill(&mut page, "disagreement-finding", &html(&apart))?;
    let finds = Find::ALL.map(|find| option(find.key(), find.name(), question.find.key()));
    fill(&mut page, "finds", &finds.concat())?;
    // The minifier has dropped the quotes about it, where a space would end it.
    fill(&mut page, "budget", &question.budget.replace(' ', "&#32;"))?;
    fill(&mut page, "echo", &html(&words::budget_echo(&typed)))?;
    fill(
        &mut page,
        "laws",
        &laws.iter().map(|entry| option(&entry.id, &entry.name, &law.id)).collect::<String>(),
    )?;
    let fits = law.fits.iter().map(|entry| option(&entry.id, &entry.name, figures::AT_HAND));
    fill(&mut page, "fits", &fits.collect::<String>())?;
    fill(&mut page, "ladder", &ladder(&rungs, question.rented().as_ref()))?;
    fill(&mut page, "frontier-says", &html(&words::frontier(evidence.runs.len(), true)))?;
    fill(&mut page, "map-says", &html(figures::map_says(true, false, true)))?;
    let sizes = figures::sizes(question.find, &spread);
    let charts = charts(&question, (budget, &plan, sizes), &evidence)?;
    for ((name, chart), wide) in ["frontier", "map"].into_iter().zip(&charts).zip(WIDE) {
        fill(&mut page, name, &picture(chart, wide))?;
    }
    // A block of data, which no policy forbids and no browser runs.
    let block = format!(r#"{{"questions":[{}],"answers":[{}]}}"#, questions.join(","), answers.join(","));
    fill(&mut page, "default-answer", &block.replace('<', "\\u003c"))?;
    print!("{page}");
    Ok(())
}

fn answer(question: &str) -> String {
    ask::answer_text(question, &mut |_| ())
}

fn read_plan(answer: &str) -> Answered<Plan> {
    Ok(Plan::read(answer).ok_or_else(|| format!("no answer: {answer}"))?)
}

/// What stands behind the default fit.
struct Evidence {
    runs: Vec<Run>,
    /// The fit with its draws, as JSON.
    draws: String,
}

impl Evidence {
    fn of(law: &LawEntry) -> Answered<Self> {
        let public = |name: &str| fs::read_to_string(format!("{}/public/{name}", env!("CARGO_MANIFEST_DIR")));
        let table = isoflop::runs::read(public(RUNS_AT_HAND)?.as_bytes())?;
        let fit =
            law.fits.iter().find(|fit| fit.id == figures::AT_HAND).ok_or("the runs at hand are of no fit")?;
        let draws = with_draws(fit, &public(DRAWS_AT_HAND)?).ok_or("the draws at hand are no table")?;
        Ok(Self { runs: figures::shown_runs(&table), draws })
    }
}

/// The frontier and the map, as the app will draw them.
fn charts(
    question: &Question,
    (budget, plan, sizes): (f64, &Plan, Option<[f64; 2]>),
    evidence: &Evidence,
) -> Answered<[Chart; 2]> {
    let Evidence { runs, draws } = evidence;
    let mut optima = Optima::default();
    for flops in figures::budgets(runs, budget) {
        let asked = question.allocate_by(draws, flops).ok_or("a budget of the frontier cannot be asked")?;
        let plan = read_plan(&answer(&asked))?;
        optima.points.push(figures::optimum(flops, &plan).ok_or("the frontier has a gap")?);
        optima.bands.push(figures::spread(&plan).ok_or("the bands have a gap")?);
    }
    let shown = figures::optimum(budget, plan).ok_or("the plan has no size")?;
    let span = plan::map_span(runs, &shown);
    let bounds = Bounds::of(question, plan, &span).ok_or("the map has no budget")?;
    let losses = answer(&figures::ask_losses(question, &span, plan).ok_or("the map cannot be asked")?);
    let losses = figures::losses(&span, &losses).ok_or("the map has no losses")?;
    Ok([
        figures::frontier(&optima, runs, budget, Some(shown)),
        figures::map(span, Some(&losses), &optima.points, runs, (&bounds, Some(shown), sizes)),
    ])
}

fn picture(chart: &Chart, wide: (f64, f64)) -> String {
    let inline = |(width, height), class| Svg::inline(chart, Size::new(width, height, 1.0), class);
    inline(wide, "wide") + &inline(NARROW, "narrow")
}

fn option(id: &str, name: &str, chosen: &str) -> String {
    let selected = if id == chosen { " selected" } else { "" };
    format!(r#"<option value="{id}"{selected}>{}</option>"#, html(name))
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

fn interval(text: &str) -> String {
    format!(r#"<span class="faint">{}:</span> {}"#, words::LEVEL, html(text))
}

fn caveats(question: &Question, plan: &Plan) -> String {
    let sizes = sizes(question, plan, |_| true);
    let others = reach(&sizes).map(|reach| headline(sizes.len(), "published fits", reach));
    let caveat = |words::Caveat { before, strong, after }| {
        format!("<p>{}<b>{}</b>{}</p>", html(&before), html(&strong), html(&after))
    };
    words::caveats(plan).into_iter().chain(others).map(caveat).collect()
}

/// The sizes that those other fits plan which belong.
fn sizes(question: &Question, plan: &Plan, belongs: fn(&Published) -> bool) -> Vec<f64> {
    let others = FITS.iter().filter(|of| !of.is_of(question) && belongs(of));
    let size = |of: &Published| size_and_tokens(&answer(&of.plan(plan.flops?))).map(|(size, _)| size);
    others.filter_map(size).collect()
}

fn other_sizes(question: &Question, plan: &Plan) -> Option<String> {
    let about = slice::About::of(question, plan)?;
    let answers: Vec<String> =
        about.questions(question, plan)?.iter().map(|question| answer(question)).collect();
    about.near(&answers).map(slice::finding)
}

fn ladder(plans: &[Plan], rented: Option<&Rented>) -> String {
    let row = |((name, _), plan): (&(&str, f64), &Plan)| {
        let cells = words::rung(plan, rented).map(|cell| {
            format!(
                r#"<td class="figure"><button type="button" class="rung" aria-expanded="false">{}</button></td>"#,
                html(&cell)
            )
        });
        format!(r#"<tr><th scope="row">{name}</th>{}</tr>"#, cells.concat())
    };
    RUNGS.iter().zip(plans).map(row).collect()
}
