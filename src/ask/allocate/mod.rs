//! `allocate`: the best split of a budget, or the best plan within any limits.

mod certified;
#[cfg_attr(not(feature = "catalogue"), path = "costs/first.rs")]
mod costs;
mod draws;
mod free;
#[cfg(feature = "catalogue")]
mod hardware;
mod intervals;
mod limit;
mod power_laws;
mod problem;
#[cfg(feature = "fit")]
mod ready;
#[cfg(feature = "catalogue")]
mod serving;
#[cfg_attr(not(feature = "catalogue"), path = "sought/first.rs")]
mod sought;

use serde::{Deserialize, Serialize};

pub(super) use draws::Plans;
#[cfg(feature = "catalogue")]
pub use hardware::{AskedHardware, AskedThroughput};
pub(crate) use intervals::interval;
#[cfg(feature = "catalogue")]
pub use limit::OtherLaw;
pub use limit::{AskedLimit, Of};
#[cfg(feature = "fit")]
pub(super) use ready::{Output, Ready, parameters};
#[cfg(feature = "catalogue")]
pub use serving::{AskedServing, AskedServingHardware};

use super::answer::OneNumber;
use super::fitted::{self, Fitted};
use super::law::{self, AskedLaw};
use super::{AskError, Asking, FitChoice, LawChoice, Named, Number, Quantity};
use crate::laws::Kind;
use crate::outcome::{Termination, Warning};
use problem::Texts;

/// Asks for the best plan within limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "an allocation such as {\"law\":\"chinchilla\",\"budget\":\"5.76e23 FLOPs\"}"
)]
pub struct AllocateQuestion {
    /// The law.
    pub law: LawChoice,
    /// Values for its parameters; by default the first published fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<FitChoice>,
    /// The most that may be spent: one more limit, after `limits`. In FLOPs on `cost`, or on `total` where the model is
    /// served; `$2M` on `dollars`, `10k H100-hours` and `64 H100 for 30 days` on `device_hours`, `30 days` on `days`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Quantity>,
    /// Instead of a budget what its best plan has, such as `{"of":"D","equal":"1.5T"}`: the answer is for the budget that
    /// this is best for.
    #[cfg(feature = "catalogue")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget_for: Option<Box<AskedLimit>>,
    /// What is minimised: `loss`, which is the default, `cost`, a quantity of hardware or serving, or a formula.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimize: Option<String>,
    /// What a plan costs in FLOPs, as a formula; by default as the law counts, which is `6*N*D` unless it says
    /// otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
    /// Limits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<AskedLimit>,
    /// The devices that train.
    #[cfg(feature = "catalogue")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hardware: Option<Box<AskedHardware>>,
    /// What the model will read and write.
    #[cfg(feature = "catalogue")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serving: Option<Box<AskedServing>>,
    /// The share of draws that intervals hold, when the fit has draws; 0.9 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<f64>,
}

/// The best plan within limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AllocateAnswer {
    /// How the solver stopped.
    pub termination: Termination,
    /// The best value of each variable; empty where no plan is best.
    pub at: Named<f64>,
    /// What is minimised, there; null where the law has no loss or no plan is best.
    pub value: Number,
    /// Its unit, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The training compute of the plan as the law counts it, where everything that it depends on is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flops: Option<f64>,
    /// What else is known of the plan: `tokens_per_parameter`; `loss`, `cost` where they are not minimised; what hardware
    /// and serving make of it.
    pub quantities: Named<f64>,
    /// The facts about hardware and serving that the plan rests on and that the Question does not give.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumed: Vec<AssumedAnswer>,
    /// The limits that hold the plan back, with what they cost.
    pub active: Vec<ActiveAnswer>,
    /// The limits that no plan satisfies together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violated: Vec<ViolatedAnswer>,
    /// The ends of boxes and formulas that hold the plan back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bounds: Vec<BoundAnswer>,
    /// Where plans are as good as this one along some direction: from where to where each variable goes.
    #[serde(default, skip_serializing_if = "Named::is_empty")]
    pub set: Named<[f64; 2]>,
    /// Plans elsewhere that are as good.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub several: Vec<Named<f64>>,
    /// What the next values of the variables with few would lead to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<NextAnswer>,
    /// What proves that the plan is best; null for a law that is itself a list of best plans.
    pub certificate: Option<AllocateCertificate>,
    /// For each variable, `value`, `tokens_per_parameter` and what hardware and serving make of the plan the ends of an
    /// interval that holds `level` of the draws, when the fit has draws; and for `flops`, where the budget was sought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intervals: Option<Named<[f64; 2]>>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// A fact that a plan rests on and that the Question does not give.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AssumedAnswer {
    /// The field that would give it, such as `hardware.price`.
    pub field: String,
    /// Its value.
    pub value: f64,
    /// The unit of that.
    pub unit: String,
    /// Where it comes from, with the date where it drifts.
    pub source: String,
}

/// A limit that holds a plan back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActiveAnswer {
    /// Its index among `limits`; the budget comes after them.
    pub limit: usize,
    /// What it limits.
    pub of: String,
    /// What `value` changes per unit of the bound.
    pub marginal: Number,
    /// What it changes per relative change of the bound: 1 % more changes it by 0.01 of this.
    pub relative: Number,
    /// The unit of `marginal`, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// A limit that no plan satisfies together with the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ViolatedAnswer {
    /// Its index among `limits`; the budget comes after them.
    pub limit: usize,
    /// What it limits.
    pub of: String,
    /// The value of that where the violations are smallest together.
    pub value: Number,
    /// The bound.
    pub bound: f64,
    /// How far it gets towards the bound without any other limit, if not as far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alone: Option<f64>,
}

