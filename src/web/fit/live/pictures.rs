//! The runs with the fitted law, and the residuals.

use std::sync::Arc;

use leptos::prelude::*;

use super::fitting::fitting;
use super::link::pointing;
use super::shown::{rows, shown};
use crate::figure::{Chart, Stop};
use crate::web::fit::charts::{self, Across, Against, Pointed, RUNS};
use crate::web::ui::figure::Figure;
use crate::web::ui::lean::{Memo, RwSignal, effect};
use crate::web::ui::runs::runs;
use crate::web::words;

/// What the figures show, for who finds one alone.
fn notes() -> Memo<Vec<String>> {
    let (runs, fitting) = (runs(), fitting());
    Memo::new(move || {
        let name = runs.kept.with(|runs| runs.as_ref().map(|runs| runs.name.clone())).unwrap_or_default();
        let counts = runs.read.with(|read| read.as_ref().map(|read| words::counts(&read.table.counts())));
        let law = fitting.result.with(|done| {
            done.as_ref().map(|done| format!("{}, fitted by {}", done.law.name, done.study.method()))
        });
        let rows = counts.map(|counts| format!("{name}, {counts}"));
        rows.into_iter().chain(law).collect()
    })
}

#[component]
pub fn RunsFigure() -> impl IntoView {
    let (shown, rows, runs, pointing) = (shown(), rows(), runs(), pointing());
    let pointed = Memo::new(move || {
        let rows = rows.get()?;
        let across = shown.curves.with(|(across, _)| *across);
        let drawn = shown.along.get().filter(|drawn| drawn.across == across);
        let pointed = match &drawn {
            Some(drawn) => charts::runs(&rows, across, &drawn.curves, Some(&drawn.along)),
            None => charts::runs(&rows, across, &[], None),
        };
        pointed.map(Arc::new)
    });
    let chart = Memo::new(move || pointed.get().map(|pointed: Arc<Pointed>| Arc::new(pointed.chart.clone())));
    let says = move || {
        let rows = rows.get();
        rows.map_or(String::new(), |rows| {
            let across = shown.curves.with(|(across, _)| *across);
            let drawn = pointed.with(|pointed| pointed.as_ref().map_or((0, 0), |pointed| pointed.counts()));
            charts::says(
                &rows,
                across,
                drawn,
                shown.along.with(|along| along.as_ref().is_some_and(|drawn| drawn.along.has_bands())),
            )
        })
    };
    // The cursor of the chart and the row of the table are one.
    let cursor = RwSignal::new(None::<Stop>);
    effect(move || {
        let row = pointing.0.get();
        let now = cursor.get_untracked();
        pointed.with(|pointed| {
            let Some(pointed) = pointed else { return };
            let there = now.and_then(|stop| pointed.row(stop.line, stop.index));
            if there != row {
                let stop = row.and_then(|row| pointed.place(row)).map(|(line, index)| Stop { line, index });
                if stop != now && (row.is_some() || there.is_some()) {
                    cursor.set(stop);
                }
            }
        });
    });
    effect(move || {
        let stop = cursor.get();
        let row = pointed
            .with_untracked(|pointed| stop.and_then(|stop| pointed.as_ref()?.row(stop.line, stop.index)));
        pointing.at(row);
    });
    let pick = Callback::new(move |stop: Stop| {
        let row = pointed.with_untracked(|pointed| pointed.as_ref()?.row(stop.line, stop.index));
        if let Some(row) = row {
            runs.choose(|runs| {
                let is_off = runs.off.binary_search(&row).is_ok();
                runs.switch(row, is_off);
            });
        }
    });
    let across = move || shown.curves.with(|(across, _)| *across);
    let other = move || if across() == Across::Size { Across::Compute } else { Across::Size };
    let more = view! {
        <button type="button" class="act" on:click=move |_| shown.across.set(Some(other()))>
            {move || other().name()}
            <span class="unseen">" instead"</span>
        </button>
    };
    view! {
        <Figure
            title=RUNS
            file="isoflop-runs"
            says=says.into_any()
            chart
            notes=notes()
            cursor
            pick
            more=more.into_any()
        />
    }
}

#[component]
pub fn Residuals() -> impl IntoView {
    let shown = shown();
    let any = Memo::new(move || shown.predicted.with(Option::is_some));
    let all =
        move || Against::ALL.map(|against| view! { <ResidualFigure against/> }.into_any()).collect_view();
    let section = move || {
        view! {
            <section class="residuals" aria-labelledby="residuals">
                <h2 id="residuals" class="unseen">"Residuals"</h2>
                <div class="three">{all()}</div>
            </section>
        }
        .into_any()
    };
    view! { {move || any.get().then(|| section())} }
}

#[component]
fn ResidualFigure(against: Against) -> impl IntoView {
    let shown = shown();
    let chart = Memo::new(move || -> Option<Arc<Chart>> {
        shown.predicted.with(|predicted| {
            let predicted = predicted.as_ref()?;
            charts::residual_chart(&predicted.rows, &predicted.losses, against).map(Arc::new)
        })
    });
    let says =
        move || chart.with(|chart| chart.as_ref().map_or(String::new(), |chart| chart.summary.clone()));
    view! {
        <Figure title=against.title() file=against.file() says=says.into_any() chart notes=notes() folds=true/>
    }
}
