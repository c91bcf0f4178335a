//! The same plan at every draw of the fit.

use super::intervals;
use super::problem::{Posed, Subject};
use crate::allocate::{AllocateError, Columns, Part, Prepared, Problem, Quantity, Sense, Values, batch};
use crate::ask::fitted::Fitted;
use crate::ask::law::AskedLaw;
use crate::ask::{Asking, Named, Progress};
use crate::outcome::{Termination, Warning};

/// The intervals of the plan over the draws; a draw without a certified plan is left out and warned of.
/// None where the fit has no draws.
pub(super) fn intervals(
    posed: &Posed,
    law: &AskedLaw,
    fitted: &Fitted,
    level: f64,
    asking: &mut Asking,
) -> Option<Named<[f64; 2]>> {
    let count = fitted.draws.first().map_or(0, Vec::len);
    if count == 0 {
        return None;
    }
    let plans = at_once(posed, law, fitted).unwrap_or_else(|| one_by_one(posed, law, fitted, count, asking));
    let kept = plans.first().map_or(0, |(_, column)| column.len());
    if kept < count {
        let left_out = count - kept;
        let message = format!("{left_out} of {count} draws have no certified plan and are left out");
        let warning = Warning::new("draws.no_plan", message);
        asking.warnings.push(warning.with("draws", count).with("left_out", left_out));
    }
    Some(intervals::of(&plans, level))
}

/// A column for each variable and for the value, of the draws that have a certified plan.
type Plans = Vec<(String, Vec<f64>)>;

/// All draws in lock step, where the problem is one of two variables under a budget.
fn at_once(posed: &Posed, law: &AskedLaw, fitted: &Fitted) -> Option<Plans> {
    let problem = &posed.problem;
    let ([u, v], [limit], [Subject::Cost]) =
        (problem.free.as_slice(), problem.limits.as_slice(), posed.subjects.as_slice())
    else {
        return None;
    };
    if limit.sense != Sense::AtMost {
        return None;
    }
    let objective = columns(&problem.objective, law, fitted);
    let cost = columns(&limit.of, law, fitted);
    let optima = batch(&objective, &cost, [&u.name, &v.name], Values::One(limit.bound)).ok()?;
    let kept = |column: &[f64]| -> Vec<f64> {
        column.iter().zip(&optima.optimal).filter(|(_, optimal)| **optimal).map(|(value, _)| *value).collect()
    };
    Some(vec![
        (u.name.clone(), kept(&optima.at[0])),
        (v.name.clone(), kept(&optima.at[1])),
        ("value".to_owned(), kept(&optima.value)),
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

/// Each draw by itself.
fn one_by_one(posed: &Posed, law: &AskedLaw, fitted: &Fitted, count: usize, asking: &mut Asking) -> Plans {
    let free = posed.problem.free.iter().map(|free| free.name.clone());
    let mut plans: Plans = free.chain(["value".to_owned()]).map(|name| (name, Vec::new())).collect();
    let Ok(mut prepared) = posed.problem.prepare() else { return plans };
    for draw in 0..count {
        let solution = set(&mut prepared, &posed.problem, law, fitted, draw).and_then(|()| prepared.solve());
        if let Ok(solution) = solution
            && solution.termination == Termination::Optimum
        {
            for (name, column) in &mut plans {
                column.push(solution.at.get(name).copied().unwrap_or(solution.value));
            }
        }
        (asking.progress)(Progress { done: draw as u64 + 1, of: count as u64, stage: "draws" });
    }
    plans
}

/// Gives every parameter its value in one draw.
fn set(
    prepared: &mut Prepared,
    problem: &Problem,
    law: &AskedLaw,
    fitted: &Fitted,
    draw: usize,
) -> Result<(), AllocateError> {
    let limits = problem.limits.iter().enumerate().map(|(i, limit)| (Part::Limit(i), &limit.of));
    for (part, quantity) in limits.chain([(Part::Objective, &problem.objective)]) {
        for (parameter, draws) in law.parameters.iter().zip(&fitted.draws) {
            if quantity.values.contains_key(&parameter.name) {
                prepared.set_value(part, &parameter.name, draws[draw])?;
            }
        }
    }
    Ok(())
}
