//! A figure: title, sentence, picture or table, tools, reading line.

use figure::{Size, Svg, Theme};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use super::browser;
use super::canvas::{Drawn, paint};
use super::chart::{ChartView, ReadingLine};
use super::data_table::DataTable;
use super::lean::{Memo, RwSignal};
use crate::figure;

/// The size of a saved picture, in CSS pixels.
const SAVED: (f64, f64) = (680.0, 340.0);
/// Device pixels to a CSS pixel of a saved bitmap.
const SAVED_RATIO: f64 = 2.0;

#[component]
pub fn Figure(
    title: &'static str,
    /// The name of its files.
    file: &'static str,
    chart: Drawn,
    /// What a saved picture answers, in lines.
    notes: Memo<Vec<String>>,
    /// What stands under the title.
    says: AnyView,
    /// Where the cursor is, for who points at the same from elsewhere.
    #[prop(optional)]
    cursor: Option<RwSignal<Option<figure::Stop>>>,
    /// Hears a point that is chosen.
    #[prop(optional)]
    pick: Option<Callback<figure::Stop>>,
    /// More tools.
    #[prop(optional)]
    more: Option<AnyView>,
    /// Whether a narrow screen shows the picture only once it is asked for (style/folds.css).
    #[prop(optional)]
    folds: bool,
) -> impl IntoView {
    let tabled = RwSignal::new(false);
    let cursor = cursor.unwrap_or_else(|| RwSignal::new(None));
    let reading = RwSignal::new(String::new());
    // The picture stays while its chart changes, and so does who is in it.
    let is_table = Memo::new(move || tabled.get() && chart.with(Option::is_some));
    let table = move || {
        let table = Memo::new(move || chart.with(|chart| chart.as_ref().map(|chart| chart.table())));
        view! { <DataTable table name=Memo::new(move || title.to_owned())/> }.into_any()
    };
    let body = move || {
        if is_table.get() { table() } else { view! { <ChartView chart reading cursor pick/> }.into_any() }
    };
    let folded = RwSignal::new(folds);
    view! {
        <figure class:folded=move || folded.get()>
            <figcaption>
                <h2>{title}</h2>
                <span class="tools">
                    {more}
                    <button type="button" class="act" on:click=move |_| tabled.update(|tabled| *tabled = !*tabled)>
                        {move || if tabled.get() { "Picture" } else { "Table" }.to_owned()}
                        <span class="unseen">{format!(" of {title}")}</span>
                    </button>
                    <Save title file chart notes/>
                </span>
            </figcaption>
            <p class="says">{says}</p>
            {folds.then(|| view! { <Unfold title folded/> }.into_any())}
            {move || body()}
            <ReadingLine reading/>
        </figure>
    }
}

/// Shows the picture on a narrow screen, and hides it again.
#[component]
fn Unfold(title: &'static str, folded: RwSignal<bool>) -> impl IntoView {
    view! {
        <p class="acts unfold">
            <button
                type="button"
                class="act"
                aria-expanded=move || (!folded.get()).to_string()
                on:click=move |_| folded.update(|folded| *folded = !*folded)
            >
                {move || if folded.get() { "Show the picture" } else { "Hide the picture" }.to_owned()}
                <span class="unseen">{format!(" of {title}")}</span>
            </button>
        </p>
    }
}

/// Three kinds of file, in the place of the button that offers them.
#[component]
pub fn Save(
    title: &'static str,
    file: &'static str,
    chart: Drawn,
    notes: Memo<Vec<String>>,
    /// The file of numbers, where it is not what the chart holds.
    #[prop(optional)]
    csv: Option<Callback<(), String>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let [offers, first] = [NodeRef::<html::Button>::new(), NodeRef::new()];
    // One takes the place of the other, and the focus goes along.
    let turn = move |is_open: bool| {
        open.set(is_open);
        request_animation_frame(move || {
            if let Some(button) = if is_open { first } else { offers }.get_untracked() {
                let _ = button.focus();
            }
        });
    };
    let close = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            turn(false);
        }
    };
    let kind = move |name: &'static str, node: NodeRef<html::Button>, save: Callback<()>| {
        let act = move |_| {
            save.run(());
            turn(false);
        };
        view! { <button type="button" class="act" node_ref=node on:click=act on:keydown=close>{name}</button> }
            .into_any()
    };
    let drawn = move |write: fn(&figure::Chart, &[String], &str)| {
        Callback::new(move |()| {
            if let Some(chart) = chart.get_untracked() {
                let mut notes = notes.get_untracked();
                notes.push(window().location().href().unwrap_or_default());
                write(&chart, &notes, file);
            }
        })
    };
    let numbers = move |csv: Callback<(), String>| {
        Callback::new(move |()| browser::save(&format!("{file}.csv"), "text/csv", &csv.run(()).into()))
    };
    let kinds = move || {
        view! {
            {kind("SVG", first, drawn(save_svg))}
            {kind("PNG", NodeRef::new(), drawn(save_png))}
            {kind("CSV", NodeRef::new(), csv.map_or_else(|| drawn(save_csv), numbers))}
        }
        .into_any()
    };
    let offer = move || {
        view! {
            <button type="button" class="act" node_ref=offers on:click=move |_| turn(true)>
                "Save…"
                <span class="unseen">{title}</span>
            </button>
        }
        .into_any()
    };
    view! { {move || if open.get() { kinds() } else { offer() }} }
}

fn save_svg(chart: &figure::Chart, notes: &[String], file: &str) {
    let size = Size::new(SAVED.0, SAVED.1, 1.0);
    browser::save(
        &format!("{file}.svg"),
        "image/svg+xml",
        &Svg::of(chart, &Theme::print(), size, notes).into(),
    );
}

fn save_csv(chart: &figure::Chart, _: &[String], file: &str) {
    browser::save(&format!("{file}.csv"), "text/csv", &chart.csv().into());
}

fn save_png(chart: &figure::Chart, _: &[String], file: &str) {
    let Ok(canvas) = document().create_element("canvas") else { return };
    let canvas: HtmlCanvasElement = canvas.unchecked_into();
    paint(&canvas, chart, &Theme::print(), Size::new(SAVED.0, SAVED.1, SAVED_RATIO), None);
    let name = format!("{file}.png");
    let keep = Closure::once_into_js(move |blob: JsValue| browser::save(&name, "image/png", &blob));
    let _ = canvas.to_blob(keep.unchecked_ref());
}
