//! Formulas that are convex in the logarithms of what is chosen, whatever their numbers are.
//!
//! Sums and products of powers with positive coefficients are, and what is built from such by sums, products, quotients
//! by single powers, maxima and positive powers. Where a loss is one, within limits that are, a plan that is best among its
//! neighbours is best of all.
//!
//! # Source
//! Boyd, Kim, Vandenberghe and Hassibi, "A tutorial on geometric programming" (2007), sections 2 and 5.

use super::graph::{Graph, Id, Node, Pair, Unary, apply, apply_pair};
use super::lately::Drawn;
use super::{Formula, Leaf};

/// How a positive formula curves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Curvature {
    /// Its logarithm is linear in the logarithms of the unknowns: a single power.
    Affine,
    /// Its logarithm is convex in them.
    Convex,
    /// It is positive; more is not known.
    Positive,
    /// Nothing is known, not even that it is positive.
    Unknown,
}

/// What is known of a node.
#[derive(Clone, Copy)]
enum Known {
    /// It depends on no unknown.
    Number(f64),
    /// It curves so.
    Plain(Curvature),
    /// It is positive, and its logarithm curves so.
    Log(Curvature),
}

impl Curvature {
    /// How `formula` curves by the leaves `unknown`, which are given by their logarithms, with these numbers for all
    /// others.
    pub fn of(formula: &Formula, unknown: &[&str], numbers: &[(&str, f64)]) -> Self {
        let leaves = unknown.iter().map(|&name| (name, Leaf::LogScalar));
        let leaves: Vec<(&str, Leaf)> =
            leaves.chain(numbers.iter().map(|&(name, _)| (name, Leaf::Scalar))).collect();
        let Ok(drawn) = Drawn::shared(formula, &leaves) else { return Self::Unknown };
        let value = |leaf: usize| leaf.checked_sub(unknown.len()).map(|i| numbers[i].1);
        match known(&drawn.graph, drawn.result, &value) {
            Known::Log(curvature) => curvature.min(Self::Positive),
            Known::Number(value) if value > 0.0 => Self::Affine,
            _ => Self::Unknown,
        }
    }
}

/// The value of a node, if it depends on nothing but leaves that have one.
pub(super) fn number(graph: &Graph, node: Id, value: &impl Fn(usize) -> Option<f64>) -> Option<f64> {
    match known(graph, node, value) {
        Known::Number(value) => Some(value),
        _ => None,
    }
}

/// What is known of `root`, with the values of the leaves that have one.
fn known(graph: &Graph, root: Id, value: &impl Fn(usize) -> Option<f64>) -> Known {
    let mut all: Vec<Known> = Vec::new();
    for node in &graph.nodes[..=root] {
        let at = |id: Id| all[id];
        all.push(match *node {
            Node::Constant(bits) => Known::Number(f64::from_bits(bits)),
            Node::Leaf(leaf) => value(leaf).map_or(Known::Plain(Curvature::Affine), Known::Number),
            Node::Unary(operation, a) => unary(operation, at(a)),
            Node::Binary(operation, a, b) => binary(operation, at(a), at(b)),
            Node::Choice(..) | Node::Lookup(..) | Node::Unknown | Node::Solve(_) => NOTHING,
        });
    }
    all[root]
}

const NOTHING: Known = Known::Plain(Curvature::Unknown);

fn unary(operation: Unary, a: Known) -> Known {
    match (operation, a) {
        (_, Known::Number(a)) => Known::Number(apply(operation, a)),
        (Unary::Exp, Known::Plain(a)) | (Unary::Sqrt, Known::Log(a)) => Known::Log(a),
        (Unary::Ln, Known::Log(a)) => Known::Plain(a),
        (Unary::Negative, Known::Plain(Curvature::Affine)) => a,
        _ => NOTHING,
    }
}

