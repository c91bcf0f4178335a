//! From what a formula says to the graph that computes it.

use std::collections::BTreeMap;

use super::derive::slope;
use super::graph::{Graph, Id, Pair, Test, Unary};
use super::implicit::put;
use super::scope::{Domain, Scope, Subscript, leaf_name};
use super::syntax::{Binary, Comparison, Condition, Expression, Fold, Formula, Function};
use super::table::Lookup;
use super::{FormulaError, MAX_OPERATIONS};
use crate::num::grown;

/// The nodes of the result and of both sides of each condition.
pub(super) struct Lowered {
    pub result: Id,
    pub conditions: Vec<Sides>,
    /// What has steps instead of a slope.
    pub stepped: Vec<Stepped>,
}

/// The sides of a condition of the formula. Inside a sum there are several for one condition.
pub(super) struct Sides {
    pub condition: usize,
    pub sides: [Id; 2],
}

/// A node whose value steps, for refusing derivatives across it.
pub(super) struct Stepped {
    pub node: Id,
    pub function: &'static str,
    pub position: usize,
}

/// Puts the formula into the graph. `meaning` says which node each free name stands for.
///
/// Sums and products are written out here: at the end of a scope's body the reading goes back to its start
/// as often as there are terms.
pub(super) fn lower(
    formula: &Formula,
    graph: &mut Graph,
    meaning: &BTreeMap<&str, Id>,
) -> Result<Lowered, FormulaError> {
    let lines = grown(formula.lines.iter().map(|line| (line.name.as_str(), line.value)));
    let ids = vec![0; formula.expressions.len()];
    let mut reading = Reading {
        formula,
        meaning,
        lines,
        ids,
        loops: Vec::new(),
        stepped: Vec::new(),
        conditions: Vec::new(),
        zero: graph.constant(0.0),
    };
    // A condition is complete where the later of its sides is, on every pass.
    let mut last: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, condition) in formula.conditions.iter().enumerate() {
        last.entry(condition.left.max(condition.right)).or_default().push(i);
    }
    let mut at = 0;
    while at < formula.expressions.len() {
        let next = reading.read(graph, at)?;
        if next == at + 1 {
            reading.check(last.get(&at).map_or(&[], Vec::as_slice));
        }
        at = next;
        if graph.nodes.len() > MAX_OPERATIONS {
            return Err(FormulaError::TooLarge { most: MAX_OPERATIONS });
        }
    }
    let Reading { ids, stepped, conditions, .. } = reading;
    Ok(Lowered { result: ids[formula.result], conditions, stepped })
}

struct Reading<'a> {
    formula: &'a Formula,
    meaning: &'a BTreeMap<&'a str, Id>,
    lines: BTreeMap<&'a str, usize>,
    /// The node of each expression, as last read.
    ids: Vec<Id>,
    loops: Vec<Loop>,
    stepped: Vec<Stepped>,
    conditions: Vec<Sides>,
    zero: Id,
}

/// A scope whose body is being read.
struct Loop {
    scope: usize,
    /// Where its body begins.
    body: usize,
    pass: usize,
    /// The terms so far, put together.
    so_far: Option<Id>,
    /// How many conditions there were before it.
    conditions: usize,
}

