//! The working behind a number: formula, values, constants in full, source.

use leptos::prelude::*;

use super::copy_button::CopyButton;
use super::formula::formula;
use super::laws::laws;
use super::lean::{Memo, RwSignal};
use super::plan::{Planned, planned};
use super::provenance::fact;
use super::rich::rich;
use crate::ask::Named;
use crate::units::ascii;
use crate::web::formula_text::{greek, python};
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
    let shown = Memo::new(move || {
        let law = laws.chosen()?;
        Some(Shown { law, fit: laws.fit()?, plan: planned.plan.get()? })
    });
    let steps = move || Some(view! { <Steps what=open.get()? shown=shown.get()? planned/> }.into_any());
    view! { {move || steps()} }
}

#[component]
fn Steps(what: What, shown: Shown, planned: Planned) -> impl IntoView {
    let Shown { law, fit, plan } = shown;
    let asked = planned.question.get_untracked();
    let cells = words::sentence(asked.as_ref().map(|asked| asked.find).unwrap_or_default(), &plan);
    let number =
        cells.iter().find(|cell| cell.what == what).map(|cell| cell.number.clone()).unwrap_or_default();
    let none = Named::default();
    let solved = asked.as_ref().and_then(words::found).unwrap_or_default();
    let found = match what {
        What::Size | What::Tokens | What::Least => solved,
        What::Ratio => "D / N at the plan".to_owned(),
        What::Loss => "L at the N and D of the plan".to_owned(),
    };
    let exactly = match what {
        What::Size => plan.size(),
        What::Tokens => plan.tokens(),
        What::Ratio => plan.ratio(),
        What::Loss => plan.value,
        What::Least => plan.least,
    };
    let constants = fit.values.iter().map(|(name, value)| {
        view! { <var>{greek(name).unwrap_or(name).to_owned()}</var> {format!(" {}  ", ascii(*value))} }
            .into_any()
    });
    let code = code(&law, &fit, &plan);
    view! {
        <section class="working" id="working" aria-label="The working">
            <h2>{rich(&format!("{}, {number}", what.name()))}</h2>
            {formula(&law.equation(), &none)}
            {formula(&law.equation(), &fit.values)}
            <dl>
                <dt>"Found"</dt>
                <dd>{rich(&found)}</dd>
                {exactly.map(|value| view! { <dt>"In full"</dt> <dd>{ascii(value)}</dd> }.into_any())}
                <dt>"Constants"</dt>
                <dd>{constants.collect_view()}</dd>
                {fit.facts().into_iter().map(fact).collect_view()}
                <dt>"C means"</dt>
                <dd>"6 N D"</dd>
            </dl>
            <p class="acts">
                <CopyButton text=Memo::new(move || code.clone()) name="Copy as Python"/>
            </p>
        </section>
    }
}

/// A program that computes the loss of the plan.
fn code(law: &LawEntry, fit: &FitEntry, plan: &Plan) -> String {
    let line = |(name, value): (&str, &f64)| format!("{name} = {value:?}\n");
    let constants: String = fit.values.iter().map(line).collect();
    let point: String = plan.at.iter().map(line).collect();
    format!("# {}, {}\n{constants}{point}print({})\n", law.name, fit.name, python(&law.formula))
}
