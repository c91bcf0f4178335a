//! A look at the whole box: points that fill it evenly, of which none may be better than the answer.

use std::sync::Arc;

use super::model::Compiled;
use super::scale::Scale;
use super::source::Source;
use super::{AllocateError, FEASIBILITY, Sense};
use crate::formula::{Leaf, Order, Program};
use crate::num::kronecker::Kronecker;
use crate::num::{ln_1p, max};

/// How many points are looked at.
pub(super) const POINTS: usize = 1 << 12;
/// How far the scan of a variable without a box reaches to either side of an answer: four decades.
const REACH: f64 = 9.210_340_371_976_182;
/// In how many parts of the box the best point is remembered.
const STRATA: usize = 8;

/// What the points are like.
pub(super) struct Scan {
    /// The columns of the variables, as they are worked.
    columns: Vec<Vec<f64>>,
    /// The objective as it is worked; infinite where it has no value.
    objective: Vec<f64>,
    /// Half the sum of the squared violations; infinite where the problem means nothing.
    violation: Vec<f64>,
    /// The shares of each whole.
    wholes: Vec<Vec<usize>>,
}

impl Scan {
    /// Looks at every point, around `centre` where there is no box.
    pub fn new(of: &Compiled, centre: &[f64]) -> Result<Self, AllocateError> {
        let columns = spread(of, centre);
        let mut holds = vec![true; POINTS];
        let objective = column(of, 0, &columns, &mut holds)?;
        let mut violation = vec![0.0; POINTS];
        for (i, sense) in of.senses.iter().enumerate() {
            let bound = of.scales[i + 1].worked(of.bounds[i]);
            let quantity = column(of, i + 1, &columns, &mut holds)?;
            for (sum, worked) in violation.iter_mut().zip(quantity) {
                let by = worked - bound;
                let by = match sense {
                    Sense::AtMost => max(by, 0.0),
                    Sense::AtLeast => max(-by, 0.0),
                    // One bought by rounding is no better: there is no tolerance but where there is no inside.
                    Sense::Equal if by.abs() <= FEASIBILITY => 0.0,
                    Sense::Equal => by,
                };
                *sum += 0.5 * by * by;
            }
        }
        for ((violation, objective), holds) in violation.iter_mut().zip(&objective).zip(holds) {
            if !holds || violation.is_nan() || objective.is_nan() {
                *violation = f64::INFINITY;
            }
        }
        Ok(Self { columns, objective, violation, wholes: of.wholes.clone() })
    }

    /// How many of the points are within all limits.
    pub fn within(&self) -> usize {
        self.violation.iter().filter(|violation| **violation == 0.0).count()
    }

    /// The best value within all limits, as it is worked.
    pub fn best(&self) -> Option<f64> {
        let within = (0..POINTS).filter(|&i| self.violation[i] == 0.0);
        within.map(|i| self.objective[i]).reduce(crate::num::min)
    }

    /// Where to look again: in each part of the box the best point within the limits, or the one nearest to them; and so
    /// among the points at which a share is the largest of its whole, since a corner of a simplex may be an optimum.
    pub fn starts(&self) -> Vec<Vec<f64>> {
        let part = |i: usize| i * STRATA / POINTS;
        let mut order: Vec<usize> = (0..POINTS).collect();
        let lead = &self.columns[0];
        order.sort_by(|&a, &b| lead[a].total_cmp(&lead[b]).then(a.cmp(&b)));
        let mut best: Vec<Option<usize>> = vec![None; STRATA + self.columns.len()];
        for (rank, &i) in order.iter().enumerate().filter(|(_, i)| self.violation[**i] < f64::INFINITY) {
            let worth = |i: usize| (self.violation[i], self.objective[i]);
            let largest = self.wholes.iter().map(|whole| STRATA + self.largest(whole, i));
            for place in largest.chain([part(rank)]) {
                let place = &mut best[place];
                if place.is_none_or(|known| worth(i) < worth(known)) {
                    *place = Some(i);
                }
            }
        }
        let point = |i: usize| self.columns.iter().map(|column| column[i]).collect();
        best.into_iter().flatten().map(point).collect()
    }
}

impl Scan {
    /// The variable that is the largest share of a whole at a point.
    fn largest(&self, whole: &[usize], i: usize) -> usize {
        let larger = |a: usize, b: usize| if self.columns[b][i] > self.columns[a][i] { b } else { a };
        whole.iter().copied().reduce(larger).unwrap_or(0)
    }
}

