//! The page's one writable state, and where it is kept.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::address;
use super::browser::{self, Place};
use super::lean::{Memo, RwSignal, effect};
use super::mishaps::{Mishaps, mishaps};
use super::tabs;
use crate::web::question::{Question, Runs};
use crate::web::reading::Plan;
use crate::web::{link, pins};

/// The name under which runs are kept for this tab.
pub const RUNS: &str = "isoflop.runs";
/// The name under which the Fit page leaves a fit with its draws: the fit, and on the next line the same with them.
pub const DRAWS: &str = "isoflop.draws";
/// The name under which the address of the question is kept for this tab: the bar of the other pages leads back to it
/// (src/web/documents/boot.js).
pub const QUESTION: &str = "isoflop.question";
/// The name under which pinned plans are kept for this tab.
const PINS: &str = "isoflop.pins";
/// The name under which it is kept that the reader has been here.
const KNOWN: &str = "isoflop.known";
/// The address follows what is typed after this pause, in milliseconds: browsers limit how often it may change.
const ADDRESS_PAUSE: i32 = 250;

/// The question, and what has become of it. Components reach it by [`store`].
#[derive(Clone, Copy)]
pub struct Store {
    question: RwSignal<Question>,
    /// What is pinned, as addresses.
    pub pins: RwSignal<Vec<String>>,
    past: RwSignal<Vec<(Question, Vec<String>)>>,
    /// Whether the reader has changed anything, now or on an earlier visit.
    pub known: RwSignal<bool>,
    mishaps: Mishaps,
    /// The plan before another law or fit was chosen, until the next change.
    pub before: RwSignal<Option<Before>>,
}

/// What another law or fit is compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    /// The fit, as lists name it.
    pub name: String,
    /// The plan by it.
    pub plan: Plan,
}

/// The store of the page.
pub fn store() -> Store {
    expect_context()
}

impl Store {
    /// Opens what the address asks and what was kept.
    pub fn open() -> Self {
        let reloaded = kept_question();
        let (opened, bare) = reloaded.as_deref().map_or_else(from_address, from_kept);
        let mut question = opened.question;
        // A link beats what is kept.
        let brought = question.runs.is_some();
        question.runs = question.runs.or_else(kept_runs);
        let pins = Some(opened.pins).filter(|pins| !pins.is_empty());
        if brought || pins.is_some() {
            tabs::set_aside();
        }
        let known = !bare || browser::kept(Place::Reader, KNOWN).is_some();
        let store = Self {
            question: RwSignal::new(question),
            pins: RwSignal::new(pins.clone().or_else(kept_pins).unwrap_or_default()),
            past: RwSignal::new(Vec::new()),
            known: RwSignal::new(known),
            mishaps: mishaps(),
            before: RwSignal::new(None),
        };
        store.mishaps.trouble.update(|trouble| trouble.damaged = opened.damaged);
        // What a link brought is the reader's now, and leaves the address as soon as it is kept.
        let is_kept = pins.is_none() || store.keep_pins();
        let is_kept = (!brought || store.now(|question| keep_runs(question.runs.as_ref()))) && is_kept;
        if reloaded.is_some() || ((brought || pins.is_some()) && is_kept) {
            store.write_address();
        }
        store.keep();
        store.mirror();
        store.follow();
        store
    }

    /// Reads the question, and hears when it changes.
    pub fn with<T>(self, read: impl FnOnce(&Question) -> T) -> T {
        self.question.with(read)
    }

    /// Reads the question as it is now.
    pub fn now<T>(self, read: impl FnOnce(&Question) -> T) -> T {
        self.question.with_untracked(read)
    }

    /// Changes the question as one types: nothing to undo.
    pub fn write(self, change: impl FnOnce(&mut Question)) {
        self.known.set(true);
        self.before.set(None);
        browser::keep(Place::Reader, KNOWN, Some("yes"));
        let mut changed = self.question.get_untracked();
        change(&mut changed);
        if self.question.with_untracked(|question| *question != changed) {
            self.question.set(changed);
        }
    }

    /// Changes the question in a way that [`undo`](Self::undo) takes back.
    pub fn act(self, change: impl FnOnce(&mut Question)) {
        let before = self.question.get_untracked();
        self.write(change);
        if self.question.with_untracked(|question| *question != before) {
            let pins = self.pins.get_untracked();
            self.past.update(|past| past.push((before, pins)));
        }
    }

    /// Pins a plan. What is asked next has an entry of the history of its own.
    pub fn pin(self, pin: String) {
        self.write_address();
        if let Ok(history) = window().history() {
            let _ = history.push_state(&JsValue::TRUE, "");
        }
        self.act_on_pins(|pins| pins.push(pin));
    }

