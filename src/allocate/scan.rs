//! A look at the whole box: points that fill it evenly, of which none may be better than the answer.

use std::sync::Arc;

use super::model::Compiled;
use super::scale::Scale;
use super::source::Source;
use super::{AllocateError, FEASIBILITY, Sense};
use crate::formula::{Leaf, Order, Program};
use crate::num::kronecker::Kronecker;
use crate::num::max;

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
        Ok(Self { columns, objective, violation })
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

    /// Where to look again: in each part of the box the best point within the limits, or the one nearest to them.
    pub fn starts(&self) -> Vec<Vec<f64>> {
        let part = |i: usize| i * STRATA / POINTS;
        let mut order: Vec<usize> = (0..POINTS).collect();
        let lead = &self.columns[0];
        order.sort_by(|&a, &b| lead[a].total_cmp(&lead[b]).then(a.cmp(&b)));
        let mut best: Vec<Option<usize>> = vec![None; STRATA];
        for (rank, &i) in order.iter().enumerate().filter(|(_, i)| self.violation[**i] < f64::INFINITY) {
            let place = &mut best[part(rank)];
            let worth = |i: usize| (self.violation[i], self.objective[i]);
            if place.is_none_or(|known| worth(i) < worth(known)) {
                *place = Some(i);
            }
        }
        let point = |i: usize| self.columns.iter().map(|column| column[i]).collect();
        best.into_iter().flatten().map(point).collect()
    }
}

/// Points that fill the box of the variables that are not fixed.
fn spread(of: &Compiled, centre: &[f64]) -> Vec<Vec<f64>> {
    let fixed: Vec<Option<f64>> = (0..of.free.len()).map(|j| of.fixed(j)).collect();
    let open = fixed.iter().filter(|fixed| fixed.is_none()).count();
    let points = Kronecker::new(max(open as f64, 1.0) as usize);
    let mut axis = 0;
    let mut column = |(j, fixed): (usize, &Option<f64>)| {
        let Some(value) = fixed else {
            let (low, high) = of.edges(j);
            let low = if of.is_declared(j, false) { low } else { max(centre[j] - REACH, low) };
            let high = if of.is_declared(j, true) { high } else { crate::num::min(centre[j] + REACH, high) };
            let coordinate = |i: usize| low + (high - low) * points.coordinate(i as u64, axis);
            let column = (0..POINTS).map(coordinate).collect();
            axis += 1;
            return column;
        };
        vec![*value; POINTS]
    };
    fixed.iter().enumerate().map(&mut column).collect()
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
