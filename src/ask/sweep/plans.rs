//! Plans over a grid.

use std::ops::Range;
use std::sync::Arc;

use super::opened::{Cells, Stretch, Told};
use super::{SweepCertificate, SweepQuestion};
use crate::allocate::Quantity as Valued;
use crate::ask::allocate::{Output, Ready, parameters};
use crate::ask::{AllocateQuestion, AskError, AskedAxis, AskedLimit, Asking, FitChoice, Of, Quantity};
use crate::formula::{Precision, SpreadOver};
use crate::num::max;
use crate::sweep::{self, Axis, Found, Grid, Knob, Sweep, Tile};
use crate::units::Unit;

const BUDGET: &str = "budget";

/// Reads what is solved.
pub(super) fn open(
    question: &SweepQuestion,
    solve: &AllocateQuestion,
    asking: &mut Asking,
) -> Result<Plans, AskError> {
    let Posed { grid, ready } = Posed::new(question, solve, asking)?;
    let stretch = Stretch::of(question, grid)?;
    let outputs = outputs(question, &ready)?;
    let problem = Arc::new(ready.problem().clone());
    let valued = |of: &Valued| sweep::Valued::new(of, &stretch.grid, Some(&problem), Precision::Double);
    let computed = outputs.iter().map(|(_, output)| output.of.as_ref().map(valued).transpose());
    let computed =
        computed.collect::<Result<_, _>>().map_err(|error| AskError::at("sweep.outputs", error))?;
    let sweep = Sweep::new(problem, Arc::clone(&stretch.grid))
        .map_err(|error| ready.placed(error).within("sweep.solve"))?;
    let units = outputs.into_iter().map(|(name, output)| (name, output.unit)).collect();
    Ok(Plans { stretch, units, computed, sweep })
}

/// Plans, and what is told of them.
pub(super) struct Plans {
    stretch: Stretch,
    units: Vec<(String, Option<Unit>)>,
    /// Nothing where what is minimised is told.
    computed: Vec<Option<sweep::Valued>>,
    sweep: Sweep,
}

impl Cells for Plans {
    fn stretch(&self) -> &Stretch {
        &self.stretch
    }

    fn outputs(&self) -> &[(String, Option<Unit>)] {
        &self.units
    }

    fn tile(&self, cells: Range<usize>, certificate: &mut SweepCertificate) -> Vec<Vec<f64>> {
        self.told(&cells, &self.sweep.tile(cells.clone()), certificate)
    }

    fn twins(&self) -> Vec<Option<SpreadOver>> {
        vec![self.sweep.twin()]
    }

    fn tile_told(
        &self,
        cells: Range<usize>,
        told: &[Option<Told>],
        certificate: &mut SweepCertificate,
    ) -> Vec<Vec<f64>> {
        match told.first() {
            Some(Some((twin, told))) => {
                self.told(&cells, &self.sweep.tile_told(cells.clone(), twin, told), certificate)
            }
            _ => self.tile(cells, certificate),
        }
    }
}

impl Plans {
    /// What is told of the plans of some cells.
    fn told(&self, cells: &Range<usize>, tile: &Tile, certificate: &mut SweepCertificate) -> Vec<Vec<f64>> {
        certificate.worst_residual = max(certificate.worst_residual, tile.worst_residual);
        certificate.cells_not_optimal += tile.found.iter().filter(|found| **found != Found::Best).count();
        certificate.infeasible += tile.found.iter().filter(|found| **found == Found::Infeasible).count();
        let told = |computed: &Option<sweep::Valued>| match computed {
            Some(computed) => computed.tile(cells, Some(tile)),
            None => tile.value.clone(),
        };
        self.computed.iter().map(told).collect()
    }
}

/// A sweep that is read.
struct Posed {
    grid: Grid,
    /// The question of the first cell. The boxes of its variables hold the values of all axes.
    ready: Ready,
}

impl Posed {
    fn new(
        question: &SweepQuestion,
        solve: &AllocateQuestion,
        asking: &mut Asking,
    ) -> Result<Self, AskError> {
        let within = |error: AskError| error.within("sweep.solve");
        let parameters = read_parameters(question, solve, asking)?;
        let limiting: Vec<usize> = (0..question.axes.len())
            .filter(|at| !parameters.iter().any(|(name, _)| *name == question.axes[*at].of))
            .collect();
        let cell = first(question, solve, &limiting)?;
        let mut ready = Ready::new(&cell, asking).map_err(within)?;
        let mut axes = Vec::new();
        for (at, axis) in question.axes.iter().enumerate() {
            let path = format!("sweep.axes[{at}]");
            axes.push(if limiting.contains(&at) {
                let field = field(question, solve, &limiting, at);
                limited(axis, &path, &cell, &field, &mut ready, asking)?
            } else {
                turned(axis, &path, asking)?
            });
        }
        let draws = match &question.draws {
            Some(draws) => ready.drawn(draws, "sweep.draws", &mut asking.warnings)?,
            None => ready.draws(),
        };
        Ok(Self { grid: Grid { axes, draws, fit: parameters }, ready })
    }
}

/// The parameters of the law. A name that only an axis has is a variable, as one that only a limit has.
fn read_parameters(
    question: &SweepQuestion,
    solve: &AllocateQuestion,
    asking: &mut Asking,
) -> Result<Vec<(String, f64)>, AskError> {
    let told = asking.warnings.len();
    let read = parameters(solve, asking).or_else(|error| {
        let valued: Vec<&str> = solve.fit.iter().flat_map(FitChoice::names).collect();
        let variables =
            (0..question.axes.len()).filter(|at| !valued.contains(&question.axes[*at].of.as_str()));
        let cell = first(question, solve, &variables.collect::<Vec<_>>())?;
        parameters(&cell, asking).map_err(|_| error.within("sweep.solve"))
    });
    // The same is told of the question of a cell.
    asking.warnings.truncate(told);
    read
}

