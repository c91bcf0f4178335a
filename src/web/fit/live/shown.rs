//! What follows from the table and from the fit: rows, predictions, curves, the plan.

use std::sync::Arc;

use leptos::prelude::*;

use super::drawing::{Own, drawing};
use super::fitting::{Done, Fitting, fitting};
use super::intake::prepared;
use super::laws::{Laws, laws};
use super::state::state;
use crate::ask::Named;
use crate::units::{Unit, read};
use crate::web::fit::charts::{self, Across, Along, Curve};
use crate::web::fit::outcome::{decided_size, influence};
use crate::web::fit::rows::Rows;
use crate::web::fit::study::Study;
use crate::web::json::{self, Json};
use crate::web::reading::{Plan, read_values};
use crate::web::ui::asked::{Asked, asked};
use crate::web::ui::lean::{Memo, RwSignal};
use crate::web::words;

/// The rows as they are asked about; nothing where none can be.
#[derive(Clone, Copy)]
struct AskedRows(Memo<Option<Arc<Rows>>>);

/// What follows from the fit.
#[derive(Clone, Copy)]
pub struct Shown {
    /// What the fitted law says of each row that can be read, with those rows.
    pub predicted: Memo<Option<Predicted>>,
    /// Along what the loss is drawn, where the reader has chosen.
    pub across: RwSignal<Option<Across>>,
    /// The curves of the fitted law.
    pub curves: Memo<(Across, Vec<Curve>)>,
    /// The curves that were drawn last.
    pub along: Memo<Option<Drawn>>,
    /// The plan at the budget.
    pub plan: Memo<Option<(String, Plan)>>,
    /// What came of asking for it.
    pub asked_plan: Asked<(String, String)>,
    /// The ends of the intervals of what is derived from the parameters.
    pub derived: Memo<Named<[f64; 2]>>,
    /// The size at a budget with every run switched on.
    whole: Memo<Option<(String, f64)>>,
}

/// Curves, and what a fitted law says along them.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// Along what they go.
    pub across: Across,
    /// The curves.
    pub curves: Vec<Curve>,
    /// What the law says.
    pub along: Along,
}

/// What a fitted law says of rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Predicted {
    /// The rows.
    pub rows: Arc<Rows>,
    /// What it says of each that can be read.
    pub losses: Arc<Vec<f64>>,
}

/// Reads the rows for the law, for all of the page.
pub fn provide_rows() {
    let (state, prepared, laws) = (state(), prepared(), laws());
    let raw = Memo::new(move || state.study.with(|study| study.raw));
    let rows = Memo::new(move || {
        let prepared = prepared.get()?;
        laws.chosen.with(|law| Rows::of(&prepared, law.as_ref(), raw.get()).ok().map(Arc::new))
    });
    provide_context(AskedRows(rows));
}

/// The rows as they are asked about.
pub fn rows() -> Memo<Option<Arc<Rows>>> {
    expect_context::<AskedRows>().0
}

/// The budget of the decision, in FLOPs, where it can be read.
pub fn budget() -> Memo<Option<f64>> {
    let state = state();
    Memo::new(move || state.study.with(|study| study.budget().ok().map(|read| read.value)))
}

