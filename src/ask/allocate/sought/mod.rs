//! The budget whose best plan has the size, the tokens or the ratio that is asked for.

use std::collections::BTreeMap;

use super::draws::is_certified;
use super::limit::Asked;
use super::problem::{Posed, Quantities};
use super::{AllocateQuestion, AskedLimit};
use crate::allocate::{Prepared, Sense};
use crate::ask::evaluate::evaluate;
use crate::ask::{AskError, Asking, Named, Quantity};
use crate::formula::Formula;
use crate::num::roots::find_root;
use crate::num::{clamp, exp, ln};
use crate::units::{Expected, Sign, Unit, ascii, show};

/// The field.
const BUDGET_FOR: &str = "allocate.budget_for";
/// Where the search begins.
pub(super) const START: f64 = 1e21;
/// Logarithms of the budgets that are tried: from one FLOP to 1e60.
const ENDS: [f64; 2] = [0.0, 138.155];
/// How far from there it begins again, as logarithms, where no plan is: three decades up and down, and on.
const ELSEWHERE: [f64; 9] = [0.0, 6.908, -6.908, 13.816, -13.816, 20.723, -20.723, 41.447, -41.447];
/// What grows as this power of the budget is foreseen to.
const FORESEEN: f64 = 0.5;
/// A plan whose quantity is off by a larger share is another than the one that was sought.
const OFF: f64 = 1e-9;

/// What the best plan is to have.
pub(super) struct Sought {
    /// A variable of the plan, or a formula of some.
    of: Formula,
    /// How much of it.
    target: f64,
    unit: Unit,
}

/// A budget, and what its best plan has.
type Tried = (f64, f64);

/// What the best plan of a budget is to have, where the budget is sought.
pub(super) fn asked(question: &AllocateQuestion) -> Option<&AskedLimit> {
    question.budget_for.as_deref()
}

