//! What stands behind the fit that is chosen: its runs, and the draws of its bootstrap.

use std::sync::Arc;

use leptos::prelude::*;

use super::asked::asked;
use super::browser::{self, Place};
use super::laws::laws;
use super::lean::{Memo, RwSignal, effect};
use super::plan::planned;
use super::runs::runs as readers_runs;
use super::store::{DRAWS, store};
use crate::figure::plan::Run;
use crate::web::figures::{AT_HAND, DRAWS_AT_HAND, RUNS_AT_HAND, shown_runs};
use crate::web::question::Fit;
use crate::web::reading::{FitEntry, Plan, with_draws};

/// What stands behind the fit that is chosen.
#[derive(Clone, Copy)]
pub struct Evidence {
    /// The runs; none where they are not known.
    pub runs: Memo<Vec<Run>>,
    /// The fit with its draws as JSON, where there are draws.
    pub draws: Memo<Option<Arc<str>>>,
    /// The plan with its intervals, where the fit has draws.
    pub spread: Memo<Option<Plan>>,
}

/// Provides what stands behind the fit, for all of the page. The files are fetched after the first answer.
pub fn provide() {
    let (store, planned, laws, own) = (store(), planned(), laws(), readers_runs());
    let at_hand =
        Memo::new(move || store.with(|question| question.fit == Fit::Published(AT_HAND.to_owned())));
    let fetched = RwSignal::new(None::<(String, String)>);
    let mut begun = false;
    effect(move || {
        if at_hand.get() && planned.plan.with(Option::is_some) && !begun {
            begun = true;
            leptos::task::spawn_local(async move {
                let runs = browser::fetch(RUNS_AT_HAND).await.and_then(|bytes| String::from_utf8(bytes).ok());
                let draws =
                    browser::fetch(DRAWS_AT_HAND).await.and_then(|bytes| String::from_utf8(bytes).ok());
                fetched.set(runs.zip(draws));
            });
        }
    });
    let runs = Memo::new(move || {
        if at_hand.get() {
            let table =
                fetched.with(|files| files.as_ref().and_then(|(runs, _)| crate::runs::read(runs).ok()));
            return table.map(|table| shown_runs(&table)).unwrap_or_default();
        }
        let is_own = store.with(|question| matches!(question.fit, Fit::Yours(_)));
        own.read
            .with(|read| read.as_ref().filter(|_| is_own).map(|read| shown_runs(&read.table)))
            .unwrap_or_default()
    });
    let handed_over = browser::kept(Place::Tab, DRAWS);
    let draws = Memo::new(move || {
        if let Some((fit, with_draws)) = handed_over.as_ref().and_then(|text| text.split_once('\n'))
            && store.with(|question| matches!(&question.fit, Fit::Yours(yours) if **yours == *fit))
        {
            return Some(with_draws.into());
        }
        let fit: FitEntry = laws.fit().filter(|_| at_hand.get())?;
        fetched.with(|files| with_draws(&fit, &files.as_ref()?.1)).map(Arc::from)
    });
    provide_context(Evidence { runs, draws, spread: spread(draws) });
}

fn spread(draws: Memo<Option<Arc<str>>>) -> Memo<Option<Plan>> {
    let planned = planned();
    let asked = asked(move || {
        let question = planned.question.get()?;
        let allocate = question.allocate_with(&draws.get()?)?;
        Some((question, vec![allocate]))
    });
    Memo::new(move || {
        let now = planned.question.get()?;
        draws.get()?;
        asked.good(|about, answers| if *about == now { Plan::read(&answers[0]) } else { None }).flatten()
    })
}

/// What stands behind the fit that is chosen.
pub fn evidence() -> Evidence {
    expect_context()
}
