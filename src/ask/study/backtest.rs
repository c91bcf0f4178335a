//! `backtest`: the largest runs hidden, and foretold from the others.

use serde::{Deserialize, Serialize};

use super::method::{Found, MethodChoice};
use crate::ask::fit::RunsChoice;
use crate::ask::law::{self, AskedLaw};
use crate::ask::{
    AskError, Asking, Column, ErrorAnswer, FitChoice, LawChoice, Number, PredictQuestion, Quantity, predict,
};
use crate::num::{ascending, ln, log10};
use crate::outcome::Warning;
use crate::runs::{Columns, RunsError};
use crate::units::{C_TRAIN, Expected, Unit};

/// Asks how well methods foretell the runs of the largest budgets from those of the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "a back-test such as {\"runs\":…,\"hold_out\":{\"largest_budgets\":2},\"methods\":[\"chinchilla\"]}"
)]
pub struct BacktestQuestion {
    /// The runs, all of them.
    pub runs: RunsChoice,
    /// Which are hidden.
    pub hold_out: HoldOut,
    /// Laws that are fitted to the others.
    pub methods: Vec<MethodChoice>,
}

/// Which runs are hidden.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "what is hidden, such as {\"largest_budgets\":2}")]
pub struct HoldOut {
    /// Those of so many of the largest budgets.
    pub largest_budgets: usize,
    /// Runs are of one budget where each has at most this share more compute than the one before; 0.1 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<f64>,
}

/// How well methods foretell the largest runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BacktestAnswer {
    /// The runs that the methods have seen.
    pub seen: usize,
    /// The largest compute among them, in FLOPs.
    pub largest_seen: f64,
    /// The rows that were hidden, by compute.
    pub rows: Vec<usize>,
    /// Their compute, in FLOPs.
    pub compute: Vec<f64>,
    /// How far each lies beyond the largest that was seen, in decades.
    pub decades: Vec<f64>,
    /// What each method foretells.
    pub methods: Vec<ForetoldAnswer>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// What one method foretells of the hidden runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ForetoldAnswer {
    /// Its name.
    pub name: String,
    /// Why it does not apply to these runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorAnswer>,
    /// The loss that it foretells of each hidden run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub predicted: Vec<Number>,
    /// The logarithm of that over the loss that the run had.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub residuals: Vec<Number>,
    /// The root of their mean square.
    pub rms: Number,
    /// Their mean: above zero where it foretells too much.
    pub bias: Number,
    /// The same by budget.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub budgets: Vec<ForetoldBudget>,
}

/// How well one hidden budget is foretold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ForetoldBudget {
    /// Its largest compute, in FLOPs.
    pub compute: f64,
    /// How far that lies beyond the largest that was seen, in decades.
    pub decades: f64,
    /// Its runs.
    pub runs: usize,
    /// The root of the mean square of their residuals.
    pub rms: Number,
    /// The mean of their residuals.
    pub bias: Number,
}

/// The runs by budget, in ascending order of compute.
struct Budgets {
    /// Rows as sent, with their compute.
    all: Vec<Vec<(usize, f64)>>,
}

/// By how much the compute of runs of one budget may grow from one to the next.
const TOLERANCE: f64 = 0.1;

/// Answers.
pub(in crate::ask) fn answer(
    question: &BacktestQuestion,
    asking: &mut Asking,
) -> Result<BacktestAnswer, AskError> {
    let runs = &question.runs;
    let budgets = Budgets::of(runs, question.hold_out.tolerance.unwrap_or(TOLERANCE))?;
    let (all, hidden) = (budgets.all.len(), question.hold_out.largest_budgets);
    if hidden == 0 || hidden >= all {
        let message =
            format!("expected from 1 to {} of the {all} budgets of these runs; got {hidden}", all.max(2) - 1);
        return Err(AskError::malformed("backtest.hold_out.largest_budgets", message));
    }
    let (seen, hidden) = budgets.all.split_at(all - hidden);
    let largest_seen = seen.iter().flatten().map(|(_, compute)| *compute).fold(0.0, crate::num::max);
    let rows: Vec<usize> = hidden.iter().flatten().map(|(row, _)| *row).collect();
    let compute: Vec<f64> = hidden.iter().flatten().map(|(_, compute)| *compute).collect();
    let rest = RunsChoice { rows_off: runs.rows_off.iter().chain(&rows).copied().collect(), ..runs.clone() };
    let mut answer = BacktestAnswer {
        seen: seen.iter().map(Vec::len).sum(),
        largest_seen,
        decades: compute.iter().map(|compute| log10(compute / largest_seen)).collect(),
        rows,
        compute,
        ..BacktestAnswer::default()
    };
    for method in &question.methods {
        let mut inner = Asking::new(&mut *asking.progress);
        let foretold = foretell(method, &rest, runs, hidden, &answer, &mut inner);
        let refused = |error: AskError| ForetoldAnswer {
            name: method.name(),
            error: Some(ErrorAnswer::from(&error)),
            ..ForetoldAnswer::default()
        };
        answer.methods.push(foretold.unwrap_or_else(refused));
    }
    answer.warnings = std::mem::take(&mut asking.warnings);
    Ok(answer)
}