    /// Changes what is pinned in a way that [`undo`](Self::undo) takes back.
    pub fn act_on_pins(self, change: impl FnOnce(&mut Vec<String>)) {
        let before = (self.question.get_untracked(), self.pins.get_untracked());
        self.past.update(|past| past.push(before));
        self.pins.update(change);
        self.keep_pins();
    }

    /// Says whether there was room.
    fn keep_pins(self) -> bool {
        let pins = self.pins.with_untracked(|pins| (!pins.is_empty()).then(|| pins::write(pins)));
        self.keep_in_tab(PINS, pins.as_deref())
    }

    /// Says whether there was room, the reader too where there was none.
    fn keep_in_tab(self, name: &str, text: Option<&str>) -> bool {
        // Where nothing can be kept, there is nothing to remove.
        let worked = browser::keep(Place::Tab, name, text) || text.is_none();
        if !worked {
            self.mishaps.room(false);
        }
        worked
    }

    /// Adds what the question lacks: no act of the reader's.
    pub fn complete(self, question: Question) {
        self.question.set(question);
    }

    /// Takes back the last act.
    pub fn undo(self) {
        let mut past = self.past.get_untracked();
        if let Some((before, pins)) = past.pop() {
            self.past.set(past);
            self.before.set(None);
            self.question.set(before);
            self.pins.set(pins);
            self.keep_pins();
        }
    }

    /// Keeps the question, writes it into the address and keeps the runs, whenever they change.
    fn mirror(self) {
        let write = browser::settled(ADDRESS_PAUSE, move || self.write_address());
        // Effects run when the page has been made, and it may have been changed by then.
        let mut before = self.question.get_untracked();
        let mut marked = false;
        effect(move || {
            let now = self.question.get();
            if now != before {
                before = now;
                self.keep();
                // The first change marks the entry of the history, whatever becomes of the page within the pause.
                if !std::mem::replace(&mut marked, true) {
                    self.write_address();
                }
                write();
            }
        });
        window_event_listener(leptos::ev::pagehide, move |_| {
            let Question { runs, .. } = self.question.get_untracked();
            let written = Question { runs, ..from_address().0.question };
            if self.now(|question| *question != written) {
                self.write_address();
            }
        });
        let runs = Memo::new(move || self.with(|question| question.runs.clone()));
        let mut before = runs.get_untracked();
        effect(move || {
            let runs = runs.get();
            if runs != before {
                before.clone_from(&runs);
                self.mishaps.room(keep_runs(runs.as_ref()));
            }
        });
    }

    /// Writes the question into the address.
    pub fn write_address(self) {
        address::write(&self.now(link::address), &JsValue::TRUE);
    }

    /// Keeps the address for this tab, without a pause.
    fn keep(self) {
        self.keep_in_tab(QUESTION, Some(&self.now(link::address)));
    }

    /// Opens the address again when the reader goes back or forward, or edits it.
    fn follow(self) {
        let hear = move || {
            let fragment = window().location().hash().unwrap_or_default();
            if fragment.len() > 1 && !fragment.contains('=') {
                // A jump within the page asks nothing. Once it has come to its place, the address is again the
                // question's, a fit of the reader's own with it.
                browser::later(0, move || self.write_address());
                return;
            }
            let (opened, _) = from_address();
            let runs = opened.question.runs.clone();
            let runs = runs.or_else(|| self.now(|question| question.runs.clone()));
            let question = Question { runs, ..opened.question };
            self.mishaps.trouble.update(|trouble| trouble.damaged = opened.damaged);
            if self.now(|now| *now != question) {
                self.question.set(question);
            }
        };
        window_event_listener(leptos::ev::popstate, move |_| address::opened(hear));
    }
}

/// The address of what a page asked that was changed and then loaded again: its own is that of before the last pause.
fn kept_question() -> Option<String> {
    let state = window().history().and_then(|history| history.state());
    let marked = state.is_ok_and(|state| state.is_truthy());
    if marked && browser::is_reload() { browser::kept(Place::Tab, QUESTION) } else { None }
}

/// The same as [`from_address`], of an address that was kept.
fn from_kept(address: &str) -> (link::Opened, bool) {
    (link::read(address), address.is_empty())
}

/// What the address asks, and whether it asks nothing.
fn from_address() -> (link::Opened, bool) {
    let (query, fragment) = (address::query(), address::fragment());
    let bare = query.len() < 2 && !fragment.contains('=');
    (link::open(&query, &fragment), bare)
}

fn kept_pins() -> Option<Vec<String>> {
    Some(pins::read(&browser::kept(Place::Tab, PINS)?).0)
}

fn kept_runs() -> Option<Runs> {
    Runs::read(&browser::kept(Place::Tab, RUNS)?)
}

/// Says whether there was room.
fn keep_runs(runs: Option<&Runs>) -> bool {
    let text = runs.map(Runs::write);
    browser::keep(Place::Tab, RUNS, text.as_deref()) || text.is_none()
}
