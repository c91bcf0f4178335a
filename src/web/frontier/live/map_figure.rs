//! The map over both axes, with the cursor on it.

use std::sync::Arc;

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

use super::cursor::cursor;
use super::running::running;
use crate::figure::{Chart, Frame, Grid, Size};
use crate::web::frontier::map::{self, shown};
use crate::web::frontier::questions::SHARES;
use crate::web::ui::canvas::{drawn, observe};
use crate::web::ui::chart::ReadingLine;
use crate::web::ui::data_table::DataTable;
use crate::web::ui::figure::Save;
use crate::web::ui::lean::{Memo, RwSignal};
use crate::web::ui::looks::ratio;
use crate::web::ui::rich::rich;

/// Places that a key leaps over.
const LEAP: isize = 10;

#[component]
pub fn MapFigure() -> impl IntoView {
    let (running, cursor) = (running(), cursor());
    let surface = Memo::new(move || {
        running.with(|asked, field, coarse| {
            let surface = Arc::new(map::surface(&asked.plane, field, coarse));
            // Steps of colour stay as they are while the picture sharpens.
            let outline = coarse.and_then(|coarse| map::outline(&asked.plane, coarse));
            (surface, Arc::new(outline.unwrap_or_default()), field.is_whole())
        })
    });
    let base = Memo::new(move || {
        cursor.plane.with(|plane| {
            let plane = plane.as_ref()?;
            surface.with(|surface| {
                let (surface, outline, whole) = surface.as_ref()?;
                map::map(plane, surface, outline, *whole)
            })
        })
    });
    let chart = Memo::new(move || {
        cursor.plane.with(|plane| {
            let mut chart: Chart = base.get()?;
            chart.marks.extend(map::cursor(plane.as_ref()?, cursor.at.get()));
            Some(Arc::new(chart))
        })
    });
    let is_map =
        Memo::new(move || cursor.plane.with(|plane| plane.as_ref().is_some_and(|plane| plane.up.is_some())));
    let says = move || {
        cursor.plane.with(|plane| {
            let (plane, at) = (plane.as_ref()?, cursor.at.get());
            let value = running.with(|_, field, _| field.number(0, at[1], at[0]))?;
            let done = running.with(|_, field, _| field.is_done(at[1] * field.shape[1] + at[0]))?;
            let value = match value {
                value if value.is_finite() => {
                    format!("{} {}", shown(value, plane.show, &plane.law), plane.show.counts(&plane.law))
                }
                _ if done => "no plan within the limits".to_owned(),
                _ => "still to come".to_owned(),
            };
            Some(view! { "Cursor at " {rich(&plane.says(at))} ": " <b>{rich(&value)}</b> "." }.into_any())
        })
    };
    let title =
        Memo::new(move || cursor.plane.with(|plane| plane.as_ref().map_or("", |plane| plane.show.title())));
    let notes = Memo::new(move || {
        cursor.plane.with(|plane| {
            plane.iter().map(|plane| format!("{}, {}", plane.law.name, plane.says(cursor.at.get()))).collect()
        })
    });
    let tabled = RwSignal::new(false);
    let table = move || {
        let table = cursor
            .plane
            .with(|plane| surface.with(|surface| Some(map::table(plane.as_ref()?, &surface.as_ref()?.0))));
        table.map(|table| view! { <DataTable table name=title.get().to_owned()/> }.into_any())
    };
    let csv = move || untrack(|| running.with(|asked, field, _| map::csv(&asked.plane, field, &SHARES)));
    let reading = RwSignal::new(String::new());
    view! {
        <figure hidden=move || !is_map.get()>
            <figcaption>
                <h2>{move || title.get()}</h2>
                <span class="tools">
                    <button type="button" class="act" on:click=move |_| tabled.update(|tabled| *tabled = !*tabled)>
                        {move || if tabled.get() { "Picture" } else { "Table" }.to_owned()}
                        <span class="unseen">" of the map"</span>
                    </button>
                    <Save title="the map" file="isoflop-map" chart notes csv=Callback::new(move |()| csv().unwrap_or_default())/>
                </span>
            </figcaption>
            <p class="says cursor">{move || says()}</p>
            {move || if tabled.get() {
                view! { {move || table()} }.into_any()
            } else {
                view! { <MapView chart surface=Memo::new(move || surface.with(|surface| surface.as_ref().map(|(grid, ..)| grid.clone()))) reading/> }.into_any()
            }}
            <ReadingLine reading/>
        </figure>
    }
}

/// The picture: a press or a drag puts the cursor, keys move it, and what is pointed at is read.
#[component]
fn MapView(
    chart: Memo<Option<Arc<Chart>>>,
    surface: Memo<Option<Arc<Grid>>>,
    reading: RwSignal<String>,
) -> impl IntoView {
    let cursor = cursor();
    let canvas = NodeRef::<html::Canvas>::new();
    let size = RwSignal::new((0.0, 0.0));
    observe(canvas, size);
    drawn(canvas, chart, size, Memo::new(|| None));
    let under = move |event: &PointerEvent| {
        let place = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let (width, height) = size.get_untracked();
        let point = chart.with_untracked(|chart| {
            Frame::of(chart.as_ref()?, Size::new(width, height, ratio())).under(place)
        })?;
        cursor.plane.with_untracked(|plane| {
            let plane = plane.as_ref()?;
            Some([plane.nearest(0, point.0), plane.nearest(1, point.1)])
        })
    };
    let read = move |at: Option<[usize; 2]>| {
        let words = at.and_then(|at| {
            cursor.plane.with_untracked(|plane| {
                let plane = plane.as_ref()?;
                let value = surface.with_untracked(|grid| {
                    let grid = grid.as_ref()?;
                    grid.values.get(at[1] * grid.x.len() + at[0]).copied()
                })?;
                let value =
                    if value.is_finite() { shown(value, plane.show, &plane.law) } else { "none".to_owned() };
                Some(format!("{}: {value}", plane.says(at)))
            })
        });
        reading.set(words.unwrap_or_default());
    };
    let point = move |event: PointerEvent| {
        let at = under(&event);
        let pressed = event.buttons() & 1 == 1;
        if let Some(at) = at.filter(|_| pressed) {
            cursor.put(at);
        }
        read(at);
    };
    let keys = move |event: KeyboardEvent| {
        let leap = if event.shift_key() { LEAP } else { 1 };
        let by = match &*event.key() {
            "ArrowRight" => [leap, 0],
            "ArrowLeft" => [-leap, 0],
            "ArrowUp" => [0, leap],
            "ArrowDown" => [0, -leap],
            "PageUp" => [0, LEAP],
            "PageDown" => [0, -LEAP],
            "Home" => [isize::MIN / 2, 0],
            "End" => [isize::MAX / 2, 0],
            "Enter" => {
                cursor.pin();
                return;
            }
            _ => return,
        };
        event.prevent_default();
        cursor.step(by);
        read(Some(cursor.at.get_untracked()));
    };
    let label = move || {
        chart.with(|chart| {
            chart.as_ref().map_or("Nothing is drawn yet.".to_owned(), |chart| chart.summary().to_owned())
        })
    };
    view! {
        <div class="picture">
            <canvas
                node_ref=canvas
                class="aimed"
                role="img"
                tabindex="0"
                aria-label=move || label()
                on:keydown=keys
                on:pointerdown=point
                on:pointermove=point
                on:pointerleave=move |_| read(None)
                on:blur=move |_| read(None)
            ></canvas>
        </div>
    }
}
