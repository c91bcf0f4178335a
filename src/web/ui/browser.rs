//! The few things asked of the browser that Leptos does not wrap.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Storage;

/// The content of a `<meta>` of the page.
pub fn meta(name: &str) -> Option<String> {
    document().query_selector(&format!("meta[name={name}]")).ok()??.get_attribute("content")
}

/// The text of the script element with this id.
pub fn text_of(id: &str) -> Option<String> {
    document().get_element_by_id(id)?.text_content()
}

/// What is kept under a name, for this tab alone or for this reader. A browser may keep nothing.
pub fn kept(place: Place, name: &str) -> Option<String> {
    let refused = match place {
        Place::Tab => REFUSED.with_borrow(|all| all.iter().find(|(known, _)| known == name).cloned()),
        Place::Reader => None,
    };
    refused.map(|(_, text)| text).or_else(|| storage(place)?.get_item(name).ok()?)
}

/// Keeps a text under a name, or removes what is there. Says whether that worked.
pub fn keep(place: Place, name: &str, text: Option<&str>) -> bool {
    if LEAVING.get() {
        return true;
    }
    let worked = put(place, name, text);
    if let Place::Tab = place {
        HEARING.with_borrow(|hear| hear.iter().for_each(|hear| hear()));
    }
    worked
}

/// The same, heard by nobody, also by a page that is left.
pub fn put(place: Place, name: &str, text: Option<&str>) -> bool {
    let worked = write(place, name, text);
    if let Place::Tab = place {
        REFUSED.with_borrow_mut(|all| {
            all.retain(|(known, _)| known != name);
            all.extend(text.filter(|_| !worked).map(|text| (name.to_owned(), text.to_owned())));
        });
    }
    worked
}

/// Keeps for the tab how its page is looked at. Where the browser refuses, no work is lost by it.
pub fn remember(name: &str, text: Option<&str>) {
    write(Place::Tab, name, text);
}

fn write(place: Place, name: &str, text: Option<&str>) -> bool {
    storage(place).is_some_and(|storage| match text {
        Some(text) => storage.set_item(name, text).is_ok(),
        None => storage.remove_item(name).is_ok(),
    })
}

/// Whether the tab holds what the browser refused to keep for it: that is lost with the page.
pub fn is_lost() -> bool {
    REFUSED.with_borrow(|all| !all.is_empty())
}

thread_local! {
    /// What the browser refused to keep for the tab, by name: so it can be exported as long as the page is there.
    static REFUSED: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
    /// Whether the page is being left for what was put in its place: what it holds itself is written no more.
    static LEAVING: Cell<bool> = const { Cell::new(false) };
    /// Who hears when something is kept for the tab.
    static HEARING: RefCell<Option<Box<dyn Fn()>>> = const { RefCell::new(None) };
}

/// Hears when something is kept for the tab.
pub fn on_keep(hear: impl Fn() + 'static) {
    HEARING.set(Some(Box::new(hear)));
}

/// Loads an address anew, as if the page had never been.
pub fn leave_to(address: &str) {
    LEAVING.set(true);
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
    let _ = window().location().reload();
}

/// Whether the page is being left so.
pub fn is_leaving() -> bool {
    LEAVING.get()
}

/// The names of all that is kept in a place.
pub fn names(place: Place) -> Vec<String> {
    let mut names = Vec::new();
    if let Some(storage) = storage(place) {
        let count = storage.length().unwrap_or_default();
        names.extend((0..count).filter_map(|at| storage.key(at).ok().flatten()));
    }
    if let Place::Tab = place {
        let refused = REFUSED.with_borrow(|all| all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
        names.retain(|name| !refused.contains(name));
        names.extend(refused);
    }
    names
}

/// Where something is kept.
#[derive(Clone, Copy)]
pub enum Place {
    /// For this tab, until it is closed.
    Tab,
    /// For this reader.
    Reader,
}

fn storage(place: Place) -> Option<Storage> {
    match place {
        Place::Tab => window().session_storage().ok()?,
        Place::Reader => window().local_storage().ok()?,
    }
}

/// Copies a text; `done` hears whether it worked. Outside a secure context there is no clipboard.
pub fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into()).unwrap_or_default();
    let Ok(clipboard) = clipboard.dyn_into::<web_sys::Clipboard>() else { return done(false) };
    let promise = clipboard.write_text(text);
    leptos::task::spawn_local(async move { done(JsFuture::from(promise).await.is_ok()) });
}

