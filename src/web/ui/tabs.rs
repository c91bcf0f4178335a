//! What this tab holds, copied to where it outlives it; and what tabs that were closed have left.

use std::cell::RefCell;

use leptos::prelude::window_event_listener_untyped;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::address;
use super::browser::{self, Place};
use super::mishaps::Mishaps;
use super::store::QUESTION;
use crate::web::json::Json;
use crate::web::works::{PAGES, PREFIX, TAB, Work};

/// The name under which a tab keeps what it is called.
const OWN: &str = "isoflop.own";
/// What a tab holds is copied after this pause, in milliseconds: a long table takes a moment.
const PAUSE: i32 = 1000;
/// A lock that another page holds is asked for again after this pause, in milliseconds, and so often.
const RETRY: i32 = 400;
const TRIES: u32 = 3;

#[wasm_bindgen]
extern "C" {
    /// Asks for a lock that is held as long as the tab is there (Web Locks). A browser may have none.
    #[wasm_bindgen(js_namespace = ["navigator", "locks"], js_name = request, catch)]
    fn hold(name: &str, options: &JsValue, held: &JsValue) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["navigator", "locks"], js_name = query, catch)]
    async fn locks() -> Result<JsValue, JsValue>;
}

thread_local! {
    /// What this tab is called.
    static CALLED: RefCell<String> = RefCell::default();
    /// What lets go of its lock.
    static LET_GO: RefCell<Option<js_sys::Function>> = const { RefCell::new(None) };
}

/// Copies what the tab holds whenever it changes, for all of the page.
pub fn keep(mishaps: Mishaps) {
    let copy = browser::settled(PAUSE, move || copy(mishaps));
    browser::on_keep(copy);
    window_event_listener_untyped("visibilitychange", move |_| self::copy(mishaps));
    // The next page of the tab holds the lock then; and a page that holds one could not come back as it was left.
    window_event_listener_untyped("pagehide", move |_| {
        self::copy(mishaps);
        if let Some(let_go) = LET_GO.take() {
            let _ = let_go.call0(&JsValue::UNDEFINED);
        }
    });
    window_event_listener_untyped("pageshow", |_| {
        if CALLED.with_borrow(|name| !name.is_empty()) && LET_GO.with_borrow(Option::is_none) {
            hold_as(CALLED.with_borrow(String::clone), TRIES);
        }
    });
    hold_as(browser::kept(Place::Tab, OWN).unwrap_or_else(another_name), TRIES);
}

fn another_name() -> String {
    format!("{:x}", (js_sys::Math::random() * (1_u64 << 48) as f64) as u64)
}

/// Calls this tab so, unless another tab is: one that was duplicated begins with the other's name. The page that the tab
/// leaves may hold the lock for a moment yet.
fn hold_as(name: String, tries: u32) {
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"ifAvailable".into(), &true.into());
    let lock = format!("{TAB}{name}");
    let held = Closure::once_into_js(move |lock: JsValue| {
        if !lock.is_null() {
            called(&name);
            return js_sys::Promise::new(&mut |let_go, _| LET_GO.set(Some(let_go))).into();
        }
        match tries {
            0 => hold_as(another_name(), TRIES),
            _ => _ = browser::later(RETRY, move || hold_as(name, tries - 1)),
        }
        JsValue::UNDEFINED
    });
    if hold(&lock, &options, &held).is_err() {
        called(&lock[TAB.len()..]);
    }
}

fn called(name: &str) {
    browser::put(Place::Tab, OWN, Some(name));
    CALLED.set(name.to_owned());
}

/// What this tab holds now, under a name.
pub fn held(name: &str) -> Work {
    let names = browser::names(Place::Tab);
    let parts = names.into_iter().filter(|name| name.starts_with(PREFIX) && name != OWN);
    // An empty text is as good as none.
    let text = |name: &str| browser::kept(Place::Tab, name).filter(|text| !text.is_empty());
    let mut parts: Vec<(String, String)> =
        parts.filter_map(|name| text(&name).map(|text| (name, text))).collect();
    parts.sort();
    Work { name: name.to_owned(), when: js_sys::Date::now(), page: page(), parts }
}

