//! What is computed when, and into which buffer.

use std::collections::BTreeMap;

use super::derive::cone;
use super::graph::{Graph, Id, Node, Pair, Stage, Test, Unary};

/// Where a number or a column stands at run time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    Constant(f64),
    /// The i-th scalar of the call.
    Scalar(usize),
    /// A scalar computed in this call.
    Register(usize),
    /// The i-th column given when binding.
    Input(usize),
    /// A column computed when binding.
    Data(usize),
    /// The i-th column of the call.
    Column(usize),
    /// A column computed in this call, one chunk at a time.
    Buffer(usize),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Operation {
    Unary(Unary, Place),
    Binary(Pair, Place, Place),
    Choice(Test, [Place; 4]),
    /// A scalar spread over a buffer, so that every output is a column.
    Fill(Place),
}

/// An operation and the register, buffer or data column that takes its result.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instruction {
    pub operation: Operation,
    pub to: usize,
}

/// What is computed once, when data are bound; and where everything not computed in a call stands.
#[derive(Clone, Debug)]
pub(super) struct DataPlan {
    pub instructions: Vec<Instruction>,
    places: BTreeMap<Id, Place>,
    leaves: Vec<Place>,
}

impl DataPlan {
    pub fn new(graph: &Graph, roots: &[Id], leaves: Vec<Place>) -> Self {
        let mut plan = Self { instructions: Vec::new(), places: BTreeMap::new(), leaves };
        for id in cone(graph, roots) {
            if let Some(place) = plan.given(graph, id) {
                plan.places.insert(id, place);
            } else if graph.stage(id) == Stage::Data {
                let to = plan.instructions.len();
                let operation = operation(graph, id, &plan.places);
                plan.instructions.push(Instruction { operation, to });
                plan.places.insert(id, Place::Data(to));
            }
        }
        plan
    }

    /// How many columns must be given, and how many rows they agree on is checked against.
    pub fn inputs(&self) -> usize {
        self.leaves.iter().filter(|place| matches!(place, Place::Input(_))).count()
    }

    fn given(&self, graph: &Graph, id: Id) -> Option<Place> {
        match graph.nodes[id] {
            Node::Constant(bits) => Some(Place::Constant(f64::from_bits(bits))),
            Node::Leaf(leaf) => Some(self.leaves[leaf]),
            _ => None,
        }
    }
}

/// What one kind of call computes: scalars first, then the rows, chunk by chunk.
#[derive(Clone, Debug)]
pub(super) struct Schedule {
    pub scalars: Vec<Instruction>,
    pub rows: Vec<Instruction>,
    pub buffers: usize,
    /// Where each root stands once a chunk has been computed.
    pub outputs: Vec<Place>,
}

impl Schedule {
    pub fn new(graph: &Graph, roots: &[Id], data: &DataPlan) -> Self {
        let cone = cone(graph, roots);
        let mut places = data.places.clone();
        let mut schedule = Self { scalars: Vec::new(), rows: Vec::new(), buffers: 0, outputs: Vec::new() };
        let last_use = last_use(graph, &cone, roots);
        let mut free: Vec<usize> = Vec::new();
        for &id in &cone {
            if places.contains_key(&id) {
                continue;
            }
            let operation = operation(graph, id, &places);
            if graph.stage(id) == Stage::Scalar {
                let to = schedule.scalars.len();
                schedule.scalars.push(Instruction { operation, to });
                places.insert(id, Place::Register(to));
                continue;
            }
            // The buffer is taken before those of the operands are given back: no operation works in place.
            let to = schedule.buffer(&mut free);
            schedule.rows.push(Instruction { operation, to });
            places.insert(id, Place::Buffer(to));
            for operand in graph.nodes[id].operands() {
                if let Place::Buffer(buffer) = places[&operand]
                    && last_use[&operand] == id
                    && !free.contains(&buffer)
                {
                    free.push(buffer);
                }
            }
        }
        for root in roots {
            let place = schedule.column(places[root], &mut free);
            places.insert(*root, place);
            schedule.outputs.push(place);
        }
        schedule
    }

    fn buffer(&mut self, free: &mut Vec<usize>) -> usize {
        free.pop().unwrap_or_else(|| {
            self.buffers += 1;
            self.buffers - 1
        })
    }

    /// The place of an output, spread over a buffer if it is a scalar.
    fn column(&mut self, place: Place, free: &mut Vec<usize>) -> Place {
        if !matches!(place, Place::Constant(_) | Place::Scalar(_) | Place::Register(_)) {
            return place;
        }
        let to = self.buffer(free);
        self.rows.push(Instruction { operation: Operation::Fill(place), to });
        Place::Buffer(to)
    }
}

/// The last node that uses each node; a root is used for ever.
fn last_use(graph: &Graph, cone: &[Id], roots: &[Id]) -> BTreeMap<Id, Id> {
    let mut last = BTreeMap::new();
    for &id in cone {
        for operand in graph.nodes[id].operands() {
            last.insert(operand, id);
        }
    }
    last.extend(roots.iter().map(|&root| (root, Id::MAX)));
    last
}

fn operation(graph: &Graph, id: Id, places: &BTreeMap<Id, Place>) -> Operation {
    match graph.nodes[id] {
        Node::Unary(unary, a) => Operation::Unary(unary, places[&a]),
        Node::Binary(pair, a, b) => Operation::Binary(pair, places[&a], places[&b]),
        Node::Choice(test, all) => Operation::Choice(test, all.map(|operand| places[&operand])),
        Node::Constant(_) | Node::Leaf(_) => Operation::Fill(places[&id]),
    }
}
