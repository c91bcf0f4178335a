//! A problem ready to be solved, and how a search becomes a solution.

use std::collections::BTreeMap;

use crate::num::{exp, grown};
use crate::outcome::Termination;

use super::certificate::{Verdict, stillness};
use super::model::{Model, Point, Session};
use super::restore::violation;
use super::search::{Found, search};
use super::{Active, AllocateError, EDGE, Edge, FEASIBILITY, Part, Problem, SIGN, Solution, Violation};

/// A problem whose formulas are compiled, to be solved for many fits or bounds.
///
/// Each solution depends on the numbers of the moment alone, never on what was solved before.
#[derive(Clone, Debug)]
pub struct Prepared {
    model: Model,
}

/// Where searches begin, as logarithms of every variable that has no box: one, and, should that not end
/// with a certificate, 1e9, 1e5, 1e13 and 1e-5.
const STARTS: [f64; 5] = [0.0, 20.723, 11.513, 29.934, -11.513];

impl Prepared {
    pub(super) fn compile(problem: &Problem) -> Result<Self, AllocateError> {
        Ok(Self { model: Model::compile(problem)? })
    }

    /// Gives a parameter of one of the formulas another value.
    ///
    /// # Errors
    /// [`AllocateError::NoSuchValue`], [`AllocateError::NoSuchLimit`], [`AllocateError::ValueNotFinite`].
    pub fn set_value(&mut self, part: Part, name: &str, value: f64) -> Result<(), AllocateError> {
        self.model.set_value(part, name, value)
    }

    /// Gives a limit another bound.
    ///
    /// # Errors
    /// [`AllocateError::NoSuchLimit`], [`AllocateError::BoundNotPositive`].
    pub fn set_bound(&mut self, limit: usize, bound: f64) -> Result<(), AllocateError> {
        self.model.set_bound(limit, bound)
    }

    /// Solves the problem.
    ///
    /// The optimum is a local one: certified to be the best of its surroundings. For laws and costs that
    /// are sums of powers, under upper limits on such sums and on ratios, that is the best of all: in
    /// logarithms they are convex.
    ///
    /// # Errors
    /// [`AllocateError::Undefined`] if a formula has no positive finite value at any start.
    pub fn solve(&self) -> Result<Solution, AllocateError> {
        let mut session = Session::new(&self.model);
        let mut best: Option<Found> = None;
        let mut undefined = None;
        for start in STARTS {
            let u: Vec<f64> = (0..self.model.variables()).map(|j| self.start(j, start)).collect();
            match search(&mut session, &u) {
                Ok(found @ Found::Stationary(..)) => return Ok(self.solution(&mut session, &found)),
                Ok(found) => best = Some(better(best, found)),
                Err(part) => undefined = undefined.or(Some((part, u))),
            }
        }
        match (best, undefined) {
            (Some(found), _) => Ok(self.solution(&mut session, &found)),
            (None, Some((part, u))) => Err(self.undefined(part, &u)),
            (None, None) => Err(AllocateError::NothingFree),
        }
    }

    fn start(&self, variable: usize, otherwise: f64) -> f64 {
        let (low, high) = self.model.edges(variable);
        if low > -EDGE && high < EDGE { 0.5 * (low + high) } else { otherwise }
    }

    fn undefined(&self, part: Part, u: &[f64]) -> AllocateError {
        let named = self.model.free.iter().zip(u).map(|(free, u)| format!("{} = {}", free.name, exp(*u)));
        AllocateError::Undefined { part, tried: named.collect::<Vec<_>>().join(", ") }
    }

    fn solution(&self, session: &mut Session, found: &Found) -> Solution {
        match found {
            Found::Infeasible(point) => self.infeasible(session, point),
            Found::Stationary(point, verdict) => {
                let mut solution = self.feasible(session, point, verdict);
                solution.undetermined = self.undetermined(verdict);
                solution.termination = termination(&solution);
                solution
            }
            Found::Unfinished(point, verdict) => self.feasible(session, point, verdict),
        }
    }

    /// The answer of a search that found no point within the limits.
    fn infeasible(&self, session: &mut Session, point: &Point) -> Solution {
        let limits = (0..self.model.limits()).filter(|&limit| violation(&self.model, point, limit) != 0.0);
        Solution {
            termination: Termination::Infeasible,
            at: self.at(point, &[], &[]),
            value: session.objective(&point.u),
            active: Vec::new(),
            edges: Vec::new(),
            undetermined: Vec::new(),
            violated: limits.map(|limit| self.violated(point, limit)).collect(),
            broken: session.broken(&point.u),
            certificate: stillness(&self.model, point, session.evaluations),
        }
    }

