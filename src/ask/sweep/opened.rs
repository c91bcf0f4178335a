//! A sweep that is read and ready: what is solved in each cell, and what each is compared with.

use std::ops::Range;
use std::sync::Arc;

use super::columns::Columns;
use super::{SweepAnswer, SweepCertificate, SweepQuestion, plans, values};
use crate::ask::{AskError, Asking};
use crate::formula::SpreadOver;
use crate::outcome::Warning;
use crate::sweep::Grid;
use crate::units::Unit;

/// What is solved over some cells.
pub(super) trait Cells {
    /// Which cells they are.
    fn stretch(&self) -> &Stretch;

    /// What is told of each, with its unit.
    fn outputs(&self) -> &[(String, Option<Unit>)];

    /// For each output a column over the entries of some of them.
    fn tile(&self, cells: Range<usize>, certificate: &mut SweepCertificate) -> Vec<Vec<f64>>;

    /// What computes them on a GPU, as far as there is such a thing.
    fn twins(&self) -> Vec<Option<SpreadOver>>;

    /// The same columns, of which the shaders of the twins have told their part.
    fn tile_told(
        &self,
        cells: Range<usize>,
        told: &[Option<Told>],
        certificate: &mut SweepCertificate,
    ) -> Vec<Vec<f64>>;
}

/// What the shader of a twin has told.
pub(super) type Told<'a> = (&'a SpreadOver, &'a [u32]);

/// The cells that are asked for.
pub(super) struct Stretch {
    /// The smallest grid around them.
    pub grid: Arc<Grid>,
    /// Which of its cells they are.
    pub cells: Range<usize>,
    /// The values of all axes.
    axes: Vec<Vec<f64>>,
}

impl Stretch {
    pub fn of(question: &SweepQuestion, grid: Grid) -> Result<Self, AskError> {
        let axes = grid.axes.iter().map(|axis| axis.values.clone()).collect();
        let cells = question.cells(&grid)?;
        let (grid, cells) = grid.around(cells);
        Ok(Self { grid: Arc::new(grid), cells, axes })
    }
}

/// A sweep that is ready, and what it is compared with.
pub(super) struct Opened {
    pub own: Box<dyn Cells>,
    pub other: Option<Box<dyn Cells>>,
}

impl Opened {
    pub fn new(question: &SweepQuestion, asking: &mut Asking) -> Result<Self, AskError> {
        super::check_axes(question)?;
        super::check_outputs(question)?;
        let own = cells(question, asking)?;
        let Some(against) = &question.against else { return Ok(Self { own, other: None }) };
        // Plans are told of by the same names; values, each law's main one unless they are named.
        let names = || own.outputs().iter().map(|(name, _)| name.clone()).collect();
        let usual = question.solve.allocate.is_some().then(names);
        let other = SweepQuestion {
            solve: against.solve.clone(),
            draws: against.draws.clone(),
            outputs: question.outputs.clone().or(usual),
            // It may be without draws: quantiles are of this one, and of what it is more.
            quantiles: None,
            against: None,
            ..question.clone()
        };
        let other =
            cells(&other, asking).map_err(|error| error.renamed("sweep.solve", "sweep.against.solve"))?;
        Ok(Self { own, other: Some(other) })
    }

    /// The columns that its cells are put into.
    pub fn columns(&self, question: &SweepQuestion) -> Vec<Columns> {
        let shares = question.quantiles.as_deref().unwrap_or_default();
        self.own.outputs().iter().map(|(name, _)| Columns::new(name, shares)).collect()
    }

    /// Solves a tile, and puts it into columns.
    pub fn tile(&self, cells: Range<usize>, columns: &mut [Columns], certificate: &mut SweepCertificate) {
        let own = self.own.tile(cells.clone(), certificate);
        let other = self.other.as_ref().map(|other| other.tile(cells, certificate));
        self.put(&own, other.as_deref(), columns);
    }

    /// Puts the values of a tile into columns.
    pub fn put(&self, own: &[Vec<f64>], other: Option<&[Vec<f64>]>, columns: &mut [Columns]) {
        let entries = |cells: &dyn Cells| cells.stretch().grid.entries();
        for (at, (values, columns)) in own.iter().zip(columns).enumerate() {
            columns.put(values, entries(&*self.own));
            if let (Some(cells), Some(others)) = (&self.other, other) {
                columns.compare([values, &others[at]], [entries(&*self.own), entries(&**cells)]);
            }
        }
    }

    /// What is told of all of it.
    pub fn answer(
        &self,
        question: &SweepQuestion,
        columns: Vec<Columns>,
        certificate: SweepCertificate,
        warnings: Vec<Warning>,
    ) -> SweepAnswer {
        let axes = &self.own.stretch().axes;
        let unit =
            |(name, unit): &(String, Option<Unit>)| Some((name.clone(), unit.as_ref()?.name().to_owned()));
        SweepAnswer {
            shape: axes.iter().map(Vec::len).collect(),
            units: self.own.outputs().iter().filter_map(unit).collect(),
            axes: axes.clone(),
            cells: question.cells,
            columns: columns.into_iter().map(Columns::named).collect(),
            certificate,
            warnings,
        }
    }
}

/// Reads what is solved.
fn cells(question: &SweepQuestion, asking: &mut Asking) -> Result<Box<dyn Cells>, AskError> {
    match (&question.solve.allocate, &question.solve.predict) {
        (Some(solve), None) => Ok(Box::new(plans::open(question, solve, asking)?)),
        (None, Some(solve)) => Ok(Box::new(values::open(question, solve, asking)?)),
        _ => Err(AskError::malformed("sweep.solve", "expected one of allocate and predict")),
    }
}
