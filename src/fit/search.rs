//! The whole search: scan, polish, audit, sub-models, certificate.

use super::FitError;
use super::minimum::{Interpolated, Minimum, minimum};
use super::objective::Objective;
use super::observations::Observations;
use super::polish::Polisher;
use super::problem::{Model, Problem};
use super::starts::{audit, scan};
use super::surrogate::{Start, Surrogate};
use crate::outcome::{Termination, Warning};

/// Starts of the scan that are ranked by F.
const RANKED: usize = 16;
/// Of these, the lowest that differ are polished.
const POLISHED: usize = 3;
/// Blind starts.
const AUDITS: u64 = 16;
/// The seed of the blind starts: the same for every fit, chosen before any data.
const SEED: u64 = 2022;
/// Two objectives closer than this, relatively, are the same minimum.
const SAME: f64 = 1e-9;

/// How far a fit has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Starts polished.
    pub done: usize,
    /// Starts to polish, as far as is known.
    pub of: usize,
    /// What is being done.
    pub stage: &'static str,
}

/// A fitted law.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The value of each parameter of the problem; `None` for one on which the law depends no more, such
    /// as the exponent of a term that vanished.
    pub values: Vec<Option<f64>>,
    /// F, the sum of Huber losses of the log residuals.
    pub objective: f64,
    /// Runs fitted.
    pub runs: usize,
    /// Parameters found: neither fixed, nor at a bound, nor those of a term that vanished.
    pub free: usize,
    /// Σ ψ(r) r / F: with which power of the residuals F grows; `None` where none is left.
    pub power: Option<f64>,
    /// How the search ended.
    pub termination: Termination,
    /// What proves the minimum.
    pub certificate: Certificate,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
    /// The values held: those that were given, and the coefficients of terms that vanished.
    pub(super) held: Vec<Option<f64>>,
    /// The answer in the coordinates of the fit.
    pub(super) theta: Vec<f64>,
}

/// What proves that a fit is at the minimum, or how far it is from being proved.
#[derive(Clone, Debug, PartialEq)]
pub struct Certificate {
    /// The largest component of the gradient relative to the terms that cancel in it.
    pub gradient: f64,
    /// Half the Newton decrement squared: how far F can still fall near the answer.
    pub decrement: f64,
    /// Of the Hessian scaled to ones on its diagonal; positive at a minimum with a bottom.
    pub smallest_eigenvalue: f64,
    /// Blind starts tried.
    pub starts: usize,
    /// Blind starts that reached the answer.
    pub agreeing: usize,
    /// Blind starts that found a better answer than the scan, which then replaced it.
    pub improved: usize,
    /// The seed of the blind starts.
    pub seed: u64,
    /// For each coefficient, the lowest F of the law without its term; `None` where none was found.
    pub without: Vec<(String, Option<f64>)>,
    /// Of absolute values: the runs that the law goes through, with what holds it there.
    pub interpolated: Option<Vec<Interpolated>>,
    /// Evaluations of F with first and second derivatives, over all starts.
    pub evaluations: usize,
}

/// Fits the law, and proves it.
///
/// # Errors
/// Any [`FitError`]. A fit that does not converge is no error: see [`Fit::termination`].
pub fn fit(problem: &Problem, progress: &mut dyn FnMut(Progress)) -> Result<Fit, FitError> {
    problem.check()?;
    let mut search = Search { problem, progress, polisher: Polisher::default(), done: 0, of: 0 };
    let mut held = fixed(problem);
    let mut vanished: Vec<usize> = Vec::new();
    loop {
        let model = Model::new(problem, held.clone())?;
        let terms = model.terms(problem);
        search.of = search.done + 1 + AUDITS as usize + terms.len();
        let first = search.minimise(&model, "starts").ok_or(FitError::NowherePositive)?;
        let (minimum, starts) = search.audit(&model, first);
        let without = search.without(&model, &terms);
        let same = |value: f64| value <= minimum.value * (1.0 + SAME) + rounding(problem);
        match without.iter().find(|(_, value)| value.is_some_and(same)) {
            // The law does as well without this term: its coefficient is zero, not a small number.
            Some(&(term, _)) => {
                held[term] = Some(0.0);
                vanished.push(term);
            }
            None => return Ok(search.report(&model, &minimum, starts, &without, &vanished)),
        }
    }
}

