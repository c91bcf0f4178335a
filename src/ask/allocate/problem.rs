//! From a Question to a problem of `crate::allocate`.

use std::collections::BTreeSet;

#[cfg(feature = "catalogue")]
use super::OtherLaw;
use super::costs::{BUDGET, Costs};
use super::free::{in_formula_order, said_box, wholes};
use super::limit::{Asked, AskedLimit};
use super::sought::{self, Sought};
use super::{AllocateQuestion, Of};
use crate::allocate::{Free, Limit, Problem, Quantity, Sense};
use crate::ask::called;
#[cfg(feature = "catalogue")]
use crate::ask::fitted;
use crate::ask::fitted::Fitted;
use crate::ask::law::{self, AskedLaw};
use crate::ask::{AskError, AskFault, Asking, FitChoice};
use crate::formula::Formula;
use crate::laws::{Kind, LAWS, Law};
use crate::num::{grown, max, min};
#[cfg(feature = "catalogue")]
use crate::outcome::Warning;
use crate::units::{D_SEEN, Expected, Sign, Unit};

/// The formulas of a Question, read.
pub(super) struct Texts {
    pub minimize: Subject,
    pub cost: Formula,
    /// Whether the cost was given.
    pub own_cost: bool,
    /// What each limit is of.
    pub limits: Vec<Subject>,
    /// What the best plan is to have, where the budget is sought.
    pub sought: Option<Subject>,
    /// The quantities of hardware and serving.
    pub costs: Costs,
}

/// The field that says what the best plan is to have.
const SOUGHT: &str = "allocate.budget_for.of";

/// What is minimised or limited.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    Loss,
    Cost,
    Formula(Box<Formula>),
    /// The value of another law.
    #[cfg(feature = "catalogue")]
    Law(Box<Other>),
}

/// Another law with its fit.
#[cfg(feature = "catalogue")]
#[derive(Clone, Debug)]
pub(super) struct Other {
    name: String,
    quantity: Quantity,
    unit: Option<Unit>,
}

impl Subject {
    pub fn read(text: &str, costs: &Costs, path: &str) -> Result<Self, AskError> {
        match text.trim() {
            "loss" => Ok(Self::Loss),
            "cost" => Ok(Self::Cost),
            text => {
                let formula = costs.written(called::parse(text, path)?, path)?;
                Ok(Self::Formula(Box::new(formula)))
            }
        }
    }

    /// What the best plan is to have: something of the plan itself.
    fn sought(asked: &AskedLimit, costs: &Costs) -> Result<Self, AskError> {
        match asked.of.text().map(|text| Self::read(text, costs, SOUGHT)) {
            Some(Ok(Self::Loss | Self::Cost)) | None => {
                let message =
                    "expected a variable of the plan such as \"N\", or a formula of some such as \"D/N\"";
                Err(AskError::malformed(SOUGHT, message))
            }
            Some(read) => read,
        }
    }

    /// How it is called.
    pub fn text(&self) -> &str {
        match self {
            Self::Loss => "loss",
            Self::Cost => "cost",
            Self::Formula(formula) => formula.text(),
            #[cfg(feature = "catalogue")]
            Self::Law(other) => &other.name,
        }
    }

    /// Whether its parameters are those of another fit.
    pub fn has_own_fit(&self) -> bool {
        match self {
            Self::Loss | Self::Cost | Self::Formula(_) => false,
            #[cfg(feature = "catalogue")]
            Self::Law(_) => true,
        }
    }

    /// The names of the variables that it is computed from.
    fn names(&self) -> Vec<&str> {
        match self {
            Self::Loss | Self::Cost => Vec::new(),
            Self::Formula(formula) => formula.names(),
            #[cfg(feature = "catalogue")]
            Self::Law(other) => {
                let valued = |name: &&str| !other.quantity.values.contains_key(*name);
                other.quantity.formula.names().into_iter().filter(valued).collect()
            }
        }
    }
}

#[cfg(feature = "catalogue")]
impl Other {
    fn resolve(asked: &OtherLaw, path: &str, warnings: &mut Vec<Warning>) -> Result<Self, AskError> {
        let valued = asked.fit.iter().flat_map(FitChoice::names);
        let mut law = law::resolve(&asked.law, &BTreeSet::new(), valued, &format!("{path}.law"), warnings)?;
        let fitted = fitted::resolve(asked.fit.as_ref(), &mut law, path, warnings)?;
        Ok(Self {
            name: law.name().to_owned(),
            unit: law.outputs[0].unit,
            quantity: main_output(&law, &fitted),
        })
    }
}

