//! Allocation by a law with a loss: a certified optimum.

use std::collections::BTreeMap;

use super::problem::{Posed, Quantities, Subject, Texts, pose};
use super::{
    ActiveAnswer, AllocateAnswer, AllocateCertificate, AllocateQuestion, BoundAnswer, BoundOf, Elsewhere,
    NextAnswer, ViolatedAnswer, draws, intervals, share,
};
use crate::allocate::{AllocateError, Edge, Global, Part, Solution, Violation};
use crate::ask::evaluate::evaluate;
use crate::ask::fitted::Fitted;
use crate::ask::law::AskedLaw;
use crate::ask::{AskError, AskFault, Asking, Named, Number, range};
use crate::outcome::{Explain, Termination, Warning};
use crate::units::{C_TRAIN, Unit, show};

/// Answers.
pub(super) fn answer(
    question: &AllocateQuestion,
    texts: &Texts,
    law: &AskedLaw,
    fitted: &Fitted,
    asking: &mut Asking,
) -> Result<(AllocateAnswer, Option<draws::Plans>), AskError> {
    let posed = pose(question, texts, law, fitted, asking)?;
    let level = share(question.level, "allocate.level")?;
    let solution = posed.problem.solve().map_err(|error| placed(error, &posed))?;
    let quantities = Quantities { texts, law, fitted };
    let (mut answer, mut plans) = (plain(&solution, &posed, &quantities), None);
    warn(&solution, &posed, &quantities, &mut asking.warnings);
    if is_plan(&solution) {
        check_conditions(&solution, law, &posed)?;
        answer.at = in_order(&solution.at, &posed);
        if let Some(sought) = &posed.sought {
            sought.hold(&mut answer.at);
        }
        answer.bounds = bounds(&solution, law);
        answer.set = in_order(&solution.set, &posed);
        answer.several = solution.several.iter().map(|other| in_order(other, &posed)).collect();
        answer.next = next(&solution);
        answer.value = Number::new(solution.value, texts.minimize.text(), &mut asking.warnings);
        answer.flops = flops(&answer, &posed, texts, law);
        answer.quantities = known(&answer.at, &quantities)?;
        hold(&mut answer, &posed);
        warn_of_range(&answer, law, fitted, &mut asking.warnings);
        plans = draws::plans(&posed, &solution.at, law, fitted, asking);
        answer.intervals = plans.as_ref().map(|plans| {
            let mut intervals = intervals::of(plans, level);
            intervals.0.extend(intervals::of(&texts.costs.of_draws(plans), level).0);
            intervals
        });
    }
    Ok((answer, plans))
}

/// Whether there is a plan at all.
fn is_plan(solution: &Solution) -> bool {
    !matches!(solution.termination, Termination::Infeasible | Termination::Unbounded)
}

/// What can be said without a plan.
fn plain(solution: &Solution, posed: &Posed, quantities: &Quantities) -> AllocateAnswer {
    let unit = quantities.unit(&quantities.texts.minimize).map(|unit| unit.name().to_owned());
    let per = |subject: &Subject| Some(format!("{} per {}", unit.as_deref()?, quantities.unit(subject)?));
    let active = solution.active.iter().map(|active| {
        let subject = &posed.subjects[active.limit];
        ActiveAnswer {
            limit: active.limit,
            of: subject.text().to_owned(),
            marginal: Number::finite(active.marginal),
            relative: Number::finite(active.relative),
            unit: per(subject),
        }
    });
    let violated = solution.violated.iter().map(|violation| ViolatedAnswer {
        limit: violation.limit,
        of: posed.subjects[violation.limit].text().to_owned(),
        value: Number::finite(violation.value),
        bound: violation.bound,
        alone: violation.alone.filter(|value| value.is_finite()),
    });
    AllocateAnswer {
        active: active.collect(),
        violated: violated.collect(),
        unit,
        assumed: quantities.texts.costs.assumed(),
        certificate: Some(certificate(solution)),
        ..AllocateAnswer::of(solution.termination)
    }
}

fn certificate(solution: &Solution) -> AllocateCertificate {
    let certificate = &solution.certificate;
    AllocateCertificate {
        residual: Number::finite(certificate.residual),
        feasibility: Number::finite(certificate.feasibility),
        curvature: certificate.curvature.map_or(Number::NULL, Number::finite),
        evaluations: certificate.evaluations,
        elsewhere: match certificate.global {
            Global::Convex => Elsewhere::Convex,
            Global::Scan { points, within, better: false } => Elsewhere::Scan { points, within },
            Global::Scan { better: true, .. } | Global::Unknown => Elsewhere::Unknown,
        },
    }
}

