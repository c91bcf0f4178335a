//! A formula made ready to run, for a given choice of what is data and what is unknown.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::derive::{cone, derivative};
use super::graph::{Graph, Id, Stage, Unary};
use super::lower::{Lowered, Sides, lower};
use super::schedule::{DataPlan, Place, Schedule};
use super::syntax::{Comparison, Formula};
use super::table::Table;
use super::{Bound, FormulaError};

/// What a name of a formula stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Leaf {
    /// A column given once, to [`Program::bind`]: the inputs of a fit, or draws.
    Data,
    /// A number given at each call.
    Scalar,
    /// A positive number given at each call by its natural logarithm; derivatives are with respect to
    /// that logarithm.
    LogScalar,
    /// A column of positive numbers given at each call by their natural logarithms, likewise.
    LogColumn,
    /// A column given at each call.
    Column,
    /// A number known when compiling. With `Fixed(0.0)` for a coefficient its whole term vanishes.
    Fixed(f64),
}

/// How many derivatives are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// The value alone.
    Value,
    /// Value and first derivatives.
    Gradient,
    /// Value, first and second derivatives.
    Hessian,
}

/// A compiled formula. [`Program::bind`] gives it data; one Program may be bound many times.
#[derive(Clone, Debug)]
pub struct Program {
    /// Which leaves derivatives are taken by.
    wrt: Vec<usize>,
    pairs: Vec<(usize, usize)>,
    /// For the result and each first derivative, the leaves it depends on.
    depends: Vec<Vec<bool>>,
    pub(super) data: DataPlan,
    /// One for each order up to the one compiled for.
    pub(super) schedules: Vec<Schedule>,
    pub(super) conditions: Schedule,
    /// For each two outputs of `conditions`, the condition of the text and how they compare.
    pub(super) comparisons: Vec<(usize, Comparison)>,
    pub(super) conditions_of_text: usize,
    pub(super) tables: Vec<Arc<Table>>,
}

impl Program {
    /// Compiles `formula`, with derivatives up to `order` by the scalars and columns named in `wrt`.
    ///
    /// `leaves` gives every name its meaning. Data, scalars and columns are each passed in the order
    /// in which `leaves` lists them; names that the formula does not use are allowed.
    ///
    /// # Errors
    /// [`FormulaError::Unbound`] if the formula uses a name without a meaning,
    /// [`FormulaError::TooLarge`] if its derivatives need too many operations,
    /// [`FormulaError::Stepped`] if one of `wrt` stands in `floor`, `ceil`, `round` or `step`,
    /// [`FormulaError::NoMembers`] or [`FormulaError::NoTable`] if a family or a table is still to be given.
    ///
    /// # Panics
    /// If `wrt` names something that `leaves` lacks: a mistake of the caller, not of the formula.
    pub fn compile(
        formula: &Formula,
        leaves: &[(&str, Leaf)],
        wrt: &[&str],
        order: Order,
    ) -> Result<Self, FormulaError> {
        let (mut drawing, meaning) = Drawing::new(leaves, wrt);
        let lowered = lower(formula, &mut drawing.graph, &meaning)?;
        if order >= Order::Gradient {
            let active = drawing.active();
            check_steps(&mut drawing.graph, &lowered, active)?;
        }
        let comparison = |sides: &Sides| (sides.condition, formula.conditions[sides.condition].comparison);
        let comparisons = lowered.conditions.iter().map(comparison).collect();
        let sides: Vec<Id> = lowered.conditions.iter().flat_map(|condition| condition.sides).collect();
        let mut program = drawing.program(lowered.result, &sides, order)?;
        (program.comparisons, program.conditions_of_text) = (comparisons, formula.conditions.len());
        Ok(program)
    }

    /// What computes some nodes of a graph, without derivatives or conditions.
    pub(super) fn of(graph: Graph, leaves: &[Leaf], roots: &[Id]) -> Self {
        let data = DataPlan::new(&graph, roots, leaf_places(leaves));
        Self {
            wrt: Vec::new(),
            pairs: Vec::new(),
            depends: Vec::new(),
            schedules: vec![Schedule::new(&graph, roots, &data)],
            conditions: Schedule::new(&graph, &[], &data),
            data,
            comparisons: Vec::new(),
            conditions_of_text: 0,
            tables: graph.into_tables(),
        }
    }

