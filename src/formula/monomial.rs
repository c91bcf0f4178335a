//! Formulas as sums of monomials in two free variables, whatever the names are: in the logarithms `u` and `v` of those a monomial
//! is `exp(c + p u + q v)`.

use std::collections::BTreeMap;

use super::graph::{Graph, Id, Node, Pair, Unary};
use super::lower::lower;
use super::program::{Drawing, Names};
use super::spread::Varies;
use super::{Formula, FormulaError, Leaf};

/// A formula, and how each of its names varies that is not free.
pub type Varying<'a> = (&'a Formula, Vec<(&'a str, Varies)>);

/// The most terms of a cost, and of nodes of both formulas, which are read from the top down.
const MOST: usize = 4;
const MOST_NODES: usize = 1_000;

/// Both formulas in one graph, each with names of its own.
pub(super) struct Problem {
    pub drawing: Drawing,
    /// Whether each node of the formulas depends on a free variable.
    active: Vec<bool>,
    /// What was found of nodes: they may be met over and over.
    monomials: BTreeMap<Id, Option<Affine>>,
    affines: BTreeMap<Id, Option<Affine>>,
}

/// `c + p u + q v`, of which c, p and q do not depend on u and v.
#[derive(Clone, Copy)]
pub(super) struct Affine {
    pub c: Id,
    pub slopes: [Id; 2],
}

impl Problem {
    /// A problem whose leaves are the names of the objective, those of the cost, the budget and both free variables; and how all
    /// but those vary.
    pub fn new(objective: &Varying, cost: &Varying, free: [&str; 2], budget: Varies) -> (Self, Vec<Varies>) {
        let names = objective.1.iter().chain(&cost.1);
        let varies: Vec<Varies> = names.map(|(_, varies)| *varies).chain([budget]).collect();
        let mut leaves = vec![("", Leaf::Column); varies.len()];
        leaves.extend(free.map(|name| (name, Leaf::LogColumn)));
        let (drawing, _) = Drawing::new(&leaves, &free);
        (Self { drawing, active: Vec::new(), monomials: BTreeMap::new(), affines: BTreeMap::new() }, varies)
    }

    /// The node of a formula whose names are the leaves from `first` on; nothing if it has conditions.
    pub fn lower(
        &mut self,
        (formula, names): &Varying,
        first: usize,
        free: [&str; 2],
    ) -> Result<Option<Id>, FormulaError> {
        let unknowns = self.drawing.active();
        let graph = &mut self.drawing.graph;
        let mut meaning = Names::new();
        for (at, (name, _)) in names.iter().enumerate() {
            meaning.insert(name, graph.leaf(first + at));
        }
        for (name, logarithm) in free.into_iter().zip(unknowns) {
            meaning.insert(name, graph.unary(Unary::Exp, logarithm));
        }
        let lowered = lower(formula, graph, &meaning)?;
        Ok(lowered.conditions.is_empty().then_some(lowered.result))
    }

    fn is_free(&self, id: Id) -> bool {
        !self.active.get(id).is_some_and(|active| *active)
    }

    /// The monomials of a sum, and what it has besides them; nothing where it is no such sum.
    pub fn sum(&mut self, id: Id) -> Option<(Id, Vec<Affine>)> {
        self.look()?;
        let mut terms = Vec::new();
        let rest = self.terms(id, &mut terms)?;
        let terms: Option<Vec<Affine>> = terms.into_iter().map(|term| self.monomial(term)).collect();
        Some((rest, terms?))
    }

    /// The monomials of a cost, where it is a sum of nothing else.
    pub fn costs(&mut self, cost: Id) -> Option<Vec<Affine>> {
        let (rest, costs) = self.sum(cost)?;
        self.drawing.graph.is_zero(rest).then_some(costs)
    }

    /// Notes what depends on a free variable, where that can be looked through.
    fn look(&mut self) -> Option<()> {
        if self.active.is_empty() {
            let is_small = self.drawing.graph.nodes.len() <= MOST_NODES;
            self.active = is_small.then(|| self.drawing.active_nodes())?;
        }
        Some(())
    }

    /// Collects the terms of a sum that depend on a free variable, and gives the sum of the others.
    fn terms(&mut self, id: Id, terms: &mut Vec<Id>) -> Option<Id> {
        let parts = match self.drawing.graph.nodes[id] {
            _ if self.is_free(id) => return Some(id),
            Node::Binary(Pair::Add, a, b) => Some((a, b, Pair::Add)),
            Node::Binary(Pair::Subtract, a, b) if self.is_free(b) => Some((a, b, Pair::Subtract)),
            _ => None,
        };
        let Some((a, b, by)) = parts else {
            terms.push(id);
            // A sum may be written so that it has very many.
            return (terms.len() <= MOST).then(|| self.drawing.graph.constant(0.0));
        };
        let (a, b) = (self.terms(a, terms)?, self.terms(b, terms)?);
        let graph = &mut self.drawing.graph;
        Some(if by == Pair::Add { graph.add(a, b) } else { graph.subtract(a, b) })
    }

    /// The logarithm of a node, where that is affine.
    fn monomial(&mut self, id: Id) -> Option<Affine> {
        if let Some(known) = self.monomials.get(&id) {
            return *known;
        }
        let found = match self.drawing.graph.nodes[id] {
            _ if self.is_free(id) => {
                let logarithm = self.drawing.graph.unary(Unary::Ln, id);
                Some(self.constant(logarithm))
            }
            Node::Unary(Unary::Exp, a) => self.affine(a),
            Node::Unary(Unary::Sqrt, a) => self.monomial(a).map(|a| {
                let half = self.drawing.graph.constant(0.5);
                self.map(a, |graph, x| graph.multiply(half, x))
            }),
            Node::Binary(Pair::Multiply, a, b) => self.both(Self::monomial, a, b, Graph::add),
            Node::Binary(Pair::Divide, a, b) => self.both(Self::monomial, a, b, Graph::subtract),
            _ => None,
        };
        self.monomials.insert(id, found);
        found
    }

    fn affine(&mut self, id: Id) -> Option<Affine> {
        if let Some(known) = self.affines.get(&id) {
            return *known;
        }
        let unknowns = self.drawing.active();
        let found = match self.drawing.graph.nodes[id] {
            _ if self.is_free(id) => Some(self.constant(id)),
            Node::Leaf(_) => {
                let graph = &mut self.drawing.graph;
                let [zero, one] = [0.0, 1.0].map(|value| graph.constant(value));
                let slope = |unknown: Id| if unknown == id { one } else { zero };
                Some(Affine { c: zero, slopes: [slope(unknowns[0]), slope(unknowns[1])] })
            }
            Node::Unary(Unary::Ln, a) => self.monomial(a),
            Node::Unary(Unary::Negative, a) => {
                self.affine(a).map(|a| self.map(a, |graph, x| graph.unary(Unary::Negative, x)))
            }
            Node::Binary(Pair::Add, a, b) => self.both(Self::affine, a, b, Graph::add),
            Node::Binary(Pair::Subtract, a, b) => self.both(Self::affine, a, b, Graph::subtract),
            Node::Binary(Pair::Multiply, a, b) if self.is_free(a) => {
                self.affine(b).map(|b| self.map(b, |graph, x| graph.multiply(a, x)))
            }
            Node::Binary(Pair::Multiply, a, b) if self.is_free(b) => {
                self.affine(a).map(|a| self.map(a, |graph, x| graph.multiply(b, x)))
            }
            Node::Binary(Pair::Divide, a, b) if self.is_free(b) => {
                self.affine(a).map(|a| self.map(a, |graph, x| graph.divide(x, b)))
            }
            _ => None,
        };
        self.affines.insert(id, found);
        found
    }

    fn constant(&mut self, c: Id) -> Affine {
        let zero = self.drawing.graph.constant(0.0);
        Affine { c, slopes: [zero; 2] }
    }

    fn map(&mut self, of: Affine, by: impl Fn(&mut Graph, Id) -> Id) -> Affine {
        let graph = &mut self.drawing.graph;
        Affine { c: by(graph, of.c), slopes: of.slopes.map(|slope| by(graph, slope)) }
    }

    fn both(
        &mut self,
        read: impl Fn(&mut Self, Id) -> Option<Affine>,
        a: Id,
        b: Id,
        by: impl Fn(&mut Graph, Id, Id) -> Id,
    ) -> Option<Affine> {
        let (a, b) = (read(self, a)?, read(self, b)?);
        let graph = &mut self.drawing.graph;
        let slopes = [0, 1].map(|at| by(graph, a.slopes[at], b.slopes[at]));
        Some(Affine { c: by(graph, a.c, b.c), slopes })
    }
}
