//! The two figures of the Plan, following the page's state.

use std::sync::Arc;

use leptos::prelude::*;

use super::asked::asked;
use super::evidence::evidence;
use super::figure::Figure;
use super::lean::Memo;
use super::plan::planned;
use super::store::store;
use crate::figure;
use crate::figure::plan::{self, MapSpan, Optimum};
use crate::web::bounds::Bounds;
use crate::web::figures::{self, FRONTIER, MAP, Optima};
use crate::web::find::Find;
use crate::web::question::Question;
use crate::web::reading::Plan;
use crate::web::words;

/// What is said under a figure where there is no plan.
const NO_PLAN: &str = "There is no plan to show.";

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

fn optima() -> Memo<Optima> {
    let (store, planned) = (store(), planned());
    let evidence = evidence();
    let budgets = Memo::new(move || {
        // A budget that is given need not wait for its plan.
        let budget = store.with(|question| match question.find {
            Find::Loss => question.spent(None),
            _ => planned.spent(),
        })?;
        Some(evidence.runs.with(|runs| figures::budgets(runs, budget)))
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
        let points: Option<(Vec<f64>, Vec<Optimum>)> = points.good(|budgets, answers| {
            let point = |(budget, answer): (&f64, &Arc<str>)| {
                Some((*budget, figures::optimum(*budget, &Plan::read(answer)?)?))
            };
            budgets.iter().zip(answers).filter_map(point).unzip()
        });
        let (asked, points) = points.unwrap_or_default();
        let drawn = evidence.draws.with(Option::is_some);
        let bands = bands.good(|budgets, answers| {
            if drawn && *budgets == asked {
                answers.iter().map(|answer| figures::spread(&Plan::read(answer)?)).collect()
            } else {
                None
            }
        });
        Optima { points, bands: bands.flatten().unwrap_or_default() }
    })
}

/// The budget and the plan that the page shows.
fn shown() -> Memo<Option<(f64, Option<Optimum>)>> {
    let planned = planned();
    Memo::new(move || {
        let budget = planned.spent()?;
        let plan = planned.plan.with(|plan| figures::optimum(budget, plan.as_ref()?));
        Some((plan.map_or(budget, |plan| plan.flops), plan))
    })
}

/// The question that the figures answer.
fn notes() -> Memo<Vec<String>> {
    let question = planned().question;
    Memo::new(move || question.with(|question| question.as_ref().and_then(words::lead)).into_iter().collect())
}

#[component]
fn FrontierFigure(optima: Memo<Optima>) -> impl IntoView {
    let shown = shown();
    let runs = evidence().runs;
    let chart = Memo::new(move || {
        let (budget, plan) = shown.get()?;
        let chart = optima.with(|optima| runs.with(|runs| figures::frontier(optima, runs, budget, plan)));
        Some(Arc::new(chart))
    });
    let says = move || match shown.get() {
        Some(_) => words::frontier(runs.with(Vec::len), optima.with(|optima| !optima.bands.is_empty())),
        None => NO_PLAN.to_owned(),
    };
    view! { <Figure title=FRONTIER file="isoflop-frontier" says=says.into_any() chart notes=notes()/> }
}

#[component]
fn MapFigure(optima: Memo<Optima>) -> impl IntoView {
    let (store, planned) = (store(), planned());
    let shown = shown();
    let evidence = evidence();
    let runs = evidence.runs;
    let sizes = Memo::new(move || {
        let find = planned.question.with(|question| question.as_ref().map(|question| question.find))?;
        evidence.spread.with(|spread| figures::sizes(find, spread.as_ref()?))
    });
    let span = Memo::new(move || {
        let (_, plan) = shown.get()?;
        runs.with(|runs| Some(plan::map_span(runs, &plan?)))
    });
    let bounds = Memo::new(move || {
        let span = span.get()?;
        planned.with(|question, plan| Bounds::of(question, plan, &span))?
    });
    let asked = asked(move || {
        let span = span.get()?;
        let ask = |plan: &Plan| store.with(|question| figures::ask_losses(question, &span, plan));
        Some((span, vec![planned.plan.with(|plan| ask(plan.as_ref()?))?]))
    });
    let losses = move |span: MapSpan| {
        asked
            .good(|about, answers| if *about == span { figures::losses(about, &answers[0]) } else { None })
            .flatten()
    };
    let chart = Memo::new(move || {
        let (_, plan) = shown.get()?;
        let (span, bounds) = (span.get()?, bounds.get()?);
        let losses = losses(span);
        let chart = optima.with(|optima| {
            let about = (&bounds, plan, sizes.get());
            runs.with(|runs| figures::map(span, losses.as_ref(), &optima.points, runs, about))
        });
        Some(Arc::new(chart))
    });
    let limited =
        move || bounds.with(|bounds| bounds.as_ref().is_some_and(|bounds| !bounds.limits.is_empty()));
    let has_loss = move || {
        let told = span.get().and_then(losses);
        let has_value = |losses: figure::Grid| losses.values.iter().any(|value| value.is_finite());
        asked.refusal.with(Option::is_none) && told.is_none_or(has_value)
    };
    let says = move || match shown.get() {
        Some(_) => figures::map_says(has_loss(), limited(), sizes.with(Option::is_some)).to_owned(),
        None => NO_PLAN.to_owned(),
    };
    view! { <Figure title=MAP file="isoflop-map" says=says.into_any() chart notes=notes() folds=true/> }
}
