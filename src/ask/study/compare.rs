//! `compare`: several methods on the same runs, and what choosing the wrong one costs.

use serde::{Deserialize, Serialize};

use super::choice::MethodChoice;
use super::method::Found;
use crate::ask::allocate::share;
use crate::ask::fit::{DecisionAnswer, RunsChoice};
use crate::ask::{
    AskError, AskedLimit, Asking, BootstrapChoice, Column, ErrorAnswer, FitChoice, GivenFit, LawChoice,
    Number, Of, PredictQuestion, Quantity, allocate, predict,
};
use crate::fit::Loss;
use crate::num::ln;
use crate::outcome::{Termination, Warning};
use crate::units::{D_SEEN, N_TOTAL, Unit};

/// Asks what several methods make of the same runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "a comparison such as {\"runs\":…,\"methods\":[\"chinchilla\",\"isoflop\"],\"budget\":\"1e21 FLOPs\"}"
)]
pub struct CompareQuestion {
    /// The runs.
    pub runs: RunsChoice,
    /// Laws that are fitted to them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub laws: Vec<LawChoice>,
    /// Methods, after the laws.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<MethodChoice>,
    /// The budget of the plans that are compared.
    pub budget: Quantity,
    /// Draws of the runs, for intervals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bootstrap: Option<BootstrapChoice>,
    /// The share of draws that intervals hold; 0.9 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<f64>,
}

/// What several methods make of the same runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CompareAnswer {
    /// The methods, in the order in which they were asked for.
    pub methods: Vec<MethodAnswer>,
    /// The law that the runs support most, by its index: of least `aic` among those that are fitted by the same loss as
    /// the first. Null where no law is fitted.
    pub reference: Option<usize>,
    /// For each law (a row, by the index of its method) and each method (a column) the share of the budget that is wasted
    /// if the law is right and the plan of the method is followed; null where that is not known.
    pub regret: Vec<Vec<Number>>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// What one method makes of the runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MethodAnswer {
    /// Its name.
    pub name: String,
    /// Why it does not apply to these runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorAnswer>,
    /// How the search ended, of a fitted law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub termination: Option<Termination>,
    /// The objective of a fitted law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<f64>,
    /// How many parameters were found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free: Option<usize>,
    /// Akaike's criterion of a fitted law, 2 k + (2/p) n ln F, where the objective grows as the power p of the residuals:
    /// only differences between laws that are fitted by the same loss mean anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aic: Option<f64>,
    /// Schwarz's criterion, k ln n + (2/p) n ln F.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bic: Option<f64>,
    /// The law that has been found, as other Questions take it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<LawChoice>,
    /// Its values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<GivenFit>,
    /// The plan for the budget.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionAnswer>,
    /// The share of the budget that its plan wastes if the reference is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wasted: Option<f64>,
    /// What the reader should know of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

/// Answers.
pub(in crate::ask) fn answer(
    question: &CompareQuestion,
    asking: &mut Asking,
) -> Result<CompareAnswer, AskError> {
    let level = share(question.level, "compare.level")?;
    let budget = question.budget.resolve(Unit::Flops, &|| "compare.budget".to_owned(), asking)?;
    let laws = question.laws.iter().map(MethodChoice::from);
    let choices: Vec<MethodChoice> = laws.chain(question.methods.iter().cloned()).collect();
    if choices.is_empty() {
        let message = "expected methods such as [\"chinchilla\",\"isoflop\"]; got none";
        return Err(AskError::malformed("compare.methods", message));
    }
    let mut answer = CompareAnswer::default();
    let mut found = Vec::new();
    for choice in &choices {
        let mut inner = Asking::new(&mut *asking.progress);
        let one = choice.apply(&question.runs, question.bootstrap.as_ref(), &mut inner).and_then(|found| {
            let plan = found.plan(&Quantity::Number(budget), Some(level), &mut inner)?;
            Ok((found, plan))
        });
        let mut method = MethodAnswer { name: choice.name(), ..MethodAnswer::default() };
        match one {
            Err(error) => {
                method.error = Some(ErrorAnswer::from(&error));
                found.push(None);
            }
            Ok((one, plan)) => {
                method.describe(&one);
                method.decision = Some(DecisionAnswer::from(plan));
                found.push(Some(one));
            }
        }
        answer.methods.push(method);
    }
    let standardised = question.runs.sigma.is_some();
    let losses: Vec<Option<Loss>> = choices.iter().map(|choice| choice.loss(standardised)).collect();
    criteria(&mut answer.methods, &found, &losses);
    let least = |a: &(usize, f64), b: &(usize, f64)| a.1.total_cmp(&b.1);
    let known = answer.methods.iter().enumerate().filter_map(|(at, method)| Some((at, method.aic?)));
    let first = known.clone().next().map(|(at, _)| &losses[at]);
    answer.reference = known.filter(|(at, _)| Some(&losses[*at]) == first).min_by(least).map(|(at, _)| at);
    for law in found.iter().map(|found| found.as_ref().filter(|found| found.answer.is_some())) {
        let wasted = |method: &MethodAnswer| law.and_then(|law| wasted(law, method, budget, asking));
        answer.regret.push(answer.methods.iter().map(wasted).map(Number).collect());
    }
    if let Some(reference) = answer.reference {
        for (at, method) in answer.methods.iter_mut().enumerate() {
            method.wasted = answer.regret[reference][at].0;
        }
    }
    answer.warnings = std::mem::take(&mut asking.warnings);
    Ok(answer)
}

