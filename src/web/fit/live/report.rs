//! The report: a text in one of its forms, to copy.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::decision::decision_rows;
use super::drawing::drawing;
use super::fitting::fitting;
use super::laws::laws;
use super::shown::shown;
use super::state::state;
use crate::ask::Named;
use crate::web::fit::report::{About, Counted, Form, asks_python};
use crate::web::fit::study::{Study, whole};
use crate::web::json::Json;
use crate::web::report::python::answered;
use crate::web::ui::asked::asked_once;
use crate::web::ui::copy_button::CopyButton;
use crate::web::ui::lean::{Memo, RwSignal};
use crate::web::ui::quantity_field::focus;

#[component]
pub fn ReportSection() -> impl IntoView {
    let (state, fitting, drawing, shown, laws) = (state(), fitting(), drawing(), shown(), laws());
    let form = RwSignal::new(0_usize);
    let written = asked_once(move || {
        let done = fitting.result.get().filter(|_| Form::ALL[form.get()] == Form::Python)?;
        let question = asks_python(&done.law, &done.outcome);
        Some((question.clone(), vec![question]))
    });
    let about = Memo::new(move || {
        let done = fitting.result.get()?;
        let asked = asks_python(&done.law, &done.outcome);
        let in_python = written.good(|about, answers| (*about == asked).then(|| answered(&answers[0])));
        let decision = decision_rows(shown);
        let fitted_on = reach(&done.outcome.text);
        // The draws are of what is chosen about them now.
        let now = state.study.get();
        let seed = if whole(&now.seed, "").is_ok() { now.seed } else { done.study.seed.clone() };
        // The paper is that of the law that was fitted.
        let bibtex = if now.law == done.study.law { laws.bibtex.get() } else { String::new() };
        Some(About {
            study: Study { resampling: now.resampling, seed, ..done.study },
            law: done.law,
            outcome: done.outcome,
            draws: drawing.own.get().map(|draws| (*draws).clone()),
            decision,
            fitted_on,
            runs: Counted {
                losses: done.rows.losses,
                sizes: done.rows.sizes,
                unreadable: done.rows.unreadable,
            },
            derived: shown.derived.get(),
            bibtex,
            in_python: in_python.flatten().flatten().unwrap_or_default(),
        })
    });
    let text = Memo::new(move || {
        about.with(|about| about.as_ref().map(|about| about.text(Form::ALL[form.get()]))).unwrap_or_default()
    });
    let any = Memo::new(move || about.with(Option::is_some));
    let keys = move |event: KeyboardEvent| {
        let (at, last) = (form.get_untracked(), Form::ALL.len() - 1);
        let to = match &*event.key() {
            "ArrowRight" => {
                if at == last {
                    0
                } else {
                    at + 1
                }
            }
            "ArrowLeft" => {
                if at == 0 {
                    last
                } else {
                    at - 1
                }
            }
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        form.set(to);
        focus(&format!("report-{to}"));
    };
    let tab = move |at: usize| {
        view! {
            <button
                type="button"
                role="tab"
                id=format!("report-{at}")
                aria-controls="report-text"
                aria-selected=move || (form.get() == at).to_string()
                tabindex=move || if form.get() == at { "0" } else { "-1" }
                on:click=move |_| form.set(at)
            >
                {Form::ALL[at].name()}
            </button>
        }
        .into_any()
    };
    let tabs = move || (0..Form::ALL.len()).map(tab).collect_view();
    let section = move || {
        view! {
            <section class="report" aria-labelledby="report-title">
                <h2 id="report-title" class="unseen">"Report"</h2>
                <div class="tabs">
                    <div role="tablist" aria-label="Form of the report" on:keydown=keys>{tabs()}</div>
                    <CopyButton text name="Copy"/>
                </div>
                <pre
                    id="report-text"
                    role="tabpanel"
                    tabindex="0"
                    aria-labelledby=move || format!("report-{}", form.get())
                >
                    {move || text.get()}
                </pre>
            </section>
        }
        .into_any()
    };
    view! { {move || any.get().then(|| section())} }
}

/// From where to where the runs behind a fit reach, by variable.
fn reach(fit: &str) -> Named<[f64; 2]> {
    let ranges = Json::read(fit).and_then(|fit| fit.get("fitted_on")).map(Json::members).unwrap_or_default();
    let range = |(name, range): (&str, &Json<'_>)| match range.items().as_slice() {
        [low, high] => Some((name.to_owned(), [low.number()?, high.number()?])),
        _ => None,
    };
    Named(ranges.iter().filter_map(range).collect())
}
