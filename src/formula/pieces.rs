//! Formulas that are smooth in pieces.
//!
//! `min`, `max`, `abs` and `if` have kinks, `floor`, `ceil`, `round` and `step` have steps, `interp` has a
//! corner at every row. Each is a switch: which of its branches counts depends on one number, and with the
//! branch of every switch chosen the formula is smooth. The points at which the same branches count are a
//! *piece*; walls part it from its neighbours, and from where the formula ends.

use std::sync::Arc;

use super::bounds::ends_box;
use super::graph::{Graph, Id, Node, Pair, Unary};
use super::lower::lower;
use super::program::Drawing;
use super::switch::{End, Switch};
use super::syntax::Comparison;
use super::{Beyond, Formula, FormulaError, Leaf, Order, Piece, Program, Smooth, Wall};

/// A formula with its switches, for a given choice of what is data and what is unknown.
#[derive(Clone, Debug)]
pub struct Pieces {
    drawing: Drawing,
    result: Id,
    switches: Vec<(Id, Switch)>,
    /// For each switch, the number that its branch depends on.
    numbers: Vec<Program>,
    /// The sides of each condition on an unknown, that which must be smaller first, and its place in the text.
    conditions: Vec<([Id; 2], usize)>,
}

impl Pieces {
    /// Finds the switches and conditions of `formula` that depend on one of `wrt`, but for the conditions that
    /// [`Formula::ends`] tells. All `leaves` are scalars.
    ///
    /// # Errors
    /// As [`Program::compile`], except that steps are welcome.
    ///
    /// # Panics
    /// If `wrt` names something that `leaves` lacks.
    pub fn new(formula: &Formula, leaves: &[(&str, Leaf)], wrt: &[&str]) -> Result<Self, FormulaError> {
        let (mut drawing, meaning) = Drawing::new(leaves, wrt);
        let lowered = lower(formula, &mut drawing.graph, &meaning)?;
        let active = drawing.active_nodes();
        let open =
            |sides: &[Id; 2]| sides.iter().any(|&side| active[side]) && !ends_box(&drawing, *sides, &active);
        let conditions = lowered.conditions.iter().filter(|of| open(&of.sides));
        let conditions: Vec<_> = conditions
            .filter_map(|of| {
                Some((ordered(formula.conditions[of.condition].comparison, of.sides)?, of.condition))
            })
            .collect();
        let roots: Vec<Id> =
            conditions.iter().flat_map(|(sides, _)| *sides).chain([lowered.result]).collect();
        let switches = Switch::all(&mut drawing.graph, &roots, &active);
        let number = |(_, switch): &(Id, Switch)| {
            let mut drawing = drawing.clone();
            let number = switch.number(&mut drawing.graph);
            drawing.program(number, &[], Order::Value)
        };
        let numbers = switches.iter().map(number).collect::<Result<_, _>>()?;
        Ok(Self { result: lowered.result, switches, numbers, conditions, drawing })
    }

    /// The piece that holds the point of these scalars.
    pub fn at(&self, scalars: &[f64]) -> Piece {
        let branch = |((_, switch), number): (&(Id, Switch), &Program)| {
            let mut value = [f64::NAN];
            number.bind(&[]).values(scalars, &[], &mut value);
            switch.branch(&self.drawing.graph, value[0])
        };
        self.switches.iter().zip(&self.numbers).map(branch).collect()
    }

    /// The formula on a piece, for scalars of which those that are no unknowns have these signs.
    ///
    /// # Errors
    /// As [`Program::compile`].
    pub fn compile(&self, piece: &Piece, scalars: &[f64]) -> Result<Smooth, FormulaError> {
        let mut drawing = self.drawing.clone();
        let new = self.substituted(&mut drawing.graph, piece);
        let walls = self.ends(&mut drawing.graph, piece, &new).into_iter().filter_map(|(sides, beyond)| {
            let mut drawing = drawing.clone();
            let distance = self.distance(&mut drawing.graph, sides, scalars);
            let ends = drawing.graph.value(distance).is_none();
            ends.then(|| Ok(Wall { program: drawing.program(distance, &[], Order::Hessian)?, beyond }))
        });
        let walls = walls.collect::<Result<_, _>>()?;
        let program = Arc::new(drawing.program(new[self.result], &[], Order::Hessian)?);
        Ok(Smooth { program, walls })
    }

