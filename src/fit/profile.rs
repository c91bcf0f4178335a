//! The profile of a parameter: how well the law can still fit where the parameter is held at a value.
//!
//! Of squares this is the profile likelihood. Of other losses 2 (F(p) − F*) / κ, with κ = mean(ψ²) / mean(ψ') · n/(n − p),
//! is distributed alike where the runs follow the law (Ronchetti 1982): so the interval is where it is below z².

use super::FitError;
use super::errors::dispersion;
use super::problem::{Parameter, Problem};
use super::search::{Fit, minimise_near};
use crate::num::{self, exp, ln, normal_quantile};

/// F over the values of one parameter, the others at their best for each.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Values of the parameter, in ascending order.
    pub at: Vec<f64>,
    /// F at each; `None` where the law fits nowhere.
    pub objectives: Vec<Option<f64>>,
    /// The parameters of the problem at each.
    pub values: Vec<Vec<Option<f64>>>,
    /// The ends of the interval. `None` where F does not rise enough on that side: the runs do not bound the parameter.
    /// Both are `None` of absolute values, of which nothing is known but F.
    pub interval: [Option<f64>; 2],
}

/// Points where none are asked for.
const POINTS: usize = 41;
/// The first step from the answer, as a share of the parameter or of its logarithm, where no standard error is known.
const STEP: f64 = 0.1;
/// Steps outwards, each twice the last, before a side counts as open.
const OUTWARDS: usize = 12;
/// The ends are found to this share of the interval.
const PRECISION: f64 = 1e-6;
/// Refits for one end, at most.
const REFITS: usize = 40;

/// The profile of a parameter at the values `at`, or over and around its interval of probability `level`.
///
/// # Errors
/// Any [`FitError`] of the law with this parameter fixed.
pub fn profile(
    problem: &Problem,
    fit: &Fit,
    parameter: usize,
    at: Option<&[f64]>,
    level: f64,
) -> Result<Profile, FitError> {
    let mut walk = Walk::new(problem, fit, parameter)?;
    let rise = walk.rise(level)?;
    let interval = match rise {
        Some(rise) => [walk.end(-1.0, rise)?, walk.end(1.0, rise)?],
        None => [None, None],
    };
    let values = match at {
        Some(at) => at.to_vec(),
        None => walk.around(interval),
    };
    // From the answer outwards, so that each refit starts near its own answer.
    let mut order: Vec<usize> = (0..values.len()).collect();
    let distance = |&at: &usize| (walk.coordinate(values[at]) - walk.centre).abs();
    order.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
    for place in order {
        walk.visit(values[place])?;
    }
    let mut sorted = values;
    sorted.sort_by(f64::total_cmp);
    let found: Vec<&Visit> = sorted.iter().filter_map(|value| walk.known(*value)).collect();
    Ok(Profile {
        objectives: found.iter().map(|visit| visit.objective).collect(),
        values: found.iter().map(|visit| visit.values.clone()).collect(),
        at: sorted,
        interval,
    })
}

/// The refits of a profile.
struct Walk<'p, 'a> {
    problem: &'p Problem<'a>,
    fit: &'p Fit,
    parameter: usize,
    /// Whether steps are of the logarithm.
    logarithm: bool,
    /// The coordinate of the answer.
    centre: f64,
    visits: Vec<Visit>,
}

#[derive(Clone, Debug)]
struct Visit {
    value: f64,
    objective: Option<f64>,
    values: Vec<Option<f64>>,
}

impl<'p, 'a> Walk<'p, 'a> {
    fn new(problem: &'p Problem<'a>, fit: &'p Fit, parameter: usize) -> Result<Self, FitError> {
        let Parameter { positive, name, .. } = &problem.parameters[parameter];
        let Some(value) = fit.values[parameter].filter(|_| fit.held[parameter].is_none()) else {
            return Err(FitError::NotFree { name: name.clone() });
        };
        let logarithm = *positive && value > 0.0;
        let centre = if logarithm { ln(value) } else { value };
        let first = Visit { value, objective: Some(fit.objective), values: fit.values.clone() };
        Ok(Self { problem, fit, parameter, logarithm, centre, visits: vec![first] })
    }

    fn coordinate(&self, value: f64) -> f64 {
        if self.logarithm { ln(value) } else { value }
    }

    fn value(&self, coordinate: f64) -> f64 {
        if self.logarithm { exp(coordinate) } else { coordinate }
    }

