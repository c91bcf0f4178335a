//! Puts live parts where the document has their likeness.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

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

/// Puts a part in the place of what stands in an element. Whoever was in one of its fields is there again, with what they
/// had selected.
pub fn inside(holder: Element, part: impl FnOnce() -> AnyView + 'static) {
    let active = document().active_element().filter(|active| holder.contains(Some(active)));
    let stood = active.map(|field| (field.id(), selection(&field))).filter(|(id, _)| !id.is_empty());
    holder.set_inner_html("");
    mount(holder, part);
    let Some((id, selection)) = stood else { return };
    let Some(field) = document().get_element_by_id(&id) else { return };
    if let Some(field) = field.dyn_ref::<HtmlElement>() {
        let _ = field.focus();
    }
    if let Some((text, start, end)) = selection {
        // Leptos gives a field its value in a microtask. Before that there is nothing to select; when it is the same, what is
        // selected stays so.
        as_text(&field).set_value(&text);
        let _ = as_text(&field).set_selection_range(start, end);
    }
}

/// The text of a field, and what is selected in it.
fn selection(field: &Element) -> Option<(String, u32, u32)> {
    let field = as_text(field);
    let (start, end) = (field.selection_start().ok()??, field.selection_end().ok()??);
    Some((field.value(), start, end))
}

/// A field as one of a line: those of several, and choices, have as their members what is asked of it here, or have none of
/// that name.
fn as_text(field: &Element) -> &HtmlInputElement {
    field.unchecked_ref()
}

fn mount(holder: Element, part: impl FnOnce() -> AnyView + 'static) {
    leptos::mount::mount_to(holder.unchecked_into(), part).forget();
}

/// What was typed into the field of this id, or chosen, before the program was there; nothing if it is as the document has it.
pub fn typed_ahead(id: &str) -> Option<String> {
    let text = field_text(id);
    (text != served_text(id)).then_some(text)
}

/// What the document has in the field of this id, whatever was typed since.
pub fn served_text(id: &str) -> String {
    let Some(field) = document().get_element_by_id(id) else { return String::new() };
    if field.dyn_ref::<HtmlSelectElement>().is_none() {
        return as_text(&field).default_value();
    }
    let chosen = |selector| field.query_selector(selector).ok().flatten();
    let option = chosen("option[selected]").or_else(|| chosen("option"));
    option.and_then(|option| option.get_attribute("value")).unwrap_or_default()
}

/// What stands in the field of this id, typed by now or written in the document.
pub fn field_text(id: &str) -> String {
    document().get_element_by_id(id).map(|field| as_text(&field).value()).unwrap_or_default()
}
