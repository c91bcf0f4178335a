//! The losses of one budget along one axis: which points count, their parabola, and whether it has a usable vertex.

use std::fmt;

use crate::fit::Parabola;
use crate::num::{ascending, max};

/// What a profile is drawn over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// The logarithm of size.
    Size,
    /// The logarithm of tokens.
    Tokens,
}

/// An end of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Where the axis is lowest.
    Low,
    /// Where it is highest.
    High,
}

/// Why a group does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Too few different sizes for a parabola and something to judge it by.
    TooFew {
        /// What is too few of.
        axis: Axis,
        /// How many different ones there are.
        distinct: usize,
    },
    /// The lowest loss is that of the smallest or largest run, so no window lies around it.
    LowestAtEdge {
        /// Along what.
        axis: Axis,
        /// Which of them.
        side: Side,
    },
    /// The parabola is flat, or opens downwards.
    NotConvex {
        /// Along what.
        axis: Axis,
    },
    /// The vertex lies outside the points.
    VertexOutside {
        /// Along what.
        axis: Axis,
        /// On which side of them.
        side: Side,
    },
}

/// A parabola needs three different sizes, and a fourth to show that it is one.
pub(super) const LEAST: usize = 4;

impl Reason {
    /// The stable, dotted name.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooFew { .. } => "isoflop.too_few_sizes",
            Self::LowestAtEdge { .. } => "isoflop.lowest_at_edge",
            Self::NotConvex { .. } => "isoflop.not_convex",
            Self::VertexOutside { .. } => "isoflop.vertex_outside",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::TooFew { axis, distinct: 1 } => {
                write!(f, "every run has {}; a parabola needs {LEAST}", axis.one())
            }
            Self::TooFew { axis, distinct } => {
                write!(f, "{distinct} different {}; a parabola needs {LEAST} to be judged by", axis.many())
            }
            Self::LowestAtEdge { axis, side } => write!(
                f,
                "the lowest loss is that of the run of {} {}: the best may lie beyond it",
                side.most(axis),
                axis.of_one()
            ),
            Self::NotConvex { axis } => {
                write!(f, "the parabola in log {} has no lowest point", axis.of_one())
            }
            Self::VertexOutside { axis, side } => write!(
                f,
                "the lowest point of the parabola lies beyond the {} {}",
                side.most(axis),
                axis.of_one()
            ),
        }
    }
}

impl Axis {
    fn one(self) -> &'static str {
        match self {
            Self::Size => "the same size",
            Self::Tokens => "the same number of tokens",
        }
    }

    fn many(self) -> &'static str {
        match self {
            Self::Size => "sizes",
            Self::Tokens => "numbers of tokens",
        }
    }

    fn of_one(self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::Tokens => "tokens",
        }
    }
}

impl Side {
    fn most(self, axis: Axis) -> &'static str {
        match (axis, self) {
            (Axis::Size, Self::Low) => "smallest",
            (Axis::Size, Self::High) => "largest",
            (Axis::Tokens, Self::Low) => "fewest",
            (Axis::Tokens, Self::High) => "most",
        }
    }
}

/// The points of a group along an axis, and their parabola.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Profile {
    axis: Axis,
    /// Which points of the group count, by their place on the axis.
    pub at: Vec<usize>,
    /// Their places on the axis.
    pub x: Vec<f64>,
    /// What is a parabola.
    pub y: Vec<f64>,
    pub parabola: Option<Parabola>,
    pub reason: Option<Reason>,
}

impl Profile {
    /// Takes the points within the window, and puts a parabola through them.
    pub fn new(axis: Axis, x: &[f64], y: &[f64], window: Option<usize>) -> Self {
        let order = ascending(x);
        let values: Vec<f64> = order.iter().map(|at| x[*at]).collect();
        let distinct = distinct(&values);
        let too_few = (distinct < LEAST).then_some(Reason::TooFew { axis, distinct });
        let (at, edge) = match window {
            None => (order, None),
            Some(points) => within(order, y, points, axis),
        };
        let take = |column: &[f64]| at.iter().map(|at| column[*at]).collect::<Vec<f64>>();
        let (x, y) = (take(x), take(y));
        Self::through(axis, at, x, y, too_few.or(edge))
    }

    /// The same places with other losses.
    pub fn with(&self, y: Vec<f64>) -> Self {
        Self::through(self.axis, self.at.clone(), self.x.clone(), y, None)
    }

    /// The parabola through points in the order of the axis, and why it has no usable vertex; `first` is why the
    /// points themselves are not usable.
    fn through(axis: Axis, at: Vec<usize>, x: Vec<f64>, y: Vec<f64>, first: Option<Reason>) -> Self {
        let parabola = Parabola::through(&x, &y);
        let reason = first.or_else(|| fault(axis, &x, &y, parabola.as_ref()));
        Self { axis, at, x, y, parabola, reason }
    }
}

/// The points on either side of the lowest, in the order of the axis; and whether it is at the edge.
fn within(order: Vec<usize>, y: &[f64], points: usize, axis: Axis) -> (Vec<usize>, Option<Reason>) {
    let lowest =
        order.iter().enumerate().fold(None, |lowest: Option<(usize, f64)>, (place, at)| match lowest {
            Some((_, value)) if y[*at] >= value => lowest,
            _ => Some((place, y[*at])),
        });
    let Some((place, _)) = lowest else { return (order, None) };
    let edge = |side| Some(Reason::LowestAtEdge { axis, side });
    let reason = match place {
        0 => edge(Side::Low),
        _ if place + 1 == order.len() => edge(Side::High),
        _ => None,
    };
    let (first, end) = (place.saturating_sub(points), place.saturating_add(points).saturating_add(1));
    (order[first..end.min(order.len())].to_vec(), reason)
}

/// A curvature below this share of the largest value, per decade squared, is none (Czech et al. 2026).
const FLAT: f64 = 1e-10;

/// Why a parabola has no usable vertex, if so.
fn fault(axis: Axis, x: &[f64], y: &[f64], parabola: Option<&Parabola>) -> Option<Reason> {
    let distinct = distinct(x);
    let (Some(parabola), true) = (parabola, distinct >= LEAST) else {
        return Some(Reason::TooFew { axis, distinct });
    };
    let largest = y.iter().fold(0.0, |largest, y| max(largest, y.abs()));
    let vertex = parabola.vertex().filter(|_| parabola.curvature() > FLAT * largest);
    let (Some([place, _]), Some(low), Some(high)) = (vertex, x.first(), x.last()) else {
        return Some(Reason::NotConvex { axis });
    };
    match place {
        place if place < *low => Some(Reason::VertexOutside { axis, side: Side::Low }),
        place if place > *high => Some(Reason::VertexOutside { axis, side: Side::High }),
        _ => None,
    }
}

/// How many different values there are in ascending ones.
fn distinct(ascending: &[f64]) -> usize {
    ascending.windows(2).filter(|pair| pair[0] != pair[1]).count() + usize::from(!ascending.is_empty())
}