    /// Binds columns of data, all of one length: what depends on them alone is computed here, once.
    ///
    /// # Panics
    /// If the columns differ in length or number from what was compiled for.
    pub fn bind<'a>(&'a self, data: &[&'a [f64]]) -> Bound<'a> {
        Bound::new(self, data)
    }

    /// How many instructions it has, of all orders together.
    pub(super) fn instructions(&self) -> usize {
        let schedules = self.schedules.iter().chain([&self.conditions]);
        schedules.map(|schedule| schedule.scalars.len() + schedule.rows.len()).sum()
    }

    /// How many leaves derivatives are taken by.
    pub fn wrt(&self) -> usize {
        self.wrt.len()
    }

    /// The pairs (k, l), k <= l, of `wrt` whose second derivative is not zero for every input, in the
    /// order in which [`super::Chunk::second`] gives them. Needs [`Order::Hessian`].
    pub fn pairs(&self) -> &[(usize, usize)] {
        &self.pairs
    }

    /// Whether the result depends on the i-th of `leaves`.
    pub fn depends_on(&self, leaf: usize) -> bool {
        self.depends[0][leaf]
    }

    /// Whether the derivative by the k-th of `wrt` depends on the i-th of `leaves`. Needs
    /// [`Order::Gradient`].
    pub fn derivative_depends_on(&self, k: usize, leaf: usize) -> bool {
        self.depends[1 + k][leaf]
    }

    /// Which of `wrt` enter linearly together: the result is a sum, over them, of each times something
    /// free of all of them, and of a rest. Found from the structure, greedily in the order of `wrt`: a second
    /// derivative of zero is not enough, since `abs(x)` has that too.
    /// Needs [`Order::Gradient`] and no logarithmic leaves.
    pub fn linear(&self) -> Vec<usize> {
        let free = |k: usize, l: usize| !self.derivative_depends_on(k, self.wrt[l]);
        let mut linear: Vec<usize> = Vec::new();
        for k in 0..self.wrt.len() {
            if free(k, k) && linear.iter().all(|&l| free(k, l) && free(l, k)) {
                linear.push(k);
            }
        }
        linear
    }
}

/// A graph with its leaves, before it is decided what of it is computed.
#[derive(Clone, Debug)]
pub(super) struct Drawing {
    pub graph: Graph,
    leaves: Vec<Leaf>,
    /// The node that each leaf is given by.
    given: Vec<Id>,
    /// Which leaves derivatives are taken by.
    wrt: Vec<usize>,
}

pub(super) type Names<'a> = BTreeMap<&'a str, Id>;

impl Drawing {
    /// A graph of leaves alone, and the node that each name means in a formula.
    ///
    /// # Panics
    /// If `wrt` names something that `leaves` lacks.
    pub fn new<'a>(leaves: &[(&'a str, Leaf)], wrt: &[&str]) -> (Self, Names<'a>) {
        let mut graph = Graph::new(leaves.iter().map(|(_, leaf)| leaf.stage()).collect());
        let (mut meaning, mut given) = (Names::new(), Vec::new());
        for (i, &(name, leaf)) in leaves.iter().enumerate() {
            let id = match leaf {
                Leaf::Fixed(value) => graph.constant(value),
                _ => graph.leaf(i),
            };
            let logarithmic = matches!(leaf, Leaf::LogScalar | Leaf::LogColumn);
            meaning.insert(name, if logarithmic { graph.unary(Unary::Exp, id) } else { id });
            given.push(id);
        }
        let place = |name: &&str| leaves.iter().position(|(leaf, _)| leaf == name);
        let wrt: Vec<usize> = wrt.iter().map(|name| place(name).expect("one of the leaves")).collect();
        (Self { graph, leaves: leaves.iter().map(|(_, leaf)| *leaf).collect(), given, wrt }, meaning)
    }

    /// The nodes that derivatives are taken by.
    pub fn active(&self) -> Vec<Id> {
        self.wrt.iter().map(|&leaf| self.given[leaf]).collect()
    }

    /// Whether derivatives are taken by a leaf.
    pub fn is_active(&self, leaf: usize) -> bool {
        self.wrt.contains(&leaf)
    }

    /// For each node whether it depends on one of those.
    pub fn active_nodes(&self) -> Vec<bool> {
        let given = self.active();
        let mut active = vec![false; self.graph.nodes.len()];
        for (id, node) in self.graph.nodes.iter().enumerate() {
            active[id] = given.contains(&id) || node.operands().any(|operand| active[operand]);
        }
        active
    }

    /// The program that computes `result` with its derivatives, and the values of `sides`.
    pub fn program(mut self, result: Id, sides: &[Id], order: Order) -> Result<Program, FormulaError> {
        let active = self.active();
        let graph = &mut self.graph;
        let first = if order >= Order::Gradient {
            active.iter().map(|&leaf| derivative(graph, result, leaf)).collect::<Result<_, _>>()?
        } else {
            Vec::new()
        };
        let (pairs, second) =
            if order >= Order::Hessian { second(graph, &first, &active)? } else { (vec![], vec![]) };
        let depends = [result].iter().chain(&first).map(|&root| self.depends(root)).collect();
        let mut roots = vec![result];
        let everything: Vec<Id> =
            [&roots[..], &first, &second, sides].into_iter().flatten().copied().collect();
        let data = DataPlan::new(&self.graph, &everything, leaf_places(&self.leaves));
        let mut schedules = Vec::new();
        for more in [vec![], first, second].into_iter().take(order as usize + 1) {
            roots.extend(more);
            schedules.push(Schedule::new(&self.graph, &roots, &data));
        }
        Ok(Program {
            pairs,
            depends,
            conditions: Schedule::new(&self.graph, sides, &data),
            data,
            schedules,
            comparisons: Vec::new(),
            conditions_of_text: 0,
            wrt: self.wrt,
            tables: self.graph.into_tables(),
        })
    }

    /// Which leaves a node depends on.
    fn depends(&self, root: Id) -> Vec<bool> {
        let cone = cone(&self.graph, &[root]);
        let depends = |(given, leaf): (&Id, &Leaf)| {
            !matches!(leaf, Leaf::Fixed(_)) && cone.binary_search(given).is_ok()
        };
        self.given.iter().zip(&self.leaves).map(depends).collect()
    }
}

