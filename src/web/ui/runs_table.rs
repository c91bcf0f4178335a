//! The runs as they were read: nothing dropped, what is off stays in its place.

use leptos::html;
use leptos::prelude::*;

use super::column_map::ColumnMap;
use super::lean::{Memo, RwSignal, each};
use super::rich::rich;
use super::runs::runs;
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
    let rows = Memo::new(move || runs.read.with(|read| read.as_ref().map_or(0, |read| read.table.rows())));
    let sight = Sight::new(rows);
    let columns =
        Memo::new(move || runs.read.with(|read| read.as_ref().map_or(0, |read| read.table.names().len())));

    view! {
        <div>
            <div
                class="window"
                node_ref=sight.window
                tabindex="0"
                role="region"
                aria-label="Table of your runs"
                on:scroll=move |_| sight.scrolled()
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
                        {move || sight.gap(sight.span.get().0)}
                        {each(move || sight.shown(), |row| view! { <Row row/> }.into_any())}
                        {move || sight.gap(rows.get() - sight.span.get().1)}
                    </tbody>
                </table>
            </div>
            <Foot/>
            <Problems/>
        </div>
    }
}

/// The rows of a table that are in sight. Those above and below stand as a gap of their height.
#[derive(Clone, Copy)]
pub struct Sight {
    /// What scrolls.
    pub window: NodeRef<html::Div>,
    /// The first row that is there, and the one after the last.
    pub span: Memo<(usize, usize)>,
    rows: Memo<usize>,
    seen: RwSignal<InSight>,
}

impl Sight {
    /// Of a table of so many rows.
    pub fn new(rows: Memo<usize>) -> Self {
        let in_sight = RwSignal::new(InSight { first: 0, last: WHOLE, height: 28.0 });
        let span = Memo::new(move || {
            let (rows, sight) = (rows.get(), in_sight.get());
            if rows <= WHOLE { (0, rows) } else { (sight.first.min(rows), sight.last.min(rows)) }
        });
        Self { window: NodeRef::new(), span, rows, seen: in_sight }
    }

    /// Finds out anew what is in sight.
    pub fn scrolled(self) {
        let Some(window) = self.window.get_untracked() else { return };
        let rows = self.rows.get_untracked();
        if rows <= WHOLE {
            return;
        }
        let height = row_height(&window).unwrap_or(self.seen.get_untracked().height);
        let shown = (f64::from(window.client_height()) / height) as usize;
        let first = ((f64::from(window.scroll_top()) / height) as usize).min(rows.saturating_sub(shown));
        let sight = InSight { first: first.saturating_sub(SPARE), last: first + shown + SPARE, height };
        if self.seen.get_untracked() != sight {
            self.seen.set(sight);
        }
    }

    /// Brings a row into sight, if it is not.
    pub fn reveal(self, row: usize) {
        let Some(window) = self.window.get_untracked() else { return };
        let height = row_height(&window).unwrap_or(self.seen.get_untracked().height);
        let (from, to) = (f64::from(window.scroll_top()), row as f64 * height);
        // The heads of the columns stay over the first rows.
        let room = f64::from(window.client_height()) - 4.0 * height;
        if to < from {
            window.set_scroll_top(to as i32);
        } else if to > from + room {
            window.set_scroll_top((to - room) as i32);
        }
        self.scrolled();
    }

    /// The rows that are there.
    pub fn shown(self) -> Vec<usize> {
        let (first, last) = self.span.get();
        (first..last).collect()
    }

    /// What stands for so many rows that are not.
    pub fn gap(self, rows: usize) -> Option<AnyView> {
        let height = move || format!("{}px", rows as f64 * self.seen.get().height);
        let row =
            || view! { <tr class="gap" aria-hidden="true"><td colspan="99" style:height=height></td></tr> };
        (rows > 0).then(|| row().into_any())
    }
}

fn row_height(window: &web_sys::HtmlDivElement) -> Option<f64> {
    let row = window.query_selector("tbody tr:not(.gap)").ok()??;
    Some(row.get_bounding_client_rect().height()).filter(|height| *height > 0.0)
}

#[component]
fn Row(row: usize) -> impl IntoView {
    let runs = runs();
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
        runs.choose(|runs| runs.switch(row, on));
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
pub fn Foot() -> impl IntoView {
    let runs = runs();
    let counts = Memo::new(move || runs.read.with(|read| read.as_ref().map(|read| read.table.counts())));
    let switch = move |choose: fn(&Table) -> Vec<usize>| {
        let rows = runs.read.with_untracked(|read| read.as_ref().map(|read| choose(&read.table)));
        runs.choose(|runs| {
            runs.off.clear();
            rows.into_iter().flatten().for_each(|row| runs.switch(row, false));
        });
    };
    let few = move || counts.with(|counts| counts.is_none_or(|counts| counts.used < 4 * LARGEST));
    let all_on = move || counts.with(|counts| counts.is_none_or(|counts| counts.off == 0));
    view! {
        <div class="foot-line">
            <span role="status">{move || counts.get().map_or(String::new(), |counts| words::counts(&counts))}</span>
            <span class="acts">
                <button type="button" class="act" hidden=move || few() on:click=move |_| switch(largest)>
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
pub fn Problems() -> impl IntoView {
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
