//! Fits with a decision held at a value.

use super::FitError;
use super::objective::Objective;
use super::plans::{Decided, Decision, Plans};
use super::polish::{Ended, Polisher};
use super::problem::{Model, Problem};
use super::pull::Pull;
use super::search::{Fit, Preview};
use crate::formula::{Leaf, Order, Program};
use crate::num::ln;

/// Rounds of moving the pull, at most.
const ROUNDS: usize = 12;
/// A decision is met to this share.
const MET: f64 = 1e-9;

/// Fits with the decision held at values.
pub(super) struct Held<'m> {
    decision: &'m Decision<'m>,
    model: &'m Model,
    program: &'m Program,
    objective: Objective<'m>,
    polisher: Polisher,
    least: f64,
}

/// The law without its data: by size, tokens and the coordinates of a fit.
pub(super) fn program(problem: &Problem, model: &Model, decision: &Decision) -> Result<Program, FitError> {
    let role = |i: usize| match (model.held[i], model.place(i)) {
        (Some(value), _) => Leaf::Fixed(value),
        (None, Some(k)) if model.coordinates[k].logarithm => Leaf::LogScalar,
        (None, Some(_)) => Leaf::Scalar,
        (None, None) => Leaf::Fixed(0.0),
    };
    let mut leaves: Vec<(&str, Leaf)> = decision.names.iter().map(|name| (*name, Leaf::LogScalar)).collect();
    leaves.extend(problem.parameters.iter().enumerate().map(|(i, p)| (p.name.as_str(), role(i))));
    let free = model.free.iter().map(|&i| problem.parameters[i].name.as_str());
    let wrt: Vec<&str> = free.chain(decision.names).collect();
    Ok(Program::compile(problem.formula, &leaves, &wrt, Order::Hessian)?)
}

impl<'m> Held<'m> {
    /// For the answer of a fit.
    pub fn new(
        problem: &Problem<'m>,
        fit: &Fit,
        model: &'m Model,
        program: &'m Program,
        decision: &'m Decision<'m>,
    ) -> Self {
        let objective = Objective::of(problem, model);
        Self { decision, model, program, objective, polisher: Polisher::default(), least: fit.objective }
    }

    /// What the decision is by the fit.
    pub fn value(&self, fit: &Fit) -> f64 {
        let [size, tokens] = self.decision.plan;
        match self.decision.of {
            Decided::Size => size,
            Decided::Tokens => tokens,
            Decided::TokensPerParameter => tokens / size,
            Decided::Loss => Plans::new(self.program, self.decision).at(&fit.theta, ln(size)).value,
        }
    }

    /// The best fit near some values of which the decision is this; none where that is not found.
    ///
    /// By the method of multipliers (Hestenes 1969; Powell 1969): a missed decision is one more residual, and what it is
    /// found to be missed by is added to its aim until it is met.
    pub fn minimise(&mut self, value: f64, near: &[Option<f64>]) -> Option<Preview> {
        let start: Vec<f64> = self.model.free.iter().map(|&i| near[i]).collect::<Option<_>>()?;
        let mut theta = self.model.theta(&start);
        let plans = Plans::new(self.program, self.decision);
        let pull = Pull::new(plans, self.decision, value, &theta, self.least, self.objective.rho)?;
        self.objective.pull(Some(pull));
        let mut met = false;
        for _ in 0..ROUNDS {
            let ended = self.polisher.run(&mut self.objective, &theta);
            theta.clone_from(&self.polisher.point.theta);
            let missed = self.objective.pulled().filter(|_| ended != Ended::Invalid)?.aim(&theta)?;
            met = missed.abs() <= MET;
            if met {
                break;
            }
        }
        self.objective.pull(None);
        let objective = self.objective.value(&theta);
        (met && objective.is_finite()).then(|| Preview {
            values: self.model.values(&theta),
            objective,
            evaluations: self.polisher.evaluations,
        })
    }
}
