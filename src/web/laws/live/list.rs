//! The list of laws: rows that stand in the document, shown as they are sought.

use crate::web::ui::place::{self, find};
use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::shelf::shelf;
use crate::web::laws::draft::Draft;
use crate::web::laws::sought::{Row, Sought};
use crate::web::link::encode;
use crate::web::maths;
use crate::web::ui::lean::{Memo, RwSignal};
use crate::web::ui::{address, browser};

/// Takes over the list, if this is its page.
pub fn take_over() {
    let (Some(list), Some(search)) = (find("#laws"), find("#search")) else { return };
    let Ok(search) = search.dyn_into::<HtmlInputElement>() else { return };
    let words = RwSignal::new(String::new());
    if let Some(kept) = find("#kept") {
        let whole = kept.clone();
        place::inside(kept, move || view! { <Kept words list=whole/> }.into_any());
    }
    let list = Rc::new(List::read(list, search, words));
    list.show();
    listen(&list);
}

/// The list as it stands in the document.
struct List {
    search: HtmlInputElement,
    /// The rows with what they are found by.
    rows: Vec<(HtmlElement, Row)>,
    buttons: Vec<Element>,
    selects: Vec<HtmlSelectElement>,
    sought: RefCell<Sought>,
    /// The words that are searched for, for the laws that the reader keeps.
    words: RwSignal<String>,
}

impl List {
    fn read(list: Element, search: HtmlInputElement, words: RwSignal<String>) -> Self {
        let buttons = all(&list, "button[data-filter]");
        let selects =
            all(&list, "select[data-filter]").into_iter().filter_map(|select| select.dyn_into().ok());
        let mut filters: Vec<String> = buttons.iter().map(|button| data(button, "filter")).collect();
        filters.dedup();
        let row = |row: Element| {
            let values = |filter: &String| {
                let values = data(&row, filter);
                (filter.clone(), values.split_whitespace().map(str::to_owned).collect())
            };
            let name = row.query_selector("h2").ok().flatten().and_then(|head| head.text_content());
            let found_by = Row {
                name: name.unwrap_or_default().to_lowercase(),
                words: data(&row, "words"),
                values: filters.iter().map(values).collect(),
            };
            Some((row.dyn_into().ok()?, found_by))
        };
        let rows = all(&list, "#rows > li").into_iter().filter_map(row).collect();
        let query = address::query();
        let mut sought = Sought::read(&query, &filters);
        // What was typed before the program was there.
        let typed = search.value();
        if typed.is_empty() {
            search.set_value(&sought.words);
        } else {
            sought.words = typed;
        }
        let selects: Vec<HtmlSelectElement> = selects.collect();
        for select in selects.iter().filter(|select| !select.value().is_empty()) {
            sought.choose(&data(select, "filter"), &select.value());
        }
        Self { search, rows, buttons, selects, sought: RefCell::new(sought), words }
    }

    /// Shows what is sought, and how much of it there is.
    fn show(&self) {
        let sought = self.sought.borrow();
        let mut found = 0;
        for (row, found_by) in &self.rows {
            let takes = sought.takes(found_by);
            found += usize::from(takes);
            row.set_hidden(!takes);
        }
        self.order(&sought);
        let rows: Vec<Row> = self.rows.iter().map(|(_, row)| row.clone()).collect();
        for button in &self.buttons {
            let (filter, value) = (data(button, "filter"), data(button, "value"));
            let pressed = sought.value(&filter) == value;
            let _ = button.set_attribute("aria-pressed", if pressed { "true" } else { "false" });
            if let Ok(Some(count)) = button.query_selector(".count") {
                count.set_text_content(Some(&sought.count(&rows, &filter, &value).to_string()));
            }
        }
        for select in &self.selects {
            select.set_value(sought.value(&data(select, "filter")));
        }
        self.words.set(sought.words.clone());
        say(&sought.says(found, rows.len()), !sought.is_any());
        address::replace(&sought.query(), &JsValue::NULL);
    }

