//! Plans that are pinned, in rows under the current one.

use std::sync::Arc;

use leptos::prelude::*;

use super::asked::{asked, asked_once};
use super::browser;
use super::laws::laws;
use super::lean::{Memo, RwSignal, each};
use super::moved::mover;
use super::plan::planned;
use super::quantity_field::focus;
use super::rich::rich;
use super::store::store;
use crate::web::json::string;
use crate::web::link;
use crate::web::pins::{self, Compared, HEADS, LETTERS};
use crate::web::question::Question;
use crate::web::reading::{Plan, fit_of, read_laws};

/// The button that takes back a removal.
const UNDO: &str = "unpin-undo";

/// Pins the plan that is shown, and says why not where it cannot be.
#[component]
pub fn PinButton() -> impl IntoView {
    let (store, planned) = (store(), planned());
    let shown = Memo::new(move || planned.question.with(|question| question.as_ref().map(pins::pin)));
    let said = RwSignal::new(None::<Said>);
    let act = move |_| {
        let Some(pin) = shown.get_untracked() else { return };
        let refused = store.pins.with_untracked(|pins| pins::refusal(pins, &pin));
        if refused.is_none() {
            store.pin(pin.clone());
        }
        let pins = store.pins.get_untracked();
        let says = refused.map_or_else(|| format!("Pinned as {}.", LETTERS[pins.len()]), str::to_owned);
        said.set(Some(Said { says, of: Some(pin), pins }));
    };
    let says = move || {
        let holds = |said: &Said| said.of == shown.get() && store.pins.with(|pins| *pins == said.pins);
        said.get().filter(holds).map_or(String::new(), |said| said.says)
    };
    view! {
        <button type="button" class="act" on:click=act>"Pin this plan"</button>
        <span class="faint" role="status">{move || says()}</span>
    }
}

/// What came of pinning.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    says: String,
    /// Of which plan, beside which pins: it is said as long as they are there.
    of: Option<String>,
    pins: Vec<String>,
}

/// The pin that was removed last.
#[derive(Clone, Debug, PartialEq)]
struct Removed {
    at: usize,
    pin: String,
    /// The others.
    left: Vec<String>,
}

#[component]
pub fn Pins() -> impl IntoView {
    let store = store();
    let removed = RwSignal::new(None::<Removed>);
    provide_context(removed);
    // It can be put back as long as the others are as it left them.
    let gone = move || removed.get().filter(|removed| store.pins.with(|pins| *pins == removed.left));
    let notice = move |Removed { at, pin, .. }: Removed| {
        let undo = move |_| {
            store.act_on_pins(|pins| pins.insert(at, pin.clone()));
            browser::later(0, move || focus(&format!("pin-{at}")));
        };
        view! {
            <p class="echo" role="status">
                {format!("{} was removed. ", LETTERS[at + 1])}
                <button type="button" class="act" id=UNDO on:click=undo>"Undo"</button>
            </p>
        }
        .into_any()
    };
    let is_some = Memo::new(move || store.pins.with(|pins| !pins.is_empty()));
    view! {
        {move || if is_some.get() { view! { <PinTable/> }.into_any() } else { ().into_any() }}
        {move || gone().map(notice)}
    }
}

#[component]
fn PinTable() -> impl IntoView {
    let store = store();
    let current = current();
    provide_context(Current(current));
    let name = move || current.with(|current| current.as_ref().map(|plan| rich(&of(plan))));
    let cell = move |at: usize| {
        let shown = move || current.with(|current| current.as_ref().map(|plan| rich(&plan.shown()[at])));
        view! { <td class="figure">{move || shown()}</td> }.into_any()
    };
    view! {
        <table class="pins">
            <caption>"Pinned plans, and how far they are from A"</caption>
            <thead>
                <tr>
                    <th scope="col">"Plan"</th>
                    {HEADS.map(|head| view! { <th scope="col" class="figure">{head}</th> }.into_any()).collect_view()}
                </tr>
            </thead>
            <tbody>
                <tr class="yours">
                    <th scope="row"><div>{LETTERS[0]} " " <span>{move || name()}</span></div></th>
                    {(0..HEADS.len()).map(cell).collect_view()}
                </tr>
                {each(move || (0..store.pins.with(Vec::len)).collect(), |at| view! { <PinRow at/> }.into_any())}
            </tbody>
        </table>
    }
}

