//! What the Fit page shares: what is chosen, with the fit, or with the runs in its place.

use super::fitting::fitting;
use super::state::state;
use crate::web::carried::Carried;
use crate::web::ui::share::{self, Shared};

/// Says what the Fit page shares, for all of the page.
pub fn provide() {
    let (state, fitting) = (state(), fitting());
    share::offer(move || {
        let runs = state.runs.get();
        let done = fitting.result.with(|done| done.as_ref().map(|done| done.outcome.text.clone()));
        // The last fit may be of other choices, which the link does not say.
        let fit = state.fit_alone().or_else(|| done.filter(|_| runs.is_some() && !fitting.is_behind()));
        let address = state.address(&Carried { fit, ..Carried::default() });
        let with_runs = runs.map(|runs| {
            let says = runs.in_words();
            (state.address(&Carried { runs: Some(runs), ..Carried::default() }), says)
        });
        Shared { with_runs, address, texts: Box::new(|_| Vec::new()), python: None }
    });
}
