//! The way from any point to one within the limits, or the proof that there is none near.
//!
//! Each step goes to the nearest point within the limits as they look from here; in logarithms a cost
//! such as `6*N*D` looks as it is, and one step does it. Where the limits seem to contradict each other,
//! damped Newton steps lower the sum of their squares, until it stands still: then no direction helps.

use crate::num::algebra::Cholesky;
use crate::num::{clamp, max, min};

use super::FEASIBILITY;
use super::model::Model;
use super::point::{Point, Session};
use super::problem::Part;
use super::qp::{Quadratic, Row};

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
/// Steps back to limits that were left by the curvature of a step alone.
const SHORT: usize = 20;
const HALVINGS: i32 = 12;
/// Violations that fall by a smaller share in a step stand still.
const STILL: f64 = 1e-12;
/// What all violations cost in [`Restoration::nearest`]: more than any but a hopeless step to be rid of them.
const COST: f64 = 1e6;
/// Least damping, as a share of each curvature.
const DAMPING: f64 = 1e-9;
/// Curvatures below this share of the largest are none.
const LEAST: f64 = 1e-100;

/// Moves `u` within the limits.
///
/// # Errors
/// The formula without a value at `u` itself.
pub(super) fn restore(session: &mut Session, u: &[f64]) -> Result<Restored, Part> {
    let mut restoration = Restoration { session, kept: &[] };
    let mut here = restoration.at(u)?;
    let mut damping = DAMPING;
    for _ in 0..STEPS {
        let worst = restoration.worst(&here);
        if worst == 0.0 {
            return Ok(Restored::Feasible(here.u));
        }
        match restoration.project(&here).or_else(|| restoration.relax(&here, &mut damping)) {
            Some(next) => here = next,
            None if worst <= FEASIBILITY => return Ok(Restored::Feasible(here.u)),
            None => return Ok(Restored::Infeasible(here)),
        }
    }
    Ok(Restored::Unfinished(here))
}

/// Moves `u` within the limits, with the rows `kept` at their bounds: where those rows hold a point, to
/// back away from one of them in order to satisfy another could cost more than a step gains.
pub(super) fn restore_keeping(session: &mut Session, u: &[f64], kept: &[usize]) -> Option<Vec<f64>> {
    let mut restoration = Restoration { session, kept };
    let mut here = restoration.at(u).ok()?;
    for _ in 0..SHORT {
        let worst = restoration.worst(&here);
        if worst == 0.0 {
            return Some(here.u);
        }
        match restoration.project(&here) {
            Some(next) => here = next,
            None => return (worst <= FEASIBILITY).then_some(here.u),
        }
    }
    None
}

/// By how much a limit is violated; signed for an equality, zero within rounding.
pub(super) fn violation(model: &Model, point: &Point, limit: usize) -> f64 {
    beyond_rounding(model, point, limit, model.is_equality(limit))
}

fn beyond_rounding(model: &Model, point: &Point, limit: usize, two_sided: bool) -> f64 {
    let by = point.row(limit);
    let rounding = 4.0 * f64::EPSILON * (4.0 + model.bound(limit).abs());
    let counts = if two_sided { by.abs() } else { by };
    if counts > rounding { by } else { 0.0 }
}

/// A quadratic model of the sum of the squared violations.
struct Violations {
    matrix: Vec<f64>,
    slope: Vec<f64>,
}

struct Restoration<'r, 'm> {
    session: &'r mut Session<'m>,
    kept: &'r [usize],
}

impl Restoration<'_, '_> {
    /// The limits at a point, or at the nearest one within the box.
    fn at(&mut self, u: &[f64]) -> Result<Point, Part> {
        let model = self.session.model;
        let inside = |(j, &u): (usize, &f64)| clamp(u, model.edges(j).0, model.edges(j).1);
        let u: Vec<f64> = u.iter().enumerate().map(inside).collect();
        self.session.limits(&u)
    }

    fn is_equality(&self, row: usize) -> bool {
        self.session.model.is_equality(row) || self.kept.contains(&row)
    }

    fn violations(&self, point: &Point) -> Vec<f64> {
        let model = self.session.model;
        let by = |limit| beyond_rounding(model, point, limit, self.is_equality(limit));
        (0..model.limits()).map(by).collect()
    }

    fn worst(&self, point: &Point) -> f64 {
        self.violations(point).iter().fold(0.0, |worst, by| max(worst, by.abs()))
    }

    /// Half the sum of the squared violations.
    fn total(&self, point: &Point) -> f64 {
        0.5 * self.violations(point).iter().map(|by| by * by).sum::<f64>()
    }

