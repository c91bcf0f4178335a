//! What can be wrong with a formula.

use thiserror::Error;

use crate::outcome::{Explain, Place};

/// Why a text is no formula, or a formula no program. Positions count characters from 0; messages
/// count them from 1, as an editor does.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum FormulaError {
    /// Nothing but space.
    #[error("expected a formula such as \"E + A / N^alpha\"; got nothing")]
    Empty,
    /// More characters than [`super::MAX_LENGTH`].
    #[error("expected at most {most} characters; got {length}")]
    TooLong {
        /// The limit.
        most: usize,
        /// The characters given.
        length: usize,
    },
    /// Nested deeper than [`super::MAX_DEPTH`].
    #[error("character {}: expected at most {most} levels of brackets, signs and powers", position + 1)]
    TooDeep {
        /// The limit.
        most: usize,
        /// Where the limit is passed.
        position: usize,
    },
    /// The derivatives would need more than [`super::MAX_OPERATIONS`].
    #[error("expected a formula whose derivatives need at most {most} operations")]
    TooLarge {
        /// The limit.
        most: usize,
    },
    /// Something else stands where the grammar asks for `expected`.
    #[error("character {}: expected {expected}; got {given}", position + 1)]
    Unexpected {
        /// What the grammar asks for.
        expected: String,
        /// What stands there.
        given: String,
        /// Where.
        position: usize,
    },
    /// A bracket without its partner.
    #[error("character {}: this bracket is never closed", position + 1)]
    Unclosed {
        /// The opening bracket.
        position: usize,
    },
    /// A product without its sign, such as `6ND`.
    #[error("character {}: write {suggestion}", position + 1)]
    ImplicitProduct {
        /// The same with the sign.
        suggestion: String,
        /// Where the second factor begins.
        position: usize,
    },
    /// `log`, which some read as `ln` and others as `log10`.
    #[error("character {}: write ln, log10 or log2: log means different things to different readers", position + 1)]
    AmbiguousLog {
        /// Where it stands.
        position: usize,
    },
    /// A function that the language does not have.
    #[error("character {}: expected a function ({known}); got {name}", position + 1)]
    UnknownFunction {
        /// What was called.
        name: String,
        /// The functions there are.
        known: String,
        /// Where it stands.
        position: usize,
    },
    /// A function called with the wrong number of arguments.
    #[error("character {}: expected {expected} of {name}; got {given}", position + 1)]
    Arguments {
        /// The function.
        name: String,
        /// How many it takes.
        expected: String,
        /// How many it was given.
        given: usize,
        /// Where it stands.
        position: usize,
    },
    /// A word of the language used as a name.
    #[error("character {}: expected a name; {name} is a word of the language", position + 1)]
    Reserved {
        /// The word.
        name: String,
        /// Where it stands.
        position: usize,
    },
    /// A name given two values.
    #[error("character {}: expected a new name; {name} has a value already", position + 1)]
    Duplicate {
        /// The name.
        name: String,
        /// Where it is given its second value.
        position: usize,
    },
    /// An intermediate value used before its line, or by itself.
    #[error("character {}: expected a value that stands above; {name} is set on a later line", position + 1)]
    UsedEarly {
        /// The name.
        name: String,
        /// Where it is used.
        position: usize,
    },
    /// A derivative asked for across the steps of `floor`, `ceil`, `round` or `step`.
    #[error(
        "character {}: expected a formula with a slope; {function} has steps, so what stands in it can be \
         neither fitted nor optimised",
        position + 1
    )]
    Stepped {
        /// The function.
        function: &'static str,
        /// Where it stands.
        position: usize,
    },
    /// More indices than [`super::MAX_INDICES`] at once.
    #[error("character {}: expected at most {most} indices, one sum inside another", position + 1)]
    TooManyIndices {
        /// The limit.
        most: usize,
        /// Where the limit is passed.
        position: usize,
    },
    /// More names than [`super::MAX_NAMES`].
    #[error("expected at most {most} names, members counted; got {given}")]
    TooManyNames {
        /// The limit.
        most: usize,
        /// How many there are.
        given: usize,
    },
    /// Sums that need more than [`super::MAX_OPERATIONS`] when written out.
    #[error("character {}: expected sums of at most {most} operations when written out", position + 1)]
    TooManyTerms {
        /// The limit.
        most: usize,
        /// The sum that passes it.
        position: usize,
    },
    /// A `solve` inside another.
    #[error("character {}: expected no solve inside another", position + 1)]
    Nested {
        /// The inner one.
        position: usize,
    },
    /// The index of a family where a number is wanted.
    #[error(
        "character {}: expected a number; {name} stands for a member: write {name} in 1..4 to count, or h[{name}]",
        position + 1
    )]
    IndexAsNumber {
        /// The index.
        name: String,
        /// Where it stands.
        position: usize,
    },
    /// A family or a table that is also something else, or has one index here and two there.
    #[error(
        "character {}: expected {family} to be one thing: a name, a table, or a family with as many \
         indices everywhere",
        position + 1
    )]
    Mixed {
        /// The family.
        family: String,
        /// Where it stands.
        position: usize,
    },
    /// Families under one index, with different members.
    #[error("character {}: expected {family} to have the members that {index} runs over; it has others", position + 1)]
    Members {
        /// The family.
        family: String,
        /// The index.
        index: String,
        /// Where the family stands.
        position: usize,
    },
    /// An index whose members nobody gave.
    #[error("character {}: expected members for {index} to run over; no family under it has a value", position + 1)]
    NoMembers {
        /// The index.
        index: String,
        /// Where it begins.
        position: usize,
    },
    /// A law that nobody knows.
    #[error("character {}: expected a law that is known here; got {law}", position + 1)]
    UnknownLaw {
        /// What was called.
        law: String,
        /// Where.
        position: usize,
    },
    /// A law that calls itself, at once or through others.
    #[error("character {}: expected calls that come to an end; {law} calls itself", position + 1)]
    Recursive {
        /// The law.
        law: String,
        /// The call that begins it.
        position: usize,
    },
    /// More laws than [`super::MAX_CALLS`], one calling the other.
    #[error("character {}: expected at most {most} laws that call one another", position + 1)]
    TooManyCalls {
        /// The limit.
        most: usize,
        /// The call that begins it.
        position: usize,
    },
    /// A table that the law names and nobody gave.
    #[error("character {}: expected a table called {name}; the law comes without", position + 1)]
    NoTable {
        /// The table.
        name: String,
        /// Where it is named.
        position: usize,
    },
    /// A table with too few rows, too many, or columns of different lengths.
    #[error("expected a table of 2 to {most} rows; got {xs} values of x and {ys} of y")]
    Rows {
        /// The limit.
        most: usize,
        /// The values of x.
        xs: usize,
        /// The values of y.
        ys: usize,
    },
    /// A row of a table that is no number or does not rise.
    #[error(
        "row {row} of the table: expected finite numbers, x larger than in the row before; got x = {x} and y = {y}"
    )]
    Row {
        /// The row, from 0.
        row: usize,
        /// Its x.
        x: f64,
        /// Its y.
        y: f64,
    },
    /// A name that is neither input nor parameter.
    #[error("expected inputs and parameters to cover every name; got no meaning for {name}")]
    Unbound {
        /// The name.
        name: String,
    },
}

