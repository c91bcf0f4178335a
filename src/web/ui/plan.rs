//! The plan that the page is about: the answer to the reader's question.

use std::sync::Arc;

use leptos::prelude::*;

use super::asked::{Asked, asked};
use super::lean::Memo;
use super::store::store;
use crate::web::question::Question;
use crate::web::reading::Plan;
use crate::web::words::RUNGS;

/// The last good plan, and what belongs to it.
#[derive(Clone, Copy)]
pub struct Planned {
    /// The question it answers.
    pub question: Memo<Option<Question>>,
    /// The answer, read.
    pub plan: Memo<Option<Plan>>,
    /// The answer, as the worker gave it.
    pub text: Memo<Option<Arc<str>>>,
    /// The plans for the budgets of the ladder.
    pub ladder: Memo<Vec<Option<Plan>>>,
    /// Whether the question now asked has no answer yet, or none at all.
    pub behind: Memo<bool>,
    /// What came of the question.
    pub asked: Asked<Question>,
}

/// Asks what the page is about, for all of the page.
pub fn provide() {
    let store = store();
    let question = Memo::new(move || store.with(without_runs));
    let asked_plan =
        asked(move || question.with(|question| Some((question.clone(), vec![question.allocate()?]))));
    let text = Memo::new(move || asked_plan.good(|_, answers| answers[0].clone()));
    let plan = Memo::new(move || text.with(|text| text.as_ref().and_then(|text| Plan::read(text))));
    let asked_ladder = asked(move || {
        question.with(|question| {
            let budget = question.spent(plan.get().as_ref())?;
            let rungs = RUNGS.iter().map(|(_, factor)| question.allocate_at(budget * factor));
            Some((question.clone(), rungs.collect::<Option<Vec<_>>>()?))
        })
    });
    let about = Memo::new(move || asked_plan.good(|about, _| about.clone()));
    provide_context(Planned {
        question: about,
        plan,
        text,
        ladder: Memo::new(move || {
            let plans = |answers: &[Arc<str>]| answers.iter().map(|answer| Plan::read(answer)).collect();
            let has_plan = plan.with(|plan| plan.as_ref().is_some_and(|plan| !plan.is_none()));
            let plans = asked_ladder.good(|_, answers| plans(answers)).filter(|_| has_plan);
            plans.unwrap_or(vec![None; 3])
        }),
        behind: Memo::new(move || {
            question.with(|question| about.with(|about| about.as_ref() != Some(question)))
        }),
        asked: asked_plan,
    });
}

/// What the plan depends on.
pub(super) fn without_runs(question: &Question) -> Question {
    Question { runs: None, ..question.clone() }
}

impl Planned {
    /// Reads the question and its answer, and hears when they change.
    pub fn with<T>(self, read: impl FnOnce(&Question, &Plan) -> T) -> Option<T> {
        self.question.with(|question| self.plan.with(|plan| Some(read(question.as_ref()?, plan.as_ref()?))))
    }

    /// Whether the page stands at the question that it opens with, of which more was served than its answer.
    pub fn opens(self) -> bool {
        self.question.with(|question| question.as_ref() == Some(&Question::default()))
    }

    /// Whether the question has no plan: none reaches what it asks for.
    pub fn none(self) -> Memo<bool> {
        Memo::new(move || self.plan.with(|plan| plan.as_ref().is_some_and(Plan::is_none)))
    }

    /// What is spent, in FLOPs.
    pub fn spent(self) -> Option<f64> {
        self.question.with(|question| self.plan.with(|plan| question.as_ref()?.spent(plan.as_ref())))
    }
}

/// The plan that the page is about.
pub fn planned() -> Planned {
    expect_context()
}
