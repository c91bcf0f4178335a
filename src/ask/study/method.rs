//! A way from runs to a plan: a law that is fitted to them, parabolas, or the envelope of curves.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ask::envelope::{self, CurvesChoice, EnvelopeQuestion, RunName};
use crate::ask::fit::{self, BootstrapChoice, FitQuestion, FixedChoice, LossChoice, RunsChoice};
use crate::ask::isoflop::{self, IsoFlopQuestion};
use crate::ask::resampling::ResamplingChoice;
use crate::ask::{
    AllocateAnswer, AllocateQuestion, AskError, Asking, FitAnswer, FitChoice, GivenFit, LawChoice, Named,
    Quantity, allocate,
};
use crate::units::Amount;

/// A method: `isoflop` (Chinchilla's approach 2), `envelope` (approach 1), the id of a law, or a law with how it is
/// fitted (approach 3).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum MethodChoice {
    /// `isoflop`, `envelope`, or the id of a law.
    Named(String),
    /// A law with how it is fitted.
    Fit(Box<FitMethod>),
}

/// A law with how it is fitted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "a method such as {\"law\":\"chinchilla\",\"loss\":{\"squares\":true}}"
)]
pub struct FitMethod {
    /// What it is called in the answer; by default the id of its law, or its formula.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The law.
    pub law: LawChoice,
    /// How residuals count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss: Option<LossChoice>,
    /// Lists of parameters that have one value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tie: Vec<Vec<String>>,
    /// Parameters that are not fitted.
    #[serde(default, skip_serializing_if = "Named::is_empty")]
    pub fix: Named<FixedChoice>,
}

impl<'de> Deserialize<'de> for MethodChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MethodVisitor;

        impl<'de> Visitor<'de> for MethodVisitor {
            type Value = MethodChoice;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a method such as \"isoflop\", \"envelope\", \"chinchilla\" or {\"law\":\"chinchilla\"}",
                )
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<MethodChoice, E> {
                Ok(MethodChoice::Named(name.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<MethodChoice, A::Error> {
                FitMethod::deserialize(MapAccessDeserializer::new(map))
                    .map(|method| MethodChoice::Fit(Box::new(method)))
            }
        }

        deserializer.deserialize_any(MethodVisitor)
    }
}

impl From<&LawChoice> for MethodChoice {
    fn from(law: &LawChoice) -> Self {
        Self::Fit(Box::new(FitMethod {
            name: None,
            law: law.clone(),
            loss: None,
            tie: Vec::new(),
            fix: Named::default(),
        }))
    }
}

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
    /// What it is called.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Named(name) => name.clone(),
            Self::Fit(method) => match (&method.name, &method.law) {
                (Some(name), _) | (None, LawChoice::Catalogue(name)) => name.clone(),
                #[cfg(feature = "catalogue")]
                (None, LawChoice::Typed(law)) => law.formula.clone(),
            },
        }
    }

    /// The law that it fits, if it fits one.
    pub(super) fn law(&self) -> Option<LawChoice> {
        match self {
            Self::Named(name) if name == "isoflop" || name == "envelope" => None,
            Self::Named(id) => Some(LawChoice::Catalogue(id.clone())),
            Self::Fit(method) => Some(method.law.clone()),
        }
    }

    /// Applies the method to some runs.
    pub(super) fn apply(
        &self,
        runs: &RunsChoice,
        draws: Option<&BootstrapChoice>,
        asking: &mut Asking,
    ) -> Result<Found, AskError> {
        match self {
            Self::Named(name) if name == "isoflop" => by_isoflop(runs, draws, asking),
            Self::Named(name) if name == "envelope" => by_envelope(runs, asking),
            Self::Named(id) => Self::from(&LawChoice::Catalogue(id.clone())).apply(runs, draws, asking),
            Self::Fit(method) => {
                let question = FitQuestion {
                    law: method.law.clone(),
                    runs: runs.clone(),
                    loss: method.loss.clone(),
                    tie: method.tie.clone(),
                    fix: method.fix.clone(),
                    bootstrap: draws.cloned(),
                    level: None,
                    decide: Vec::new(),
                    diagnose: None,
                };
                let answer = fit::answer(&question, asking)?;
                Ok(Found { law: method.law.clone(), fit: GivenFit::of(&answer), answer: Some(answer) })
            }
        }
    }
}

fn by_isoflop(
    runs: &RunsChoice,
    draws: Option<&BootstrapChoice>,
    asking: &mut Asking,
) -> Result<Found, AskError> {
    let bootstrap = draws.map(|draws| ResamplingChoice { kind: None, draws: draws.draws, seed: draws.seed });
    let runs = RunsChoice {
        columns: runs.columns.clone(),
        rows_off: runs.rows_off.clone(),
        ..RunsChoice::default()
    };
    let question = IsoFlopQuestion {
        runs,
        groups: None,
        tolerance: None,
        window: None,
        fit: None,
        bootstrap,
        level: None,
    };
    let answer = isoflop::answer(&question, asking)?;
    let none =
        || AskError::malformed("isoflop", "expected runs with at least two budgets that have a best size");
    let best = answer.best.ok_or_else(none)?;
    Ok(Found { law: LawChoice::Catalogue(best.law), fit: best.fit, answer: None })
}

fn by_envelope(runs: &RunsChoice, asking: &mut Asking) -> Result<Found, AskError> {
    let missing = || {
        let message = "expected training curves: runs with a \"group\" column that names the run of each row";
        AskError::malformed("envelope", message)
    };
    let group = runs.group.as_ref().ok_or_else(missing)?;
    let cells = runs.columns.get(group).ok_or_else(missing)?;
    let name = |cell: &Option<Amount>| RunName(serde_json::to_value(cell).unwrap_or(Value::Null));
    let curves = CurvesChoice {
        run: cells.iter().map(name).collect(),
        columns: runs.columns.clone(),
        rows_off: runs.rows_off.clone(),
    };
    let answer = envelope::answer(&EnvelopeQuestion { curves, budgets: None, smooth: None }, asking)?;
    let none =
        || AskError::malformed("envelope", "expected curves whose envelope has a power law; it has none");
    let best = answer.best.ok_or_else(none)?;
    Ok(Found { law: LawChoice::Catalogue(best.law), fit: best.fit, answer: None })
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
        AllocateQuestion {
            law: self.law.clone(),
            fit: Some(FitChoice::Given(Box::new(self.fit.clone()))),
            budget: None,
            minimize: None,
            cost: None,
            limits: Vec::new(),
            level: None,
        }
    }

    /// The same without draws.
    pub(super) fn without_draws(&self) -> Self {
        let mut fit = self.fit.clone();
        fit.draws = None;
        Self { law: self.law.clone(), fit, answer: None }
    }
}