/// Asks for what follows from the fit, for all of the page.
pub fn provide() {
    let (state, fitting, drawing, rows) = (state(), fitting(), drawing(), rows());
    // What is asked of a fit is asked of its own law and rows; rows that were switched since are only shown anew.
    let fit = Memo::new(move || fitting.result.get());
    let law = |done: &Done| done.study.law();
    let asked_predicted = asked(move || {
        let done = fit.get()?;
        let rows = rows
            .get()
            .filter(|rows| rows.inputs.as_ref().map(names) == done.rows.inputs.as_ref().map(names))?;
        let question = rows.predict(&law(&done)?, &done.outcome.text)?;
        Some((rows, vec![question]))
    });
    let predicted = Memo::new(move || {
        asked_predicted
            .good(|rows: &Arc<Rows>, answers| {
                let losses = read_values(&answers[0])?;
                Some(Predicted { rows: rows.clone(), losses: Arc::new(losses) })
            })
            .flatten()
    });
    let across = RwSignal::new(None::<Across>);
    let curves = Memo::new(move || {
        let rows = rows.get();
        let Some(rows) = rows else { return (Across::Size, Vec::new()) };
        let across = across.get().unwrap_or_else(|| Across::of(&rows));
        (across, charts::curves(&rows, across))
    });
    let joined = Memo::new(move || -> Option<Arc<str>> {
        let text = fit.with(|done| done.as_ref().map(|done| done.outcome.text.clone()))?;
        Some(match drawing.own.get() {
            Some(draws) => draws.joined(&text, &Named::default()).into(),
            None => text,
        })
    });
    let asked_along = asked(move || {
        let done = fit.get()?;
        let (across, curves) = curves.get();
        let fit: Arc<str> = joined.get()?;
        let question = charts::ask_curves(&curves, &done.law, &law(&done)?, &fit)?;
        Some(((across, curves), vec![question]))
    });
    // The curves that were drawn last stay until the next are there.
    let along = Memo::new(move || {
        let read = |about: &(Across, Vec<Curve>), answers: &[Arc<str>]| {
            let (across, curves) = about.clone();
            Some(Drawn { across, curves, along: Along::read(&answers[0])? })
        };
        asked_along.good(read).flatten()
    });
    let asked_plan = asked(move || {
        let done = fit.get()?;
        let budget = state.study.with(|study| study.budget.clone());
        state.study.with(|study| study.budget().ok())?;
        let given =
            [("law", law(&done)?), ("fit", joined.get()?.to_string()), ("budget", json::string(&budget))];
        Some(((budget, done.study.law), vec![json::object(&[("allocate", json::object(&given))])]))
    });
    // That of a row ago stays until the next is there; that of another law says nothing of this one.
    let plan = Memo::new(move || {
        let law = fit.with(|done| done.as_ref().map(|done| done.study.law.clone()))?;
        asked_plan.refusal.with(Option::is_none).then_some(())?;
        let of_law = |(budget, of): &(String, String), answers: &[Arc<str>]| {
            (*of == law).then(|| Some((budget.clone(), Plan::read(&answers[0])?))).flatten()
        };
        asked_plan.good(of_law).flatten()
    });
    let asked_whole = asked(move || {
        let done = fit.get()?;
        let whole = done.rows.whole()?;
        let budget = state.study.with(|study| study.budget.clone());
        let question = Study { budget: budget.clone(), ..done.study }.decide(whole)?;
        Some(((done.question, budget), vec![question]))
    });
    let whole = Memo::new(move || {
        let asked = fit.with(|done| done.as_ref().map(|done| done.question.clone()))?;
        let read = |(question, budget): &(Arc<str>, String), answers: &[Arc<str>]| {
            (*question == asked).then(|| Some((budget.clone(), decided_size(&answers[0])?))).flatten()
        };
        asked_whole.good(read).flatten()
    });
    let derived = derived(fitting, drawing.own, laws());
    provide_context(Shown { predicted, across, curves, along, plan, asked_plan, derived, whole });
}

/// Asks what the draws say of each number that is derived from the parameters: it is a law of theirs.
fn derived(fitting: Fitting, own: Own, laws: Laws) -> Memo<Named<[f64; 2]>> {
    let asked_derived = asked(move || {
        let done = fitting.result.get()?;
        let draws = own.get()?;
        let (names, questions): (Vec<String>, Vec<String>) = laws.derived.with(|derived| {
            let question = |(name, formula): (&str, &String)| {
                Some((name.to_owned(), draws.ask(formula, &done.outcome.values())?))
            };
            derived.iter().filter_map(question).unzip()
        });
        (!names.is_empty()).then_some((names, questions))
    });
    let ends = |answer: &Arc<str>| {
        let ends = Json::read(answer)?.get("predict")?.get("interval")?.items();
        Some([ends.first()?.number()?, ends.get(1)?.number()?])
    };
    Memo::new(move || {
        let read = |names: &Vec<String>, answers: &[Arc<str>]| {
            let named = names.iter().zip(answers);
            Named(named.filter_map(|(name, answer)| Some((name.clone(), ends(answer)?))).collect())
        };
        asked_derived.good(read).unwrap_or_default()
    })
}

fn names(inputs: &Named<Vec<f64>>) -> Vec<String> {
    inputs.names().map(str::to_owned).collect()
}

/// What follows from the fit.
pub fn shown() -> Shown {
    expect_context()
}

impl Shown {
    /// What the runs that are off would do, switched on.
    pub fn influence(self) -> Option<String> {
        let (budget, plan) = self.plan.get()?;
        let (asked, with) = self.whole.get()?;
        let off = self
            .predicted
            .with(|predicted| Some(predicted.as_ref()?.rows.read.iter().filter(|row| !row.on).count()))?;
        let at = read(&budget, Unit::Flops).ok()?.shown().to_string();
        let size = plan.size()?;
        (asked == budget && off > 0).then(|| influence(off, [size, with], &at))
    }

    /// Why there is no plan, in a sentence.
    pub fn refusal(self) -> Option<String> {
        self.asked_plan.refusal.get().map(|refusal| words::refusal(&refusal.message, &refusal.at))
    }
}
