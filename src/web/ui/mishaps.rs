//! What went wrong on the page, for whoever meets it and for the line that says it.

use leptos::prelude::*;

use super::lean::RwSignal;

/// What is to be said above the page, the weightiest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trouble {
    /// The report of a fault.
    pub fault: Option<String>,
    /// The parts of the link that could not be read.
    pub damaged: Vec<String>,
    /// Whether the browser has no room to keep what the reader made.
    pub full: bool,
}

/// What went wrong, and how often the reader asked to try again.
#[derive(Clone, Copy)]
pub struct Mishaps {
    /// What is to be said above the page.
    pub trouble: RwSignal<Trouble>,
    /// Counts how often the reader asked to try again.
    pub tries: RwSignal<u32>,
}

/// Provides what went wrong, for all of the page.
pub fn provide() {
    provide_context(Mishaps { trouble: RwSignal::new(Trouble::default()), tries: RwSignal::new(0) });
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
        self.trouble.update(|trouble| trouble.full = !is);
    }

    /// Asks everything again.
    pub fn try_again(self) {
        self.trouble.update(|trouble| trouble.fault = None);
        self.tries.update(|tries| *tries += 1);
    }
}