/// The question of the first cell, with these axes at their first values: the limit of each stands after those of the question, in
/// their order.
fn first(
    question: &SweepQuestion,
    solve: &AllocateQuestion,
    limiting: &[usize],
) -> Result<AllocateQuestion, AskError> {
    let mut first = solve.clone();
    for at in limiting {
        let (axis, path) = (&question.axes[*at], format!("sweep.axes[{at}]"));
        let value = Some(axis.given(&path)?[0].clone());
        if axis.of == BUDGET {
            axis.check_side(&path, "the budget")?;
            if first.budget.is_some() {
                let message = "expected one budget: that of the axis, or of what is solved; got two";
                return Err(AskError::malformed(path, message));
            }
            first.budget = value;
            continue;
        }
        let mut limit = AskedLimit { of: Of::Text(axis.of.clone()), ..AskedLimit::default() };
        *side(&mut limit, axis, &path)? = value;
        first.limits.push(limit);
    }
    Ok(first)
}

/// The side on which an axis limits.
fn side<'a>(
    limit: &'a mut AskedLimit,
    axis: &AskedAxis,
    path: &str,
) -> Result<&'a mut Option<Quantity>, AskError> {
    match axis.limit.as_deref() {
        None | Some("equal") => Ok(&mut limit.equal),
        Some("at_most") => Ok(&mut limit.at_most),
        Some("at_least") => Ok(&mut limit.at_least),
        Some(given) => {
            let message = format!("expected \"at_most\", \"at_least\" or \"equal\"; got \"{given}\"");
            Err(AskError::malformed(format!("{path}.limit"), message))
        }
    }
}

/// The field of a cell's question that an axis sets.
fn field(question: &SweepQuestion, solve: &AllocateQuestion, limiting: &[usize], at: usize) -> String {
    if question.axes[at].of == BUDGET {
        return "allocate.budget".to_owned();
    }
    let before = limiting.iter().filter(|limit| **limit < at && question.axes[**limit].of != BUDGET);
    format!("allocate.limits[{}].", solve.limits.len() + before.count())
}

/// An axis of a parameter.
fn turned(axis: &AskedAxis, path: &str, asking: &mut Asking) -> Result<Axis, AskError> {
    axis.check_side(path, "a parameter")?;
    let read = axis.given(path)?.into_iter();
    let read = read.map(|quantity| quantity.resolve(Unit::One, &|| path.to_owned(), asking));
    let read = read.collect::<Result<Vec<_>, _>>()?;
    Ok(Axis { turns: Knob::Value(axis.of.clone()), values: axis.values(&read, path)? })
}

/// An axis of a limit: each of its values is read as in the question of its cell, and bounds the same.
fn limited(
    axis: &AskedAxis,
    path: &str,
    cell: &AllocateQuestion,
    field: &str,
    ready: &mut Ready,
    asking: &mut Asking,
) -> Result<Axis, AskError> {
    let none = || AskError::malformed(path, format!("expected what can be limited; got {}", axis.of));
    let (place, _) = ready.limit(field).ok_or_else(none)?;
    let mut read = Vec::new();
    for value in axis.given(path)? {
        let mut cell = cell.clone();
        put(&mut cell, field, value.clone());
        let told = asking.warnings.len();
        let posed = Ready::new(&cell, asking).map_err(|error| error.moved(path))?;
        let new = asking.warnings.split_off(told);
        for warning in new {
            if !asking.warnings.contains(&warning) {
                asking.warnings.push(warning);
            }
        }
        let (_, bound) = posed.limit(field).ok_or_else(none)?;
        if !posed.bounds_alike(ready, place) {
            let message = "expected amounts of one kind: what one of them bounds, another does not";
            return Err(AskError::malformed(path, message));
        }
        ready.widen(&posed);
        read.push(bound);
    }
    Ok(Axis { turns: Knob::Bound(place), values: axis.values(&read, path)? })
}

/// Gives the field of a question another amount.
fn put(cell: &mut AllocateQuestion, field: &str, value: Quantity) {
    let place = field.strip_prefix("allocate.limits[").and_then(|rest| rest.strip_suffix("]."));
    let Some(limit) = place.and_then(|place| cell.limits.get_mut(place.parse::<usize>().ok()?)) else {
        cell.budget = Some(value);
        return;
    };
    let AskedLimit { at_most, at_least, equal, .. } = limit;
    if let Some(side) = [at_most, at_least, equal].into_iter().find(|side| side.is_some()) {
        *side = Some(value);
    }
}

/// What is told of each cell.
fn outputs(question: &SweepQuestion, ready: &Ready) -> Result<Vec<(String, Output)>, AskError> {
    let usual = || {
        let minimized = ready.minimized().to_owned();
        ready.names().iter().cloned().chain([minimized]).collect()
    };
    let names: Vec<String> = question.outputs.clone().unwrap_or_else(usual);
    let output = |(at, name): (usize, String)| {
        let output = ready.output(name.trim(), &format!("sweep.outputs[{at}]"))?;
        Ok((name, output))
    };
    names.into_iter().enumerate().map(output).collect()
}
