//! The fit itself, after every change; its draws follow ([`drawing`](super::drawing)).
//!
//! The fit and what follows from it are asked of one worker, the draws of others: a draw that is cancelled ends its
//! worker, and the next fit waits for none.

use std::sync::Arc;

use leptos::prelude::*;

use super::drawing;
use super::laws::laws;
use super::shown::rows;
use super::state::state;
use crate::web::fit::outcome::Outcome;
use crate::web::fit::rows::Rows;
use crate::web::fit::study::Study;
use crate::web::reading::LawEntry;
use crate::web::ui::job::{Job, Standing};
use crate::web::ui::lean::Memo;
use crate::web::ui::pool::Lane;

/// A fit follows changes after this pause, in milliseconds.
const PAUSE: i32 = 0;

/// How the fit stands.
#[derive(Clone, Copy)]
pub struct Fitting {
    /// The last good fit.
    pub result: Memo<Option<Done>>,
    /// What would be fitted now; nothing while something typed cannot be read.
    pub question: Memo<Option<Arc<str>>>,
    /// How it stands.
    pub standing: Standing,
}

/// A fit that is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// What was asked.
    pub question: Arc<str>,
    /// The law and how it was fitted.
    pub study: Study,
    /// The law.
    pub law: LawEntry,
    /// The rows.
    pub rows: Arc<Rows>,
    /// What has come of it.
    pub outcome: Outcome,
}

/// What a fit is about: how it is made, the law, the rows.
type About = (Study, LawEntry, Arc<Rows>);

/// Fits, for all of the page.
pub fn provide() {
    let (state, rows, law) = (state(), rows(), laws().chosen);
    let study = Memo::new(move || state.study.with(Study::method_alone));
    let question = Memo::new(move || study.with(|study| study.fit(rows.get()?.json()).map(Arc::from)));
    let job = Job::on(Lane::Wide, PAUSE, move || -> Option<(About, Arc<str>)> {
        Some(((study.get(), law.get()?, rows.get()?), question.get()?))
    });
    let result = Memo::new(move || {
        job.answered(|(study, law, rows): &About, question, answer| {
            let outcome = Outcome::read(answer)?;
            let (study, law, rows) = (study.clone(), law.clone(), rows.clone());
            Some(Done { question: question.clone(), study, law, rows, outcome })
        })
    });
    let fitting = Fitting { result, question, standing: job.standing };
    provide_context(fitting);
    drawing::provide(fitting);
}

/// How the fit stands.
pub fn fitting() -> Fitting {
    expect_context()
}

impl Fitting {
    /// Whether what is shown is the answer to what is chosen now.
    pub fn is_behind(self) -> bool {
        let question = self.question.get();
        self.result.with(|done| done.as_ref().map(|done| &done.question) != question.as_ref())
    }
}
