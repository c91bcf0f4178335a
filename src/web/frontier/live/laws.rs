//! The laws that can be swept, and the one that is.

use leptos::prelude::*;

use super::state::state;
use crate::web::frontier::listed::Listed;
use crate::web::question::Fit;
use crate::web::ui::browser;
use crate::web::ui::lean::Memo;

/// The laws of the page.
#[derive(Clone, Copy)]
pub struct Laws {
    /// All that are listed, and the reader's own where one was brought.
    pub all: Memo<Vec<Listed>>,
    /// The one that is chosen.
    pub chosen: Memo<Listed>,
}

/// The laws, for all of the page.
pub fn provide() {
    let state = state();
    let listed = Listed::read_all(&browser::text_of("laws-listed").unwrap_or_default());
    let chosen = {
        let listed = listed.clone();
        Memo::new(move || {
            state.chosen.with(|chosen| {
                let known = listed.iter().find(|law| law.id == chosen.law).cloned();
                let fit = match &chosen.fit {
                    Fit::Yours(text) => text.to_string(),
                    Fit::Published(_) => String::new(),
                };
                known.unwrap_or_else(|| Listed::typed(&chosen.law, &fit))
            })
        })
    };
    let all = Memo::new(move || {
        let mut all = listed.clone();
        let own = chosen.get();
        if !all.iter().any(|law| law.id == own.id) {
            all.push(own);
        }
        all
    });
    provide_context(Laws { all, chosen });
}

/// The laws of the page.
pub fn laws() -> Laws {
    expect_context()
}
