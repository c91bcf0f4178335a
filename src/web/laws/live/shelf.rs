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
    let laws = RwSignal::new(kept::read(&on_the_shelf()));
    provide_context(Shelf { laws, mishaps: mishaps() });
    // Another tab may keep some too.
    window_event_listener(leptos::ev::storage, move |event| {
        if event.key().as_deref() == Some(KEPT) {
            laws.set(kept::read(&on_the_shelf()));
        }
    });
}

fn on_the_shelf() -> String {
    browser::kept(Place::Reader, KEPT).unwrap_or_default()
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
        let stands = on_the_shelf();
        let mut laws = kept::read(&stands);
        change(&mut laws);
        let text = kept::write(&laws, &kept::unread(&stands));
        self.laws.set(laws);
        self.mishaps.room(browser::keep(Place::Reader, KEPT, Some(&text)));
    }
}
