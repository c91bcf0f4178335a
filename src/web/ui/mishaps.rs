//! What went wrong on the page, for whoever meets it and for the line that says it.

use leptos::prelude::*;

use super::lean::RwSignal;
use super::{address, browser, offline, tabs};
use crate::web::link;

/// What is to be said above the page, the weightiest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trouble {
    /// The report of a fault.
    pub fault: Option<String>,
    /// The parts of the link that could not be read.
    pub damaged: Vec<String>,
    /// The version that made the link, where that is another.
    pub version: Option<String>,
    /// What the browser does not keep of what the reader made.
    pub unkept: Option<Unkept>,
    /// Whether a newer version of the site waits to take over.
    pub newer: bool,
    /// Whether there is no network.
    pub away: bool,
}

/// What a browser does not keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unkept {
    /// It has no room to keep anything beyond the tab.
    BeyondTab,
    /// Not even the tab keeps it.
    AtAll,
    /// The reader knows that not even the tab keeps it, and has put the line away.
    Known,
}

/// What went wrong, and how often the reader asked to try again.
#[derive(Clone, Copy)]
pub struct Mishaps {
    /// What is to be said above the page.
    pub trouble: RwSignal<Trouble>,
    /// Counts how often the reader asked to try again.
    pub tries: RwSignal<u32>,
}

/// Provides what went wrong, for all of the page, which is kept for when there is no network.
pub fn provide() {
    let trouble = Trouble { version: link::other_version(&address::query()), ..Trouble::default() };
    let mishaps = Mishaps { trouble: RwSignal::new(trouble), tries: RwSignal::new(0) };
    provide_context(mishaps);
    offline::keep(mishaps);
    tabs::keep(mishaps);
}

/// What went wrong.
pub fn mishaps() -> Mishaps {
    expect_context()
}

impl Mishaps {
    /// Says that the program failed.
    pub fn fault(self, report: String) {
        self.trouble.update(|trouble| trouble.fault = Some(report));
    }

    /// Says whether the browser has room.
    pub fn room(self, is: bool) {
        let before = self.trouble.with_untracked(|trouble| trouble.unkept);
        let now = match before {
            Some(Unkept::Known) if browser::is_lost() => before,
            _ if browser::is_lost() => Some(Unkept::AtAll),
            _ => (!is).then_some(Unkept::BeyondTab),
        };
        if now != before {
            self.trouble.update(|trouble| trouble.unkept = now);
        }
    }

    /// Puts the line away that says what the browser does not keep.
    pub fn unkept_is_known(self) {
        let known = browser::is_lost().then_some(Unkept::Known);
        self.trouble.update(|trouble| trouble.unkept = known);
    }

    /// Says whether a newer version of the site waits.
    pub fn newer(self, is: bool) {
        self.trouble.update(|trouble| trouble.newer = is);
    }

    /// Says whether there is no network.
    pub fn away(self, is: bool) {
        if self.trouble.with_untracked(|trouble| trouble.away != is) {
            self.trouble.update(|trouble| trouble.away = is);
        }
    }

    /// Asks everything again.
    pub fn try_again(self) {
        self.trouble.update(|trouble| trouble.fault = None);
        self.tries.update(|tries| *tries += 1);
    }
}