    /// The sides of every end of a piece.
    fn ends(&self, graph: &mut Graph, piece: &Piece, new: &[Id]) -> Vec<([Id; 2], Beyond)> {
        let mut ends = Vec::new();
        for (i, (_, switch)) in self.switches.iter().enumerate() {
            for End { sides, beyond } in switch.renamed(|id| new[id]).ends(graph, piece[i]) {
                let other = |branch| {
                    let mut other = piece.clone();
                    other[i] = branch;
                    Beyond::Piece(other)
                };
                ends.push((sides, beyond.map_or(Beyond::Nothing, other)));
            }
        }
        let condition =
            |(sides, at): &([Id; 2], usize)| (sides.map(|side| new[side]), Beyond::Condition(*at));
        ends.extend(self.conditions.iter().map(condition));
        ends
    }

    /// How far the first side is above the second: as a logarithm where both are positive whatever the unknowns are, as
    /// a share of one that is a number, and else as it is.
    fn distance(&self, graph: &mut Graph, [small, large]: [Id; 2], scalars: &[f64]) -> Id {
        let known = |leaf: usize| scalars[leaf] > 0.0 && !self.drawing.is_active(leaf);
        if is_positive(graph, small, &known) && is_positive(graph, large, &known) {
            let [small, large] = [small, large].map(|side| graph.unary(Unary::Ln, side));
            return graph.subtract(small, large);
        }
        let difference = graph.subtract(small, large);
        let size = graph.value(large).filter(|size| *size != 0.0).or(graph.value(small)).map(f64::abs);
        let share = size.filter(|size| *size > 0.0).map(|size| graph.constant(1.0 / size));
        share.map_or(difference, |share| graph.multiply(share, difference))
    }

    /// For each node the one that it is on a piece.
    fn substituted(&self, graph: &mut Graph, piece: &Piece) -> Vec<Id> {
        let mut new: Vec<Id> = Vec::new();
        for id in 0..self.drawing.graph.nodes.len() {
            let switch = self.switches.iter().zip(piece).find(|((node, _), _)| *node == id);
            let there = match switch {
                Some(((_, switch), &branch)) => switch.renamed(|id| new[id]).value(graph, branch),
                None => graph.rebuilt(self.drawing.graph.nodes[id], |operand| new[operand]),
            };
            new.push(there);
        }
        new
    }
}

/// The sides of a condition, that which must be smaller first; equalities part nothing from anything.
fn ordered(comparison: Comparison, [left, right]: [Id; 2]) -> Option<[Id; 2]> {
    match comparison {
        Comparison::Less | Comparison::AtMost => Some([left, right]),
        Comparison::Greater | Comparison::AtLeast => Some([right, left]),
        Comparison::Equal | Comparison::NotEqual => None,
    }
}

/// A node that is positive whatever the unknowns are.
fn is_positive(graph: &Graph, id: Id, known: &impl Fn(usize) -> bool) -> bool {
    let positive = |id: Id| is_positive(graph, id, known);
    match graph.nodes[id] {
        Node::Constant(bits) => f64::from_bits(bits) > 0.0,
        Node::Leaf(leaf) => known(leaf),
        Node::Unary(Unary::Exp, _) => true,
        Node::Unary(Unary::Sqrt, a) => positive(a),
        Node::Binary(Pair::Subtract, ..) => false,
        Node::Binary(_, a, b) => positive(a) && positive(b),
        _ => false,
    }
}