impl Explain for FormulaError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "formula.empty",
            Self::TooLong { .. } => "formula.too_long",
            Self::TooDeep { .. } => "formula.too_deep",
            Self::TooLarge { .. } => "formula.too_large",
            Self::Unexpected { .. } => "formula.unexpected",
            Self::Unclosed { .. } => "formula.unclosed",
            Self::ImplicitProduct { .. } => "formula.implicit_product",
            Self::AmbiguousLog { .. } => "formula.ambiguous_log",
            Self::UnknownFunction { .. } => "formula.unknown_function",
            Self::Arguments { .. } => "formula.arguments",
            Self::Reserved { .. } => "formula.reserved",
            Self::Duplicate { .. } => "formula.duplicate",
            Self::UsedEarly { .. } => "formula.used_early",
            Self::Stepped { .. } => "formula.stepped",
            Self::TooManyIndices { .. } => "formula.too_many_indices",
            Self::TooManyNames { .. } => "formula.too_many_names",
            Self::TooManyTerms { .. } => "formula.too_many_terms",
            Self::Nested { .. } => "formula.nested",
            Self::IndexAsNumber { .. } => "formula.index_as_number",
            Self::Mixed { .. } => "formula.mixed",
            Self::Members { .. } => "formula.members",
            Self::NoMembers { .. } => "formula.no_members",
            Self::UnknownLaw { .. } => "formula.unknown_law",
            Self::Recursive { .. } => "formula.recursive",
            Self::TooManyCalls { .. } => "formula.too_many_calls",
            Self::NoTable { .. } => "formula.no_table",
            Self::Rows { .. } => "formula.rows",
            Self::Row { .. } => "formula.row",
            Self::Unbound { .. } => "formula.unbound",
        }
    }

    fn expected(&self) -> Option<String> {
        match self {
            Self::Unexpected { expected, .. } | Self::Arguments { expected, .. } => Some(expected.clone()),
            Self::ImplicitProduct { suggestion, .. } => Some(suggestion.clone()),
            Self::AmbiguousLog { .. } => Some("ln, log10 or log2".to_owned()),
            Self::UnknownFunction { known, .. } => Some(known.clone()),
            _ => None,
        }
    }

    fn given(&self) -> Option<String> {
        match self {
            Self::Unexpected { given, .. } => Some(given.clone()),
            Self::UnknownFunction { name, .. } | Self::Unbound { name } => Some(name.clone()),
            Self::Arguments { given, .. } => Some(given.to_string()),
            _ => None,
        }
    }

    fn at(&self) -> Place {
        match self {
            Self::TooDeep { position, .. }
            | Self::Unexpected { position, .. }
            | Self::Unclosed { position }
            | Self::ImplicitProduct { position, .. }
            | Self::AmbiguousLog { position }
            | Self::UnknownFunction { position, .. }
            | Self::Arguments { position, .. }
            | Self::Reserved { position, .. }
            | Self::Duplicate { position, .. }
            | Self::UsedEarly { position, .. }
            | Self::Stepped { position, .. }
            | Self::TooManyIndices { position, .. }
            | Self::TooManyTerms { position, .. }
            | Self::Nested { position, .. }
            | Self::IndexAsNumber { position, .. }
            | Self::Mixed { position, .. }
            | Self::UnknownLaw { position, .. }
            | Self::Recursive { position, .. }
            | Self::TooManyCalls { position, .. }
            | Self::NoTable { position, .. }
            | Self::Members { position, .. }
            | Self::NoMembers { position, .. } => Place::position(*position),
            Self::Row { row, .. } => Place { row: Some(*row), ..Place::default() },
            Self::Rows { .. }
            | Self::TooManyNames { .. }
            | Self::Empty
            | Self::TooLong { .. }
            | Self::TooLarge { .. }
            | Self::Unbound { .. } => Place::default(),
        }
    }
}
