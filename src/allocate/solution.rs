//! What a solution is.

use std::collections::BTreeMap;

use crate::outcome::Termination;

use super::{Certificate, Part};

/// What is best, and how it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// `Optimum` only with the certificate to prove it. `AtBound`: certified, held by the box of a
    /// variable or the end of a formula. `Flat`: certified, but some direction does not matter. `Several`:
    /// certified, and others are as good. `Unbounded`: better and better towards `edges`, where numbers
    /// end. `Infeasible`: no point satisfies `violated`.
    pub termination: Termination,
    /// The value of each free variable, in its own unit. Where nothing is certified, the best found.
    pub at: BTreeMap<String, f64>,
    /// The value of the objective there, in its own unit.
    pub value: f64,
    /// The limits that bind, with what they cost.
    pub active: Vec<Active>,
    /// The variables held by their box, or running beyond all numbers.
    pub edges: Vec<Edge>,
    /// The ends of formulas that hold the plan: a condition of theirs, or that of a table.
    pub ends: Vec<(Part, Option<String>)>,
    /// The variables that may move together, with nothing gained or lost.
    pub undetermined: Vec<String>,
    /// The ends of the plans that are as good along that direction, for each of those variables.
    pub set: BTreeMap<String, [f64; 2]>,
    /// Plans elsewhere that are as good.
    pub several: Vec<BTreeMap<String, f64>>,
    /// For each variable with few values, what the next ones would lead to.
    pub next: Vec<Next>,
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
    /// The condition of a formula that ends the box there, if one does.
    pub by: Option<(Part, String)>,
}

/// What the best value would be, were a variable the next of its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// The variable.
    pub variable: String,
    /// Its next value.
    pub to: f64,
    /// The best value of the objective with that; none where no plan is within the limits.
    pub value: Option<f64>,
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
    /// How far the quantity gets towards the bound in the box without any other limit, if not as far.
    pub alone: Option<f64>,
}
