//! The search for an optimum: sequential quadratic programming within a trust region.
//!
//! Every point it visits is within the limits. From each, a quadratic model of the Lagrangian under the
//! limits as they look from there gives a step and a guess of which limits bind; the step is brought back
//! within the limits and taken if the objective falls as foreseen. As soon as the guess repeats itself and
//! steps are short, Newton's method finishes ([`super::polish`]) and the result is judged
//! ([`super::certificate`]). Nothing is random, and nothing is kept from one search to the next.
//!
//! # Source
//! Nocedal and Wright, *Numerical Optimization*, 2nd ed. (2006), chapters 16 and 18.

use crate::num::algebra::Cholesky;
use crate::num::{max, min};

use super::certificate::{Verdict, judge};
use super::point::{Point, Session};
use super::polish::polish;
use super::problem::Part;
use super::qp::{Minimum, Quadratic, Row};
use super::restore::{Restored, restore, restore_keeping};
use super::{HAS_NO_ENDS, LEAST_SHARE};

/// The first trust region, in factors of e: wide, since a wide step costs nothing when it fails.
const RADIUS: f64 = 64.0;
/// Steps and trust regions this short lead nowhere, at first.
const LEAST: f64 = 1e-10;
const STEPS: usize = 400;
/// Steps at most this long are worth an attempt at the last digits.
const NEAR: f64 = 2.0;
/// Changes of the logarithm of the objective below this are read off the slopes.
const VISIBLE: f64 = 1e-9;
/// How often a walk goes on.
const ROUNDS: usize = 32;
/// Steps this short lead nowhere even near an end of the box that it does not reach.
const CLOSEST: f64 = 0.1 * LEAST_SHARE;

/// How a search ended.
#[derive(Clone)]
pub(super) enum Found {
    /// The first-order conditions hold, and no direction is known to fall.
    Stationary(Point, Verdict),
    /// No point within the limits; here the violations are as small as they get.
    Infeasible(Point),
    /// None of these.
    Unfinished(Point, Verdict),
}

/// Searches from `start`.
///
/// # Errors
/// The formula without a value there.
pub(super) fn search(session: &mut Session, start: &[f64]) -> Result<Found, Part> {
    let u = match restore(session, start)? {
        Restored::Feasible(u) => u,
        Restored::Infeasible(point) => return Ok(Found::Infeasible(point)),
        Restored::Unfinished(point) => {
            let point = session.everything(&point.u)?;
            let verdict = judge(session.model, &point, &[]);
            return Ok(Found::Unfinished(point, verdict));
        }
    };
    let here = session.everything(&u)?;
    let rows = session.model.rows();
    let multipliers = vec![0.0; rows];
    let walk =
        Walk { session, here, radius: RADIUS, multipliers, binding: vec![], tried: NEAR, least: LEAST };
    Ok(walk.run())
}

struct Walk<'s, 'm> {
    session: &'s mut Session<'m>,
    here: Point,
    radius: f64,
    multipliers: Vec<f64>,
    /// The rows that the last step took for binding.
    binding: Vec<usize>,
    /// Steps must be at most this long for the next attempt at the last digits.
    tried: f64,
    /// Steps and trust regions this short lead nowhere.
    least: f64,
}

/// How an attempt at the last digits ended.
enum Attempt {
    Done(Box<Found>),
    /// At a ridge, which was left.
    Moved,
    Failed,
}

/// A step of the quadratic model.
struct Step {
    by: Vec<f64>,
    length: f64,
    foreseen: f64,
    multipliers: Vec<f64>,
    binding: Vec<usize>,
    /// Whether the trust region, and no limit or edge, ends it.
    cut: bool,
}

impl Walk<'_, '_> {
    fn run(mut self) -> Found {
        for _ in 0..ROUNDS {
            if let Some(found) = self.walk() {
                return found;
            }
            if HAS_NO_ENDS || !self.approach() && !self.look_closer() {
                break;
            }
        }
        let verdict = judge(self.session.model, &self.here, &self.binding);
        Found::Unfinished(self.here, verdict)
    }