    fn known(&self, value: f64) -> Option<&Visit> {
        self.visits.iter().find(|visit| visit.value.total_cmp(&value).is_eq())
    }

    /// F with the parameter at a value.
    fn visit(&mut self, value: f64) -> Result<Option<f64>, FitError> {
        if let Some(known) = self.known(value) {
            return Ok(known.objective);
        }
        let mut problem = self.problem.clone();
        problem.parameters[self.parameter].fixed = Some(value);
        let near = |visit: &&Visit| (self.coordinate(visit.value) - self.coordinate(value)).abs();
        let nearest = self.visits.iter().min_by(|a, b| near(a).total_cmp(&near(b)));
        let start = nearest.map(|visit| visit.values.clone()).unwrap_or_default();
        let found = minimise_near(&problem, &self.fit.held, &start)?;
        let (objective, values) = match found {
            Some(found) => (Some(found.objective), found.values),
            None => (None, vec![None; problem.parameters.len()]),
        };
        self.visits.push(Visit { value, objective, values });
        Ok(objective)
    }

    /// How far F rises to the ends of an interval.
    fn rise(&self, level: f64) -> Result<Option<f64>, FitError> {
        let z = normal_quantile(0.5 + 0.5 * level);
        Ok(dispersion(self.problem, self.fit)?.map(|kappa| 0.5 * kappa * z * z))
    }

    /// One end: where F has risen so far.
    fn end(&mut self, side: f64, rise: f64) -> Result<Option<f64>, FitError> {
        let goal = self.fit.objective + rise;
        let (low, high) = self.problem.parameters[self.parameter]
            .bounds
            .map_or((f64::NEG_INFINITY, f64::INFINITY), |(low, high)| {
                (self.coordinate(low), self.coordinate(high))
            });
        let mut step = if self.logarithm { STEP } else { STEP * num::max(self.centre.abs(), 1e-3) };
        let (mut inside, mut outside) = ((self.centre, self.fit.objective), None);
        for _ in 0..OUTWARDS {
            let to = num::clamp(self.centre + side * step, low, high);
            match self.visit(self.value(to))? {
                Some(objective) if objective <= goal => inside = (to, objective),
                objective => {
                    outside = Some((to, objective.unwrap_or(f64::INFINITY)));
                    break;
                }
            }
            if to <= low || to >= high {
                return Ok(None);
            }
            step *= 2.0;
        }
        let Some(mut outside) = outside else { return Ok(None) };
        for _ in 0..REFITS {
            if (outside.0 - inside.0).abs() <= PRECISION * (outside.0 - self.centre).abs() {
                break;
            }
            let to = between(inside, outside, self.fit.objective, rise);
            match self.visit(self.value(to))? {
                Some(objective) if objective <= goal => inside = (to, objective),
                objective => outside = (to, objective.unwrap_or(f64::INFINITY)),
            }
        }
        Ok(Some(self.value(inside.0)))
    }

    /// Points over the interval and a quarter of it on either side.
    fn around(&self, interval: [Option<f64>; 2]) -> Vec<f64> {
        let visited = |side: f64| {
            let ends = self.visits.iter().map(|visit| side * self.coordinate(visit.value));
            side * ends.fold(f64::NEG_INFINITY, num::max)
        };
        let [low, high] = [(interval[0], -1.0), (interval[1], 1.0)]
            .map(|(end, side)| end.map_or_else(|| visited(side), |end| self.coordinate(end)));
        let room = 0.25 * (high - low);
        let (low, high) = if interval[0].is_some() { (low - room, high) } else { (low, high) };
        let high = if interval[1].is_some() { high + room } else { high };
        let step = (high - low) / (POINTS - 1) as f64;
        (0..POINTS).map(|at| self.value(low + step * at as f64)).collect()
    }
}

/// Where to look for the end between a point inside and one outside: by the root of the rise, which is nearly straight,
/// and never within a tenth of either.
fn between(inside: (f64, f64), outside: (f64, f64), least: f64, rise: f64) -> f64 {
    let root = |objective: f64| num::max(objective - least, 0.0).sqrt();
    let (a, b, goal) = (root(inside.1), root(outside.1), rise.sqrt());
    let share = if b.is_finite() && b > a { (goal - a) / (b - a) } else { 0.5 };
    inside.0 + num::clamp(share, 0.1, 0.9) * (outside.0 - inside.0)
}
