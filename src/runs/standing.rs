//! How the rows of a table stand for a fit: which are its runs, what is remarkable about them, and what is sent.

use std::sync::Arc;

use super::columns::Columns;
use super::{Column, CurveChoices, Curves, Flags, Role, RunsError, Sent, Table};
use crate::outcome::Warning;
use crate::units::Amount;

/// How the rows of a table stand for a fit of final losses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// The runs that the rows are checkpoints of.
    pub curves: Arc<Curves>,
    /// What is remarkable about rows.
    pub flags: Flags,
    /// The weight of each row, if a column has it.
    pub weights: Option<Vec<Option<f64>>>,
    /// The standard deviation of each loss, in the unit of the losses, if a column has it.
    pub noise: Option<Vec<Option<f64>>>,
    /// The rows that such a fit leaves out, from 0: switched off, unreadable, or not decayed.
    pub rows_off: Vec<usize>,
    /// What a reader should know.
    pub warnings: Vec<Warning>,
}

/// Runs as a Question sends them, and the names of the columns beside the law's own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SentRuns {
    /// The columns, and the rows that are left out.
    pub sent: Sent,
    /// The column of the weights.
    pub weight: Option<String>,
    /// The column of the noise.
    pub sigma: Option<String>,
    /// The column of the run: its name where a column has it, its number where rows were put together into runs.
    pub run: Option<String>,
    /// The column of the group or budget.
    pub group: Option<String>,
}

impl Table {
    /// How the rows stand for a fit of final losses.
    pub fn standing(&self, choices: CurveChoices) -> Standing {
        self.standing_of(Arc::new(Curves::of(self, choices)))
    }

    /// The same for runs that are known: switching rows on and off makes no others.
    pub fn standing_of(&self, curves: Arc<Curves>) -> Standing {
        let flags = Flags::of(self, &curves);
        let weights = self.further(Role::Weight);
        let noise = self.further(Role::Noise).map(|noise| self.noise_of_losses(noise));
        let is_out = |row: &usize| !self.is_on(*row) || self.run(*row).is_err() || curves.undecayed[*row];
        let rows_off = (0..self.rows()).filter(is_out).collect();
        let warnings = curves.warnings(self);
        Standing { curves, flags, weights, noise, rows_off, warnings }
    }

    /// The name of the run of each row, if a column has it; a row without one is a run of its own.
    fn run_names(&self) -> Option<Column> {
        let column = self.column(Role::Run)?;
        let name = |row| match self.cell(row, column).trim() {
            "" => format!("row {row}"),
            name => name.to_owned(),
        };
        Some((0..self.rows()).map(|row| Some(Amount::Text(name(row)))).collect())
    }

    /// The numbers in the column of a role, if there is one; cells without a number have none.
    fn further(&self, role: Role) -> Option<Vec<Option<f64>>> {
        let source = self.source(role)?;
        Some((0..self.rows()).map(|row| source.amount(&self.grid, row).ok().flatten()).collect())
    }

    /// Noise in the unit that losses are brought to.
    fn noise_of_losses(&self, mut noise: Vec<Option<f64>>) -> Vec<Option<f64>> {
        let Some(other) = self.losses else { return noise };
        for (row, noise) in noise.iter_mut().enumerate() {
            let Some(value) = noise else { continue };
            *value *= other.factor;
            if other.relative {
                *value /= self.run(row).map_or(1.0, |run| crate::num::exp(run.loss));
            }
        }
        noise
    }

    /// The table as a Question sends it: N, D, L, C where it was given, the inputs of the law, and weights, noise, run
    /// and group where there are such columns, with the rows that are left out.
    ///
    /// # Errors
    /// As [`Table::runs`].
    pub fn sent_as(&self, standing: &Standing) -> Result<SentRuns, RunsError> {
        let mut sent = self.sent_with(&[])?;
        for (column, name) in self.inputs() {
            if sent.columns.get(name).is_none() {
                sent.columns.insert(name, (0..self.rows()).map(|row| self.amount(row, *column)).collect())?;
            }
        }
        let numbers = |values: &[Option<f64>]| values.iter().map(|value| value.map(Amount::Number)).collect();
        let weight =
            standing.weights.as_ref().map(|values| insert(&mut sent.columns, "weight", numbers(values)));
        let sigma = standing.noise.as_ref().map(|values| insert(&mut sent.columns, "sigma", numbers(values)));
        let runs = self.run_names().or_else(|| {
            let numbers = || standing.curves.run.iter().map(|run| run.map(|run| Amount::Number(run as f64)));
            standing.curves.any().then(|| numbers().collect())
        });
        let run = runs.map(|runs| insert(&mut sent.columns, "run", runs));
        let group = self.column(Role::Group).map(|column| {
            let label =
                |row| Some(self.cell(row, column).trim()).filter(|cell| !cell.is_empty()).map(Amount::from);
            insert(&mut sent.columns, "group", (0..self.rows()).map(label).collect())
        });
        sent.rows_off.clone_from(&standing.rows_off);
        Ok(SentRuns {
            sent,
            weight: weight.transpose()?,
            sigma: sigma.transpose()?,
            run: run.transpose()?,
            group: group.transpose()?,
        })
    }
}

/// Adds a column under a name that none has yet, and says which.
fn insert(columns: &mut Columns, name: &str, cells: Column) -> Result<String, RunsError> {
    let mut name = name.to_owned();
    while columns.get(&name).is_some() {
        name.push('_');
    }
    columns.insert(name.as_str(), cells)?;
    Ok(name)
}
