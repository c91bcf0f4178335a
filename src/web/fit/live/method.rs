//! Law and method: what is fitted, and how.

use leptos::prelude::*;

use super::fitting::fitting;
use super::laws::laws;
use super::shown::rows;
use super::state::state;
use super::text_field::TextField;
use crate::web::fit::outcome::letter;
use crate::web::fit::study::{Measure, Resampling, Study, TYPED};
use crate::web::ui::choice_field::{Choice, ChoiceField};
use crate::web::ui::lean::Memo;

#[component]
pub fn MethodSection() -> impl IntoView {
    let (state, laws) = (state(), laws());
    let is_typed = Memo::new(move || state.study.with(|study| study.law == TYPED));
    let huber = Memo::new(move || state.study.with(|study| study.measure == Measure::Huber));
    let nothing = Memo::new(|| None::<String>);
    let chosen = Memo::new(move || state.study.with(|study| study.law.clone()));
    let measure = Memo::new(move || state.study.with(|study| study.measure.key().to_owned()));
    let of = Memo::new(move || state.study.with(|study| if study.raw { "raw" } else { "log" }.to_owned()));
    let measures = Memo::new(|| Measure::ALL.map(|kind| Choice::new(kind.key(), kind.name())).to_vec());
    let scales = Memo::new(|| {
        vec![Choice::new("log", "the logarithm of the loss"), Choice::new("raw", "the loss itself")]
    });
    let choose_measure = move |key: String| {
        let kind = Measure::ALL.into_iter().find(|kind| kind.key() == key).unwrap_or_default();
        state.choose(|study| study.measure = kind);
    };
    view! {
        <section class="method" id="method" aria-labelledby="method-title" tabindex="-1">
            <h2 id="method-title">"Law and method"</h2>
            <div class="choices">
                <div class="wide">
                    <ChoiceField
                        id="law"
                        name="Law"
                        choices=laws.choices
                        chosen
                        choose=move |law: String| state.choose(|study| study.choose_law(law))
                        beside=view! { <a class="act" href="laws/">"All laws"</a> }.into_any()
                        complaint=Memo::new(move || laws.refusal())
                    />
                </div>
                {move || is_typed.get().then(|| view! { <FormulaField/> }.into_any())}
                <ChoiceField id="loss" name="Minimise" choices=measures chosen=measure choose=choose_measure complaint=nothing/>
                <ChoiceField
                    id="of"
                    name="Residuals of"
                    choices=scales
                    chosen=of
                    choose=move |of: String| state.choose(|study| study.raw = of == "raw")
                    complaint=nothing
                />
                {move || huber.get().then(|| view! {
                    <TextField
                        id="delta".to_owned()
                        name="Threshold δ".to_owned()
                        text=|study: Study| study.delta
                        write=move |(text,): (String,)| state.write(|study| study.delta = text)
                        wrong=|study: Study| study.delta().err()
                    />
                }.into_any())}
                <TextField
                    id="over".to_owned()
                    name="Weight of over-prediction".to_owned()
                    text=|study: Study| study.over
                    write=move |(text,): (String,)| state.write(|study| study.over = text)
                    wrong=|study: Study| study.over().err()
                />
                <TextField
                    id="ties".to_owned()
                    name="Tied parameters".to_owned()
                    placeholder="alpha = beta"
                    text=|study: Study| study.ties
                    write=move |(text,): (String,)| state.write(|study| study.ties = text)
                    wrong=|study: Study| study.ties().err()
                />
            </div>
            <Fixed/>
            <Drawn/>
        </section>
    }
}

