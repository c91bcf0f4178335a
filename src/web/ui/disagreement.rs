//! What other published fits say of the same budget, once it is wanted.

use std::sync::Arc;

use leptos::prelude::*;

use super::asked::{Asked, asked_once};
use super::evidence::evidence;
use super::figure::Save;
use super::lean::Memo;
use super::moved::mover;
use super::opened::Opened;
use super::others::{Others, flops, others};
use super::plan::{Planned, planned};
use super::quantity_field::focus;
use super::rich::rich;
use super::wide_table::{Column, WideTable};
use crate::units::{Unit, percent, show, significant};
use crate::web::disagreement::{self, FITS, Row};
use crate::web::figures;
use crate::web::question::Fit;
use crate::web::reading::Plan;
use crate::web::words;

#[component]
pub fn Disagreement() -> impl IntoView {
    let verbs = ["What other published fits say", "Hide what other fits say"];
    view! {
        <Opened
            id="disagreement"
            title=disagreement::TITLE
            verbs
            finding=others().finding()
            body=|| view! { <Says/> }.into_any()
        />
    }
}

/// What the fits answer, with the compute that it is for.
type Answers = Asked<f64>;

/// How many times this compute an answer takes.
fn times(answers: Answers, flops: f64) -> Option<f64> {
    answers
        .good(|about, answers| if *about == flops { disagreement::times(&answers[0], flops) } else { None })
        .flatten()
        .filter(|_| answers.refusal.with(Option::is_none))
}

/// What every fit is asked, in their order.
struct Asks {
    plans: Others,
    if_true: Vec<Answers>,
    if_followed: Vec<Answers>,
    reached: Vec<Answers>,
}

#[component]
fn Says() -> impl IntoView {
    let planned = planned();
    let plans = others();
    plans.wanted.set(true);
    let if_true: Vec<Answers> = FITS
        .iter()
        .map(|of| {
            asked_once(move || {
                let flops = flops(planned)?;
                let least = |question: &_, plan: &Plan| {
                    disagreement::is_plain(question).then(|| Some(of.least(plan.size()?, plan.tokens()?)))?
                };
                Some((flops, vec![planned.with(least)??]))
            })
        })
        .collect();
    let if_followed: Vec<Answers> = (0..FITS.len())
        .map(|at| {
            let plans = plans.clone();
            asked_once(move || {
                let flops = flops(planned)?;
                let (size, tokens) = plans.said(at, flops)?;
                let least = planned.with(|question, _| disagreement::least_by(question, size, tokens));
                Some((flops, vec![least??]))
            })
        })
        .collect();
    let reached: Vec<Answers> = FITS
        .iter()
        .map(|of| {
            asked_once(move || {
                let reaches = |question: &_, plan: &Plan| {
                    disagreement::is_plain(question).then(|| of.reaches(question, plan))?
                };
                Some((flops(planned)?, vec![planned.with(reaches)??]))
            })
        })
        .collect();
    let asked = Asks { plans, if_true, if_followed, reached };
    let spread = evidence().spread;
    let held = Memo::new(move || {
        let find = planned.question.with(|question| question.as_ref().map(|question| question.find))?;
        spread.with(|spread| figures::sizes(find, spread.as_ref()?))
    });
    let rows = Memo::new(move || rows(planned, &asked, held.get()).unwrap_or_default());
    let dollars = move || planned.with(|question, plan| question.rented()?.dollars(plan.flops?));
    let spread = move || rows.with(|rows| rich(&disagreement::spread(rows, dollars().flatten())));
    let shown = move || rows.with(|rows| rows.iter().map(|each| row(rows, each)).collect());
    let chart = Memo::new(move || rows.with(|rows| disagreement::chart(rows)).map(Arc::new));
    let notes = Memo::new(move || {
        let given = planned.with(|question, _| words::given(question)).flatten();
        given.into_iter().chain([rows.with(|rows| disagreement::spread(rows, None))]).collect()
    });
    let csv = Callback::new(move |()| rows.with_untracked(|rows| disagreement::csv(rows)));
    let columns = || {
        vec![
            Column::words("Fit"),
            Column::line(),
            Column::figure("Size"),
            Column::figure("Tokens per parameter"),
            Column::figure("Yours wastes if it is true"),
            Column::figure("It wastes if yours is true"),
            Column::figure("Compute for your loss"),
        ]
    };
    view! {
        <figure>
            <figcaption>
                <p class="echo" aria-live="polite">{move || spread()}</p>
                <span class="tools"><Save title="what the laws say" file="isoflop-laws" chart notes csv/></span>
            </figcaption>
            <WideTable name="Size by published fit" class="fits" columns rows=shown/>
        </figure>
    }
}

