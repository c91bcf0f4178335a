//! Quantities of a plan that its hardware and its serving make, by name: each is a formula of the cost and the
//! variables, so that a limit, the aim, the budget and any formula may speak of it.

mod budget;
mod demand;
mod facts;
mod rented;
mod served;
mod trained;

pub(super) use budget::BUDGET;
use facts::Facts;

use super::draws::Plans;
use super::{AllocateQuestion, AssumedAnswer};
use crate::ask::evaluate::evaluate;
use crate::ask::{AskError, Asking, Named, called};
use crate::formula::Formula;
use crate::units::{Read, Unit};

/// A number that was read.
type Fact = Result<f64, AskError>;

/// What training costs in FLOPs, which is the cost.
const TRAINING: &str = "training";
/// What serving costs in FLOPs.
const SERVING: &str = "serving";
/// Both.
const TOTAL: &str = "total";
/// Hours of all devices that train.
const DEVICE_HOURS: &str = "device_hours";
/// Days that the devices that train take.
const DAYS: &str = "days";
/// Dollars of training and of serving.
const DOLLARS: &str = "dollars";
/// Dollars of training.
const TRAINING_DOLLARS: &str = "training_dollars";
/// Bytes of all devices that train.
const TRAINING_MEMORY: &str = "training_memory";
/// Hours of all devices that serve.
const SERVING_HOURS: &str = "serving_hours";
/// Dollars of serving.
const SERVING_DOLLARS: &str = "serving_dollars";
/// Bytes of a model that serves, with its cache.
const SERVING_MEMORY: &str = "serving_memory";

/// The quantities of a Question by name.
pub(super) struct Costs {
    definitions: Vec<Definition>,
    facts: Facts,
    /// The budget, where it is a text.
    budget: Option<Read>,
    /// Whether the model is served.
    serves: bool,
    /// Whether there is more than the cost.
    any: bool,
}

/// A quantity by its name.
struct Definition {
    name: &'static str,
    unit: Unit,
    /// Written out in the variables of the plan.
    formula: Formula,
}

impl Costs {
    /// Reads what a Question says of hardware and serving; `cost` is what training costs in FLOPs.
    pub fn read(question: &AllocateQuestion, cost: &Formula, asking: &mut Asking) -> Result<Self, AskError> {
        let mut costs = Self {
            definitions: Vec::new(),
            facts: Facts::default(),
            budget: budget::text(question)?,
            serves: question.serving.is_some(),
            any: question.serving.is_some() || question.hardware.is_some(),
        };
        costs.definitions.push(Definition { name: TRAINING, unit: Unit::Flops, formula: cost.clone() });
        let trained = costs.training(question, asking)?;
        costs.serving(question, trained, asking)?;
        if costs.has(TRAINING_DOLLARS) && !costs.serves {
            costs.define(DOLLARS, Unit::Dollars, TRAINING_DOLLARS)?;
        } else if costs.has(TRAINING_DOLLARS) && costs.has(SERVING_DOLLARS) {
            costs.define(DOLLARS, Unit::Dollars, &format!("{TRAINING_DOLLARS} + {SERVING_DOLLARS}"))?;
        }
        Ok(costs)
    }

    /// Adds a quantity as a formula of those before it; it may call laws.
    fn define(&mut self, name: &'static str, unit: Unit, text: &str) -> Result<(), AskError> {
        let path = "allocate.hardware";
        let formula = self.written(called::parse(text, path)?, path)?;
        self.definitions.push(Definition { name, unit, formula });
        Ok(())
    }

    fn find(&self, name: &str) -> Option<&Definition> {
        self.definitions.iter().find(|definition| definition.name == name)
    }

    fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The formula with the quantities that it names written out.
    pub fn written(&self, formula: Formula, path: &str) -> Result<Formula, AskError> {
        if !formula.names().into_iter().any(|name| self.has(name)) {
            return Ok(formula);
        }
        let given: Vec<(&str, &Formula)> =
            self.definitions.iter().map(|known| (known.name, &known.formula)).collect();
        formula.with_names(&given).map_err(|error| AskError::at(path, error))
    }

    /// The unit of a quantity, if there is one of this name.
    pub fn unit(&self, name: &str) -> Option<Unit> {
        self.find(name).map(|known| known.unit)
    }

    /// What hardware and serving make of a plan, as far as it says their variables.
    pub fn at(&self, plan: &Named<f64>) -> Result<Vec<(String, f64)>, AskError> {
        let mut known = Vec::new();
        for Definition { name, formula, .. } in self.definitions.iter().filter(|_| self.any) {
            if formula.names().into_iter().all(|name| plan.get(name).is_some()) {
                known.push(((*name).to_owned(), value(formula, plan)?));
            }
        }
        known.retain(|(_, value)| value.is_finite());
        Ok(known)
    }

    /// The same of the plan of each draw, by columns of their variables; a draw without a plan has none of them.
    pub fn of_draws(&self, plans: &Plans) -> Plans {
        let column =
            |name: &str| plans.iter().find(|(known, _)| known == name).map(|(_, values)| &values[..]);
        let costs = self.definitions.iter().filter(|_| self.any).filter_map(
            |Definition { name, formula, .. }| {
                let columns: Option<Vec<(&str, &[f64])>> =
                    formula.names().into_iter().map(|name| Some((name, column(name)?))).collect();
                Some(((*name).to_owned(), evaluate(formula, &columns?, &[]).ok()?.values))
            },
        );
        costs.collect()
    }

    /// The facts that the Question does not give.
    pub fn assumed(&self) -> Vec<AssumedAnswer> {
        self.facts.assumed.clone()
    }

    /// Why there is no quantity of this name, if it is the name of one that hardware or serving would make.
    pub fn missing(&self, name: &str, path: &str) -> Option<AskError> {
        let needed = match name {
            DEVICE_HOURS => "\"hardware\" with \"device\" or \"peak\"",
            DAYS => "\"hardware\" with \"count\"",
            TRAINING_DOLLARS => "\"hardware\" with \"price\"",
            DOLLARS if !self.has(TRAINING_DOLLARS) => "\"hardware\" with \"price\"",
            TRAINING_MEMORY => "\"hardware\" with \"bytes_per_parameter\"",
            SERVING | TOTAL => "\"serving\" with \"tokens\" or \"requests\"",
            SERVING_DOLLARS | DOLLARS if self.has(SERVING_HOURS) => {
                "\"serving\" with \"hardware\" that has a \"price\""
            }
            SERVING_HOURS | SERVING_DOLLARS | DOLLARS => {
                "\"hardware\", and \"serving\" with \"prompt\" and \"output\""
            }
            SERVING_MEMORY => "\"serving\" with \"bits\" and \"cache\", and a law of all parameters N",
            _ => return None,
        };
        (!self.has(name)).then(|| {
            AskError::malformed(path, format!("expected {needed}, on which {name} depends; got none"))
        })
    }
}

/// The value of a formula at a plan.
fn value(formula: &Formula, plan: &Named<f64>) -> Fact {
    let columns: Vec<(&str, &[f64])> =
        plan.iter().map(|(name, value)| (name, std::slice::from_ref(value))).collect();
    let evaluation = evaluate(formula, &columns, &[]).map_err(|error| AskError::at("allocate", error))?;
    Ok(evaluation.values[0])
}
