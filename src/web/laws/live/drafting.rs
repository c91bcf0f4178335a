//! The law that is being typed: read shortly after the last key, and kept with its mistakes.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::shelf::{Shelf, shelf};
use super::trial::Trial;
use crate::web::laws::draft::{self, Draft, FIRST, Mistake, Role, Symbol};
use crate::web::laws::evaluation::Evaluation;
use crate::web::laws::kept::TYPING;
use crate::web::laws::members::{self, Change};
use crate::web::link::{self, encode, parameter};
use crate::web::question::{Fit, Need, Question};
use crate::web::reading::{LawEntry, typed_law};
use crate::web::ui::address;
use crate::web::ui::asked::asked_once;
use crate::web::ui::browser::{self, Place};
use crate::web::ui::lean::{Memo, RwSignal, effect};
use crate::web::ui::mishaps::mishaps;

/// A text is read after this pause, in milliseconds.
const PAUSE: i32 = 150;

/// The law that is being typed.
#[derive(Clone, Copy)]
pub struct Drafting {
    /// The law, its formula as it was when the last pause was over.
    pub draft: RwSignal<Draft>,
    /// The formula as it stands in its field.
    pub typed: RwSignal<String>,
    /// The formula that was last read without a mistake.
    pub good: RwSignal<String>,
    /// How many names that formula has, its families and members among them: the first of the symbols.
    pub names: RwSignal<usize>,
    /// How many lines of it may be outputs: the first of the lines.
    pub lines: RwSignal<usize>,
    /// How many tables it looks things up in: the first of the tables.
    pub tables: RwSignal<usize>,
    /// Its families that share members.
    pub groups: RwSignal<Vec<Vec<String>>>,
    shelf: Shelf,
    /// The law as it was opened, until it is changed.
    opened: StoredValue<Draft>,
    /// The law that was being typed when another was brought.
    stands: StoredValue<Option<Draft>>,
    /// What became of keeping it, or of keeping another.
    pub said: RwSignal<Result<String, String>>,
}

/// The key of a law in the fragment of a link that was made to be shared.
const CARRIED: &str = "draft";

/// What an address brings.
enum Brought {
    /// A law as it is typed.
    Law(Draft),
    /// The id of one of the catalogue.
    Id(String),
}

/// Provides the law that is being typed: the one that was typed `ahead`, the law that the address names or carries, or the
/// one that was left here.
pub fn provide(ahead: Option<Draft>) -> Drafting {
    let shelf = shelf();
    let left = browser::kept(Place::Reader, TYPING).and_then(|text| draft::read(&text));
    let is_changed = ahead.is_some();
    let brought = ahead.map(Brought::Law).or_else(|| addressed(shelf));
    let drafting = Drafting {
        stands: StoredValue::new(left.clone().filter(|_| brought.is_some())),
        opened: StoredValue::new(Draft::default()),
        said: RwSignal::new(Ok(String::new())),
        typed: RwSignal::new(String::new()),
        good: RwSignal::new(String::new()),
        names: RwSignal::new(0),
        lines: RwSignal::new(0),
        tables: RwSignal::new(0),
        groups: RwSignal::new(Vec::new()),
        draft: RwSignal::new(Draft::default()),
        shelf,
    };
    let (law, id) = match brought {
        Some(Brought::Law(law)) => (Some(law), None),
        Some(Brought::Id(id)) => (None, Some(id)),
        None => (None, None),
    };
    drafting.open(law.or(left).unwrap_or_else(|| Draft::of(FIRST)));
    provide_context(drafting);
    drafting.keep_typing();
    drafting.follow();
    if let Some(id) = id {
        drafting.start_from(id);
    }
    if is_changed {
        // That is a change too.
        drafting.opened.set_value(Draft::default());
    }
    drafting
}