impl Leaf {
    pub(super) fn stage(self) -> Stage {
        match self {
            Self::Data => Stage::Data,
            Self::Scalar | Self::LogScalar => Stage::Scalar,
            Self::LogColumn | Self::Column => Stage::Row,
            Self::Fixed(_) => Stage::Constant,
        }
    }
}

/// The second derivatives that are not zero everywhere, and which they are.
#[expect(clippy::type_complexity, reason = "two lists side by side, used once")]
fn second(
    graph: &mut Graph,
    first: &[Id],
    active: &[Id],
) -> Result<(Vec<(usize, usize)>, Vec<Id>), FormulaError> {
    let (mut pairs, mut nodes) = (Vec::new(), Vec::new());
    for (k, &first) in first.iter().enumerate() {
        // Most do not depend on most: of thousands of members each has its own.
        let depends = cone(graph, &[first]);
        let active = active.iter().enumerate().skip(k);
        for (l, &leaf) in active.filter(|(_, leaf)| depends.binary_search(leaf).is_ok()) {
            let node = derivative(graph, first, leaf)?;
            if !graph.is_zero(node) {
                pairs.push((k, l));
                nodes.push(node);
            }
        }
    }
    Ok((pairs, nodes))
}

/// No derivative is taken across steps.
fn check_steps(graph: &mut Graph, lowered: &Lowered, active: Vec<Id>) -> Result<(), FormulaError> {
    if lowered.stepped.is_empty() || active.is_empty() {
        return Ok(());
    }
    // What is solved for moves with what it is differentiated by.
    let active: Vec<Id> = active.into_iter().chain([graph.unknown()]).collect();
    let used = cone(graph, &[lowered.result]);
    for stepped in &lowered.stepped {
        let inside = cone(graph, &[stepped.node]);
        let counts = used.binary_search(&stepped.node).is_ok();
        if counts && active.iter().any(|leaf| inside.binary_search(leaf).is_ok()) {
            let (function, position) = (stepped.function, stepped.position);
            return Err(FormulaError::Stepped { function, position });
        }
    }
    Ok(())
}

/// Where each leaf is found at run time.
fn leaf_places(leaves: &[Leaf]) -> Vec<Place> {
    let (mut inputs, mut scalars, mut columns) = (0..leaves.len(), 0..leaves.len(), 0..leaves.len());
    let mut next = |leaf: Leaf| match leaf {
        Leaf::Data => inputs.next().map(Place::Input),
        Leaf::Scalar | Leaf::LogScalar => scalars.next().map(Place::Scalar),
        Leaf::LogColumn | Leaf::Column => columns.next().map(Place::Column),
        Leaf::Fixed(value) => Some(Place::Constant(value)),
    };
    leaves.iter().filter_map(|&leaf| next(leaf)).collect()
}
