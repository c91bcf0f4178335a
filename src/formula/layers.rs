//! The nodes of a graph by what they vary along: layers, each of which is computed for itself.

use std::collections::{BTreeMap, BTreeSet};

use super::derive::cone;
use super::graph::{Graph, Id, Node};
use super::implicit::inside;
use super::spread::Dimensions;
use super::written::Written;
use super::{Leaf, Order, Program};

/// What varies along the same dimensions.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    pub along: Dimensions,
    /// The last of those dimensions, as many as can be run through at once: every input varies along all of them or none.
    pub run: Dimensions,
    pub program: Program,
    /// The same, for columns that are given.
    pub written: Written,
    /// The slots of its inputs: those that stay the same in a run, and those that vary.
    pub scalars: Vec<usize>,
    pub columns: Vec<usize>,
    /// The slots that it computes.
    pub outputs: Vec<usize>,
}

/// A graph, with the layer of each node.
pub(super) struct Layered<'a> {
    graph: &'a Graph,
    roots: &'a [Id],
    cone: Vec<Id>,
    /// The dimensions of the layer that each node belongs to; what depends on an unknown belongs to that of its `solve`.
    pub home: Vec<Dimensions>,
    shape: &'a [usize],
}

impl<'a> Layered<'a> {
    /// With layers as large as they may be, so that what is kept of all of them has at most so many numbers.
    pub fn new(
        graph: &'a Graph,
        roots: &'a [Id],
        names: &[Dimensions],
        shape: &'a [usize],
        most: usize,
    ) -> Self {
        let mut largest = most;
        loop {
            let layered = Self::of(graph, roots, names, shape, largest);
            let kept = layered.shared().into_iter().map(|id| layered.home[id]);
            let kept = kept.filter(|home| *home != all(shape)).map(|home| rows(shape, home));
            if largest == 1 || kept.fold(0, usize::saturating_add) <= most {
                return layered;
            }
            largest = (largest / 4).max(1);
        }
    }

    fn of(
        graph: &'a Graph,
        roots: &'a [Id],
        names: &[Dimensions],
        shape: &'a [usize],
        largest: usize,
    ) -> Self {
        let mut home: Vec<Dimensions> = Vec::with_capacity(graph.nodes.len());
        for node in &graph.nodes {
            let along = match node {
                // What no result is computed from need not be among them.
                Node::Leaf(leaf) => names.get(*leaf).copied().unwrap_or(0),
                _ => node.operands().fold(0, |along, operand| along | home[operand]),
            };
            let is_name = matches!(node, Node::Leaf(_));
            home.push(if !is_name && rows(shape, along) > largest { all(shape) } else { along });
        }
        Self { graph, roots, cone: cone(graph, roots), home, shape }
    }

    fn is_name(&self, id: Id) -> bool {
        matches!(self.graph.nodes[id], Node::Leaf(_))
    }

    /// Whether a node is written into each layer that uses it.
    fn is_constant(&self, id: Id) -> bool {
        self.graph.value(id).is_some()
    }

    /// What a node is computed from, whatever an equation of its own takes from outside included.
    fn needs(&self, id: Id) -> Vec<Id> {
        let mut needs: Vec<Id> = self.graph.nodes[id].operands().collect();
        if let Node::Solve([_, _, equation, slope]) = self.graph.nodes[id] {
            for inner in inside(self.graph, &[equation, slope]) {
                needs.extend(self.graph.nodes[inner].operands());
            }
        }
        needs.retain(|operand| !self.graph.is_bound(*operand));
        needs
    }

    /// The nodes that another layer needs, or that are asked for.
    pub fn shared(&self) -> Vec<Id> {
        let mut shared: BTreeSet<Id> = self.roots.iter().copied().collect();
        for &id in self.cone.iter().filter(|id| !self.graph.is_bound(**id)) {
            shared.extend(self.needs(id).into_iter().filter(|operand| self.home[*operand] != self.home[id]));
        }
        let is_root = |id: &Id| self.roots.contains(id);
        let computed = |id: &Id| !self.is_name(*id) && (is_root(id) || !self.is_constant(*id));
        shared.into_iter().filter(computed).collect()
    }

