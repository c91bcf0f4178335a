//! The map over both axes, with the cursor on it.

use std::sync::Arc;

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

use super::cursor::cursor;
use super::running::running;
use super::told::known;
use crate::figure::{Chart, Frame, Grid, Size};
use crate::web::frontier::field::Field;
use crate::web::frontier::map::{self, Plane};
use crate::web::ui::canvas::{drawn, observe};
use crate::web::ui::chart::ReadingLine;
use crate::web::ui::data_table::DataTable;
use crate::web::ui::figure::Save;
use crate::web::ui::lean::{Memo, RwSignal};
use crate::web::ui::looks::ratio;
use crate::web::ui::rich::rich;

/// What is said of a cell that has not come.
const AWAITED: &str = "still to come";
/// Places that a key leaps over.
const LEAP: isize = 10;

#[component]
pub fn MapFigure() -> impl IntoView {
    let (running, cursor) = (running(), cursor());
    let surface = Memo::new(move || {
        let plane = cursor.plane.get()?;
        running.with(|_, field, coarse| {
            let is_of = plane.is_of(field);
            let coarse = coarse.filter(|_| is_of);
            let surface = Arc::new(if is_of { map::surface(&plane, field, coarse) } else { Grid::default() });
            // Steps of colour stay as they are while the picture sharpens.
            let outline = coarse.and_then(|coarse| map::outline(&plane, coarse));
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
    let known = known();
    let says = move || {
        let says = cursor.plane.with(|plane| Some(plane.as_ref()?.says(cursor.at.get())))?;
        let value = known.reading.get().unwrap_or_else(|| AWAITED.to_owned());
        Some(view! { "Cursor at " {rich(&says)} ": " <b>{rich(&value)}</b> "." }.into_any())
    };
    let title =
        Memo::new(move || cursor.plane.with(|plane| plane.as_ref().map(Plane::title).unwrap_or_default()));
    let notes = Memo::new(move || {
        cursor.plane.with(|plane| {
            plane.iter().map(|plane| format!("{}, {}", plane.law.name, plane.says(cursor.at.get()))).collect()
        })
    });
    let tabled = RwSignal::new(false);
    let table = move || {
        // It has only what is done: a number looks as exact as it is written.
        let table = Memo::new(move || {
            cursor.plane.with(|plane| {
                let plane = plane.as_ref()?;
                let done = |field: &Field| map::table(plane, &map::surface(plane, field, None));
                running.with(|_, field, _| plane.is_of(field).then(|| done(field)))?
            })
        });
        view! { <DataTable table name=title/> }.into_any()
    };
    let csv = move || untrack(|| running.with(|asked, field, _| map::csv(&asked.plane, field)));
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
                table()
            } else {
                view! { <MapView chart reading/> }.into_any()
            }}
            <ReadingLine reading/>
        </figure>
    }
}

/// The picture: a press or a drag puts the cursor, keys move it, and what is pointed at is read.
#[component]
fn MapView(chart: Memo<Option<Arc<Chart>>>, reading: RwSignal<String>) -> impl IntoView {
    let (running, cursor) = (running(), cursor());
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
                let value = untrack(|| running.with(|_, field, _| plane.said_of(field, at)))?;
                let value = value.unwrap_or_else(|| AWAITED.to_owned());
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
