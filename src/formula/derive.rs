//! Derivatives, as more nodes of the same graph.
//!
//! Forward, sparse and symbolic: a node that does not depend on a leaf has the structural zero as
//! its derivative, and costs nothing. That is what tells which parameters enter linearly, too.

use std::collections::BTreeMap;

use super::graph::{Graph, Id, Node, Pair, Test, Unary};
use super::implicit::{self, inside};
use super::table::Lookup;
use super::{FormulaError, MAX_OPERATIONS};

/// The derivative of `root` with respect to the leaf node `leaf`.
pub(super) fn derivative(graph: &mut Graph, root: Id, leaf: Id) -> Result<Id, FormulaError> {
    let zero = graph.constant(0.0);
    let one = graph.constant(1.0);
    let mut derivatives: Vec<Id> = vec![zero; root + 1];
    for id in cone(graph, &[root]) {
        derivatives[id] = if id == leaf { one } else { rule(graph, id, &|operand| derivatives[operand]) };
        if graph.nodes.len() > MAX_OPERATIONS {
            return Err(FormulaError::TooLarge { most: MAX_OPERATIONS });
        }
    }
    Ok(derivatives[root])
}

/// The derivative of `equation` with respect to the unknown.
pub(super) fn slope(graph: &mut Graph, equation: Id) -> Id {
    let zero = graph.constant(0.0);
    let mut derivatives: BTreeMap<Id, Id> = BTreeMap::new();
    // What does not depend on the unknown, a root found before among it, does not change.
    for id in inside(graph, &[equation]) {
        let found = match graph.nodes[id] {
            Node::Unknown => graph.constant(1.0),
            _ => rule(graph, id, &|operand| derivatives.get(&operand).copied().unwrap_or(zero)),
        };
        derivatives.insert(id, found);
    }
    derivatives.get(&equation).copied().unwrap_or(zero)
}

/// The nodes that `roots` are computed from, themselves included, in order: operands first.
pub(super) fn cone(graph: &Graph, roots: &[Id]) -> Vec<Id> {
    let Some(&last) = roots.iter().max() else { return Vec::new() };
    let mut needed = vec![false; last + 1];
    for &root in roots {
        needed[root] = true;
    }
    for id in (0..=last).rev() {
        if needed[id] {
            graph.nodes[id].operands().for_each(|operand| needed[operand] = true);
        }
    }
    (0..=last).filter(|&id| needed[id]).collect()
}

/// The derivative of one node, given those of its operands.
fn rule(graph: &mut Graph, id: Id, d: &impl Fn(Id) -> Id) -> Id {
    match graph.nodes[id] {
        Node::Lookup(Lookup::Interp, table, at) => {
            let slope = graph.lookup(Lookup::Slope, table, at);
            graph.multiply(slope, d(at))
        }
        // Of a step, right between the rows; `Program::compile` refuses what would step over them.
        Node::Constant(_) | Node::Leaf(_) | Node::Unknown | Node::Lookup(..) => graph.constant(0.0),
        Node::Unary(operation, a) => unary(graph, operation, id, a, d(a)),
        Node::Binary(operation, a, b) => pair(graph, operation, (a, b), (d(a), d(b))),
        Node::Choice(test, [a, b, x, y]) => choice(graph, test, (a, b), (d(x), d(y))),
        Node::Solve([_, _, equation, slope]) => implicit::derivative(graph, id, d(equation), slope),
    }
}

fn unary(graph: &mut Graph, operation: Unary, value: Id, a: Id, da: Id) -> Id {
    if graph.is_zero(da) {
        return da;
    }
    match operation {
        Unary::Negative => graph.unary(Unary::Negative, da),
        Unary::Exp => graph.multiply(value, da),
        Unary::Ln => graph.divide(da, a),
        Unary::Log10 => scaled_reciprocal(graph, a, da, std::f64::consts::LN_10),
        Unary::Log2 => scaled_reciprocal(graph, a, da, std::f64::consts::LN_2),
        Unary::Sqrt => {
            let twice = graph.add(value, value);
            graph.divide(da, twice)
        }
        Unary::Abs => {
            let zero = graph.constant(0.0);
            let negative = graph.unary(Unary::Negative, da);
            choice(graph, Test::Less, (a, zero), (negative, da))
        }
        Unary::Expm1 => {
            let exp = graph.unary(Unary::Exp, a);
            graph.multiply(exp, da)
        }
        Unary::Log1p => {
            let one = graph.constant(1.0);
            let shifted = graph.add(one, a);
            graph.divide(da, shifted)
        }
        Unary::Cos => {
            let sine = graph.unary(Unary::Sin, a);
            let negative = graph.unary(Unary::Negative, da);
            graph.multiply(sine, negative)
        }
        Unary::Sin => {
            let cosine = graph.unary(Unary::Cos, a);
            graph.multiply(cosine, da)
        }
        // Right between the steps; `Program::compile` refuses what would step over them.
        Unary::Floor | Unary::Ceil | Unary::Round => graph.constant(0.0),
    }
}

/// The derivative of the outcome chosen; equal ones need no choice, so that a structural zero stays one.
fn choice(graph: &mut Graph, test: Test, (a, b): (Id, Id), (dx, dy): (Id, Id)) -> Id {
    if dx == dy { dx } else { graph.choice(test, [a, b, dx, dy]) }
}

/// da / (a · scale)
fn scaled_reciprocal(graph: &mut Graph, a: Id, da: Id, scale: f64) -> Id {
    let scale = graph.constant(scale);
    let scaled = graph.multiply(a, scale);
    graph.divide(da, scaled)
}

fn pair(graph: &mut Graph, operation: Pair, (a, b): (Id, Id), (da, db): (Id, Id)) -> Id {
    match operation {
        Pair::Add => graph.add(da, db),
        Pair::Subtract => graph.subtract(da, db),
        Pair::Multiply => {
            let left = graph.multiply(da, b);
            let right = graph.multiply(a, db);
            graph.add(left, right)
        }
        Pair::Divide => quotient(graph, a, b, da, db),
        // At a tie the first counts, as in the value.
        Pair::Min => choice(graph, Test::Less, (b, a), (db, da)),
        Pair::Max => choice(graph, Test::Less, (a, b), (db, da)),
    }
}

/// (da − (a/b)·db) / b
fn quotient(graph: &mut Graph, a: Id, b: Id, da: Id, db: Id) -> Id {
    if graph.is_zero(db) {
        return graph.divide(da, b);
    }
    let value = graph.divide(a, b);
    let product = graph.multiply(value, db);
    let difference = graph.subtract(da, product);
    graph.divide(difference, b)
}
