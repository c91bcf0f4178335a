//! The lower convex hull of all points, between the least compute and the lowest loss.

use super::curve::Curve;
use super::laws_through;
use crate::fit::line::PowerLaws;
use crate::num::{ascending, ln};

/// The corners of the lower convex hull of loss by compute, both by their logarithms, from the point of least compute
/// to the one of lowest loss.
#[derive(Clone, Debug, PartialEq)]
pub struct Hull {
    /// The rows of the corners.
    pub rows: Vec<usize>,
    /// The power laws through them; none unless there are two.
    pub power_laws: Option<PowerLaws>,
}

/// A point: the logarithms of compute, loss, size and tokens, and its row.
#[derive(Clone, Copy)]
struct Point {
    x: f64,
    y: f64,
    n: f64,
    d: f64,
    row: usize,
}

impl Hull {
    pub(super) fn of(curves: &[Curve]) -> Self {
        let corners = corners(&in_order(curves));
        let column = |of: fn(&Point) -> f64| {
            corners.iter().map(|corner| of(corner) * std::f64::consts::LOG10_E).collect::<Vec<f64>>()
        };
        Self {
            rows: corners.iter().map(|corner| corner.row).collect(),
            power_laws: laws_through(&column(|p| p.x), &column(|p| p.n), &column(|p| p.d)),
        }
    }
}

/// All points by compute; of those with the same, the one of lowest loss.
fn in_order(curves: &[Curve]) -> Vec<Point> {
    let points = |curve: &Curve| {
        let n = ln(curve.n);
        let point =
            |i: usize| Point { x: curve.x[i], y: curve.loss[i], n, d: curve.tokens[i], row: curve.rows[i] };
        (0..curve.x.len()).map(point).collect::<Vec<Point>>()
    };
    let all: Vec<Point> = curves.iter().flat_map(points).collect();
    let places = ascending(&all.iter().map(|point| point.x).collect::<Vec<f64>>());
    let mut kept: Vec<Point> = Vec::new();
    for point in places.into_iter().map(|place| all[place]) {
        match kept.last_mut().filter(|last| last.x == point.x) {
            None => kept.push(point),
            Some(last) if point.y < last.y => *last = point,
            Some(_) => {}
        }
    }
    kept
}

/// The corners of the lower hull up to the lowest, by Andrew's chain.
fn corners(points: &[Point]) -> Vec<Point> {
    let mut chain: Vec<Point> = Vec::new();
    for point in points {
        while let [.., before, last] = chain[..]
            && (last.x - before.x) * (point.y - before.y) <= (last.y - before.y) * (point.x - before.x)
        {
            chain.pop();
        }
        chain.push(*point);
    }
    // A convex chain falls to its lowest corner and rises after it.
    let falling = chain.windows(2).take_while(|pair| pair[1].y < pair[0].y).count();
    chain.truncate(falling + 1);
    chain
}
