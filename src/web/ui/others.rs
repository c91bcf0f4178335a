//! What other published fits plan with the compute of the plan.

use std::sync::Arc;

use leptos::prelude::*;

use super::asked::{Asked, asked_once};
use super::lean::{Memo, RwSignal};
use super::place;
use super::plan::{Planned, planned};
use crate::web::disagreement::{self, FITS, Published};
use crate::web::words::Caveat;

/// What each of the fits plans, in their order.
#[derive(Clone)]
pub struct Others {
    answers: Arc<Vec<Asked<f64>>>,
    /// Whether they are wanted of the question that the page opens with too.
    pub wanted: RwSignal<bool>,
    /// How far they reach by that question, and those among them that nothing took the place of, as it was served: most are
    /// answered by the large worker, which a reader who only looks does without.
    served: [Option<String>; 2],
}

/// Asks what other fits plan, for all of the page.
pub fn provide() {
    let planned = planned();
    let wanted = RwSignal::new(false);
    let ask = |of: &'static Published| {
        asked_once(move || {
            let flops = flops(planned).filter(|_| wanted.get() || !planned.opens())?;
            Some((flops, vec![of.plan(flops)]))
        })
    };
    let answers = Arc::new(FITS.iter().map(ask).collect());
    let served = [".caveats p:last-child b", "#disagreement .finding"];
    let served = served.map(|of| place::find(of).and_then(|found| found.text_content()));
    provide_context(Others { answers, wanted, served });
}

/// What other fits plan.
pub fn others() -> Others {
    expect_context()
}

/// The FLOPs of training that all are asked about.
pub fn flops(planned: Planned) -> Option<f64> {
    planned.plan.with(|plan| plan.as_ref()?.flops)
}

impl Others {
    /// Size and tokens that one of them has for this compute.
    pub fn said(&self, at: usize, flops: f64) -> Option<(f64, f64)> {
        let answers = self.answers[at];
        let said =
            answers.good(
                |about, answers| {
                    if *about == flops { disagreement::size_and_tokens(&answers[0]) } else { None }
                },
            );
        said.flatten().filter(|_| answers.refusal.with(Option::is_none))
    }

    /// How far apart those are that belong, where the plan depends on nothing but a budget: their number, and how far they reach.
    fn apart(&self, planned: Planned, belongs: fn(&Published) -> bool) -> Option<(usize, Option<String>)> {
        flops(planned)?;
        let is_other = |at: &usize| {
            let of = &FITS[*at];
            planned.with(|question, _| disagreement::is_plain(question) && !of.is_of(question) && belongs(of))
        };
        let all: Vec<usize> = (0..FITS.len()).filter(|at| is_other(at) == Some(true)).collect();
        // The last that is known: a line that went while newer ones come would move the page.
        let size =
            |at: &usize| self.answers[*at].good(|_, answers| disagreement::size_and_tokens(&answers[0]));
        let sizes = || all.iter().map(|at| Some(size(at)??.0)).collect::<Option<Vec<f64>>>();
        let reach =
            if planned.opens() { None } else { sizes().and_then(|sizes| disagreement::reach(&sizes)) };
        Some((all.len(), reach))
    }

    /// How far apart they are, where the plan depends on nothing but a budget.
    pub fn headline(self) -> Memo<Option<Caveat>> {
        let planned = planned();
        Memo::new(move || {
            let (count, reach) = self.apart(planned, |_| true)?;
            let reach = if planned.opens() { self.served[0].clone() } else { reach };
            Some(disagreement::headline(count, "published fits", reach?))
        })
    }

    /// The same of those that nothing took the place of, in words.
    pub fn finding(self) -> Memo<Option<String>> {
        let planned = planned();
        Memo::new(move || {
            let (_, reach) = self.apart(planned, |of| !of.superseded)?;
            if planned.opens() { self.served[1].clone() } else { reach.as_deref().map(disagreement::finding) }
        })
    }
}