fn binary(operation: Pair, a: Known, b: Known) -> Known {
    if let (Known::Number(a), Known::Number(b)) = (a, b) {
        return Known::Number(apply_pair(operation, a, b));
    }
    match operation {
        Pair::Add => sum(a, b),
        Pair::Subtract => difference(a, b),
        Pair::Multiply => product(a, b),
        Pair::Divide => quotient(a, b),
        // The larger of two convex ones is convex.
        Pair::Max => match (positive(a), positive(b)) {
            (Some(a), Some(b)) => Known::Log(a.max(b).max(Curvature::Convex)),
            _ => NOTHING,
        },
        Pair::Min => NOTHING,
    }
}

/// How the logarithm of a positive number curves.
fn positive(a: Known) -> Option<Curvature> {
    match a {
        Known::Log(curvature) => Some(curvature),
        Known::Number(value) => (value > 0.0).then_some(Curvature::Affine),
        Known::Plain(_) => None,
    }
}

fn sum(a: Known, b: Known) -> Known {
    match (a, b) {
        (Known::Log(_), Known::Number(0.0)) | (Known::Plain(_), Known::Number(_)) => a,
        (Known::Number(0.0), Known::Log(_)) | (Known::Number(_), Known::Plain(_)) => b,
        (Known::Plain(a), Known::Plain(b)) => Known::Plain(a.max(b)),
        _ => match (positive(a), positive(b)) {
            (Some(a), Some(b)) => Known::Log(a.max(b).max(Curvature::Convex)),
            _ => NOTHING,
        },
    }
}

fn difference(a: Known, b: Known) -> Known {
    match (a, b) {
        (Known::Plain(_), Known::Number(_)) => a,
        (Known::Number(_), Known::Plain(Curvature::Affine)) => b,
        (Known::Plain(a), Known::Plain(Curvature::Affine)) => Known::Plain(a),
        _ => NOTHING,
    }
}

fn product(a: Known, b: Known) -> Known {
    match (a, b) {
        (Known::Number(factor), Known::Plain(curvature))
        | (Known::Plain(curvature), Known::Number(factor)) => {
            let keeps = factor >= 0.0 || curvature == Curvature::Affine;
            if keeps { Known::Plain(curvature) } else { NOTHING }
        }
        _ => match (positive(a), positive(b)) {
            (Some(a), Some(b)) => Known::Log(a.max(b)),
            _ => NOTHING,
        },
    }
}

fn quotient(a: Known, b: Known) -> Known {
    match (a, b) {
        (Known::Plain(_), Known::Number(divisor)) => product(a, Known::Number(1.0 / divisor)),
        _ => match (positive(a), positive(b)) {
            (Some(a), Some(Curvature::Affine)) => Known::Log(a),
            _ => NOTHING,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curvature(text: &str) -> Curvature {
        let numbers = [("E", 1.7), ("A", 400.0), ("a", 0.3), ("B", -2.0), ("b", -0.2)];
        Curvature::of(&Formula::parse(text).unwrap(), &["N", "D"], &numbers)
    }

    #[test]
    fn single_powers_are_affine() {
        for text in ["6*N*D", "D/N", "N", "A / N^a", "3", "sqrt(N) * D^b"] {
            assert_eq!(curvature(text), Curvature::Affine, "{text}");
        }
    }

    #[test]
    fn sums_of_positive_powers_are_convex() {
        let convex =
            ["E + A / N^a + A / D^b", "6*N*D + 2*N", "(A / N + E)^a", "max(N, 3 * D)", "(N + D)^2 / N"];
        for text in convex {
            assert_eq!(curvature(text), Curvature::Convex, "{text}");
        }
    }

    #[test]
    fn of_others_nothing_is_claimed() {
        for text in
            ["E + B / N^a", "N - D", "(N + D)^b", "min(N, D)", "E / (N + D)", "ln(N)", "if(N < D, N, D)"]
        {
            assert!(matches!(curvature(text), Curvature::Unknown | Curvature::Positive), "{text}");
        }
    }
}