impl Budgets {
    fn of(runs: &RunsChoice, tolerance: f64) -> Result<Self, AskError> {
        let wanted = [(C_TRAIN.symbol, Expected::from(Unit::Flops))];
        let read = runs
            .columns
            .read(&wanted, &runs.rows_off)
            .map_err(|error| AskError::at("backtest.runs", error))?;
        let compute = &read.columns[0];
        let mut all: Vec<Vec<(usize, f64)>> = Vec::new();
        for place in ascending(compute) {
            let one = (read.row[place], compute[place]);
            match all.last_mut() {
                Some(budget) if budget.last().is_some_and(|last| one.1 <= last.1 * (1.0 + tolerance)) => {
                    budget.push(one);
                }
                _ => all.push(vec![one]),
            }
        }
        Ok(Self { all })
    }
}

fn foretell(
    method: &MethodChoice,
    seen: &RunsChoice,
    all: &RunsChoice,
    hidden: &[Vec<(usize, f64)>],
    answer: &BacktestAnswer,
    asking: &mut Asking,
) -> Result<ForetoldAnswer, AskError> {
    let Some(law) = method.law() else {
        let message =
            format!("expected a law, which foretells losses; {} gives best sizes alone", method.name());
        return Err(AskError::malformed("backtest.methods", message));
    };
    let found = method.apply(seen, None, asking)?;
    let resolved =
        law::resolve(&law, &all.inputs(), std::iter::empty(), "backtest.methods", &mut asking.warnings)?;
    let (actual, predicted) = predicted(&found, &resolved, &law, all, &answer.rows, asking)?;
    let residual = |(predicted, actual): (&Number, &f64)| predicted.0.map(|predicted| ln(predicted / actual));
    let residuals: Vec<Option<f64>> = predicted.iter().zip(&actual).map(residual).collect();
    let mut budgets = Vec::new();
    let mut from = 0;
    for budget in hidden {
        let these = &residuals[from..from + budget.len()];
        from += budget.len();
        let compute = budget.last().map_or(0.0, |(_, compute)| *compute);
        let (rms, bias) = moments(these);
        let decades = log10(compute / answer.largest_seen);
        budgets.push(ForetoldBudget { compute, decades, runs: budget.len(), rms, bias });
    }
    let (rms, bias) = moments(&residuals);
    let residuals = residuals.into_iter().map(|r| Number::finite(r.unwrap_or(f64::NAN))).collect();
    Ok(ForetoldAnswer { name: method.name(), error: None, predicted, residuals, rms, bias, budgets })
}

/// What the hidden runs report, and what is foretold of them.
fn predicted(
    found: &Found,
    law: &AskedLaw,
    choice: &LawChoice,
    runs: &RunsChoice,
    rows: &[usize],
    asking: &mut Asking,
) -> Result<(Vec<f64>, Vec<Number>), AskError> {
    let at = |error: RunsError| AskError::at("backtest.runs", error);
    let output = law.outputs.iter().find(|output| runs.columns.get(&output.name).is_some());
    let output = output.unwrap_or(&law.outputs[0]);
    let needed = output.formula.names();
    let inputs: Vec<_> = law.inputs.iter().filter(|input| needed.contains(&input.name.as_str())).collect();
    let unit = Expected::from(output.unit.unwrap_or(Unit::NatsPerToken));
    let wanted = inputs.iter().map(|input| (input.name.as_str(), Expected::from(input.unit)));
    let wanted: Vec<(&str, Expected)> = wanted.chain([(output.name.as_str(), unit)]).collect();
    let others = others(&runs.columns, rows).map_err(at)?;
    let read = runs.columns.read(&wanted, &others).map_err(at)?;
    let place = |row: &usize| read.row.iter().position(|known| known == row).expect("the row was read");
    let order: Vec<usize> = rows.iter().map(place).collect();
    let picked = |column: &Vec<f64>| -> Vec<f64> { order.iter().map(|&at| column[at]).collect() };
    let (actual, columns) = read.columns.split_last().expect("the response is wanted");
    let column = |column: &Vec<f64>| Column::Many(picked(column).into_iter().map(Quantity::Number).collect());
    let asked = PredictQuestion {
        law: choice.clone(),
        fit: Some(FitChoice::Given(Box::new(found.fit.clone()))),
        at: inputs.iter().zip(columns).map(|(input, values)| (input.name.clone(), column(values))).collect(),
        level: None,
        interval_of: None,
    };
    let said = predict::answer(&asked, asking)?;
    Ok((picked(actual), said.values.unwrap_or_default()))
}

/// Every row but these.
fn others(columns: &Columns, rows: &[usize]) -> Result<Vec<usize>, RunsError> {
    let mut hidden = vec![false; columns.rows()?];
    for &row in rows {
        hidden[row] = true;
    }
    Ok((0..hidden.len()).filter(|&row| !hidden[row]).collect())
}

/// The root of the mean square, and the mean, of what is known.
fn moments(residuals: &[Option<f64>]) -> (Number, Number) {
    let known: Vec<f64> = residuals.iter().flatten().copied().filter(|r| r.is_finite()).collect();
    let count = known.len() as f64;
    let mean = known.iter().sum::<f64>() / count;
    let square = known.iter().map(|r| r * r).sum::<f64>() / count;
    (Number::finite(square.sqrt()), Number::finite(mean))
}
