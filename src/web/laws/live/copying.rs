//! Buttons that copy what stands elsewhere on the page.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, MouseEvent};

use crate::web::ui::browser;
use crate::web::ui::copy_button::{SAID_FOR, said};

/// Hears every button with `data-copy`: it copies the text of the element whose id that is, and says so in its place.
pub fn listen() {
    browser::on_document("click", |event: MouseEvent| {
        let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let button = pressed.and_then(|pressed| pressed.closest("button[data-copy]").ok().flatten());
        if let Some(button) = button {
            copy(button);
        }
    });
}

fn copy(button: Element) {
    let Some(text) = button.get_attribute("data-copy").and_then(|id| browser::text_of(&id)) else { return };
    let name = button.get_attribute("data-name").unwrap_or_else(|| {
        let name = button.text_content().unwrap_or_default();
        let _ = button.set_attribute("data-name", &name);
        let _ = button.set_attribute("aria-live", "polite");
        name
    });
    browser::copy(text.trim(), move |worked| {
        button.set_text_content(Some(said(worked)));
        browser::later(SAID_FOR, move || button.set_text_content(Some(&name)));
    });
}