/// The ends that hold the plan back.
fn bounds(solution: &Solution, law: &AskedLaw) -> Vec<BoundAnswer> {
    let said = |name: &str| law.inputs.iter().any(|input| input.name == name && input.within.is_some());
    let of = |part: &Part| if *part == Part::Objective { BoundOf::Law } else { BoundOf::Limit };
    let edge = |edge: &Edge| BoundAnswer {
        variable: Some(edge.variable.clone()),
        at: solution.at.get(&edge.variable).copied(),
        of: match &edge.by {
            Some((part, _)) => of(part),
            None if said(&edge.variable) => BoundOf::Law,
            None => BoundOf::Box,
        },
        condition: edge.by.as_ref().map(|(_, text)| text.clone()),
    };
    let end = |(part, condition): &(Part, Option<String>)| BoundAnswer {
        variable: None,
        at: None,
        of: of(part),
        condition: condition.clone(),
    };
    solution.edges.iter().map(edge).chain(solution.ends.iter().map(end)).collect()
}

/// What the next values of the variables with few would lead to.
fn next(solution: &Solution) -> Vec<NextAnswer> {
    let next = solution.next.iter().map(|next| NextAnswer {
        variable: next.variable.clone(),
        to: next.to,
        value: next.value.map_or(Number::NULL, Number::finite),
        difference: next.value.map_or(Number::NULL, |value| Number::finite(value - solution.value)),
    });
    next.collect()
}

/// What is known of the variables, in the order of the law.
fn in_order<T: Copy>(known: &BTreeMap<String, T>, posed: &Posed) -> Named<T> {
    posed.names.iter().filter_map(|name| Some((name.clone(), *known.get(name)?))).collect()
}

/// The training compute: where it is what the budget bounds, the budget to the digit.
fn flops(answer: &AllocateAnswer, posed: &Posed, texts: &Texts, law: &AskedLaw) -> Option<f64> {
    let counted = law.training_flops(&columns(&answer.at))?.into_iter().next()?;
    let spends = |limit: &usize| matches!(posed.subjects[*limit], Subject::Cost) && !texts.own_cost;
    let spent = answer.active.iter().map(|active| active.limit).find(spends);
    Some(spent.map_or(counted, |limit| posed.problem.limits[limit].bound))
}

/// What an active limit holds is its bound, to the digit.
fn hold(answer: &mut AllocateAnswer, posed: &Posed) {
    for active in &answer.active {
        let held = answer.quantities.0.iter_mut().find(|(name, _)| *name == active.of);
        if let Some((_, value)) = held {
            *value = posed.problem.limits[active.limit].bound;
        }
    }
}

fn warn_of_range(answer: &AllocateAnswer, law: &AskedLaw, fitted: &Fitted, warnings: &mut Vec<Warning>) {
    let mut columns = columns(&answer.at);
    if let Some(flops) = &answer.flops
        && answer.at.get(C_TRAIN.symbol).is_none()
    {
        columns.push((C_TRAIN.symbol, std::slice::from_ref(flops)));
    }
    range::warn(law, &fitted.ranges, &columns, warnings);
}

/// What else is known of the plan.
fn known(at: &Named<f64>, quantities: &Quantities) -> Result<Named<f64>, AskError> {
    let texts = quantities.texts;
    let mut known = Vec::new();
    known.extend(intervals::ratio(at).map(|ratio| ("tokens_per_parameter".to_owned(), ratio)));
    let mut subjects = Vec::new();
    if !matches!(texts.minimize, Subject::Loss) {
        subjects.push(Subject::Loss);
    }
    if texts.own_cost && !matches!(texts.minimize, Subject::Cost) {
        subjects.push(Subject::Cost);
    }
    for subject in subjects {
        let quantity = quantities.of(&subject);
        let parameters: Vec<(&str, f64)> =
            quantity.values.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let evaluation = evaluate(&quantity.formula, &columns(at), &parameters)
            .map_err(|error| AskError::at("allocate", error))?;
        let value = evaluation.values.first().copied().filter(|value| value.is_finite());
        known.extend(value.map(|value| (subject.text().to_owned(), value)));
    }
    known.extend(texts.costs.at(at)?);
    Ok(Named(known))
}

/// The plan as columns of one row.
fn columns(at: &Named<f64>) -> Vec<(&str, &[f64])> {
    at.iter().map(|(name, value)| (name, std::slice::from_ref(value))).collect()
}

