//! Allocation by a law with a loss: a certified optimum.

use super::problem::{Posed, Quantities, Subject, Texts, pose};
use super::{
    ActiveAnswer, AllocateAnswer, AllocateCertificate, AllocateQuestion, ViolatedAnswer, draws, intervals,
    share,
};
use crate::allocate::{AllocateError, Part, Solution};
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
        answer.at = at(&solution, &posed);
        answer.value = Number::new(solution.value, texts.minimize.text(), &mut asking.warnings);
        answer.flops = flops(&answer, &posed, texts, law);
        answer.quantities = known(&answer.at, &quantities)?;
        warn_of_range(&answer, law, fitted, &mut asking.warnings);
        plans = draws::plans(&posed, law, fitted, asking);
        answer.intervals = plans.as_ref().map(|plans| intervals::of(plans, level));
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
    });
    AllocateAnswer {
        termination: solution.termination,
        at: Named::default(),
        value: Number::NULL,
        active: active.collect(),
        violated: violated.collect(),
        unit,
        flops: None,
        quantities: Named::default(),
        certificate: Some(certificate(solution)),
        intervals: None,
        warnings: Vec::new(),
    }
}

fn certificate(solution: &Solution) -> AllocateCertificate {
    let certificate = &solution.certificate;
    AllocateCertificate {
        residual: Number::finite(certificate.residual),
        feasibility: Number::finite(certificate.feasibility),
        curvature: certificate.curvature.map_or(Number::NULL, Number::finite),
        evaluations: certificate.evaluations,
    }
}

/// The plan, in the order of the law.
fn at(solution: &Solution, posed: &Posed) -> Named<f64> {
    let free = posed.problem.free.iter();
    free.filter_map(|free| Some((free.name.clone(), *solution.at.get(&free.name)?))).collect()
}

/// The training compute: where it is what the budget bounds, the budget to the digit.
fn flops(answer: &AllocateAnswer, posed: &Posed, texts: &Texts, law: &AskedLaw) -> Option<f64> {
    let counted = law.training_flops(&columns(&answer.at))?.into_iter().next()?;
    let spends = |limit: &usize| matches!(posed.subjects[*limit], Subject::Cost) && !texts.own_cost;
    let spent = answer.active.iter().map(|active| active.limit).find(spends);
    Some(spent.map_or(counted, |limit| posed.problem.limits[limit].bound))
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
fn placed(error: AllocateError, posed: &Posed) -> AskError {
    let place = error.at().path.unwrap_or_default();
    let limit = place.strip_prefix("limits[").and_then(|rest| rest.strip_suffix(']'));
    let path = limit.and_then(|index| posed.paths.get(index.parse::<usize>().ok()?));
    AskError::at(path.map_or("allocate", String::as_str), error)
}

fn warn(solution: &Solution, posed: &Posed, quantities: &Quantities, warnings: &mut Vec<Warning>) {
    let subject = |limit: usize| posed.subjects[limit].text();
    match solution.termination {
        Termination::Infeasible => {
            let violated: Vec<String> = solution
                .violated
                .iter()
                .map(|v| {
                    let unit = quantities.unit(&posed.subjects[v.limit]).unwrap_or(Unit::One);
                    let (best, bound) = (show(v.value, unit), show(v.bound, unit));
                    format!("{} (at best {}, not {bound})", subject(v.limit), best.number())
                })
                .collect();
            let message = format!("no plan satisfies the limits on {}", violated.join(" and on "));
            warnings.push(Warning::new("allocate.infeasible", message));
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
        _ => {}
    }
}
