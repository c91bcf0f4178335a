//! The way from any point to one within the limits, or the proof that there is none near.
//!
//! Each step goes to the nearest point within the limits as they look from here; in logarithms a cost
//! such as `6*N*D` looks as it is, and one step does it. Where the limits seem to contradict each other,
//! damped least squares lowers the violations, until it stands still: then no direction helps.

use crate::num::{clamp, ln, max, min};

use super::FEASIBILITY;
use super::model::{Model, Point, Session};
use super::problem::Part;
use super::qp::{Quadratic, Row, dot};

/// How a restoration ended.
pub(super) enum Restored {
    /// Within all limits, to rounding.
    Feasible(Vec<f64>),
    /// The violations cannot fall further from here.
    Infeasible(Point),
    /// Neither, within the steps allowed.
    Unfinished(Point),
}

const STEPS: usize = 200;
const HALVINGS: i32 = 12;
/// Violations that fall by a smaller share in a step stand still.
const STILL: f64 = 1e-10;
/// What all violations cost in [`nearest`]: more than any but a hopeless step to be rid of them.
const COST: f64 = 1e6;
/// Least damping, as a share of the largest curvature.
const DAMPING: f64 = 1e-9;

/// Moves `u` within the limits.
///
/// # Errors
/// The formula without a value at `u` itself.
pub(super) fn restore(session: &mut Session, u: &[f64]) -> Result<Restored, Part> {
    let u: Vec<f64> = u.iter().enumerate().map(|(j, &u)| inside(session, j, u)).collect();
    let mut here = session.limits(&u)?;
    let mut damping = DAMPING;
    for _ in 0..STEPS {
        let worst = worst(session, &here);
        if worst == 0.0 {
            return Ok(Restored::Feasible(here.u));
        }
        let next = match project(session, &here) {
            Some(next) => Some(next),
            None => relax(session, &here, &mut damping),
        };
        match next {
            Some(next) => here = next,
            None if worst <= FEASIBILITY => return Ok(Restored::Feasible(here.u)),
            None => return Ok(Restored::Infeasible(here)),
        }
    }
    Ok(Restored::Unfinished(here))
}

/// The coordinate, or the edge of the box that it lies beyond.
fn inside(session: &Session, variable: usize, u: f64) -> f64 {
    let (low, high) = session.model.edges(variable);
    clamp(u, low, high)
}

/// By how much a limit is violated; signed for an equality, zero within rounding.
pub(super) fn violation(model: &Model, point: &Point, limit: usize) -> f64 {
    let by = point.row(limit);
    let rounding = 4.0 * f64::EPSILON * (4.0 + ln(model.bound(limit)).abs());
    let counts = if model.is_equality(limit) { by.abs() } else { by };
    if counts > rounding { by } else { 0.0 }
}

fn worst(session: &Session, point: &Point) -> f64 {
    (0..session.model.limits()).fold(0.0, |worst, i| max(worst, violation(session.model, point, i).abs()))
}

/// Half the sum of the squared violations.
fn total(session: &Session, point: &Point) -> f64 {
    0.5 * (0..session.model.limits()).map(|i| violation(session.model, point, i)).map(|v| v * v).sum::<f64>()
}

/// A step to the nearest point within the limits as they look from here, shortened until the violations
/// fall. `None` if they seem to contradict each other, or do not fall.
fn project(session: &mut Session, here: &Point) -> Option<Point> {
    let step = nearest(session.model, here)?;
    let before = total(session, here);
    (0..HALVINGS).find_map(|halving| {
        let share = 1.0 / f64::from(1 << halving);
        let next = moved(session, here, &step, share)?;
        (total(session, &next) <= (1.0 - 0.1 * share) * before).then_some(next)
    })
}

/// The shortest step that satisfies all limits as they look from here: with one more variable, the share
/// of the violations that is left, which starts at one and costs enough to end at zero if it can.
fn nearest(model: &Model, here: &Point) -> Option<Vec<f64>> {
    let n = here.u.len();
    let row = |limit: usize| {
        let (by, equality) = (here.row(limit), model.is_equality(limit));
        let left = if equality { -by } else { min(-by, 0.0) };
        Row { a: [&here.row_gradient(limit)[..], &[left]].concat(), b: -by, equality }
    };
    let edge = |row: Row| Row { a: [&row.a[..], &[0.0]].concat(), ..row };
    let mut rows: Vec<Row> = (0..model.limits()).map(row).collect();
    rows.extend(box_rows(here, model.limits()).map(edge));
    rows.push(Row { a: unit(n, n + 1, -1.0), b: 0.0, equality: false });
    let size = n + 1;
    let curvature = (0..size * size).map(|i| if i / size == i % size { 1.0 } else { 0.0 }).collect();
    let quadratic = Quadratic { curvature, slope: unit(n, size, COST), sizes: vec![1.0; size] };
    let mut step = quadratic.minimise(&rows, unit(n, size, 1.0)).x;
    step.pop().filter(|left| left.abs() <= 1e-9).map(|_| step)
}

fn unit(place: usize, size: usize, value: f64) -> Vec<f64> {
    (0..size).map(|j| if j == place { value } else { 0.0 }).collect()
}

/// A step of damped least squares on the violations. `None` if they do not fall.
fn relax(session: &mut Session, here: &Point, damping: &mut f64) -> Option<Point> {
    let (n, limits) = (here.u.len(), session.model.limits());
    let (mut matrix, mut slope) = (vec![0.0; n * n], vec![0.0; n]);
    for limit in 0..limits {
        let by = violation(session.model, here, limit);
        let gradient = here.row_gradient(limit);
        if by != 0.0 {
            (0..n * n).for_each(|i| matrix[i] += gradient[i / n] * gradient[i % n]);
            (0..n).for_each(|j| slope[j] += by * gradient[j]);
        }
    }
    let largest = (0..n).fold(0.0, |most, j| max(most, matrix[j * n + j]));
    let rows: Vec<Row> = box_rows(here, limits).collect();
    let before = total(session, here);
    while largest > 0.0 && *damping < 1e12 {
        let mut damped = matrix.clone();
        (0..n).for_each(|j| damped[j * n + j] += *damping * largest);
        let sizes = (0..n).map(|j| damped[j * n + j].sqrt()).collect();
        let quadratic = Quadratic { curvature: damped, slope: slope.clone(), sizes };
        let step = quadratic.minimise(&rows, vec![0.0; n]).x;
        let curved: f64 = (0..n * n).map(|i| step[i / n] * matrix[i] * step[i % n]).sum();
        let foreseen = -dot(&slope, &step) - 0.5 * curved;
        if foreseen <= STILL * before {
            return None;
        }
        let next = moved(session, here, &step, 1.0);
        let next = next.filter(|next| before - total(session, next) >= 1e-4 * foreseen);
        if next.is_some() {
            *damping = max(0.1 * *damping, DAMPING);
            return next;
        }
        *damping *= 10.0;
    }
    None
}

fn moved(session: &mut Session, here: &Point, step: &[f64], share: f64) -> Option<Point> {
    let u = here.u.iter().zip(step).enumerate();
    let u: Vec<f64> = u.map(|(j, (u, step))| inside(session, j, u + share * step)).collect();
    session.limits(&u).ok()
}

/// The edges of the box, as rows of a step.
fn box_rows(here: &Point, limits: usize) -> impl Iterator<Item = Row> + '_ {
    let rows = limits..limits + 2 * here.u.len();
    rows.map(|row| Row { a: here.row_gradient(row), b: max(-here.row(row), 0.0), equality: false })
}
