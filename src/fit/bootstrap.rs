//! What other runs might have said: the law fitted again to resampled ones.
//!
//! Every draw starts at the full-sample optimum, knows nothing of other draws and is polished to the same proof; so an
//! answer does not depend on how draws are shared out.

use std::ops::Range;

use super::FitError;
use super::loss::{Residual, Rho};
use super::minimum::{Minimum, minimum};
use super::objective::Objective;
use super::observations::Observations;
use super::polish::{Ended, Polisher};
use super::problem::{Model, Problem};
use super::search::{Fit, Progress, rounding};
use super::starts::scan;
use super::surrogate::Surrogate;
use crate::num::exp;
use crate::num::rng::Stream;

/// How runs are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resampling<'a> {
    /// Rows, with replacement: for runs that are independent of each other (Efron 1979).
    Rows,
    /// Whole groups, with replacement: for rows that share a run, a budget or a seed. One group for each row, counted
    /// from 0.
    Groups(&'a [usize]),
    /// The same runs, with residuals whose signs are drawn for whole groups (wild cluster bootstrap: Cameron, Gelbach
    /// and Miller 2008): for few groups, or noise that differs between them.
    Wild(&'a [usize]),
    /// These rows.
    Given(&'a [Vec<usize>]),
}

/// The parameters over the draws.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draws {
    /// For each parameter of the problem a column, in the order of the draws; `None` in a draw that found no proof.
    pub values: Vec<Vec<Option<f64>>>,
    /// F at the optimum of each draw.
    pub objectives: Vec<Option<f64>>,
    /// Draws that found no proof.
    pub failed: usize,
}

/// Residuals that are this many times the median are outliers: resamples with and without them are of two kinds, and
/// each draw then starts from its own scan too.
const OUTLIER: f64 = 15.0;

/// Fits the law to resampled runs: the draws of `range`, of which each is the same whatever the range. `fixed` has the
/// draws of parameters that are not fitted: each draw of the runs takes the next of them.
///
/// # Errors
/// If the law cannot be compiled, groups are not one for each row, or given rows are not there.
pub fn bootstrap(
    problem: &Problem,
    fit: &Fit,
    resampling: Resampling,
    seed: u64,
    fixed: &[(usize, &[f64])],
    range: Range<u64>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Draws, FitError> {
    let model = Model::new(problem, fit.held.clone())?;
    let mut resampler = Resampler::new(problem, &model, fit, resampling, seed)?;
    let columns = vec![Vec::new(); problem.parameters.len()];
    let mut draws = Draws { values: columns, objectives: Vec::new(), failed: 0 };
    let of = (range.end - range.start) as usize;
    for draw in range {
        let with = with_fixed(problem, &model, fixed, draw)?;
        let model = with.as_ref().unwrap_or(&model);
        let found = resampler.draw(model, draw);
        draws.failed += usize::from(found.is_none());
        draws.objectives.push(found.as_ref().map(|minimum| minimum.value));
        let values =
            found.map_or_else(|| vec![None; draws.values.len()], |minimum| model.values(&minimum.theta));
        draws.values.iter_mut().zip(values).for_each(|(column, value)| column.push(value));
        progress(Progress { done: draws.objectives.len(), of, stage: "draws" });
    }
    Ok(draws)
}

/// The model of a draw, where what is fixed differs between them.
fn with_fixed(
    problem: &Problem,
    model: &Model,
    fixed: &[(usize, &[f64])],
    draw: u64,
) -> Result<Option<Model>, FitError> {
    if fixed.is_empty() {
        return Ok(None);
    }
    let mut held = model.held.clone();
    for (parameter, draws) in fixed {
        held[*parameter] = Some(draws[(draw % draws.len() as u64) as usize]);
    }
    Model::new(problem, held).map(Some)
}

struct Resampler<'p, 'a> {
    problem: &'p Problem<'a>,
    resampling: Resampling<'p>,
    seed: u64,
    /// The full-sample optimum, and what it leaves.
    theta: Vec<f64>,
    residuals: Vec<f64>,
    observed: Observations,
    groups: usize,
    two_kinds: bool,
    polisher: Polisher,
}

/// The runs of one draw.
struct Sample {
    rows: Vec<usize>,
    observed: Observations,
}

impl<'p, 'a> Resampler<'p, 'a> {
    fn new(
        problem: &'p Problem<'a>,
        model: &Model,
        fit: &Fit,
        resampling: Resampling<'p>,
        seed: u64,
    ) -> Result<Self, FitError> {
        let observed = Observations::new(problem);
        let runs = observed.target.len();
        let groups = match resampling {
            Resampling::Groups(groups) | Resampling::Wild(groups) if groups.len() != runs => {
                return Err(FitError::Groups { expected: runs, given: groups.len() });
            }
            Resampling::Groups(groups) | Resampling::Wild(groups) => {
                groups.iter().max().map_or(0, |most| most + 1)
            }
            Resampling::Rows => runs,
            Resampling::Given(samples) => {
                if let Some(&row) = samples.iter().flatten().find(|row| **row >= runs) {
                    return Err(FitError::Resample { runs, given: row });
                }
                runs
            }
        };
        let mut polisher = Polisher::default();
        Objective::of(problem, model).linearise(&fit.theta, &mut polisher.point);
        let residuals = polisher.point.residuals.clone();
        let two_kinds = outlying(&residuals);
        let theta = fit.theta.clone();
        Ok(Self { problem, resampling, seed, theta, residuals, observed, groups, two_kinds, polisher })
    }

    /// The minimum of one draw; `None` without proof.
    fn draw(&mut self, model: &Model, draw: u64) -> Option<Minimum> {
        let sample = self.sample(draw);
        let columns: Vec<Vec<f64>> =
            self.problem.inputs.iter().map(|(_, column)| picked(column, &sample.rows)).collect();
        let inputs: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let response = sample.response();
        let deviations = self.problem.deviations.map(|column| picked(column, &sample.rows));
        let problem = Problem {
            inputs: self.problem.inputs.iter().map(|(name, _)| *name).zip(inputs.iter().copied()).collect(),
            response: &response,
            weights: Some(&sample.observed.weights),
            deviations: deviations.as_deref(),
            ..self.problem.clone()
        };
        let mut objective = Objective::new(model, &inputs, sample.observed.clone(), Rho::of(problem.loss));
        let mut best = self.polish(&mut objective, &self.theta.clone());
        if self.two_kinds {
            let starts = scan(&problem, model, &mut Surrogate::new(&problem, model));
            let other = starts.first().map(|start| model.theta(&start.values));
            let other = other.map(|theta| self.polish(&mut objective, &theta));
            best = other.filter(|other| other.value < best.value).unwrap_or(best);
        }
        let rounding = rounding(&problem);
        let proved = best.ended != Ended::Invalid
            && best.local.curved()
            && best.local.stationary(best.value, rounding);
        proved.then_some(best)
    }

    fn polish(&mut self, objective: &mut Objective, start: &[f64]) -> Minimum {
        minimum(&mut self.polisher, objective, self.problem.loss.shape, start)
    }

    /// The runs of a draw, each row once, with how often it was drawn as a weight.
    fn sample(&self, draw: u64) -> Sample {
        let runs = self.residuals.len();
        let mut stream = Stream::new(self.seed, draw);
        let mut times = vec![0.0; self.groups.max(runs)];
        match self.resampling {
            Resampling::Rows => (0..runs).for_each(|_| times[stream.index(runs)] += 1.0),
            Resampling::Given(samples) => samples[draw as usize].iter().for_each(|&row| times[row] += 1.0),
            Resampling::Groups(groups) => {
                let mut drawn = vec![0.0; self.groups];
                (0..self.groups).for_each(|_| drawn[stream.index(self.groups)] += 1.0);
                times = groups.iter().map(|&group| drawn[group]).collect();
            }
            Resampling::Wild(groups) => {
                let signs: Vec<f64> = (0..self.groups).map(|_| [1.0, -1.0][stream.index(2)]).collect();
                return self.wild(&groups.iter().map(|&group| signs[group]).collect::<Vec<_>>());
            }
        }
        let rows: Vec<usize> = (0..runs).filter(|&row| times[row] > 0.0).collect();
        let times: Vec<f64> = rows.iter().map(|&row| times[row]).collect();
        Sample { observed: self.observed.gathered(&rows, &times), rows }
    }

    /// Every run, with its residual times a sign.
    fn wild(&self, signs: &[f64]) -> Sample {
        let target = (0..signs.len()).map(|row| {
            let noise = self.residuals[row] / self.observed.precision(row);
            self.observed.target[row] + noise - signs[row] * noise
        });
        Sample { observed: self.observed.with_target(target.collect()), rows: (0..signs.len()).collect() }
    }
}

impl Sample {
    /// What the runs of this sample report.
    fn response(&self) -> Vec<f64> {
        match self.observed.of {
            Residual::Log => self.observed.target.iter().map(|log| exp(*log)).collect(),
            Residual::Raw => self.observed.target.clone(),
        }
    }
}

fn picked(column: &[f64], rows: &[usize]) -> Vec<f64> {
    rows.iter().map(|&row| column[row]).collect()
}

/// Whether some runs lie so far off that resamples with and without them are of two kinds.
fn outlying(residuals: &[f64]) -> bool {
    let mut sizes: Vec<f64> = residuals.iter().map(|r| r.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    let median = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
    sizes.last().is_some_and(|largest| *largest > OUTLIER * median)
}
