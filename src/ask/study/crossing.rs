//! `crossing`: where two laws say the same.

use serde::{Deserialize, Serialize};

use crate::ask::evaluate::evaluate;
use crate::ask::fitted::{self, Fitted};
use crate::ask::law::{self, AskedLaw};
use crate::ask::{AskError, AskFault, Asking, FitChoice, LawChoice, Named, Quantity};
use crate::num::roots::find_root;
use crate::num::{exp, grown, ln};
use crate::outcome::Warning;

/// Asks where the main outputs of two laws are equal, along one input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "a crossing such as {\"law\":…,\"with\":{\"law\":…},\"over\":\"D\",\"in\":[1e9,1e13]}"
)]
pub struct CrossingQuestion {
    /// One law.
    pub law: LawChoice,
    /// Values for its parameters; by default the first published fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<FitChoice>,
    /// The other.
    pub with: Other,
    /// The input along which they may cross.
    pub over: String,
    /// From where to where.
    #[serde(rename = "in")]
    pub within: [Quantity; 2],
    /// The other inputs of both.
    #[serde(default, skip_serializing_if = "Named::is_empty")]
    pub at: Named<Quantity>,
}

/// A law with its values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a law such as {\"law\":\"chinchilla\",\"fit\":\"hoffmann2022\"}")]
pub struct Other {
    /// The law.
    pub law: LawChoice,
    /// Values for its parameters; by default the first published fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<FitChoice>,
}

/// Where two laws say the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CrossingAnswer {
    /// The values of the input, in ascending order.
    pub roots: Vec<f64>,
    /// What both laws say there.
    pub values: Vec<f64>,
    /// Which law is lower below the first root, and so on, one more than there are roots: `law` or `with`.
    pub lower: Vec<String>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// Points at which the difference is looked at for a change of sign: as many crossings as this are told apart.
const POINTS: usize = 2000;

/// One of the two laws, along the input.
struct Side {
    law: AskedLaw,
    fitted: Fitted,
    at: Vec<(String, f64)>,
    over: String,
}

impl Side {
    fn new(
        choice: (&LawChoice, Option<&FitChoice>),
        question: &CrossingQuestion,
        path: &str,
        asking: &mut Asking,
    ) -> Result<Self, AskError> {
        let (law, fit) = choice;
        let named = grown(question.at.names().chain([question.over.as_str()]).map(str::to_owned));
        let valued = fit.into_iter().flat_map(FitChoice::names);
        let mut law = law::resolve(law, &named, valued, &format!("{path}.law"), &mut asking.warnings)?;
        let fitted = fitted::resolve(fit, &mut law, path, &mut asking.warnings)?;
        let mut at = Vec::new();
        for input in law.inputs.iter().filter(|input| input.name != question.over) {
            let none = || AskFault::NoInput { name: input.name.clone(), law: law.name().to_owned() };
            let quantity = question.at.get(&input.name).ok_or_else(|| none().at("crossing.at"))?;
            let place = || format!("crossing.at.{}", input.name);
            at.push((input.name.clone(), quantity.resolve(input.unit, &place, asking)?));
        }
        Ok(Self { law, fitted, at, over: question.over.clone() })
    }

    /// The main output over a column of the input.
    fn values(&self, over: &[f64], path: &str) -> Result<Vec<f64>, AskError> {
        let names = self.law.parameters.iter().map(|parameter| parameter.name.as_str());
        let parameters = names.zip(self.fitted.values.iter().copied());
        let held = self.at.iter().map(|(name, value)| (name.as_str(), *value));
        let known: Vec<(&str, f64)> = parameters.chain(held).collect();
        let columns = [(self.over.as_str(), over)];
        let depends = self.law.inputs.iter().any(|input| input.name == self.over);
        let columns: &[(&str, &[f64])] = if depends { &columns } else { &[] };
        let found = evaluate(&self.law.outputs[0].formula, columns, &known)
            .map_err(|error| AskError::at(path, error))?;
        if let Some((condition, _)) = found.broken.into_iter().next() {
            let law = self.law.name().to_owned();
            return Err(AskFault::Condition { condition, law, row: None }.at("crossing.in"));
        }
        let found = found.values;
        Ok(if depends { found } else { vec![found[0]; over.len()] })
    }
}