/// The lowest minimum from the scan's starts, without any proof: what can be shown while runs are being
/// changed, a hundred times sooner than the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The value of each parameter of the problem, as in [`Fit::values`].
    pub values: Vec<Option<f64>>,
    /// F, the sum of Huber losses of the log residuals.
    pub objective: f64,
    /// Evaluations of F with first and second derivatives.
    pub evaluations: usize,
}

/// Fits the law from the scan's starts alone: without blind starts, sub-models and certificate. An answer
/// that is kept or passed on is that of [`fit`].
///
/// # Errors
/// As [`fit`].
pub fn preview(problem: &Problem) -> Result<Preview, FitError> {
    problem.check()?;
    let mut search = Search { problem, progress: &mut |_| {}, polisher: Polisher::default(), done: 0, of: 1 };
    let model = Model::new(problem, fixed(problem))?;
    let minimum = search.minimise(&model, "starts").ok_or(FitError::NowherePositive)?;
    Ok(Preview {
        values: model.values(&minimum.theta),
        objective: minimum.value,
        evaluations: search.polisher.evaluations,
    })
}

/// The lower of the minimum near some values and of that from the scan's starts, nothing where
/// the law fits nowhere. What was held in a fit before is held here.
pub(super) fn minimise_near(
    problem: &Problem,
    held: &[Option<f64>],
    near: &[Option<f64>],
) -> Result<Option<Preview>, FitError> {
    let held = fixed(problem).into_iter().zip(held).map(|(fixed, held)| fixed.or(*held)).collect();
    let model = Model::new(problem, held)?;
    let mut search = Search { problem, progress: &mut |_| {}, polisher: Polisher::default(), done: 0, of: 1 };
    let mut best = search.minimise(&model, "starts");
    let start: Option<Vec<f64>> = model.free.iter().map(|&i| near.get(i).copied().flatten()).collect();
    if let Some(start) = start {
        let mut objective = Objective::of(problem, &model);
        let warm = search.polish(&mut objective, &model.theta(&start));
        if warm.value.is_finite() && best.as_ref().is_none_or(|best| warm.value < best.value) {
            best = Some(warm);
        }
    }
    Ok(best.map(|minimum| Preview {
        values: model.values(&minimum.theta),
        objective: minimum.value,
        evaluations: search.polisher.evaluations,
    }))
}

/// What the blind starts showed.
#[derive(Clone, Copy, Default)]
struct Audit {
    agreeing: usize,
    improved: usize,
}

struct Search<'p, 'a> {
    problem: &'p Problem<'a>,
    progress: &'p mut dyn FnMut(Progress),
    polisher: Polisher,
    done: usize,
    of: usize,
}

impl Search<'_, '_> {
    fn step(&mut self, stage: &'static str) {
        self.done += 1;
        self.of = self.of.max(self.done);
        (self.progress)(Progress { done: self.done, of: self.of, stage });
    }

    /// The lowest minimum from the scan's starts.
    fn minimise(&mut self, model: &Model, stage: &'static str) -> Option<Minimum> {
        let problem = self.problem;
        let starts = scan(problem, model, &mut Surrogate::new(problem, model));
        let mut objective = Objective::of(problem, model);
        let mut best: Option<Minimum> = None;
        for start in promising(model, &mut objective, starts) {
            let minimum = self.polish(&mut objective, &start);
            if best.as_ref().is_none_or(|best| minimum.value < best.value) {
                best = Some(minimum);
            }
        }
        self.step(stage);
        best.filter(|minimum| minimum.value.is_finite())
    }

    fn polish(&mut self, objective: &mut Objective, start: &[f64]) -> Minimum {
        minimum(&mut self.polisher, objective, self.problem.loss.shape, start)
    }

    /// Polishes the blind starts; a better minimum replaces the answer.
    fn audit(&mut self, model: &Model, first: Minimum) -> (Minimum, Audit) {
        let problem = self.problem;
        let mut surrogate = Surrogate::new(problem, model);
        let mut objective = Objective::of(problem, model);
        let mut best = first;
        let (mut values, mut improved) = (Vec::new(), 0);
        for draw in 0..AUDITS {
            let start = audit(problem, model, &mut surrogate, SEED, draw);
            let minimum = self.polish(&mut objective, &model.theta(&start.values));
            values.push(minimum.value);
            if minimum.value < best.value * (1.0 - SAME) - rounding(problem) {
                best = minimum;
                improved += 1;
            }
            self.step("audit starts");
        }
        let same = |value: &&f64| **value <= best.value * (1.0 + SAME) + rounding(problem);
        let agreeing = values.iter().filter(same).count();
        (best, Audit { agreeing, improved })
    }