    /// Puts the rows that are called as is searched for before the others. Only what is out of its place is moved.
    fn order(&self, sought: &Sought) {
        let named = self.rows.iter().filter(|(_, row)| sought.names(row));
        let others = self.rows.iter().filter(|(_, row)| !sought.names(row));
        let mut next = self.rows.first().and_then(|(row, _)| row.parent_element()?.first_element_child());
        for (row, _) in named.chain(others) {
            if next.as_deref().is_some_and(|next| next.is_same_node(Some(row))) {
                next = row.next_element_sibling();
            } else if let Some(list) = row.parent_element() {
                let _ = list.insert_before(row, next.as_deref());
            }
        }
    }

    fn change(&self, change: impl FnOnce(&mut Sought)) {
        change(&mut self.sought.borrow_mut());
        self.show();
    }

    fn clear(&self) {
        self.search.set_value("");
        self.change(|sought| *sought = Sought::default());
        let _ = self.search.focus();
    }
}

/// What was found, and the way back to everything.
fn say(text: &str, clear: bool) {
    let Some(found) = find("#found") else { return };
    found.set_text_content(Some(text));
    if clear && let Ok(button) = document().create_element("button") {
        let _ = button.set_attribute("type", "button");
        button.set_class_name("act");
        button.set_id("clear");
        button.set_text_content(Some("Clear the search"));
        let _ = found.append_with_str_2(" ", "");
        let _ = found.append_child(&button);
    }
}

fn listen(list: &Rc<List>) {
    let typed = list.clone();
    browser::on_document("input", move |event: Event| {
        if is(&event, "#search") {
            let words = typed.search.value();
            typed.change(|sought| sought.words = words);
        }
    });
    let chosen = list.clone();
    browser::on_document("change", move |event: Event| {
        if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok())
            && select.has_attribute("data-filter")
        {
            chosen.change(|sought| sought.choose(&data(&select, "filter"), &select.value()));
        }
    });
    let pressed = list.clone();
    browser::on_document("click", move |event: Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let button = target.and_then(|target| target.closest("button").ok().flatten());
        match button {
            Some(button) if button.id() == "clear" => pressed.clear(),
            Some(button) if button.has_attribute("data-filter") => {
                pressed.change(|sought| sought.choose(&data(&button, "filter"), &data(&button, "value")));
            }
            _ => {}
        }
    });
    browser::on_document("submit", |event: Event| event.prevent_default());
}

fn is(event: &Event, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.matches(selector).unwrap_or(false))
}

fn all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn data(element: &Element, name: &str) -> String {
    element.get_attribute(&format!("data-{name}")).unwrap_or_default()
}

/// The laws that the reader keeps, above the others.
#[component]
fn Kept(words: RwSignal<String>, list: Element) -> impl IntoView {
    let shelf = shelf();
    let list = StoredValue::new_local(list);
    let found = Memo::new(move || {
        let sought = Sought { words: words.get(), chosen: Vec::new() };
        let finds = |law: &Draft| {
            let symbols: Vec<&str> = law.symbols.iter().map(|symbol| &*symbol.name).collect();
            sought.finds(&format!("{} yours {} {}", law.name, law.formula, symbols.join(" ")).to_lowercase())
        };
        shelf.laws.with(|laws| laws.iter().filter(|law| finds(law)).cloned().collect::<Vec<_>>())
    });
    let rows = move || {
        let found = found.get();
        list.with_value(|list| {
            let _ = list.toggle_attribute_with_force("hidden", found.is_empty());
        });
        found.into_iter().map(row).collect_view().into_any()
    };
    view! { {move || rows()} }
}

fn row(law: Draft) -> AnyView {
    let shelf = shelf();
    let Draft { name, formula, .. } = law;
    let own = name.clone();
    let output = crate::web::laws::draft::output(&formula);
    view! {
        <li class="law">
            <div class="of">
                <h2><a href=format!("laws/new/?kept={}", encode(&name))>{name.clone()}</a></h2>
                <p class="by">"Yours, kept in this browser"</p>
            </div>
            <div class="f" inner_html=maths::display(&maths::equation(&[&output], &formula), &[])></div>
            <p class="gives">
                <button type="button" class="act" aria-label=format!("Remove {name}") on:click=move |_| shelf.remove(&own)>
                    "Remove"
                </button>
            </p>
        </li>
    }
    .into_any()
}
