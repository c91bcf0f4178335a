//! Questions that follow the page's state, and their last good answers.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::browser;
use super::lean::{Held, RwSignal, effect};
use super::mishaps::mishaps;
use super::pool::{self, Heard, Lane};
use crate::web::json::Json;
use crate::web::reading::Refusal;

/// The answers to some questions asked together, with what they were asked for.
#[derive(Clone, PartialEq)]
struct Answered {
    about: Held,
    /// In the order of the questions, as the worker gave them.
    answers: Vec<Arc<str>>,
}

/// What has come of questions that follow the page's state.
pub struct Asked<T> {
    /// The last good answers. They stay while newer questions are asked, refused or cannot be asked.
    good: RwSignal<Option<Answered>>,
    /// Why the newest question has no answer.
    pub refusal: RwSignal<Option<Refusal>>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Asked<T> {}

impl<T: 'static> Asked<T> {
    /// Reads the last good answers, with what they were asked for, and hears when there are others.
    pub fn good<U>(self, read: impl FnOnce(&T, &[Arc<str>]) -> U) -> Option<U> {
        self.good.with(|good| good.as_ref().map(|good| read(good.about.read(), &good.answers)))
    }
}

/// Questions, and what they are asked for.
type Questions = Option<(Held, Vec<String>)>;

/// Asks questions whenever what they are about changes. While that is nothing, nothing is asked.
///
/// Questions that the page came with answers to are answered at once, and asked all the same.
pub fn asked<T>(questions: impl Fn() -> Option<(T, Vec<String>)> + 'static) -> Asked<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    asked_as(questions, true)
}

/// The same, but questions that the page came with answers to are not asked: no worker is needed for them.
pub fn asked_once<T>(questions: impl Fn() -> Option<(T, Vec<String>)> + 'static) -> Asked<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    asked_as(questions, false)
}

fn asked_as<T>(questions: impl Fn() -> Option<(T, Vec<String>)> + 'static, again: bool) -> Asked<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    let questions = move || questions().map(|(about, questions)| (Held::new(about), questions));
    let (good, refusal) = follow(Box::new(questions), again);
    Asked { good, refusal, of: PhantomData }
}

/// The last good answers, and why the newest question has none.
type Came = (RwSignal<Option<Answered>>, RwSignal<Option<Refusal>>);

fn follow(questions: Box<dyn Fn() -> Questions>, again: bool) -> Came {
    let first = untrack(&questions).and_then(answered_ahead);
    let (good, refusal) = (RwSignal::new(first), RwSignal::new(None));
    let tries = mishaps().tries;
    let mut batch: Vec<u64> = Vec::new();
    let mut last = None;
    effect(move || {
        let now = Some((questions(), tries.get()));
        if last == now {
            return;
        }
        batch.drain(..).for_each(pool::withdraw);
        refusal.set(None);
        if let Some((Some((about, questions)), _)) = &now {
            match answered_ahead((about.clone(), questions.clone())).filter(|_| !again) {
                Some(answered) => good.set(Some(answered)),
                None => batch = send((good, refusal), about, questions),
            }
        }
        last = now;
    });
    (good, refusal)
}

/// The answers that the page came with, if it has one to each question.
fn answered_ahead((about, questions): (Held, Vec<String>)) -> Option<Answered> {
    let answers: Option<Vec<_>> = questions.iter().map(|question| primed(question)).collect();
    answers.map(|answers| Answered { about, answers })
}

/// Asks questions together; they are answered together.
fn send((good, refusal): Came, about: &Held, questions: &[String]) -> Vec<u64> {
    let mishaps = mishaps();
    let answers: Rc<RefCell<Vec<Option<Arc<str>>>>> = Rc::new(RefCell::new(vec![None; questions.len()]));
    let ask = |(at, question): (usize, &String)| {
        let (answers, about) = (answers.clone(), about.clone());
        pool::ask(Lane::Quick, question.as_str().into(), move |heard| match heard {
            Heard::Answer(text) => {
                answers.borrow_mut()[at] = Some(text);
                let all: Option<Vec<_>> = answers.borrow().iter().cloned().collect();
                if let Some(answers) = all {
                    good.set(Some(Answered { about: about.clone(), answers }));
                }
            }
            Heard::Refused(why) => refusal.set(Some(why)),
            Heard::Fault(report) => mishaps.fault(report),
            Heard::Progress(_) | Heard::Cells(..) => {}
        })
    };
    questions.iter().enumerate().map(ask).collect()
}

/// The answer that the page came with, if this is a question it was made for.
pub(super) fn primed(question: &str) -> Option<Arc<str>> {
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