impl MethodAnswer {
    fn describe(&mut self, found: &Found) {
        self.law = Some(found.law.clone());
        self.fit = Some(found.fit.clone());
        if let Some(answer) = &found.answer {
            self.termination = Some(answer.termination);
            self.objective = Some(answer.objective);
            self.free = Some(answer.free);
            self.warnings.clone_from(&answer.warnings);
        }
    }
}

/// Criteria of the fitted laws. With its scale free, a density like exp(−ρ(r)/s) has the likelihood −(n/p) ln F, where ρ
/// grows as the power p of the residuals: 2 of squares, 1 of absolute values, and of Huber's loss what the lowest fit by
/// the same loss has.
fn criteria(methods: &mut [MethodAnswer], found: &[Option<Found>], losses: &[Option<Loss>]) {
    let answer = |at: usize| found[at].as_ref().and_then(|found| found.answer.as_ref());
    for (at, method) in methods.iter_mut().enumerate() {
        let alike = (0..found.len()).filter(|other| losses[*other] == losses[at]).filter_map(answer);
        let lowest = alike.min_by(|a, b| a.objective.total_cmp(&b.objective));
        let power = lowest.and_then(|answer| answer.power);
        if let (Some(power), Some(answer), Some(free)) = (power, answer(at), method.free)
            && answer.objective > 0.0
        {
            let (runs, free) = (answer.runs as f64, free as f64);
            let deviance = 2.0 / power * runs * ln(answer.objective);
            method.aic = Some(deviance + 2.0 * free);
            method.bic = Some(deviance + free * ln(runs));
        }
    }
}

/// The share of the budget that a plan wastes if a law is right: what its loss would have cost at best.
fn wasted(law: &Found, method: &MethodAnswer, budget: f64, asking: &mut Asking) -> Option<f64> {
    let at = &method.decision.as_ref()?.at;
    let [n, d] =
        [N_TOTAL, D_SEEN].map(|variable| at.get(variable.symbol).and_then(|estimate| estimate.value.0));
    let law = law.without_draws();
    let point = [(N_TOTAL.symbol, n?), (D_SEEN.symbol, d?)];
    let asked = PredictQuestion {
        law: law.law.clone(),
        fit: Some(FitChoice::Given(Box::new(law.fit.clone()))),
        at: point.into_iter().map(|(name, value)| (name, Column::One(Quantity::Number(value)))).collect(),
        level: None,
        interval_of: None,
    };
    let mut inner = Asking::new(&mut *asking.progress);
    let loss = predict::answer(&asked, &mut inner).ok()?.value?.0?;
    let limit = AskedLimit {
        of: Of::Text("loss".to_owned()),
        at_most: Some(Quantity::Number(loss)),
        ..AskedLimit::default()
    };
    let mut question = law.question();
    question.minimize = Some("cost".to_owned());
    question.limits = vec![limit];
    let least = allocate::answer(&question, &mut inner).ok()?;
    let least = least.value.0.filter(|_| least.termination == Termination::Optimum)?;
    // The plan itself costs the budget, to rounding.
    Some(crate::num::max(1.0 - least / budget, 0.0))
}
