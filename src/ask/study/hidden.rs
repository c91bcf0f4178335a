//! Which runs a back-test hides, and which sizes were best among them.

use serde::{Deserialize, Serialize};

use super::method::curves;
use crate::ask::envelope::{self, EnvelopeQuestion};
use crate::ask::fit::RunsChoice;
use crate::ask::isoflop::{self, IsoFlopQuestion};
use crate::ask::{AskError, Asking, Quantity};
use crate::num::{ascending, ln, max};
use crate::units::{C_TRAIN, Expected, Unit};

/// Which runs are hidden: those of so many of the largest budgets, or all of more compute than some.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "what is hidden, such as {\"largest_budgets\":2} or {\"above\":\"1e21 FLOPs\"}"
)]
pub struct HoldOut {
    /// How many of the largest budgets. Runs are of one budget where each has at most `tolerance` more compute than the
    /// one before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub largest_budgets: Option<usize>,
    /// Above which compute, for training curves. What is hidden is then reported by stretches of compute, each `tolerance`
    /// wide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<Quantity>,
    /// A share of compute; 0.1 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<f64>,
}

/// The size that was best for a hidden budget.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OptimumAnswer {
    /// By what: `isoflop`, the vertex of a parabola through its runs, or `envelope`, the run of lowest loss.
    pub by: String,
    /// The budget, in FLOPs.
    pub compute: f64,
    /// The best size.
    #[serde(rename = "N")]
    pub n: f64,
}

/// Runs by budget.
pub(super) struct Hidden {
    /// How many runs are not hidden.
    pub seen: usize,
    /// The largest compute among them.
    pub largest_seen: f64,
    /// The budgets that are hidden, in ascending order: rows as sent, with their compute.
    pub budgets: Vec<Vec<(usize, f64)>>,
}

/// By how much the compute of runs of one budget may grow.
const TOLERANCE: f64 = 0.1;

impl HoldOut {
    fn tolerance(&self) -> f64 {
        self.tolerance.unwrap_or(TOLERANCE)
    }

    /// What it hides of some runs.
    pub(super) fn of(&self, runs: &RunsChoice, asking: &mut Asking) -> Result<Hidden, AskError> {
        let all = by_compute(runs)?;
        let (seen, budgets) = match (&self.above, self.largest_budgets) {
            (None, Some(count)) => {
                let budgets = grouped(&all, |last, _, next| next <= last * (1.0 + self.tolerance()));
                let known = budgets.len();
                if count == 0 || count >= known {
                    let message = match known {
                        0 | 1 => {
                            "expected runs of two budgets or more, to hide the largest; got one".to_owned()
                        }
                        _ => format!(
                            "expected from 1 to {} of the {known} budgets of these runs; got {count}",
                            known - 1
                        ),
                    };
                    return Err(AskError::malformed("backtest.hold_out.largest_budgets", message));
                }
                (budgets[..known - count].concat(), budgets[known - count..].to_vec())
            }
            (Some(above), None) => {
                let path = "backtest.hold_out.above";
                let above = above.resolve(Unit::Flops, &|| path.to_owned(), asking)?;
                let (seen, hidden) = all.split_at(all.partition_point(|(_, compute)| *compute <= above));
                if seen.is_empty() || hidden.is_empty() {
                    let message = format!("expected a compute with runs on either side; got {above:e} FLOPs");
                    return Err(AskError::malformed(path, message));
                }
                let budgets = grouped(hidden, |_, first, next| next <= first * (1.0 + self.tolerance()));
                (seen.to_vec(), budgets)
            }
            _ => {
                let message = "expected one of \"largest_budgets\" and \"above\"";
                return Err(AskError::malformed("backtest.hold_out", message));
            }
        };
        let largest_seen = seen.iter().map(|(_, compute)| *compute).fold(0.0, max);
        Ok(Hidden { seen: seen.len(), largest_seen, budgets })
    }

    /// The best size of each hidden budget by all runs; none where neither a parabola nor an envelope says one.
    pub(super) fn optima(
        &self,
        hidden: &Hidden,
        runs: &RunsChoice,
        asking: &mut Asking,
    ) -> Vec<Option<OptimumAnswer>> {
        let mut inner = Asking::new(&mut *asking.progress);
        let parabolas = IsoFlopQuestion {
            runs: RunsChoice { weight: None, group: None, sigma: None, ..runs.clone() },
            groups: None,
            tolerance: Some(self.tolerance()),
            window: None,
            fit: None,
            bootstrap: None,
            level: None,
        };
        let groups = isoflop::answer(&parabolas, &mut inner).map(|answer| answer.groups).unwrap_or_default();
        let envelope = curves(runs).ok().and_then(|curves| {
            let question = EnvelopeQuestion { curves, budgets: None, smooth: None };
            envelope::answer(&question, &mut inner).ok()
        });
        let points = envelope.map(|answer| answer.points).unwrap_or_default();
        let optimum = |budget: &Vec<(usize, f64)>| {
            let compute = budget.last()?.1;
            let same = |rows: &[usize]| {
                rows.len() == budget.len() && budget.iter().all(|(row, _)| rows.contains(row))
            };
            let group = groups.iter().find(|group| group.used && same(&group.rows));
            let vertex = group.and_then(|group| Some((group.budget, group.vertex.as_ref()?)));
            if let Some((compute, vertex)) = vertex {
                return Some(OptimumAnswer { by: "isoflop".to_owned(), compute, n: vertex.n });
            }
            let off = |c: f64| ln(c / compute).abs();
            let point = points.iter().min_by(|a, b| off(a.c).total_cmp(&off(b.c)))?;
            Some(OptimumAnswer { by: "envelope".to_owned(), compute: point.c, n: point.n })
        };
        hidden.budgets.iter().map(optimum).collect()
    }
}

/// The rows in use with their compute, in ascending order of it.
fn by_compute(runs: &RunsChoice) -> Result<Vec<(usize, f64)>, AskError> {
    let wanted = [(C_TRAIN.symbol, Expected::from(Unit::Flops))];
    let read =
        runs.columns.read(&wanted, &runs.rows_off).map_err(|error| AskError::at("backtest.runs", error))?;
    let compute = &read.columns[0];
    Ok(ascending(compute).into_iter().map(|place| (read.row[place], compute[place])).collect())
}

/// Rows by budget: `same` says whether the next belongs to one, by its last compute and its first.
fn grouped(all: &[(usize, f64)], same: impl Fn(f64, f64, f64) -> bool) -> Vec<Vec<(usize, f64)>> {
    let mut budgets: Vec<Vec<(usize, f64)>> = Vec::new();
    for &one in all {
        match budgets.last_mut() {
            Some(budget) if same(budget[budget.len() - 1].1, budget[0].1, one.1) => budget.push(one),
            _ => budgets.push(vec![one]),
        }
    }
    budgets
}