impl Reading<'_> {
    /// Reads the expression at `at`, and says which is next.
    fn read(&mut self, graph: &mut Graph, at: usize) -> Result<usize, FormulaError> {
        let formula = self.formula;
        self.ids[at] = match &formula.expressions[at] {
            Expression::Number(value) => graph.constant(*value),
            Expression::Name(name) => match self.lines.get(name.as_str()) {
                Some(&line) => self.ids[line],
                None => self.leaf(name)?,
            },
            Expression::Negative(a) => graph.unary(Unary::Negative, self.ids[*a]),
            Expression::Binary(operator, a, b) => binary(graph, *operator, self.ids[*a], self.ids[*b]),
            Expression::Call(function, arguments) => self.call(graph, *function, arguments, at),
            Expression::If { comparison, sides: [left, right], yes, no } => {
                let ids = &self.ids;
                choice(graph, *comparison, (ids[*left], ids[*right]), (ids[*yes], ids[*no]))
            }
            Expression::Lookup { lookup, table, at: place } => {
                self.lookup(graph, *lookup, *table, *place, at)?
            }
            Expression::Member { family, subscripts } => self.member(family, subscripts)?,
            Expression::Index(scope) if matches!(formula.scopes[*scope].domain, Domain::Unknown) => {
                graph.unknown()
            }
            Expression::Index(scope) => {
                let number = formula.scopes[*scope].number(self.pass(*scope));
                graph.constant(number.unwrap_or(f64::NAN))
            }
            Expression::Open(scope) => {
                self.open(*scope, at)?;
                self.zero
            }
            Expression::Solve { bounds, sides, .. } => self.solve(graph, *bounds, *sides),
            Expression::Law { call, .. } => {
                let (law, position) = (formula.calls[*call].law.clone(), formula.positions[at]);
                return Err(FormulaError::UnknownLaw { law, position });
            }
            Expression::Fold { fold, body, .. } => match self.end_of_body(graph, *fold, self.ids[*body]) {
                Ok(total) => total,
                Err(again) => return Ok(again),
            },
        };
        Ok(at + 1)
    }

    /// The body of a scope begins after `at`.
    fn open(&mut self, scope: usize, at: usize) -> Result<(), FormulaError> {
        let Scope { name, domain, position } = &self.formula.scopes[scope];
        let unknown = |open: &Loop| matches!(self.formula.scopes[open.scope].domain, Domain::Unknown);
        match domain {
            Domain::Members(None) => {
                return Err(FormulaError::NoMembers { index: name.clone(), position: *position });
            }
            // Through a call: the text itself has none.
            Domain::Unknown if self.loops.iter().any(unknown) => {
                return Err(FormulaError::Nested { position: self.formula.positions[at] });
            }
            _ => {}
        }
        let conditions = self.conditions.len();
        self.loops.push(Loop { scope, body: at + 1, pass: 0, so_far: None, conditions });
        Ok(())
    }

    /// The end of an equation. Conditions met inside it hold at its root.
    fn solve(&mut self, graph: &mut Graph, bounds: [usize; 2], sides: [usize; 2]) -> Id {
        let [low, high] = bounds.map(|bound| self.ids[bound]);
        let [left, right] = sides.map(|side| self.ids[side]);
        let equation = graph.subtract(left, right);
        let slope = slope(graph, equation);
        let root = graph.solve([low, high, equation, slope]);
        let before = self.loops.pop().map_or(0, |open| open.conditions);
        for inside in &mut self.conditions[before..] {
            inside.sides = inside.sides.map(|side| put(graph, side, root));
        }
        root
    }

    /// Takes down conditions whose sides have been read.
    fn check(&mut self, conditions: &[usize]) {
        for &condition in conditions {
            let Condition { left, right, .. } = &self.formula.conditions[condition];
            let sides = [self.ids[*left], self.ids[*right]];
            self.conditions.push(Sides { condition, sides });
        }
    }

    fn leaf(&self, name: &str) -> Result<Id, FormulaError> {
        self.meaning.get(name).copied().ok_or_else(|| FormulaError::Unbound { name: name.to_owned() })
    }

    /// At which of its values the index of a scope is.
    fn pass(&self, scope: usize) -> usize {
        self.loops.iter().find(|open| open.scope == scope).map_or(0, |open| open.pass)
    }

    fn member(&self, family: &str, subscripts: &[Subscript]) -> Result<Id, FormulaError> {
        let name = leaf_name(&self.formula.scopes, family, subscripts, |scope| self.pass(scope));
        self.leaf(name.as_deref().unwrap_or(family))
    }

    fn lookup(
        &mut self,
        graph: &mut Graph,
        lookup: Lookup,
        table: usize,
        place: usize,
        at: usize,
    ) -> Result<Id, FormulaError> {
        let (named, position) = (&self.formula.tables[table], self.formula.positions[at]);
        let missing = || FormulaError::NoTable { name: named.name.clone(), position };
        let table = graph.table(named.table.as_ref().ok_or_else(missing)?);
        let node = graph.lookup(lookup, table, self.ids[place]);
        if lookup == Lookup::Step {
            self.stepped.push(Stepped { node, function: "step", position });
        }
        Ok(node)
    }

    /// The total if this was the last term, and else where to go on.
    fn end_of_body(&mut self, graph: &mut Graph, fold: Fold, term: Id) -> Result<Id, usize> {
        let Some(mut open) = self.loops.pop() else { return Ok(term) };
        let total = match (open.so_far, fold) {
            (None, _) => term,
            (Some(so_far), Fold::Sum) => graph.add(so_far, term),
            (Some(so_far), Fold::Product) => graph.multiply(so_far, term),
        };
        (open.pass, open.so_far) = (open.pass + 1, Some(total));
        if open.pass == self.formula.scopes[open.scope].count() {
            return Ok(total);
        }
        let again = open.body;
        self.loops.push(open);
        Err(again)
    }

    fn call(&mut self, graph: &mut Graph, function: Function, arguments: &[usize], at: usize) -> Id {
        let arguments: Vec<Id> = arguments.iter().map(|&a| self.ids[a]).collect();
        let node = call(graph, function, &arguments);
        if function.steps() {
            let position = self.formula.positions[at];
            self.stepped.push(Stepped { node, function: function.name(), position });
        }
        node
    }
}