#[component]
fn FormulaField() -> impl IntoView {
    let (state, laws) = (state(), laws());
    let says = move || {
        laws.mistake.with(|mistake| {
            mistake.as_ref().map(|mistake| crate::web::words::sentence_case(&mistake.sentence()))
        })
    };
    view! {
        <div class="field wide">
            <div class="name">
                <label for="formula">"Formula"</label>
                <a class="act" href="laws/new/">"The language"</a>
            </div>
            <textarea
                id="formula"
                rows="3"
                spellcheck="false"
                autocomplete="off"
                autocapitalize="off"
                aria-invalid=move || says().map(|_| "true".to_owned())
                aria-describedby="formula-echo"
                prop:value=move || state.study.with(|study| study.formula.clone())
                on:input=move |event| state.write(|study| study.formula = event_target_value(&event))
            ></textarea>
            <p class="echo bad" id="formula-echo" aria-live="polite">{move || says().unwrap_or_default()}</p>
        </div>
    }
}

/// Values that are not fitted.
#[component]
fn Fixed() -> impl IntoView {
    let (state, laws, fitting) = (state(), laws(), fitting());
    // Families have members that only the fit knows.
    let names = Memo::new(move || {
        let law = state.study.with(|study| study.law.clone());
        let fitted = fitting.result.with(|done| {
            let done = done.as_ref().filter(|done| done.study.law == law && law != TYPED)?;
            Some(done.outcome.fitted.parameters.names().map(str::to_owned).collect::<Vec<_>>())
        });
        let known = laws.chosen.with(|law| law.as_ref().map(|law| law.parameters.clone()));
        fitted.or(known).unwrap_or_default()
    });
    let field = move |name: String| {
        let (read, written, checked) = (name.clone(), name.clone(), name.clone());
        view! {
            <TextField
                id=format!("fix-{name}")
                name=letter(&name)
                placeholder="free"
                text=move |study: Study| study.fixed_at(&read).to_owned()
                write=move |(text,): (String,)| state.write(|study| study.fix(&written, text))
                wrong=move |study: Study| study.held(&checked).err()
            />
        }
        .into_any()
    };
    let several = Memo::new(move || {
        let held =
            state.study.with(|study| study.fixed.iter().filter(|(_, text)| !text.trim().is_empty()).count());
        if held == 0 {
            "Fixed or bounded parameters".to_owned()
        } else {
            format!("Fixed or bounded parameters, {held}")
        }
    });
    view! {
        <details class="fixed" open=state.study.with_untracked(|study| study.fixed.iter().any(|(_, text)| !text.is_empty()))>
            <summary>{move || several.get()}</summary>
            <p class="echo">"A number holds a parameter there; two, such as 0.2 to 0.6, bound it."</p>
            <div class="choices">{move || names.get().into_iter().map(field).collect_view().into_any()}</div>
        </details>
    }
}

/// The draws of the bootstrap.
#[component]
fn Drawn() -> impl IntoView {
    let state = state();
    let rows = rows();
    let kinds = Memo::new(|| Resampling::ALL.map(|kind| Choice::new(kind.key(), kind.name())).to_vec());
    let chosen = Memo::new(move || state.study.with(|study| study.resampling.key().to_owned()));
    let choose = move |key: String| {
        let kind = Resampling::ALL.into_iter().find(|kind| kind.key() == key).unwrap_or_default();
        state.choose(|study| study.resampling = kind);
    };
    let complaint = Memo::new(move || {
        let grouped = rows.with(|rows| rows.as_ref().is_none_or(|rows| rows.columns.grouped));
        let needed = state.study.with(|study| study.resampling == Resampling::Groups);
        (needed && !grouped)
            .then(|| "Expected a column that says which run a row belongs to: choose one as Run.".to_owned())
    });
    view! {
        <div class="choices drawn">
            <ChoiceField id="resample" name="Draw anew" choices=kinds chosen choose complaint/>
            <TextField
                id="draws".to_owned()
                name="Draws".to_owned()
                text=|study: Study| study.draws
                write=move |(text,): (String,)| state.write(|study| study.draws = text)
                wrong=|study: Study| study.draws().err()
            />
            <TextField
                id="seed".to_owned()
                name="Seed".to_owned()
                text=|study: Study| study.seed
                write=move |(text,): (String,)| state.write(|study| study.seed = text)
                wrong=|study: Study| study.seed().err()
            />
        </div>
    }
}
