//! From what a formula says to the graph that computes it.

use std::collections::BTreeMap;

use super::graph::{Graph, Id, Pair, Test, Unary};
use super::syntax::{Binary, Comparison, Expression, Formula, Function};
use super::{FormulaError, MAX_OPERATIONS};

/// The nodes of the result and of both sides of each condition.
pub(super) struct Lowered {
    pub result: Id,
    pub conditions: Vec<(Id, Id)>,
    /// What has steps instead of a slope.
    pub stepped: Vec<Stepped>,
}

/// A node whose value steps, for refusing derivatives across it.
pub(super) struct Stepped {
    pub node: Id,
    pub function: &'static str,
    pub position: usize,
}

/// Puts the formula into the graph. `meaning` says which node each free name stands for.
pub(super) fn lower(
    formula: &Formula,
    graph: &mut Graph,
    meaning: &BTreeMap<&str, Id>,
) -> Result<Lowered, FormulaError> {
    let mut ids: Vec<Id> = Vec::with_capacity(formula.expressions.len());
    let mut stepped = Vec::new();
    for (expression, &position) in formula.expressions.iter().zip(&formula.positions) {
        let id = match expression {
            Expression::Number(value) => graph.constant(*value),
            Expression::Name(name) => match formula.lines.iter().find(|line| line.name == *name) {
                Some(line) => ids[line.value],
                None => {
                    *meaning.get(name.as_str()).ok_or_else(|| FormulaError::Unbound { name: name.clone() })?
                }
            },
            Expression::Negative(a) => graph.unary(Unary::Negative, ids[*a]),
            Expression::Binary(operator, a, b) => binary(graph, *operator, ids[*a], ids[*b]),
            Expression::Call(function, arguments) => {
                let arguments: Vec<Id> = arguments.iter().map(|&a| ids[a]).collect();
                let node = call(graph, *function, &arguments);
                if function.steps() {
                    stepped.push(Stepped { node, function: function.name(), position });
                }
                node
            }
            Expression::If { comparison, sides: [left, right], yes, no } => {
                choice(graph, *comparison, (ids[*left], ids[*right]), (ids[*yes], ids[*no]))
            }
        };
        ids.push(id);
        if graph.nodes.len() > MAX_OPERATIONS {
            return Err(FormulaError::TooLarge { most: MAX_OPERATIONS });
        }
    }
    let conditions = formula.conditions.iter().map(|c| (ids[c.left], ids[c.right])).collect();
    Ok(Lowered { result: ids[formula.result], conditions, stepped })
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
        Function::Min => return fold(graph, Pair::Min, arguments),
        Function::Max => return fold(graph, Pair::Max, arguments),
    };
    graph.unary(unary, arguments[0])
}

fn fold(graph: &mut Graph, operation: Pair, arguments: &[Id]) -> Id {
    let (first, rest) = (arguments[0], &arguments[1..]);
    rest.iter().fold(first, |result, &next| graph.binary(operation, result, next))
}
