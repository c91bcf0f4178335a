//! What the Fit page draws of the runs and of one fit.

mod cloud;
mod curves;
mod influence;
mod profile;
mod quantiles;
mod residuals;
mod runs;

pub use cloud::{CLOUD, cloud};
pub use curves::{Across, Along, Curve, ask_curves, curves};
pub use influence::{INFLUENCE, Influence};
pub use profile::{Of, PROFILE, Profile};
pub use quantiles::{QUANTILES, quantiles};
pub use residuals::{Against, FAR, far, percent, residual_chart, residuals};
pub use runs::{Pointed, RUNS, runs, says};

use crate::figure::{Axis, Format, Point, decade, decade_above, power};
use crate::num;
use crate::web::laws::plot::places;

/// More points than this are thinned out before they are drawn.
const MANY: usize = 5000;
/// Into so many columns and rows a picture is cut then: one point is drawn of each cell.
const CELLS: (usize, usize) = (120, 80);

/// The places of the points that are drawn: all, or where there are very many the first of those that would lie on each
/// other.
fn apart(points: &[Point], x: &Axis, y: &Axis) -> Vec<usize> {
    if points.len() <= MANY {
        return (0..points.len()).collect();
    }
    let mut taken = vec![false; CELLS.0 * CELLS.1];
    let cell = |share: f64, cells: usize| ((share * cells as f64) as usize).min(cells - 1);
    let is_first = |at: &usize| {
        let place = (cell(x.share(points[*at].0), CELLS.0), cell(y.share(points[*at].1), CELLS.1));
        !std::mem::replace(&mut taken[place.1 * CELLS.0 + place.0], true)
    };
    (0..points.len()).filter(is_first).collect()
}

/// Values that differ by more than this factor are drawn on a logarithmic axis.
const WIDE: f64 = 20.0;

/// The axis of a parameter that has these values.
fn plain(name: &str, values: impl Iterator<Item = f64> + Clone) -> Option<Axis> {
    let (low, high) = span(values.clone())?;
    if low > 0.0 && high > WIDE * low {
        return Some(Axis::log(name, name, log_range(values)?, Format::Powers));
    }
    let ends = range(values)?;
    Some(Axis::linear(name, name, ends, Format::Decimal(places(ends))))
}

/// The least and the greatest of some values, of those that are finite.
pub(super) fn span(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let finite: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    Some((finite.iter().copied().reduce(num::min)?, finite.iter().copied().reduce(num::max)?))
}

/// A range that holds values, with a little room on both sides.
fn range(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let (low, high) = span(values)?;
    let room = 0.04 * num::max(high - low, 1e-3 * num::max(high.abs(), 1e-3));
    Some((low - room, high + room))
}

/// A range that holds positive values, with a little room on both sides.
pub(super) fn log_range(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let (low, high) = span(values.filter(|value| *value > 0.0))?;
    if low == high {
        return Some((power(1, decade(low)), power(1, decade_above(high * 1.01))));
    }
    let room = num::exp(0.04 * num::ln(high / low));
    Some((low / room, high * room))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn very_many_points_are_drawn_where_they_can_be_told_apart() {
        let axis = |name: &str| Axis::log(name, name, (1.0, 1e3), Format::Powers);
        let points: Vec<Point> =
            (0..40_000).map(|at| (1.0 + f64::from(at % 200), 1.0 + f64::from(at / 200))).collect();
        let drawn = apart(&points, &axis("x"), &axis("y"));
        assert!(drawn.len() < 5000 && drawn.windows(2).all(|pair| pair[0] < pair[1]), "{}", drawn.len());
        // No dot is missed by more than a cell.
        let (x, y) = (axis("x"), axis("y"));
        let near = |(a, b): &Point, at: &usize| {
            let (c, d) = points[*at];
            (x.share(*a) - x.share(c)).abs() < 0.01 && (y.share(*b) - y.share(d)).abs() < 0.015
        };
        assert!(points.iter().step_by(97).all(|point| drawn.iter().any(|at| near(point, at))));
        assert_eq!(apart(&points[..5000], &x, &y).len(), 5000);
    }
}

#[cfg(test)]
mod examples {
    use crate::web::fit::reading::Prepared;
    use crate::web::fit::rows::Rows;
    use crate::web::question::Runs;

    /// Runs at two budgets, of five sizes each.
    pub fn profiles() -> Runs {
        let row = |(budget, loss): (f64, f64), step: i32| {
            let params = 1e8 * f64::from(1 << step);
            let tokens = budget / (6.0 * params);
            let off_centre = f64::from(step - 2) * 0.1;
            format!("\n{params:e},{tokens:e},{}", loss + off_centre * off_centre)
        };
        let rows = [(6e18, 3.0), (6e19, 2.7)].map(|budget| (0..5).map(|step| row(budget, step)).collect());
        let rows: [Vec<String>; 2] = rows;
        let table = format!("params,tokens,loss{}\n", rows.concat().concat());
        Runs::new(&table, "")
    }

    pub fn rows(runs: &Runs) -> Rows {
        Rows::of(&Prepared::of(runs, &[]).unwrap(), None, false).unwrap()
    }
}
