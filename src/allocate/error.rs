//! What can be wrong with a problem.

use thiserror::Error;

use super::Part;
use crate::formula::FormulaError;
use crate::outcome::{Explain, Place};

/// Why a problem has no answer. Limits count from 0 in the fields and from 1 in the messages.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum AllocateError {
    /// No variable may be chosen.
    #[error("expected at least one free variable such as N; got none")]
    NothingFree,
    /// A variable listed twice.
    #[error("expected each free variable once; got {name} twice")]
    FreeTwice {
        /// The variable.
        name: String,
    },
    /// A box that holds nothing, or has no end.
    #[error(
        "{name}: expected a least value and a largest above it, both finite unless it is positive; got {low} and {high}"
    )]
    Box {
        /// The variable.
        name: String,
        /// The least value given.
        low: f64,
        /// The largest value given.
        high: f64,
    },
    /// More than the solver takes.
    #[error("expected at most {most} {what}; got {given}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// The limit.
        most: usize,
        /// How many were given.
        given: usize,
    },
    /// The objective has nothing to do with what may be chosen.
    #[error("expected an objective that depends on {free}; it depends on none of them")]
    NothingToChoose {
        /// The free variables.
        free: String,
    },
    /// A free variable that stands in no formula.
    #[error("expected the objective or a limit to depend on {name}; none does")]
    UnusedVariable {
        /// The variable.
        name: String,
    },
    /// A limit on something that the problem does not have.
    #[error("limit {}: expected one of {known}; got {name}", limit + 1)]
    UnknownVariable {
        /// The limit.
        limit: usize,
        /// The name that has no meaning.
        name: String,
        /// The free variables and the names with a value.
        known: String,
    },
    /// A parameter of the objective without a value.
    #[error("expected a value for every name of the objective but {free}; got none for {name}")]
    MissingValue {
        /// The parameter.
        name: String,
        /// The free variables.
        free: String,
    },
    /// A value given for a name that the formula does not have.
    #[error("expected a value for one of {known}; got one for {name}")]
    NoSuchValue {
        /// The name.
        name: String,
        /// The names that have values.
        known: String,
        /// Whose formula.
        part: Part,
    },
    /// A value that is no number.
    #[error("{name}: expected a finite number; got {given}")]
    ValueNotFinite {
        /// The parameter.
        name: String,
        /// What was given.
        given: f64,
        /// Whose parameter.
        part: Part,
    },
    /// A limit that is not positive.
    #[error("limit {}: expected a positive bound; got {given}", limit + 1)]
    BoundNotPositive {
        /// The limit.
        limit: usize,
        /// What was given.
        given: f64,
    },
    /// Two equal limits on one quantity.
    #[error(
        "limits {} and {}: expected one value for one quantity; got {} and {}",
        first + 1,
        second + 1,
        bounds.0,
        bounds.1
    )]
    Contradiction {
        /// The first of the two limits.
        first: usize,
        /// The second.
        second: usize,
        /// The bound of each.
        bounds: (f64, f64),
    },
    /// There is no limit of that index.
    #[error("expected a limit from 1 to {limits}; got {}", limit + 1)]
    NoSuchLimit {
        /// The index given.
        limit: usize,
        /// How many there are.
        limits: usize,
    },
    /// Columns of a batch that differ in length.
    #[error("{name}: expected a column of {expected} numbers; got {given}")]
    ColumnLength {
        /// The column.
        name: String,
        /// The rows of the others.
        expected: usize,
        /// The rows of this one.
        given: usize,
    },
    /// A formula without a finite value wherever it was tried.
    #[error("{}expected a number; the formula has none at {tried}", named(*part))]
    Undefined {
        /// Whose formula.
        part: Part,
        /// Where it was tried.
        tried: String,
    },
    /// A problem for the whole worker: the page's first one proves convex ones alone.
    #[cfg(not(feature = "catalogue"))]
    #[error("expected a convex problem")]
    FirstWorker,
    /// A formula that cannot be compiled.
    #[error("{}{source}", named(*part))]
    Formula {
        /// Whose formula.
        part: Part,
        /// What is wrong with it.
        source: FormulaError,
    },
}

/// The part as a message begins with it.
fn named(part: Part) -> String {
    match part {
        Part::Objective => String::new(),
        Part::Limit(i) => format!("limit {}: ", i + 1),
    }
}

/// The part as a field of the problem.
fn place(part: Part) -> Place {
    match part {
        Part::Objective => Place::path("objective"),
        Part::Limit(i) => Place::path(format!("limits[{i}]")),
    }
}

impl Explain for AllocateError {
    fn code(&self) -> &'static str {
        match self {
            Self::NothingFree => "allocate.nothing_free",
            Self::FreeTwice { .. } => "allocate.free_twice",
            Self::Box { .. } => "allocate.box",
            Self::TooMany { .. } => "allocate.too_many",
            Self::NothingToChoose { .. } => "allocate.nothing_to_choose",
            Self::UnusedVariable { .. } => "allocate.unused_variable",
            Self::UnknownVariable { .. } => "allocate.unknown_variable",
            Self::MissingValue { .. } => "allocate.missing_value",
            Self::NoSuchValue { .. } => "allocate.no_such_value",
            Self::ValueNotFinite { .. } => "allocate.value_not_finite",
            Self::BoundNotPositive { .. } => "allocate.bound_not_positive",
            Self::Contradiction { .. } => "allocate.contradiction",
            Self::NoSuchLimit { .. } => "allocate.no_such_limit",
            Self::ColumnLength { .. } => "allocate.column_length",
            Self::Undefined { .. } => "allocate.undefined",
            #[cfg(not(feature = "catalogue"))]
            Self::FirstWorker => "allocate.first_worker",
            Self::Formula { source, .. } => source.code(),
        }
    }

    fn expected(&self) -> Option<String> {
        match self {
            Self::UnknownVariable { known, .. } | Self::NoSuchValue { known, .. } => Some(known.clone()),
            Self::BoundNotPositive { .. } => Some("a positive bound".to_owned()),
            Self::ValueNotFinite { .. } => Some("a finite number".to_owned()),
            Self::ColumnLength { expected, .. } => Some(format!("{expected} numbers")),
            Self::Formula { source, .. } => source.expected(),
            _ => None,
        }
    }

    fn given(&self) -> Option<String> {
        match self {
            Self::UnknownVariable { name, .. }
            | Self::NoSuchValue { name, .. }
            | Self::FreeTwice { name }
            | Self::UnusedVariable { name } => Some(name.clone()),
            Self::BoundNotPositive { given, .. } | Self::ValueNotFinite { given, .. } => {
                Some(given.to_string())
            }
            Self::ColumnLength { given, .. } => Some(given.to_string()),
            Self::Formula { source, .. } => source.given(),
            _ => None,
        }
    }

    fn at(&self) -> Place {
        match self {
            Self::UnknownVariable { limit, .. }
            | Self::BoundNotPositive { limit, .. }
            | Self::NoSuchLimit { limit, .. }
            | Self::Contradiction { second: limit, .. } => place(Part::Limit(*limit)),
            Self::Undefined { part, .. }
            | Self::Formula { part, .. }
            | Self::NoSuchValue { part, .. }
            | Self::ValueNotFinite { part, .. } => place(*part),
            Self::MissingValue { .. } | Self::NothingToChoose { .. } => place(Part::Objective),
            Self::ColumnLength { name, .. } => Place { column: Some(name.clone()), ..Place::default() },
            _ => Place::default(),
        }
    }
}