    /// Walks until steps lead nowhere, if they do not lead to an optimum.
    fn walk(&mut self) -> Option<Found> {
        for _ in 0..STEPS {
            let step = self.model_step()?;
            let repeats = self.binding == step.binding;
            if !repeats {
                self.tried = NEAR;
            }
            self.multipliers.clone_from(&step.multipliers);
            self.binding.clone_from(&step.binding);
            if !step.cut && (repeats && step.length <= self.tried || step.length <= LEAST) {
                self.tried = 0.25 * step.length;
                match self.finish(&step.binding) {
                    Attempt::Done(found) => return Some(*found),
                    Attempt::Moved => continue,
                    Attempt::Failed => {}
                }
            }
            self.take(&step);
            if step.length <= self.least || self.radius <= self.least {
                break;
            }
        }
        None
    }

    /// Goes to ends of the box that it does not reach, where that is no worse: a formula may bend without end towards one,
    /// and then each step goes a part of the way that is left, and none arrives.
    fn approach(&mut self) -> bool {
        let model = self.session.model;
        let mut closer = false;
        for row in model.open_edges() {
            let (before, Some((j, high))) = (self.here.row(row), model.edge(row)) else { continue };
            let mut u = self.here.u.clone();
            u[j] = if high { model.edges(j).1 } else { model.edges(j).0 };
            let there = self.arrive(&u, &[&self.binding[..], &[row]].concat());
            let is_good = |there: &Point| there.row(row) > 0.5 * before;
            let lower = |there: &Point| there.objective() <= self.here.objective();
            if let Some(there) = there.filter(|there| is_good(there) && lower(there)) {
                (self.here, closer) = (there, true);
            }
        }
        if closer {
            (self.radius, self.tried) = (1.0, NEAR);
        }
        closer
    }

    /// Near an end that the box does not reach steps may be as small as what is left; `false` if they were.
    fn look_closer(&mut self) -> bool {
        let closer = self.least > CLOSEST && self.session.model.open_edges().next().is_some();
        (self.least, self.radius) = (CLOSEST, max(self.radius, LEAST));
        closer
    }

    /// Looks for an optimum near, with just these rows binding.
    fn finish(&mut self, binding: &[usize]) -> Attempt {
        match polish(self.session, &self.here, &self.multipliers, binding) {
            Some((point, verdict)) if verdict.is_stationary() => {
                if !verdict.is_ridge() {
                    Attempt::Done(Box::new(Found::Stationary(point, verdict)))
                } else if self.leave(&point, &verdict) {
                    Attempt::Moved
                } else {
                    Attempt::Failed
                }
            }
            _ => Attempt::Failed,
        }
    }

    /// Walks off a ridge, to the lower side; `false` if neither is lower.
    fn leave(&mut self, ridge: &Point, verdict: &Verdict) -> bool {
        let longest = verdict.direction.iter().fold(0.0, |most, x| max(most, x.abs()));
        let height = min(self.here.objective(), ridge.objective());
        let sides = [0.5, -0.5].map(|by| {
            let along = ridge.u.iter().zip(&verdict.direction);
            let u: Vec<f64> = along.map(|(u, direction)| u + by / longest * direction).collect();
            self.arrive(&u, &verdict.binding)
        });
        let lower = |a: Point, b: Point| if b.objective() < a.objective() { b } else { a };
        let lowest = sides.into_iter().flatten().reduce(lower).filter(|side| side.objective() < height);
        (self.radius, self.tried) = (1.0, NEAR);
        lowest.map(|side| self.here = side).is_some()
    }

    /// The point within the limits that a step to `u` leads to, with the rows `binding` kept if possible.
    fn arrive(&mut self, u: &[f64], binding: &[usize]) -> Option<Point> {
        let u = restore_keeping(self.session, u, binding).or_else(|| match restore(self.session, u) {
            Ok(Restored::Feasible(u)) => Some(u),
            _ => None,
        })?;
        self.session.everything(&u).ok()
    }

