//! What the reader has put in and chosen, and where it is kept.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::table::TABLE;
use crate::web::carried::Carried;
use crate::web::fit::reading::admitted;
use crate::web::fit::study::Study;
use crate::web::question::Runs;
use crate::web::reading::yours;
use crate::web::ui::address;
use crate::web::ui::browser::{self, Place};
use crate::web::ui::lean::{RwSignal, effect};
use crate::web::ui::mishaps::{Mishaps, mishaps};
use crate::web::ui::quantity_field::focus;
use crate::web::ui::store::RUNS;
use crate::web::ui::tabs;

/// The name under which it is kept for this tab what was chosen.
const CHOSEN: &str = "isoflop.fit";
/// And what of it the address says already.
const WRITTEN: &str = "isoflop.fit.address";
/// Longer runs are not tried to be kept: no browser has room for more text, in bytes.
const MOST_KEPT: usize = 5 << 20;
/// The address follows what is typed after this pause, in milliseconds: browsers take so many changes and no more.
const PAUSE: i32 = 250;

/// What the reader has put in and chosen.
#[derive(Clone, Copy)]
pub struct State {
    /// What was chosen.
    pub study: RwSignal<Study>,
    /// The runs.
    pub runs: RwSignal<Option<Runs>>,
    /// A fit that a link brought without its runs, as JSON.
    brought: StoredValue<Option<Arc<str>>>,
    past: Acts,
    /// What was taken back, the last first to be done again.
    future: Acts,
    mishaps: Mishaps,
}

/// What stood before acts, or after those that were taken back.
type Acts = RwSignal<Vec<(Study, Option<Runs>)>>;

/// The buttons that take back the last act, and do it again.
pub const UNDO: &str = "undo";
pub const REDO: &str = "redo";

/// Opens what the address asks and what was kept, for all of the page.
pub fn provide() {
    let mut carried = Carried::read(&address::fragment());
    let has_values = |fit: &Arc<str>| yours(fit).is_some_and(|fit| !fit.values.0.is_empty());
    if carried.fit.as_ref().is_some_and(|fit| !has_values(fit)) {
        carried.fit = None;
        carried.damaged.push("fit".to_owned());
    }
    // A page that is loaded again, or come back to, may have runs that its address does not know of.
    let is_again = browser::is_reload() || browser::is_return();
    let fit_alone = carried.fit.is_some() && carried.runs.is_none() && !is_again;
    // A fit is not of the runs that the tab has. Before anything is kept over what was there.
    let is_other = fit_alone && kept_runs().is_some();
    let is_safe = (carried.runs.is_none() && !is_other) || tabs::set_aside();
    let (study, mut damaged) = Study::open(&asked(carried.runs.is_some() || fit_alone));
    let opened = study.query();
    browser::keep(Place::Tab, CHOSEN, damaged.is_empty().then_some(opened.as_str()));
    damaged.extend(carried.damaged);
    let brought = carried.runs.map(|runs| admitted(runs, &[]));
    if is_other && is_safe {
        keep_runs(None);
    }
    // What a link brought is the reader's now, and leaves the address as soon as it is kept.
    if brought.is_some() && is_safe && keep_runs(brought.as_ref()) {
        address::write(&opened, &JsValue::NULL);
        browser::keep(Place::Tab, WRITTEN, Some(&opened));
    }
    let state = State {
        study: RwSignal::new(study),
        runs: RwSignal::new(brought.or_else(|| kept_runs().filter(|_| !is_other))),
        brought: StoredValue::new(carried.fit),
        past: RwSignal::new(Vec::new()),
        future: RwSignal::new(Vec::new()),
        mishaps: mishaps(),
    };
    state.mishaps.trouble.update(|trouble| trouble.damaged = damaged);
    provide_context(state);
    state.mirror();
}

/// The runs of the tab, as this page reads them.
fn kept_runs() -> Option<Runs> {
    Some(admitted(Runs::read(&browser::kept(Place::Tab, RUNS)?)?, &[]))
}

/// Keeps runs in the tab. Says whether there was room.
fn keep_runs(runs: Option<&Runs>) -> bool {
    let short = runs.filter(|runs| runs.text.len() <= MOST_KEPT).map(Runs::write);
    let kept = browser::keep(Place::Tab, RUNS, short.as_deref());
    runs.is_none() || (kept && short.is_some())
}

/// What was asked last: by the address; or, where that says nothing or follows what was chosen and may be behind it, by
/// what was chosen. A link that brings runs or a fit says all.
fn asked(is_link: bool) -> String {
    let query = address::query();
    if is_link {
        return query;
    }
    // A page that is loaded again may have been given its address before, and have written another since.
    let is_behind = query.is_empty()
        || browser::is_reload()
        || browser::kept(Place::Tab, WRITTEN).as_ref() == Some(&query);
    let chosen = is_behind.then(|| browser::kept(Place::Tab, CHOSEN)).flatten();
    chosen.unwrap_or(query)
}

