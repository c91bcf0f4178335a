//! What another law or fit has moved, with the way back. It goes at the next change.

use leptos::prelude::*;

use super::laws::{Laws, laws};
use super::plan::{Planned, planned};
use super::store::{Before, Store, store};
use crate::web::question::{Fit, Question};
use crate::web::words;

/// Changes law or fit, and remembers the plan before.
#[derive(Clone, Copy)]
pub struct Mover {
    store: Store,
    planned: Planned,
    laws: Laws,
}

/// What changes law or fit.
pub fn mover() -> Mover {
    Mover { store: store(), planned: planned(), laws: laws() }
}

impl Mover {
    /// Changes the question.
    pub fn compare(self, change: impl FnOnce(&mut Question)) {
        let name = untrack(|| self.laws.fit()).map(|fit| fit.name);
        let before = name.zip(self.planned.plan.get_untracked()).map(|(name, plan)| Before { name, plan });
        self.store.act(change);
        self.store.before.set(before);
    }

    /// Chooses a law; the fit is then its first.
    pub fn choose_law(self, id: &str) {
        let law = self.laws.find(id);
        let first = law.and_then(|law| law.fits.first().map(|fit| fit.id.clone())).unwrap_or_default();
        self.compare(|question| {
            id.clone_into(&mut question.law);
            question.fit = Fit::Published(first);
        });
    }
}

#[component]
pub fn Moved() -> impl IntoView {
    let (store, planned, laws) = (store(), planned(), laws());
    let says = move || {
        let before = store.before.get()?;
        let after = planned.plan.get().filter(|_| !planned.behind.get())?;
        Some(format!(
            "From {} to {}: {}. ",
            before.name,
            laws.fit()?.name,
            words::moved(&before.plan, &after)
        ))
    };
    let line = move || {
        says().map(|text| {
            view! {
                <p class="moved" role="status">
                    {text}
                    <button type="button" class="act" on:click=move |_| store.undo()>"Undo"</button>
                </p>
            }
            .into_any()
        })
    };
    view! { {move || line()} }
}
