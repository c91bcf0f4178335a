//! From a Question to a problem of `crate::allocate`.

use std::collections::BTreeSet;

use super::AllocateQuestion;
use super::limit::AskedLimit;
use crate::allocate::{Free, Limit, Problem, Quantity, Sense};
use crate::ask::called;
use crate::ask::fitted::Fitted;
use crate::ask::law::{self, AskedLaw};
use crate::ask::{AskError, AskFault, Asking, FitChoice};
use crate::formula::Formula;
use crate::laws::Kind;
use crate::num::grown;
use crate::units::{D_SEEN, Expected, Sign, Unit};

/// The formulas of a Question, read.
pub(super) struct Texts {
    pub minimize: Subject,
    pub cost: Formula,
    /// Whether the cost was given.
    pub own_cost: bool,
    /// What each limit is of.
    pub limits: Vec<Subject>,
}

/// What is minimised or limited.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    Loss,
    Cost,
    Formula(Box<Formula>),
}

impl Subject {
    fn read(text: &str, path: &str) -> Result<Self, AskError> {
        match text.trim() {
            "loss" => Ok(Self::Loss),
            "cost" => Ok(Self::Cost),
            text => called::parse(text, path).map(|formula| Self::Formula(Box::new(formula))),
        }
    }

    /// How it is called.
    pub fn text(&self) -> &str {
        match self {
            Self::Loss => "loss",
            Self::Cost => "cost",
            Self::Formula(formula) => formula.text(),
        }
    }
}

impl Texts {
    pub fn new(question: &AllocateQuestion) -> Result<Self, AskError> {
        let minimize = question.minimize.as_deref().unwrap_or("loss");
        let cost = question.cost.as_deref().unwrap_or_else(|| law::cost(&question.law));
        let limit = |(i, limit): (usize, &AskedLimit)| {
            Subject::read(&limit.of.0, &format!("allocate.limits[{i}].of"))
        };
        Ok(Self {
            minimize: Subject::read(minimize, "allocate.minimize")?,
            cost: called::parse(cost, "allocate.cost")?,
            own_cost: question.cost.is_some(),
            limits: question.limits.iter().enumerate().map(limit).collect::<Result<_, _>>()?,
        })
    }

    /// The names that the Question says are inputs.
    pub fn names(&self, question: &AllocateQuestion) -> BTreeSet<String> {
        let parameters: BTreeSet<&str> = grown(question.fit.iter().flat_map(FitChoice::names));
        let formulas = self.limits.iter().chain([&self.minimize]).filter_map(|subject| match subject {
            Subject::Formula(formula) => Some(formula.as_ref()),
            _ => None,
        });
        let names = formulas.chain([&self.cost]).flat_map(Formula::names);
        grown(names.filter(|name| !parameters.contains(name)).map(str::to_owned))
    }
}

impl Texts {
    /// The same with the families of its formulas running over the members that the law has.
    pub fn with_members(self, law: &AskedLaw) -> Result<Self, AskError> {
        let names = law.names();
        let leaves: Vec<&str> = names.iter().map(String::as_str).collect();
        let known = |formula: Formula, path: &str| {
            law::with_members(formula, &leaves).map_err(|error| AskError::at(path, error))
        };
        let subject = |subject: Subject, path: &str| match subject {
            Subject::Formula(formula) => known(*formula, path).map(|f| Subject::Formula(Box::new(f))),
            other => Ok(other),
        };
        let limits = self.limits.into_iter().enumerate();
        Ok(Self {
            minimize: subject(self.minimize, "allocate.minimize")?,
            cost: known(self.cost, "allocate.cost")?,
            own_cost: self.own_cost,
            limits: limits
                .map(|(i, limit)| subject(limit, &format!("allocate.limits[{i}].of")))
                .collect::<Result<_, _>>()?,
        })
    }

    /// Whether anything depends on the cost.
    fn use_cost(&self, question: &AllocateQuestion) -> bool {
        let costs = |of: &Subject| matches!(of, Subject::Cost);
        question.budget.is_some() || self.limits.iter().chain([&self.minimize]).any(costs)
    }

    /// The cost is one of things to choose, and the law chooses among them.
    pub fn check_cost(&self, question: &AllocateQuestion, law: &AskedLaw) -> Result<(), AskError> {
        if !self.use_cost(question) && !self.own_cost || law.kind() != Kind::Loss {
            return Ok(());
        }
        let has = |name: &str| law.inputs.iter().any(|input| input.name == name);
        if !(self.own_cost || self.cost.names().into_iter().all(has)) {
            let message = format!(
                "expected \"cost\", a formula such as 6*x*y: the default, {}, needs a law of N and D",
                law.cost
            );
            return Err(AskError::malformed("allocate", message));
        }
        let names = self.cost.names();
        match names.iter().find(|name| law.parameters.iter().any(|parameter| parameter.name == **name)) {
            None => Ok(()),
            Some(name) => {
                let message =
                    format!("expected a cost of things to choose; {name} is a parameter of {}", law.name());
                Err(AskError::malformed("allocate.cost", message))
            }
        }
    }
}

/// A problem, with the field that each of its limits came from.
pub(super) struct Posed {
    pub problem: Problem,
    /// What each limit is of, as the Question has it.
    pub subjects: Vec<Subject>,
    /// The field of each limit.
    pub paths: Vec<String>,
}

