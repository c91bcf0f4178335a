//! The evaluator of a law, in the place of its likeness in the document.

use std::sync::Arc;

use leptos::prelude::*;

use super::curve::CurveFigure;
use super::place::{self, field_text, find};
use super::trial::{Said, Trial, outcome};
use crate::units::{Read, UnitError};
use crate::web::evaluator;
use crate::web::laws::evaluation::Evaluation;
use crate::web::maths;
use crate::web::reading::{LawEntry, read_laws};
use crate::web::ui::browser;
use crate::web::ui::choice_field::{Choice, ChoiceField};
use crate::web::ui::lean::{Memo, RwSignal, effect};
use crate::web::ui::quantity_field::{Echo, EchoLine, QuantityInput};
use crate::web::words;

/// Takes over the evaluator, if this is the page of a law that has one.
pub fn take_over() {
    let Some(section) = find("#evaluate[data-law]") else { return };
    // A law of families has a sentence instead.
    if find("#evaluate .inputs").is_none() {
        return;
    }
    let fill = move |answer: &str| {
        let Some(law) = read_laws(answer).pop() else { return };
        let over = field_text("over");
        let chosen = field_text("fit");
        let mut evaluation = Evaluation::opening(&law, |name| field_text(&format!("at-{name}")));
        if law.fit(&chosen).is_some() {
            evaluation.fit = chosen;
        }
        let law = Arc::new(law);
        place::inside(section.clone(), move || view! { <Evaluate law evaluation over/> }.into_any());
    };
    // The document has the law as an Answer lists it.
    if let Some(answer) = browser::text_of("law") {
        fill(&answer);
    }
}

#[component]
fn Evaluate(law: Arc<LawEntry>, evaluation: Evaluation, over: String) -> impl IntoView {
    let evaluation = RwSignal::new(evaluation);
    let over = RwSignal::new(over);
    let tried = {
        let law = law.clone();
        Memo::new(move || Some(Trial { law: law.clone(), evaluation: evaluation.get() }))
    };
    let outcome = outcome(tried);
    let id = law.id.clone();
    let fit = Memo::new(move || evaluation.with(|evaluation| evaluation.fit.clone()));
    let mut before = fit.get_untracked();
    effect(move || {
        let fit = fit.get();
        if fit != before {
            point_to(&id, &fit, &before);
            before = fit;
        }
    });
    let fields = (0..law.inputs.len()).map(|input| field(&law, evaluation, Of::Input(input)));
    let own = if law.fits.is_empty() { 0..law.parameters.len() } else { 0..0 };
    let values = own.map(|parameter| field(&law, evaluation, Of::Parameter(parameter)));
    let fields: Vec<AnyView> = fields.chain(values).collect();
    view! {
        {by(&law, evaluation)}
        <h2>"Evaluate"</h2>
        <div class="inputs">{fields}</div>
        <Said outcome/>
        <CurveFigure tried outcome over/>
    }
}

/// Has the rest of the page be about the fit that is chosen: its links, and which numbers lie open.
fn point_to(law: &str, fit: &str, before: &str) {
    for (link, hash) in [("#use", ""), ("#refit", "#runs")] {
        if let Some(link) = find(link) {
            let _ = link.set_attribute("href", &format!("./?law={law}&fit={fit}{hash}"));
        }
    }
    for (fit, open) in [(before, false), (fit, true)] {
        if let Some(numbers) = document().get_element_by_id(&format!("fit-{fit}")) {
            let _ = numbers.toggle_attribute_with_force("open", open);
        }
    }
}

/// By which values it is evaluated: the fit, and the formula with its numbers.
fn by(law: &Arc<LawEntry>, evaluation: RwSignal<Evaluation>) -> AnyView {
    if law.fits.is_empty() {
        let none = "No constants were published; fit it to your runs, or give each parameter a value.";
        return (!law.parameters.is_empty()).then(|| view! { <p class="none">{none}</p> }).into_any();
    }
    let fits = law.fits.iter().map(|fit| Choice { value: fit.id.clone(), name: fit.name.clone() });
    let fits: Vec<Choice> = fits.collect();
    let law = law.clone();
    let numbers = move || {
        let fit = evaluation.with(|evaluation| evaluation.fit_of(&law).cloned())?;
        let values: Vec<(&str, f64)> = fit.values.iter().map(|(name, value)| (name, *value)).collect();
        Some(maths::display(&equation(&law), &values))
    };
    view! {
        <ChoiceField
            id="fit"
            name="Published fit"
            choices=Memo::new(move || fits.clone())
            chosen=Memo::new(move || evaluation.with(|evaluation| evaluation.fit.clone()))
            choose=move |id: String| evaluation.update(|evaluation| evaluation.fit = id)
            complaint=Memo::new(|| None)
        />
        <div
            class="formula numbers"
            tabindex="0"
            role="group"
            aria-label="Formula with the numbers of the fit"
            inner_html=move || numbers().unwrap_or_default()
        ></div>
    }
    .into_any()
}

/// What a law computes, by its formula.
pub fn equation(law: &LawEntry) -> String {
    let outputs: Vec<&str> = law.outputs.iter().map(|output| &*output.name).collect();
    maths::equation(&outputs, &law.formula)
}

/// What a field is of, by its place.
#[derive(Clone, Copy)]
enum Of {
    Input(usize),
    Parameter(usize),
}

impl Of {
    fn text(self, evaluation: &mut Evaluation) -> &mut String {
        match self {
            Self::Input(at) => &mut evaluation.at[at],
            Self::Parameter(at) => &mut evaluation.values[at],
        }
    }

    fn read(self, law: &LawEntry, evaluation: &Evaluation) -> Option<Result<Read, UnitError>> {
        match self {
            Self::Input(at) => evaluation.read(law, at),
            Self::Parameter(at) => evaluation.read_value(at),
        }
    }
}

fn field(law: &Arc<LawEntry>, evaluation: RwSignal<Evaluation>, of: Of) -> AnyView {
    let (symbol, name, unit) = match of {
        Of::Input(at) => {
            let input = &law.inputs[at];
            (input.name.clone(), evaluator::name(input.unit, &input.counts), input.unit)
        }
        Of::Parameter(at) => (law.parameters[at].clone(), "Parameter".to_owned(), crate::units::Unit::One),
    };
    let id = format!("at-{symbol}");
    let label = format!("{} {}", words::html(&name), maths::inline(&symbol));
    let text = Memo::new(move || of.text(&mut evaluation.get()).clone());
    let read = {
        let law = law.clone();
        move || evaluation.with(|evaluation| of.read(&law, evaluation))
    };
    let step = {
        let read = read.clone();
        move |factor| {
            let value = untrack(|| read())?.ok()?.value;
            Some(evaluator::typed(crate::num::decimal(&format!("{:.2e}", value * factor))?, unit))
        }
    };
    let echo = Memo::new(move || match read() {
        None => Echo::Says(format!("Expected a value such as {}.", unit.example())),
        Some(read) => Echo::of(
            read,
            |value| words::echo(value, unit),
            |error| {
                format!("{} The value below is for the last amounts that were read.", words::complaint(error))
            },
        ),
    });
    let write = move |text| evaluation.update(|evaluation| *of.text(evaluation) = text);
    view! {
        <div class="field">
            <div class="name"><label for=id.clone() inner_html=label></label></div>
            <QuantityInput id=id.clone() text echo write step/>
            <EchoLine of=id echo write/>
        </div>
    }
    .into_any()
}
