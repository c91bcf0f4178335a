//! Allocation: one formula minimised within limits on others.
//!
//! A budget is a limit on a cost; a target is a limit on the loss; a fixed model size, a data cap, a ratio
//! of tokens to parameters are limits too. Which quantity is minimised and which are limited is data
//! ([`Problem`]), so the least loss for a budget and the least budget for a loss are one solver.
//!
//! Positive variables are worked in logarithms. There, sums of powers are convex, products are linear, and nothing
//! depends on units. Shares, alone or of a whole, are worked as they are, and of finite sets every combination is tried. A formula with
//! switches (`min`, `max`, `if`, steps) is smooth on each of its pieces; the search goes from piece to piece.

mod answer;
mod batch;
mod boxes;
mod certificate;
#[cfg(feature = "catalogue")]
mod corners;
mod descent;
mod edges;
mod error;
#[cfg(not(feature = "catalogue"))]
mod first;
#[cfg(feature = "catalogue")]
mod flat;
mod held;
mod model;
mod point;
mod polish;
mod prepared;
mod problem;
mod qp;
mod restore;
mod scale;
#[cfg(feature = "catalogue")]
mod scan;
mod search;
#[cfg(feature = "catalogue")]
mod sets;
mod solution;
mod source;
mod whole;

pub use batch::{Columns, Optima, Values, batch, batch_within};
pub use certificate::{Certificate, Global};
pub use error::AllocateError;
pub use prepared::Prepared;
pub use problem::{Free, Limit, Part, Problem, Quantity, Sense, Whole};
pub use solution::{Active, Edge, Next, Solution, Violation};

/// The most variables that may be chosen in one problem.
pub const MAX_FREE: usize = 16;
/// The most limits in one problem.
pub const MAX_LIMITS: usize = 32;

/// Numbers end here, as logarithms: at 5e-131 and 2e130. Products of two still fit into an `f64`.
const EDGE: f64 = 300.0;
/// Limits hold to this, as the logarithm of quantity over bound.
pub(crate) const FEASIBILITY: f64 = 1e-12;
/// A share of a whole that is zero is worked at this: there powers have slopes, and sums are the same to rounding.
const LEAST_SHARE: f64 = 1e-15;
/// The page's first worker is for its weight without shares of wholes and without boxes that are open: of the laws that it
/// knows none has any.
const HAS_NO_ENDS: bool = cfg!(not(feature = "catalogue"));
/// The first-order conditions hold to this; see [`Certificate::residual`].
const RESIDUAL: f64 = 1e-10;
/// A limit that holds a point by less than this does not bind: rounding, in the scale of the residual.
const SIGN: f64 = 1e-9;
/// Less curvature than this is none; see [`Certificate::curvature`].
const CURVATURE: f64 = 1e-9;