/// The main output of a law with the values of its parameters.
pub(super) fn main_output(law: &AskedLaw, fitted: &Fitted) -> Quantity {
    let formula = &law.outputs[0].formula;
    let used = formula.names();
    let values = law.parameters.iter().zip(&fitted.values);
    let values = values.filter(|(parameter, _)| used.contains(&parameter.name.as_str()));
    Quantity::new(formula.clone(), values.map(|(parameter, value)| (parameter.name.as_str(), *value)))
}

impl Texts {
    pub fn new(question: &AllocateQuestion, asking: &mut Asking) -> Result<Self, AskError> {
        let minimize = question.minimize.as_deref().unwrap_or("loss");
        let cost = question.cost.as_deref().unwrap_or_else(|| law::cost(&question.law));
        let cost = called::parse(cost, "allocate.cost")?;
        let costs = Costs::read(question, &cost, asking)?;
        let mut limit = |(i, limit): (usize, &AskedLimit)| {
            let path = format!("allocate.limits[{i}].of");
            match &limit.of {
                Of::Text(text) => Subject::read(text, &costs, &path),
                #[cfg(feature = "catalogue")]
                Of::Law(asked) => {
                    Ok(Subject::Law(Box::new(Other::resolve(asked, &path, &mut asking.warnings)?)))
                }
            }
        };
        Ok(Self {
            minimize: Subject::read(minimize, &costs, "allocate.minimize")?,
            cost,
            own_cost: question.cost.is_some(),
            limits: question.limits.iter().enumerate().map(&mut limit).collect::<Result<_, _>>()?,
            sought: sought::asked(question).map(|asked| Subject::sought(asked, &costs)).transpose()?,
            costs,
        })
    }

    /// Everything that is minimised, limited or sought.
    fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.limits.iter().chain([&self.minimize]).chain(&self.sought)
    }

    /// The names that the Question says are inputs.
    pub fn names(&self, question: &AllocateQuestion) -> BTreeSet<String> {
        let parameters: BTreeSet<&str> = grown(question.fit.iter().flat_map(FitChoice::names));
        let names = self.subjects().flat_map(Subject::names).chain(self.cost.names());
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
            sought: self.sought.map(|sought| subject(sought, SOUGHT)).transpose()?,
            costs: self.costs,
        })
    }

    /// Whether anything depends on the cost.
    fn use_cost(&self, question: &AllocateQuestion) -> bool {
        let costs = |of: &Subject| matches!(of, Subject::Cost);
        question.budget.is_some() || self.sought.is_some() || self.subjects().any(costs)
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
    /// What may be chosen, in the order of the law.
    pub names: Vec<String>,
    /// What each limit is of, as the Question has it.
    pub subjects: Vec<Subject>,
    /// The field of each limit.
    pub paths: Vec<String>,
    /// What the budget, the last limit, was sought for.
    pub sought: Option<Sought>,
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
    let names = free(question, texts, law)?;
    let mut posed = Posed {
        problem: Problem {
            wholes: wholes(law)?,
            ..Problem::new(quantities.of(&texts.minimize), in_formula_order(&names, law))
        },
        names,
        subjects: Vec::new(),
        paths: Vec::new(),
        sought: None,
    };
    for (i, (limit, subject)) in question.limits.iter().zip(&texts.limits).enumerate() {
        let subject = unrepeated(subject, law);
        let (asked, field) = limit.asked(&format!("allocate.limits[{i}]"))?;
        let expected = quantities.expected(&subject);
        match asked {
            Asked::Side(sense, amount) => {
                let bound = amount.resolve(expected, &|| field.clone(), asking)?;
                posed.reach(&subject, bound, law);
                posed.push(quantities.of(&subject), sense, bound, subject, field);
            }
            Asked::OneOf(amounts) => {
                let value = |(j, amount): (usize, &crate::ask::Quantity)| {
                    amount.resolve(expected, &|| format!("{field}[{j}]"), asking)
                };
                let values = amounts.iter().enumerate().map(value).collect::<Result<Vec<_>, _>>()?;
                posed.choose(&subject, values, field)?;
            }
        }
    }
    if let Some(budget) = &question.budget {
        let (subject, bound) = texts.costs.budget(budget, asking)?;
        posed.push(quantities.of(&subject), Sense::AtMost, bound, subject, BUDGET.to_owned());
    }
    if let Some(sought) = Sought::read(question, &quantities, asking)? {
        sought.settle(&quantities, &mut posed, asking)?;
    }
    if posed.problem.limits.is_empty() && posed.problem.free.iter().all(|free| free.values.is_empty()) {
        let message = "expected a budget such as \"5.76e23 FLOPs\", or limits; got neither";
        return Err(AskError::malformed("allocate", message));
    }
    Ok(posed)
}

