//! What is computed when, and into which buffer.

use std::collections::BTreeMap;

use super::derive::cone;
use super::graph::{Graph, Id, Node, Pair, Stage, Test, Unary};
use super::implicit::inside;
use super::joined::Joined;
#[cfg(feature = "fit")]
use super::joined::Joint;
use super::table::Lookup;

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
    /// The i-th column that results are written to, where it has been.
    #[cfg(feature = "fit")]
    Output(usize),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Operation {
    Unary(Unary, Place),
    Binary(Pair, Place, Place),
    /// A product of two, and it with a third.
    #[cfg(feature = "fit")]
    Line(Joint, [Place; 3]),
    Choice(Test, [Place; 4]),
    Lookup(Lookup, usize, Place),
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

    /// Whether anything is given by columns, so that there may be many rows.
    pub fn has_columns(&self) -> bool {
        self.leaves.iter().any(|place| matches!(place, Place::Input(_) | Place::Column(_)))
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
    pub scalars: Vec<Work>,
    pub rows: Vec<Work>,
    pub registers: usize,
    pub buffers: usize,
    /// Where each root stands once a chunk has been computed.
    pub outputs: Vec<Place>,
}

#[derive(Clone, Debug)]
pub(super) enum Work {
    Compute(Instruction),
    Solve(Box<Solving>),
}

/// An equation to be solved: `equation` computes its value and slope at the unknown, again and again.
#[derive(Clone, Debug)]
pub(super) struct Solving {
    pub low: Place,
    pub high: Place,
    /// The register or buffer that holds the unknown.
    pub unknown: usize,
    pub equation: Vec<Instruction>,
    pub value: Place,
    pub slope: Place,
    pub to: usize,
}

impl Schedule {
    pub fn new(graph: &Graph, roots: &[Id], data: &DataPlan) -> Self {
        let mut planner = Planner {
            graph,
            places: data.places.clone(),
            registers: Slots::default(),
            buffers: Slots::default(),
        };
        let (mut scalars, mut rows) = (Vec::new(), Vec::new());
        let cone = cone(graph, roots);
        let joined = Joined::of(graph, &cone, roots);
        let last_use = last_use(graph, &joined, &cone, roots);
        for &id in &cone {
            if planner.places.contains_key(&id) || graph.is_bound(id) || joined.holds(id) {
                continue;
            }
            if graph.stage(id) == Stage::Scalar {
                scalars.push(planner.work(&joined, id, Kind::Register));
                continue;
            }
            // The buffer is taken before those of the operands are given back: no operation works in place.
            rows.push(planner.work(&joined, id, Kind::Buffer));
            uses(graph, &joined, id, |operand| {
                if let Place::Buffer(buffer) = planner.places[&operand]
                    && last_use[operand] == id
                {
                    planner.buffers.give(buffer);
                }
            });
        }
        let mut outputs = Vec::new();
        for root in roots {
            let place = planner.column(planner.places[root], &mut rows);
            planner.places.insert(*root, place);
            outputs.push(place);
        }
        let (registers, buffers) = (planner.registers.count, planner.buffers.count);
        Self { scalars, rows, registers, buffers, outputs }
    }

    pub fn solves(&self) -> bool {
        self.rows.iter().any(|work| matches!(work, Work::Solve(_)))
    }
}

/// Numbered places of one kind, used again as soon as they are free.
#[derive(Default)]
struct Slots {
    count: usize,
    free: Vec<usize>,
}

impl Slots {
    fn take(&mut self) -> usize {
        self.free.pop().unwrap_or_else(|| {
            self.count += 1;
            self.count - 1
        })
    }

    fn give(&mut self, slot: usize) {
        if !self.free.contains(&slot) {
            self.free.push(slot);
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Register,
    Buffer,
}

impl Kind {
    fn place(self, slot: usize) -> Place {
        match self {
            Self::Register => Place::Register(slot),
            Self::Buffer => Place::Buffer(slot),
        }
    }
}

struct Planner<'a> {
    graph: &'a Graph,
    places: BTreeMap<Id, Place>,
    registers: Slots,
    buffers: Slots,
}

impl Planner<'_> {
    #[inline]
    fn slots(&mut self, kind: Kind) -> &mut Slots {
        match kind {
            Kind::Register => &mut self.registers,
            Kind::Buffer => &mut self.buffers,
        }
    }

    /// Plans a node whose operands have their places, and gives it one.
    fn work(&mut self, joined: &Joined, id: Id, kind: Kind) -> Work {
        let to = self.slots(kind).take();
        let work = match self.graph.nodes[id] {
            Node::Solve(all) => Work::Solve(Box::new(self.solving(all, to, kind))),
            _ => Work::Compute(Instruction { operation: self.operation(joined, id), to }),
        };
        self.places.insert(id, kind.place(to));
        work
    }

    fn operation(&self, joined: &Joined, id: Id) -> Operation {
        joined.operation(id, &self.places).unwrap_or_else(|| operation(self.graph, id, &self.places))
    }

    /// The places inside are free again once it is solved: the unknown of the next `solve` is another.
    fn solving(&mut self, [low, high, value, slope]: [Id; 4], to: usize, kind: Kind) -> Solving {
        let inside = inside(self.graph, &[value, slope]);
        let unknown = self.slots(kind).take();
        let mut taken = vec![unknown];
        let mut equation = Vec::new();
        for &id in &inside {
            if self.graph.nodes[id] == Node::Unknown {
                self.places.insert(id, kind.place(unknown));
                continue;
            }
            let to = self.slots(kind).take();
            taken.push(to);
            equation.push(Instruction { operation: operation(self.graph, id, &self.places), to });
            self.places.insert(id, kind.place(to));
        }
        let place = |id: Id| self.places[&id];
        let solving = Solving {
            low: place(low),
            high: place(high),
            unknown,
            equation,
            value: place(value),
            slope: place(slope),
            to,
        };
        for slot in taken {
            self.slots(kind).give(slot);
        }
        for id in &inside {
            self.places.remove(id);
        }
        solving
    }

    /// The place of an output, spread over a buffer if it is a scalar.
    fn column(&mut self, place: Place, rows: &mut Vec<Work>) -> Place {
        if !matches!(place, Place::Constant(_) | Place::Scalar(_) | Place::Register(_)) {
            return place;
        }
        let to = self.buffers.take();
        rows.push(Work::Compute(Instruction { operation: Operation::Fill(place), to }));
        Place::Buffer(to)
    }
}

/// Visits the nodes that must have their places before this one is computed: its operands, of a product that is joined to it those
/// of that, and for a `solve` what its equation takes from outside.
pub(super) fn uses(graph: &Graph, joined: &Joined, id: Id, mut visit: impl FnMut(Id)) {
    if let Some(all) = joined.needs(id) {
        return all.into_iter().for_each(visit);
    }
    let node = graph.nodes[id];
    if let Node::Solve([_, _, equation, slope]) = node {
        for inner in inside(graph, &[equation, slope]) {
            graph.nodes[inner].operands().filter(|&operand| !graph.is_bound(operand)).for_each(&mut visit);
        }
    }
    node.operands().filter(|&operand| !graph.is_bound(operand)).for_each(visit);
}

/// For each node the last that uses it; a root is used for ever.
fn last_use(graph: &Graph, joined: &Joined, cone: &[Id], roots: &[Id]) -> Vec<Id> {
    let mut last = vec![0; graph.nodes.len()];
    for &id in cone.iter().filter(|&&id| !graph.is_bound(id) && !joined.holds(id)) {
        uses(graph, joined, id, |operand| last[operand] = id);
    }
    for &root in roots {
        last[root] = Id::MAX;
    }
    last
}

fn operation(graph: &Graph, id: Id, places: &BTreeMap<Id, Place>) -> Operation {
    match graph.nodes[id] {
        Node::Unary(unary, a) => Operation::Unary(unary, places[&a]),
        Node::Binary(pair, a, b) => Operation::Binary(pair, places[&a], places[&b]),
        Node::Lookup(lookup, table, at) => Operation::Lookup(lookup, table, places[&at]),
        Node::Choice(test, all) => Operation::Choice(test, all.map(|operand| places[&operand])),
        Node::Constant(_) | Node::Leaf(_) | Node::Unknown | Node::Solve(_) => Operation::Fill(places[&id]),
    }
}
