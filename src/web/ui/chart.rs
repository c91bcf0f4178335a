//! The picture of a chart: a canvas, and a cursor that reads it.

use std::sync::Arc;

use figure::{Plotters, Size, Step, Stop, Theme};
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ResizeObserver};

use super::browser;
use super::lean::{Memo, RwSignal, effect};
use super::looks::{looks, ratio, theme};
use crate::figure;

/// Backends take whole numbers, so a device pixel is this many of their units.
const GRAIN: f64 = 8.0;
/// A reading is read out after this pause, in milliseconds.
const ALOUD_PAUSE: i32 = 250;

/// A chart that may not be there yet.
pub type Drawn = Memo<Option<Arc<figure::Chart>>>;

#[component]
pub fn ChartView(
    chart: Drawn,
    reading: RwSignal<String>,
    /// Where the cursor is.
    cursor: RwSignal<Option<Stop>>,
    /// Hears a point that is chosen, by Enter or by a press.
    pick: Option<Callback<Stop>>,
) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    let size = RwSignal::new((0.0, 0.0));
    let looks = looks();
    observe(canvas, size);

    let frame = StoredValue::new(None::<i32>);
    effect(move || {
        chart.track();
        size.track();
        cursor.track();
        looks.track();
        if frame.get_value().is_none() {
            let draw = Closure::once_into_js(move || {
                // The page may have lost this chart since.
                if frame.try_set_value(None).is_none() {
                    draw_now(canvas, chart, size, cursor.get_untracked(), &theme());
                }
            });
            frame.set_value(window().request_animation_frame(draw.unchecked_ref()).ok());
        }
    });
    effect(move || {
        let words = chart
            .with(|chart| chart.as_ref().zip(cursor.get()).and_then(|(chart, stop)| chart.reading(stop)));
        reading.set(words.unwrap_or_default());
    });

    // No frame is drawn between this and the print, and the page's colours are still those of the screen.
    let print = window_event_listener(leptos::ev::beforeprint, move |_| {
        let print = Theme { face: theme().face, ..Theme::print() };
        draw_now(canvas, chart, size, None, &print);
    });
    let after = window_event_listener(leptos::ev::afterprint, move |_| looks.changed());
    on_cleanup(move || {
        print.remove();
        after.remove();
    });

    let choose = move || {
        if let Some((pick, stop)) = pick.zip(cursor.get_untracked()) {
            pick.run(stop);
        }
    };
    let keys = move |event: KeyboardEvent| {
        if matches!(&*event.key(), "Enter" | " ") && pick.is_some() {
            event.prevent_default();
            return choose();
        }
        let Some(step) = step(&event.key()) else {
            if event.key() == "Escape" {
                cursor.set(None);
            }
            return;
        };
        event.prevent_default();
        chart.with_untracked(|chart| {
            let Some(chart) = chart else { return };
            cursor.update(|at| *at = at.map_or_else(|| chart.entry(), |at| Some(chart.walk(at, step))));
        });
    };
    let point = move |event: PointerEvent| {
        let to = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let (width, height) = size.get_untracked();
        let size = Size::new(width, height, ratio());
        let near = chart.with_untracked(|chart| chart.as_ref().and_then(|chart| chart.nearest(size, to)));
        if cursor.get_untracked() != near {
            cursor.set(near);
        }
    };
    let label = move || {
        let summary = chart.with(|chart| chart.as_ref().map(|chart| chart.summary().to_owned()));
        summary.unwrap_or_else(|| "Nothing is drawn yet.".to_owned())
    };
    view! {
        <div class="picture">
            <canvas
                node_ref=canvas
                role="img"
                tabindex="0"
                aria-label=move || label()
                on:keydown=keys
                on:pointermove=point
                on:pointerdown=point
                on:click=move |_| choose()
                on:pointerleave=move |_| cursor.set(None)
                on:blur=move |_| cursor.set(None)
            ></canvas>
        </div>
    }
}

/// What the cursor reads, in a line that is always there; it is read out once the cursor rests.
#[component]
pub fn ReadingLine(reading: RwSignal<String>) -> impl IntoView {
    let aloud = RwSignal::new(String::new());
    let say = browser::settled(ALOUD_PAUSE, move || {
        // The page may have lost this figure since.
        if !reading.is_disposed() && !aloud.is_disposed() {
            aloud.set(reading.get_untracked());
        }
    });
    effect(move || {
        reading.track();
        say();
    });
    view! {
        <p class="reading">
            <span aria-hidden="true">{move || super::rich::rich(&reading.get())}</span>
            <span class="unseen" aria-live="polite">{move || aloud.get()}</span>
        </p>
    }
}

fn step(key: &str) -> Option<Step> {
    Some(match key {
        "ArrowRight" => Step::Next,
        "ArrowLeft" => Step::Previous,
        "ArrowUp" => Step::LineBefore,
        "ArrowDown" => Step::LineAfter,
        "Home" => Step::First,
        "End" => Step::Last,
        "PageDown" => Step::Ahead,
        "PageUp" => Step::Back,
        _ => return None,
    })
}

/// Keeps the size of the picture, in CSS pixels.
fn observe(canvas: NodeRef<html::Canvas>, size: RwSignal<(f64, f64)>) {
    let measure = move || {
        if let Some(canvas) = canvas.try_get_untracked().flatten() {
            let measured = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
            if size.get_untracked() != measured {
                size.set(measured);
            }
        }
    };
    let call = Closure::<dyn Fn()>::new(measure);
    let observer = ResizeObserver::new(call.as_ref().unchecked_ref()).ok();
    let held = StoredValue::new_local((observer, call));
    effect(move || {
        if let Some(canvas) = canvas.get() {
            held.with_value(|(observer, _)| observer.as_ref().map(|observer| observer.observe(&canvas)));
        }
    });
    on_cleanup(move || {
        held.try_with_value(|(observer, _)| observer.as_ref().map(ResizeObserver::disconnect));
    });
}

fn draw_now(
    canvas: NodeRef<html::Canvas>,
    chart: Drawn,
    size: RwSignal<(f64, f64)>,
    cursor: Option<Stop>,
    theme: &Theme,
) {
    let (width, height) = size.get_untracked();
    let Some(canvas) = canvas.get_untracked().filter(|_| width > 0.0 && height > 0.0) else { return };
    chart.with_untracked(|chart| {
        if let Some(chart) = chart {
            paint(&canvas, chart, theme, Size::new(width, height, ratio()), cursor);
        }
    });
}

/// Draws a chart on a canvas, which takes the size of the picture.
pub fn paint(
    canvas: &HtmlCanvasElement,
    chart: &figure::Chart,
    theme: &Theme,
    size: Size,
    cursor: Option<Stop>,
) {
    // Giving a canvas its size empties it, and resets its context.
    canvas.set_width((size.width * size.scale).round() as u32);
    canvas.set_height((size.height * size.scale).round() as u32);
    let context = canvas
        .get_context("2d")
        .ok()
        .flatten()
        .and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok());
    let Some((context, mut backend)) = context.zip(CanvasBackend::with_canvas_object(canvas.clone())) else {
        return;
    };
    let _ = context.set_transform(1.0 / GRAIN, 0.0, 0.0, 1.0 / GRAIN, 0.0, 0.0);
    let mut surface = Plotters::new(&mut backend, GRAIN * size.scale, theme.face.clone());
    if let Err(error) = figure::draw(chart, theme, size, cursor, &mut surface) {
        browser::complain(&format!("{}: {error}", chart.title));
    }
}
