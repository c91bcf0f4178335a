//! What the page's first worker knows of costs: training in FLOPs alone. What it refuses, the whole one answers.

use super::AllocateQuestion;
use super::draws::Plans;
use super::problem::Subject;
use crate::ask::{AskError, Asking, Named, Quantity};
use crate::formula::Formula;
use crate::units::Unit;

/// The field of the budget.
pub(super) const BUDGET: &str = "allocate.budget";

/// Quantities by name, of which there are none.
pub(super) struct Costs;

#[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "the whole worker's has more to say")]
impl Costs {
    pub fn read(_: &AllocateQuestion, _: &Formula, _: &mut Asking) -> Result<Self, AskError> {
        Ok(Self)
    }

    pub fn written(&self, formula: Formula, _: &str) -> Result<Formula, AskError> {
        Ok(formula)
    }

    pub fn unit(&self, _: &str) -> Option<Unit> {
        None
    }

    pub fn at(&self, _: &Named<f64>) -> Result<Vec<(String, f64)>, AskError> {
        Ok(Vec::new())
    }

    pub fn of_draws(&self, _: &Plans) -> Plans {
        Vec::new()
    }

    pub fn assumed(&self) -> Vec<super::AssumedAnswer> {
        Vec::new()
    }

    pub fn missing(&self, _: &str, _: &str) -> Option<AskError> {
        None
    }

    pub fn budget(&self, given: &Quantity, asking: &mut Asking) -> Result<(Subject, f64), AskError> {
        Ok((Subject::Cost, self.training_budget(given, asking)?))
    }

    pub fn training_budget(&self, given: &Quantity, asking: &mut Asking) -> Result<f64, AskError> {
        given.resolve(Unit::Flops, &|| BUDGET.to_owned(), asking)
    }

    pub fn of_training(&self, _: f64) -> Result<Vec<(String, f64)>, AskError> {
        Ok(Vec::new())
    }
}
