//! From where a search stands to what is answered.

use std::collections::BTreeMap;

use super::certificate::{Certificate, Verdict, stillness};
use super::descent::{Cells, Stand};
#[cfg(feature = "catalogue")]
use super::flat::reach;
use super::model::{Compiled, Model};
use super::point::{Point, Session};
use super::restore::violation;
use super::search::Found;
use super::whole::Best;
use super::{Active, Edge, Global, LEAST_SHARE, Part, SIGN, Sense, Solution, Violation};
use crate::formula::Beyond;
use crate::num::max;
use crate::outcome::Termination;

/// The answer.
pub(super) fn solution(of: &Compiled, best: &Best) -> Solution {
    let model = &best.stand.model;
    let proof = |certificate: Certificate| Certificate {
        evaluations: best.evaluations,
        global: best.global,
        ..certificate
    };
    match &best.stand.found {
        Found::Infeasible(point) => Solution {
            termination: Termination::Infeasible,
            violated: violated(of, model, point),
            ..plain(of, model, point, proof(stillness(model, point)))
        },
        Found::Unfinished(point, verdict) => {
            feasible(of, model, point, verdict, proof(verdict.certificate()))
        }
        Found::Stationary(point, verdict) => {
            let mut solution = feasible(of, model, point, verdict, proof(verdict.certificate()));
            solution.undetermined = undetermined(of, verdict);
            #[cfg(feature = "catalogue")]
            if !solution.undetermined.is_empty() {
                solution.set = reach(model, point, verdict);
            }
            // What is flat is told by its set.
            if solution.undetermined.is_empty() {
                solution.several = best.others.iter().map(|other| plan(of, other)).collect();
            }
            solution.termination = termination(&solution);
            solution
        }
    }
}

/// A point without a claim.
fn plain(of: &Compiled, model: &Model, point: &Point, certificate: Certificate) -> Solution {
    Solution {
        termination: Termination::MaxIterations,
        at: at(of, point, &[], &[]),
        value: Session::new(model).objective(&point.u),
        active: Vec::new(),
        edges: Vec::new(),
        ends: Vec::new(),
        undetermined: Vec::new(),
        set: BTreeMap::new(),
        several: Vec::new(),
        next: Vec::new(),
        violated: Vec::new(),
        broken: of.broken(&point.u),
        certificate,
    }
}

/// A point within the limits, as yet without a claim.
fn feasible(
    of: &Compiled,
    model: &Model,
    point: &Point,
    verdict: &Verdict,
    certificate: Certificate,
) -> Solution {
    let mut solution = plain(of, model, point, certificate);
    solution.active = active(of, model, verdict, solution.value);
    solution.edges = edges(of, model, verdict);
    solution.ends = ends(of, model, verdict);
    solution.at = at(of, point, &solution.active, &solution.edges);
    solution
}

/// The values of the variables; those that a limit or the box fixes, to the digit.
fn at(of: &Compiled, point: &Point, active: &[Active], edges: &[Edge]) -> BTreeMap<String, f64> {
    let mut at = BTreeMap::new();
    // One by one: collected, they would be sorted, by code that the page's first worker is without.
    for name in &of.nothing {
        at.insert(name.clone(), 0.0);
    }
    for (j, (free, &u)) in of.free.iter().zip(&point.u).enumerate() {
        let limit = active.iter().find(|active| of.sources[active.limit + 1].variable == Some(j));
        let edge = edges.iter().find(|edge| edge.declared && edge.variable == free.name);
        let value = match (limit, edge) {
            _ if free.low == free.high => free.low,
            (None, None) if of.whole_of(j).is_some() && u <= LEAST_SHARE => free.low,
            (_, Some(edge)) => {
                if edge.high {
                    free.high
                } else {
                    free.low
                }
            }
            (Some(active), None) => of.bounds[active.limit],
            (None, None) => of.variables[j].value(u),
        };
        at.insert(free.name.clone(), value);
    }
    at
}

fn plan(of: &Compiled, stand: &Stand) -> BTreeMap<String, f64> {
    let Found::Stationary(point, verdict) = &stand.found else { return at(of, stand.point(), &[], &[]) };
    let active = active(of, &stand.model, verdict, 1.0);
    at(of, point, &active, &edges(of, &stand.model, verdict))
}

