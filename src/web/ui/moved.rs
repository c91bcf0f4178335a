//! What another law or fit has moved, with the way back. It goes at the next change.

use leptos::prelude::*;

use super::laws::{Laws, adopt, laws};
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
        let first = law.as_ref().and_then(|law| law.fits.first());
        // The values that the reader typed for a law of their own have no id.
        let fit = match first {
            Some(fit) if fit.id.is_empty() => Fit::Yours(fit.as_json().into()),
            first => Fit::Published(first.map(|fit| fit.id.clone()).unwrap_or_default()),
        };
        self.compare(|question| {
            id.clone_into(&mut question.law);
            question.fit = fit;
            if let Some(law) = &law {
                adopt(question, law);
            }
        });
    }
}

#[component]
pub fn Moved() -> impl IntoView {
    let (store, planned, laws) = (store(), planned(), laws());
    let says = move || {
        let before = store.before.get()?;
        let after = planned.plan.get().filter(|_| !planned.behind.get())?;
        let moved = words::moved(&before.plan, &after);
        let moved = if moved.is_empty() { "size and tokens stay".to_owned() } else { moved };
        Some(format!("From {} to {}: {moved}. ", before.name, laws.fit()?.name))
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
