//! What the reader has chosen, and where it is kept.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::web::frontier::chosen::Chosen;
use crate::web::ui::address;
use crate::web::ui::browser::{self, Place};
use crate::web::ui::lean::{RwSignal, effect};
use crate::web::ui::mishaps::{Mishaps, mishaps};

/// The name under which it is kept for this tab what was chosen: the address that stood over it, and on the next line its own.
const CHOSEN: &str = "isoflop.frontier";
/// The address follows what is typed after this pause, in milliseconds: browsers take so many changes and no more.
const PAUSE: i32 = 250;

/// What the reader has chosen.
#[derive(Clone, Copy)]
pub struct State {
    /// What was chosen.
    pub chosen: RwSignal<Chosen>,
    /// Whether the address asked for nothing.
    pub is_bare: bool,
    past: RwSignal<Vec<Chosen>>,
    mishaps: Mishaps,
}

/// Opens what the address asks, else what was chosen in this tab; for all of the page.
pub fn provide() {
    let standing = standing();
    let is_bare = !standing.contains(['?', '=']);
    let asks = kept(&standing, is_bare).unwrap_or_else(|| standing.clone());
    // A page that is loaded again must not take what an earlier page of the tab has kept for its own.
    keep(&standing, &asks);
    if asks != standing {
        address::write(&asks, &JsValue::NULL);
    }
    let (query, fragment) = asks.split_at(asks.find('#').unwrap_or(asks.len()));
    let (chosen, damaged) = Chosen::open(query, fragment);
    let state =
        State { chosen: RwSignal::new(chosen), is_bare, past: RwSignal::new(Vec::new()), mishaps: mishaps() };
    state.mishaps.trouble.update(|trouble| trouble.damaged = damaged);
    provide_context(state);
    state.mirror();
}

/// The address of the page as it stands.
fn standing() -> String {
    address::query() + &address::fragment()
}

/// What was chosen in this tab, where that is newer than the address that stands: it says nothing; or the page is loaded again,
/// and what was typed under this address last has not reached it.
fn kept(standing: &str, is_bare: bool) -> Option<String> {
    let kept = browser::kept(Place::Tab, CHOSEN)?;
    let (under, chosen) = kept.split_once('\n')?;
    let is_newer = if browser::is_reload() { under == standing } else { is_bare };
    is_newer.then(|| chosen.to_owned())
}

/// Keeps what was chosen under an address. Says whether there was room.
fn keep(standing: &str, chosen: &str) -> bool {
    browser::keep(Place::Tab, CHOSEN, Some(&format!("{standing}\n{chosen}")))
}

/// What the reader has chosen.
pub fn state() -> State {
    expect_context()
}

impl State {
    /// Changes it as one types: nothing to undo.
    pub fn write(self, change: impl FnOnce(&mut Chosen)) {
        let mut chosen = self.chosen.get_untracked();
        change(&mut chosen);
        if self.chosen.with_untracked(|now| *now != chosen) {
            self.chosen.set(chosen);
        }
    }

    /// Changes it in a way that [`undo`](Self::undo) takes back.
    pub fn act(self, change: impl FnOnce(&mut Chosen)) {
        let before = self.chosen.get_untracked();
        self.write(change);
        if self.chosen.with_untracked(|now| *now != before) {
            self.past.update(|past| past.push(before));
        }
    }

    /// Takes back the last act.
    fn undo(self) {
        let mut past = self.past.get_untracked();
        if let Some(before) = past.pop() {
            self.past.set(past);
            self.chosen.set(before);
        }
    }

    /// Ctrl Z takes back the last act, except where it takes back typing.
    pub fn undo_by_key(self, event: &web_sys::KeyboardEvent) {
        let typing = document().active_element().is_some_and(|at| at.tag_name() == "INPUT");
        if !typing && (event.ctrl_key() || event.meta_key()) && !event.shift_key() && event.key() == "z" {
            event.prevent_default();
            self.undo();
        }
    }

    /// Keeps it in the tab, and in the address.
    fn mirror(self) {
        let write = browser::settled(PAUSE, move || {
            address::write(&self.chosen.with_untracked(Chosen::address), &JsValue::NULL);
        });
        let mut before = self.chosen.get_untracked();
        effect(move || {
            let now = self.chosen.get();
            if now != before {
                self.mishaps.room(keep(&standing(), &now.address()));
                before = now;
                write();
            }
        });
    }
}