/// Outside its conditions a formula means nothing, so there is no plan there.
fn check_conditions(solution: &Solution, law: &AskedLaw, posed: &Posed) -> Result<(), AskError> {
    let Some((part, condition)) = solution.broken.first() else { return Ok(()) };
    let (law, path) = match part {
        Part::Objective => (law.name().to_owned(), "allocate".to_owned()),
        Part::Limit(i) => (posed.subjects[*i].text().to_owned(), posed.paths[*i].clone()),
    };
    Err(AskFault::Condition { condition: condition.clone(), law, row: None }.at(path))
}

/// An error of the solver, at the field of the Question that it is about.
pub(super) fn placed(error: AllocateError, posed: &Posed) -> AskError {
    let place = error.at().path.unwrap_or_default();
    let limit = place.strip_prefix("limits[").and_then(|rest| rest.strip_suffix(']'));
    let path = limit.and_then(|index| posed.paths.get(index.parse::<usize>().ok()?));
    AskError::at(path.map_or("allocate", String::as_str), error)
}

fn warn(solution: &Solution, posed: &Posed, quantities: &Quantities, warnings: &mut Vec<Warning>) {
    match solution.termination {
        Termination::Infeasible => {
            warnings.push(Warning::new("allocate.infeasible", infeasible(solution, posed, quantities)));
        }
        Termination::Unbounded => {
            let edge = |edge: &crate::allocate::Edge| {
                format!("{} {}", edge.variable, if edge.high { "grows" } else { "shrinks" })
            };
            let edges: Vec<String> = solution.edges.iter().filter(|edge| !edge.declared).map(edge).collect();
            let what = quantities.texts.minimize.text();
            let message = format!("{what} falls for ever as {}: some limit is missing", edges.join(" and "));
            warnings.push(Warning::new("allocate.unbounded", message));
        }
        Termination::Flat => {
            let names = solution.undetermined.join(", ");
            let message = format!("the plan is one of many as good: {names} may move together");
            warnings.push(Warning::new("allocate.flat", message).with("variables", names));
        }
        Termination::MaxIterations => {
            let message = "the solver stopped without a certificate; this is the best plan it found";
            warnings.push(Warning::new("allocate.not_certified", message));
        }
        Termination::Several => {
            let count = solution.several.len() + 1;
            let message = format!("{count} plans are as good as one another; this is one of them");
            warnings.push(Warning::new("allocate.several", message).with("plans", count));
        }
        Termination::AtBound => {
            let held: Vec<String> =
                bounds(solution, quantities.law).iter().map(|bound| held(bound, quantities)).collect();
            let holds = if held.len() == 1 { "holds" } else { "hold" };
            let message = format!("{} {holds} the plan back", held.join(" and "));
            warnings.push(Warning::new("allocate.at_bound", message));
        }
        Termination::Optimum | Termination::Converged => {}
    }
}

/// Why no plan is within the limits: one that is out of reach by itself, or all that contradict one another.
fn infeasible(solution: &Solution, posed: &Posed, quantities: &Quantities) -> String {
    let shown = |violated: &Violation, value: f64| {
        let unit = quantities.unit(&posed.subjects[violated.limit]).unwrap_or(Unit::One);
        show(value, unit)
    };
    let subject = |violated: &Violation| posed.subjects[violated.limit].text();
    if let Some((violated, alone)) = solution.violated.iter().find_map(|v| Some((v, v.alone?))) {
        let (of, bound) = (subject(violated), shown(violated, violated.bound));
        let end = if alone > violated.bound { "floor" } else { "ceiling" };
        return match posed.subjects[violated.limit] {
            Subject::Loss => {
                format!("no plan reaches {of} {bound}: the law's {end} is {}", shown(violated, alone))
            }
            _ => format!("no plan reaches {of} {bound}: the {end} of that is {}", shown(violated, alone)),
        };
    }
    let each = solution.violated.iter().map(|violated| {
        let (best, bound) = (shown(violated, violated.value), shown(violated, violated.bound));
        format!("{} (at best {}, not {bound})", subject(violated), best.number())
    });
    format!("no plan satisfies the limits on {}", each.collect::<Vec<_>>().join(" and on "))
}

/// An end that holds a plan back, in words.
fn held(bound: &BoundAnswer, quantities: &Quantities) -> String {
    let whose = match bound.of {
        BoundOf::Law => "the end of the law",
        BoundOf::Limit => "the end of a limit's formula",
        BoundOf::Box => "the end of the search",
    };
    match (&bound.condition, &bound.variable, bound.at) {
        (Some(condition), ..) => format!("{whose}, {condition},"),
        (None, Some(variable), Some(at)) => {
            format!("{whose}, {variable} = {},", show(at, quantities.law.unit(variable)))
        }
        _ => whose.to_owned(),
    }
}