impl Posed {
    pub(super) fn push(&mut self, of: Quantity, sense: Sense, bound: f64, subject: Subject, path: String) {
        self.problem.limits.push(Limit { of, sense, bound });
        self.subjects.push(subject);
        self.paths.push(path);
    }

    /// What is said of a variable goes before the box of its unit, though not before that of the law.
    fn reach(&mut self, subject: &Subject, bound: f64, law: &AskedLaw) {
        let named = subject.text().trim();
        if let Some(free) = self.problem.free.iter_mut().find(|free| free.name == named)
            && said_box(named, law).is_none()
        {
            (free.low, free.high) = (min(free.low, bound), max(free.high, bound));
        }
    }

    /// Leaves a variable these values alone.
    fn choose(&mut self, subject: &Subject, values: Vec<f64>, path: String) -> Result<(), AskError> {
        let free = self.problem.free.iter_mut().find(|free| free.name == subject.text().trim());
        let Some(free) = free else {
            let message =
                format!("expected a variable to have one of a few values; {} is none", subject.text());
            return Err(AskError::malformed(path, message));
        };
        if values.is_empty() {
            return Err(AskError::malformed(path, "expected one value or more; got none"));
        }
        *free = Free::one_of(&free.name, values);
        Ok(())
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
fn free(question: &AllocateQuestion, texts: &Texts, law: &AskedLaw) -> Result<Vec<String>, AskError> {
    let mut names = law.input_names();
    if texts.use_cost(question) || texts.own_cost {
        for name in texts.cost.names() {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    check_names(texts, law, &names)?;
    Ok(names)
}

/// Every name of a limit is one that may be chosen, except [`unrepeated`] data.
fn check_names(texts: &Texts, law: &AskedLaw, known: &[String]) -> Result<(), AskError> {
    let limits = texts.limits.iter().enumerate().map(|(i, of)| (of, format!("allocate.limits[{i}].of")));
    let sought = texts.sought.iter().map(|of| (of, SOUGHT.to_owned()));
    for (subject, path) in limits.chain([(&texts.minimize, "allocate.minimize".to_owned())]).chain(sought) {
        let subject = unrepeated(subject, law);
        if let Some(given) = subject.names().into_iter().find(|name| !known.iter().any(|k| k == name)) {
            if let Some(missing) = texts.costs.missing(given, &path) {
                return Err(missing);
            }
            let mut known = known.to_vec();
            known.extend(["loss".to_owned(), "cost".to_owned()]);
            let elsewhere = laws_of(given);
            return Err(AskFault::NoVariable { known, given: given.to_owned(), elsewhere }.at(path));
        }
    }
    Ok(())
}

/// The laws of the catalogue that plan with a variable.
fn laws_of(name: &str) -> Vec<String> {
    let has = |law: &&&Law| law.kind == Kind::Loss && law.inputs.iter().any(|input| input.symbol == name);
    LAWS.iter().filter(has).map(|law| law.id.to_owned()).collect()
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
            Subject::Loss => main_output(self.law, self.fitted),
            Subject::Cost => Quantity::new(self.texts.cost.clone(), []),
            Subject::Formula(formula) => Quantity::new((**formula).clone(), []),
            #[cfg(feature = "catalogue")]
            Subject::Law(other) => other.quantity.clone(),
        }
    }

    /// The unit of a quantity, where it is known.
    pub fn unit(&self, subject: &Subject) -> Option<Unit> {
        match subject {
            Subject::Loss => self.law.outputs[0].unit,
            Subject::Cost => Some(Unit::Flops),
            Subject::Formula(formula) => match formula.text().replace(' ', "").as_str() {
                "D/N" => Some(Unit::TokensPerParameter),
                text if self.texts.costs.unit(text).is_some() => self.texts.costs.unit(text),
                text if formula.names() == [text] => Some(self.law.unit(text)),
                _ => None,
            },
            #[cfg(feature = "catalogue")]
            Subject::Law(other) => other.unit,
        }
    }

    /// What a bound must be, in the unit of its quantity: what has no unit may be of any sign.
    pub fn expected(&self, subject: &Subject) -> Expected {
        let unit = self.unit(subject).unwrap_or(Unit::One);
        Expected::from(unit).sign(if unit == Unit::One { Sign::Any } else { Sign::Positive })
    }
}
