//! Products that are computed in one pass with the sum that they stand in.
//!
//! A pass over the rows of a chunk costs what it reads and writes, so `a + b x` is one operation where it was two. The product is
//! still rounded before it is added: the bits are those of one after the other.

use std::collections::BTreeMap;
#[cfg(feature = "fit")]
use std::collections::BTreeSet;

use super::graph::{Graph, Id};
#[cfg(feature = "fit")]
use super::graph::{Node, Pair, Stage};
#[cfg(feature = "fit")]
use super::schedule::uses;
use super::schedule::{Operation, Place};

/// How a product and the other term are put together.
#[cfg(feature = "fit")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// `a b + c`
    Plus,
    /// `a b - c`
    Less,
    /// `c - a b`
    From,
}

/// Sums with a product that nothing else needs. The page's first worker has none, for their weight: the bits are the same.
#[cfg_attr(feature = "fit", derive(Default))]
pub(super) struct Joined {
    #[cfg(feature = "fit")]
    products: BTreeSet<Id>,
    /// The factors, and the other term.
    #[cfg(feature = "fit")]
    sums: BTreeMap<Id, (Joint, [Id; 3])>,
}

#[cfg(not(feature = "fit"))]
#[expect(clippy::unused_self, reason = "what the other ones need")]
impl Joined {
    pub fn of(_: &Graph, _: &[Id], _: &[Id]) -> Self {
        Self {}
    }

    pub fn holds(&self, _: Id) -> bool {
        false
    }

    pub fn needs(&self, _: Id) -> Option<[Id; 3]> {
        None
    }

    pub fn operation(&self, _: Id, _: &BTreeMap<Id, Place>) -> Option<Operation> {
        None
    }
}

#[cfg(feature = "fit")]
impl Joined {
    /// Those among the nodes that `roots` are computed from.
    pub fn of(graph: &Graph, cone: &[Id], roots: &[Id]) -> Self {
        let mut joined = Self::default();
        let mut needed = vec![0_usize; graph.nodes.len()];
        for &id in cone.iter().filter(|id| !graph.is_bound(**id)) {
            uses(graph, &joined, id, |operand| needed[operand] += 1);
        }
        let is_row = |id: Id| graph.stage(id) == Stage::Row && !graph.is_bound(id);
        let factors = |id: Id| match graph.nodes[id] {
            Node::Binary(Pair::Multiply, a, b) => {
                (needed[id] == 1 && is_row(id) && !roots.contains(&id)).then_some([a, b])
            }
            _ => None,
        };
        for &id in cone.iter().filter(|id| is_row(**id)) {
            let (of_first, of_last, a, b) = match graph.nodes[id] {
                Node::Binary(Pair::Add, a, b) => (Joint::Plus, Joint::Plus, a, b),
                Node::Binary(Pair::Subtract, a, b) => (Joint::Less, Joint::From, a, b),
                _ => continue,
            };
            let found = match (factors(a), factors(b)) {
                (_, Some([x, y])) => (b, of_last, [x, y, a]),
                (Some([x, y]), _) => (a, of_first, [x, y, b]),
                _ => continue,
            };
            joined.products.insert(found.0);
            joined.sums.insert(id, (found.1, found.2));
        }
        joined
    }

    /// Whether a node is computed with the sum that it stands in.
    pub fn holds(&self, id: Id) -> bool {
        self.products.contains(&id)
    }

    /// What a sum and its product need: the factors, and the other term.
    pub fn needs(&self, id: Id) -> Option<[Id; 3]> {
        self.sums.get(&id).map(|(_, all)| *all)
    }

    /// The operation that computes both; nothing of other nodes.
    pub fn operation(&self, id: Id, places: &BTreeMap<Id, Place>) -> Option<Operation> {
        let (joint, all) = self.sums.get(&id)?;
        Some(Operation::Line(*joint, all.map(|operand| places[&operand])))
    }
}

#[cfg(all(test, feature = "fit"))]
mod tests {
    use super::super::schedule::{Instruction, Work};
    use super::super::{Formula, Leaf, Order, Program};
    use super::*;

    const NAMES: [&str; 4] = ["a", "b", "x", "y"];

    fn program(text: &str, leaf: impl Fn(usize) -> Leaf) -> Program {
        let leaves: Vec<(&str, Leaf)> =
            NAMES.into_iter().enumerate().map(|(at, name)| (name, leaf(at))).collect();
        Program::compile(&Formula::parse(text).unwrap(), &leaves, &[], Order::Value).unwrap()
    }

    fn lines(program: &Program) -> Vec<Joint> {
        let line = |work: &Work| match work {
            Work::Compute(Instruction { operation: Operation::Line(joint, _), .. }) => Some(*joint),
            _ => None,
        };
        program.schedules[0].rows.iter().filter_map(line).collect()
    }

    #[test]
    fn a_line_has_the_bits_of_a_product_and_a_sum() {
        use Joint::{From, Less, Plus};
        let column: Vec<f64> = (0..300).map(|i| 0.1 * f64::from(i) - 7.3).collect();
        for (text, expected) in [
            ("a + b * x", vec![Plus]),
            ("x * y + a", vec![Plus]),
            ("x * y + exp(x)", vec![Plus]),
            ("a * x - b", vec![Less]),
            ("x * x - y", vec![Less]),
            ("a - x * y", vec![From]),
            ("exp(y) - b * x", vec![From]),
            // One product of two is computed for itself.
            ("a * x + b * y", vec![Plus]),
            ("a + x * (b + y * x)", vec![Plus, Plus]),
            // What is needed twice, or varies less than the rows, is computed once for all.
            ("p = x * y; exp(p) + (a + p)", vec![]),
            ("a * b + x", vec![]),
        ] {
            let by_row = program(text, |at| if at < 2 { Leaf::Scalar } else { Leaf::Column });
            assert_eq!(lines(&by_row), expected, "{text}");
            let alone = program(text, |_| Leaf::Scalar);
            let (a, b, mut values) = (0.7, 1e-3 + 1.0 / 3.0, vec![0.0; column.len()]);
            by_row.bind(&[]).values(&[a, b], &[&column, &column], &mut values);
            for (x, value) in column.iter().zip(values) {
                let mut expected = [0.0];
                alone.bind(&[]).values(&[a, b, *x, *x], &[], &mut expected);
                assert_eq!(value.to_bits(), expected[0].to_bits(), "{text} at {x}");
            }
        }
    }
}
