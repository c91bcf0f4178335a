//! `multiplier`: how much more compute one recipe needs than another for the same loss.

use serde::{Deserialize, Serialize};

use crate::ask::allocate::{Plans, interval, planned, share};
use crate::ask::fitted::{self, Fitted};
use crate::ask::law::{self, AskedLaw};
use crate::ask::{
    AllocateAnswer, AllocateQuestion, AskError, AskedLimit, Asking, FitChoice, LawChoice, Number, Of,
    Quantity,
};
use crate::outcome::{Termination, Warning};
use crate::units::{C_TRAIN, Unit};

/// Asks for the compute of `b` over the compute of `a` at equal loss, each at its own best split.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "a multiplier such as {\"a\":{\"law\":…,\"fit\":…},\"b\":{\"law\":…,\"fit\":…},\"over\":{\"loss\":[2.5,2.2]}}"
)]
pub struct MultiplierQuestion {
    /// The recipe that is compared with.
    pub a: Recipe,
    /// The recipe that is compared.
    pub b: Recipe,
    /// At which losses; by default at nine that the runs behind both fits reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<Over>,
    /// The share of draws that intervals hold, where a fit has draws; 0.9 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<f64>,
}

/// A way of training, by what was fitted to its runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "a recipe such as {\"law\":\"chinchilla\",\"fit\":\"hoffmann2022\"}"
)]
pub struct Recipe {
    /// The law.
    pub law: LawChoice,
    /// Values for its parameters; by default the first published fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<FitChoice>,
    /// What training costs in FLOPs, as a formula; by default as the law counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
}

/// What is equal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "losses such as {\"loss\":[2.5,2.2]}")]
pub struct Over {
    /// Losses.
    pub loss: Vec<f64>,
}

/// How much more compute one recipe needs than another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MultiplierAnswer {
    /// The losses.
    pub losses: Vec<f64>,
    /// Their unit, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The least compute of `a` at each, in FLOPs; null where no plan reaches the loss.
    pub a: Vec<Number>,
    /// The least compute of `b`.
    pub b: Vec<Number>,
    /// The compute of `b` over that of `a`.
    pub value: Vec<Number>,
    /// The ends of an interval that holds `level` of the draws, where a fit has draws: the draws of both are taken
    /// together, the first with the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intervals: Option<Vec<Option<[f64; 2]>>>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// Losses where none are asked for.
const LOSSES: usize = 9;

/// Answers.
pub(in crate::ask) fn answer(
    question: &MultiplierQuestion,
    asking: &mut Asking,
) -> Result<MultiplierAnswer, AskError> {
    let level = share(question.level, "multiplier.level")?;
    let unit = unit(question, asking)?.map(|unit| unit.name().to_owned());
    let losses = match &question.over {
        Some(over) => over.loss.clone(),
        None => common(question, asking)?,
    };
    let mut answer = MultiplierAnswer { losses, unit, ..MultiplierAnswer::default() };
    let (mut intervals, mut drawn) = (Vec::new(), false);
    for (at, loss) in answer.losses.clone().into_iter().enumerate() {
        if !loss.is_finite() {
            let message = format!("expected a loss; got {loss}");
            return Err(AskError::malformed(format!("multiplier.over.loss[{at}]"), message));
        }
        let a = question.a.least_compute(loss, "multiplier.a", asking)?;
        let b = question.b.least_compute(loss, "multiplier.b", asking)?;
        let ratio = a.0.zip(b.0).map(|(a, b)| b / a);
        answer.a.push(Number(a.0));
        answer.b.push(Number(b.0));
        answer.value.push(Number(ratio));
        drawn |= a.1.is_some() || b.1.is_some();
        intervals.push(ratios(&a, &b).and_then(|ratios| interval(&ratios, level)));
    }
    answer.intervals = drawn.then_some(intervals);
    let unreached: Vec<f64> = answer
        .losses
        .iter()
        .zip(&answer.value)
        .filter(|(_, value)| value.0.is_none())
        .map(|(l, _)| *l)
        .collect();
    if !unreached.is_empty() {
        let message =
            format!("{} of {} losses are out of reach of a recipe", unreached.len(), answer.losses.len());
        asking.warnings.push(Warning::new("multiplier.out_of_reach", message).with("losses", unreached));
    }
    answer.warnings = std::mem::take(&mut asking.warnings);
    answer.warnings.dedup();
    Ok(answer)
}

/// A least compute, and what it is in the draws.
type Compute = (Option<f64>, Option<Vec<f64>>);

/// The ratio in every draw; none without draws.
fn ratios(a: &Compute, b: &Compute) -> Option<Vec<f64>> {
    let (of_a, of_b) = (a.0?, b.0?);
    Some(match (&a.1, &b.1) {
        (None, None) => return None,
        (Some(a), Some(b)) => a.iter().zip(b).map(|(a, b)| b / a).collect(),
        (Some(a), None) => a.iter().map(|a| of_b / a).collect(),
        (None, Some(b)) => b.iter().map(|b| b / of_a).collect(),
    })
}

