//! The formula and its derivatives as one graph, in which nothing is computed twice.
//!
//! Nodes are created through the methods of [`Graph`] only. These fold constants, drop neutral
//! elements and return an existing node where there is one, so that a derivative shares the parts
//! of its value. Operands always stand before the node that uses them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::table::{Lookup, Table};
use crate::num;

/// A node, by its place in the graph.
pub(super) type Id = usize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// The bits of a constant: floats have no order.
    Constant(u64),
    Leaf(usize),
    Unary(Unary, Id),
    Binary(Pair, Id, Id),
    /// Of `[a, b, x, y]`, x where the test of a and b holds, y where it does not, and NaN where a or b is.
    Choice(Test, [Id; 4]),
    /// What a table of the graph says at a node.
    Lookup(Lookup, usize, Id),
    /// What `solve` solves for. There is one, since no `solve` stands in another.
    Unknown,
    /// Of `[low, high, equation, slope]`, the value of the unknown between low and high at which the equation
    /// is zero. The last two depend on the unknown; nothing outside does.
    Solve([Id; 4]),
}

/// A test of two numbers; the other comparisons are these with their sides or outcomes exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Test {
    Less,
    Equal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unary {
    Negative,
    Exp,
    Ln,
    Log10,
    Log2,
    Sqrt,
    Abs,
    Expm1,
    Log1p,
    Cos,
    /// Not of the language: the derivative of the cosine.
    Sin,
    Floor,
    Ceil,
    Round,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pair {
    Add,
    Subtract,
    Multiply,
    Divide,
    Min,
    Max,
}

/// What a node depends on, from the least to the most often recomputed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Numbers of the text.
    Constant,
    /// Data alone: computed once for a table.
    Data,
    /// Scalars alone: computed once for a call.
    Scalar,
    /// Computed for every row of every call.
    Row,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    pub nodes: Vec<Node>,
    stages: Vec<Stage>,
    leaves: Vec<Stage>,
    bound: Vec<bool>,
    tables: Vec<Arc<Table>>,
    known: BTreeMap<Node, Id>,
}

impl Graph {
    /// A graph whose leaf `i` is of stage `leaves[i]`.
    pub fn new(leaves: Vec<Stage>) -> Self {
        Self { leaves, ..Self::default() }
    }

    /// An empty graph with the same tables and other leaves.
    pub fn beside(&self, leaves: Vec<Stage>) -> Self {
        Self { leaves, tables: self.tables.clone(), ..Self::default() }
    }

    pub fn stage(&self, id: Id) -> Stage {
        self.stages[id]
    }

    /// Whether the node depends on the unknown, and so has a value inside a [`Node::Solve`] only.
    pub fn is_bound(&self, id: Id) -> bool {
        self.bound[id]
    }

    pub fn constant(&mut self, value: f64) -> Id {
        // One zero: the sign of a structural zero carries no meaning.
        let value = if value == 0.0 { 0.0 } else { value };
        self.node(Node::Constant(value.to_bits()), Stage::Constant)
    }

