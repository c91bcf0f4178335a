//! The evaluator of a law, in the place of its likeness in the document.

use crate::web::ui::place::{self, find};
use std::sync::Arc;

use leptos::prelude::*;

use super::addressed::{self, Opened, Page};
use super::convert::{self, Standing, Use, convert};
use super::curve::CurveFigure;
use super::members::MemberLists;
use super::trial::{Said, Trial, outcome};
use crate::formula::Formula;
use crate::web::evaluator;
use crate::web::laws::address::Asked;
use crate::web::laws::conversion::Conversion;
use crate::web::laws::evaluation::{Evaluation, read_field};
use crate::web::laws::members::{self, Change, Lists};
use crate::web::maths;
use crate::web::reading::{LawEntry, read_laws, read_source};
use crate::web::ui::browser;
use crate::web::ui::choice_field::{Choice, ChoiceField};
use crate::web::ui::lean::{Memo, RwSignal, effect};
use crate::web::ui::quantity_field::{Echo, EchoLine, QuantityInput};
use crate::web::words;

/// Takes over the evaluator, if this is the page of a law.
pub fn take_over() {
    let Some(section) = find("#evaluate[data-law]") else { return };
    let fill = move |answer: &str| {
        let Some(law) = read_laws(answer).pop() else { return };
        let Opened { usual, said, asked, lists } = addressed::opened(&law);
        let groups = members::groups_of(&law.formula);
        let open = members::opened(&law, &asked.members);
        let known = convert::known();
        let inputs = open.inputs.iter().map(|input| {
            Some(Standing::new(format!("convert-{}", input.name), Conversion::into(input, &known)?))
        });
        let value = law.outputs.first().and_then(|output| {
            Some(Standing::new("convert-value".to_owned(), Conversion::out_of(output, &known)?))
        });
        let conversions = Conversions { inputs: inputs.collect(), value };
        let over = RwSignal::new(asked.over);
        let tried = RwSignal::new(Tried { evaluation: asked.evaluation, lists });
        let source = read_source(answer).unwrap_or_default();
        let page = Page { law: Arc::new(law), usual, said, source };
        place::inside(section.clone(), move || {
            view! { <Evaluate page groups tried conversions over/> }.into_any()
        });
    };
    // The document has the law as an Answer lists it.
    if let Some(answer) = browser::text_of("law") {
        fill(&answer);
    }
}

/// What the reader has typed and chosen.
#[derive(Clone, PartialEq)]
struct Tried {
    evaluation: Evaluation,
    /// The members of the law's families.
    lists: Lists,
}

impl Tried {
    /// Changes the members of a group; what was typed for a member goes with it.
    fn change(&mut self, law: &LawEntry, group: usize, change: &Change) {
        let Ok(formula) = Formula::parse(&law.formula) else { return };
        let (before, old) = (self.lists.good.clone(), members::opened(law, &self.lists.good));
        let stood = self.lists.change(group, change);
        let names = old.inputs.iter().map(|input| &input.name).chain(&old.parameters);
        let texts: Vec<(&String, &String)> =
            names.zip(self.evaluation.at.iter().chain(&self.evaluation.values)).collect();
        let text = |name: &str| {
            texts
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, text)| (*text).clone())
                .unwrap_or_default()
        };
        let moved = members::moved(&formula, &before, &self.lists.good, (group, &stood), text);
        let text = |name: &str| {
            moved.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone()).unwrap_or_default()
        };
        let new = members::opened(law, &self.lists.good);
        let opening = Evaluation::opening(&new, text);
        self.evaluation = Evaluation { fit: std::mem::take(&mut self.evaluation.fit), ..opening };
    }
}

/// The conversions that the document has: of each input, and of the value.
#[derive(Clone)]
struct Conversions {
    inputs: Vec<Option<Standing>>,
    value: Option<Standing>,
}

