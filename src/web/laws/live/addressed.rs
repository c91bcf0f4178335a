//! The evaluator of a law and its address: what it opens with, and where what stands in it is written.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::trial::Outcome;
use crate::web::laws::address::Asked;
use crate::web::laws::evaluation::Evaluation;
use crate::web::laws::members::{self, Change, Lists};
use crate::web::reading::LawEntry;
use crate::web::report::{Evaluated, Form};
use crate::web::ui::address;
use crate::web::ui::browser::{self, Place};
use crate::web::ui::lean::{Memo, effect};
use crate::web::ui::mishaps::mishaps;
use crate::web::ui::place::{served_text, typed_ahead};
use crate::web::ui::share::{self, Around, Shared};

/// The address follows what is typed after this pause, in milliseconds: browsers take so many changes and no more.
const PAUSE: i32 = 250;

/// The name under which it is kept for the tab what was typed: the address that stood over it, and on the next line its own.
const TYPED: &str = "isoflop.evaluated";

/// The page of a law.
#[derive(Clone)]
pub struct Page {
    /// The law.
    pub law: Arc<LawEntry>,
    /// What its evaluator has in the document.
    pub usual: Asked,
    /// The query of what its address says.
    pub said: String,
    /// Where the law stands.
    pub source: String,
}

/// What the evaluator of a law opens with.
pub struct Opened {
    /// What the document has.
    pub usual: Asked,
    /// The query of what the address says.
    pub said: String,
    /// What the address says, and what was typed before the program was there.
    pub asked: Asked,
    /// The members, as typed.
    pub lists: Lists,
}

/// Reads the document, the address, and what was typed by now.
pub fn opened(law: &LawEntry) -> Opened {
    let served = members::opening(members::groups_of(&law.formula).len());
    // What stands in the fields is of the members that the document opens with, whatever they are called by now.
    let open = members::opened(law, &served);
    let usual = Asked {
        evaluation: Evaluation::opening(&open, |name| served_text(&field(name))),
        members: served,
        over: served_text("over"),
    };
    let (mut asked, damaged) = Asked::open(&newest(), law, &usual);
    mishaps().trouble.update(|trouble| trouble.damaged.extend(damaged));
    let said = Asked::open(&address::query(), law, &usual).0.query(law, &usual);
    let lists = typed_members(&asked, &usual);
    take_typed(&mut asked, law, &open);
    Opened { usual, said, asked, lists }
}

/// What was typed under the address that stands, where the page is loaded again before that had it; else the address.
fn newest() -> String {
    let kept = browser::kept(Place::Tab, TYPED).filter(|_| browser::is_reload());
    let kept = kept.and_then(|kept| Some(kept.strip_prefix(&standing())?.strip_prefix('\n')?.to_owned()));
    kept.unwrap_or_else(address::query)
}

/// The page and what its address says.
fn standing() -> String {
    address::folder() + &address::query()
}

fn field(name: &str) -> String {
    format!("at-{name}")
}

/// The members, with those that were typed where the address has no others.
fn typed_members(asked: &Asked, usual: &Asked) -> Lists {
    let mut lists = Lists::new(asked.members.clone());
    for (group, list) in usual.members.iter().enumerate() {
        for at in (0..list.len()).filter(|_| asked.members.get(group) == Some(list)) {
            if let Some(name) = typed_ahead(&format!("member-{group}-{at}")) {
                lists.change(group, &Change::Name(at, name));
            }
        }
    }
    lists
}

/// Takes what was typed and chosen: it is newer than the address.
fn take_typed(asked: &mut Asked, law: &LawEntry, served: &LawEntry) {
    let now = members::opened(law, &asked.members);
    let place = |name: &String| now.inputs.iter().position(|input| input.name == *name);
    for name in served.inputs.iter().map(|input| &input.name) {
        if let Some((at, text)) = place(name).zip(typed_ahead(&field(name))) {
            asked.evaluation.at[at] = text;
        }
    }
    let place = |name: &String| now.parameters.iter().position(|known| known == name);
    for name in &served.parameters {
        if let Some((at, text)) = place(name).zip(typed_ahead(&field(name))) {
            asked.evaluation.values[at] = text;
        }
    }
    if let Some(fit) = typed_ahead("fit").filter(|fit| law.fit(fit).is_some()) {
        asked.evaluation.fit = fit;
    }
    if let Some(over) = typed_ahead("over") {
        asked.over = over;
    }
}

/// Writes what stands in the evaluator into the address whenever it changes, and shares it.
pub fn follow(page: Page, asked: Memo<Asked>, outcome: Outcome) {
    let Page { law, usual, said, source } = page;
    let page = StoredValue::new((law, usual));
    let query =
        Memo::new(move || page.with_value(|(law, usual)| asked.with(|asked| asked.query(law, usual))));
    let stands = move || {
        page.with_value(|(law, usual)| Asked::open(&address::query(), law, usual).0.query(law, usual))
    };
    let waits = StoredValue::new(false);
    let write = move || {
        waits.set_value(false);
        // A place in the page stays.
        let place = window().location().hash().unwrap_or_default();
        address::replace(&(query.get_untracked() + &place), &JsValue::NULL);
    };
    let later = browser::settled(PAUSE, write);
    // An address that says as much stays as it is, whoever made it.
    let mut written = said;
    effect(move || {
        let query = query.get();
        if query != written {
            browser::keep(Place::Tab, TYPED, Some(&format!("{}\n{query}", standing())));
            written = query;
            waits.set_value(true);
            later();
        }
    });
    window_event_listener(leptos::ev::pagehide, move |_| {
        if waits.get_value() {
            write();
        }
    });
    // An earlier place in the page has the address of its time; the fields stay as they are.
    window_event_listener(leptos::ev::popstate, move |_| {
        if query.get_untracked() != stands() {
            write();
        }
    });
    share::offer(move || shared(query.get(), outcome.report(source.clone())));
}

/// What is shared of an evaluated law.
pub fn shared(address: String, report: Option<Evaluated>) -> Shared {
    let report = report.map(Rc::new);
    let program = |report: &Rc<Evaluated>| {
        let (question, report) = (report.asks_python(), report.clone());
        let around: Around = Box::new(move |law, link| report.python(law, link));
        (question, around)
    };
    Shared {
        address,
        with_runs: None,
        python: report.as_ref().map(program),
        texts: Box::new(move |link| {
            let all = |report: &Rc<Evaluated>| {
                Form::ALL.map(|form| (form.name(), report.text(form, link))).to_vec()
            };
            report.as_ref().map(all).unwrap_or_default()
        }),
    }
}
