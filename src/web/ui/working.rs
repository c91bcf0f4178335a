//! The working behind a number: formula, values, constants in full, source.

use std::rc::Rc;

use leptos::prelude::*;

use super::copy_button::CopyButton;
use super::formula::{formula, typeset};
use super::laws::laws;
use super::lean::Memo;
use super::provenance::fact;
use super::python_button::{Program, PythonButton};
use super::rich::rich;
use crate::ask::Named;
use crate::units::{Unit, ascii, show};
use crate::web::formula_text::greek;
use crate::web::question::Question;
use crate::web::reading::{FitEntry, LawEntry, Plan};
use crate::web::report::{About, Step};
use crate::web::training::Training;
use crate::web::words::{self, What};

/// Whose working it is.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    law: LawEntry,
    fit: FitEntry,
    question: Question,
    plan: Plan,
}

/// The working of a number of a plan, and the question that it answers.
#[component]
pub fn Working(
    id: &'static str,
    open: Memo<Option<What>>,
    question: Memo<Option<Question>>,
    plan: Memo<Option<Plan>>,
) -> impl IntoView {
    let laws = laws();
    let shown = Memo::new(move || {
        let law = laws.chosen()?;
        Some(Shown { law, fit: laws.fit()?, question: question.get()?, plan: plan.get()? })
    });
    let steps = move || Some(view! { <Steps id what=open.get()? shown=shown.get()?/> }.into_any());
    view! { {move || steps()} }
}

#[component]
fn Steps(id: &'static str, what: What, shown: Shown) -> impl IntoView {
    let Shown { law, fit, question, plan } = shown;
    let rented = question.rented();
    let dollars = words::dollars(&plan, rented.as_ref());
    let number = if let What::Dollars = what {
        dollars.map(|dollars| show(dollars, Unit::Dollars).number())
    } else {
        let cells = words::sentence(question.find, &plan);
        cells.into_iter().find(|cell| cell.what == what).map(|cell| cell.number)
    };
    let found = match what {
        What::Size | What::Tokens | What::Least => words::found(&question, &plan),
        What::Ratio => Some("D / N at the plan".to_owned()),
        What::Loss => Some("L at the N and D of the plan".to_owned()),
        What::Dollars => rented.zip(plan.flops).and_then(|(rented, flops)| words::paid(flops, &rented)),
    };
    let exactly = match what {
        What::Size => plan.size(),
        What::Tokens => plan.tokens(),
        What::Ratio => plan.ratio(),
        What::Loss => plan.value,
        What::Least => plan.least,
        What::Dollars => dollars,
    };
    let (name, number) = (what.name(), number.unwrap_or_default());
    let training = question.training();
    let about =
        About { question, plan, answer: String::new(), spread: None, law: law.clone(), fit: fit.clone() };
    let steps = about.working(what);
    let formulas = steps.iter().flat_map(Step::display).map(typeset).collect_view();
    let equation =
        Some(law.equation()).filter(|equation| !steps.iter().any(|step| step.formula == *equation));
    let by_law = (what != What::Dollars).then(|| view! { <ByLaw equation fit training/> });
    // A typed law has no page.
    let page = (what != What::Dollars && !about.law.id.starts_with('{')).then(|| {
        view! { <a class="act" href=format!("./laws/{}/", about.law.id)>"Open the law"</a> }.into_any()
    });
    let latex = about.working_latex(what);
    let about = Rc::new(about);
    let program = move || {
        let (question, about) = (about.asks_python(), about.clone());
        Some(Program { question, around: Box::new(move |law| about.python(law, "")) })
    };
    view! {
        <section class="working" id=id aria-label="The working">
            <h2>{rich(&format!("{name}, {number}"))}</h2>
            <dl>
                <dt>"Found"</dt>
                <dd>{rich(&found.unwrap_or_default())}</dd>
                {exactly.map(|value| view! { <dt>"In full"</dt> <dd>{ascii(value)}</dd> }.into_any())}
            </dl>
            {formulas}
            {by_law}
            <p class="acts">
                <CopyButton text=Memo::new(move || latex.clone()) name="Copy as LaTeX"/>
                <PythonButton name="Copy as Python" program=Box::new(program)/>
                {page}
            </p>
        </section>
    }
}

/// The law, with the numbers of the fit and where they are from.
#[component]
fn ByLaw(equation: Option<String>, fit: FitEntry, training: Training) -> impl IntoView {
    let constants = fit.values.iter().map(|(name, value)| {
        view! { <var>{greek(name).unwrap_or(name).to_owned()}</var> {format!(" {}  ", ascii(*value))} }
            .into_any()
    });
    let counts = [Some(training.counts().to_owned()), training.says()].into_iter().flatten();
    view! {
        {equation.map(|equation| formula(&equation, &Named::default()))}
         <dl>
            <dt>"Constants"</dt>
            <dd>{constants.collect_view()}</dd>
            {fit.facts().into_iter().map(fact).collect_view()}
            <dt>"C means"</dt>
            <dd>{counts.collect::<Vec<_>>().join(": ")}</dd>
        </dl>
    }
}
