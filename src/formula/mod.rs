//! The law language: one text, many readings.
//!
//! A law such as `E + A / N^alpha + B / D^beta` is parsed into a [`Formula`] and compiled, for a
//! given choice of what is data and what is unknown, into a [`Program`]: value, gradient and second
//! derivatives over columns of points. Nothing else in the crate knows what a law looks like.
//!
//! ```
//! use isoflop::formula::{Formula, Leaf, Order, Program};
//!
//! let law = Formula::parse("E + A / N^alpha")?;
//! let leaves = [("E", Leaf::Scalar), ("A", Leaf::Scalar), ("alpha", Leaf::Scalar), ("N", Leaf::Data)];
//! let program = Program::compile(&law, &leaves, &[], Order::Value)?;
//! let mut loss = [0.0; 2];
//! program.bind(&[&[1e9, 4e9]]).values(&[1.5, 100.0, 0.5], &[], &mut loss);
//! assert!((loss[0] - 1.503_162_277_660_168).abs() < 1e-15);
//! # Ok::<(), isoflop::formula::FormulaError>(())
//! ```
//!
#![doc = include_str!("LANGUAGE.md")]

#[cfg(feature = "catalogue")]
mod bounds;
mod call;
#[cfg(feature = "fit")]
mod closed;
mod curvature;
mod derive;
#[cfg(feature = "fit")]
mod descent;
#[cfg(feature = "fit")]
mod dispatch;
mod error;
mod graph;
mod implicit;
mod joined;
mod kernel;
mod lately;
mod latex;
#[cfg(feature = "fit")]
mod layers;
mod lex;
mod lower;
mod mathml;
#[cfg(feature = "fit")]
mod monomial;
mod output;
mod parse;
#[cfg(feature = "catalogue")]
mod pieces;
mod program;
pub mod python;
mod rename;
mod run;
mod schedule;
mod scope;
mod smooth;
#[cfg(feature = "fit")]
mod spread;
#[cfg(feature = "catalogue")]
mod switch;
mod syntax;
mod table;
mod typeset;
#[cfg(feature = "fit")]
mod wgsl;
#[cfg(feature = "fit")]
mod written;

#[cfg(feature = "catalogue")]
pub use bounds::Ends;
pub use call::{CalledLaw, Passed};
pub use curvature::Curvature;
pub use error::FormulaError;
#[cfg(feature = "fit")]
pub use monomial::Varying;
#[cfg(feature = "catalogue")]
pub use pieces::Pieces;
pub use program::{Leaf, Order, Program};
pub use python::Python;
pub use run::{Bound, Chunk};
pub use smooth::{Beyond, Piece, Smooth, Wall};
#[cfg(feature = "fit")]
pub use spread::{Dimensions, Precision, Spread, SpreadOver, Varies};
pub use syntax::{Comparison, Formula};
pub use table::{MAX_ROWS, Table};
#[cfg(feature = "fit")]
pub use wgsl::{Dispatch, Kernel};

/// The longest text of a formula, in characters.
pub const MAX_LENGTH: usize = 10_000;
/// The deepest nesting of brackets, signs and powers.
pub const MAX_DEPTH: usize = 64;
/// The most laws that call one another, one inside the other.
pub const MAX_CALLS: usize = 8;
/// The most names, each member of a family counted: derivatives may be asked for by all of them.
pub const MAX_NAMES: usize = 2_000;
/// The most indices of sums and products, one inside the other.
pub const MAX_INDICES: usize = 2;
/// The most operations that a formula and its derivatives may need.
pub const MAX_OPERATIONS: usize = 100_000;
