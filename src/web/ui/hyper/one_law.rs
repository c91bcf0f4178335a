//! One law of those that say enough, as the reader chooses.

use leptos::prelude::*;

use super::super::choice_field::{Choice, ChoiceField};
use super::super::lean::{Memo, RwSignal};
use crate::web::hyper::Row;

/// One law of those that say enough.
#[derive(Clone, Copy)]
pub struct OneLaw {
    rows: Memo<Vec<Row>>,
    picked: RwSignal<String>,
    choices: Memo<Vec<Choice>>,
    /// A law that says nothing here gives way to the first that does.
    chosen: Memo<String>,
}

impl OneLaw {
    /// One of those rows that say enough.
    pub fn of(rows: Memo<Vec<Row>>, is_enough: fn(&Row) -> bool) -> Self {
        let picked = RwSignal::new(String::new());
        let choices = Memo::new(move || {
            let choice = |row: &Row| Choice::new(row.id, &row.name);
            rows.with(|rows| rows.iter().filter(|row| is_enough(row)).map(choice).collect::<Vec<_>>())
        });
        let chosen = Memo::new(move || {
            let picked = picked.get();
            choices.with(|choices| {
                let own = choices.iter().find(|choice| choice.value == picked);
                own.or(choices.first()).map(|choice| choice.value.clone()).unwrap_or_default()
            })
        });
        Self { rows, picked, choices, chosen }
    }

    /// Reads what it says.
    pub fn read<T>(self, read: impl FnOnce(&Row) -> Option<T>) -> Option<T> {
        let chosen = self.chosen.get();
        self.rows.with(|rows| read(rows.iter().find(|row| row.id == chosen)?))
    }

    /// The list that it is chosen from.
    pub fn field(self, id: &'static str, name: &'static str) -> AnyView {
        let Self { picked, choices, chosen, .. } = self;
        let choose = move |id| picked.set(id);
        view! { <ChoiceField id name choices chosen choose complaint=Memo::new(|| None)/> }.into_any()
    }
}
