//! Allocation by a law that lists the best plans itself: size and tokens as functions of the budget.

use super::costs::Costs;
use super::draws::{FLOPS, Plans};
use super::limit::Asked;
use super::problem::{Quantities, Texts};
use super::sought::{START, Sought};
use super::{AllocateAnswer, AllocateQuestion, intervals, share};
use crate::allocate::Sense;
use crate::ask::evaluate::evaluate;
use crate::ask::fitted::Fitted;
use crate::ask::law::{AskedLaw, AskedOutput};
use crate::ask::{AskError, AskFault, Asking, Named, range};
use crate::outcome::{Termination, Warning};
use crate::units::Unit;

/// Answers for a training budget: the law knows nothing else.
pub(super) fn answer(
    question: &AllocateQuestion,
    texts: &Texts,
    law: &AskedLaw,
    fitted: &Fitted,
    asking: &mut Asking,
) -> Result<(AllocateAnswer, Option<Plans>), AskError> {
    let costs = &texts.costs;
    let level = share(question.level, "allocate.level")?;
    check(question, law)?;
    let sought = Sought::read(question, &Quantities { texts, law, fitted }, asking)?;
    let budget = match &sought {
        Some(sought) => sought.budget_by(START, |budget| at(law, &fitted.values, budget).ok())?,
        None => budget(question, law, costs, asking)?,
    };
    let mut at = at(law, &fitted.values, budget)?;
    if let Some(sought) = &sought {
        sought.hold(&mut at);
    }
    warn(law, fitted, &at, budget, &mut asking.warnings);
    let plans = plans(law, fitted, budget, sought.as_ref())?;
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

fn refuse<T>(law: &AskedLaw, path: &str, what: &str) -> Result<T, AskError> {
    let message = format!("{} gives the best plan for a training budget, and knows no {what}", law.name());
    Err(AskError::malformed(path, message))
}

/// The law knows nothing but a budget.
fn check(question: &AllocateQuestion, law: &AskedLaw) -> Result<(), AskError> {
    if question.minimize.as_deref().is_some_and(|minimize| minimize != "loss") {
        return refuse(law, "allocate.minimize", "other aim");
    }
    if question.cost.as_deref().is_some_and(|cost| cost.replace(' ', "") != "6*N*D") {
        return refuse(law, "allocate.cost", "other cost than 6*N*D");
    }
    #[cfg(feature = "catalogue")]
    if question.serving.is_some() {
        return refuse(law, "allocate.serving", "serving");
    }
    Ok(())
}

/// The budget, given as such or as a limit on cost.
fn budget(
    question: &AllocateQuestion,
    law: &AskedLaw,
    costs: &Costs,
    asking: &mut Asking,
) -> Result<f64, AskError> {
    match (&question.budget, question.limits.as_slice()) {
        (Some(budget), []) => costs.training_budget(budget, asking),
        (None, [only]) if only.of.text().is_some_and(|of| of.trim() == "cost") => {
            match only.asked("allocate.limits[0]")? {
                (Asked::Side(Sense::AtMost | Sense::Equal, amount), path) => {
                    amount.resolve(Unit::Flops, &|| path.clone(), asking)
                }
                _ => refuse(law, "allocate.limits", "limit"),
            }
        }
        (None, []) => Err(AskFault::MissingField { field: "budget".to_owned() }.at("allocate")),
        _ => refuse(law, "allocate.limits", "limit"),
    }
}

/// The best plan of a budget, by values of the law's parameters.
fn at(law: &AskedLaw, values: &[f64], budget: f64) -> Result<Named<f64>, AskError> {
    let best = |output: &AskedOutput| Ok((output.symbol.clone(), best(output, law, values, budget)?));
    law.outputs.iter().map(best).collect::<Result<Vec<_>, _>>().map(Named)
}

fn best(output: &AskedOutput, law: &AskedLaw, values: &[f64], budget: f64) -> Result<f64, AskError> {
    let names = law.parameters.iter().map(|parameter| parameter.name.as_str());
    let parameters: Vec<(&str, f64)> = names.zip(values.iter().copied()).collect();
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
    warnings
        .push(Warning::new("law.no_loss", "this law gives no loss, so the loss of this plan is not known"));
}

/// The plan of every draw of the fit; none where it has no draws.
fn plans(
    law: &AskedLaw,
    fitted: &Fitted,
    budget: f64,
    sought: Option<&Sought>,
) -> Result<Option<Plans>, AskError> {
    let count = fitted.draws.first().map_or(0, Vec::len);
    if count == 0 {
        return Ok(None);
    }
    let of_draw = |draw: usize| {
        let Some(sought) = sought else { return budget };
        let values: Vec<f64> = fitted.draws.iter().map(|draws| draws[draw]).collect();
        sought.budget_by(budget, |budget| at(law, &values, budget).ok()).unwrap_or(f64::NAN)
    };
    let flops: Vec<f64> = (0..count).map(of_draw).collect();
    let parameters = law.parameters.iter().zip(&fitted.draws);
    let inputs = parameters.map(|(parameter, draws)| (parameter.name.as_str(), draws.as_slice()));
    let budgets = law.inputs.iter().map(|input| (input.name.as_str(), flops.as_slice()));
    let inputs: Vec<(&str, &[f64])> = inputs.chain(budgets).collect();
    let mut columns = Vec::new();
    for output in &law.outputs {
        let evaluation =
            evaluate(&output.formula, &inputs, &[]).map_err(|error| AskError::at("allocate.law", error))?;
        columns.push((output.symbol.clone(), evaluation.values));
    }
    columns.extend(sought.map(|_| (FLOPS.to_owned(), flops)));
    Ok(Some(columns))
}