/// The folder of this page.
fn page() -> String {
    let folder = address::folder();
    PAGES
        .iter()
        .rev()
        .find(|page| folder.starts_with(**page))
        .map_or(String::new(), |page| (*page).to_owned())
}

fn copy(mishaps: Mishaps) {
    let Some(own) = own() else { return };
    let work = held("");
    if work.parts.is_empty() {
        browser::put(Place::Reader, &own, None);
        return;
    }
    // What others have left is theirs, also where there is no room.
    if !browser::put(Place::Reader, &own, Some(&work.write())) {
        mishaps.room(false);
    }
}

/// The name under which this tab leaves its work, once it has one.
fn own() -> Option<String> {
    CALLED.with_borrow(|name| (!name.is_empty()).then(|| format!("{TAB}{name}")))
}

/// What all other tabs have left, open ones too, by the names that it is kept under, the last first.
pub fn others() -> Vec<(String, Work)> {
    let own = own();
    let is_other = |name: &String| name.starts_with(TAB) && own.as_ref() != Some(name);
    let work = |name: String| {
        let text = browser::kept(Place::Reader, &name)?;
        Some((name, Work::read(Json::read(&text)?)?))
    };
    let mut all: Vec<(String, Work)> =
        browser::names(Place::Reader).into_iter().filter(is_other).filter_map(work).collect();
    all.sort_by(|(_, a), (_, b)| b.when.total_cmp(&a.when));
    all
}

/// Calls `hear` with what tabs that were closed have left, the last first. What several have left alike is kept once.
pub fn closed(hear: impl FnOnce(Vec<(String, Work)>) + 'static) {
    spawn_local(async move {
        let open = open().await;
        let mut left: Vec<(String, Work)> = Vec::new();
        for (name, work) in others().into_iter().filter(|(name, _)| !open.contains(name)) {
            if left.iter().any(|(_, known)| known.is_as(&work)) {
                forget(&name);
            } else {
                left.push((name, work));
            }
        }
        hear(left);
    });
}

/// Removes what a tab has left, by the name that it is kept under.
pub fn forget(name: &str) {
    browser::put(Place::Reader, name, None);
}

/// Keeps again what was removed. Says whether there was room.
pub fn remember(left: &[(String, Work)]) -> bool {
    left.iter().all(|(name, work)| browser::put(Place::Reader, name, Some(&work.write())))
}

/// The names of the tabs that are open, as far as the browser tells.
async fn open() -> Vec<String> {
    let held = locks().await.and_then(|locks| js_sys::Reflect::get(&locks, &"held".into()));
    let held = held.map(|held| js_sys::Array::from(&held)).unwrap_or_default();
    let name = |lock: JsValue| js_sys::Reflect::get(&lock, &"name".into()).ok()?.as_string();
    held.iter().filter_map(name).collect()
}

/// Leaves what this tab holds as if another had been closed. Says whether there was room.
pub fn set_aside() -> bool {
    let now = held("");
    now.parts.is_empty()
        || browser::put(Place::Reader, &format!("{TAB}{}", another_name()), Some(&now.write()))
}

/// Opens work in this tab, and sets aside what the tab holds. Says whether there was room; else nothing has changed.
pub fn open_work(work: &Work) -> bool {
    let now = held("");
    if now.parts != work.parts && !set_aside() {
        return false;
    }
    for (name, _) in &now.parts {
        browser::put(Place::Tab, name, None);
    }
    let worked = work.parts.iter().all(|(name, text)| browser::put(Place::Tab, name, Some(text)));
    if !worked {
        // It has no room here: what was there comes back.
        work.parts.iter().for_each(|(name, _)| _ = browser::put(Place::Tab, name, None));
        now.parts.iter().for_each(|(name, text)| _ = browser::put(Place::Tab, name, Some(text)));
        return false;
    }
    let question = if work.page.is_empty() { work.part(QUESTION).unwrap_or_default() } else { "" };
    browser::leave_to(&address::of(&work.page, question));
    true
}
