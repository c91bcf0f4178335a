//! The two figures of the Plan.

use std::sync::Arc;

use figure::plan::{self, FrontierInput, Known, MapInput, MapSpan, Optimum, Run};
use leptos::prelude::*;

use super::asked::asked;
use super::chart::Drawn;
use super::figure::Figure;
use super::plan::planned;
use super::store::store;
use crate::figure::{self, Grid};
use crate::web::question::Question;
use crate::web::reading::{Plan, read_values};

/// Optima are asked for at so many budgets a decade.
const PER_DECADE: usize = 4;
/// The loss is asked for at so many sizes, and as many amounts of tokens.
const MAP_STEPS: usize = 40;

#[component]
pub fn Figures() -> impl IntoView {
    let frontier = optima();
    view! {
        <div class="figures">
            <FrontierFigure frontier/>
            <MapFigure frontier/>
        </div>
    }
}

/// The best size and tokens over the budgets shown.
fn optima() -> Memo<Vec<Optimum>> {
    let store = store();
    let asked = asked(move || {
        store.with(|question| {
            let (low, high) = plan::budget_span(&[], question.budget().ok()?.value);
            let decades = (crate::num::log10(high / low).round()) as usize;
            let budgets = Grid::positions(low, high, PER_DECADE * decades + 1);
            let questions =
                budgets.iter().map(|budget| question.allocate_at(*budget)).collect::<Option<Vec<_>>>()?;
            Some((budgets, questions))
        })
    });
    Memo::new(move |_| {
        asked.good.with(|good| {
            let Some(good) = good else { return Vec::new() };
            let answers = good.about.iter().zip(&good.answers);
            answers.filter_map(|(budget, answer)| optimum(*budget, &Plan::read(answer)?)).collect()
        })
    })
}

fn optimum(flops: f64, plan: &Plan) -> Option<Optimum> {
    Some(Optimum { flops, params: plan.size()?, tokens: plan.tokens()?, loss: plan.value })
}

/// The budget and the plan that the page shows.
fn shown() -> Memo<Option<(f64, Option<Optimum>)>> {
    let planned = planned();
    Memo::new(move |_| {
        let budget = planned.question.with(|question| Some(question.as_ref()?.budget().ok()?.value))?;
        Some((budget, planned.plan.with(|plan| optimum(budget, plan.as_ref()?))))
    })
}

#[component]
fn FrontierFigure(frontier: Memo<Vec<Optimum>>) -> impl IntoView {
    let shown = shown();
    let runs: Vec<Run> = Vec::new();
    let chart = Memo::new(move |_| {
        let (budget, plan) = shown.get()?;
        let frontier = frontier.get();
        let input = FrontierInput { frontier: &frontier, bands: &[], level: 0.9, runs: &runs, budget, plan };
        Some(Arc::new(plan::frontier(&input)))
    });
    view! {
        <Figure
            title="Size and tokens as the budget grows"
            file="isoflop-frontier"
            says="Best size and tokens of every budget, by the law and fit above."
            chart=Drawn::from(chart)
        />
    }
}

#[component]
fn MapFigure(frontier: Memo<Vec<Optimum>>) -> impl IntoView {
    let store = store();
    let shown = shown();
    let span = Memo::new(move |_| shown.get().and_then(|(_, plan)| Some(plan::map_span(&[], &plan?))));
    let asked = asked(move || {
        let span = span.get()?;
        let (sizes, tokens) = positions(&span);
        Some((span, vec![store.with(|question| predict(question, &sizes, &tokens))?]))
    });
    let chart = Memo::new(move |_| {
        let (budget, plan) = shown.get()?;
        let frontier = frontier.get();
        let (span, loss) = asked.good.with(|good| {
            let good = good.as_ref()?;
            let (x, y) = positions(&good.about);
            let values = read_values(&good.answers[0])?;
            Some((good.about, (values.len() == x.len() * y.len()).then_some(Grid { x, y, values })))
        })?;
        let line = [span.params.0, span.params.1].map(|size| (size, budget / (6.0 * size)));
        let known = known();
        let input = MapInput {
            span,
            loss: loss.as_ref(),
            frontier: &frontier,
            budget: &line,
            interval: None,
            runs: &[],
            known: &known,
            plan,
        };
        Some(Arc::new(plan::map(&input)))
    });
    view! {
        <Figure
            title="The plan among all sizes and tokens"
            file="isoflop-map"
            says="Grey curves share a loss. The line holds what the budget can pay for."
            chart=Drawn::from(chart)
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
