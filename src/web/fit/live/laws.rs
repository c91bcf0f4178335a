//! The laws that can be fitted: those of the catalogue, those that the reader keeps, a formula of their own.

use std::sync::Arc;

use leptos::prelude::*;

use super::state::{State, state};
use crate::ask::Named;
use crate::provenance::bibtex;
use crate::web::fit::study::TYPED;
use crate::web::json::{Json, string};
use crate::web::laws::draft::{Draft, Mistake};
use crate::web::laws::kept::{self, KEPT, Kept};
use crate::web::reading::{LawEntry, read_laws, typed_law};
use crate::web::ui::asked::{Asked, asked};
use crate::web::ui::browser::{self, Place};
use crate::web::ui::choice_field::Choice;
use crate::web::ui::lean::Memo;

/// What a formula of the reader's own is called.
pub(super) const OWN: &str = "Your formula";

/// The laws that can be fitted.
#[derive(Clone, Copy)]
pub struct Laws {
    /// The law that is chosen; nothing while it is not known yet, or its formula has a mistake.
    pub chosen: Memo<Option<LawEntry>>,
    /// All of them.
    pub choices: Memo<Vec<Choice>>,
    /// Where the formula has a mistake, if it is the law and has one.
    pub mistake: Memo<Option<Mistake>>,
    /// The formulas of what is derived from its parameters, by name.
    pub derived: Memo<Named<String>>,
    /// Its paper, in BibTeX; empty where it has none.
    pub bibtex: Memo<String>,
    other: Asked<String>,
    state: State,
}

/// Asks for the chosen law, for all of the page.
pub fn provide() {
    let state = state();
    let law = Memo::new(move || state.study.with(|study| study.law.clone()));
    let other = asked(move || {
        let id = law.get();
        let question = format!(r#"{{"laws":{{"only":[{}]}}}}"#, string(&id));
        (!id.starts_with('{') && id != TYPED).then(|| (id, vec![question]))
    });
    let kept = browser::kept(Place::Reader, KEPT).map(|text| kept::listed(&text)).unwrap_or_default();
    let names: Vec<Choice> =
        kept.iter().map(|kept| Choice::new(&kept.law, &format!("{} (yours)", kept.name))).collect();
    let choices = Memo::new(move || {
        let listed = listed();
        let mut choices = vec![Choice::new(TYPED, "A formula of your own…")];
        choices.extend(names.iter().cloned());
        choices.extend(listed.into_iter().map(|listed| listed.choice.among(listed.group)));
        let chosen = law.get();
        // A law of the address that is not kept here.
        if chosen.starts_with('{') && choices.iter().all(|known| known.value != chosen) {
            choices.insert(1, Choice::new(&chosen, "Your own law"));
        }
        choices
    });
    let formula = Memo::new(move || {
        state.study.with(|study| (study.law == TYPED).then(|| study.formula.trim().to_owned()))
    });
    let mistake = Memo::new(move || formula.get().and_then(|formula| Draft::of(&formula).mistake()));
    let chosen = Memo::new(move || match law.get() {
        id if id == TYPED => typed_law(&Draft::of(&formula.get()?).law()?, OWN),
        id if id.starts_with('{') => typed_law(&id, &own_name(&kept, &id)),
        id => other
            .good(|_, answers| read_laws(&answers[0]))
            .and_then(|laws| laws.into_iter().find(|law| law.id == id)),
    });
    let known = move |id: &String, answers: &[Arc<str>]| (*id == law.get()).then(|| answers[0].clone());
    let answer = Memo::new(move || other.good(known).flatten());
    let derived =
        Memo::new(move || answer.with(|answer| answer.as_deref().and_then(derived)).unwrap_or_default());
    let bibtex =
        Memo::new(move || answer.with(|answer| answer.as_deref().and_then(cited)).unwrap_or_default());
    provide_context(Laws { chosen, choices, mistake, derived, bibtex, other, state });
}

/// The formulas of what is derived from the parameters of the only law of an Answer.
fn derived(answer: &str) -> Option<Named<String>> {
    let law = Json::read(answer)?.get("laws")?.get("laws")?.items().into_iter().next()?;
    let formulas = law.get("derived").map(Json::items).unwrap_or_default();
    let formula = |one: Json<'_>| Some((one.get("name")?.string()?, one.get("formula")?.string()?));
    Some(Named(formulas.into_iter().filter_map(formula).collect()))
}

/// The paper of the only law of an Answer.
fn cited(answer: &str) -> Option<String> {
    let law = Json::read(answer)?.get("laws")?.get("laws")?.items().into_iter().next()?;
    let source = law.get("source")?;
    let text = |name: &str| source.get(name).and_then(Json::string).unwrap_or_default();
    let year = source.get("year")?.count()?;
    Some(bibtex(&text("authors"), u16::try_from(year).ok()?, &text("title"), &text("arxiv")))
}

fn own_name(kept: &[Kept], law: &str) -> String {
    kept.iter().find(|kept| kept.law == law).map_or_else(|| OWN.to_owned(), |kept| kept.name.clone())
}

/// A law of the catalogue, as the document lists it.
pub(super) struct Listed {
    pub choice: Choice,
    /// What kind of laws it stands among.
    pub group: String,
    /// What it is computed from, of losses by size and tokens.
    pub inputs: Option<String>,
}

/// The laws of the catalogue.
pub(super) fn listed() -> Vec<Listed> {
    let text = browser::text_of("laws-listed").unwrap_or_default();
    let law = |law: Json<'_>| match law.items().as_slice() {
        [id, name, group, inputs @ ..] => Some(Listed {
            choice: Choice::new(&id.string()?, &name.string()?),
            group: group.string()?,
            inputs: inputs.first().and_then(|inputs| inputs.string()),
        }),
        _ => None,
    };
    Json::read(&text).map(Json::items).unwrap_or_default().into_iter().filter_map(law).collect()
}

/// The laws that can be fitted.
pub fn laws() -> Laws {
    expect_context()
}

impl Laws {
    /// Why there is no law of the id that is chosen.
    pub fn refusal(self) -> Option<String> {
        let id = self.state.study.with(|study| study.law.clone());
        self.other.refusal.get().map(|_| format!("Expected the name of a law; “{id}” is none."))
    }
}
