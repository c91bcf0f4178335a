//! Allocation by a law that lists the best plans itself: size and tokens as functions of the budget.

use super::costs::Costs;
use super::draws::Plans;
use super::limit::Asked;
use super::{AllocateAnswer, AllocateQuestion, intervals, share};
use crate::allocate::Sense;
use crate::ask::evaluate::evaluate;
use crate::ask::fitted::Fitted;
use crate::ask::law::{AskedLaw, AskedOutput};
use crate::ask::{AskError, AskFault, Asking, Named, Quantity, range};
use crate::outcome::{Termination, Warning};
use crate::units::Unit;

/// Answers for a training budget: the law knows nothing else.
pub(super) fn answer(
    question: &AllocateQuestion,
    costs: &Costs,
    law: &AskedLaw,
    fitted: &Fitted,
    asking: &mut Asking,
) -> Result<(AllocateAnswer, Option<Plans>), AskError> {
    let level = share(question.level, "allocate.level")?;
    let (budget, path) = budget(question, law)?;
    let budget = match &question.budget {
        Some(budget) => costs.training_budget(budget, asking)?,
        None => budget.resolve(Unit::Flops, &|| path.clone(), asking)?,
    };
    let mut at = Vec::new();
    for output in &law.outputs {
        at.push((output.symbol.clone(), best(output, law, fitted, budget)?));
    }
    let at = Named(at);
    warn(law, fitted, &at, budget, &mut asking.warnings);
    let plans = plans(law, fitted, budget)?;
    let ratio = intervals::ratio(&at).map(|ratio| ("tokens_per_parameter".to_owned(), ratio)).into_iter();
    let answer = AllocateAnswer {
        flops: Some(budget),
        quantities: ratio.chain(costs.of_training(budget)?).collect(),
        assumed: costs.assumed(),
        at,
        certificate: None,
        intervals: plans.as_ref().map(|plans| intervals::of(plans, level)),
        ..AllocateAnswer::of(Termination::Optimum)
    };
    Ok((answer, plans))
}

/// The budget, given as such or as a limit on cost.
fn budget<'a>(question: &'a AllocateQuestion, law: &AskedLaw) -> Result<(&'a Quantity, String), AskError> {
    let refuse = |path: &str, what: &str| {
        let message =
            format!("{} gives the best plan for a training budget, and knows no {what}", law.name());
        Err(AskError::malformed(path, message))
    };
    if question.minimize.as_deref().is_some_and(|minimize| minimize != "loss") {
        return refuse("allocate.minimize", "other aim");
    }
    if question.cost.as_deref().is_some_and(|cost| cost.replace(' ', "") != "6*N*D") {
        return refuse("allocate.cost", "other cost than 6*N*D");
    }
    #[cfg(feature = "catalogue")]
    if question.serving.is_some() {
        return refuse("allocate.serving", "serving");
    }
    match (&question.budget, question.limits.as_slice()) {
        (Some(budget), []) => Ok((budget, "allocate.budget".to_owned())),
        (None, [only]) if only.of.text().is_some_and(|of| of.trim() == "cost") => {
            match only.asked("allocate.limits[0]")? {
                (Asked::Side(Sense::AtMost | Sense::Equal, amount), path) => Ok((amount, path)),
                _ => refuse("allocate.limits", "limit"),
            }
        }
        (None, []) => Err(AskFault::MissingField { field: "budget".to_owned() }.at("allocate")),
        _ => refuse("allocate.limits", "limit"),
    }
}

fn best(output: &AskedOutput, law: &AskedLaw, fitted: &Fitted, budget: f64) -> Result<f64, AskError> {
    let names = law.parameters.iter().map(|parameter| parameter.name.as_str());
    let parameters: Vec<(&str, f64)> = names.zip(fitted.values.iter().copied()).collect();
    let column = [budget];
    let inputs: Vec<(&str, &[f64])> =
        law.inputs.iter().map(|input| (input.name.as_str(), column.as_slice())).collect();
    let evaluation = evaluate(&output.formula, &inputs, &parameters)
        .map_err(|error| AskError::at("allocate.law", error))?;
    let value = evaluation.values[0];
    if value.is_finite() {
        return Ok(value);
    }
    let message = format!("expected a budget at which {} is a finite number", output.name);
    Err(AskError::malformed("allocate.budget", message))
}

fn warn(law: &AskedLaw, fitted: &Fitted, at: &Named<f64>, budget: f64, warnings: &mut Vec<Warning>) {
    let columns: Vec<(&str, [f64; 1])> = at.iter().map(|(name, value)| (name, [*value])).collect();
    let budget = [budget];
    let budgets = law.inputs.iter().map(|input| (input.name.as_str(), budget.as_slice()));
    let all: Vec<(&str, &[f64])> =
        columns.iter().map(|(name, column)| (*name, column.as_slice())).chain(budgets).collect();
    range::warn(law, &fitted.ranges, &all, warnings);
    let message = format!("{} gives no loss, so the loss of this plan is not known", law.name());
    warnings.push(Warning::new("law.no_loss", message));
}

/// The plan of every draw of the fit; none where it has no draws.
fn plans(law: &AskedLaw, fitted: &Fitted, budget: f64) -> Result<Option<Plans>, AskError> {
    let count = fitted.draws.first().map_or(0, Vec::len);
    if count == 0 {
        return Ok(None);
    }
    let budgets = vec![budget; count];
    let parameters = law.parameters.iter().zip(&fitted.draws);
    let inputs = parameters.map(|(parameter, draws)| (parameter.name.as_str(), draws.as_slice()));
    let budgets = law.inputs.iter().map(|input| (input.name.as_str(), budgets.as_slice()));
    let inputs: Vec<(&str, &[f64])> = inputs.chain(budgets).collect();
    let mut columns = Vec::new();
    for output in &law.outputs {
        let evaluation =
            evaluate(&output.formula, &inputs, &[]).map_err(|error| AskError::at("allocate.law", error))?;
        columns.push((output.symbol.clone(), evaluation.values));
    }
    Ok(Some(columns))
}
