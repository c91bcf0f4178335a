//! A canvas with a chart on it: as large as its place, drawn when something changes, and once more for a print.

use std::sync::Arc;

use figure::{Plotters, Size, Stop, Theme};
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

/// A chart that may not be there yet.
pub type Drawn = Memo<Option<Arc<figure::Chart>>>;

/// Draws a chart whenever it, its place, its cursor or the look of the page changes, once a frame.
pub fn drawn(
    canvas: NodeRef<html::Canvas>,
    chart: Drawn,
    size: RwSignal<(f64, f64)>,
    cursor: Memo<Option<Stop>>,
) {
    let looks = looks();
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
}

/// Keeps the size of the picture, in CSS pixels.
pub fn observe(canvas: NodeRef<html::Canvas>, size: RwSignal<(f64, f64)>) {
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
    let turn = |matrix: Option<[f64; 6]>| match matrix {
        Some([a, b, c, d, e, f]) => {
            context.save();
            let _ = context.transform(a, b, c, d, e, f);
        }
        None => context.restore(),
    };
    let mut surface = Plotters::new(&mut backend, GRAIN * size.scale, theme.face.clone(), &turn);
    if let Err(error) = figure::draw(chart, theme, size, cursor, &mut surface) {
        browser::complain(&format!("{}: {error}", chart.title));
    }
}