impl Sought {
    /// What is asked, if a budget is sought.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(
        question: &AllocateQuestion,
        quantities: &Quantities,
        asking: &mut Asking,
    ) -> Result<Option<Self>, AskError> {
        let (Some(asked), Some(of)) = (asked(question), &quantities.texts.sought) else { return Ok(None) };
        if question.budget.is_some() {
            let message = "expected either \"budget\", or \"budget_for\" to find it; got both";
            return Err(AskError::malformed(BUDGET_FOR, message));
        }
        let unit = quantities.unit(of).unwrap_or(Unit::One);
        match asked.asked(BUDGET_FOR)? {
            (Asked::Side(Sense::Equal, amount), field) => {
                let expected = Expected::from(unit).sign(Sign::Positive);
                let target = amount.resolve(expected, &|| field.clone(), asking)?;
                Ok(Some(Self { of: quantities.of(of).formula, target, unit }))
            }
            (_, field) => Err(AskError::malformed(field, "expected \"equal\": the plan has it exactly")),
        }
    }

    /// Adds the budget whose plan has it as the last limit.
    ///
    /// # Errors
    /// No budget has such a plan.
    pub fn settle(
        self,
        quantities: &Quantities,
        posed: &mut Posed,
        asking: &mut Asking,
    ) -> Result<(), AskError> {
        let (subject, start) = quantities.texts.costs.budget(&Quantity::Number(START), asking)?;
        posed.push(quantities.of(&subject), Sense::AtMost, start, subject, BUDGET_FOR.to_owned());
        let limit = posed.problem.limits.len() - 1;
        if let Ok(mut prepared) = posed.problem.prepare() {
            posed.problem.limits[limit].bound = self.best(&mut prepared, limit)?;
        }
        posed.sought = Some(self);
        Ok(())
    }

    /// The budget whose best plan has it.
    fn best(&self, prepared: &mut Prepared, limit: usize) -> Result<f64, AskError> {
        let near = self.near(prepared, limit, START, None)?;
        let found = solved(prepared, limit, near, None).and_then(|plan| self.amount(&plan));
        if found.is_some_and(|found| (found / self.target - 1.0).abs() <= OFF) {
            return Ok(near);
        }
        // The plan near by was not the best: every budget is looked at for itself.
        self.budget(near, |budget| self.amount(&solved(prepared, limit, budget, None)?))
    }

    /// The budget of a draw, from the plan of the fit; it stays the bound.
    pub fn of_draw(
        &self,
        prepared: &mut Prepared,
        posed: &Posed,
        plan: &BTreeMap<String, f64>,
    ) -> Option<f64> {
        let limit = posed.problem.limits.len() - 1;
        let budget = self.near(prepared, limit, posed.problem.limits[limit].bound, Some(plan)).ok()?;
        prepared.set_bound(limit, budget).ok().map(|()| budget)
    }

    /// The budget, where each plan is looked for from the last one, the first from `plan`.
    fn near(
        &self,
        prepared: &mut Prepared,
        limit: usize,
        start: f64,
        plan: Option<&BTreeMap<String, f64>>,
    ) -> Result<f64, AskError> {
        let mut last = plan.cloned();
        self.budget(start, |budget| {
            last = solved(prepared, limit, budget, last.as_ref());
            self.amount(last.as_ref()?)
        })
    }

    /// The budget whose plan has it, where a law gives the plan of a budget.
    ///
    /// # Errors
    /// No budget has such a plan.
    pub fn budget_by(
        &self,
        start: f64,
        mut plan: impl FnMut(f64) -> Option<Named<f64>>,
    ) -> Result<f64, AskError> {
        self.budget(start, |budget| {
            self.amount(&plan(budget)?.iter().map(|(name, value)| (name.to_owned(), *value)).collect())
        })
    }

    /// Gives the plan it to the digit.
    pub fn hold(&self, at: &mut Named<f64>) {
        let held = at.0.iter_mut().find(|(name, _)| *name == self.of.text());
        if let Some((_, value)) = held {
            *value = self.target;
        }
    }

    /// How much of it a plan has; none where that is not positive.
    fn amount(&self, at: &BTreeMap<String, f64>) -> Option<f64> {
        let columns: Vec<(&str, &[f64])> =
            at.iter().map(|(name, value)| (name.as_str(), std::slice::from_ref(value))).collect();
        let evaluation = evaluate(&self.of, &columns, &[]).ok()?;
        evaluation.values.first().copied().filter(|value| *value > 0.0 && value.is_finite())
    }

    /// The budget whose best plan has it, where `amount` says how much that of a budget has; looked for from `start` on.
    fn budget(&self, start: f64, mut amount: impl FnMut(f64) -> Option<f64>) -> Result<f64, AskError> {
        let aim = ln(self.target);
        let mut beyond = |x: f64| Some(ln(amount(exp(x))?) - aim);
        // Limits may leave a budget without a plan.
        let mut starts = ELSEWHERE.iter().map(|by| clamp(ln(start) + by, ENDS[0], ENDS[1]));
        let from = starts.find(|from| beyond(*from).is_some()).ok_or_else(|| self.out_of_reach([None; 2]))?;
        let [low, high] = bracket(&mut beyond, from).map_err(|ends| self.out_of_reach(ends))?;
        let mut last = [low, high];
        let value = |x: f64| {
            let y = beyond(x).unwrap_or(f64::NAN);
            let [(x0, y0), (x1, y1)] = last;
            let slope = if x == x1 { (y1 - y0) / (x1 - x0) } else { (y - y1) / (x - x1) };
            last = [last[1], (x, y)];
            (y, slope)
        };
        let first = low.0 - low.1 * (high.0 - low.0) / (high.1 - low.1);
        let root = find_root(value, low.0, high.0, first);
        root.map(|root| exp(root.x)).map_err(|error| AskError::malformed(BUDGET_FOR, error.to_string()))
    }

    fn out_of_reach(&self, ends: [Option<Tried>; 2]) -> AskError {
        let end = |tried: Option<Tried>| tried.map(|(_, beyond)| exp(beyond) * self.target);
        let far = match ends.map(end) {
            [Some(low), Some(high)] => format!(": it goes from {} to {}", self.shown(low), self.shown(high)),
            _ => ": no plan of any budget was found".to_owned(),
        };
        let message = format!(
            "expected an amount of {} that the best plan of some budget has; none has {}{far}",
            self.of.text(),
            self.shown(self.target)
        );
        AskError::malformed(BUDGET_FOR, message)
    }

    fn shown(&self, value: f64) -> String {
        if self.unit == Unit::One { ascii(value) } else { show(value, self.unit).to_string() }
    }
}

/// Two budgets between which what is sought lies, as logarithms, or how far it goes.
fn bracket(beyond: &mut dyn FnMut(f64) -> Option<f64>, from: f64) -> Result<[Tried; 2], [Option<Tried>; 2]> {
    let Some(first) = beyond(from) else { return Err([None; 2]) };
    let up = first < 0.0;
    // Up and down by turns, in case it falls where it is foreseen to grow.
    let mut reached = [Some((from, first)); 2];
    let mut by = 1.1 * first.abs() / FORESEEN + 0.1;
    loop {
        for side in [usize::from(up), usize::from(!up)] {
            let Some((last, at_last)) = reached[side] else { continue };
            let x = clamp(if side == 1 { from + by } else { from - by }, ENDS[0], ENDS[1]);
            if x == last {
                continue;
            }
            if let Some(y) = beyond(x) {
                if (y > 0.0) != (at_last > 0.0) {
                    return Ok([(last, at_last), (x, y)]);
                }
                reached[side] = Some((x, y));
            }
        }
        if from + by > ENDS[1] && from - by < ENDS[0] {
            return Err(reached);
        }
        by *= 2.0;
    }
}

/// The best plan of a budget, from a plan near it where there is one.
fn solved(
    prepared: &mut Prepared,
    limit: usize,
    budget: f64,
    near: Option<&BTreeMap<String, f64>>,
) -> Option<BTreeMap<String, f64>> {
    prepared.set_bound(limit, budget).ok()?;
    let solution = near.map_or_else(|| prepared.solve(), |near| prepared.solve_near(near)).ok()?;
    is_certified(&solution).then_some(solution.at)
}