fn binary(graph: &mut Graph, operator: Binary, a: Id, b: Id) -> Id {
    match operator {
        Binary::Add => graph.add(a, b),
        Binary::Subtract => graph.subtract(a, b),
        Binary::Multiply => graph.multiply(a, b),
        Binary::Divide => graph.divide(a, b),
        Binary::Power => graph.power(a, b),
    }
}

/// With a comparison that is not a number settled by the node, every comparison is one of two.
fn choice(graph: &mut Graph, comparison: Comparison, (a, b): (Id, Id), (yes, no): (Id, Id)) -> Id {
    match comparison {
        Comparison::Less => graph.choice(Test::Less, [a, b, yes, no]),
        Comparison::AtLeast => graph.choice(Test::Less, [a, b, no, yes]),
        Comparison::Greater => graph.choice(Test::Less, [b, a, yes, no]),
        Comparison::AtMost => graph.choice(Test::Less, [b, a, no, yes]),
        Comparison::Equal => graph.choice(Test::Equal, [a, b, yes, no]),
        Comparison::NotEqual => graph.choice(Test::Equal, [a, b, no, yes]),
    }
}

fn call(graph: &mut Graph, function: Function, arguments: &[Id]) -> Id {
    let unary = match function {
        Function::Exp => Unary::Exp,
        Function::Ln => Unary::Ln,
        Function::Log10 => Unary::Log10,
        Function::Log2 => Unary::Log2,
        Function::Sqrt => Unary::Sqrt,
        Function::Abs => Unary::Abs,
        Function::Expm1 => Unary::Expm1,
        Function::Log1p => Unary::Log1p,
        Function::Cos => Unary::Cos,
        Function::Floor => Unary::Floor,
        Function::Ceil => Unary::Ceil,
        Function::Round => Unary::Round,
        Function::Min => return several(graph, Pair::Min, arguments),
        Function::Max => return several(graph, Pair::Max, arguments),
    };
    graph.unary(unary, arguments[0])
}

fn several(graph: &mut Graph, operation: Pair, arguments: &[Id]) -> Id {
    let (first, rest) = (arguments[0], &arguments[1..]);
    rest.iter().fold(first, |result, &next| graph.binary(operation, result, next))
}