/// Poses the problem: the limits in their order, then the budget.
pub(super) fn pose(
    question: &AllocateQuestion,
    texts: &Texts,
    law: &AskedLaw,
    fitted: &Fitted,
    asking: &mut Asking,
) -> Result<Posed, AskError> {
    let quantities = Quantities { texts, law, fitted };
    let mut posed = Posed {
        problem: Problem::new(quantities.of(&texts.minimize), free(question, texts, law)?),
        subjects: Vec::new(),
        paths: Vec::new(),
    };
    for (i, (limit, subject)) in question.limits.iter().zip(&texts.limits).enumerate() {
        let subject = unrepeated(subject, law);
        let path = format!("allocate.limits[{i}]");
        let (sense, amount, field) = limit.side(&path)?;
        let bound = amount.resolve(quantities.expected(&subject), &|| field.clone(), asking)?;
        posed.push(quantities.of(&subject), sense, bound, subject, field);
    }
    if let Some(budget) = &question.budget {
        let path = || "allocate.budget".to_owned();
        let bound = budget.resolve(quantities.expected(&Subject::Cost), &path, asking)?;
        posed.push(quantities.of(&Subject::Cost), Sense::AtMost, bound, Subject::Cost, path());
    }
    if posed.problem.limits.is_empty() {
        let message = "expected a budget such as \"5.76e23 FLOPs\", or limits; got neither";
        return Err(AskError::malformed("allocate", message));
    }
    Ok(posed)
}

impl Posed {
    fn push(&mut self, of: Quantity, sense: Sense, bound: f64, subject: Subject, path: String) {
        self.problem.limits.push(Limit { of, sense, bound });
        self.subjects.push(subject);
        self.paths.push(path);
    }
}

/// On a law without repetition, a limit on unique data is one on the tokens seen.
fn unrepeated(subject: &Subject, law: &AskedLaw) -> Subject {
    let has = |name: &str| law.inputs.iter().any(|input| input.name == name);
    match subject {
        Subject::Formula(formula) if formula.text().trim() == "D_unique" && !has("D_unique") && has("D") => {
            Formula::parse(D_SEEN.symbol)
                .map_or_else(|_| subject.clone(), |formula| Subject::Formula(Box::new(formula)))
        }
        other => other.clone(),
    }
}

/// What may be chosen: the inputs of the law, then what else the cost depends on.
fn free(question: &AllocateQuestion, texts: &Texts, law: &AskedLaw) -> Result<Vec<Free>, AskError> {
    let mut names = law.input_names();
    if texts.use_cost(question) || texts.own_cost {
        for name in texts.cost.names() {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    check_names(texts, law, &names)?;
    Ok(names.iter().map(|name| Free::positive(name)).collect())
}

/// Every name of a limit is one that may be chosen, except [`unrepeated`] data.
fn check_names(texts: &Texts, law: &AskedLaw, known: &[String]) -> Result<(), AskError> {
    let limits = texts.limits.iter().enumerate().map(|(i, of)| (of, format!("allocate.limits[{i}].of")));
    for (subject, path) in limits.chain([(&texts.minimize, "allocate.minimize".to_owned())]) {
        let Subject::Formula(formula) = unrepeated(subject, law) else { continue };
        if let Some(given) = formula.names().into_iter().find(|name| !known.iter().any(|k| k == name)) {
            let mut known = known.to_vec();
            known.extend(["loss".to_owned(), "cost".to_owned()]);
            let what = "a variable of the law or the cost".to_owned();
            return Err(AskFault::UnknownName { what, known, given: given.to_owned() }.at(path));
        }
    }
    Ok(())
}

/// Makes quantities of what a Question names.
pub(super) struct Quantities<'a> {
    pub texts: &'a Texts,
    pub law: &'a AskedLaw,
    pub fitted: &'a Fitted,
}

impl Quantities<'_> {
    /// The quantity, with the values of its parameters.
    pub fn of(&self, subject: &Subject) -> Quantity {
        match subject {
            Subject::Loss => self.loss(),
            Subject::Cost => Quantity::new(self.texts.cost.clone(), []),
            Subject::Formula(formula) => Quantity::new((**formula).clone(), []),
        }
    }

    fn loss(&self) -> Quantity {
        let formula = self.law.outputs[0].formula.clone();
        let used: Vec<String> = formula.names().into_iter().map(str::to_owned).collect();
        let values = self.law.parameters.iter().zip(&self.fitted.values);
        let values = values.filter(|(parameter, _)| used.contains(&parameter.name));
        Quantity::new(formula, values.map(|(parameter, value)| (parameter.name.as_str(), *value)))
    }

    /// The unit of a quantity, where it is known.
    pub fn unit(&self, subject: &Subject) -> Option<Unit> {
        match subject {
            Subject::Loss => self.law.outputs[0].unit,
            Subject::Cost => Some(Unit::Flops),
            Subject::Formula(formula) => match formula.text().replace(' ', "").as_str() {
                "D/N" => Some(Unit::TokensPerParameter),
                text if formula.names() == [text] => Some(self.law.unit(text)),
                _ => None,
            },
        }
    }

    /// What a bound must be: positive, in the unit of its quantity.
    pub fn expected(&self, subject: &Subject) -> Expected {
        Expected::from(self.unit(subject).unwrap_or(Unit::One)).sign(Sign::Positive)
    }
}
