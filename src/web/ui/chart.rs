//! The picture of a chart: a canvas, and a cursor that reads it.

use figure::{Size, Step, Stop};
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

use super::browser;
use super::canvas::{Drawn, drawn, observe};
use super::lean::{Memo, RwSignal, effect};
use super::looks::ratio;
use crate::figure;

/// A reading is read out after this pause, in milliseconds.
const ALOUD_PAUSE: i32 = 250;

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
    observe(canvas, size);
    drawn(canvas, chart, size, Memo::new(move || cursor.get()));
    effect(move || {
        let words = chart
            .with(|chart| chart.as_ref().zip(cursor.get()).and_then(|(chart, stop)| chart.reading(stop)));
        reading.set(words.unwrap_or_default());
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
        <div class="picture" class:blank=move || chart.with(Option::is_none)>
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
