//! The runs as they were read: nothing dropped, what is off stays in its place.

use leptos::html;
use leptos::prelude::*;

use super::column_map::ColumnMap;
use super::lean::{Memo, RwSignal, each};
use super::rich::rich;
use super::runs::runs;
use super::store::store;
use crate::num::ascending;
use crate::runs::Table;
use crate::web::words;

/// Tables up to this length are shown whole, so that the browser can find in them.
const WHOLE: usize = 300;
/// Rows shown above and below what is in sight.
const SPARE: usize = 12;
/// Rows that cannot be used are listed below the table, up to so many.
const LISTED: usize = 6;
/// The control beside `Switch all on` takes the highest losses out, so many at once.
const LARGEST: usize = 5;

/// The rows in sight of a long table, and how high a row is.
#[derive(Clone, Copy, Debug, PartialEq)]
struct InSight {
    first: usize,
    last: usize,
    height: f64,
}

#[component]
pub fn RunsTable() -> impl IntoView {
    let runs = runs();
    let window = NodeRef::<html::Div>::new();
    let in_sight = RwSignal::new(InSight { first: 0, last: WHOLE, height: 28.0 });
    let rows = Memo::new(move || runs.read.with(|read| read.as_ref().map_or(0, |read| read.table.rows())));
    let columns =
        Memo::new(move || runs.read.with(|read| read.as_ref().map_or(0, |read| read.table.names().len())));

    let scrolled = move |_| {
        let Some(window) = window.get_untracked() else { return };
        if rows.get_untracked() <= WHOLE {
            return;
        }
        let height = row_height(&window).unwrap_or(in_sight.get_untracked().height);
        let shown = (f64::from(window.client_height()) / height) as usize;
        let first = ((f64::from(window.scroll_top()) / height) as usize)
            .min(rows.get_untracked().saturating_sub(shown));
        let sight = InSight { first: first.saturating_sub(SPARE), last: first + shown + SPARE, height };
        if in_sight.get_untracked() != sight {
            in_sight.set(sight);
        }
    };
    let span = Memo::new(move || {
        let (rows, sight) = (rows.get(), in_sight.get());
        if rows <= WHOLE { (0, rows) } else { (sight.first.min(rows), sight.last.min(rows)) }
    });
    let shown = move || {
        let (first, last) = span.get();
        (first..last).collect()
    };
    let gap = move |rows: usize| {
        let height = move || format!("{}px", rows as f64 * in_sight.get().height);
        let row =
            || view! { <tr class="gap" aria-hidden="true"><td colspan="99" style:height=height></td></tr> };
        (rows > 0).then(|| row().into_any())
    };
    view! {
        <div>
            <div
                class="window"
                node_ref=window
                tabindex="0"
                role="region"
                aria-label="Table of your runs"
                on:scroll=scrolled
            >
                <table aria-rowcount=move || (rows.get() + 1).to_string()>
                    <thead>
                        <tr aria-rowindex="1">
                            <td></td>
                            <th scope="col" class="figure">"row"</th>
                            {move || (0..columns.get()).map(|column| view! { <ColumnMap column/> }.into_any()).collect_view().into_any()}
                            <td></td>
                        </tr>
                    </thead>
                    <tbody>
                        {move || gap(span.get().0)}
                        {each(shown, |row| view! { <Row row/> }.into_any())}
                        {move || gap(rows.get() - span.get().1)}
                    </tbody>
                </table>
            </div>
            <Foot/>
            <Problems/>
        </div>
    }
}

fn row_height(window: &web_sys::HtmlDivElement) -> Option<f64> {
    let row = window.query_selector("tbody tr:not(.gap)").ok()??;
    Some(row.get_bounding_client_rect().height()).filter(|height| *height > 0.0)
}

