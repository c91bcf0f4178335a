//! The laws that the Plan can go by: those it opens with, the one that is chosen, those that the reader keeps.

use leptos::prelude::*;

use super::asked::{Asked, asked, asked_once};
use super::browser::{self, Place};
use super::lean::{Memo, effect};
use super::store::{Store, store};
use crate::web::evaluator;
use crate::web::json::string;
use crate::web::laws::kept::{self, KEPT, Kept};
use crate::web::question::{LAWS, Need, Question};
use crate::web::reading::{FitEntry, LawEntry, VariableEntry, fit_of, read_laws, typed_law, yours};

/// The laws that the Plan can go by.
#[derive(Clone, Copy)]
pub struct Laws {
    entries: Memo<Vec<LawEntry>>,
    other: Asked<String>,
    store: Store,
}

/// Asks for the laws, for all of the page.
pub fn provide() {
    let store = store();
    let opening = asked_once(|| Some(((), vec![LAWS.to_owned()])));
    let other = asked(move || {
        let id = store.with(|question| question.law.clone());
        let typed = id.starts_with('{');
        let question = format!(r#"{{"laws":{{"only":[{}]}}}}"#, string(&id));
        (!typed && !crate::laws::OPENING.contains(&&*id)).then(|| (id, vec![question]))
    });
    let kept = browser::kept(Place::Reader, KEPT).map(|text| kept::listed(&text)).unwrap_or_default();
    let entries = Memo::new(move || {
        let mut laws = opening.good(|(), answers| read_laws(&answers[0])).unwrap_or_default();
        if laws.is_empty() {
            return laws;
        }
        laws.extend(other.good(|_, answers| read_laws(&answers[0])).unwrap_or_default());
        laws.extend(kept.iter().filter_map(kept_law));
        let chosen = store.with(|question| question.law.clone());
        if laws.iter().all(|law| law.id != chosen) {
            laws.extend(typed_law(&chosen, "Your own law"));
        }
        laws
    });
    let laws = Laws { entries, other, store };
    provide_context(laws);
    laws.follow();
}

/// A kept law, with the values that were typed as its fit.
fn kept_law(kept: &Kept) -> Option<LawEntry> {
    let law = typed_law(&kept.law, &format!("{} (yours)", kept.name))?;
    let fit = kept.fit.as_deref().and_then(yours);
    Some(LawEntry { fits: fit.into_iter().collect(), ..law })
}

/// The laws that the Plan can go by.
pub fn laws() -> Laws {
    expect_context()
}

impl Laws {
    /// Every law.
    pub fn all(self) -> Vec<LawEntry> {
        self.entries.get()
    }

    /// The law that is chosen.
    pub fn chosen(self) -> Option<LawEntry> {
        let id = self.store.with(|question| question.law.clone());
        self.entries.with(|laws| laws.iter().find(|law| law.id == id).cloned())
    }

    /// The law of an id.
    pub fn find(self, id: &str) -> Option<LawEntry> {
        self.entries.with_untracked(|laws| laws.iter().find(|law| law.id == id).cloned())
    }

    /// The fit that is chosen.
    pub fn fit(self) -> Option<FitEntry> {
        let law = self.chosen()?;
        self.store.with(|question| fit_of(question, &law))
    }

    /// Why there is no law of the id that is chosen.
    pub fn refusal(self) -> Option<String> {
        let id = self.store.with(|question| question.law.clone());
        self.other.refusal.get().map(|_| format!("Expected the name of a law; “{id}” is none."))
    }

    /// Once a law is known, the question has what it needs besides size and tokens.
    fn follow(self) {
        effect(move || {
            let Some(law) = self.chosen() else { return };
            // Which members its families have is known from the fit.
            let adopted = self.store.with(|question| adopted(question, &law));
            if let Some(adopted) = adopted {
                self.store.complete(adopted);
            }
        });
    }
}

/// The question with what its law needs; nothing where it has that.
fn adopted(question: &Question, law: &LawEntry) -> Option<Question> {
    let mut adopted = question.clone();
    adopt(&mut adopted, law);
    (adopted != *question).then_some(adopted)
}

/// Gives a question what a law needs besides size and tokens.
pub fn adopt(question: &mut Question, law: &LawEntry) {
    let example = law.fits.first().map(|fit| fit.example.clone()).unwrap_or_default();
    let need = |input: &VariableEntry| Need {
        name: input.name.clone(),
        text: example.get(&input.name).map_or(String::new(), |value| evaluator::typed(*value, input.unit)),
    };
    let values = fit_of(question, law).map(|fit| fit.values).unwrap_or_default();
    question.need(law.needs(&values).iter().map(need));
}
