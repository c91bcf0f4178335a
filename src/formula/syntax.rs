//! What a formula says, as read: an arena of expressions, children before parents.

use std::collections::BTreeSet;

use super::FormulaError;
use super::call::Call;
use super::lately;
use super::parse::parse;
use super::scope::{Scope, Subscript};
use super::table::{Lookup, NamedTable};
use crate::num::grown;

/// A formula of the law language, read and checked but not yet bound to data.
#[derive(Clone, Debug)]
pub struct Formula {
    pub(super) text: String,
    pub(super) expressions: Vec<Expression>,
    /// The character at which each expression is known by: its operator, name or first digit.
    pub(super) positions: Vec<usize>,
    pub(super) lines: Vec<Line>,
    pub(super) scopes: Vec<Scope>,
    pub(super) tables: Vec<NamedTable>,
    /// The calls to other laws that are not written in.
    pub(super) calls: Vec<Call>,
    pub(super) names: Vec<String>,
    pub(super) result: usize,
    pub(super) result_name: Option<String>,
    pub(super) conditions: Vec<Condition>,
}

/// One expression; operands are indices into the arena, always smaller than its own.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    Number(f64),
    Name(String),
    Negative(usize),
    Binary(Binary, usize, usize),
    Call(Function, Vec<usize>),
    If {
        comparison: Comparison,
        sides: [usize; 2],
        yes: usize,
        no: usize,
    },
    Member {
        family: String,
        subscripts: Vec<Subscript>,
    },
    /// The number at which the index or the unknown of a scope is.
    Index(usize),
    /// Where the body of a scope begins. It ends before its [`Expression::Fold`] or [`Expression::Solve`].
    Open(usize),
    Fold {
        fold: Fold,
        scope: usize,
        body: usize,
    },
    /// A call of the formula, with its arguments.
    Law {
        call: usize,
        arguments: Vec<usize>,
    },
    /// What a table of the formula says at a place.
    Lookup {
        lookup: Lookup,
        table: usize,
        at: usize,
    },
    /// The value of a scope's unknown between two bounds at which the sides of an equation are equal. The
    /// sides are the scope's body.
    Solve {
        scope: usize,
        bounds: [usize; 2],
        sides: [usize; 2],
    },
}

/// How the terms of a scope are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fold {
    Sum,
    Product,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

/// A function of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Exp,
    Ln,
    Log10,
    Log2,
    Sqrt,
    Abs,
    Min,
    Max,
    Expm1,
    Log1p,
    Cos,
    Floor,
    Ceil,
    Round,
}

/// Names that a formula may call.
pub(super) const FUNCTIONS: [(&str, Function); 14] = [
    ("exp", Function::Exp),
    ("ln", Function::Ln),
    ("log10", Function::Log10),
    ("log2", Function::Log2),
    ("sqrt", Function::Sqrt),
    ("abs", Function::Abs),
    ("min", Function::Min),
    ("max", Function::Max),
    ("expm1", Function::Expm1),
    ("log1p", Function::Log1p),
    ("cos", Function::Cos),
    ("floor", Function::Floor),
    ("ceil", Function::Ceil),
    ("round", Function::Round),
];

/// What a formula may call that is written unlike a function.
pub(super) const FORMS: [&str; 7] = ["if", "sum", "prod", "solve", "step", "interp", "law"];

/// Words that are no names, besides those that are called.
pub(super) const RESERVED: [&str; 4] = ["where", "in", "pi", "log"];

impl Function {
    /// The name by which it is called.
    pub fn name(self) -> &'static str {
        FUNCTIONS.iter().find(|(_, function)| *function == self).map_or("", |(name, _)| name)
    }

    /// Whether its value steps, so that its derivative says nothing.
    pub fn steps(self) -> bool {
        matches!(self, Self::Floor | Self::Ceil | Self::Round)
    }
}

/// An intermediate value: `name = expression`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub name: String,
    pub value: usize,
    pub position: usize,
}

