//! The same plan at every draw of the fit.

use std::collections::BTreeMap;

use super::costs::BUDGET;
use super::problem::{Posed, Subject};
use crate::allocate::{AllocateError, Columns, Part, Prepared, Quantity, Sense, Solution, Values, batch};
use crate::ask::fitted::Fitted;
use crate::ask::law::AskedLaw;
use crate::ask::{Asking, Progress};
use crate::outcome::{Termination, Warning};

/// The column of budgets, where they were sought.
pub(super) const FLOPS: &str = "flops";

/// A column for each variable and for the value, with an entry for each draw; not a number in a draw that has no certified
/// plan.
pub(in crate::ask) type Plans = Vec<(String, Vec<f64>)>;

/// The plan of every draw of the fit; a draw without a certified one is warned of. None where the fit has no draws.
pub(super) fn plans(
    posed: &Posed,
    plan: &BTreeMap<String, f64>,
    law: &AskedLaw,
    fitted: &Fitted,
    asking: &mut Asking,
) -> Option<Plans> {
    let count = fitted.draws.first().map_or(0, Vec::len);
    if count == 0 {
        return None;
    }
    let together = if posed.sought.is_some() { None } else { at_once(posed, law, fitted) };
    let plans = together.unwrap_or_else(|| one_by_one(posed, plan, law, fitted, asking));
    let left_out = plans.first().map_or(count, |(_, column)| column.iter().filter(|x| x.is_nan()).count());
    if left_out > 0 {
        let message = format!("{left_out} of {count} draws have no certified plan and are left out");
        let warning = Warning::new("draws.no_plan", message);
        asking.warnings.push(warning.with("draws", count).with("left_out", left_out));
    }
    Some(plans)
}

/// All draws in lock step, where the problem is one of two variables under a budget.
fn at_once(posed: &Posed, law: &AskedLaw, fitted: &Fitted) -> Option<Plans> {
    let problem = &posed.problem;
    let ([u, v], [limit]) = (problem.free.as_slice(), problem.limits.as_slice()) else { return None };
    let is_cost = matches!(posed.subjects[0], Subject::Cost) || posed.paths[0] == BUDGET;
    if limit.sense != Sense::AtMost || !is_cost || !problem.wholes.is_empty() {
        return None;
    }
    let objective = columns(&problem.objective, law, fitted);
    let cost = columns(&limit.of, law, fitted);
    let optima = batch(&objective, &cost, [&u.name, &v.name], Values::One(limit.bound)).ok()?;
    let proved = |column: &[f64]| -> Vec<f64> {
        let entry = |(value, optimal): (&f64, &bool)| if *optimal { *value } else { f64::NAN };
        column.iter().zip(&optima.optimal).map(entry).collect()
    };
    Some(vec![
        (u.name.clone(), proved(&optima.at[0])),
        (v.name.clone(), proved(&optima.at[1])),
        ("value".to_owned(), proved(&optima.value)),
    ])
}

/// A quantity with the draws of its parameters.
fn columns<'a>(quantity: &'a Quantity, law: &AskedLaw, fitted: &'a Fitted) -> Columns<'a> {
    let values = quantity.values.iter().map(|(name, value)| {
        let parameter = law.parameters.iter().position(|parameter| parameter.name == *name);
        let draws = parameter.and_then(|i| fitted.draws.get(i));
        (name.as_str(), draws.map_or(Values::One(*value), |draws| Values::Each(draws)))
    });
    Columns { formula: &quantity.formula, values: values.collect() }
}

/// Each draw by itself, from the plan of the fit.
fn one_by_one(
    posed: &Posed,
    plan: &BTreeMap<String, f64>,
    law: &AskedLaw,
    fitted: &Fitted,
    asking: &mut Asking,
) -> Plans {
    let count = fitted.draws.first().map_or(0, Vec::len);
    let names = posed
        .names
        .iter()
        .cloned()
        .chain(["value".to_owned()])
        .chain(posed.sought.is_some().then(|| FLOPS.to_owned()));
    let mut plans: Plans = names.map(|name| (name, Vec::new())).collect();
    let Ok(mut prepared) = posed.problem.prepare() else { return plans };
    for draw in 0..count {
        let set = set(&mut prepared, posed, law, fitted, draw);
        let budget = posed.sought.as_ref().map(|sought| sought.of_draw(&mut prepared, posed, plan));
        let solution = set.and_then(|()| prepared.solve_near(plan));
        let solution = solution.ok().filter(|plan| is_certified(plan) && budget != Some(None));
        for (name, column) in &mut plans {
            let value = |solution: &Solution| match name.as_str() {
                FLOPS => budget.flatten().unwrap_or(f64::NAN),
                name => solution.at.get(name).copied().unwrap_or(solution.value),
            };
            column.push(solution.as_ref().map_or(f64::NAN, value));
        }
        (asking.progress)(Progress { done: draw as u64 + 1, of: count as u64, stage: "draws" });
    }
    plans
}

/// Whether a plan is the best there is.
pub(super) fn is_certified(solution: &Solution) -> bool {
    matches!(solution.termination, Termination::Optimum | Termination::AtBound | Termination::Several)
}

/// Gives every parameter its value in one draw. Another law that is limited has a fit of its own, whatever its parameters are
/// called.
fn set(
    prepared: &mut Prepared,
    posed: &Posed,
    law: &AskedLaw,
    fitted: &Fitted,
    draw: usize,
) -> Result<(), AllocateError> {
    let problem = &posed.problem;
    let limits = problem.limits.iter().zip(&posed.subjects).enumerate();
    let limits = limits.filter(|(_, (_, subject))| !subject.has_own_fit());
    let limits = limits.map(|(i, (limit, _))| (Part::Limit(i), &limit.of));
    for (part, quantity) in limits.chain([(Part::Objective, &problem.objective)]) {
        for (parameter, draws) in law.parameters.iter().zip(&fitted.draws) {
            if quantity.values.contains_key(&parameter.name) {
                prepared.set_value(part, &parameter.name, draws[draw])?;
            }
        }
    }
    Ok(())
}
