//! The profile of a parameter, or of a decision: how well the law can still fit where it is held at a value.
//!
//! Of squares this is the profile likelihood. Of other losses 2 (F(p) − F*) / κ, with κ = mean(ψ²) / mean(ψ') · n/(n − p),
//! is distributed alike where the runs follow the law (Ronchetti 1982): so the interval is where it is below z².

use super::FitError;
use super::decision::{self, Held};
use super::errors::dispersion;
use super::plans::Decision;
use super::problem::{Model, Parameter, Problem};
use super::search::{Fit, Preview, minimise_near};
use crate::num::{self, exp, ln, normal_quantile};

/// F over the values of one parameter or decision, the parameters at their best for each.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Values of what is held, in ascending order.
    pub at: Vec<f64>,
    /// F at each; `None` where the law fits nowhere.
    pub objectives: Vec<Option<f64>>,
    /// The parameters of the problem at each.
    pub values: Vec<Vec<Option<f64>>>,
    /// The ends of the interval. `None` where F does not rise enough on that side: the runs do not bound it.
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
    let Parameter { positive, name, bounds, .. } = &problem.parameters[parameter];
    let Some(value) = fit.values[parameter].filter(|_| fit.held[parameter].is_none()) else {
        return Err(FitError::NotFree { name: name.clone() });
    };
    let mut held = problem.clone();
    let mut refit = |value: f64, near: &[Option<f64>]| {
        held.parameters[parameter].fixed = Some(value);
        minimise_near(&held, &fit.held, near)
    };
    let rise = rise(problem, fit, level)?;
    Walk::new(fit, value, *positive && value > 0.0, *bounds, &mut refit).profile(at, rise)
}

/// The same of a decision, whose value by the fit comes with it. Fits are sought near each other: unlike a parameter, a
/// decision is not held while starts are scanned.
///
/// # Errors
/// If the law cannot be compiled.
pub fn profile_decision<'a>(
    problem: &Problem<'a>,
    fit: &Fit,
    decision: &Decision<'a>,
    at: Option<&[f64]>,
    level: f64,
) -> Result<(f64, Profile), FitError> {
    let model = Model::new(problem, fit.held.clone())?;
    let program = decision::program(problem, &model, decision)?;
    let mut held = Held::new(problem, fit, &model, &program, decision);
    let value = held.value(fit);
    let mut refit = |value: f64, near: &[Option<f64>]| Ok(held.minimise(value, near));
    let rise = rise(problem, fit, level)?;
    let profile = Walk::new(fit, value, value > 0.0, None, &mut refit).profile(at, rise)?;
    Ok((value, profile))
}

/// How far F rises to the ends of an interval; none of absolute values.
fn rise(problem: &Problem, fit: &Fit, level: f64) -> Result<Option<f64>, FitError> {
    let z = normal_quantile(0.5 + 0.5 * level);
    Ok(dispersion(problem, fit)?.map(|kappa| 0.5 * kappa * z * z))
}

/// The best fit with something held at a value, from the parameters of one nearby.
type Refit<'w> = dyn FnMut(f64, &[Option<f64>]) -> Result<Option<Preview>, FitError> + 'w;

/// The refits of a profile.
struct Walk<'w> {
    refit: &'w mut Refit<'w>,
    least: f64,
    parameters: usize,
    /// Whether steps are of the logarithm.
    logarithm: bool,
    /// The coordinate of the answer.
    centre: f64,
    /// Between which coordinates steps stay.
    bounds: [f64; 2],
    visits: Vec<Visit>,
}

#[derive(Clone, Debug)]
struct Visit {
    value: f64,
    objective: Option<f64>,
    values: Vec<Option<f64>>,
}

impl<'w> Walk<'w> {
    fn new(
        fit: &Fit,
        value: f64,
        logarithm: bool,
        bounds: Option<(f64, f64)>,
        refit: &'w mut Refit<'w>,
    ) -> Self {
        let coordinate = |value: f64| if logarithm { ln(value) } else { value };
        let bounds = bounds
            .map_or([f64::NEG_INFINITY, f64::INFINITY], |(low, high)| [coordinate(low), coordinate(high)]);
        Self {
            refit,
            least: fit.objective,
            parameters: fit.values.len(),
            logarithm,
            centre: coordinate(value),
            bounds,
            visits: vec![Visit { value, objective: Some(fit.objective), values: fit.values.clone() }],
        }
    }

    fn profile(&mut self, at: Option<&[f64]>, rise: Option<f64>) -> Result<Profile, FitError> {
        let interval = match rise {
            Some(rise) => [self.end(-1.0, rise)?, self.end(1.0, rise)?],
            None => [None, None],
        };
        let values = at.map_or_else(|| self.around(interval), <[f64]>::to_vec);
        // From the answer outwards, so that each refit starts near its own answer.
        let mut order: Vec<usize> = (0..values.len()).collect();
        let distance = |&at: &usize| (self.coordinate(values[at]) - self.centre).abs();
        order.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
        for place in order {
            self.visit(values[place])?;
        }
        let mut sorted = values;
        sorted.sort_by(f64::total_cmp);
        let found: Vec<&Visit> = sorted.iter().filter_map(|value| self.known(*value)).collect();
        Ok(Profile {
            objectives: found.iter().map(|visit| visit.objective).collect(),
            values: found.iter().map(|visit| visit.values.clone()).collect(),
            at: sorted,
            interval,
        })
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
        let near = |visit: &&Visit| (self.coordinate(visit.value) - self.coordinate(value)).abs();
        let fitted = self.visits.iter().filter(|visit| visit.objective.is_some());
        let nearest = fitted.min_by(|a, b| near(a).total_cmp(&near(b)));
        let start = nearest.map(|visit| visit.values.clone()).unwrap_or_default();
        let (objective, values) = match (self.refit)(value, &start)? {
            Some(found) => (Some(found.objective), found.values),
            None => (None, vec![None; self.parameters]),
        };
        self.visits.push(Visit { value, objective, values });
        Ok(objective)
    }

    /// One end: where F has risen so far.
    fn end(&mut self, side: f64, rise: f64) -> Result<Option<f64>, FitError> {
        let goal = self.least + rise;
        let [low, high] = self.bounds;
        let mut step = if self.logarithm { STEP } else { STEP * num::max(self.centre.abs(), 1e-3) };
        let (mut inside, mut outside) = ((self.centre, self.least), None);
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
            let to = between(inside, outside, self.least, rise);
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
