//! The value of a law at a point as texts to copy.

use super::text::{self, plain};
use super::{Form, python};
use crate::ask::Named;
use crate::web::evaluator;
use crate::web::json;
use crate::web::laws::evaluation::label;
use crate::web::link::VERSION;
use crate::web::reading::{LawEntry, VariableEntry, given_fit};
use crate::web::words;

/// Name, value and unit.
const COLUMNS: &str = "lrl";

/// A law, and what it says at a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluated {
    /// The law, with every member of its families.
    pub law: LawEntry,
    /// The id of its published fit; of values of the reader's own none.
    pub fit: String,
    /// Where the law stands; of a typed one nowhere.
    pub source: String,
    /// The values of its parameters.
    pub values: Named<f64>,
    /// Where it is evaluated, in the order of its inputs.
    pub at: Vec<f64>,
    /// What it says, by output.
    pub outputs: Named<Option<f64>>,
    /// What was asked.
    pub question: String,
    /// The answer, as the worker gave it.
    pub answer: String,
}

impl Evaluated {
    /// The report in a form; `link` opens the page on it.
    pub fn text(&self, form: Form, link: &str) -> String {
        match form {
            Form::Sentence => self.sentence(link),
            Form::Markdown => {
                let table = text::markdown(COLUMNS, &["", "Value", ""], &self.rows());
                plain(&format!("{table}\n{}. [Isoflop {VERSION}]({link})\n", self.by()))
            }
            Form::Latex => text::tabular(&self.made(link), COLUMNS, &["", "Value", ""], &self.rows()),
            Form::Json => json::object(&[("question", &*self.question), ("answer", &*self.answer)]),
        }
    }

    fn sentence(&self, link: &str) -> String {
        let amount = |(variable, number, unit): (&VariableEntry, String, &str)| {
            format!("{} = {number} {unit}", label(variable)).trim_end().to_owned()
        };
        let said = words::listed(&self.said().map(amount).collect::<Vec<_>>());
        let at = words::listed(&self.given().map(amount).collect::<Vec<_>>());
        let at = if at.is_empty() { at } else { format!(" at {at}") };
        plain(&format!("{said}{at} ({}; Isoflop {VERSION}, {link}).", self.by()))
    }

    /// The law, the fit and where that stands.
    fn by(&self) -> String {
        let fit = self.law.fit(&self.fit);
        let own = (fit.is_none() && !self.values.0.is_empty()).then_some("values of one’s own");
        let name = if self.law.name.is_empty() { &self.law.formula } else { &self.law.name };
        let source = fit.map_or(&self.source, |fit| &fit.source);
        let parts = [Some(&**name), fit.map(|fit| &*fit.name).or(own), Some(&**source)];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// The same, with what made it and where it opens.
    fn made(&self, link: &str) -> String {
        super::made(&self.by(), link)
    }

    /// Its inputs: variable, number and unit.
    fn given(&self) -> impl Iterator<Item = (&VariableEntry, String, &'static str)> {
        self.law.inputs.iter().zip(&self.at).map(|(input, value)| {
            let (number, unit) = evaluator::value(*value, input.unit);
            (input, number, unit)
        })
    }

    /// Its outputs that have a value: variable, number and unit.
    fn said(&self) -> impl Iterator<Item = (&VariableEntry, String, &'static str)> {
        self.law.outputs.iter().filter_map(|output| {
            let (number, unit) = evaluator::value(self.outputs.get(&output.name).copied()??, output.unit);
            Some((output, number, unit))
        })
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |(variable, number, unit): (&VariableEntry, String, &str)| {
            vec![label(variable), number, unit.to_owned()]
        };
        self.given().chain(self.said()).map(row).collect()
    }

    /// The question for the law in Python.
    pub fn asks_python(&self) -> String {
        let inputs = self.law.inputs.iter().map(|input| &*input.name);
        python::question(&self.law.id, self.by_fit().as_deref(), inputs)
    }

    /// The values of its parameters as a fit of the contract; nothing where it has none.
    fn by_fit(&self) -> Option<String> {
        if !self.fit.is_empty() {
            return Some(json::string(&self.fit));
        }
        (!self.values.0.is_empty()).then(|| given_fit(self.values.iter().map(|(name, value)| (name, *value))))
    }

    /// A program that computes the value, around the law in Python.
    pub fn python(&self, law: &str, link: &str) -> String {
        let inputs = self.law.inputs.iter().map(|input| &*input.name);
        text::comment("#", &self.made(link)) + &python::printed(law, inputs.zip(self.at.iter().copied()))
    }
}