    /// The answer at a point within the limits, as yet without a claim.
    fn feasible(&self, session: &mut Session, point: &Point, verdict: &Verdict) -> Solution {
        let value = session.objective(&point.u);
        let (active, edges) = (self.active(verdict, value), self.edges(verdict));
        Solution {
            termination: Termination::MaxIterations,
            at: self.at(point, &active, &edges),
            value,
            active,
            edges,
            undetermined: Vec::new(),
            violated: Vec::new(),
            broken: session.broken(&point.u),
            certificate: verdict.certificate(session.evaluations),
        }
    }

    /// The values of the variables; those that a limit or the box fixes, to the digit.
    fn at(&self, point: &Point, active: &[Active], edges: &[Edge]) -> BTreeMap<String, f64> {
        let mut at: BTreeMap<String, f64> =
            grown(self.model.free.iter().zip(&point.u).map(|(free, u)| (free.name.clone(), exp(*u))));
        for limit in active.iter().map(|active| active.limit) {
            if let Some(variable) = self.model.variable_of(limit) {
                at.insert(self.model.free[variable].name.clone(), self.model.bound(limit));
            }
        }
        for free in &self.model.free {
            if let Some(edge) = edges.iter().find(|edge| edge.declared && edge.variable == free.name) {
                at.insert(free.name.clone(), if edge.high { free.high } else { free.low });
            }
        }
        at
    }

    fn active(&self, verdict: &Verdict, value: f64) -> Vec<Active> {
        let limits = verdict.binding.iter().copied().filter(|&row| row < self.model.limits());
        let holds = limits.filter(|&limit| self.model.is_equality(limit) || verdict.weights[limit] > SIGN);
        holds
            .map(|limit| {
                // The objective is worked in its logarithm, and a larger bound lets a row fall.
                let relative = -self.model.sign(limit) * verdict.multipliers[limit] * value;
                Active { limit, relative, marginal: relative / self.model.bound(limit) }
            })
            .collect()
    }

    fn edges(&self, verdict: &Verdict) -> Vec<Edge> {
        let holds = verdict.binding.iter().copied().filter(|&row| verdict.weights[row] > SIGN);
        holds
            .filter_map(|row| self.model.edge(row))
            .map(|(variable, high)| Edge {
                variable: self.model.free[variable].name.clone(),
                high,
                declared: self.model.is_declared(variable, high),
            })
            .collect()
    }

    /// The variables that move along the direction that does not matter.
    fn undetermined(&self, verdict: &Verdict) -> Vec<String> {
        let largest = verdict.direction.iter().fold(0.0, |most, x| crate::num::max(most, x.abs()));
        let moves = |&(_, by): &(_, &f64)| verdict.is_flat() && by.abs() > 1e-6 * largest;
        let named = self.model.free.iter().zip(&verdict.direction).filter(moves);
        named.map(|(free, _)| free.name.clone()).collect()
    }

    fn violated(&self, point: &Point, limit: usize) -> Violation {
        let bound = self.model.bound(limit);
        Violation { limit, value: bound * exp(self.model.sign(limit) * point.row(limit)), bound }
    }
}

/// What a point is at which the first-order conditions hold.
fn termination(solution: &Solution) -> Termination {
    if solution.edges.iter().any(|edge| !edge.declared) {
        Termination::Unbounded
    } else if !solution.undetermined.is_empty() {
        Termination::Flat
    } else if !solution.edges.is_empty() {
        Termination::AtBound
    } else {
        Termination::Optimum
    }
}

/// The search that came further.
fn better(best: Option<Found>, next: Found) -> Found {
    let rank = |found: &Found| match found {
        Found::Stationary(point, _) => (0, point.objective()),
        Found::Unfinished(point, verdict) if verdict.feasibility <= FEASIBILITY => (1, point.objective()),
        Found::Infeasible(point) => (2, point.violations()),
        Found::Unfinished(point, _) => (3, point.violations()),
    };
    match best {
        Some(best) if rank(&best) <= rank(&next) => best,
        _ => next,
    }
}