#[component]
fn Row(row: usize) -> impl IntoView {
    let (store, runs) = (store(), runs());
    let reading = Memo::new(move || {
        runs.read.with(|read| {
            let table = &read.as_ref()?.table;
            (row < table.rows()).then(|| words::read_row(table, row))
        })
    });
    let off = Memo::new(move || reading.with(|reading| reading.as_ref().is_some_and(|reading| !reading.on)));
    let line =
        move || reading.with(|reading| reading.as_ref().map(|reading| reading.line)).unwrap_or_default();
    let switch = move |event| {
        let on = event_target_checked(&event);
        store.act(|question| {
            if let Some(runs) = &mut question.runs {
                runs.switch(row, on);
            }
        });
    };
    let cells = move || {
        let reading = reading.get()?;
        let cell = |cell: words::ReadCell| {
            view! { <td class:figure=cell.amount class:value=cell.used class:faint=!cell.used>{rich(&cell.text)}</td> }
            .into_any()
        };
        Some(reading.cells.into_iter().map(cell).collect_view().into_any())
    };
    let unusable =
        move || reading.with(|reading| reading.as_ref().is_some_and(|reading| reading.problem.is_some()));
    view! {
        <tr class:off=move || off.get() aria-rowindex=(row + 2).to_string()>
            <td>
                <label>
                    <input
                        type="checkbox"
                        aria-label=move || format!("Use row {}", line())
                        prop:checked=move || !off.get()
                        on:change=switch
                    />
                </label>
            </td>
            <td class="figure faint">{move || line().to_string()}</td>
            {move || cells()}
            <td class="bad">{move || if unusable() { "cannot be used" } else { "" }.to_owned()}</td>
        </tr>
    }
}

#[component]
fn Foot() -> impl IntoView {
    let (store, runs) = (store(), runs());
    let counts = Memo::new(move || runs.read.with(|read| read.as_ref().map(|read| read.table.counts())));
    let switch = move |choose: fn(&Table) -> Vec<usize>| {
        let rows = runs.read.with_untracked(|read| read.as_ref().map(|read| choose(&read.table)));
        store.act(|question| {
            if let Some(runs) = &mut question.runs {
                runs.off.clear();
                rows.into_iter().flatten().for_each(|row| runs.switch(row, false));
            }
        });
    };
    let all_on = move || counts.with(|counts| counts.is_none_or(|counts| counts.off == 0));
    view! {
        <div class="foot-line">
            <span role="status">{move || counts.get().map_or(String::new(), |counts| words::counts(&counts))}</span>
            <span class="acts">
                <button type="button" class="act" on:click=move |_| switch(largest)>
                    {format!("Switch off the {LARGEST} largest losses")}
                </button>
                <button type="button" class="act" hidden=move || all_on() on:click=move |_| switch(|_| Vec::new())>
                    "Switch all on"
                </button>
            </span>
        </div>
    }
}

/// The rows of the highest losses; of equals, those that stand first.
fn largest(table: &Table) -> Vec<usize> {
    let (rows, losses): (Vec<usize>, Vec<f64>) =
        (0..table.rows()).filter_map(|row| Some((row, -table.run(row).ok()?.loss))).unzip();
    ascending(&losses).into_iter().take(LARGEST).map(|at| rows[at]).collect()
}

/// The rows that cannot be used, and why.
#[component]
fn Problems() -> impl IntoView {
    let runs = runs();
    let problems = Memo::new(move || {
        runs.read
            .with(|read| read.as_ref().map(|read| words::problems(&read.table, LISTED)).unwrap_or_default())
    });
    let row = |problem: words::Problem| {
        view! {
            <tr>
                <th scope="row">{problem.place}</th>
                <td class="bad">{problem.says}</td>
            </tr>
        }
        .into_any()
    };
    let listed = move || {
        let problems = problems.get();
        (!problems.rows.is_empty()).then(|| {
            view! {
                <table class="problems">
                    <caption>{problems.says}</caption>
                    <tbody>{problems.rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            }
            .into_any()
        })
    };
    view! { {move || listed()} }
}