/// Outside its conditions a law means nothing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Condition {
    pub left: usize,
    pub comparison: Comparison,
    pub right: usize,
    pub text: String,
}

/// How the two sides of a condition compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
}

impl Comparison {
    /// Whether `left` and `right` compare like this. NaN compares with nothing.
    pub fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Greater => left > right,
            Self::AtLeast => left >= right,
            Self::Equal => left == right,
            Self::NotEqual => left != right && !left.is_nan() && !right.is_nan(),
        }
    }
}

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    /// Any [`FormulaError`] but [`FormulaError::Unbound`] and [`FormulaError::TooLarge`]; all of them
    /// say at which character.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        lately::read(text, parse)
    }

    /// Whether it says the same in the same words, laws and names that are written in included.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.text == other.text
            && self.expressions == other.expressions
            && self.names == other.names
            && self.scopes == other.scopes
            && self.tables == other.tables
            && self.calls == other.calls
            && self.lines == other.lines
            && self.conditions == other.conditions
            && (self.result, &self.result_name) == (other.result, &other.result_name)
    }

    /// The text as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The name that the last line gives to the result, as in `L = E + A / N^alpha`.
    pub fn result_name(&self) -> Option<&str> {
        self.result_name.as_deref()
    }

    /// Whether it has no kinks, no steps, no tables and no conditions: the same form everywhere.
    pub fn is_plain(&self) -> bool {
        let plain = |expression: &Expression| match expression {
            Expression::Call(function, _) => {
                !function.steps() && !matches!(function, Function::Abs | Function::Min | Function::Max)
            }
            Expression::If { .. } | Expression::Lookup { .. } => false,
            _ => true,
        };
        self.conditions.is_empty() && self.expressions.iter().all(plain)
    }

    /// The conditions as written, such as `S <= 0.98`.
    pub fn conditions(&self) -> impl Iterator<Item = &str> {
        self.conditions.iter().map(|condition| condition.text.as_str())
    }

    /// Every name that needs a meaning, in order of appearance: all but the intermediate values. A family
    /// counts by its members, as `h[arxiv]`, once they are known ([`Formula::with_members`]).
    pub fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }

    /// The names that stand in the exponent of some power, in order of appearance.
    pub fn exponents(&self) -> Vec<&str> {
        let mut marked = vec![false; self.expressions.len()];
        for expression in &self.expressions {
            if let Expression::Binary(Binary::Power, _, exponent) = expression {
                marked[*exponent] = true;
            }
        }
        // Parents stand after their children, so one backward pass reaches every descendant.
        for at in (0..self.expressions.len()).rev() {
            if marked[at] {
                self.expressions[at].operands().into_iter().for_each(|child| marked[child] = true);
            }
        }
        let inside = self.expressions.iter().zip(&marked).filter(|(_, marked)| **marked);
        let inside: BTreeSet<String> = grown(inside.flat_map(|(e, _)| self.leaves_of(e)));
        self.names().into_iter().filter(|name| inside.contains(*name)).collect()
    }
}

impl Expression {
    /// The expressions directly inside this one.
    pub fn operands(&self) -> Vec<usize> {
        self.clone().operands_mut().into_iter().map(|operand| *operand).collect()
    }

    /// The expressions directly inside this one, to be changed.
    pub fn operands_mut(&mut self) -> Vec<&mut usize> {
        match self {
            Self::Number(_) | Self::Name(_) | Self::Member { .. } | Self::Index(_) | Self::Open(_) => vec![],
            Self::Negative(a) | Self::Fold { body: a, .. } | Self::Lookup { at: a, .. } => vec![a],
            Self::Binary(_, a, b) => vec![a, b],
            Self::Call(_, arguments) | Self::Law { arguments, .. } => arguments.iter_mut().collect(),
            Self::If { sides, yes, no, .. } => sides.iter_mut().chain([yes, no]).collect(),
            Self::Solve { bounds, sides, .. } => bounds.iter_mut().chain(sides).collect(),
        }
    }
}