    /// Takes a step if the objective falls, and adapts the trust region to how well it was foreseen.
    fn take(&mut self, step: &Step) {
        let u: Vec<f64> = self.here.u.iter().zip(&step.by).map(|(u, by)| u + by).collect();
        let there = self.arrive(&u, &step.binding);
        let gained = |there: &Point| change(&self.here, there, &step.multipliers) / step.foreseen;
        // Of nothing foreseen and nothing gained the share is no number: no agreement.
        let agreement = there.as_ref().map(gained).filter(|share| !share.is_nan()).unwrap_or(-1.0);
        if agreement < 0.25 {
            self.radius = 0.25 * min(step.length, self.radius);
        } else if agreement > 0.75 && step.cut {
            self.radius = 2.0 * step.length;
        }
        if let Some(there) = there.filter(|_| agreement > 1e-3) {
            self.here = there;
        }
    }

    fn model_step(&self) -> Option<Step> {
        let (here, n) = (&self.here, self.here.u.len());
        let mut curvature = here.hessian(&self.multipliers);
        let sizes = here.sizes(&curvature);
        let shift = shift(&curvature, &sizes)?;
        (0..n).for_each(|j| curvature[j * n + j] += shift * sizes[j] * sizes[j]);
        let (rows, beyond) = self.rows();
        let quadratic = Quadratic { curvature, slope: here.gradient().to_vec(), sizes };
        let Minimum { x: by, mut multipliers, mut binding } = quadratic.minimise(&rows, vec![0.0; n]);
        let cut = binding.iter().any(|row| beyond.contains(row));
        binding.retain(|row| !beyond.contains(row));
        binding.sort_unstable();
        for &row in &beyond {
            multipliers[row] = 0.0;
        }
        let length = by.iter().fold(0.0, |most, x| max(most, x.abs()));
        let foreseen = quadratic.value(&by);
        Some(Step { by, length, foreseen, multipliers, binding, cut })
    }

    /// The limits as they look from here, the edges of the box and the trust region; and which of the
    /// edges are the trust region's.
    fn rows(&self) -> (Vec<Row>, Vec<usize>) {
        let (model, here) = (self.session.model, &self.here);
        let mut beyond = Vec::new();
        let rows = (0..model.rows()).map(|row| {
            let equality = model.is_equality(row);
            let mut room = if equality { 0.0 } else { max(-here.row(row), 0.0) };
            if row >= model.limits() && room > self.radius {
                room = self.radius;
                beyond.push(row);
            }
            Row { a: here.row_gradient(row), b: room, equality }
        });
        (rows.collect(), beyond)
    }
}

/// What share of the squared sizes to add to the diagonal to make the matrix positive definite.
fn shift(curvature: &[f64], sizes: &[f64]) -> Option<f64> {
    let n = sizes.len();
    let scaled: Vec<f64> = (0..n * n).map(|i| curvature[i] / (sizes[i / n] * sizes[i % n])).collect();
    let mut shift = 0.0;
    while shift <= 1e4 {
        let mut shifted = scaled.clone();
        (0..n).for_each(|j| shifted[j * n + j] += shift);
        if Cholesky::factor(&mut shifted, n).is_some() {
            return Some(shift);
        }
        shift = max(100.0 * shift, 1e-8);
    }
    None
}

/// How much the logarithm of the objective changes from one point to another: by its values, or, where
/// the change is lost in their rounding, by its slopes at both ends. What comes of the rounding with which
/// binding limits are kept is taken out by their multipliers.
fn change(from: &Point, to: &Point, multipliers: &[f64]) -> f64 {
    let binds = |row: usize| max(from.row(row).abs(), to.row(row).abs()) <= VISIBLE;
    let held: Vec<usize> =
        (0..multipliers.len()).filter(|&row| multipliers[row] != 0.0 && binds(row)).collect();
    let direct = to.objective() - from.objective();
    if direct.abs() > VISIBLE {
        return direct;
    }
    let slope = |point: &Point| {
        let mut slope = point.gradient().to_vec();
        for &row in &held {
            let gradient = point.row_gradient(row);
            slope.iter_mut().zip(&gradient).for_each(|(slope, a)| *slope += multipliers[row] * a);
        }
        slope
    };
    let both = slope(from).into_iter().zip(slope(to)).map(|(from, to)| 0.5 * (from + to));
    both.zip(&from.u).zip(&to.u).map(|((slope, from), to)| slope * (to - from)).sum()
}
