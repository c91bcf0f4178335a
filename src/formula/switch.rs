//! What makes a formula change its form: kinks and steps.

use super::graph::{Graph, Id, Node, Pair, Test, Unary, apply};
use super::table::{Lookup, Table};

/// A node whose form depends on a number: which of its branches counts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Switch {
    /// `x` where `small` is at most `large` (branch 0), and else `y` (branch 1).
    Choice { small: Id, large: Id, x: Id, y: Id },
    /// `of` where that is at least zero (branch 0), and else what it lacks of zero (branch 1).
    Magnitude { of: Id, zero: Id },
    /// The branch itself, from `branch + offset` on for one.
    Whole { rounding: Unary, of: Id, offset: f64 },
    /// The branch is a row of the table.
    Rows { lookup: Lookup, table: usize, of: Id },
}

/// An end of a branch: the first side is at most the second.
pub(super) struct End {
    pub sides: [Id; 2],
    /// The branch behind it.
    pub beyond: Option<i64>,
}

impl Switch {
    /// The switches among the nodes that `roots` are computed from. Inside a `solve` there are none: what is solved for
    /// is no point to stand on.
    pub fn all(graph: &mut Graph, roots: &[Id], active: &[bool]) -> Vec<(Id, Self)> {
        let nodes = super::derive::cone(graph, roots);
        let open = nodes.into_iter().filter(|&id| active[id] && !graph.is_bound(id)).collect::<Vec<_>>();
        open.into_iter().filter_map(|id| Some((id, Self::of(graph, id)?))).collect()
    }

    fn of(graph: &mut Graph, id: Id) -> Option<Self> {
        Some(match graph.nodes[id] {
            Node::Binary(Pair::Min, a, b) => Self::Choice { small: a, large: b, x: a, y: b },
            Node::Binary(Pair::Max, a, b) => Self::Choice { small: b, large: a, x: a, y: b },
            Node::Choice(Test::Less, [a, b, x, y]) => Self::Choice { small: a, large: b, x, y },
            Node::Unary(Unary::Abs, of) => Self::Magnitude { of, zero: graph.constant(0.0) },
            Node::Unary(rounding, of) => {
                let offset = match rounding {
                    Unary::Floor => 0.0,
                    Unary::Ceil => -1.0,
                    Unary::Round => -0.5,
                    _ => return None,
                };
                Self::Whole { rounding, of, offset }
            }
            Node::Lookup(lookup, table, of) => Self::Rows { lookup, table, of },
            _ => return None,
        })
    }

    /// The same switch on other nodes.
    pub fn renamed(self, new: impl Fn(Id) -> Id) -> Self {
        match self {
            Self::Choice { small, large, x, y } => {
                Self::Choice { small: new(small), large: new(large), x: new(x), y: new(y) }
            }
            Self::Magnitude { of, zero } => Self::Magnitude { of: new(of), zero },
            Self::Whole { rounding, of, offset } => Self::Whole { rounding, of: new(of), offset },
            Self::Rows { lookup, table, of } => Self::Rows { lookup, table, of: new(of) },
        }
    }

    /// The number that the branch depends on.
    pub fn number(self, graph: &mut Graph) -> Id {
        match self {
            Self::Choice { small, large, .. } => graph.subtract(small, large),
            Self::Magnitude { of, zero } => graph.subtract(zero, of),
            Self::Whole { of, .. } | Self::Rows { of, .. } => of,
        }
    }

    /// The branch for a number.
    pub fn branch(self, graph: &Graph, number: f64) -> i64 {
        match self {
            Self::Choice { .. } | Self::Magnitude { .. } => i64::from(number > 0.0),
            Self::Whole { rounding, .. } => apply(rounding, number) as i64,
            Self::Rows { table, .. } => branch_of(graph.rows_of(table).segment(number)),
        }
    }

    /// The value on a branch.
    pub fn value(self, graph: &mut Graph, branch: i64) -> Id {
        match self {
            Self::Choice { x, y, .. } => {
                if branch == 0 {
                    x
                } else {
                    y
                }
            }
            Self::Magnitude { of, .. } if branch == 0 => of,
            Self::Magnitude { of, .. } => graph.unary(Unary::Negative, of),
            Self::Whole { .. } => graph.constant(branch as f64),
            Self::Rows { lookup, table, of } => {
                let (x, y, slope) = graph.rows_of(table).line(branch as usize);
                let start = graph.constant(y);
                if lookup == Lookup::Step {
                    return start;
                }
                let (x, slope) = (graph.constant(x), graph.constant(slope));
                let along = graph.subtract(of, x);
                let rise = graph.multiply(slope, along);
                graph.add(start, rise)
            }
        }
    }

    /// Where a branch ends.
    pub fn ends(self, graph: &mut Graph, branch: i64) -> Vec<End> {
        match self {
            Self::Choice { small, large, .. } | Self::Magnitude { of: large, zero: small } => {
                let sides = if branch == 0 { [small, large] } else { [large, small] };
                vec![End { sides, beyond: Some(1 - branch) }]
            }
            Self::Whole { of, offset, .. } => {
                let low = graph.constant(branch as f64 + offset);
                let high = graph.constant(branch as f64 + offset + 1.0);
                let below = End { sides: [low, of], beyond: Some(branch - 1) };
                vec![below, End { sides: [of, high], beyond: Some(branch + 1) }]
            }
            Self::Rows { table, of, .. } => {
                let rows = graph.rows_of(table);
                let ([low, high], last) = (rows.ends(branch as usize), branch_of(rows.segments()) - 1);
                let (low, high) = (graph.constant(low), graph.constant(high));
                let below = End { sides: [low, of], beyond: (branch > 0).then_some(branch - 1) };
                vec![below, End { sides: [of, high], beyond: (branch < last).then_some(branch + 1) }]
            }
        }
    }
}

/// A place among the lines of a table, as a branch.
fn branch_of(place: usize) -> i64 {
    i64::try_from(place).expect("a table that is in memory")
}

impl Table {
    /// How many lines there are between the rows.
    fn segments(&self) -> usize {
        self.xs.len() - 1
    }

    /// Between which rows `x` lies; the nearest where it lies outside.
    fn segment(&self, x: f64) -> usize {
        self.xs.partition_point(|&known| known <= x).clamp(1, self.segments()) - 1
    }

    /// Where a line begins, and its slope.
    fn line(&self, segment: usize) -> (f64, f64, f64) {
        let [x, end] = self.ends(segment);
        let y = self.ys[segment];
        (x, y, (self.ys[segment + 1] - y) / (end - x))
    }

    fn ends(&self, segment: usize) -> [f64; 2] {
        [self.xs[segment], self.xs[segment + 1]]
    }
}