/// The plan that the others stand beside.
#[derive(Clone, Copy)]
struct Current(Memo<Option<Compared>>);

fn of(Compared { question, law, fit, .. }: &Compared) -> String {
    pins::name(question, Some(law), fit.as_ref())
}

fn current() -> Memo<Option<Compared>> {
    let (planned, laws) = (planned(), laws());
    Memo::new(move || {
        let laws = laws.all();
        planned.with(|question, plan| {
            let law = laws.into_iter().find(|law| law.id == question.law)?;
            let fit = fit_of(question, &law);
            Some(Compared { question: question.clone(), plan: plan.clone(), law, fit })
        })?
    })
}

/// A pinned question with its answer and its law, asked of the worker like all else.
fn compared(question: Memo<Option<Question>>) -> Memo<Option<Compared>> {
    let laws = laws();
    let plan = asked(move || {
        let question = question.get()?;
        let allocate = question.allocate()?;
        Some((question, vec![allocate]))
    });
    let known = move |id: &str| laws.all().into_iter().find(|law| law.id == id);
    let other = asked_once(move || {
        let id = question.get()?.law;
        let question = format!(r#"{{"laws":{{"only":[{}]}}}}"#, string(&id));
        known(&id).is_none().then(|| (id, vec![question]))
    });
    Memo::new(move || {
        let question = question.get()?;
        let answer = |about: &Question, answers: &[Arc<str>]| {
            if *about == question { Plan::read(&answers[0]) } else { None }
        };
        let plan = plan.good(answer)??;
        let law = known(&question.law).or_else(|| {
            let laws = |id: &String, answers: &[Arc<str>]| {
                if *id == question.law { read_laws(&answers[0]) } else { Vec::new() }
            };
            other.good(laws)?.into_iter().next()
        })?;
        let fit = fit_of(&question, &law);
        Some(Compared { question, plan, law, fit })
    })
}

#[component]
fn PinRow(at: usize) -> impl IntoView {
    let (store, mover, Current(current)) = (store(), mover(), expect_context());
    let removed: RwSignal<Option<Removed>> = expect_context();
    let question = Memo::new(move || store.pins.with(|pins| Some(link::read(pins.get(at)?).question)));
    let row = compared(question);
    let name = move || {
        let given = || question.with(|question| pins::name(question.as_ref()?, None, None).into());
        row.with(|row| row.as_ref().map(of)).or_else(given).unwrap_or_default()
    };
    let open = move |_| {
        if let Some(question) = question.get_untracked() {
            mover.compare(|now| *now = Question { runs: now.runs.take(), ..question });
        }
    };
    let remove = move |_| {
        let pin = store.pins.with_untracked(|pins| pins[at].clone());
        store.act_on_pins(|pins| _ = pins.remove(at));
        removed.set(Some(Removed { at, pin, left: store.pins.get_untracked() }));
        browser::later(0, || focus(UNDO));
    };
    let cell = move |column: usize| {
        let shown = move || row.with(|row| row.as_ref().map(|row| rich(&row.shown()[column])));
        let beside = move || {
            row.with(|row| {
                current.with(|current| Some(row.as_ref()?.beside(current.as_ref()?)[column].clone()))
            })
        };
        view! { <td class="figure">{move || shown()} " " <span class="faint">{move || beside()}</span></td> }
            .into_any()
    };
    let letter = LETTERS[at + 1];
    view! {
        <tr>
            <th scope="row">
                <div>
                    {letter} " "
                    <button type="button" class="act" id=format!("pin-{at}") on:click=open>{move || rich(&name())}</button>
                    <button type="button" class="close" aria-label=format!("Remove {letter}") on:click=remove>"×"</button>
                </div>
            </th>
            {(0..HEADS.len()).map(cell).collect_view()}
        </tr>
    }
}
