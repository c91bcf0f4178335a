//! Questions that follow from the answers to earlier ones.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use super::asked::primed;
use super::lean::{RwSignal, effect};
use super::mishaps::mishaps;
use super::pool::{self, Lane};
use crate::web::laws::reach::{self, Heard, Missing};
use crate::web::reading::Refusal;

/// What has come of questions that are asked in turn.
pub struct InTurn<T> {
    /// What was found last. It stays while something newer is sought, is refused or cannot be sought.
    pub good: RwSignal<Option<T>>,
    /// Why the newest question has no answer.
    pub refusal: RwSignal<Option<Refusal>>,
}

impl<T> Clone for InTurn<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for InTurn<T> {}

/// The question that a worker has, when the reader had asked so often to try again.
#[derive(Default)]
struct UnderWay {
    question: String,
    tries: u32,
    job: Option<u64>,
}

/// Seeks something by one question after another: `seek` is begun again with every answer, and whenever a signal
/// changes that it reads, until it finds.
///
/// Questions that the page came with answers to are answered at once, and no worker is needed for them.
pub fn asked_in_turn<T>(
    seek: impl Fn(&mut dyn FnMut(&str) -> Heard) -> Result<T, Missing> + 'static,
) -> InTurn<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    let (good, refusal, more) = (RwSignal::new(None), RwSignal::new(None), RwSignal::new(0_u32));
    let heard: Rc<RefCell<Vec<(String, Heard)>>> = Rc::default();
    let all = heard.clone();
    // Sets what was found, or returns what has to be asked for it.
    let turn = move || {
        let mut wanted = None;
        let sought = seek(&mut |question| {
            let known =
                all.borrow().iter().find(|(known, _)| known == question).map(|(_, heard)| heard.clone());
            known.or_else(|| primed(question).map(reach::heard)).unwrap_or_else(|| {
                wanted = Some(question.to_owned());
                Err(Missing::Unheard)
            })
        });
        refusal.set(None);
        match sought {
            Ok(found) => good.set(Some(found)),
            Err(Missing::Refused(why)) => refusal.set(Some(*why)),
            Err(Missing::Unheard) => return wanted,
        }
        all.borrow_mut().clear();
        None
    };
    // What the page came with stands at once.
    untrack(&turn);
    let mishaps = mishaps();
    let mut under_way = UnderWay::default();
    effect(move || {
        more.track();
        let tries = mishaps.tries.get();
        let question = turn().unwrap_or_default();
        if under_way.question == question && under_way.tries == tries {
            return;
        }
        under_way.job.take().into_iter().for_each(pool::withdraw);
        under_way = UnderWay { question, tries, job: None };
        if !under_way.question.is_empty() {
            let (heard, question) = (heard.clone(), under_way.question.clone());
            let hear = move |said| {
                let answer = match said {
                    pool::Heard::Answer(text) => Ok(text),
                    pool::Heard::Refused(why) => Err(Missing::Refused(Box::new(why))),
                    pool::Heard::Fault(report) => return mishaps.fault(report),
                    pool::Heard::Progress(_) | pool::Heard::Cells(..) => return,
                };
                heard.borrow_mut().push((question.clone(), answer));
                more.update(|more| *more += 1);
            };
            under_way.job = Some(pool::ask(Lane::Quick, under_way.question.as_str().into(), hear));
        }
    });
    InTurn { good, refusal }
}