impl Recipe {
    fn question(&self) -> AllocateQuestion {
        AllocateQuestion {
            cost: self.cost.clone(),
            ..AllocateQuestion::by(self.law.clone(), self.fit.clone())
        }
    }

    /// The least compute that reaches a loss.
    fn least_compute(&self, loss: f64, path: &str, asking: &mut Asking) -> Result<Compute, AskError> {
        let limit = AskedLimit {
            of: Of::Text("loss".to_owned()),
            at_most: Some(Quantity::Number(loss)),
            ..AskedLimit::default()
        };
        let asked =
            AllocateQuestion { minimize: Some("cost".to_owned()), limits: vec![limit], ..self.question() };
        let (plan, plans) = planned_within(&asked, path, asking)?;
        let reached = Some(plan).filter(|plan| plan.termination == Termination::Optimum);
        let column =
            |plans: Plans| plans.into_iter().find(|(name, _)| name == "value").map(|(_, column)| column);
        Ok((reached.and_then(|plan| plan.value.0), plans.and_then(column)))
    }

    /// The best loss for a budget.
    fn best_loss(&self, budget: f64, path: &str, asking: &mut Asking) -> Result<Option<f64>, AskError> {
        // One point is enough: the draws are for what is asked.
        let asked = AllocateQuestion { budget: Some(Quantity::Number(budget)), ..self.question() };
        Ok(planned_within(&asked, path, asking)?.0.value.0)
    }

    /// The law, and the fit of it.
    fn read(&self, path: &str, asking: &mut Asking) -> Result<(AskedLaw, Fitted), AskError> {
        let valued = self.fit.iter().flat_map(FitChoice::names);
        let named = crate::num::grown(["N", "D"].map(str::to_owned));
        let mut law = law::resolve(&self.law, &named, valued, &format!("{path}.law"), &mut asking.warnings)?;
        let fitted = fitted::resolve(self.fit.as_ref(), &mut law, path, &mut asking.warnings)?;
        Ok((law, fitted))
    }

    /// From where to where the compute of the runs behind the fit reaches.
    fn range(&self, path: &str, asking: &mut Asking) -> Result<Option<[f64; 2]>, AskError> {
        Ok(self
            .read(path, asking)?
            .1
            .ranges
            .iter()
            .find(|range| range.name == C_TRAIN.symbol)
            .map(|range| [range.low, range.high]))
    }
}

/// The unit of the losses: they can be equal only in one.
fn unit(question: &MultiplierQuestion, asking: &mut Asking) -> Result<Option<Unit>, AskError> {
    // A recipe that cannot be read is refused where it is planned by.
    let mut of =
        |recipe: &Recipe, path| recipe.read(path, asking).ok().and_then(|(law, _)| law.outputs[0].unit);
    let (a, b) = (of(&question.a, "multiplier.a"), of(&question.b, "multiplier.b"));
    // What is warned of here is warned of again at the losses.
    asking.warnings.clear();
    match (a, b) {
        (Some(a), Some(b)) if a != b => {
            let message =
                format!("expected a fit of losses in {}, as those of a are; got {}", a.words(), b.words());
            Err(AskError::malformed("multiplier.b.fit", message))
        }
        _ => Ok(a.or(b)),
    }
}

/// Losses that the runs behind both fits reach.
fn common(question: &MultiplierQuestion, asking: &mut Asking) -> Result<Vec<f64>, AskError> {
    let mut ends: Option<[f64; 2]> = None;
    for (recipe, path) in [(&question.a, "multiplier.a"), (&question.b, "multiplier.b")] {
        let Some([low, high]) = recipe.range(path, asking)? else { continue };
        let (worst, best) = (recipe.best_loss(low, path, asking)?, recipe.best_loss(high, path, asking)?);
        if let (Some(worst), Some(best)) = (worst, best) {
            let [known_best, known_worst] = ends.unwrap_or([best, worst]);
            ends = Some([crate::num::max(best, known_best), crate::num::min(worst, known_worst)]);
        }
    }
    // What was warned of on the way is warned of again at the losses.
    asking.warnings.clear();
    match ends {
        Some([best, worst]) if best < worst => {
            let step = (worst - best) / (LOSSES - 1) as f64;
            Ok((0..LOSSES).map(|at| worst - step * at as f64).collect())
        }
        _ => {
            let message = "expected losses, such as {\"loss\":[2.5,2.2]}: the runs behind the fits reach none in common";
            Err(AskError::malformed("multiplier.over", message))
        }
    }
}

/// The best plan, with what a reader should know of it.
fn planned_within(
    asked: &AllocateQuestion,
    path: &str,
    asking: &mut Asking,
) -> Result<(AllocateAnswer, Option<Plans>), AskError> {
    let mut inner = Asking::new(&mut *asking.progress);
    let (plan, plans) = planned(asked, &mut inner).map_err(|error| error.within(path))?;
    asking.warnings.extend(plan.warnings.iter().filter(|w| w.code != "allocate.infeasible").cloned());
    Ok((plan, plans))
}
