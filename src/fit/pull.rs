//! What pulls a decision to where it is held: one more residual beside those of the runs.
//!
//! That the best size is n is one smooth equation L'(ln n; θ) = 0 in the parameters, without any search for the best plan.
//! That the best loss is l is L(x*; θ) = l, which has the slope ∂L/∂θ since L' is zero at x*.

use super::loss::Rho;
use super::plans::{Decided, Decision, Plans, Slice};
use crate::num::ln;

/// How much dearer it is to miss the decision by a factor of e than to fit the runs at all. The more, the fewer rounds.
const STIFFNESS: f64 = 1e5;
/// Huber's loss is quadratic as far as the decision is missed by so many factors of e.
const REACH: f64 = 32.0;

/// One more residual of an objective: `scale` times what a decision is missed by, and the aim.
pub(super) struct Pull<'m> {
    plans: Plans<'m>,
    goal: Goal,
    /// How much the residual counts.
    pub weight: f64,
    scale: f64,
    aim: f64,
}

/// What is to be met, in a unit of about ln N or a share of the loss.
#[derive(Clone, Copy)]
enum Goal {
    /// That the loss is lowest at `x`; `curvature` of it about there.
    Place { x: f64, curvature: f64 },
    /// That the lowest loss, near `x`, is `loss`.
    Loss { x: f64, loss: f64 },
}

/// What a decision is missed by, with its derivatives by the parameters.
pub(super) struct Missed {
    pub value: f64,
    pub first: Vec<f64>,
    pub second: Vec<f64>,
}

impl<'m> Pull<'m> {
    /// For a decision of this value; none where the law has no best plan near some values of its parameters.
    pub fn new(
        mut plans: Plans<'m>,
        decision: &Decision,
        value: f64,
        theta: &[f64],
        least: f64,
        rho: Rho,
    ) -> Option<Self> {
        let goal = if decision.of == Decided::Loss {
            Goal::Loss { x: plans.lowest(theta, ln(decision.plan[0]))?, loss: value }
        } else {
            let x = decision.place(value);
            Goal::Place { x, curvature: plans.at(theta, x).curvature.abs() }
        };
        let scale = if rho.delta.is_finite() { rho.delta / REACH } else { 1.0 };
        let weight = STIFFNESS * least / (scale * scale);
        Some(Self { plans, goal, weight, scale, aim: 0.0 })
    }

    /// The residual now, with its derivatives.
    pub fn residual(&mut self, theta: &[f64]) -> Option<Missed> {
        let mut missed = self.missed(theta)?;
        missed.value = self.scale * missed.value + self.aim;
        missed.first.iter_mut().chain(&mut missed.second).for_each(|entry| *entry *= self.scale);
        Some(missed)
    }

    /// Aims farther by what is missed, and says how much that is.
    pub fn aim(&mut self, theta: &[f64]) -> Option<f64> {
        let missed = self.missed(theta)?.value;
        self.aim += self.scale * missed;
        Some(missed)
    }

    fn missed(&mut self, theta: &[f64]) -> Option<Missed> {
        match self.goal {
            Goal::Loss { x, loss } => {
                let x = self.plans.lowest(theta, x)?;
                self.goal = Goal::Loss { x, loss };
                let Slice { value, first, second, slopes, curvature, .. } = self.plans.at(theta, x);
                let k = theta.len();
                let bent = |at: usize| second[at] - slopes[at / k] * slopes[at % k] / curvature;
                Some(Missed {
                    value: value / loss - 1.0,
                    first: first.iter().map(|slope| slope / loss).collect(),
                    second: (0..k * k).map(|at| bent(at) / loss).collect(),
                })
            }
            Goal::Place { x, curvature } => {
                let Slice { slope, slopes, .. } = self.plans.at(theta, x);
                let second = self.plans.bends(theta, x);
                let scaled = |column: Vec<f64>| column.into_iter().map(|entry| entry / curvature).collect();
                Some(Missed { value: slope / curvature, first: scaled(slopes), second: scaled(second) })
            }
        }
    }
}
