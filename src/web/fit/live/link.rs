//! The row that is pointed at, in the table or in the chart.

use leptos::prelude::*;

use crate::web::ui::lean::RwSignal;

/// The row that is pointed at.
#[derive(Clone, Copy)]
pub struct Pointing(pub RwSignal<Option<usize>>);

/// Provides it, for all of the page.
pub fn provide() {
    provide_context(Pointing(RwSignal::new(None)));
}

/// The row that is pointed at.
pub fn pointing() -> Pointing {
    expect_context()
}

impl Pointing {
    /// Points at a row, or at none.
    pub fn at(self, row: Option<usize>) {
        if self.0.get_untracked() != row {
            self.0.set(row);
        }
    }
}