/// Points that fill the box of the variables that are not fixed, and of shares the simplex.
fn spread(of: &Compiled, centre: &[f64]) -> Vec<Vec<f64>> {
    let fixed: Vec<Option<f64>> = (0..of.free.len()).map(|j| of.fixed(j)).collect();
    let open = fixed.iter().filter(|fixed| fixed.is_none()).count();
    let points = Kronecker::new(max(open as f64, 1.0) as usize);
    let mut axis = 0;
    let mut column = |(j, fixed): (usize, &Option<f64>)| {
        let Some(value) = fixed else {
            let (low, high) = if of.whole_of(j).is_some() { (0.0, 1.0) } else { of.edges(j) };
            let low = if of.is_declared(j, false) { low } else { max(centre[j] - REACH, low) };
            let high = if of.is_declared(j, true) || of.whole_of(j).is_some() {
                high
            } else {
                crate::num::min(centre[j] + REACH, high)
            };
            let coordinate = |i: usize| low + (high - low) * points.coordinate(i as u64, axis);
            let column = (0..POINTS).map(coordinate).collect();
            axis += 1;
            return column;
        };
        vec![*value; POINTS]
    };
    let mut columns: Vec<Vec<f64>> = fixed.iter().enumerate().map(&mut column).collect();
    for whole in &of.wholes {
        share_out(whole, &fixed, &mut columns);
    }
    columns
}

/// Shares that lie evenly on the simplex, of numbers that lie evenly between 0 and 1: exponential waiting times over
/// their sum. What is fixed stays.
///
/// # Source
/// Devroye, *Non-Uniform Random Variate Generation* (1986), theorem V.2.2.
fn share_out(whole: &[usize], fixed: &[Option<f64>], columns: &mut [Vec<f64>]) {
    let (given, open): (Vec<usize>, Vec<usize>) = whole.iter().partition(|&&j| fixed[j].is_some());
    let left = 1.0 - given.iter().filter_map(|&j| fixed[j]).sum::<f64>();
    let waited: Vec<Vec<f64>> =
        open.iter().map(|&j| columns[j].iter().map(|&u| -ln_1p(-u)).collect()).collect();
    let all = |i: usize| waited.iter().map(|column| column[i]).sum::<f64>();
    for (&j, own) in open.iter().zip(&waited) {
        columns[j] = own.iter().enumerate().map(|(i, waited)| left * waited / all(i)).collect();
    }
}

/// A formula at every point as it is worked, not a number where it has no value; takes from `holds` where its conditions
/// do not.
fn column(
    of: &Compiled,
    at: usize,
    columns: &[Vec<f64>],
    holds: &mut [bool],
) -> Result<Vec<f64>, AllocateError> {
    let (source, scale) = (&of.sources[at], of.scales[at]);
    let program = compile(of, source)?;
    let natural: Vec<Vec<f64>> = of
        .variables
        .iter()
        .zip(columns)
        .filter_map(|(scale, column)| match scale {
            Scale::Log => None,
            Scale::Natural(size) => Some(column.iter().map(|u| u * size).collect()),
        })
        .collect();
    let data: Vec<&[f64]> = natural.iter().map(Vec::as_slice).collect();
    let logs: Vec<&[f64]> = of
        .variables
        .iter()
        .zip(columns)
        .filter(|(scale, _)| **scale == Scale::Log)
        .map(|(_, column)| &column[..])
        .collect();
    let mut values = vec![0.0; POINTS];
    let mut bound = program.bind(&data);
    bound.values(&source.values, &logs, &mut values);
    bound.keep(&source.values, &logs, holds);
    let worked = |value: f64| if scale.takes(value) { scale.worked(value) } else { f64::NAN };
    Ok(values.into_iter().map(worked).collect())
}

fn compile(of: &Compiled, source: &Source) -> Result<Arc<Program>, AllocateError> {
    let leaf = |scale: &Scale| if *scale == Scale::Log { Leaf::LogColumn } else { Leaf::Data };
    let mut leaves: Vec<(&str, Leaf)> =
        of.free.iter().zip(&of.variables).map(|(free, scale)| (free.name.as_str(), leaf(scale))).collect();
    leaves.extend(source.names.iter().map(|name| (name.as_str(), Leaf::Scalar)));
    Program::shared(&source.formula, &leaves, &[], Order::Value)
        .map_err(|error| AllocateError::Formula { part: source.part, source: error })
}