/// The same of a text that is still to come: browsers let pages copy in the moment in which a reader asks for it.
pub fn copy_promised(text: &js_sys::Promise, done: impl FnOnce(bool) + 'static) {
    let record = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&record, &"text/plain".into(), text);
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into()).unwrap_or_default();
    let item = web_sys::ClipboardItem::new_with_record_from_str_to_blob_promise(&record);
    let Ok((clipboard, item)) =
        clipboard.dyn_into::<web_sys::Clipboard>().and_then(|clipboard| Ok((clipboard, item?)))
    else {
        return done(false);
    };
    let promise = clipboard.write(&js_sys::Array::of1(&item));
    leptos::task::spawn_local(async move { done(JsFuture::from(promise).await.is_ok()) });
}

/// A text as a blob.
pub fn blob(content: &JsValue, kind: &str) -> Option<web_sys::Blob> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    web_sys::Blob::new_with_blob_sequence_and_options(&js_sys::Array::of1(content), &options).ok()
}

/// Whether the page was loaded again, and not come to.
pub fn is_reload() -> bool {
    came_by(web_sys::PerformanceNavigation::TYPE_RELOAD)
}

/// Whether the reader came back to the page, or forward.
pub fn is_return() -> bool {
    came_by(web_sys::PerformanceNavigation::TYPE_BACK_FORWARD)
}

fn came_by(way: u16) -> bool {
    window().performance().is_some_and(|performance| performance.navigation().type_() == way)
}

/// Calls `act` once, so many milliseconds after the last call of what is returned.
pub fn settled(delay: i32, act: impl Fn() + 'static) -> impl Fn() {
    let timer = Cell::new(None);
    let act: Rc<dyn Fn()> = Rc::new(act);
    move || {
        if let Some(last) = timer.take() {
            window().clear_timeout_with_handle(last);
        }
        let act = act.clone();
        timer.set(Some(later(delay, move || act())));
    }
}

/// Calls `act` after so many milliseconds.
pub fn later(delay: i32, act: impl FnOnce() + 'static) -> i32 {
    fn call(delay: i32, act: Box<dyn FnOnce()>) -> i32 {
        let call = Closure::once_into_js(act);
        window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(call.unchecked_ref(), delay)
            .unwrap_or_default()
    }
    call(delay, Box::new(act))
}

/// Calls `hear` whenever whether a media query holds changes.
pub fn on_media(query: &str, hear: impl Fn() + 'static) {
    if let Ok(Some(list)) = window().match_media(query) {
        let call = Closure::<dyn Fn()>::new(hear);
        let _ = list.add_event_listener_with_callback("change", call.as_ref().unchecked_ref());
        call.forget();
    }
}

/// Says that the program has stopped, and nothing of it can be relied on any more.
pub fn stopped(fault: &str) {
    complain(fault);
    let Some((main, line)) =
        document().query_selector("main").ok().flatten().zip(document().create_element("p").ok())
    else {
        return;
    };
    let _ = line.set_attribute("role", "alert");
    line.set_class_name("notice");
    line.set_text_content(Some(&format!(
        "This page stopped because of a fault in Isoflop. Your input is kept: load the page again. ({fault})"
    )));
    if let Some(page) = main.parent_node() {
        let _ = page.insert_before(&line, Some(&main));
    }
}

/// Says something to who looks after the page.
pub fn complain(text: &str) {
    leptos::logging::error!("{text}");
}

/// Saves a text or a blob as a file of the reader's.
pub fn save(name: &str, kind: &str, content: &JsValue) {
    let Some(blob) = blob(content, kind) else { return };
    let Ok(address) = web_sys::Url::create_object_url_with_blob(&blob) else { return };
    if let Ok(link) = document().create_element("a") {
        let link: web_sys::HtmlAnchorElement = link.unchecked_into();
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    later(1000, move || {
        let _ = web_sys::Url::revoke_object_url(&address);
    });
}

/// Hears an event wherever on the page it happens.
pub fn on_document<E: JsCast + 'static>(name: &str, hear: impl Fn(E) + 'static) {
    let call =
        Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| hear(event.unchecked_into()));
    let _ = document().add_event_listener_with_callback(name, call.as_ref().unchecked_ref());
    call.forget();
}

/// Tells the script of the served page of something that is there now.
pub fn announce(event: &str, detail: &JsValue) {
    let init = web_sys::CustomEventInit::new();
    init.set_detail(detail);
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict(event, &init) {
        let _ = window().dispatch_event(&event);
    }
}

/// Gives the page as a whole a class, or takes it.
pub fn mark_page(class: &str, is: bool) {
    if let Some(page) = document().get_element_by_id("page") {
        let _ = page.class_list().toggle_with_force(class, is);
    }
}

/// The bytes of one of the site's own files.
pub async fn fetch(address: &str) -> Option<Vec<u8>> {
    let response: web_sys::Response =
        JsFuture::from(window().fetch_with_str(address)).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}