/// What the address names or carries. What of it cannot be read is said.
fn addressed(shelf: Shelf) -> Option<Brought> {
    let query = address::query();
    let law = |text: String| {
        if text.starts_with('{') { Draft::of_law(&text).map(Brought::Law) } else { Some(Brought::Id(text)) }
    };
    let read = |address: &str, key: &str, read: &dyn Fn(String) -> Option<Brought>| {
        let is_there = address.split(['?', '&']).any(|part| part.split('=').next() == Some(key));
        let brought = parameter(address, key).and_then(read);
        if is_there && brought.is_none() {
            damaged(key);
        }
        brought
    };
    let kept = |name: String| find(shelf, &name).map(Brought::Law);
    let carried = |text: String| draft::read(&text).map(Brought::Law);
    read(&query, "kept", &kept)
        .or_else(|| read(&query, "law", &law))
        .or_else(|| read(&address::fragment().replacen('#', "?", 1), CARRIED, &carried))
}

fn damaged(key: &str) {
    mishaps().trouble.update(|trouble| trouble.damaged.push(key.to_owned()));
}

/// The law that is being typed.
pub fn drafting() -> Drafting {
    expect_context()
}

fn find(shelf: Shelf, name: &str) -> Option<Draft> {
    shelf.laws.with_untracked(|laws| laws.iter().find(|law| law.name == name).cloned())
}

impl Drafting {
    /// Opens a law.
    fn open(self, draft: Draft) {
        self.typed.set(draft.formula.clone());
        self.draft.set(draft);
        self.read();
        self.opened.set_value(self.draft.get_untracked());
    }

    /// The address that carries the law as it is typed.
    pub fn address(self) -> String {
        format!("#{CARRIED}={}", encode(&self.draft.with(Draft::write)))
    }

