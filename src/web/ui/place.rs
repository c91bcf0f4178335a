//! Puts live parts where the document has their likeness.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

type Part = fn() -> AnyView;

/// The first element that a selector finds.
pub fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok()?
}

/// Puts a part at the end of an element, in the place of one that stands there.
pub fn beside(holder: &str, standing: &str, part: Part) {
    let Some(holder) = find(holder) else { return };
    if let Some(standing) = find(standing) {
        standing.remove();
    }
    mount(holder, part);
}

/// Puts a part above an element.
pub fn above(below: &str, part: Part) {
    let (Some(below), Ok(holder)) = (find(below), document().create_element("div")) else { return };
    if let Some(parent) = below.parent_element() {
        let _ = parent.insert_before(&holder, Some(&below));
        mount(holder, part);
    }
}

/// Puts a part in the place of what stands in an element. Whoever was in one of its fields is there again.
pub fn inside(holder: Element, part: impl FnOnce() -> AnyView + 'static) {
    let active = document().active_element().filter(|active| holder.contains(Some(active)));
    let id = active.as_ref().map(Element::id).filter(|id| !id.is_empty());
    let caret = active.and_then(|active| caret(&active.dyn_into().ok()?));
    holder.set_inner_html("");
    mount(holder, part);
    let Some(field) = id.and_then(|id| document().get_element_by_id(&id)) else { return };
    if let Some(field) = field.dyn_ref::<HtmlElement>() {
        let _ = field.focus();
    }
    if let (Some((start, end)), Some(field)) = (caret, field.dyn_ref::<HtmlInputElement>()) {
        let _ = field.set_selection_range(start, end);
    }
}

fn caret(field: &HtmlInputElement) -> Option<(u32, u32)> {
    Some((field.selection_start().ok()??, field.selection_end().ok()??))
}

fn mount(holder: Element, part: impl FnOnce() -> AnyView + 'static) {
    leptos::mount::mount_to(holder.unchecked_into(), part).forget();
}

/// What was typed into the text of this id before the program was there; nothing if it is as the document has it.
pub fn typed_ahead(id: &str) -> Option<String> {
    let text = document().get_element_by_id(id)?.dyn_into::<HtmlTextAreaElement>().ok()?;
    let typed = text.default_value().is_ok_and(|default| default != text.value());
    typed.then(|| text.value())
}

/// What the document has in the field of this id, whatever was typed since.
pub fn served_text(id: &str) -> String {
    let Some(field) = document().get_element_by_id(id) else { return String::new() };
    match field.dyn_into::<HtmlInputElement>() {
        Ok(input) => input.default_value(),
        Err(other) => {
            let chosen = |selector| other.query_selector(selector).ok().flatten();
            let option = chosen("option[selected]").or_else(|| chosen("option"));
            option.and_then(|option| option.get_attribute("value")).unwrap_or_default()
        }
    }
}

/// What stands in the field of this id, typed by now or written in the document.
pub fn field_text(id: &str) -> String {
    let Some(field) = document().get_element_by_id(id) else { return String::new() };
    match field.dyn_into::<HtmlInputElement>() {
        Ok(input) => input.value(),
        Err(other) => other.dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default(),
    }
}
