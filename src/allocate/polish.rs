//! The last digits: Newton's method on the first-order conditions, once it is known what holds the point.

use crate::num::max;

use super::certificate::{Verdict, judge};
use super::held::Held;
use super::point::{Point, Session};
use super::qp::{dot, newton};

/// Newton's steps on a well-posed optimum double the digits; what needs more is not one.
const STEPS: usize = 16;
/// A first step longer than this, in factors of e, is a guess and no last digit.
const NEAR: f64 = 8.0;
/// After a step this short, of what a variable is judged over, the next would be lost in rounding.
const LAST: f64 = 1e-9;

/// Solves the first-order conditions with the rows `binding` at their bounds, starting from `start`.
///
/// The verdict may be bad: the caller looks at it. `None` if Newton's method gets nowhere.
pub(super) fn polish(
    session: &mut Session,
    start: &Point,
    multipliers: &[f64],
    binding: &[usize],
) -> Option<(Point, Verdict)> {
    let (mut point, mut multipliers) = (start.clone(), multipliers.to_vec());
    let mut before = f64::INFINITY;
    for _ in 0..STEPS {
        // Along a direction that does not matter there is no Newton step; the judge will say so.
        let Some(step) = step(&point, &mut multipliers, binding) else { break };
        let length = step.iter().fold(0.0, |most, x| max(most, x.abs()));
        if length.is_nan() || length > NEAR || (length > 0.9 * before && length > 1e-6) {
            return None;
        }
        let part = |(j, step): (usize, &f64)| step.abs() / session.model.stride(j, point.u[j]);
        let relative = step.iter().enumerate().map(part).fold(0.0, max);
        let u: Vec<f64> = point.u.iter().zip(&step).map(|(u, step)| u + step).collect();
        point = session.everything(&u).ok()?;
        if relative <= LAST {
            break;
        }
        before = length;
    }
    let verdict = judge(session.model, &point, binding);
    Some((point, verdict))
}

/// One step for point and multipliers; the latter are replaced.
fn step(point: &Point, multipliers: &mut [f64], binding: &[usize]) -> Option<Vec<f64>> {
    let hessian = point.hessian(multipliers);
    let sizes = point.sizes(&hessian);
    let gradients: Vec<Vec<f64>> = binding.iter().map(|&row| point.row_gradient(row)).collect();
    let held = Held::new(gradients.iter().map(|row| &row[..]), &sizes);
    let by: Vec<f64> = held.rows.iter().map(|&i| -point.row(binding[i])).collect();
    let mut step = held.reach(&by);
    let along = newton(&hessian, &slope(point, &hessian, &step), &held, &sizes)?;
    step.iter_mut().zip(&along).for_each(|(step, along)| *step += along);
    let pulls = held.multipliers(&slope(point, &hessian, &step), &sizes);
    multipliers.fill(0.0);
    held.rows.iter().zip(&pulls).for_each(|(&i, pull)| multipliers[binding[i]] = pull.0);
    Some(step)
}

/// The slope of the objective after a step, as its Lagrangian curves.
fn slope(point: &Point, hessian: &[f64], step: &[f64]) -> Vec<f64> {
    let rows = hessian.chunks_exact(step.len());
    point.gradient().iter().zip(rows).map(|(slope, row)| slope + dot(row, step)).collect()
}
