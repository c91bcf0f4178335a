//! What stands side by side: the methods, and how far each is off the largest budgets. The comparison and the back-test
//! both show it.

use leptos::prelude::*;

use super::disclosure::opened;
use super::found::Found;
use crate::web::fit::live::beside::called;
use crate::web::fit::live::fitting::fitting;
use crate::web::fit::live::laws::laws;
use crate::web::fit::live::shown::rows;
use crate::web::fit::live::state::state;
use crate::web::fit::methods::Section;
use crate::web::fit::methods::backtest::{self, BackTest};
use crate::web::fit::methods::compare::{self, Method};
use crate::web::reading::LawEntry;
use crate::web::ui::job::{Job, Standing};
use crate::web::ui::lean::{Memo, RwSignal};

/// What stands side by side.
#[derive(Clone, Copy)]
pub struct Sides {
    /// The methods, the chosen one first.
    pub methods: Memo<Vec<Method>>,
    /// Whether their numbers are shown in rows.
    pub tabled: RwSignal<bool>,
    /// How far each is off the largest budgets.
    pub tested: Found<BackTest>,
    /// How that test stands.
    pub standing: Standing,
}

/// Finds the methods and, while it is seen, tests them.
pub fn provide() {
    let (state, fitting, laws, rows) = (state(), fitting(), laws(), rows());
    let methods = Memo::new(move || -> Vec<Method> {
        // A comparison is of final losses: curves whose checkpoints stay out of it have their envelope in its own section.
        let named =
            rows.with(|rows| rows.as_ref().is_some_and(|rows| rows.columns.named && !rows.has_checkpoints()));
        let (study, choices) = (state.study.get(), laws.choices.get());
        let called = |law: &str| called(&choices, law);
        let methods = |law: &LawEntry| compare::methods(&study, law, named, called);
        laws.chosen.with(|law| law.as_ref().map(methods).unwrap_or_default())
    });
    let tabled = RwSignal::new(false);
    let open = opened(Section::BackTest);
    // Runs that cannot be fitted have nothing to foretell.
    let job = Job::new(move || -> Option<(Vec<Method>, String)> {
        let seen = open.get() || tabled.get();
        let done = fitting.result.get().filter(|_| seen && !fitting.is_behind())?;
        let methods = methods.get();
        let question = state.study.with(|study| backtest::ask(study, &methods, &done.rows.json()))?;
        Some((methods, question))
    });
    let tested = Found::by(job, |methods: &Vec<Method>, answer| BackTest::read(answer, methods));
    provide_context(Sides { methods, tabled, tested, standing: job.standing });
}

/// What stands side by side.
pub fn sides() -> Sides {
    expect_context()
}
