//! Implicit scalars: what depends on the unknown, and the implicit function theorem.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Graph, Id, Node, Unary};
use crate::num::grown;

/// The nodes under `roots` that depend on the unknown, in order: operands first.
pub(super) fn inside(graph: &Graph, roots: &[Id]) -> Vec<Id> {
    let mut open: BTreeSet<Id> = grown(roots.iter().copied().filter(|&root| graph.is_bound(root)));
    let mut found = Vec::new();
    while let Some(id) = open.pop_last() {
        open.extend(graph.nodes[id].operands().filter(|&operand| graph.is_bound(operand)));
        found.push(id);
    }
    found.reverse();
    found
}

/// The derivative of the node `root`, which solves `f(unknown, theta) = 0`: `-(df/dtheta) / (df/dunknown)`
/// there. Ordinary nodes, so that it can be differentiated again.
pub(super) fn derivative(graph: &mut Graph, root: Id, by_theta: Id, by_unknown: Id) -> Id {
    if graph.is_zero(by_theta) {
        return by_theta;
    }
    let quotient = graph.divide(by_theta, by_unknown);
    let at_root = put(graph, quotient, root);
    graph.unary(Unary::Negative, at_root)
}

/// `expression` with `value` in place of the unknown.
pub(super) fn put(graph: &mut Graph, expression: Id, value: Id) -> Id {
    let mut new: BTreeMap<Id, Id> = BTreeMap::new();
    for id in inside(graph, &[expression]) {
        let node = graph.nodes[id];
        let there = match node {
            Node::Unknown => value,
            _ => graph.rebuilt(node, |operand| new.get(&operand).copied().unwrap_or(operand)),
        };
        new.insert(id, there);
    }
    new.get(&expression).copied().unwrap_or(expression)
}