/// An end of a box or of a formula that holds a plan back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BoundAnswer {
    /// The variable that is at its end; none where a formula ends at no one variable's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variable: Option<String>,
    /// The end, in the unit of the variable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<f64>,
    /// Whose end it is.
    pub of: BoundOf,
    /// The condition that says so, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
}

/// Whose end holds a plan back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BoundOf {
    /// Of the law: beyond it the law means nothing.
    Law,
    /// Of a limit: of its formula.
    Limit,
    /// Of the box in which plans are looked for.
    Box,
}

/// What the next value of a variable with few would lead to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NextAnswer {
    /// The variable.
    pub variable: String,
    /// The next value.
    pub to: f64,
    /// The best value then; null where no plan is within the limits.
    pub value: Number,
    /// How much more that is than the value of the plan.
    pub difference: Number,
}

/// What proves that a plan is best.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AllocateCertificate {
    /// How far the first-order conditions are from holding, relative to their terms.
    pub residual: Number,
    /// The largest violation of a limit, as the logarithm of quantity over bound.
    pub feasibility: Number,
    /// The smallest curvature along the active limits; null where they leave no direction.
    pub curvature: Number,
    /// How often the formulas were evaluated with their derivatives.
    pub evaluations: u32,
    /// What is known of plans elsewhere.
    pub elsewhere: Elsewhere,
}

/// What is known of plans elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Elsewhere {
    /// There is no other optimum: in logarithms the problem is convex.
    Convex,
    /// A scan of the box has no better point.
    Scan {
        /// How many points were looked at.
        points: u32,
        /// How many of them are within the limits.
        within: u32,
    },
    /// Nothing: only the surroundings were looked at, or a better point was found of which nothing is proved.
    Unknown,
}

/// Answers.
pub(super) fn answer(question: &AllocateQuestion, asking: &mut Asking) -> Result<AllocateAnswer, AskError> {
    planned(question, asking).map(|(answer, _)| answer)
}

/// Answers, with the plan of every draw where the fit has draws.
pub(super) fn planned(
    question: &AllocateQuestion,
    asking: &mut Asking,
) -> Result<(AllocateAnswer, Option<Plans>), AskError> {
    let (texts, law, fitted) = check(question, asking)?;
    let (mut answer, plans) = if law.kind() == Kind::Optimum {
        power_laws::answer(question, &texts, &law, &fitted, asking)?
    } else {
        certified::answer(question, &texts, &law, &fitted, asking)?
    };
    answer.warnings = std::mem::take(&mut asking.warnings);
    Ok((answer, plans))
}

/// Reads a Question: its formulas, its law and the values of that.
fn check(question: &AllocateQuestion, asking: &mut Asking) -> Result<(Texts, AskedLaw, Fitted), AskError> {
    let texts = Texts::new(question, asking)?;
    let valued = question.fit.iter().flat_map(FitChoice::names);
    let mut law =
        law::resolve(&question.law, &texts.names(question), valued, "allocate.law", &mut asking.warnings)?;
    let texts = texts.with_members(&law)?;
    texts.check_cost(question, &law)?;
    let fitted = fitted::resolve(question.fit.as_ref(), &mut law, "allocate", &mut asking.warnings)?;
    Ok((texts, law, fitted))
}

impl AllocateQuestion {
    /// A Question about a law and a fit of it: the rest is for the caller to say.
    #[cfg(feature = "catalogue")]
    pub(super) fn by(law: LawChoice, fit: Option<FitChoice>) -> Self {
        Self {
            law,
            fit,
            budget: None,
            budget_for: None,
            minimize: None,
            cost: None,
            limits: Vec::new(),
            hardware: None,
            serving: None,
            level: None,
        }
    }
}

/// The share of draws that intervals hold.
pub(super) fn share(level: Option<f64>, path: &str) -> Result<f64, AskError> {
    let level = level.unwrap_or(0.9);
    if level > 0.0 && level < 1.0 {
        return Ok(level);
    }
    let message = format!("expected a share between 0 and 1 such as 0.9; got {level}");
    Err(AskError::malformed(path, message))
}

impl AllocateAnswer {
    /// An answer that says no more than how the solver stopped.
    fn of(termination: Termination) -> Self {
        Self {
            termination,
            at: Named::default(),
            value: Number::NULL,
            unit: None,
            flops: None,
            quantities: Named::default(),
            assumed: Vec::new(),
            active: Vec::new(),
            violated: Vec::new(),
            bounds: Vec::new(),
            set: Named::default(),
            several: Vec::new(),
            next: Vec::new(),
            certificate: None,
            intervals: None,
            warnings: Vec::new(),
        }
    }

    /// The one number of this answer with its unit, or what it answers with instead.
    pub(super) fn one_number(&self) -> Result<OneNumber, &'static str> {
        match self.value {
            Number(Some(value)) => Ok(OneNumber { value, unit: self.unit.clone(), counts: None }),
            Number(None) => Err("no finite number"),
        }
    }
}
