//! The last digits: Newton's method on the first-order conditions, once it is known what holds the point.

use crate::num::algebra::solve;
use crate::num::max;

use super::certificate::{Verdict, judge};
use super::model::{Point, Session};

/// Newton's steps on a well-posed optimum double the digits; what needs more is not one.
const STEPS: usize = 16;
/// A first step longer than this, in factors of e, is a guess and no last digit.
const NEAR: f64 = 8.0;
/// After a step this short the next would be lost in rounding.
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
        let Some(step) = newton(&point, &mut multipliers, binding) else { break };
        let length = step.iter().fold(0.0, |most, x| max(most, x.abs()));
        if length.is_nan() || length > NEAR || (length > 0.9 * before && length > 1e-6) {
            return None;
        }
        let u: Vec<f64> = point.u.iter().zip(&step).map(|(u, step)| u + step).collect();
        point = session.everything(&u).ok()?;
        if length <= LAST {
            break;
        }
        before = length;
    }
    let verdict = judge(session.model, &point, binding);
    Some((point, verdict))
}

/// One step for point and multipliers; the latter are replaced.
fn newton(point: &Point, multipliers: &mut [f64], binding: &[usize]) -> Option<Vec<f64>> {
    let (n, size) = (point.u.len(), point.u.len() + binding.len());
    let hessian = point.hessian(multipliers);
    let gradients: Vec<Vec<f64>> = binding.iter().map(|&row| point.row_gradient(row)).collect();
    let roots = roots(point, &hessian);
    let mut matrix = vec![0.0; size * size];
    let mut right = vec![0.0; size];
    for j in 0..n {
        right[j] = -point.gradient()[j] / roots[j];
        (0..n).for_each(|k| matrix[j * size + k] = hessian[j * n + k] / (roots[j] * roots[k]));
        for (i, gradient) in gradients.iter().enumerate() {
            matrix[j * size + n + i] = gradient[j] / roots[j];
            matrix[(n + i) * size + j] = gradient[j] / roots[j];
        }
    }
    // Rows to length one, so that no pivot is small for its unit.
    for (i, &row) in binding.iter().enumerate() {
        let length = gradients[i].iter().zip(&roots).map(|(a, root)| a / root).map(|x| x * x).sum::<f64>();
        right[n + i] = -point.row(row) / length.sqrt();
        for j in 0..n {
            matrix[j * size + n + i] /= length.sqrt();
            matrix[(n + i) * size + j] /= length.sqrt();
        }
    }
    let solution = solve(&matrix, &right)?;
    multipliers.fill(0.0);
    for (i, &row) in binding.iter().enumerate() {
        let length = gradients[i].iter().zip(&roots).map(|(a, root)| a / root).map(|x| x * x).sum::<f64>();
        multipliers[row] = solution[n + i] / length.sqrt();
    }
    Some((0..n).map(|j| solution[j] / roots[j]).collect())
}

/// The square root of the size of each variable's curvature, or of its slope where that is all there is.
pub(super) fn roots(point: &Point, hessian: &[f64]) -> Vec<f64> {
    let n = point.u.len();
    let size = |j: usize| max(hessian[j * n + j].abs(), 1e-6 * point.gradient()[j].abs());
    (0..n).map(size).map(|size| if size > 0.0 { size.sqrt() } else { 1.0 }).collect()
}