/// What the reader has put in and chosen.
pub fn state() -> State {
    expect_context()
}

/// Whether what had the focus is gone.
pub fn focus_is_lost() -> bool {
    document().active_element().is_none_or(|at| at.tag_name() == "BODY")
}

/// Whether one of these has the focus.
fn focus_is_on(ids: &[&str]) -> bool {
    document().active_element().is_some_and(|at| ids.contains(&&*at.id()))
}

impl State {
    /// Changes a choice as one types: nothing to undo.
    pub fn write(self, change: impl FnOnce(&mut Study)) {
        let mut study = self.study.get_untracked();
        change(&mut study);
        if self.study.with_untracked(|now| *now != study) {
            self.study.set(study);
        }
    }

    /// Changes choices or runs in a way that [`undo`](Self::undo) takes back.
    pub fn act(self, change: impl FnOnce(&mut Study, &mut Option<Runs>)) {
        let before = (self.study.get_untracked(), self.runs.get_untracked());
        let mut after = before.clone();
        change(&mut after.0, &mut after.1);
        if after != before {
            self.past.update(|past| past.push(before));
            self.future.set(Vec::new());
            self.set(after);
        }
    }

    /// Changes a choice in a way that can be taken back.
    pub fn choose(self, change: impl FnOnce(&mut Study)) {
        self.act(|study, _| change(study));
    }

    fn set(self, (study, runs): (Study, Option<Runs>)) {
        if self.study.with_untracked(|now| *now != study) {
            self.study.set(study);
        }
        if self.runs.with_untracked(|now| *now != runs) {
            self.runs.set(runs);
        }
    }

    /// Whether there is an act to take back.
    pub fn can_undo(self) -> bool {
        self.past.with(|past| !past.is_empty())
    }

    /// Whether there is an act to do again.
    pub fn can_redo(self) -> bool {
        self.future.with(|future| !future.is_empty())
    }

    /// The address of what is chosen, which carries this along.
    pub fn address(self, carried: &Carried) -> String {
        self.study.with(Study::query) + &carried.write()
    }

    /// The fit that a link brought, while there are no runs.
    pub fn fit_alone(self) -> Option<Arc<str>> {
        self.brought.get_value().filter(|_| self.runs.with(Option::is_none))
    }

    /// Takes back the last act.
    pub fn undo(self) {
        self.step(self.past, self.future, REDO);
    }

    /// Does again what was taken back last.
    pub fn redo(self) {
        self.step(self.future, self.past, UNDO);
    }

    /// Goes to what stands last in `from`. Focus that stood in what goes is put to the table, or to the way `back` to it.
    fn step(self, from: Acts, to: Acts, back: &'static str) {
        let mut known = from.get_untracked();
        let Some(next) = known.pop() else { return };
        let now = (self.study.get_untracked(), self.runs.get_untracked());
        let (had, has, is_last) = (now.1.is_some(), next.1.is_some(), known.is_empty());
        to.update(|to| to.push(now));
        from.set(known);
        self.set(next);
        browser::later(0, move || match (had, has) {
            (true, false) => focus(back),
            (false, true) => focus(TABLE),
            _ if focus_is_lost() || (is_last && focus_is_on(&[UNDO, REDO])) => {
                focus(if has { TABLE } else { back });
            }
            _ => {}
        });
    }

    /// Ctrl Z takes back the last act, and with Shift does it again, except where these are of typing.
    pub fn undo_by_key(self, event: &web_sys::KeyboardEvent) {
        let typing = document().active_element().is_some_and(|at| {
            let is_box = at.get_attribute("type").as_deref() == Some("checkbox");
            matches!(at.tag_name().as_str(), "INPUT" | "TEXTAREA") && !is_box
        });
        let is_z = (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("z");
        if !typing && is_z {
            event.prevent_default();
            if event.shift_key() { self.redo() } else { self.undo() }
        }
    }

    /// Keeps the runs in the tab, and the choices there and in the address.
    fn mirror(self) {
        let write = Rc::new(browser::settled(PAUSE, move || {
            let fit = untrack(|| self.fit_alone());
            let address = untrack(|| self.address(&Carried { fit, ..Carried::default() }));
            address::write(&address, &JsValue::NULL);
            browser::keep(Place::Tab, WRITTEN, Some(&self.study.with_untracked(Study::query)));
        }));
        let of_runs = Rc::clone(&write);
        let mut before = self.study.get_untracked();
        effect(move || {
            let now = self.study.get();
            if now != before {
                self.mishaps.room(browser::keep(Place::Tab, CHOSEN, Some(&now.query())));
                before = now;
                write();
            }
        });
        let mut before = self.runs.get_untracked();
        effect(move || {
            let now = self.runs.get();
            if now != before {
                self.mishaps.room(keep_runs(now.as_ref()));
                before = now;
                of_runs();
            }
        });
    }
}
