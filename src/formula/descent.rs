//! The best point of any formula under a budget of monomials, as the root of its slope along the budget.
//!
//! Where all monomials of a cost have the same power r of one variable, the budget gives that one by the other:
//! `r u + psi(v) = ln b`. The objective is a function of v alone then, and its best point is where that has no slope. This is
//! what a shader computes where there is no closed form ([`super::closed`]); the processor solves such problems in lock step
//! ([`crate::allocate::batch_within`]), by the same conditions.

use super::closed::{line, sound};
use super::derive::{derivative, slope};
use super::graph::{Id, Unary};
use super::implicit::put;
use super::lower::lower;
use super::monomial::{Affine, Problem, Varying};
use super::program::Names;
use super::spread::{MOST, Precision, Spread, Varies};
use super::{Formula, FormulaError};

impl Spread {
    /// What computes the point of `objective` under `cost <= budget` at which it has no slope along the budget and rises to both
    /// sides: the results and names of [`Spread::best`]. Each variable is looked for between its `ends`.
    ///
    /// Nothing where the cost is not of this kind, or a formula has conditions.
    ///
    /// # Errors
    /// Those of [`Spread::compile`].
    pub fn lowest(
        objective: &Varying,
        cost: &Varying,
        free: [(&str, [f64; 2]); 2],
        budget: Varies,
        shape: &[usize],
    ) -> Result<Option<Self>, FormulaError> {
        let names = free.map(|(name, _)| name);
        let (mut problem, varies) = Problem::new(objective, cost, names, budget);
        let Some(limit) = problem.lower(cost, objective.1.len(), names)? else { return Ok(None) };
        let Some(curve) = problem.curve(limit, varies.len() - 1) else { return Ok(None) };
        let Some(value) = problem.along(objective, names, &curve)? else { return Ok(None) };
        let ends = free[curve.left].1.map(crate::num::ln);
        let results = problem.lowest(value, &curve, ends, varies.len() - 1)?;
        let within = (MOST, Precision::Single);
        Ok(Some(Self::of(&mut problem.drawing.graph, &results, &[], &varies, shape, within)))
    }
}

/// The points of a budget, by the logarithm of one variable, the unknown.
struct Curve {
    /// Which variable that is.
    left: usize,
    /// The logarithm of the other.
    given: Id,
    /// Its power in the cost.
    power: Id,
}

impl Problem {
    /// The points at which the cost is the budget.
    fn curve(&mut self, cost: Id, budget: usize) -> Option<Curve> {
        let costs = self.costs(cost)?;
        let graph = &mut self.drawing.graph;
        let zero = graph.constant(0.0);
        let alike = |at: &usize| costs.iter().all(|cost| cost.slopes[*at] == costs[0].slopes[*at]);
        let given = [0, 1].into_iter().find(|at| alike(at) && costs[0].slopes[*at] != zero)?;
        let (left, power) = (1 - given, costs[0].slopes[given]);
        let x = graph.unknown();
        let logarithms: Vec<Id> =
            costs.iter().map(|Affine { c, slopes }| line(graph, *c, slopes[left], x)).collect();
        let sum = logarithms.into_iter().fold(zero, |sum, logarithm| {
            let term = graph.unary(Unary::Exp, logarithm);
            graph.add(sum, term)
        });
        // Of a single one this is its logarithm again.
        let spent = graph.unary(Unary::Ln, sum);
        let budget = graph.leaf(budget);
        let ln_b = graph.unary(Unary::Ln, budget);
        let room = graph.subtract(ln_b, spent);
        let given = graph.divide(room, power);
        Some(Curve { left, given, power })
    }

    /// The objective along those points.
    fn along(
        &mut self,
        (formula, names): &Varying,
        free: [&str; 2],
        curve: &Curve,
    ) -> Result<Option<Id>, FormulaError> {
        let graph = &mut self.drawing.graph;
        let mut meaning = Names::new();
        for (at, (name, _)) in names.iter().enumerate() {
            meaning.insert(name, graph.leaf(at));
        }
        for (at, name) in free.into_iter().enumerate() {
            let logarithm = if at == curve.left { graph.unknown() } else { curve.given };
            meaning.insert(name, graph.unary(Unary::Exp, logarithm));
        }
        let formula: &Formula = formula;
        let lowered = lower(formula, graph, &meaning)?;
        Ok(lowered.conditions.is_empty().then_some(lowered.result))
    }

    /// Both variables, the value, and how far it is from having no slope, at the lowest point.
    fn lowest(
        &mut self,
        value: Id,
        curve: &Curve,
        ends: [f64; 2],
        budget: usize,
    ) -> Result<[Id; 4], FormulaError> {
        let graph = &mut self.drawing.graph;
        let rise = slope(graph, value);
        let bend = slope(graph, rise);
        let budget = graph.leaf(budget);
        let gain = derivative(graph, value, budget)?;
        let [low, high] = ends.map(|end| graph.constant(end));
        let root = graph.solve([low, high, rise, bend]);
        let [given, value, rise, bend, gain] =
            [curve.given, value, rise, bend, gain].map(|node| put(graph, node, root));
        // The step that is left: how far the variable is from where there is no slope.
        let step = graph.divide(rise, bend);
        let step = graph.unary(Unary::Abs, step);
        // It rises to both sides, more of the budget would be better, and more of the given variable costs more.
        let [flat, dear] = [bend, curve.power].map(|node| graph.unary(Unary::Negative, node));
        let residual = [flat, gain, dear].into_iter().fold(step, |residual, sign| {
            let sound = sound(graph, sign);
            graph.add(residual, sound)
        });
        let mut variables = [given, root].map(|logarithm| graph.unary(Unary::Exp, logarithm));
        if curve.left == 0 {
            variables.reverse();
        }
        Ok([variables[0], variables[1], value, residual])
    }
}
