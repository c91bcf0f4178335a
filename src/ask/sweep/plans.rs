//! Plans over a grid.

use super::{Columns, SweepAnswer, SweepCertificate, SweepQuestion, drawn, tiles};
use crate::allocate::Quantity as Valued;
use crate::ask::allocate::{Output, Ready, parameters};
use crate::ask::{AllocateQuestion, AskError, AskedLimit, Asking, Of, Quantity};
use crate::num::max;
use crate::sweep::{self, Axis, Found, Grid, Knob, Sweep};

const BUDGET: &str = "budget";

/// Answers.
pub(super) fn answer(
    question: &SweepQuestion,
    solve: &AllocateQuestion,
    asking: &mut Asking,
) -> Result<SweepAnswer, AskError> {
    let parameters = parameters(solve, asking)?;
    let names: Vec<&str> = parameters.iter().map(|(name, _)| name.as_str()).collect();
    let grid = Grid { axes: axes(question, solve, &names, asking)?, draws: Vec::new() };
    let ready = Ready::new(&first(question, solve, &names)?, asking)?;
    let draws = match &question.draws {
        Some(draws) => drawn(draws, &parameters)?,
        None => ready.draws(),
    };
    let grid = Grid { draws, ..grid };
    let axes: Vec<Vec<f64>> = grid.axes.iter().map(|axis| axis.values.clone()).collect();
    let cells = question.cells(&grid)?;
    let (grid, cells) = grid.around(cells);
    let outputs = outputs(question, &ready)?;
    let shares = question.quantiles.as_deref().unwrap_or_default();
    let mut columns: Vec<Columns> = outputs.iter().map(|(name, _)| Columns::new(name, shares)).collect();
    let valued = |of: &Valued| sweep::Valued::new(of, &grid, Some(ready.problem()));
    let computed = outputs.iter().map(|(_, output)| output.of.as_ref().map(valued).transpose());
    let computed: Vec<Option<sweep::Valued>> =
        computed.collect::<Result<_, _>>().map_err(|error| AskError::at("sweep.outputs", error))?;
    let sweep = Sweep::new(ready.problem(), &grid).map_err(|error| ready.placed(error))?;
    let mut certificate = SweepCertificate::default();
    tiles(cells, &grid, asking, |cells| {
        let tile = sweep.tile(cells.clone()).map_err(|error| ready.placed(error))?;
        for (computed, columns) in computed.iter().zip(&mut columns) {
            let values = computed.as_ref().map(|computed| computed.tile(&cells, Some(&tile)));
            columns.put(values.as_ref().unwrap_or(&tile.value), grid.entries());
        }
        certificate.worst_residual = max(certificate.worst_residual, tile.worst_residual);
        certificate.cells_not_optimal += tile.found.iter().filter(|found| **found != Found::Best).count();
        certificate.infeasible += tile.found.iter().filter(|found| **found == Found::Infeasible).count();
        Ok(())
    })?;
    let unit = |(name, output): &(String, Output)| Some((name.clone(), output.unit?.name().to_owned()));
    Ok(SweepAnswer {
        shape: axes.iter().map(Vec::len).collect(),
        units: outputs.iter().filter_map(unit).collect(),
        axes,
        cells: question.cells,
        columns: columns.into_iter().map(Columns::named).collect(),
        certificate,
        warnings: std::mem::take(&mut asking.warnings),
    })
}

/// The question of one cell: with each axis at its first value.
fn first(
    question: &SweepQuestion,
    solve: &AllocateQuestion,
    parameters: &[&str],
) -> Result<AllocateQuestion, AskError> {
    let mut first = solve.clone();
    for (at, axis) in question.axes.iter().enumerate() {
        let path = format!("sweep.axes[{at}]");
        let given = axis.given(&path)?;
        if !parameters.contains(&axis.of.as_str()) {
            set(&mut first, question, at, given[0].clone())?;
        }
    }
    Ok(first)
}

/// Sets what an axis changes; the place of a limit is that of its axis among those that limit, after the limits of the
/// question.
fn set(
    cell: &mut AllocateQuestion,
    question: &SweepQuestion,
    at: usize,
    value: Quantity,
) -> Result<(), AskError> {
    let axis = &question.axes[at];
    let path = format!("sweep.axes[{at}]");
    if axis.of == BUDGET {
        if cell.budget.is_some() {
            return Err(AskError::malformed(
                path,
                "expected one budget: that of the axis, or of what is solved; got two",
            ));
        }
        cell.budget = Some(value);
        return Ok(());
    }
    let mut limit = AskedLimit { of: Of::Text(axis.of.clone()), ..AskedLimit::default() };
    match axis.limit.as_deref() {
        None | Some("equal") => limit.equal = Some(value),
        Some("at_most") => limit.at_most = Some(value),
        Some("at_least") => limit.at_least = Some(value),
        Some(given) => {
            let message = format!("expected \"at_most\", \"at_least\" or \"equal\"; got \"{given}\"");
            return Err(AskError::malformed(format!("{path}.limit"), message));
        }
    }
    cell.limits.push(limit);
    Ok(())
}

/// The axes, read: of each what it changes, and to what.
fn axes(
    question: &SweepQuestion,
    solve: &AllocateQuestion,
    parameters: &[&str],
    asking: &mut Asking,
) -> Result<Vec<Axis>, AskError> {
    let base = first(question, solve, parameters)?;
    let mut limit = solve.limits.len();
    let mut axes = Vec::new();
    for (at, axis) in question.axes.iter().enumerate() {
        let path = format!("sweep.axes[{at}]");
        let given = axis.given(&path)?;
        if parameters.contains(&axis.of.as_str()) {
            let read =
                |quantity: &&Quantity| quantity.resolve(crate::units::Unit::One, &|| path.clone(), asking);
            let read = given.iter().map(read).collect::<Result<Vec<_>, _>>()?;
            axes.push(Axis { turns: Knob::Value(axis.of.clone()), values: axis.values(&read, &path)? });
            continue;
        }
        let field = if axis.of == BUDGET {
            "allocate.budget".to_owned()
        } else {
            format!("allocate.limits[{limit}].")
        };
        let mut read = Vec::new();
        let mut place = 0;
        for value in given {
            let mut cell = base.clone();
            put(&mut cell, axis.of == BUDGET, limit, value.clone());
            let ready = Ready::new(&cell, asking).map_err(|error| error.within("sweep.solve"))?;
            let none = || {
                AskError::malformed(path.clone(), format!("expected what can be limited; got {}", axis.of))
            };
            let (found, bound) = ready.limit(&field).ok_or_else(none)?;
            place = found;
            read.push(bound);
        }
        limit += usize::from(axis.of != BUDGET);
        axes.push(Axis { turns: Knob::Bound(place), values: axis.values(&read, &path)? });
    }
    Ok(axes)
}

/// Gives the budget, or the limit of a place, another bound.
fn put(cell: &mut AllocateQuestion, budget: bool, limit: usize, value: Quantity) {
    if budget {
        cell.budget = Some(value);
        return;
    }
    let AskedLimit { at_most, at_least, equal, .. } = &mut cell.limits[limit];
    let side = [at_most, at_least, equal].into_iter().find(|side| side.is_some());
    if let Some(side) = side {
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