    /// Opens a law of the catalogue, once the worker has told it.
    fn start_from(self, id: String) {
        let question = format!(r#"{{"laws":{{"only":[{}]}}}}"#, crate::web::json::string(&id));
        let asked = asked_once(move || Some(((), vec![question.clone()])));
        effect(move || match asked.good(|(), answers| Draft::of_answer(&answers[0])) {
            Some(Some(law)) => self.open(law),
            None if asked.refusal.with(Option::is_none) => {}
            Some(None) | None => damaged("law"),
        });
    }

    /// Opens the law of a link that is followed where another is being typed.
    fn follow(self) {
        let hear = move || {
            let Some(Brought::Law(law)) = addressed(self.shelf) else { return };
            // What was changed here is kept, what was only looked at is not.
            if self.opened.with_value(|opened| *opened == Draft::default()) {
                self.stands.set_value(Some(self.draft.get_untracked()));
            }
            self.open(law);
        };
        window_event_listener(leptos::ev::hashchange, move |_| {
            if window().location().hash().is_ok_and(|hash| hash.contains(CARRIED)) {
                address::opened(hear);
            }
        });
    }

    /// Takes the text as it stands, and reads it.
    pub fn read(self) {
        self.draft.update(|draft| {
            self.typed.with_untracked(|typed| draft.formula.clone_from(typed));
            if let Ok(read) = draft.read() {
                draft.meet(&read);
                self.good.set(draft.formula.clone());
                self.count(draft);
            }
        });
    }

    /// Has as many rows as there are names, lines, tables and lists of members.
    fn count(self, draft: &Draft) {
        self.names.set(draft.known().count());
        self.lines.set(draft.known_lines().count());
        self.tables.set(draft.known_tables().count());
        self.groups.set(draft.groups());
    }

    /// Changes the members of a group of families.
    pub fn change_members(self, group: usize, change: &Change) {
        self.draft.update(|draft| {
            draft.change_members(group, change);
            self.count(draft);
        });
    }

    /// What to call after each key.
    pub fn reader(self) -> impl Fn() {
        browser::settled(PAUSE, move || self.read())
    }

    /// Keeps what is typed, so that it is here again on another visit. What stood here gives way to it, but is not lost.
    fn keep_typing(self) {
        let mishaps = mishaps();
        effect(move || {
            let draft = self.draft.get();
            if self.opened.with_value(|opened| *opened == draft) {
                return;
            }
            let stood = self.stands.try_update_value(Option::take).flatten();
            if let Some(name) = stood.and_then(|law| self.shelf.set_aside(law)) {
                self.said.set(Ok(format!("The law that stood here before is kept as “{name}”.")));
            }
            self.opened.set_value(Draft::default());
            let is_kept = browser::keep(Place::Reader, TYPING, Some(&draft.write()));
            mishaps.room(is_kept);
            // Loaded again, what the address brought would take the place of what was typed.
            if is_kept && !(address::query() + &address::fragment()).is_empty() {
                address::replace("", &JsValue::NULL);
            }
        });
    }

    /// Where the formula has a mistake, if it has one.
    pub fn mistake(self) -> Option<Mistake> {
        self.draft.with(Draft::mistake)
    }

    /// A symbol, by its place.
    pub fn symbol(self, at: usize) -> Memo<Option<Symbol>> {
        Memo::new(move || self.draft.with(|draft| draft.symbols.get(at).cloned()))
    }

    /// Changes a symbol.
    pub fn change(self, at: usize, change: impl FnOnce(&mut Symbol)) {
        self.draft.update(|draft| draft.change(at, change));
    }

    /// What is asked of the law; nothing while something is wrong with it.
    pub fn trial(self) -> Option<Trial> {
        self.draft.with(|draft| {
            let law = LawEntry { outputs: draft.outputs(), ..typed_law(&draft.law()?, &draft.name)? };
            let law = members::opened(&law, &draft.members.good);
            let text = |name: &str| {
                let symbol = draft.symbols.iter().find(|symbol| symbol.name == name);
                symbol.map(|symbol| symbol.value.clone()).unwrap_or_default()
            };
            let evaluation = Evaluation::opening(&law, text);
            Some(Trial { law: Arc::new(law), evaluation })
        })
    }

    /// Keeps the law.
    ///
    /// # Errors
    /// What is missing, in a sentence.
    pub fn keep(self) -> Result<String, String> {
        self.read();
        let draft = self.draft.get_untracked();
        if let Some(mistake) = draft.mistake() {
            let place = mistake.line.map_or(String::new(), |line| format!(" in line {line}"));
            return Err(format!("There is a mistake{place}. Until it is put right, the text is kept here."));
        }
        if draft.name.trim().is_empty() {
            return Err("Expected a name to keep it under.".to_owned());
        }
        if let Some(table) = draft.known_tables().find(|table| table.read().is_err()) {
            return Err(format!(
                "The table {} is not right yet. Until it is put right, it is kept here.",
                table.name
            ));
        }
        if draft.law().is_none() {
            return Err("The bounds of a parameter are not right yet.".to_owned());
        }
        let said = format!("Kept as “{}”.", draft.name.trim());
        self.shelf.keep(Draft { name: draft.name.trim().to_owned(), ..draft });
        Ok(said)
    }

    /// The address of the Fit page with this law; nothing while something is wrong with it.
    pub fn fit_address(self) -> Option<String> {
        self.draft.with(|draft| Some(format!("fit/?law={}", encode(&draft.law()?))))
    }

    /// The address of the Plan with this law and its values, where they are there; nothing while something is wrong
    /// with it.
    pub fn plan_address(self) -> Option<String> {
        self.draft.with(|draft| {
            let fit = draft.values().map_or(Fit::Published(String::new()), |fit| Fit::Yours(fit.into()));
            // What a plan does not choose goes with the values.
            let chosen = |symbol: &&Symbol| !["N", "D"].contains(&&*symbol.name);
            let inputs = draft.valued().filter(|symbol| symbol.role == Role::Input).filter(chosen);
            let need = |symbol: &Symbol| Need { name: symbol.name.clone(), text: symbol.value.clone() };
            let needs = inputs.filter(|symbol| !symbol.value.trim().is_empty()).map(need);
            let needs = if matches!(fit, Fit::Yours(_)) { needs.collect() } else { Vec::new() };
            let question = Question { law: draft.law()?, fit, needs, ..Question::default() };
            Some(format!("./{}", link::address(&question)))
        })
    }
}