#[component]
fn Evaluate(
    page: Page,
    groups: Vec<Vec<String>>,
    tried: RwSignal<Tried>,
    conversions: Conversions,
    over: RwSignal<String>,
) -> impl IntoView {
    let state = tried;
    let law = page.law.clone();
    let open = {
        let law = law.clone();
        Memo::new(move || state.with(|state| Arc::new(members::opened(&law, &state.lists.good))))
    };
    let tried = Memo::new(move || {
        Some(Trial { law: open.get(), evaluation: state.with(|state| state.evaluation.clone()) })
    });
    let outcome = outcome(tried);
    let asked = Memo::new(move || {
        let (evaluation, members) = state.with(|state| (state.evaluation.clone(), state.lists.good.clone()));
        Asked { evaluation, members, over: over.get() }
    });
    let usual = page.usual.evaluation.fit.clone();
    addressed::follow(page, asked, outcome);
    let id = law.id.clone();
    let fit = Memo::new(move || state.with(|state| state.evaluation.fit.clone()));
    // The document is about the fit that it opens with.
    let mut before = usual;
    effect(move || {
        let fit = fit.get();
        if fit != before {
            point_to(&id, &fit, &before);
            before = fit;
        }
    });
    let lists = (!groups.is_empty()).then(|| {
        let law = law.clone();
        let groups = Memo::new(move || groups.clone());
        let lists = Memo::new(move || state.with(|state| state.lists.clone()));
        let change = move |(group, change): (usize, Change)| {
            state.update(|state| state.change(&law, group, &change));
        };
        view! { <MemberLists groups lists change/> }.into_any()
    });
    let published = !law.fits.is_empty();
    let fields = move || {
        let law = open.get();
        let inputs = (0..law.inputs.len()).map(|input| {
            let standing = conversions.inputs.get(input).cloned().flatten();
            field(&law, state, Of::Input(input), standing)
        });
        let own = if published { 0..0 } else { 0..law.parameters.len() };
        let values = own.map(|parameter| field(&law, state, Of::Parameter(parameter), None));
        inputs.chain(values).collect_view()
    };
    let main = law.outputs.first().map(|output| output.name.clone()).unwrap_or_default();
    let value = Memo::new(move || outcome.prediction().and_then(|(_, prediction)| prediction.output(&main)));
    view! {
        {by(&law, state)}
        <h2>"Evaluate"</h2>
        {lists}
        <div class="inputs">{move || fields()}</div>
        <Said outcome/>
        {conversions.value.map(|standing| convert(standing, Use::Show(value)))}
        <CurveFigure tried outcome over/>
    }
}

/// Has the rest of the page be about the fit that is chosen: its links, and which numbers lie open.
fn point_to(law: &str, fit: &str, before: &str) {
    if let Some(link) = find("#use") {
        let _ = link.set_attribute("href", &format!("./?law={law}&fit={fit}"));
    }
    for (fit, open) in [(before, false), (fit, true)] {
        if let Some(numbers) = document().get_element_by_id(&format!("fit-{fit}")) {
            let _ = numbers.toggle_attribute_with_force("open", open);
        }
    }
}

/// By which values it is evaluated: the fit, and the formula with its numbers.
fn by(law: &Arc<LawEntry>, state: RwSignal<Tried>) -> AnyView {
    if law.fits.is_empty() {
        let none = "No constants were published; fit it to your runs, or give each parameter a value.";
        return (!law.parameters.is_empty()).then(|| view! { <p class="none">{none}</p> }).into_any();
    }
    let fits = law.fits.iter().map(|fit| Choice::new(&fit.id, &fit.name));
    let fits: Vec<Choice> = fits.collect();
    let law = law.clone();
    let numbers = move || {
        let fit = state.with(|state| state.evaluation.fit_of(&law).cloned())?;
        let values: Vec<(&str, f64)> = fit.values.iter().map(|(name, value)| (name, *value)).collect();
        Some(maths::display(&equation(&law), &values))
    };
    view! {
        <ChoiceField
            id="fit"
            name="Published fit"
            choices=Memo::new(move || fits.clone())
            chosen=Memo::new(move || state.with(|state| state.evaluation.fit.clone()))
            choose=move |id: String| state.update(|state| state.evaluation.fit = id)
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
    fn texts(self, evaluation: &mut Evaluation) -> (&mut Vec<String>, usize) {
        match self {
            Self::Input(at) => (&mut evaluation.at, at),
            Self::Parameter(at) => (&mut evaluation.values, at),
        }
    }

    fn text(self, evaluation: &Evaluation) -> Option<&String> {
        match self {
            Self::Input(at) => evaluation.at.get(at),
            Self::Parameter(at) => evaluation.values.get(at),
        }
    }
}

fn field(law: &Arc<LawEntry>, state: RwSignal<Tried>, of: Of, converted: Option<Standing>) -> AnyView {
    let (symbol, name, unit) = match of {
        Of::Input(at) => {
            let input = &law.inputs[at];
            (input.name.clone(), evaluator::name(input.unit, &input.counts), input.unit)
        }
        Of::Parameter(at) => (law.parameters[at].clone(), "Parameter".to_owned(), crate::units::Unit::One),
    };
    let id = format!("at-{symbol}");
    let label = format!("{} {}", words::html(&name), maths::inline(&symbol));
    let text = Memo::new(move || state.with(|state| of.text(&state.evaluation).cloned()).unwrap_or_default());
    let read = move || text.with(|text| read_field(text, unit));
    let step = move |factor| {
        let value = untrack(read)?.ok()?.value;
        Some(evaluator::typed(crate::num::decimal(&format!("{:.2e}", value * factor))?, unit))
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
    let write = Callback::new(move |typed| {
        state.update(|state| {
            let (texts, at) = of.texts(&mut state.evaluation);
            if let Some(text) = texts.get_mut(at) {
                *text = typed;
            }
        });
    });
    let converted = converted.map(|standing| convert(standing, Use::Fill(id.clone(), write)));
    view! {
        <div class="field">
            <div class="name"><label for=id.clone() inner_html=label></label></div>
            <QuantityInput id=id.clone() text echo write step/>
            <EchoLine of=id echo write/>
            {converted}
        </div>
    }
    .into_any()
}
