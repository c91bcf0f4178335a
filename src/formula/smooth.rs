//! A formula where it is smooth.

use std::sync::Arc;

use super::Program;

/// The branch of each switch.
pub type Piece = Vec<i64>;

/// A formula on one of its pieces, as if that had no end.
#[derive(Clone, Debug)]
pub struct Smooth {
    /// The formula, with second derivatives.
    pub program: Arc<Program>,
    /// What ends the piece.
    pub walls: Vec<Wall>,
}

/// An end of a piece.
#[derive(Clone, Debug)]
pub struct Wall {
    /// At most zero in the piece; with second derivatives.
    pub program: Program,
    /// What is on the other side.
    pub beyond: Beyond,
}

/// What lies behind a wall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// Another piece.
    Piece(Piece),
    /// Points that break the condition of this place in the text.
    Condition(usize),
    /// No row of a table.
    Nothing,
}
