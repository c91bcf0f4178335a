//! Contours of a surface given on a grid, by marching squares.
//!
//! Crossings are interpolated in the logarithms of both axes, where loss surfaces are smooth, and
//! joined into lines in an order that depends on the grid alone.

use crate::num;

use super::number;
use super::surface::Point;

/// A surface over a grid of positive abscissas and ordinates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// Abscissas, rising.
    pub x: Vec<f64>,
    /// Ordinates, rising.
    pub y: Vec<f64>,
    /// Values, row by row: that at `x[i]`, `y[j]` is `values[j * x.len() + i]`. Where one is not
    /// finite there is no surface, and no contour.
    pub values: Vec<f64>,
}

impl Grid {
    /// Positions at equal ratios from `low` to `high`, both included.
    ///
    /// ```
    /// assert_eq!(isoflop::figure::Grid::positions(1.0, 100.0, 3).len(), 3);
    /// ```
    pub fn positions(low: f64, high: f64, count: usize) -> Vec<f64> {
        let last = count.saturating_sub(1).max(1) as f64;
        let ratio = num::ln(high / low);
        let at = |i: usize| match i {
            0 => low,
            i if i + 1 == count => high,
            i => low * num::exp(ratio * i as f64 / last),
        };
        (0..count).map(at).collect()
    }

    fn value(&self, i: usize, j: usize) -> f64 {
        self.values.get(j * self.x.len() + i).copied().unwrap_or(f64::NAN)
    }
}

/// A side of a cell, from a node to the right or upwards, as a number: twice that of the node, and
/// one more for upwards.
type Side = usize;

/// The lines on which the surface has this value, each from its left end to its right.
pub fn contour(grid: &Grid, level: f64) -> Vec<Vec<Point>> {
    let lines = join(crossings(grid, level));
    lines
        .iter()
        .map(|line| to_the_right(line.iter().map(|side| grid.crossing(*side, level)).collect()))
        .collect()
}

fn to_the_right(mut line: Vec<Point>) -> Vec<Point> {
    if let (Some(first), Some(last)) = (line.first(), line.last())
        && first.0 > last.0
    {
        line.reverse();
    }
    line
}

impl Grid {
    fn side(&self, i: usize, j: usize, upwards: bool) -> Side {
        2 * (j * self.x.len() + i) + usize::from(upwards)
    }

    /// Where the surface has the value on a side whose ends enclose it.
    fn crossing(&self, side: Side, level: f64) -> Point {
        let (node, upwards) = (side / 2, side % 2 == 1);
        let (i, j) = (node % self.x.len(), node / self.x.len());
        let (i2, j2) = if upwards { (i, j + 1) } else { (i + 1, j) };
        let (from, to) = (self.value(i, j), self.value(i2, j2));
        let share = (level - from) / (to - from);
        let along = |a: f64, b: f64| if a == b { a } else { a * num::exp(share * num::ln(b / a)) };
        (along(self.x[i], self.x[i2]), along(self.y[j], self.y[j2]))
    }
}

/// For every side, the sides that the contour joins it with: none, one, or two.
fn crossings(grid: &Grid, level: f64) -> Vec<[Option<Side>; 2]> {
    let mut meets = vec![[None; 2]; 2 * grid.x.len() * grid.y.len()];
    for j in 1..grid.y.len() {
        for i in 1..grid.x.len() {
            for (a, b) in cell(grid, level, i - 1, j - 1).into_iter().flatten() {
                add(&mut meets[a], b);
                add(&mut meets[b], a);
            }
        }
    }
    meets
}

fn add(sides: &mut [Option<Side>; 2], side: Side) {
    if let Some(free) = sides.iter_mut().find(|side| side.is_none()) {
        *free = Some(side);
    }
}

/// The pairs of sides that the contour joins within one cell.
fn cell(grid: &Grid, level: f64, i: usize, j: usize) -> [Option<(Side, Side)>; 2] {
    let corners = [grid.value(i, j), grid.value(i + 1, j), grid.value(i + 1, j + 1), grid.value(i, j + 1)];
    if corners.iter().any(|value| !value.is_finite()) {
        return [None; 2];
    }
    let (below, left) = (grid.side(i, j, false), grid.side(i, j, true));
    let (right, above) = (grid.side(i + 1, j, true), grid.side(i, j + 1, false));
    let [a, b, c, d] = corners.map(|value| value >= level);
    match (a != b, b != c, c != d, d != a) {
        // A saddle: its middle says which corners belong together.
        (true, true, true, true) => {
            let middle = corners.iter().sum::<f64>() / 4.0 >= level;
            if middle == a {
                [Some((below, right)), Some((above, left))]
            } else {
                [Some((left, below)), Some((right, above))]
            }
        }
        (true, true, ..) => [Some((below, right)), None],
        (true, _, true, _) => [Some((below, above)), None],
        (true, _, _, true) => [Some((below, left)), None],
        (_, true, true, _) => [Some((right, above)), None],
        (_, true, _, true) => [Some((right, left)), None],
        (_, _, true, true) => [Some((above, left)), None],
        _ => [None; 2],
    }
}

/// Joins sides into lines: first those with ends, each from its lower one, then those without.
fn join(mut meets: Vec<[Option<Side>; 2]>) -> Vec<Vec<Side>> {
    let mut lines = Vec::new();
    for neighbours in [1, 2] {
        for start in 0..meets.len() {
            if meets[start].iter().flatten().count() == neighbours {
                lines.push(follow(&mut meets, start));
            }
        }
    }
    lines
}

