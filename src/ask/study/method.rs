//! A way from runs to a plan: a law that is fitted to them, parabolas, or the envelope of curves.

use std::borrow::Cow;

use serde_json::Value;

use super::choice::{EnvelopeChoice, FitMethod, IsoFlopChoice, MethodChoice};
use crate::ask::envelope::{self, CurvesChoice, EnvelopeQuestion, RunName};
use crate::ask::fit::{self, FitQuestion, RunsChoice};
use crate::ask::isoflop::{self, IsoFlopQuestion};
use crate::ask::{
    AllocateAnswer, AllocateQuestion, AskError, Asking, BootstrapChoice, FitAnswer, FitChoice, GivenFit,
    LawChoice, Quantity, allocate,
};
use crate::units::Amount;

/// What a method found: values for a law, with draws where they were asked for.
pub(super) struct Found {
    /// The law that has these values.
    pub law: LawChoice,
    /// The values.
    pub fit: GivenFit,
    /// The whole answer, of a fitted law.
    pub answer: Option<FitAnswer>,
}

impl MethodChoice {
    /// Applies the method to some runs.
    pub(super) fn apply(
        &self,
        runs: &RunsChoice,
        draws: Option<&BootstrapChoice>,
        asking: &mut Asking,
    ) -> Result<Found, AskError> {
        match self.whole() {
            Self::Fit(method) => by_fit(*method, runs, draws, asking),
            Self::IsoFlop(method) => by_isoflop(method.isoflop, runs, draws, asking),
            Self::Envelope(method) => by_envelope(&method.envelope, runs, asking),
            Self::Named(_) => unreachable!("a method is whole"),
        }
    }
}

fn by_fit(
    method: FitMethod,
    runs: &RunsChoice,
    draws: Option<&BootstrapChoice>,
    asking: &mut Asking,
) -> Result<Found, AskError> {
    let question = FitQuestion {
        law: method.law,
        runs: runs.clone(),
        loss: method.loss,
        tie: method.tie,
        fix: method.fix,
        bounds: method.bounds,
        bootstrap: draws.cloned(),
        level: None,
        decide: Vec::new(),
        diagnose: None,
    };
    let answer = fit::answer(&question, asking)?;
    Ok(Found { law: question.law, fit: GivenFit::of(&answer), answer: Some(answer) })
}

fn by_isoflop(
    choice: IsoFlopChoice,
    runs: &RunsChoice,
    draws: Option<&BootstrapChoice>,
    asking: &mut Asking,
) -> Result<Found, AskError> {
    // What is drawn of a law's runs need not be there to draw of parabolas.
    let of_parabolas =
        |draws: &BootstrapChoice| BootstrapChoice { kind: None, resample: None, ..draws.clone() };
    let bootstrap = draws.map(of_parabolas);
    let runs = RunsChoice {
        columns: runs.columns.clone(),
        rows_off: runs.rows_off.clone(),
        ..RunsChoice::default()
    };
    let question = IsoFlopQuestion {
        runs,
        groups: None,
        tolerance: choice.tolerance,
        window: choice.window,
        fit: choice.fit,
        bootstrap,
        level: None,
    };
    let answer = isoflop::answer(&question, asking)?;
    let none =
        || AskError::malformed("isoflop", "expected runs with at least two budgets that have a best size");
    let best = answer.best.ok_or_else(none)?;
    Ok(Found { law: LawChoice::Catalogue(best.law), fit: best.fit, answer: None })
}

fn by_envelope(choice: &EnvelopeChoice, runs: &RunsChoice, asking: &mut Asking) -> Result<Found, AskError> {
    let question = EnvelopeQuestion { curves: curves(runs)?, budgets: choice.budgets, smooth: choice.smooth };
    let answer = envelope::answer(&question, asking)?;
    let none =
        || AskError::malformed("envelope", "expected curves whose envelope has a power law; it has none");
    let best = answer.best.ok_or_else(none)?;
    Ok(Found { law: LawChoice::Catalogue(best.law), fit: best.fit, answer: None })
}

/// The runs as training curves, where a column says which rows are of one run.
pub(super) fn curves(runs: &RunsChoice) -> Result<CurvesChoice, AskError> {
    let missing = || {
        let message = "expected training curves: runs with a \"group\" column that names the run of each row";
        AskError::malformed("envelope", message)
    };
    let group = runs.group.as_ref().ok_or_else(missing)?;
    let cells = runs.columns.get(group).ok_or_else(missing)?;
    let name = |cell: Option<Cow<Amount>>| RunName(serde_json::to_value(cell).unwrap_or(Value::Null));
    Ok(CurvesChoice {
        run: cells.cells().map(name).collect(),
        columns: runs.columns.clone(),
        rows_off: runs.rows_off.clone(),
    })
}

impl Found {
    /// The best plan for a budget.
    pub(super) fn plan(
        &self,
        budget: &Quantity,
        level: Option<f64>,
        asking: &mut Asking,
    ) -> Result<AllocateAnswer, AskError> {
        let question = AllocateQuestion { budget: Some(budget.clone()), level, ..self.question() };
        allocate::answer(&question, asking)
    }

    /// A Question about the law that was found, without draws: the rest is for the caller to say.
    pub(super) fn question(&self) -> AllocateQuestion {
        AllocateQuestion::by(self.law.clone(), Some(FitChoice::Given(Box::new(self.fit.clone()))))
    }

    /// The same without draws.
    pub(super) fn without_draws(&self) -> Self {
        let mut fit = self.fit.clone();
        fit.draws = None;
        Self { law: self.law.clone(), fit, answer: None }
    }
}