    pub fn layer(&self, along: Dimensions, slot: &BTreeMap<Id, usize>) -> Layer {
        let free: Vec<Id> = self.cone.iter().copied().filter(|id| self.is_own(*id, along)).collect();
        let mut inputs: Vec<Id> = Vec::new();
        for operand in free.iter().flat_map(|id| self.needs(*id)) {
            if !self.is_own(operand, along) && !self.is_constant(operand) && !inputs.contains(&operand) {
                inputs.push(operand);
            }
        }
        // What depends on an unknown belongs to the equation that it stands in.
        let equations = free.iter().flat_map(|id| match self.graph.nodes[*id] {
            Node::Solve([_, _, equation, slope]) => inside(self.graph, &[equation, slope]),
            _ => Vec::new(),
        });
        let own: BTreeSet<Id> = free.iter().copied().chain(equations).collect();
        let run = self.run(along, &inputs);
        let (columns, scalars): (Vec<Id>, Vec<Id>) =
            inputs.into_iter().partition(|input| self.home[*input] & run != 0);
        let leaves: Vec<Leaf> =
            columns.iter().map(|_| Leaf::Column).chain(scalars.iter().map(|_| Leaf::Scalar)).collect();
        let mut graph = self.graph.beside(leaves.iter().map(|leaf| leaf.stage()).collect());
        let mut new: BTreeMap<Id, Id> = BTreeMap::new();
        for (leaf, input) in columns.iter().chain(&scalars).enumerate() {
            new.insert(*input, graph.leaf(leaf));
        }
        for &id in &own {
            for operand in self.graph.nodes[id].operands() {
                if let Some(value) = self.graph.value(operand) {
                    new.insert(operand, graph.constant(value));
                }
            }
            let there = match (self.graph.value(id), self.graph.nodes[id]) {
                (Some(value), _) => graph.constant(value),
                (None, Node::Unknown) => graph.unknown(),
                (None, node) => graph.rebuilt(node, |operand| new[&operand]),
            };
            new.insert(id, there);
        }
        let outputs: Vec<Id> = free.into_iter().filter(|id| slot.contains_key(id)).collect();
        let roots: Vec<Id> = outputs.iter().map(|id| new[id]).collect();
        let of = |ids: Vec<Id>| ids.iter().map(|id| slot[id]).collect();
        let program = Program::of(graph, &leaves, &roots);
        Layer {
            along,
            run,
            written: Written::of(&program.schedules[Order::Value as usize]),
            program,
            columns: of(columns),
            scalars: of(scalars),
            outputs: of(outputs),
        }
    }

    /// Whether a node is computed in this layer.
    fn is_own(&self, id: Id, along: Dimensions) -> bool {
        let is_root = self.roots.contains(&id);
        self.home[id] == along
            && !self.is_name(id)
            && !self.graph.is_bound(id)
            && (is_root || !self.is_constant(id))
    }

    /// The dimensions that the layer runs through at once; none where no input varies along them.
    fn run(&self, along: Dimensions, inputs: &[Id]) -> Dimensions {
        let mut run = 0;
        for dimension in (0..self.shape.len()).rev().filter(|dimension| along & 1 << dimension != 0) {
            let more = run | 1 << dimension;
            if !inputs.iter().all(|input| [0, more].contains(&(self.home[*input] & more))) {
                break;
            }
            run = more;
        }
        if inputs.iter().any(|input| self.home[*input] & run != 0) { run } else { 0 }
    }
}

/// The dimensions that have more than one point; of a single point the last.
pub(super) fn all(shape: &[usize]) -> Dimensions {
    let long = (0..shape.len()).filter(|dimension| shape[*dimension] > 1);
    let long = long.fold(0, |all, dimension| all | 1 << dimension);
    if long == 0 { 1 << shape.len().saturating_sub(1) } else { long }
}

/// How many points they have together.
pub(super) fn rows(shape: &[usize], along: Dimensions) -> usize {
    let points = |dimension: &usize| along & 1 << dimension != 0;
    (0..shape.len()).filter(points).map(|dimension| shape[dimension]).product()
}