    /// A step to the nearest point within the limits as they look from here, shortened until the
    /// violations fall. `None` if they seem to contradict each other, or do not fall.
    fn project(&mut self, here: &Point) -> Option<Point> {
        let step = self.nearest(here)?;
        let before = self.total(here);
        (0..HALVINGS).find_map(|halving| {
            let share = 1.0 / f64::from(1 << halving);
            let next = self.moved(here, &step, share)?;
            (self.total(&next) <= (1.0 - 0.1 * share) * before).then_some(next)
        })
    }

    /// The shortest step that satisfies all limits as they look from here: with one more variable, the
    /// share of the violations that is left, which starts at one and costs enough to end at zero if it can.
    fn nearest(&self, here: &Point) -> Option<Vec<f64>> {
        let (n, limits) = (here.u.len(), self.session.model.limits());
        let row = |limit: usize| {
            let (by, equality) = (here.row(limit), self.is_equality(limit));
            let left = if equality { -by } else { min(-by, 0.0) };
            Row { a: [&here.row_gradient(limit)[..], &[left]].concat(), b: -by, equality }
        };
        let edge = |row: Row| Row { a: [&row.a[..], &[0.0]].concat(), ..row };
        let mut rows: Vec<Row> = (0..limits).map(row).collect();
        rows.extend(self.edges(here).map(edge));
        rows.push(Row { a: unit(n, n + 1, -1.0), b: 0.0, equality: false });
        let size = n + 1;
        let curvature = (0..size * size).map(|i| if i / size == i % size { 1.0 } else { 0.0 }).collect();
        let quadratic = Quadratic { curvature, slope: unit(n, size, COST), sizes: vec![1.0; size] };
        let mut step = quadratic.minimise(&rows, unit(n, size, 1.0)).x;
        step.pop().filter(|left| left.abs() <= 1e-9).map(|_| step)
    }

    /// A step of damped Newton on the sum of the squared violations. `None` if it does not fall.
    fn relax(&mut self, here: &Point, damping: &mut f64) -> Option<Point> {
        let n = here.u.len();
        let Violations { matrix, slope } = self.quadratic(here);
        let largest = (0..n).fold(0.0, |most, j| max(most, matrix[j * n + j]));
        let rows: Vec<Row> = self.edges(here).collect();
        let before = self.total(here);
        while largest > 0.0 && *damping < 1e12 {
            let mut damped = matrix.clone();
            (0..n).for_each(|j| damped[j * n + j] += *damping * max(matrix[j * n + j], LEAST * largest));
            let sizes = (0..n).map(|j| damped[j * n + j].sqrt()).collect();
            let quadratic = Quadratic { curvature: damped, slope: slope.clone(), sizes };
            let step = quadratic.minimise(&rows, vec![0.0; n]).x;
            let foreseen = -quadratic.value(&step);
            if foreseen <= STILL * before {
                return None;
            }
            let next = self.moved(here, &step, 1.0);
            let next = next.filter(|next| before - self.total(next) >= 1e-4 * foreseen);
            if next.is_some() {
                *damping = max(0.1 * *damping, DAMPING);
                return next;
            }
            *damping *= 10.0;
        }
        None
    }

    /// The sum of the squared violations around a point: with the curvature of the limits, where it is
    /// not negative along any variable, so that the last steps are quadratic too.
    fn quadratic(&self, here: &Point) -> Violations {
        let n = here.u.len();
        let by = self.violations(here);
        let (mut matrix, mut slope) = (vec![0.0; n * n], vec![0.0; n]);
        for (limit, by) in by.iter().enumerate().filter(|&(_, by)| *by != 0.0) {
            let gradient = here.row_gradient(limit);
            (0..n * n).for_each(|i| matrix[i] += gradient[i / n] * gradient[i % n]);
            (0..n).for_each(|j| slope[j] += by * gradient[j]);
        }
        let mut curved = here.curvature(&by);
        curved.iter_mut().zip(&matrix).for_each(|(curved, linear)| *curved += linear);
        let mut factor = curved.clone();
        (0..n).for_each(|j| factor[j * n + j] += DAMPING * max(matrix[j * n + j], LEAST));
        let sound = Cholesky::factor(&mut factor, n).is_some();
        Violations { matrix: if sound { curved } else { matrix }, slope }
    }

    fn moved(&mut self, here: &Point, step: &[f64], share: f64) -> Option<Point> {
        let u: Vec<f64> = here.u.iter().zip(step).map(|(u, step)| u + share * step).collect();
        self.at(&u).ok()
    }

    /// The edges of the box, as rows of a step.
    fn edges<'a>(&'a self, here: &'a Point) -> impl Iterator<Item = Row> + 'a {
        let model = self.session.model;
        (model.limits()..model.rows()).map(|row| {
            let equality = self.kept.contains(&row);
            Row { a: here.row_gradient(row), b: max(-here.row(row), 0.0), equality }
        })
    }
}

fn unit(place: usize, size: usize, value: f64) -> Vec<f64> {
    (0..size).map(|j| if j == place { value } else { 0.0 }).collect()
}