/// Every fit that has a plan, and the reader's own, by size.
fn rows(planned: Planned, asked: &Asks, held: Option<[f64; 2]>) -> Option<Vec<Row>> {
    let flops = flops(planned)?;
    let of = |at: usize| planned.with(|question, _| FITS[at].is_of(question)).unwrap_or(false);
    // What was said before a limit came stays known, and is no longer so.
    let plain = planned.with(|question, _| disagreement::is_plain(question)).unwrap_or(false);
    let mut rows: Vec<Row> = (0..FITS.len())
        .filter_map(|at| {
            let (size, tokens) = asked.plans.said(at, flops)?;
            let yours = of(at);
            let others = |answers: &[Answers]| times(answers[at], flops).filter(|_| plain && !yours);
            Some(Row {
                of: Some(FITS[at]),
                size,
                tokens,
                yours,
                if_true: others(&asked.if_true).map(disagreement::share),
                if_followed: others(&asked.if_followed).map(disagreement::share),
                times: others(&asked.reached),
                held: held.filter(|_| yours),
            })
        })
        .collect();
    if rows.iter().all(|row| !row.yours) {
        let own = |plan: &Plan| Some((plan.size()?, plan.tokens()?));
        let (size, tokens) = planned.with(|_, plan| own(plan))??;
        rows.push(Row::yours(size, tokens, held));
    }
    rows.sort_by(|a, b| a.size.total_cmp(&b.size));
    Some(rows)
}

/// The stretch that most refits lie in.
fn held(rows: &[Row], ends: [f64; 2]) -> AnyView {
    let [from, to] = ends.map(|end| 100.0 * disagreement::place(rows, end));
    view! { <i class="reach" style:left=format!("{from:.2}%") style:width=format!("{:.2}%", to - from)></i> }
        .into_any()
}

fn row(rows: &[Row], row: &Row) -> AnyView {
    let mover = mover();
    let at = |size: f64| format!("{:.2}%", 100.0 * disagreement::place(rows, size));
    let own = rows.iter().find(|row| row.yours).map(|own| at(own.size));
    let name = match row.of {
        None => view! { "Yours" }.into_any(),
        Some(of) => {
            let mark = if of.converted { "\u{a0}ᶜ" } else { "" };
            view! { <a href=format!("./laws/{}/", of.law)>{of.name} {mark}</a> }.into_any()
        }
    };
    let used = row.of.filter(|_| !row.yours).map(|of| {
        let take = move |_| {
            mover.compare(|question| {
                of.law.clone_into(&mut question.law);
                question.needs.clear();
                question.fit = Fit::Published(of.fit.to_owned());
            });
            // The row is another now.
            focus("fit");
        };
        view! {
            " "
            <button type="button" class="act" on:click=take>"Use" <span class="unseen">" " {of.name}</span></button>
        }
        .into_any()
    });
    let share = |wasted: Option<f64>| wasted.map(percent).unwrap_or_default();
    let hollow = row.of.is_some_and(|of| of.superseded);
    view! {
        <tr class:yours=row.yours class:faint=hollow>
            <th scope="row">{name} {used}</th>
            <td class="line" aria-hidden="true">
                {own.map(|at| view! { <i class="own" style:left=at></i> }.into_any())}
                {row.held.map(|ends| held(rows, ends))}
                <i class="dot" class:hollow=hollow style:left=at(row.size)></i>
            </td>
            <td class="figure">{rich(&show(row.size, Unit::Parameters).number())}</td>
            <td class="figure">{rich(&show(row.tokens / row.size, Unit::TokensPerParameter).number())}</td>
            <td class="figure">{share(row.if_true)}</td>
            <td class="figure">{share(row.if_followed)}</td>
            <td class="figure">{row.times.map(|times| format!("{} ×", significant(times, 3)))}</td>
        </tr>
    }
    .into_any()
}
