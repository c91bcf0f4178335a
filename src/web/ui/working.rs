//! The working behind a number: formula, values, constants in full, source.

use leptos::prelude::*;

use super::copy_button::CopyButton;
use super::laws::laws;
use super::plan::{Planned, planned};
use super::rich::rich;
use crate::ask::Named;
use crate::units::{Unit, ascii, show};
use crate::web::formula_text::{Part, greek, parts, python};
use crate::web::reading::{FitEntry, LawEntry, Plan};
use crate::web::words::{self, What};

/// Whose working it is.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    law: LawEntry,
    fit: FitEntry,
    plan: Plan,
}

#[component]
pub fn Working(open: RwSignal<Option<What>>) -> impl IntoView {
    let (planned, laws) = (planned(), laws());
    let shown = Memo::new(move |_| {
        let law = laws.chosen()?;
        Some(Shown { law, fit: laws.fit()?, plan: planned.plan.get()? })
    });
    move || Some(view! { <Steps what=open.get()? shown=shown.get()? planned/> })
}

#[component]
fn Steps(what: What, shown: Shown, planned: Planned) -> impl IntoView {
    let Shown { law, fit, plan } = shown;
    let cells = words::sentence(&plan);
    let number =
        cells.iter().find(|cell| cell.what == what).map(|cell| cell.number.clone()).unwrap_or_default();
    let formula = move |formula: &str, values| {
        view! { <p class="formula" tabindex="0" role="group" aria-label="Formula">{set(&parts(formula, values))}</p> }
    };
    let none = Named::default();
    let budget = planned.question.with_untracked(|question| {
        question
            .as_ref()
            .and_then(|question| question.budget().ok())
            .map(|read| show(read.value, Unit::Flops))
    });
    let found = match what {
        What::Size | What::Tokens => {
            let budget = budget.map_or("the budget".to_owned(), |budget| budget.to_string());
            format!("by the solver: the N and D of lowest L with 6 N D within {budget}")
        }
        What::Ratio => "D / N at the plan".to_owned(),
        What::Loss => "L at the N and D of the plan".to_owned(),
    };
    let exactly = match what {
        What::Size => plan.size(),
        What::Tokens => plan.tokens(),
        What::Ratio => plan.ratio(),
        What::Loss => plan.value,
    };
    let constants = fit.values.iter().map(|(name, value)| {
        view! { <var>{greek(name).unwrap_or(name).to_owned()}</var> {format!(" {}  ", ascii(*value))} }
    });
    let code = code(&law, &fit, &plan);
    view! {
        <section class="working" id="working" aria-label="The working">
            <h3>{rich(&format!("{}, {number}", what.name()))}</h3>
            {formula(&law.formula, &none)}
            {formula(&law.formula, &fit.values)}
            <dl>
                <dt>"Found"</dt>
                <dd>{rich(&found)}</dd>
                {exactly.map(|value| view! { <dt>"In full"</dt> <dd>{ascii(value)}</dd> })}
                <dt>"Constants"</dt>
                <dd>{constants.collect_view()}</dd>
                {fit.facts().into_iter().map(|(name, says)| view! { <dt>{name}</dt> <dd>{says}</dd> }).collect_view()}
                <dt>"C means"</dt>
                <dd>"6 N D"</dd>
            </dl>
            <p class="acts">
                <CopyButton text=Signal::derive(move || code.clone()) name="Copy as Python"/>
            </p>
        </section>
    }
}

/// The parts of a formula as they are set.
fn set(parts: &[Part]) -> AnyView {
    let part = |part: &Part| match part {
        Part::Name(name) if name.chars().count() == 1 => view! { <var>{name.clone()}</var> }.into_any(),
        Part::Name(text) => text.clone().into_any(),
        Part::Sign(text) => rich(text),
        Part::Raised(parts) => view! { <sup>{set(parts)}</sup> }.into_any(),
    };
    parts.iter().map(part).collect_view().into_any()
}

/// A program that computes the loss of the plan.
fn code(law: &LawEntry, fit: &FitEntry, plan: &Plan) -> String {
    let line = |(name, value): (&str, &f64)| format!("{name} = {value:?}\n");
    let constants: String = fit.values.iter().map(line).collect();
    let point: String = plan.at.iter().map(line).collect();
    format!("# {}, {}\n{constants}{point}print({})\n", law.name, fit.name, python(&law.formula))
}