/// The line from a side to its end, or round to where it began. What it passes is taken.
fn follow(meets: &mut [[Option<Side>; 2]], start: Side) -> Vec<Side> {
    let mut line = vec![start];
    let mut at = start;
    while let Some(next) = meets[at].iter_mut().find_map(Option::take) {
        if let Some(back) = meets[next].iter_mut().find(|side| **side == Some(at)) {
            *back = None;
        }
        line.push(next);
        at = next;
    }
    line
}

/// Round values whose contours cross the diagonal of the grid at about equal distances, and how many
/// decimals they need.
///
/// A law flattens as it improves, so equal steps would crowd on one side. From each value the next
/// is the roundest that lies between two thirds and four thirds of an equal share further on.
pub fn levels(grid: &Grid, count: usize) -> (Vec<f64>, u8) {
    let diagonal = diagonal(grid);
    let (Some(low), Some(high)) = (diagonal.first(), diagonal.last()) else { return (Vec::new(), 0) };
    let at = |share: f64| {
        let place = num::clamp(share, 0.0, 1.0) * (diagonal.len() - 1) as f64;
        let (i, rest) = (place.floor() as usize, place.fract());
        diagonal[i] + rest * (diagonal[(i + 1).min(diagonal.len() - 1)] - diagonal[i])
    };
    let step = 1.0 / (count + 1) as f64;
    let mut levels: Vec<f64> = Vec::new();
    let (mut share, mut places) = (0.0, 0);
    while share + step < 1.0 {
        let Some((m, e)) = roundest(at(share + step / 1.5), at(share + step * 4.0 / 3.0)) else { break };
        let level = number::power(m, e);
        if level > *low && level < *high {
            levels.push(level);
            places = places.max(decimals(m, e));
        }
        let below = diagonal.partition_point(|value| *value < level);
        share = num::max(below as f64 / diagonal.len() as f64, share + step / 2.0);
    }
    (levels, places)
}

/// The values along the diagonal, or all where it hardly touches the surface, from the lowest.
fn diagonal(grid: &Grid) -> Vec<f64> {
    let (columns, rows) = (grid.x.len(), grid.y.len());
    let along =
        (0..columns).map(|i| grid.value(i, i * rows.saturating_sub(1) / columns.saturating_sub(1).max(1)));
    let mut values: Vec<f64> = along.filter(|value| value.is_finite()).collect();
    if values.len() * 2 < columns {
        values = grid.values.iter().copied().filter(|value| value.is_finite()).collect();
    }
    num::ascending(&values).into_iter().map(|at| values[at]).collect()
}

/// The multiple, within an interval, of the largest step of 1, 2 or 5 times a power of ten that has
/// one there; as an integer times a power of ten.
fn roundest(low: f64, high: f64) -> Option<(i64, i32)> {
    if low >= high {
        return None;
    }
    let (mut m, mut e) = number::nice_above(num::max(low.abs(), high.abs()));
    // A step no larger than the interval has a multiple in it: forty are past twelve digits.
    for _ in 0..40 {
        let step = number::power(m, e);
        let multiple = (low / step).ceil();
        if multiple * step <= high {
            return Some(((multiple as i64).saturating_mul(m), e));
        }
        (m, e) = match m {
            5 => (2, e),
            2 => (1, e),
            _ => (5, e - 1),
        };
    }
    None
}

/// How many decimals m 10^e has when printed without trailing zeros.
fn decimals(mut m: i64, mut e: i32) -> u8 {
    while m % 10 == 0 && e < 0 {
        (m, e) = (m / 10, e + 1);
    }
    u8::try_from(-e).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Interpolation over cells of a seventh of a unit of ln, of a surface whose second derivative
    /// is at most 0.1.
    const ON_THE_SURFACE: f64 = 1e-3;

    fn bowl(count: usize) -> Grid {
        let axis = Grid::positions(0.1, 10.0, count);
        let square = |v: f64| num::ln(v) * num::ln(v);
        let values = axis.iter().flat_map(|y| axis.iter().map(move |x| square(*x) + square(*y))).collect();
        Grid { x: axis.clone(), y: axis.clone(), values }
    }

    #[test]
    fn a_circle_is_one_closed_line_on_the_circle() {
        let lines = contour(&bowl(201), 1.0);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].first(), lines[0].last());
        for (x, y) in &lines[0] {
            let value = num::ln(*x) * num::ln(*x) + num::ln(*y) * num::ln(*y);
            assert!((value - 1.0).abs() < ON_THE_SURFACE, "{value} at {x}, {y}");
        }
    }

    #[test]
    fn a_hole_in_the_surface_opens_the_line() {
        let mut grid = bowl(41);
        grid.values[20 * 41 + 28] = f64::NAN;
        let lines = contour(&grid, 1.0);
        assert!(!lines.is_empty());
        assert!(lines.iter().all(|line| line.first() != line.last()));
    }

    #[test]
    fn levels_are_round_and_rise() {
        let (levels, places) = levels(&bowl(41), 6);
        assert!(levels.len() >= 4, "{levels:?}");
        assert!(levels.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(places <= 1, "{levels:?}");
    }

    #[test]
    fn the_roundest_number_is_found() {
        assert_eq!(roundest(2.06, 2.15), Some((21, -1)));
        assert_eq!(roundest(2.31, 2.57), Some((5 * 5, -1)));
        assert_eq!(roundest(1.87, 1.91), Some((19, -1)));
        assert_eq!(roundest(2.7, 3.6), Some((3, 0)));
        assert_eq!(roundest(2.0, 2.0), None);
    }

    #[test]
    fn a_flat_surface_has_no_contours() {
        let grid = Grid { x: vec![1.0, 2.0], y: vec![1.0, 2.0], values: vec![3.0; 4] };
        assert_eq!(levels(&grid, 6), (Vec::new(), 0));
        assert!(contour(&grid, 3.0).is_empty());
    }
}
