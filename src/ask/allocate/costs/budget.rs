//! A budget in FLOPs, dollars, hours of devices or days.

use super::{Costs, DAYS, DEVICE_HOURS, DOLLARS, TOTAL, TRAINING, TRAINING_DOLLARS, value};
use crate::ask::allocate::AllocateQuestion;
use crate::ask::allocate::problem::Subject;
use crate::ask::quantity::amount;
use crate::ask::{AskError, Asking, Named, Quantity};
use crate::formula::Formula;
use crate::units::{D_SEEN, Devices, N_TOTAL, Read, Unit, read_any};

/// The field.
pub const BUDGET: &str = "allocate.budget";
/// The units of a budget: FLOPs where it names none.
const UNITS: [Unit; 4] = [Unit::Flops, Unit::Dollars, Unit::DeviceHours, Unit::Days];

/// The budget, where it is a text.
pub(super) fn text(question: &AllocateQuestion) -> Result<Option<Read>, AskError> {
    let Some(Quantity::Text(text)) = &question.budget else { return Ok(None) };
    read_any(text, &UNITS).map(Some).map_err(|error| AskError::at(BUDGET, error))
}

impl Costs {
    /// What a budget bounds, and by how much. FLOPs are for training, and for serving where there is any; dollars too;
    /// hours and days are those of training.
    pub fn budget(&self, given: &Quantity, asking: &mut Asking) -> Result<(Subject, f64), AskError> {
        let (name, bound) = match &self.budget {
            Some(Read { unit: Unit::Dollars, value, .. }) => (DOLLARS, *value),
            Some(Read { unit: Unit::DeviceHours, value, .. }) => (DEVICE_HOURS, *value),
            Some(Read { unit: Unit::Days, value, .. }) => (DAYS, *value),
            _ => {
                let path = || BUDGET.to_owned();
                let bound = match &self.budget {
                    Some(read) => amount(read, &path, asking),
                    None => given.resolve(Unit::Flops, &path, asking)?,
                };
                if !self.serves {
                    return Ok((Subject::Cost, bound));
                }
                (TOTAL, bound)
            }
        };
        if let Some(missing) = self.missing(name, BUDGET) {
            return Err(missing);
        }
        let formula = Formula::parse(name).map_err(|error| AskError::at(BUDGET, error))?;
        Ok((Subject::Formula(Box::new(self.written(formula, BUDGET)?)), bound))
    }

    /// The training FLOPs of a budget, for a law that knows no other.
    pub fn training_budget(&self, given: &Quantity, asking: &mut Asking) -> Result<f64, AskError> {
        match self.budget(given, asking)? {
            (Subject::Formula(of), bound) => Ok(bound / self.for_each_flop(&of)?),
            (_, bound) => Ok(bound),
        }
    }

    /// What hardware makes of so many FLOPs of training.
    pub fn of_training(&self, flops: f64) -> Result<Vec<(String, f64)>, AskError> {
        let of_training = [DEVICE_HOURS, DAYS, TRAINING_DOLLARS, DOLLARS];
        let known = of_training.into_iter().filter_map(|name| self.find(name));
        known.map(|known| Ok((known.name.to_owned(), flops * self.for_each_flop(&known.formula)?))).collect()
    }

    /// What a quantity is for each FLOP, of one in proportion to training: its ratio to that at any plan.
    fn for_each_flop(&self, quantity: &Formula) -> Result<f64, AskError> {
        let any: Named<f64> = [N_TOTAL.symbol, D_SEEN.symbol].into_iter().map(|name| (name, 1.0)).collect();
        let training = self.find(TRAINING).map_or(Ok(1.0), |training| value(&training.formula, &any));
        Ok(value(quantity, &any)? / training?)
    }

    /// The devices that the budget names, as in `64 H100 for 30 days`.
    pub(super) fn devices_of_budget(&self) -> Option<&Devices> {
        self.budget.as_ref()?.devices.as_ref()
    }
}
