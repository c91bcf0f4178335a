//! The table of runs: a grid that is walked by cell, rows switched off and cells written where they stand.

use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, EventTarget};

use super::columns::ColumnHead;
use super::link::pointing;
use super::read_as::ReadAs;
use super::remarks::{Remarks, remarks, unused};
use super::shown::shown;
use super::writing::{WRITING, Writing};
use crate::web::ui::browser;
use crate::web::ui::lean::{Memo, RwSignal, each, effect};
use crate::web::ui::quantity_field::focus;
use crate::web::ui::rich::rich;
use crate::web::ui::runs::{ReadersRuns, runs};
use crate::web::ui::runs_table::{Foot, Problems, Sight};
use crate::web::words;

/// The id of the table's region.
pub const TABLE: &str = "table-of-runs";
/// How far a page of the keyboard goes.
const PAGE: usize = 10;

/// What rows know besides their cells.
#[derive(Clone, Copy)]
pub struct Beside {
    remarks: Memo<Remarks>,
    /// The row that Tab leads to.
    entry: RwSignal<usize>,
    /// The row and column of the cell that is written in.
    pub writing: RwSignal<Option<(usize, usize)>>,
}

#[component]
pub fn FitTable() -> impl IntoView {
    let (runs, shown, pointing) = (runs(), shown(), pointing());
    let rows = Memo::new(move || runs.read.with(|read| read.as_ref().map_or(0, |read| read.table.rows())));
    let columns =
        Memo::new(move || runs.read.with(|read| read.as_ref().map_or(0, |read| read.table.names().len())));
    let sight = Sight::new(rows);
    let remarks = remarks();
    let entry = RwSignal::new(0_usize);
    let writing = RwSignal::new(None::<(usize, usize)>);
    provide_context(Beside { remarks, entry, writing });

    // A row that the chart points at comes into sight, in the table alone.
    effect(move || {
        if let Some(row) = pointing.0.get() {
            sight.reveal(row);
        }
    });
    let last = move || (rows.get_untracked().saturating_sub(1), columns.get_untracked() + 2);
    let write = move |row: usize, column: usize| {
        if (1..=columns.get_untracked()).contains(&column) {
            writing.set(Some((row, column - 1)));
            browser::later(0, || focus(WRITING));
        }
    };
    let keys = move |event: KeyboardEvent| {
        let Some((row, column)) = place(event.target()) else { return };
        let (last_row, last_column) = last();
        let to = match &*event.key() {
            "ArrowDown" => ((row + 1).min(last_row), column),
            "ArrowUp" => (row.saturating_sub(1), column),
            "ArrowRight" => (row, (column + 1).min(last_column)),
            "ArrowLeft" => (row, column.saturating_sub(1)),
            "PageDown" => ((row + PAGE).min(last_row), column),
            "PageUp" => (row.saturating_sub(PAGE), column),
            "Home" if event.ctrl_key() => (0, 0),
            "End" if event.ctrl_key() => (last_row, last_column),
            "Home" => (row, 0),
            "End" => (row, last_column),
            " " if column > 0 => {
                event.prevent_default();
                return switch(runs, row);
            }
            "Enter" | "F2" if column > 0 => {
                event.prevent_default();
                return write(row, column);
            }
            _ => return,
        };
        event.prevent_default();
        sight.reveal(to.0);
        // A row that was out of sight is made first.
        browser::later(0, move || focus(&id(to.0, to.1)));
    };
    let came = move |event: FocusEvent| {
        if let Some((row, _)) = place(event.target()) {
            if entry.get_untracked() != row {
                entry.set(row);
            }
            pointing.at(Some(row));
        }
    };
    let pressed = move |event: MouseEvent| {
        if let Some((row, column)) = place(event.target()) {
            write(row, column);
        }
    };
    let over = move |event: MouseEvent| pointing.at(row_of(event.target()));
    view! {
        <div
            class="window"
            id=TABLE
            node_ref=sight.window
            tabindex="0"
            role="region"
            aria-label="Table of your runs"
            on:scroll=move |_| sight.scrolled()
            on:keydown=keys
            on:dblclick=pressed
            on:focusin=came
            on:mouseover=over
            on:mouseleave=move |_| pointing.at(None)
        >
            <table role="grid" aria-label="Runs" aria-rowcount=move || (rows.get() + 1).to_string()>
                <thead>
                    <tr aria-rowindex="1">
                        <td></td>
                        <th scope="col" class="figure">"row"</th>
                        {move || (0..columns.get()).map(|column| view! { <ColumnHead column/> }.into_any()).collect_view().into_any()}
                        <th scope="col" class="figure">"residual"</th>
                        <th scope="col">"flag"</th>
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
        <p class="influence" role="status">{move || shown.influence().map(|says| rich(&says))}</p>
        <Problems/>
        <ReadAs/>
    }
}

