//! The answer: a sentence of four numbers, what to know about it, and what can be done with it.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::browser;
use super::caveats::Caveats;
use super::cell::{self, CellView};
use super::copy_button::CopyButton;
use super::evidence::evidence;
use super::lean::{Memo, RwSignal, effect};
use super::moved::Moved;
use super::pins::PinButton;
use super::plan::planned;
use super::rich::rich;
use super::store::store;
use super::unreachable::Unreachable;
use super::working::Working;
use crate::web::words::{self, What};

/// What stands in the place of an answer where there never was one.
const NONE: &str = "There is no plan for this question yet.";

/// What stands beside an answer while the question cannot be asked.
const LAST: &str = "This is still the answer to the last question that could be read.";

/// A new answer is read out after this pause, in milliseconds.
const ALOUD_PAUSE: i32 = 600;

#[component]
pub fn Answer() -> impl IntoView {
    let planned = planned();
    let open = RwSignal::new(None::<What>);
    let store = store();
    let lead = Memo::new(move || {
        let unread = || {
            planned.asked.refusal.with(Option::is_some)
                || store.with(|question| question.allocate().is_none())
        };
        let lead = planned.with(|question, plan| words::headline(question, plan)).flatten();
        lead.or_else(|| (planned.plan.with(Option::is_none) && unread()).then(|| NONE.to_owned()))
    });
    let sentence = Memo::new(move || planned.with(|question, plan| words::sentence(question.find, plan)));
    let unreadable = Memo::new(move || {
        planned.plan.with(Option::is_some)
            && planned.behind.get()
            && store.with(|question| question.allocate().is_none())
    });
    let none = planned.none();
    let nothing_to_do = move || none.get() || lead.with(|lead| lead.as_deref() == Some(NONE));
    let spread = evidence().spread;
    let cells = (0..4).map(move |at| {
        let cell = Memo::new(move || sentence.with(|cells| cells.as_ref().map(|cells| cells[at].clone())));
        let interval = Memo::new(move || {
            let what = cell.with(|cell| cell.as_ref().map(|cell| cell.what))?;
            let find = planned.question.with(|question| question.as_ref().map(|question| question.find))?;
            spread.with(|spread| words::interval(find, what, spread.as_ref()?))
        });
        view! { <CellView cell interval open/> }.into_any()
    });
    let close = move |event: KeyboardEvent| {
        if event.key() == "Escape"
            && let Some(what) = open.get_untracked()
        {
            open.set(None);
            cell_button(what).map(|button| button.focus());
        }
    };
    let toggle = move |_| open.update(|open| *open = if open.is_some() { None } else { Some(What::Size) });
    let text = move || planned.text.get().map_or(String::new(), |text| text.to_string());
    view! {
        <section
            class="answer"
            class:behind=move || planned.behind.get()
            id="answer"
            aria-label="Answer"
            tabindex="-1"
            on:keydown=close
        >
            <h1 class="lead">{move || lead.with(|lead| rich(lead.as_deref().unwrap_or_default()))}</h1>
            <p class="sentence" hidden=move || none.get()>{cells.collect_view()}</p>
            {move || unreadable.get().then(|| view! { <div class="caveats"><p>{LAST}</p></div> }.into_any())}
            <Working id="working" open=Memo::new(move || open.get()) question=planned.question plan=planned.plan/>
            <Caveats/>
            <Unreachable/>
            <Moved/>
            <p class="acts" hidden=nothing_to_do>
                <button type="button" class="act" on:click=toggle>
                    {move || if open.get().is_some() { "Hide the working" } else { "Show the working" }.to_owned()}
                </button>
                <CopyButton text=Memo::new(text) name="Copy the answer"/>
                <PinButton/>
            </p>
            <Aloud/>
        </section>
    }
}

fn cell_button(what: What) -> Option<web_sys::HtmlElement> {
    document().get_element_by_id(cell::id(what))?.dyn_into().ok()
}

/// The answer as one sentence, for who listens while asking.
#[component]
fn Aloud() -> impl IntoView {
    let planned = planned();
    let said = RwSignal::new(String::new());
    let say = browser::settled(ALOUD_PAUSE, move || {
        let asking = document().query_selector(".question :focus").ok().flatten().is_some();
        let sentence = planned.question.with_untracked(|question| {
            planned.plan.with_untracked(|plan| words::aloud(question.as_ref()?, plan.as_ref()?))
        });
        if asking {
            said.set(sentence.unwrap_or_default());
        }
    });
    effect(move || {
        planned.text.track();
        say();
    });
    view! { <span class="unseen" aria-live="polite">{move || said.get()}</span> }
}