    pub fn value(&self, id: Id) -> Option<f64> {
        match self.nodes[id] {
            Node::Constant(bits) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }

    pub fn is_zero(&self, id: Id) -> bool {
        self.value(id) == Some(0.0)
    }

    pub fn leaf(&mut self, leaf: usize) -> Id {
        let stage = self.leaves[leaf];
        self.node(Node::Leaf(leaf), stage)
    }

    pub fn unary(&mut self, operation: Unary, a: Id) -> Id {
        if let Some(value) = self.value(a) {
            return self.constant(apply(operation, value));
        }
        match (operation, self.nodes[a]) {
            (Unary::Negative, _) => return self.negative(a),
            // Not the reverse: exp(ln x) is x only where x is positive.
            (Unary::Ln, Node::Unary(Unary::Exp, inner)) => return inner,
            _ => {}
        }
        let stage = self.stage(a);
        self.node(Node::Unary(operation, a), stage)
    }

    /// The sign moves to where it is computed least often.
    fn negative(&mut self, a: Id) -> Id {
        match self.nodes[a] {
            Node::Unary(Unary::Negative, inner) => inner,
            Node::Binary(Pair::Subtract, x, y) => self.subtract(y, x),
            Node::Binary(Pair::Multiply, x, y) if cost(self.stage(x)) <= cost(self.stage(y)) => {
                let x = self.negative_of(x);
                self.multiply(x, y)
            }
            Node::Binary(Pair::Multiply, x, y) => {
                let y = self.negative_of(y);
                self.multiply(x, y)
            }
            _ => {
                let stage = self.stage(a);
                self.node(Node::Unary(Unary::Negative, a), stage)
            }
        }
    }

    fn negative_of(&mut self, a: Id) -> Id {
        self.unary(Unary::Negative, a)
    }

    pub fn add(&mut self, a: Id, b: Id) -> Id {
        if self.is_zero(a) {
            return b;
        }
        if self.is_zero(b) {
            return a;
        }
        self.binary(Pair::Add, a, b)
    }

    pub fn subtract(&mut self, a: Id, b: Id) -> Id {
        if self.is_zero(b) {
            return a;
        }
        if self.is_zero(a) {
            return self.negative_of(b);
        }
        self.binary(Pair::Subtract, a, b)
    }

    pub fn multiply(&mut self, a: Id, b: Id) -> Id {
        match (self.value(a), self.value(b)) {
            (Some(0.0), _) | (_, Some(0.0)) => return self.constant(0.0),
            (Some(1.0), _) => return b,
            (_, Some(1.0)) => return a,
            (Some(-1.0), _) => return self.negative_of(b),
            (_, Some(-1.0)) => return self.negative_of(a),
            _ => {}
        }
        self.binary(Pair::Multiply, a, b)
    }

    pub fn divide(&mut self, a: Id, b: Id) -> Id {
        if self.value(b) == Some(1.0) {
            return a;
        }
        if self.is_zero(a) && !self.is_zero(b) {
            return a;
        }
        // A / N^alpha is a product: a division costs as much as a quarter of an exponential.
        if let Node::Unary(Unary::Exp, exponent) = self.nodes[b] {
            let exponent = self.negative_of(exponent);
            let inverse = self.unary(Unary::Exp, exponent);
            return self.multiply(a, inverse);
        }
        self.binary(Pair::Divide, a, b)
    }

    pub fn binary(&mut self, operation: Pair, a: Id, b: Id) -> Id {
        if let (Some(x), Some(y)) = (self.value(a), self.value(b)) {
            return self.constant(apply_pair(operation, x, y));
        }
        // One order for what commutes, so that x*y and y*x are one node.
        let commutes = matches!(operation, Pair::Add | Pair::Multiply);
        let (a, b) = if commutes && b < a { (b, a) } else { (a, b) };
        let stage = join(self.stage(a), self.stage(b));
        self.node(Node::Binary(operation, a, b), stage)
    }

    /// A choice between `x` and `y`; with numbers on both sides of the test it is made here.
    pub fn choice(&mut self, test: Test, [a, b, x, y]: [Id; 4]) -> Id {
        if let (Some(left), Some(right)) = (self.value(a), self.value(b)) {
            return match choose(test, left, right) {
                Some(true) => x,
                Some(false) => y,
                None => self.constant(f64::NAN),
            };
        }
        let stage = [b, x, y].iter().fold(self.stage(a), |stage, &id| join(stage, self.stage(id)));
        self.node(Node::Choice(test, [a, b, x, y]), stage)
    }

    /// A table, by its place in [`Graph::into_tables`].
    pub fn table(&mut self, table: &Arc<Table>) -> usize {
        let known = self.tables.iter().position(|other| Arc::ptr_eq(other, table));
        known.unwrap_or_else(|| {
            self.tables.push(Arc::clone(table));
            self.tables.len() - 1
        })
    }

    /// A table of the graph.
    pub fn rows_of(&self, table: usize) -> &Table {
        &self.tables[table]
    }

    pub fn into_tables(self) -> Vec<Arc<Table>> {
        self.tables
    }

    pub fn lookup(&mut self, lookup: Lookup, table: usize, at: Id) -> Id {
        if let Some(x) = self.value(at) {
            let found = self.tables[table].look_up(lookup, x);
            return self.constant(found);
        }
        let stage = self.stage(at);
        self.node(Node::Lookup(lookup, table, at), stage)
    }

    /// What `solve` solves for, a number at a time.
    pub fn unknown(&mut self) -> Id {
        self.node(Node::Unknown, Stage::Scalar)
    }

    pub fn solve(&mut self, all: [Id; 4]) -> Id {
        let stage = all.iter().fold(Stage::Scalar, |stage, &id| join(stage, self.stage(id)));
        self.node(Node::Solve(all), stage)
    }

    /// The node with other operands.
    pub fn rebuilt(&mut self, node: Node, new: impl Fn(Id) -> Id) -> Id {
        match node {
            Node::Unary(operation, a) => self.unary(operation, new(a)),
            Node::Binary(Pair::Add, a, b) => self.add(new(a), new(b)),
            Node::Binary(Pair::Subtract, a, b) => self.subtract(new(a), new(b)),
            Node::Binary(Pair::Multiply, a, b) => self.multiply(new(a), new(b)),
            Node::Binary(Pair::Divide, a, b) => self.divide(new(a), new(b)),
            Node::Binary(operation, a, b) => self.binary(operation, new(a), new(b)),
            Node::Choice(test, all) => self.choice(test, all.map(new)),
            Node::Lookup(lookup, table, at) => self.lookup(lookup, table, new(at)),
            Node::Solve(all) => self.solve(all.map(new)),
            Node::Constant(_) | Node::Leaf(_) | Node::Unknown => self.known[&node],
        }
    }

    /// A literal integer power up to 16 by repeated multiplication, any other through the logarithm.
    pub fn power(&mut self, base: Id, exponent: Id) -> Id {
        if let Some(n) = self.value(exponent)
            && n.fract() == 0.0
            && n.abs() <= 16.0
        {
            let power = self.whole_power(base, n.abs() as u32);
            let one = self.constant(1.0);
            return if n < 0.0 { self.divide(one, power) } else { power };
        }
        let logarithm = self.unary(Unary::Ln, base);
        let product = self.multiply(exponent, logarithm);
        self.unary(Unary::Exp, product)
    }

    fn whole_power(&mut self, base: Id, n: u32) -> Id {
        let mut result = self.constant(1.0);
        let mut square = base;
        let mut rest = n;
        while rest > 0 {
            if rest % 2 == 1 {
                result = self.multiply(result, square);
            }
            square = self.multiply(square, square);
            rest /= 2;
        }
        result
    }

    fn node(&mut self, node: Node, stage: Stage) -> Id {
        if let Some(&id) = self.known.get(&node) {
            return id;
        }
        let bound = match node {
            Node::Unknown => true,
            Node::Solve(_) => false,
            _ => node.operands().any(|operand| self.bound[operand]),
        };
        self.nodes.push(node);
        self.stages.push(stage);
        self.bound.push(bound);
        self.known.insert(node, self.nodes.len() - 1);
        self.nodes.len() - 1
    }
}

impl Node {
    /// The nodes that this one is computed from.
    pub fn operands(&self) -> impl Iterator<Item = Id> {
        let (list, count) = match *self {
            Self::Constant(_) | Self::Leaf(_) | Self::Unknown => ([0; 4], 0),
            Self::Unary(_, a) | Self::Lookup(_, _, a) => ([a, 0, 0, 0], 1),
            Self::Binary(_, a, b) => ([a, b, 0, 0], 2),
            Self::Choice(_, all) | Self::Solve(all) => (all, 4),
        };
        list.into_iter().take(count)
    }
}

/// Data and scalars together make rows.
fn join(a: Stage, b: Stage) -> Stage {
    match (a, b) {
        (Stage::Constant, other) | (other, Stage::Constant) => other,
        (a, b) if a == b => a,
        _ => Stage::Row,
    }
}

/// How often a stage is recomputed.
fn cost(stage: Stage) -> u8 {
    match stage {
        Stage::Constant | Stage::Data => 0,
        Stage::Scalar => 1,
        Stage::Row => 2,
    }
}

/// The outcome of a test; there is none with NaN.
#[inline]
pub(super) fn choose(test: Test, a: f64, b: f64) -> Option<bool> {
    let holds = match test {
        Test::Less => a < b,
        Test::Equal => a == b,
    };
    (!a.is_nan() && !b.is_nan()).then_some(holds)
}

/// The operation on two numbers.
pub(super) fn apply_pair(operation: Pair, a: f64, b: f64) -> f64 {
    match operation {
        Pair::Add => a + b,
        Pair::Subtract => a - b,
        Pair::Multiply => a * b,
        Pair::Divide => a / b,
        Pair::Min => num::min(a, b),
        Pair::Max => num::max(a, b),
    }
}

/// The operation on one number.
pub(super) fn apply(operation: Unary, a: f64) -> f64 {
    match operation {
        Unary::Negative => -a,
        Unary::Exp => num::exp(a),
        Unary::Ln => num::ln(a),
        Unary::Log10 => num::log10(a),
        Unary::Log2 => num::log2(a),
        Unary::Sqrt => a.sqrt(),
        Unary::Abs => a.abs(),
        Unary::Expm1 => num::exp_m1(a),
        Unary::Log1p => num::ln_1p(a),
        Unary::Cos => num::cos(a),
        Unary::Sin => num::sin(a),
        Unary::Floor => num::floor(a),
        Unary::Ceil => num::ceil(a),
        Unary::Round => num::round(a),
    }
}
