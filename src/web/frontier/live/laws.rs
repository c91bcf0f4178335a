//! The laws that can be swept, and the one that is.

use leptos::prelude::*;

use super::state::state;
use crate::web::frontier::listed::Listed;
use crate::web::link;
use crate::web::question::Fit;
use crate::web::ui::browser::{self, Place};
use crate::web::ui::lean::Memo;
use crate::web::ui::store::QUESTION;

/// The name under which the tab keeps which question of Plan was taken over.
const TAKEN: &str = "isoflop.frontier.plan";

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
    take_plan(&listed);
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

/// Takes what was left on Plan in this tab, unless the address asks for something, or it was taken before.
fn take_plan(listed: &[Listed]) {
    let state = state();
    let Some(plan) = browser::kept(Place::Tab, QUESTION).filter(|_| state.is_bare) else { return };
    if browser::kept(Place::Tab, TAKEN).as_ref() == Some(&plan) {
        return;
    }
    browser::keep(Place::Tab, TAKEN, Some(&plan));
    let plan = link::read(&plan).question;
    let law = listed.iter().find(|law| law.id == plan.law).cloned();
    let own = match &plan.fit {
        Fit::Yours(fit) if plan.law.starts_with('{') => Some(Listed::typed(&plan.law, fit)),
        _ => None,
    };
    if let Some(law) = law.or(own) {
        state.write(|chosen| chosen.take_plan(&plan, &law));
    }
}

/// The laws of the page.
pub fn laws() -> Laws {
    expect_context()
}
