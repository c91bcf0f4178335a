//! `write`: a law in the languages of others.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::fitted::{self, FitChoice};
use super::law::{self, AskedLaw, LawChoice};
use super::{AskError, AskFault, Asking, typed};
use crate::formula::{Formula, Python, python};
use crate::laws;
use crate::num::grown;
use crate::outcome::Warning;

/// Asks for a law as others write it: for a paper, for a page, for a program of one's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a law to write such as {\"law\":\"chinchilla\"}")]
pub struct WriteQuestion {
    /// The law.
    pub law: LawChoice,
    /// Values for its parameters; by default the first published fit. Of a law without one they are inputs too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<FitChoice>,
    /// The names of its inputs, in the order of the arguments of a function; by default as the law has them. Members of
    /// families are named, such as `h[web]`, where the fit does not say them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inputs: Option<Vec<String>>,
}

/// A law as others write it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WriteAnswer {
    /// For mathematics mode, with the package `amsmath`; with the numbers of the fit, if the Question names one. A result that
    /// has no name in the formula has none here.
    pub latex: String,
    /// A `math` element of the same.
    pub mathml: String,
    /// Statements of Python 3.8 or later: they define a function `law` of the inputs, with the values of the fit. Where the law
    /// has several outputs it returns all of them; the members of a family are a dictionary.
    pub python: String,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// Answers.
pub(super) fn answer(question: &WriteQuestion, asking: &mut Asking) -> Result<WriteAnswer, AskError> {
    let named: BTreeSet<String> = grown(question.inputs.iter().flatten().cloned());
    let valued = question.fit.iter().flat_map(FitChoice::names);
    let mut law = law::resolve(&question.law, &named, valued, "write.law", &mut asking.warnings)?;
    let has_fit = question.fit.is_some() || law.catalogue.is_some_and(|law| !law.fits.is_empty());
    let values = if has_fit {
        fitted::resolve(question.fit.as_ref(), &mut law, "write", &mut asking.warnings)?.values
    } else {
        Vec::new()
    };
    let mut arguments = arguments(question, &law)?;
    let parameters: Vec<&str> = law.parameters.iter().map(|parameter| &*parameter.name).collect();
    arguments.extend(parameters[values.len()..].iter().copied());
    let values: Vec<(&str, f64)> = parameters.into_iter().zip(values).collect();
    let formula = whole(&question.law, &law)?;
    let numbers = if question.fit.is_some() { &*values } else { &[] };
    let python = program(&formula, &law, &values, &arguments).ok_or_else(|| {
        AskError::malformed("write.law", "expected a law whose members and tables are known")
    })?;
    let (latex, mathml) = (formula.latex(numbers), formula.mathml(numbers));
    Ok(WriteAnswer { latex, mathml, python, warnings: std::mem::take(&mut asking.warnings) })
}

/// The inputs that the Question names, then all others.
fn arguments<'a>(question: &'a WriteQuestion, law: &'a AskedLaw) -> Result<Vec<&'a str>, AskError> {
    let all: Vec<&str> = law.inputs.iter().map(|input| &*input.name).collect();
    let mut arguments: Vec<&str> = question.inputs.iter().flatten().map(String::as_str).collect();
    if let Some((at, given)) = arguments.iter().enumerate().find(|(_, name)| !all.contains(name)) {
        let (what, known) = (format!("an input of {}", law.name()), law.input_names());
        let fault = AskFault::UnknownName { what, known, given: (*given).to_owned() };
        return Err(fault.at(format!("write.inputs[{at}]")));
    }
    let others: Vec<&str> = all.into_iter().filter(|name| !arguments.contains(name)).collect();
    arguments.extend(others);
    Ok(arguments)
}

/// The formula of all outputs, with its tables, the laws that it calls and the members of its families.
fn whole(choice: &LawChoice, law: &AskedLaw) -> Result<Formula, AskError> {
    let formula = match choice {
        LawChoice::Catalogue(id) => {
            let law = laws::find(id).map_err(|error| AskError::at("write.law", error))?;
            law.read().map_err(|error| AskError::at("write.law", error))?
        }
        // What there is to be warned of has been said.
        LawChoice::Typed(law) => typed::read(law, "write.law", &mut Vec::new())?,
    };
    let names = law.names();
    let leaves: Vec<&str> = names.iter().map(String::as_str).collect();
    law::with_members(formula, &leaves).map_err(|error| AskError::at("write.law", error))
}

/// The statements that define the function.
fn program(formula: &Formula, law: &AskedLaw, values: &[(&str, f64)], inputs: &[&str]) -> Option<String> {
    let outputs: Vec<&str> = law.outputs.iter().map(|output| &*output.name).collect();
    let Python { helpers, tables, body } = formula.python(&outputs)?;
    let constants = python::assigned(values.iter().copied()) + &tables.join("\n");
    let arguments = python::arguments(inputs.iter().copied()).join(", ");
    let function = format!("def law({arguments}):\n    {}", body.join("\n    "));
    let parts = [&*constants].into_iter().chain(helpers).chain([&*function]);
    let parts: Vec<&str> = parts.map(str::trim_end).filter(|part| !part.is_empty()).collect();
    Some(format!("from math import *\n\n{}\n", parts.join("\n\n\n")))
}
