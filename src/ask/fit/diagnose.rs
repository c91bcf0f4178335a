//! How much each run says, as it is asked and answered.

use serde::{Deserialize, Serialize};

use super::prepared::Prepared;
use super::{DecisionAnswer, FitAnswer, FitQuestion};
use crate::ask::{AskError, Asking, Named, Number};
use crate::fit::{self, Fit};
use crate::num::ascending;
use crate::outcome::{Termination, Warning};

/// How much each run says, in the order of the rows in use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DiagnosticsAnswer {
    /// The rows as sent, from 0.
    pub rows: Vec<usize>,
    /// What the law says of each.
    pub fitted: Vec<Number>,
    /// ln of that over what it reports, or the difference, by its noise where that is known.
    pub residuals: Vec<Number>,
    /// How far its own response decides what the law says of it; empty where the objective has no curvature.
    pub leverage: Vec<Number>,
    /// How far the parameters move without it, in the measure of their own uncertainty (Cook's distance); above about 1
    /// the answer hangs on it.
    pub distance: Vec<Number>,
    /// The answer without the runs that move it most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without: Option<WithoutAnswer>,
}

/// The answer without some runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WithoutAnswer {
    /// The rows, those that move the parameters most first.
    pub rows: Vec<usize>,
    /// How the search ended without them.
    pub termination: Termination,
    /// The parameters without them.
    pub parameters: Named<Number>,
    /// The decisions without them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<DecisionAnswer>,
}

/// The share of runs that may be left out at once.
const MOST: f64 = 0.25;

/// What is asked for of the runs of a fit.
pub(super) fn diagnose(
    question: &FitQuestion,
    prepared: &Prepared,
    found: &Fit,
    asking: &mut Asking,
) -> Result<Option<DiagnosticsAnswer>, AskError> {
    let Some(most) = question.diagnose else { return Ok(None) };
    let runs = prepared.rows.len();
    let limit = (MOST * runs as f64) as usize;
    if most > limit {
        let message =
            format!("expected at most {limit} runs to be left out, a quarter of {runs}; got {most}");
        return Err(AskError::malformed("fit.diagnose", message));
    }
    let influence = fit::influence(&prepared.problem(), found).map_err(|error| AskError::at("fit", error))?;
    let numbers = |column: &[f64]| column.iter().map(|x| Number::finite(*x)).collect();
    let without = if most > 0 && !influence.distance.is_empty() {
        let order = ascending(&influence.distance);
        let rows: Vec<usize> = order.iter().rev().take(most).map(|&place| prepared.rows[place]).collect();
        Some(without(question, rows, asking)?)
    } else {
        None
    };
    Ok(Some(DiagnosticsAnswer {
        rows: prepared.rows.clone(),
        fitted: numbers(&influence.fitted),
        residuals: numbers(&influence.residuals),
        leverage: numbers(&influence.leverage),
        distance: numbers(&influence.distance),
        without,
    }))
}

/// The same Question without some rows, without draws.
fn without(question: &FitQuestion, rows: Vec<usize>, asking: &mut Asking) -> Result<WithoutAnswer, AskError> {
    let mut smaller = FitQuestion { bootstrap: None, diagnose: None, ..question.clone() };
    smaller.runs.rows_off.extend(&rows);
    let mut inner = Asking::new(&mut *asking.progress);
    let FitAnswer { termination, parameters, decisions, .. } = super::answer(&smaller, &mut inner)?;
    Ok(WithoutAnswer { rows, termination, parameters, decisions })
}

/// Says which runs an answer hangs on.
pub(super) fn warn(diagnostics: &DiagnosticsAnswer, warnings: &mut Vec<Warning>) {
    let rows = diagnostics.rows.iter().zip(&diagnostics.distance);
    let heavy: Vec<usize> = rows
        .filter(|(_, distance)| distance.0.is_some_and(|distance| distance > 1.0))
        .map(|(row, _)| *row)
        .collect();
    if !heavy.is_empty() {
        let message =
            format!("the answer hangs on {} of the runs: without one of them it is another", heavy.len());
        warnings.push(Warning::new("fit.influential", message).with("rows", heavy));
    }
}
