//! The laws that the reader keeps in this browser.

use leptos::prelude::*;

use crate::web::laws::draft::{Draft, FIRST};
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

    /// Keeps a law that was being typed when another took its place, unless it is kept already or is what the editor opens
    /// with. The answer is its name.
    pub fn set_aside(self, law: Draft) -> Option<String> {
        let known = |law: &Draft, name: &str| {
            self.laws
                .with_untracked(|laws| laws.iter().find(|known| known.name == name).map(|known| known == law))
        };
        let is_first = law.formula.trim() == FIRST && law.name.trim().is_empty();
        if is_first || law.formula.trim().is_empty() || known(&law, &law.name) == Some(true) {
            return None;
        }
        let own =
            if law.name.trim().is_empty() { "Unfinished law".to_owned() } else { law.name.trim().to_owned() };
        let numbered = (2..).map(|number| format!("{own} {number}"));
        let name = std::iter::once(own.clone()).chain(numbered).find(|name| known(&law, name).is_none())?;
        self.keep(Draft { name: name.clone(), ..law });
        Some(name)
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
