//! A law at a point: what it is asked, and what it says.

use std::sync::Arc;

use leptos::prelude::*;

use crate::web::evaluator::{self, Prediction};
use crate::web::laws::draft::Mistake;
use crate::web::laws::evaluation::Evaluation;
use crate::web::maths;
use crate::web::reading::{LawEntry, VariableEntry};
use crate::web::report::Evaluated;
use crate::web::ui::asked::{Asked, asked_once};
use crate::web::ui::lean::Memo;
use crate::web::ui::rich::rich;
use crate::web::words;

/// A law, and what is asked of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The law.
    pub law: Arc<LawEntry>,
    /// By which values, and where.
    pub evaluation: Evaluation,
}

/// The trial that a part of the page is about; none while the law itself has a mistake.
pub type Tried = Memo<Option<Trial>>;

/// What has come of a trial.
#[derive(Clone, Copy)]
pub struct Outcome {
    asked: Asked<Trial>,
    tried: Tried,
}

/// Asks what the law says, whenever the trial changes.
pub fn outcome(tried: Tried) -> Outcome {
    let asked = asked_once(move || {
        let trial = tried.get()?;
        let question = trial.evaluation.question(&trial.law)?;
        Some((trial, vec![question]))
    });
    Outcome { asked, tried }
}

impl Outcome {
    /// The last good answer; none where the law refuses what is asked now.
    pub fn prediction(self) -> Option<(Trial, Prediction)> {
        if self.asked.refusal.with(Option::is_some) {
            return None;
        }
        let read =
            |about: &Trial, answers: &[Arc<str>]| Some((about.clone(), Prediction::read(&answers[0])?));
        self.asked.good(read).flatten()
    }

    /// The last good answer as texts to copy, of a law that stands there; none where the law refuses what is asked now.
    pub fn report(self, source: String) -> Option<Evaluated> {
        let (trial, prediction) = self.prediction()?;
        let answer = self.asked.good(|_, answers| answers[0].to_string())?;
        let Trial { law, evaluation } = &trial;
        Some(Evaluated {
            source,
            fit: evaluation.fit.clone(),
            values: evaluation.known(law)?,
            at: evaluation.point(law)?,
            outputs: prediction.outputs,
            question: evaluation.question(law)?,
            answer,
            law: LawEntry::clone(law),
        })
    }

    /// Whether there has been an answer yet.
    pub fn has_answered(self) -> bool {
        self.asked.good(|_, _| ()).is_some()
    }

    /// Why the law says nothing of what is asked now, in a sentence.
    pub fn refusal(self) -> Option<String> {
        self.asked.refusal.get().map(|refusal| words::refusal(&refusal.message, &refusal.at))
    }

    /// A mistake in the formula that shows only when it is computed, such as a call of a law that there is not.
    pub fn mistake(self) -> Option<Mistake> {
        let refusal = self.asked.refusal.get()?;
        let formula = self.tried.with(|trial| trial.as_ref().map(|trial| trial.law.formula.clone()))?;
        refusal.at.position?;
        let path = format!("{}: ", refusal.at.path.as_deref().unwrap_or_default());
        let message = refusal.message.strip_prefix(&path).unwrap_or(&refusal.message);
        Some(Mistake::new(&formula, message, &refusal.at))
    }

    /// The value of the main output at a trial, once it is known.
    pub fn value_at(self, trial: &Trial) -> Option<f64> {
        let (about, prediction) = self.prediction()?;
        let main = about.law.outputs.first()?;
        if about == *trial { prediction.output(&main.name) } else { None }
    }
}

/// The value of every output, and what to know of it.
#[component]
pub fn Said(outcome: Outcome) -> impl IntoView {
    let values = move || {
        let trial = outcome.tried.get().or_else(|| outcome.prediction().map(|(trial, _)| trial));
        let law = trial.map(|trial| trial.law).unwrap_or_default();
        let several = law.outputs.len() > 1;
        let said = outcome.prediction().filter(|(about, _)| about.law.id == law.id);
        let fields: Vec<String> = law.inputs.iter().map(|input| format!("at-{}", input.name)).collect();
        let value = |output: &VariableEntry| {
            let value = said.as_ref().and_then(|(_, prediction)| prediction.output(&output.name));
            output_view(output, value, several, fields.join(" "))
        };
        law.outputs.iter().map(value).collect_view().into_any()
    };
    let distance = move || {
        if let Some(refusal) = outcome.refusal() {
            return view! { <p class="bad">{rich(&refusal)}</p> }.into_any();
        }
        let Some((trial, prediction)) = outcome.prediction() else { return ().into_any() };
        let known = trial.evaluation.fit_of(&trial.law).map(|fit| !fit.fitted_on.is_empty());
        lines(evaluator::distance(&prediction.warnings, known).into_iter())
    };
    view! {
        <div class="values">{move || values()}</div>
        <div class="distance" role="status">{move || distance()}</div>
    }
}

fn lines(lines: impl Iterator<Item = String>) -> AnyView {
    lines.map(|line| view! { <p>{rich(&line)}</p> }.into_any()).collect_view().into_any()
}

fn output_view(output: &VariableEntry, value: Option<f64>, several: bool, fields: String) -> AnyView {
    let (number, words) =
        value.map_or(("–".to_owned(), output.unit.words()), |value| evaluator::value(value, output.unit));
    let name = several.then(|| {
        view! { <span class="output" inner_html=maths::inline(&output.name)></span> " " }.into_any()
    });
    view! {
        <p class="value">
            {name}
            <output id=format!("value-{}", output.name) for=fields>{rich(&number)}</output>
            " "
            <span class="unit">{words}</span>
        </p>
    }
    .into_any()
}
