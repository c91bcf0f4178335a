//! `backtest`: the largest runs hidden, and foretold from the others.

use serde::{Deserialize, Serialize};

use super::choice::MethodChoice;
use super::hidden::{Hidden, HoldOut, OptimumAnswer};
use super::method::Found;
use crate::ask::fit::RunsChoice;
use crate::ask::law::{self, AskedLaw};
use crate::ask::{
    AskError, Asking, Column, ErrorAnswer, FitChoice, Number, PredictQuestion, Quantity, predict,
};
use crate::num::{ln, log10};
use crate::outcome::{Termination, Warning};
use crate::runs::{Columns, RunsError};
use crate::units::{Expected, N_TOTAL, Unit};

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
    /// What is made of the others.
    pub methods: Vec<MethodChoice>,
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
    /// The size that was best for each hidden budget, by all runs; null where the runs do not say.
    pub optima: Vec<Option<OptimumAnswer>>,
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
    /// The loss that it foretells of each hidden run; none of a method that only says which size is best.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub predicted: Vec<Number>,
    /// The logarithm of that over the loss that the run had.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub residuals: Vec<Number>,
    /// The root of their mean square.
    pub rms: Number,
    /// Their mean: above zero where it foretells too much.
    pub bias: Number,
    /// The root of the mean square of how far the best sizes that it foretells are off, as logarithms.
    pub size_rms: Number,
    /// Their mean: above zero where it foretells too large ones.
    pub size_bias: Number,
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
    /// The best size that is foretold for the budget of `optima`.
    pub size: Number,
    /// The logarithm of that over the size that was best.
    pub size_residual: Number,
}

/// Answers.
pub(in crate::ask) fn answer(
    question: &BacktestQuestion,
    asking: &mut Asking,
) -> Result<BacktestAnswer, AskError> {
    let runs = &question.runs;
    let hidden = question.hold_out.of(runs, asking)?;
    let hidden_rows = || hidden.budgets.iter().flatten();
    let rows: Vec<usize> = hidden_rows().map(|(row, _)| *row).collect();
    let compute: Vec<f64> = hidden_rows().map(|(_, compute)| *compute).collect();
    let rest = RunsChoice { rows_off: runs.rows_off.iter().chain(&rows).copied().collect(), ..runs.clone() };
    let mut answer = BacktestAnswer {
        seen: hidden.seen,
        largest_seen: hidden.largest_seen,
        decades: compute.iter().map(|compute| log10(compute / hidden.largest_seen)).collect(),
        optima: question.hold_out.optima(&hidden, runs, asking),
        rows,
        compute,
        ..BacktestAnswer::default()
    };
    for method in &question.methods {
        let mut inner = Asking::new(&mut *asking.progress);
        let foretold = foretell(method, &rest, runs, &hidden, &answer, &mut inner);
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

fn foretell(
    method: &MethodChoice,
    seen: &RunsChoice,
    all: &RunsChoice,
    hidden: &Hidden,
    answer: &BacktestAnswer,
    asking: &mut Asking,
) -> Result<ForetoldAnswer, AskError> {
    let found = method.apply(seen, None, asking)?;
    // Power laws of best sizes say nothing of losses.
    let (predicted, residuals) = if found.answer.is_some() {
        losses(&found, all, &answer.rows, asking)?
    } else {
        (Vec::new(), vec![None; answer.rows.len()])
    };
    let mut budgets = Vec::new();
    let mut from = 0;
    for (budget, optimum) in hidden.budgets.iter().zip(&answer.optima) {
        let (rms, bias) = moments(&residuals[from..from + budget.len()]);
        from += budget.len();
        let compute = budget.last().map_or(0.0, |(_, compute)| *compute);
        let decades = log10(compute / answer.largest_seen);
        let size = optimum.as_ref().and_then(|optimum| best_size(&found, optimum.compute, asking));
        let off = size.zip(optimum.as_ref()).map(|(size, optimum)| ln(size / optimum.n));
        let [size, size_residual] = [size, off].map(|x| Number::finite(x.unwrap_or(f64::NAN)));
        budgets.push(ForetoldBudget { compute, decades, runs: budget.len(), rms, bias, size, size_residual });
    }
    let (rms, bias) = moments(&residuals);
    let sizes: Vec<Option<f64>> = budgets.iter().map(|budget| budget.size_residual.0).collect();
    let (size_rms, size_bias) = moments(&sizes);
    let finite = |r: &Option<f64>| Number::finite(r.unwrap_or(f64::NAN));
    let residuals = predicted.iter().zip(&residuals).map(|(_, r)| finite(r)).collect();
    let name = method.name();
    Ok(ForetoldAnswer { name, error: None, predicted, residuals, rms, bias, size_rms, size_bias, budgets })
}

/// The best size for a budget.
fn best_size(found: &Found, budget: f64, asking: &mut Asking) -> Option<f64> {
    let mut inner = Asking::new(&mut *asking.progress);
    let plan = found.plan(&Quantity::Number(budget), None, &mut inner).ok()?;
    plan.at.get(N_TOTAL.symbol).copied().filter(|_| plan.termination == Termination::Optimum)
}

/// The losses that are foretold of the hidden runs, and how far they are off.
fn losses(
    found: &Found,
    all: &RunsChoice,
    rows: &[usize],
    asking: &mut Asking,
) -> Result<(Vec<Number>, Vec<Option<f64>>), AskError> {
    let none = std::iter::empty();
    let law = law::resolve(&found.law, &all.inputs(), none, "backtest.methods", &mut asking.warnings)?;
    let (actual, predicted) = predicted(found, &law, all, rows, asking)?;
    let residual = |(predicted, actual): (&Number, &f64)| predicted.0.map(|predicted| ln(predicted / actual));
    let residuals = predicted.iter().zip(&actual).map(residual).collect();
    Ok((predicted, residuals))
}

/// What the hidden runs report, and what is foretold of them.
fn predicted(
    found: &Found,
    law: &AskedLaw,
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
        law: found.law.clone(),
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
