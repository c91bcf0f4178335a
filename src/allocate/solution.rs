//! What a solution is.

use std::collections::BTreeMap;

use crate::outcome::Termination;

use super::{Certificate, Part};

/// What is best, and how it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// `Optimum` only with the certificate to prove it. `AtBound`: certified, held by the box of a
    /// variable. `Flat`: certified, but some direction does not matter. `Unbounded`: better and better
    /// towards `edges`, where numbers end. `Infeasible`: no point satisfies `violated`.
    pub termination: Termination,
    /// The value of each free variable, in its own unit. Where nothing is certified, the best found.
    pub at: BTreeMap<String, f64>,
    /// The value of the objective there, in its own unit.
    pub value: f64,
    /// The limits that bind, with what they cost.
    pub active: Vec<Active>,
    /// The variables held by their box, or running beyond all numbers.
    pub edges: Vec<Edge>,
    /// The variables that may move together, with nothing gained or lost.
    pub undetermined: Vec<String>,
    /// The limits that no point satisfies.
    pub violated: Vec<Violation>,
    /// The conditions of the formulas (`where`) that do not hold there: outside them they mean nothing.
    pub broken: Vec<(Part, String)>,
    /// The proof.
    pub certificate: Certificate,
}

/// A limit that binds. Where several limits meet in one point, its values are for tightening.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Active {
    /// Its index among the limits.
    pub limit: usize,
    /// What the best value changes per relative change of the bound, in the unit of the objective: a
    /// budget 1 % larger changes it by 0.01 of this.
    pub relative: f64,
    /// What it changes per unit of the bound.
    pub marginal: f64,
}

/// A variable at an end of its range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The variable.
    pub variable: String,
    /// Whether at the upper end.
    pub high: bool,
    /// Whether that end is the one of its box; if not, it runs to zero or to infinity.
    pub declared: bool,
}

/// A limit that cannot be satisfied together with the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Violation {
    /// Its index among the limits.
    pub limit: usize,
    /// The value of its quantity where the violations are smallest together.
    pub value: f64,
    /// The bound.
    pub bound: f64,
}
