//! A Question of plans that is read and posed, for who solves it over and over with other numbers.

use super::certified::placed;
use super::problem::{Posed, Quantities, Subject, Texts, main_output, pose};
use super::{AllocateQuestion, check};
use crate::allocate::{AllocateError, Problem, Quantity};
use crate::ask::fitted::{self, Fitted};
use crate::ask::law::AskedLaw;
use crate::ask::{AskError, AskFault, Asking, Named};
use crate::laws::Kind;
use crate::num::{max, min};
use crate::outcome::Warning;
use crate::units::Unit;

/// A Question that is posed.
pub(in crate::ask) struct Ready {
    texts: Texts,
    law: AskedLaw,
    fitted: Fitted,
    posed: Posed,
}

/// A number of a plan.
pub(in crate::ask) struct Output {
    /// What is computed at the plan; nothing for what is minimised.
    pub of: Option<Quantity>,
    /// Its unit, where it is known.
    pub unit: Option<Unit>,
}

impl Ready {
    /// Reads a Question and poses it.
    ///
    /// # Errors
    /// It cannot be read, or is one of a law that lists its plans, or one for the budget itself.
    pub fn new(question: &AllocateQuestion, asking: &mut Asking) -> Result<Self, AskError> {
        let (texts, law, fitted) = check(question, asking)?;
        if law.kind() == Kind::Optimum {
            let message =
                format!("expected a law that plans; {} lists its plans: ask predict for them", law.name());
            return Err(AskError::malformed("allocate.law", message));
        }
        if question.budget_for.is_some() {
            let message =
                "expected a budget or limits; a budget that is itself looked for is one question for each";
            return Err(AskError::malformed("allocate.budget_for", message));
        }
        let posed = pose(question, &texts, &law, &fitted, asking)?;
        Ok(Self { texts, law, fitted, posed })
    }

    /// The problem.
    pub fn problem(&self) -> &Problem {
        &self.posed.problem
    }

    /// The limit that a field of the Question became, and its bound.
    pub fn limit(&self, field: &str) -> Option<(usize, f64)> {
        let at = self.posed.paths.iter().position(|path| path.starts_with(field))?;
        Some((at, self.posed.problem.limits[at].bound))
    }

    /// Whether the limit of a place bounds the same in another question.
    pub fn bounds_alike(&self, other: &Self, limit: usize) -> bool {
        let of = |ready: &Self| ready.posed.problem.limits.get(limit).map(|limit| limit.of.clone());
        match (of(self), of(other)) {
            (Some(a), Some(b)) => a.formula.is_same(&b.formula) && a.values == b.values,
            _ => false,
        }
    }

    /// Lets the variables go as far as in another question, too.
    pub fn widen(&mut self, other: &Self) {
        for free in &mut self.posed.problem.free {
            let reached = other.posed.problem.free.iter().find(|known| known.name == free.name);
            if let Some(reached) = reached {
                (free.low, free.high) = (min(free.low, reached.low), max(free.high, reached.high));
            }
        }
    }

    /// The draws of the fit, by parameter.
    pub fn draws(&self) -> Vec<(String, Vec<f64>)> {
        let names = self.law.parameters.iter().map(|parameter| parameter.name.clone());
        names.zip(self.fitted.draws.iter().cloned()).collect()
    }

    /// Other draws, by parameter.
    pub fn drawn(
        &self,
        draws: &Named<Vec<Option<f64>>>,
        path: &str,
        warnings: &mut Vec<Warning>,
    ) -> Result<Vec<(String, Vec<f64>)>, AskError> {
        fitted::drawn(draws, &self.law, path, warnings)
    }

    /// What is minimised, as the Question has it.
    pub fn minimized(&self) -> &str {
        self.texts.minimize.text()
    }

    /// The names of the variables that a plan has.
    pub fn names(&self) -> &[String] {
        &self.posed.names
    }

    /// A number of a plan: a variable, `loss`, what is minimised, a quantity of hardware or serving, or a formula of those.
    ///
    /// # Errors
    /// There is no such number.
    pub fn output(&self, text: &str, path: &str) -> Result<Output, AskError> {
        let quantities = Quantities { texts: &self.texts, law: &self.law, fitted: &self.fitted };
        let minimized = self.texts.minimize.text();
        if text == minimized {
            return Ok(Output { of: None, unit: quantities.unit(&self.texts.minimize) });
        }
        let subject = Subject::read(text, &self.texts.costs, path)?;
        let of = match &subject {
            Subject::Loss => main_output(&self.law, &self.fitted),
            _ => quantities.of(&subject),
        };
        let unit = quantities.unit(&subject);
        let is_known =
            |name: &&str| self.posed.names.iter().any(|known| known == name) || of.values.contains_key(*name);
        if let Some(given) = of.formula.names().into_iter().find(|name| !is_known(name)) {
            let mut known = self.posed.names.clone();
            known.extend(["loss".to_owned(), "cost".to_owned()]);
            return Err(
                AskFault::NoVariable { known, given: given.to_owned(), elsewhere: Vec::new() }.at(path)
            );
        }
        Ok(Output { of: Some(of), unit })
    }

    /// An error of the solver, at the field that it is about.
    pub fn placed(&self, error: AllocateError) -> AskError {
        placed(error, &self.posed)
    }
}

/// The parameters of the law of a Question, with their values in its fit.
///
/// # Errors
/// The law or the fit cannot be read.
pub(in crate::ask) fn parameters(
    question: &AllocateQuestion,
    asking: &mut Asking,
) -> Result<Vec<(String, f64)>, AskError> {
    let (_, law, fitted) = check(question, asking)?;
    Ok(law.parameters.into_iter().map(|parameter| parameter.name).zip(fitted.values).collect())
}
