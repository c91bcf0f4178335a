//! The catalogue, as the worker lists it.

use leptos::prelude::*;

use super::asked::asked;
use super::lean::Memo;
use super::store::{Store, store};
use crate::web::question::{Fit, LAWS};
use crate::web::reading::{FitEntry, LawEntry, read_laws, yours};

/// The catalogue.
#[derive(Clone, Copy)]
pub struct Laws {
    entries: Memo<Vec<LawEntry>>,
    store: Store,
}

/// Asks for the catalogue, for all of the page.
pub fn provide() {
    let asked = asked(|| Some(((), vec![LAWS.to_owned()])));
    let entries = Memo::new(move || asked.good(|(), answers| read_laws(&answers[0])).unwrap_or_default());
    provide_context(Laws { entries, store: store() });
}

/// The catalogue.
pub fn laws() -> Laws {
    expect_context()
}

impl Laws {
    /// Every law.
    pub fn all(self) -> Vec<LawEntry> {
        self.entries.get()
    }

    /// The law that is chosen.
    pub fn chosen(self) -> Option<LawEntry> {
        let id = self.store.with(|question| question.law.clone());
        self.entries.with(|laws| laws.iter().find(|law| law.id == id).cloned())
    }

    /// The law of an id.
    pub fn find(self, id: &str) -> Option<LawEntry> {
        self.entries.with_untracked(|laws| laws.iter().find(|law| law.id == id).cloned())
    }

    /// The fit that is chosen.
    pub fn fit(self) -> Option<FitEntry> {
        let law = self.chosen()?;
        self.store.with(|question| match &question.fit {
            Fit::Published(id) => law.fit(id).cloned(),
            Fit::Yours(text) => yours(text),
        })
    }
}
