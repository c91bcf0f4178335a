//! What charts must know of how the page looks: it changes with theme, contrast, screen and faces.

use figure::Theme;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::browser;
use super::lean::RwSignal;
use crate::figure;

/// Changes when charts must be drawn anew.
#[derive(Clone, Copy)]
pub struct Looks(RwSignal<u32>);

/// Media queries that the colours of style/tokens.css depend on.
const QUERIES: [&str; 4] =
    ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(forced-colors: active)", "print"];

/// Watches how the page looks, for all of the page.
pub fn provide() {
    let looks = Looks(RwSignal::new(0));
    provide_context(looks);
    for query in QUERIES {
        browser::on_media(query, move || looks.changed());
    }
    watch_ratio(looks);
    // A face may come after the first drawing.
    let faces = document().fonts();
    let call = Closure::<dyn Fn()>::new(move || looks.changed());
    let _ = faces.add_event_listener_with_callback("loadingdone", call.as_ref().unchecked_ref());
    call.forget();
}

/// How the page looks.
pub fn looks() -> Looks {
    expect_context()
}

impl Looks {
    /// Hears when it changes.
    pub fn track(self) {
        self.0.track();
    }

    /// Says that it has changed.
    pub fn changed(self) {
        self.0.update(|count| *count += 1);
    }
}

/// Device pixels to a CSS pixel, at most three.
pub fn ratio() -> f64 {
    crate::num::clamp(window().device_pixel_ratio(), 1.0, 3.0)
}

/// A query for one ratio fires once; then there is another ratio to ask for.
fn watch_ratio(looks: Looks) {
    let query = format!("(resolution: {}dppx)", window().device_pixel_ratio());
    if let Ok(Some(list)) = window().match_media(&query) {
        let call = Closure::once_into_js(move || {
            looks.changed();
            watch_ratio(looks);
        });
        let once = web_sys::AddEventListenerOptions::new();
        once.set_once(true);
        let _ = list.add_event_listener_with_callback_and_add_event_listener_options(
            "change",
            call.unchecked_ref(),
            &once,
        );
    }
}

/// The tokens of style/tokens.css as they are now.
pub fn theme() -> Theme {
    let Some(root) = document().document_element() else { return Theme::light() };
    let Ok(Some(style)) = window().get_computed_style(&root) else { return Theme::light() };
    let mut theme = Theme::light().with_tokens(|name| {
        let value = style.get_property_value(name).ok()?;
        let value = value.trim();
        // In forced colours tokens are names such as `CanvasText`, which only an element turns into a colour.
        let named = name != "--sans" && value.starts_with(|first: char| first.is_ascii_uppercase());
        if named { resolved(value) } else { Some(value.to_owned()) }
    });
    measure(&mut theme);
    theme
}

/// Measures the face that the browser draws with: how wide it is beside the one whose widths charts know, and where
/// its `middle` lies, on which browsers differ.
fn measure(theme: &mut Theme) -> Option<()> {
    const WORDS: &str = "parameters and tokens, 10 B";
    /// About as large as charts are written before they are scaled down: `WebKit` rounds the heights of a face.
    const SIZE: f64 = 96.0;
    let canvas: web_sys::HtmlCanvasElement = document().create_element("canvas").ok()?.unchecked_into();
    let context: web_sys::CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
    let ink = figure::Ink { size: SIZE, bold: false, colour: theme.ink, halo: None };
    context.set_font(&format!("{}px {}", ink.size, theme.face.family));
    let on_baseline = context.measure_text(WORDS).ok()?;
    context.set_text_baseline("middle");
    let on_middle = context.measure_text(WORDS).ok()?;
    let breadth = on_baseline.width() / figure::width(WORDS, ink);
    if breadth.is_finite() && breadth > 0.0 {
        theme.face.breadth = breadth;
    }
    let middle =
        (on_baseline.actual_bounding_box_ascent() - on_middle.actual_bounding_box_ascent()) / ink.size;
    if middle.is_finite() {
        theme.face.middle = middle;
    }
    Some(())
}

fn resolved(colour: &str) -> Option<String> {
    let body = document().body()?;
    let probe: web_sys::HtmlElement = document().create_element("span").ok()?.unchecked_into();
    probe.style().set_property("color", colour).ok()?;
    body.append_child(&probe).ok()?;
    let resolved = window().get_computed_style(&probe).ok()??.get_property_value("color").ok();
    probe.remove();
    resolved
}