    /// The lowest F without each of `terms`.
    fn without(&mut self, model: &Model, terms: &[usize]) -> Vec<(usize, Option<f64>)> {
        terms
            .iter()
            .map(|&term| {
                let mut held = model.held.clone();
                held[term] = Some(0.0);
                let value = match Model::new(self.problem, held) {
                    Ok(smaller) if !smaller.free.is_empty() => self.minimise(&smaller, "sub-models"),
                    _ => None,
                };
                (term, value.map(|minimum| minimum.value))
            })
            .collect()
    }

    fn report(
        &self,
        model: &Model,
        minimum: &Minimum,
        audit: Audit,
        without: &[(usize, Option<f64>)],
        vanished: &[usize],
    ) -> Fit {
        let name = |i: usize| self.problem.parameters[i].name.clone();
        let runs = self.problem.response.len();
        let values = model.values(&minimum.theta);
        let mut warnings: Vec<Warning> = vanished
            .iter()
            .map(|&i| {
                let message = format!("{} is zero at the best fit: these runs do not need its term", name(i));
                Warning::new("fit.term_vanished", message).with("parameter", name(i))
            })
            .collect();
        if audit.agreeing < 2 {
            let message = format!("only {} of {AUDITS} blind starts reached this minimum", audit.agreeing);
            warnings.push(Warning::new("fit.few_starts_agree", message).with("agreeing", audit.agreeing));
        }
        for (i, parameter) in self.problem.parameters.iter().enumerate() {
            let outside = |(low, high): (f64, f64)| values[i].is_some_and(|x| x < low || x > high);
            let soft = parameter.range.filter(|_| parameter.fixed.is_none() && parameter.bounds.is_none());
            if let Some((low, high)) = soft.filter(|&range| outside(range)) {
                let message =
                    format!("{} lies outside {low} to {high}, where starts are drawn", parameter.name);
                warnings.push(Warning::new("fit.outside_range", message).with("parameter", name(i)));
            }
        }
        for i in minimum.at_bounds(model).map(|k| model.free[k]) {
            let value = values[i].unwrap_or(f64::NAN);
            let message = format!("{} ran to {value}, a bound that it was given", name(i));
            warnings.push(Warning::new("fit.at_bound", message).with("parameter", name(i)));
        }
        Fit {
            values,
            objective: minimum.value,
            runs,
            free: minimum.held.iter().filter(|held| !**held).count(),
            power: minimum.power,
            termination: minimum.termination(model, rounding(self.problem), !vanished.is_empty()),
            certificate: Certificate {
                gradient: minimum.gradient,
                decrement: minimum.local.decrement,
                smallest_eigenvalue: minimum.local.smallest_eigenvalue,
                starts: AUDITS as usize,
                agreeing: audit.agreeing,
                improved: audit.improved,
                seed: SEED,
                without: without.iter().map(|&(i, value)| (name(i), value)).collect(),
                interpolated: minimum.interpolated.clone(),
                evaluations: self.polisher.evaluations,
            },
            warnings,
            held: model.held.clone(),
            theta: minimum.theta.clone(),
        }
    }
}

/// The values that are not to be found.
fn fixed(problem: &Problem) -> Vec<Option<f64>> {
    problem.parameters.iter().map(|parameter| parameter.fixed).collect()
}

/// F of residuals that are nothing but rounding.
fn rounding(problem: &Problem) -> f64 {
    Observations::new(problem).rounding(problem.loss.shape)
}

/// The starts of lowest F that differ from each other, as θ.
fn promising(model: &Model, objective: &mut Objective, starts: Vec<Start>) -> Vec<Vec<f64>> {
    let mut ranked: Vec<(f64, Vec<f64>)> = starts
        .into_iter()
        .take(RANKED)
        .map(|start| model.theta(&start.values))
        .map(|theta| (objective.value(&theta), theta))
        .filter(|(value, _)| value.is_finite())
        .collect();
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
    ranked.dedup_by(|b, a| b.1.iter().zip(&a.1).all(|(b, a)| (b - a).abs() <= 1e-6));
    ranked.into_iter().take(POLISHED).map(|(_, theta)| theta).collect()
}
