//! The draws of the fit that is chosen, where there are some.

use std::sync::Arc;

use leptos::prelude::*;

use super::state::state;
use crate::web::figures::{AT_HAND, DRAWS_AT_HAND};
use crate::web::frontier::questions::Draws;
use crate::web::question::Fit;
use crate::web::ui::browser::{self, Place};
use crate::web::ui::lean::{Memo, RwSignal, effect};
use crate::web::ui::store::DRAWS;

/// The draws of the fit that is chosen.
#[derive(Clone, Copy)]
pub struct Known {
    /// They; none where there are none.
    pub draws: Memo<Arc<Draws>>,
    /// Those of the fit that it stands against.
    pub others: Memo<Arc<Draws>>,
    /// Whether they may still come.
    pub awaited: Memo<bool>,
}

/// Fetches them where they are at hand, for all of the page.
pub fn provide() {
    let state = state();
    let at_hand =
        Memo::new(move || state.chosen.with(|chosen| chosen.fit == Fit::Published(AT_HAND.to_owned())));
    let other_at_hand = Memo::new(move || {
        state.chosen.with(|chosen| chosen.against.as_ref().is_some_and(|other| other.fit == AT_HAND))
    });
    let fetched = RwSignal::new(None::<Arc<Draws>>);
    let mut begun = false;
    effect(move || {
        if (at_hand.get() || other_at_hand.get()) && !begun {
            begun = true;
            leptos::task::spawn_local(async move {
                let file =
                    browser::fetch(DRAWS_AT_HAND).await.and_then(|bytes| String::from_utf8(bytes).ok());
                fetched
                    .set(Some(Arc::new(file.and_then(|file| Draws::read_table(&file)).unwrap_or_default())));
            });
        }
    });
    let handed_over = browser::kept(Place::Tab, DRAWS);
    let draws = Memo::new(move || {
        if at_hand.get() {
            return fetched.get().unwrap_or_default();
        }
        let own = state.chosen.with(|chosen| match &chosen.fit {
            Fit::Yours(text) => Some(text.clone()),
            Fit::Published(_) => None,
        });
        let known = own.and_then(|own| {
            let (fit, with_draws) = handed_over.as_ref()?.split_once('\n')?;
            let drawn = if *own == *fit { with_draws } else { &own };
            Draws::read_fit(drawn)
        });
        Arc::new(known.unwrap_or_default())
    });
    let others =
        Memo::new(
            move || {
                if other_at_hand.get() { fetched.get().unwrap_or_default() } else { Arc::default() }
            },
        );
    let awaited = Memo::new(move || (at_hand.get() || other_at_hand.get()) && fetched.with(Option::is_none));
    provide_context(Known { draws, others, awaited });
}

/// The draws of the fit that is chosen.
pub fn draws() -> Known {
    expect_context()
}
