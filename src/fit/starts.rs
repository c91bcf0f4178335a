//! Where fits start: the scan of the box, and blind draws from it.

use super::problem::{Model, Problem};
use super::surrogate::{Start, Surrogate, unravel};
use crate::num::kronecker::Kronecker;
use crate::num::rng::Stream;
use crate::num::{exp, ln};

/// Points on each axis of the grid, by the number of nonlinear parameters. More than two are scanned
/// along a low-discrepancy sequence.
const GRID: [usize; 3] = [1, 24, 12];
/// Points of that sequence.
const SEQUENCE: usize = 512;
/// Draws for one audit start where the box spans all scales.
const WIDE_DRAWS: usize = 64;

/// Starts found by the surrogate, the most promising first: on a grid its local minima, along the
/// sequence its lowest points.
pub(super) fn scan(problem: &Problem, model: &Model, surrogate: &mut Surrogate) -> Vec<Start> {
    let ranges = ranges(problem, model);
    let mut starts = match GRID.get(ranges.len()) {
        Some(&points) => local_minima(surrogate, &ranges, points),
        None => sequence(surrogate, &ranges),
    };
    starts.retain(|start| start.cost.is_finite());
    starts.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    starts
}

/// Audit start `draw`: the nonlinear parameters are drawn from their box without a look at the runs. Where the box of
/// some spans all scales, for want of a declared one, the start is the most promising of several such draws.
pub(super) fn audit(
    problem: &Problem,
    model: &Model,
    surrogate: &mut Surrogate,
    seed: u64,
    draw: u64,
) -> Start {
    let mut stream = Stream::new(seed, draw);
    let ranges = ranges(problem, model);
    let declared = model.nonlinear.iter().all(|&k| problem.parameters[model.free[k]].declared());
    let draws = if declared { 1 } else { WIDE_DRAWS };
    let mut next = || {
        let point: Vec<f64> = ranges.iter().map(|&range| within(range, stream.unit())).collect();
        surrogate.at(&point)
    };
    let first = next();
    (1..draws).map(|_| next()).fold(first, |best, start| if start.cost < best.cost { start } else { best })
}

fn ranges(problem: &Problem, model: &Model) -> Vec<(f64, f64)> {
    model.nonlinear.iter().map(|&k| problem.parameters[model.free[k]].starts()).collect()
}

fn local_minima(surrogate: &mut Surrogate, ranges: &[(f64, f64)], points: usize) -> Vec<Start> {
    let axis = |range: &(f64, f64)| -> Vec<f64> {
        (0..points).map(|i| within(*range, i as f64 / (points.max(2) - 1) as f64)).collect()
    };
    let axes: Vec<Vec<f64>> = ranges.iter().map(axis).collect();
    let sizes = vec![points; ranges.len()];
    let costs = surrogate.costs(&axes);
    let lowest =
        |&node: &usize| neighbours(node, &sizes).into_iter().all(|other| costs[node] <= costs[other]);
    let nodes = (0..costs.len()).filter(lowest).map(|node| unravel(node, &sizes));
    nodes
        .map(|index| surrogate.at(&index.iter().zip(&axes).map(|(&i, axis)| axis[i]).collect::<Vec<_>>()))
        .collect()
}

fn sequence(surrogate: &mut Surrogate, ranges: &[(f64, f64)]) -> Vec<Start> {
    let points = Kronecker::new(ranges.len());
    let coordinate = |i: u64, axis: usize| within(ranges[axis], points.coordinate(i, axis));
    (0..SEQUENCE as u64)
        .map(|i| surrogate.at(&(0..ranges.len()).map(|axis| coordinate(i, axis)).collect::<Vec<_>>()))
        .collect()
}

/// A share of the way through a range: of its logarithm where both ends are positive.
fn within((low, high): (f64, f64), share: f64) -> f64 {
    if low > 0.0 { exp(ln(low) + share * (ln(high) - ln(low))) } else { low + share * (high - low) }
}

/// The nodes that differ from `node` by at most one in every coordinate.
fn neighbours(node: usize, sizes: &[usize]) -> Vec<usize> {
    let mut nodes = vec![0];
    for (i, size) in unravel(node, sizes).into_iter().zip(sizes) {
        let near = i.saturating_sub(1)..=(i + 1).min(size - 1);
        nodes = nodes.iter().flat_map(|head| near.clone().map(move |i| head * size + i)).collect();
    }
    nodes
}