/// Answers.
pub(in crate::ask) fn answer(
    question: &CrossingQuestion,
    asking: &mut Asking,
) -> Result<CrossingAnswer, AskError> {
    let one = Side::new((&question.law, question.fit.as_ref()), question, "crossing", asking)?;
    let with = (&question.with.law, question.with.fit.as_ref());
    let other = Side::new(with, question, "crossing.with", asking)?;
    let known = [&one, &other].into_iter().find_map(|side| {
        side.law.inputs.iter().find(|input| input.name == question.over).map(|input| input.unit)
    });
    let Some(unit) = known else {
        let known = one.law.inputs.iter().map(|input| input.name.clone()).collect();
        let what = "an input of either law".to_owned();
        return Err(AskFault::UnknownName { what, known, given: question.over.clone() }.at("crossing.over"));
    };
    let mut ends = [0.0; 2];
    for (at, quantity) in question.within.iter().enumerate() {
        ends[at] = quantity.resolve(unit, &|| format!("crossing.in[{at}]"), asking)?;
    }
    let [low, high] = ends;
    if !(low < high && low > 0.0) {
        let message = format!("expected two positive ends, the lower one first; got {low} and {high}");
        return Err(AskError::malformed("crossing.in", message));
    }
    let difference = |xs: &[f64]| -> Result<Vec<f64>, AskError> {
        let (a, b) = (one.values(xs, "crossing.law")?, other.values(xs, "crossing.with.law")?);
        Ok(a.iter().zip(&b).map(|(a, b)| a - b).collect())
    };
    let step = (ln(high) - ln(low)) / (POINTS - 1) as f64;
    let mut xs: Vec<f64> = (0..POINTS).map(|at| exp(ln(low) + step * at as f64)).collect();
    (xs[0], xs[POINTS - 1]) = (low, high);
    let differences = difference(&xs)?;
    let mut answer = CrossingAnswer::default();
    let mut sign = 0.0;
    for (at, here) in differences.iter().enumerate().filter(|(_, here)| here.is_finite()) {
        if *here == 0.0 {
            continue;
        }
        if sign * here < 0.0 {
            let root = root(&difference, &xs, &differences, at)?;
            answer.values.extend(one.values(&[root], "crossing.law")?);
            answer.roots.push(root);
        }
        if sign * here <= 0.0 {
            answer.lower.push(if *here < 0.0 { "law" } else { "with" }.to_owned());
        }
        sign = here.signum();
    }
    answer.warnings = std::mem::take(&mut asking.warnings);
    Ok(answer)
}

/// What one law says above the other, over a column of the input.
type Difference<'a> = dyn Fn(&[f64]) -> Result<Vec<f64>, AskError> + 'a;

/// The root before point `at`, where the sign has changed since the last point that has one.
fn root(difference: &Difference, xs: &[f64], differences: &[f64], at: usize) -> Result<f64, AskError> {
    let before = (0..at).rev().find(|&at| differences[at] != 0.0 && differences[at].is_finite());
    let (low, high) = (ln(xs[before.unwrap_or(0)]), ln(xs[at]));
    let mut failed = None;
    let value = |x: f64| match difference(&[exp(x)]) {
        Ok(values) => (values[0], 0.0),
        Err(error) => {
            failed = Some(error);
            (f64::NAN, 0.0)
        }
    };
    let found = find_root(value, low, high, 0.5 * (low + high));
    match (failed, found) {
        (Some(error), _) => Err(error),
        (None, Ok(root)) => Ok(exp(root.x)),
        // Not a number somewhere between: the middle is as near as can be said.
        (None, Err(_)) => Ok(exp(0.5 * (low + high))),
    }
}
