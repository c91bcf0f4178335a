//! The working behind a number of a plan: the formulas that give it, and the same with what stands in them.

use super::About;
use crate::ask::Named;
use crate::units::Unit;
use crate::web::formula_text::{self, titled};
use crate::web::limit::Offered;
use crate::web::question::Need;
use crate::web::training::Training;
use crate::web::words::What;

/// The name under which a number stands behind its formula: no law has it.
const NUMBER: &str = "ThisNumber";

/// A formula, what stands in it, and the number that it gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// In the law language, with the name of what it gives where that has one.
    pub formula: String,
    /// What its names stand for.
    pub values: Named<f64>,
    /// The number.
    pub gives: Option<f64>,
}

impl Step {
    fn new<'a>(formula: String, values: impl Iterator<Item = (&'a str, f64)>, gives: Option<f64>) -> Self {
        Self { formula, values: values.map(|(name, value)| (name.to_owned(), value)).collect(), gives }
    }

    /// The formula, and the same with its values.
    fn written(&self, write: fn(&str, &Named<f64>) -> String) -> [String; 2] {
        let gives = self.gives.filter(|_| !self.formula.contains("\nwhere "));
        let whole = gives.map_or(self.formula.clone(), |_| format!("{} = {NUMBER}", self.formula));
        let number = gives.map(|value| (NUMBER.to_owned(), value));
        let values =
            self.values.iter().map(|(name, value)| (name.to_owned(), *value)).chain(number).collect();
        [write(&self.formula, &Named::default()), write(&whole, &values)]
    }

    /// The formula as elements of a page, and the same with its values.
    pub fn display(&self) -> [String; 2] {
        self.written(formula_text::display)
    }
}

impl About {
    /// The formulas that give a number of the plan. Size and tokens have some where they are known and nothing but compute
    /// decides; else the solver finds them, and what it makes least is shown at the plan.
    pub fn working(&self, what: What) -> Vec<Step> {
        let parameters = || self.fit.values.iter().map(|(name, value)| (name, *value));
        let point = || self.plan.at.iter().map(|(name, value)| (name, *value));
        // Of a law that lists the best plans, compute is the input.
        let input = self.law.inputs.iter().find(|input| input.unit == Unit::Flops);
        let compute = || input.and_then(|input| Some((input.name.as_str(), self.plan.flops?)));
        let given = || parameters().chain(point()).chain(compute());
        let law = || Step::new(self.law.equation(), given(), self.plan.value);
        let closed = |unit, value: Option<f64>| {
            let name = &self.law.inputs.iter().find(|input| input.unit == unit)?.name;
            let form = self.law.closed_forms.get(name).filter(|_| self.is_by_compute())?;
            let compute = [("C", self.plan.flops?)].into_iter();
            Some(Step::new(titled(name, form), parameters().chain(compute), value))
        };
        match what {
            What::Size => vec![closed(Unit::Parameters, self.plan.size()).unwrap_or_else(law)],
            What::Tokens => vec![closed(Unit::Tokens, self.plan.tokens()).unwrap_or_else(law)],
            What::Ratio => vec![Step::new("D / N".to_owned(), point(), self.plan.ratio())],
            What::Loss => vec![law()],
            What::Least | What::Dollars => {
                let counted = self.question.training() == Training::default();
                let cost = titled("C", self.law.cost.as_deref().unwrap_or("6*N*D"));
                let cost = Step::new(cost, point(), self.plan.flops);
                counted.then_some(cost).into_iter().collect()
            }
        }
    }

    /// The same as LaTeX, with what is given and by what law.
    pub fn working_latex(&self, what: What) -> String {
        let lines = self.working(what).into_iter().flat_map(|step| step.written(formula_text::latex));
        let lines: Vec<String> = lines.map(|line| line.replace('\n', " \\\\\n")).collect();
        format!("% {}\n\\begin{{gather*}}\n{}\n\\end{{gather*}}\n", self.under(), lines.join(" \\\\\n"))
    }

    /// Whether nothing but compute decides between size and tokens, counted as the law does.
    pub(super) fn is_by_compute(&self) -> bool {
        let question = &self.question;
        question.training() == Training::default()
            && question.needs.iter().all(Need::is_given)
            && question.limits.iter().all(|limit| limit.on.offered() == Offered::OfDevices)
    }
}
