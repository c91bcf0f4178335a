//! What the Plan shares.

use std::rc::Rc;

use super::{Around, Shared};
use crate::web::link;
use crate::web::question::{Question, Runs};
use crate::web::report::{About, Form};
use crate::web::ui::evidence::evidence;
use crate::web::ui::laws::laws;
use crate::web::ui::plan::planned;
use crate::web::ui::store::store;

/// Says what the Plan shares, for all of the page.
pub fn provide() {
    let (store, planned, laws, evidence) = (store(), planned(), laws(), evidence());
    super::offer(move || {
        let (question, pins) = (store.now(Question::clone), store.pins.get());
        let about = || {
            Some(About {
                question: planned.question.get()?,
                plan: planned.plan.get()?,
                answer: planned.text.get()?.to_string(),
                spread: evidence.spread.get(),
                law: laws.chosen()?,
                fit: laws.fit().unwrap_or_default(),
            })
        };
        let about = about().map(Rc::new);
        let program = |about: &Rc<About>| {
            let (question, about) = (about.asks_python(), about.clone());
            let around: Around = Box::new(move |law, link| about.python(law, link));
            (question, around)
        };
        let with_runs = |runs: &Runs| (link::shared(&question, &pins, Some(runs.clone())), runs.in_words());
        Shared {
            address: link::shared(&question, &pins, None),
            with_runs: question.runs.as_ref().map(with_runs),
            python: about.as_ref().map(program),
            texts: Box::new(move |link| {
                let text =
                    |about: &Rc<About>| Form::ALL.map(|form| (form.name(), about.text(form, link))).to_vec();
                about.as_ref().map(text).unwrap_or_default()
            }),
        }
    });
}
