//! The two figures of the Plan.

use std::sync::Arc;

use figure::plan::{self, FrontierInput, Known, MapInput, MapSpan, Optimum, Spread};
use leptos::prelude::*;

use super::asked::asked;
use super::evidence::evidence;
use super::figure::Figure;
use super::lean::Memo;
use super::plan::planned;
use super::store::store;
use crate::figure::{self, Grid};
use crate::num;
use crate::web::question::Question;
use crate::web::reading::{Plan, read_values};
use crate::web::words;

/// Optima are asked for at so many budgets a decade.
const PER_DECADE: usize = 4;
/// The share of draws that bands hold.
const LEVEL: f64 = 0.9;
/// The loss is asked for at so many sizes, and as many amounts of tokens.
const MAP_STEPS: usize = 40;

#[component]
pub fn Figures() -> impl IntoView {
    let optima = optima();
    view! {
        <div class="figures">
            <FrontierFigure optima/>
            <MapFigure optima/>
        </div>
    }
}

/// The best size and tokens over the budgets shown, with what most draws of the fit say of them.
#[derive(Clone, Debug, Default, PartialEq)]
struct Optima {
    points: Vec<Optimum>,
    bands: Vec<Spread>,
}

fn optima() -> Memo<Optima> {
    let store = store();
    let evidence = evidence();
    let budgets = Memo::new(move || {
        let budget = store.with(|question| Some(question.budget().ok()?.value))?;
        let (low, high) = evidence.runs.with(|runs| plan::budget_span(runs, budget));
        let decades = num::log10(high / low).round() as usize;
        Some(Grid::positions(low, high, PER_DECADE * decades + 1))
    });
    let along = move |allocate: fn(&Question, Option<&str>, f64) -> Option<String>,
                      draws: Option<Arc<str>>| {
        let budgets = budgets.get()?;
        let question = |budget: &f64| store.with(|question| allocate(question, draws.as_deref(), *budget));
        let questions = budgets.iter().map(question).collect::<Option<Vec<_>>>()?;
        Some((budgets, questions))
    };
    let points = asked(move || along(|question, _, budget| question.allocate_at(budget), None));
    let bands = asked(move || {
        along(|question, fit, budget| question.allocate_by(fit?, budget), Some(evidence.draws.get()?))
    });
    Memo::new(move || {
        let points: Option<Vec<Optimum>> = points.good(|budgets, answers| {
            let answers = budgets.iter().zip(answers);
            answers.filter_map(|(budget, answer)| optimum(*budget, &Plan::read(answer)?)).collect()
        });
        let points = points.unwrap_or_default();
        let drawn = evidence.draws.with(Option::is_some);
        let bands = bands.good(|budgets, answers| {
            let same = drawn && budgets.iter().eq(points.iter().map(|point| &point.flops));
            if same { answers.iter().map(|answer| spread(&Plan::read(answer)?)).collect() } else { None }
        });
        Optima { points, bands: bands.flatten().unwrap_or_default() }
    })
}

fn optimum(flops: f64, plan: &Plan) -> Option<Optimum> {
    Some(Optimum { flops, params: plan.size()?, tokens: plan.tokens()?, loss: plan.value })
}

fn spread(plan: &Plan) -> Option<Spread> {
    Some(Spread { params: plan.interval("N")?.into(), tokens: plan.interval("D")?.into() })
}

/// The budget and the plan that the page shows.
fn shown() -> Memo<Option<(f64, Option<Optimum>)>> {
    let planned = planned();
    Memo::new(move || {
        let budget = planned.question.with(|question| Some(question.as_ref()?.budget().ok()?.value))?;
        Some((budget, planned.plan.with(|plan| optimum(budget, plan.as_ref()?))))
    })
}

#[component]
fn FrontierFigure(optima: Memo<Optima>) -> impl IntoView {
    let shown = shown();
    let runs = evidence().runs;
    let chart = Memo::new(move || {
        let (budget, plan) = shown.get()?;
        optima.with(|Optima { points, bands }| {
            runs.with(|runs| {
                let input = FrontierInput { frontier: points, bands, level: LEVEL, runs, budget, plan };
                Some(Arc::new(plan::frontier(&input)))
            })
        })
    });
    let says = move || words::frontier(runs.with(Vec::len), optima.with(|optima| !optima.bands.is_empty()));
    view! {
        <Figure
            title="Size and tokens as the budget grows"
            file="isoflop-frontier"
            says=Memo::new(says)
            chart
        />
    }
}

#[component]
fn MapFigure(optima: Memo<Optima>) -> impl IntoView {
    let store = store();
    let shown = shown();
    let evidence = evidence();
    let span = Memo::new(move || {
        let (_, plan) = shown.get()?;
        evidence.runs.with(|runs| Some(plan::map_span(runs, &plan?)))
    });
    let asked = asked(move || {
        let span = span.get()?;
        let (sizes, tokens) = positions(&span);
        Some((span, vec![store.with(|question| predict(question, &sizes, &tokens))?]))
    });
    let loss = move |span: MapSpan| {
        let grid = asked.good(|about, answers| {
            let (x, y) = positions(about);
            let values = read_values(&answers[0]).filter(|_| *about == span)?;
            (values.len() == x.len() * y.len()).then_some(Grid { x, y, values })
        });
        grid.flatten()
    };
    let chart = Memo::new(move || {
        let (budget, plan) = shown.get()?;
        let span = span.get()?;
        let loss = loss(span);
        let line = [span.params.0, span.params.1].map(|size| (size, budget / (6.0 * size)));
        optima.with(|optima| {
            evidence.runs.with(|runs| {
                let input = MapInput {
                    span,
                    loss: loss.as_ref(),
                    frontier: &optima.points,
                    budget: &line,
                    interval: None,
                    runs,
                    known: &known(),
                    plan,
                };
                Some(Arc::new(plan::map(&input)))
            })
        })
    });
    view! {
        <Figure
            title="The plan among all sizes and tokens"
            file="isoflop-map"
            says=Memo::new(|| "Grey curves share a loss. The line holds what the budget can pay for.".to_owned())
            chart
        />
    }
}

fn positions(span: &MapSpan) -> (Vec<f64>, Vec<f64>) {
    let ((n_low, n_high), (d_low, d_high)) = (span.params, span.tokens);
    (Grid::positions(n_low, n_high, MAP_STEPS), Grid::positions(d_low, d_high, MAP_STEPS))
}

/// The question for the loss at every size and amount of tokens.
fn predict(question: &Question, sizes: &[f64], tokens: &[f64]) -> Option<String> {
    let points = tokens.iter().flat_map(|tokens| sizes.iter().map(move |size| (*size, *tokens)));
    let (sizes, tokens): (Vec<f64>, Vec<f64>) = points.unzip();
    question.predict(&sizes, &tokens)
}

/// Models whose size and tokens are published: Hoffmann et al. (2022), table 1.
fn known() -> [Known; 2] {
    let known = |name: &str, params, tokens| Known { name: name.to_owned(), params, tokens };
    [known("Gopher, 280\u{a0}B", 280e9, 300e9), known("Chinchilla, 70\u{a0}B", 70e9, 1.4e12)]
}
