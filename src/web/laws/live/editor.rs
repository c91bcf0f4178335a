//! Types a law: text on one side, how it is read on the other.

use crate::web::ui::place::{self, field_text, find, typed_ahead};
use leptos::prelude::*;

use super::addressed::shared;
use super::curve::CurveFigure;
use super::drafting::{self, Drafting};
use super::members::MemberLists;
use super::symbols::Symbols;
use super::tables::Tables;
use super::trial::{Outcome, Said, outcome};
use crate::web::laws::draft::{self, Draft, Mistake};
use crate::web::laws::members::Change;
use crate::web::maths;
use crate::web::ui::lean::{Memo, RwSignal};
use crate::web::ui::share;

/// Fills the editor, if this is its page.
pub fn fill() {
    if let Some(section) = find("#editor") {
        let is_typed = ["name", "formula"].into_iter().any(|field| typed_ahead(field).is_some());
        let ahead = is_typed.then(|| Draft { name: field_text("name"), ..Draft::of(&field_text("formula")) });
        place::inside(section, move || view! { <Editor ahead/> }.into_any());
    }
}

#[component]
fn Editor(
    /// The law that was typed before the program was there.
    ahead: Option<Draft>,
) -> impl IntoView {
    let drafting = drafting::provide(ahead);
    let tried = Memo::new(move || drafting.trial());
    let outcome = outcome(tried);
    share::offer(move || shared(drafting.address(), outcome.report(String::new())));
    let mistake = Memo::new(move || drafting.mistake().or_else(|| outcome.mistake()));
    let over = RwSignal::new(String::new());
    let drawn = Memo::new(move || outcome.has_answered());
    let groups = Memo::new(move || drafting.groups.get());
    let lists = Memo::new(move || drafting.draft.with(|draft| draft.members.clone()));
    let change = move |(group, change): (usize, Change)| drafting.change_members(group, &change);
    let said = Memo::new(move || drawn.get() || outcome.refusal().is_some());
    view! {
        <div class="typing">
            <Name drafting/>
            <FormulaField drafting mistake/>
            <Tables/>
            <MemberLists groups lists change/>
            <Symbols/>
            <Acts drafting/>
        </div>
        <div class="read">
            <Rendering drafting mistake/>
            <section class="evaluate" aria-labelledby="evaluate-title">
                <h2 id="evaluate-title">"Evaluate"</h2>
                <Hint drafting outcome/>
                {move || said.get().then(|| view! { <Said outcome/> }.into_any())}
                {move || drawn.get().then(|| view! { <CurveFigure tried outcome over/> }.into_any())}
            </section>
        </div>
    }
}

#[component]
fn Name(drafting: Drafting) -> impl IntoView {
    let write = move |event| drafting.draft.update(|draft| draft.name = event_target_value(&event));
    view! {
        <div class="field">
            <div class="name"><label for="name">"Name"</label></div>
            <input
                type="text"
                id="name"
                autocomplete="off"
                prop:value=move || drafting.draft.with(|draft| draft.name.clone())
                on:input=write
            />
        </div>
    }
}

#[component]
fn FormulaField(drafting: Drafting, mistake: Memo<Option<Mistake>>) -> impl IntoView {
    let read = drafting.reader();
    let write = move |event| {
        drafting.typed.set(event_target_value(&event));
        read();
    };
    let wrong = move || mistake.with(|mistake| mistake.as_ref().map(|_| "true".to_owned()));
    view! {
        <div class="field">
            <div class="name">
                <label for="formula">"Formula"</label>
                <span class="faint" id="formula-hint">"+ − * / ^, exp ln log10 sqrt min max, sum(i: h[i]), interp(T, x), one definition a line"</span>
            </div>
            <textarea
                id="formula"
                rows="5"
                aria-invalid=wrong
                aria-describedby="formula-hint mistake"
                spellcheck="false"
                autocomplete="off"
                autocapitalize="off"
                prop:value=move || drafting.typed.get()
                on:input=write
            ></textarea>
            <div class="mistake" id="mistake" aria-live="polite">{move || mistake.get().map(pointed)}</div>
        </div>
    }
}

/// The line again, with a caret below the mistake.
fn pointed(mistake: Mistake) -> AnyView {
    let says = mistake.sentence();
    let line = mistake.line.map(|_| {
        view! {
            <pre aria-hidden="true">{mistake.text.clone()} "\n" {mistake.indent()} <b class="bad">"^"</b></pre>
        }
        .into_any()
    });
    view! { {line} <p class="bad">{says}</p> }.into_any()
}

/// How the formula is read: the last version without a mistake stays.
#[component]
fn Rendering(drafting: Drafting, mistake: Memo<Option<Mistake>>) -> impl IntoView {
    let title = move || {
        if mistake.with(Option::is_some) { "As it was last read" } else { "As it is read" }.to_owned()
    };
    let math = move || {
        drafting
            .good
            .with(|formula| maths::display(&maths::equation(&[&draft::output(formula)], formula), &[]))
    };
    let nothing = move || drafting.good.with(String::is_empty);
    view! {
        <h2>{move || title()}</h2>
        <div class="formula" tabindex="0" role="group" aria-label="The law" hidden=nothing inner_html=math></div>
        <p class="quiet" hidden=move || !nothing()>"Nothing has been read yet."</p>
    }
}

/// What is missing for a value.
#[component]
fn Hint(drafting: Drafting, outcome: Outcome) -> impl IntoView {
    let missing = move || {
        let empty = |draft: &draft::Draft| draft.valued().any(|symbol| symbol.value.trim().is_empty());
        let told = outcome.prediction().is_some();
        let waits = drafting.draft.with(empty);
        (waits && !told).then_some("Give every name a value to evaluate it, or fit it to your runs.")
    };
    view! { {move || missing().map(|says| view! { <p class="quiet">{says}</p> }.into_any())} }
}

#[component]
fn Acts(drafting: Drafting) -> impl IntoView {
    let said = drafting.said;
    let keep = move |_| said.set(drafting.keep());
    let address = Memo::new(move || drafting.plan_address());
    let plans = move || drafting.draft.with(|draft| draft.plans() && draft.values().is_some());
    let fit = Memo::new(move || drafting.fit_address());
    view! {
        <p class="buttons">
            <button type="button" class="button main" aria-describedby="kept-echo" on:click=keep>"Keep this law"</button>
            <a class="button" href=move || fit.get()>"Fit to my runs"</a>
            <a class="button" href=move || address.get() hidden=move || !plans()>"Use in Plan"</a>
        </p>
        <p
            class="echo"
            class:bad=move || said.with(Result::is_err)
            id="kept-echo"
            role="status"
        >
            {move || match said.get() {
                Ok(text) | Err(text) => text,
            }}
        </p>
    }
}