/// Switches a row on or off.
fn switch(runs: ReadersRuns, row: usize) {
    runs.choose(|runs| {
        let is_off = runs.off.binary_search(&row).is_ok();
        runs.switch(row, is_off);
    });
}

/// The id of a cell: the box of its row is the first.
pub fn id(row: usize, column: usize) -> String {
    format!("cell-{row}-{column}")
}

/// The row and column of a cell, by its id.
fn place(target: Option<EventTarget>) -> Option<(usize, usize)> {
    let id = target?.dyn_into::<Element>().ok()?.id();
    let (row, column) = id.strip_prefix("cell-")?.split_once('-')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

/// The row that something stands in.
fn row_of(target: Option<EventTarget>) -> Option<usize> {
    let row = target?.dyn_into::<Element>().ok()?.closest("tr[data-row]").ok()??;
    row.get_attribute("data-row")?.parse().ok()
}

#[component]
fn Row(row: usize) -> impl IntoView {
    let (runs, pointing) = (runs(), pointing());
    let Beside { remarks, entry, writing } = expect_context();
    let reading = Memo::new(move || {
        runs.read.with(|read| {
            let table = &read.as_ref()?.table;
            (row < table.rows()).then(|| words::read_row(table, row))
        })
    });
    let off = Memo::new(move || reading.with(|reading| reading.as_ref().is_some_and(|reading| !reading.on)));
    let line =
        move || reading.with(|reading| reading.as_ref().map(|reading| reading.line)).unwrap_or_default();
    let remark = Memo::new(move || remarks.with(|remarks| remarks.of(row)));
    let is_at = Memo::new(move || pointing.0.get() == Some(row));
    let tab = move || if entry.get() == row { "0" } else { "-1" };
    // A row that is switched keeps its cells, and who is in one of them stays there.
    let content =
        Memo::new(move || reading.with(|reading| reading.as_ref().map(|reading| reading.cells.clone())));
    let problem = Memo::new(move || reading.with(|reading| reading.as_ref()?.problem.clone()));
    let unusable = Memo::new(move || problem.with(Option::is_some));
    let written = Memo::new(move || writing.get().filter(|(at, _)| *at == row).map(|(_, column)| column));
    let says =
        move || problem.get().map_or_else(|| remark.get().flags.join("; "), |problem| unused(&problem));
    let cells = move || {
        let (cells, written) = (content.get()?, written.get());
        let cell = |(at, cell): (usize, words::ReadCell)| {
            let id = id(row, at + 1);
            let inside = if written == Some(at) {
                view! { <Writing row column=at/> }.into_any()
            } else {
                rich(&cell.text)
            };
            view! {
                <td
                    id=id
                    tabindex="-1"
                    class:figure=cell.amount
                    class:value=cell.used
                    class:faint=!cell.used
                >
                    {inside}
                </td>
            }
            .into_any()
        };
        let count = cells.len();
        let cells = cells.into_iter().enumerate().map(cell).collect_view();
        Some(
            view! {
                {cells}
                <td class="figure" id=id(row, count + 1) tabindex="-1">{move || remark.get().residual}</td>
                <td class:bad=move || unusable.get() id=id(row, count + 2) tabindex="-1">
                    {move || rich(&says())}
                </td>
            }
            .into_any(),
        )
    };
    let switched = move |event| {
        let on = event_target_checked(&event);
        runs.choose(|runs| runs.switch(row, on));
    };
    view! {
        <tr
            class:off=move || off.get()
            class:at=move || is_at.get()
            data-row=row.to_string()
            aria-rowindex=(row + 2).to_string()
        >
            <td>
                <label>
                    <input
                        type="checkbox"
                        id=id(row, 0)
                        tabindex=tab
                        aria-label=move || format!("Use row {}", line())
                        prop:checked=move || !off.get()
                        on:change=switched
                    />
                </label>
            </td>
            <td class="figure faint">{move || line().to_string()}</td>
            {move || cells()}
        </tr>
    }
}
