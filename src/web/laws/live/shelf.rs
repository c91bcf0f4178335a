//! The laws that the reader keeps in this browser.

use leptos::prelude::*;

use crate::web::laws::draft::Draft;
use crate::web::laws::kept::{self, KEPT};
use crate::web::ui::browser::{self, Place};
use crate::web::ui::lean::RwSignal;
use crate::web::ui::mishaps::{Mishaps, mishaps};

/// The laws that the reader keeps.
#[derive(Clone, Copy)]
pub struct Shelf {
    /// All of them, in the order in which they were first kept.
    pub laws: RwSignal<Vec<Draft>>,
    mishaps: Mishaps,
}

/// Provides the laws that were kept on earlier visits, for all of the page.
pub fn provide() {
    let laws = browser::kept(Place::Reader, KEPT).map(|text| kept::read(&text)).unwrap_or_default();
    provide_context(Shelf { laws: RwSignal::new(laws), mishaps: mishaps() });
}

/// The laws that the reader keeps.
pub fn shelf() -> Shelf {
    expect_context()
}

impl Shelf {
    /// Keeps a law under its name.
    pub fn keep(self, law: Draft) {
        self.change(|laws| kept::keep(laws, law));
    }

    /// Gives a law away.
    pub fn remove(self, name: &str) {
        self.change(|laws| laws.retain(|law| law.name != name));
    }

    fn change(self, change: impl FnOnce(&mut Vec<Draft>)) {
        self.laws.update(change);
        let text = self.laws.with_untracked(|laws| kept::write(laws));
        self.mishaps.room(browser::keep(Place::Reader, KEPT, Some(&text)));
    }
}