fn active(of: &Compiled, model: &Model, verdict: &Verdict, value: f64) -> Vec<Active> {
    let limits = verdict.binding.iter().copied().filter(|&row| row < of.asked());
    let holds = limits.filter(|&limit| model.is_equality(limit) || verdict.weights[limit] > SIGN);
    holds
        .map(|limit| {
            // What the objective changes as it is worked, and a larger bound lets a row fall.
            let worked = -model.sign(limit) * verdict.multipliers[limit] * of.scales[0].slope(value);
            let bound = of.bounds[limit];
            let marginal = worked / of.scales[limit + 1].slope(bound);
            Active { limit, relative: marginal * bound, marginal }
        })
        .collect()
}

fn edges(of: &Compiled, model: &Model, verdict: &Verdict) -> Vec<Edge> {
    let holds = verdict.binding.iter().copied().filter(|&row| verdict.weights[row] > SIGN);
    holds
        .filter_map(|row| model.edge(row))
        .filter(|(variable, _)| of.free[*variable].low < of.free[*variable].high)
        .map(|(variable, high)| Edge {
            variable: of.free[variable].name.clone(),
            high,
            declared: of.is_declared(variable, high),
            by: of.ended[variable][usize::from(high)].clone(),
        })
        .collect()
}

/// The ends of formulas that hold a point: their conditions, and those of their tables.
fn ends(of: &Compiled, model: &Model, verdict: &Verdict) -> Vec<(Part, Option<String>)> {
    let walls =
        verdict.binding.iter().copied().filter(|&row| row < model.limits() && verdict.weights[row] > SIGN);
    walls
        .filter_map(|row| match model.beyond(row)? {
            (source, Beyond::Condition(at)) => {
                let source = &of.sources[source];
                Some((source.part, Some(source.condition(*at))))
            }
            (source, Beyond::Nothing) => Some((of.sources[source].part, None)),
            (_, Beyond::Piece(_)) => None,
        })
        .collect()
}

/// The variables that move along the direction that does not matter.
fn undetermined(of: &Compiled, verdict: &Verdict) -> Vec<String> {
    let largest = verdict.direction.iter().fold(0.0, |most, x| max(most, x.abs()));
    let moves = |&(_, by): &(_, &f64)| verdict.is_flat() && by.abs() > 1e-6 * largest;
    let named = of.free.iter().zip(&verdict.direction).filter(moves);
    named.map(|(free, _)| free.name.clone()).collect()
}

fn violated(of: &Compiled, model: &Model, point: &Point) -> Vec<Violation> {
    let limits = (0..of.asked()).filter(|&limit| violation(model, point, limit) != 0.0);
    limits
        .map(|limit| {
            let scale = of.scales[limit + 1];
            let worked = model.bound(limit) + model.sign(limit) * point.row(limit);
            Violation { limit, value: scale.value(worked), bound: of.bounds[limit], alone: alone(of, limit) }
        })
        .collect()
}

/// How far the quantity of a limit gets towards its bound in the box, were there no other limit; `None` where it gets as
/// far as the bound, or where numbers end.
fn alone(of: &Compiled, limit: usize) -> Option<f64> {
    let bound = of.bounds[limit];
    let problem = of.alone(limit);
    let stand = Cells::new(&problem).descend(&problem.start(0.0, 0.5)).ok()?;
    let value = problem.scales[0].value(stand.point().objective() * problem.direction);
    let reaches = match of.senses[limit] {
        Sense::AtMost => value <= bound,
        Sense::AtLeast => value >= bound,
        Sense::Equal => true,
    };
    (!reaches).then_some(value)
}

/// What a point is at which the first-order conditions hold.
fn termination(solution: &Solution) -> Termination {
    let better_elsewhere = matches!(solution.certificate.global, Global::Scan { better: true, .. });
    if better_elsewhere {
        Termination::MaxIterations
    } else if solution.edges.iter().any(|edge| !edge.declared) {
        Termination::Unbounded
    } else if !solution.undetermined.is_empty() {
        Termination::Flat
    } else if !solution.several.is_empty() {
        Termination::Several
    } else if !solution.edges.is_empty() || !solution.ends.is_empty() {
        Termination::AtBound
    } else {
        Termination::Optimum
    }
}
