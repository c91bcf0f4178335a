//! Questions that follow the page's state, and their last good answers.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::browser;
use super::pool::{self, Heard, Lane};
use super::store::store;
use crate::web::json::Json;
use crate::web::reading::Refusal;

/// The answers to some questions asked together, with what they were asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered<T> {
    /// What they were asked for.
    pub about: T,
    /// The answers, in the order of the questions, as the worker gave them.
    pub answers: Vec<Arc<str>>,
}

/// What has come of questions that follow the page's state.
pub struct Asked<T: Send + Sync + 'static> {
    /// The last good answers. They stay while newer questions are asked, refused or cannot be asked.
    pub good: RwSignal<Option<Answered<T>>>,
    /// Why the newest question has no answer.
    pub refusal: RwSignal<Option<Refusal>>,
}

impl<T: Send + Sync + 'static> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Asked<T> {}

/// What is asked, what for, and how often the reader has asked to try again.
type Round<T> = (Option<(T, Vec<String>)>, u32);

/// Asks questions whenever what they are about changes. While that is nothing, nothing is asked.
///
/// Questions that the page came with answers to are answered at once, and asked all the same.
pub fn asked<T>(questions: impl Fn() -> Option<(T, Vec<String>)> + 'static) -> Asked<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let first = untrack(&questions).and_then(|(about, questions)| {
        let answers: Option<Vec<_>> = questions.iter().map(|question| primed(question)).collect();
        answers.map(|answers| Answered { about, answers })
    });
    let asked = Asked { good: RwSignal::new(first), refusal: RwSignal::new(None) };
    let tries = store().tries;
    let batch: Rc<RefCell<Vec<u64>>> = Rc::default();
    Effect::new(move |last: Option<Round<T>>| {
        let now = (questions(), tries.get());
        if last.as_ref() == Some(&now) {
            return now;
        }
        batch.borrow_mut().drain(..).for_each(pool::withdraw);
        asked.refusal.set(None);
        if let (Some((about, questions)), _) = &now {
            *batch.borrow_mut() = send(asked, about, questions);
        }
        now
    });
    asked
}

/// Asks questions together; they are answered together.
fn send<T: Clone + Send + Sync + 'static>(asked: Asked<T>, about: &T, questions: &[String]) -> Vec<u64> {
    let trouble = store().trouble;
    let answers: Rc<RefCell<Vec<Option<Arc<str>>>>> = Rc::new(RefCell::new(vec![None; questions.len()]));
    let ask = |(at, question): (usize, &String)| {
        let (answers, about) = (answers.clone(), about.clone());
        pool::ask(Lane::Quick, question, move |heard| match heard {
            Heard::Answer(text) => {
                answers.borrow_mut()[at] = Some(text);
                let all: Option<Vec<_>> = answers.borrow().iter().cloned().collect();
                if let Some(answers) = all {
                    asked.good.set(Some(Answered { about: about.clone(), answers }));
                }
            }
            Heard::Refused(refusal) => asked.refusal.set(Some(refusal)),
            Heard::Fault(report) => trouble.update(|trouble| trouble.fault = Some(report)),
            Heard::Progress(_) => {}
        })
    };
    questions.iter().enumerate().map(ask).collect()
}

/// The answer that the page came with, if this is a question it was made for.
fn primed(question: &str) -> Option<Arc<str>> {
    thread_local! {
        static PRIMED: Vec<(String, Arc<str>)> = read().unwrap_or_default();
    }
    fn read() -> Option<Vec<(String, Arc<str>)>> {
        let text = browser::text_of("default-answer")?;
        let primed = Json::read(&text)?;
        let texts = |name| Some(primed.get(name)?.items().into_iter().map(Json::as_text));
        Some(texts("questions")?.map(str::to_owned).zip(texts("answers")?.map(Arc::from)).collect())
    }
    PRIMED.with(|primed| {
        let (_, answer) = primed.iter().find(|(known, _)| known == question)?;
        Some(answer.clone())
    })
}
