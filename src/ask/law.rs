//! Which law is asked about: one of the catalogue, or one that was typed.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::called;
use super::{AskError, AskFault, Named};
use crate::formula::Formula;
use crate::laws::{self, Bounds, Kind, Law};
use crate::units::Unit;

/// A law: the id of one in the catalogue, or a typed one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum LawChoice {
    /// The id of a law in the catalogue.
    Catalogue(String),
    /// A law typed by its reader.
    Typed(Box<TypedLaw>),
}

/// A law typed by its reader. What is not declared is found out: names in `inputs`, in `at`, in the runs'
/// columns, in the cost or in the limits are inputs, the rest are parameters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a law such as {\"formula\":\"E + A / N^alpha\"}")]
pub struct TypedLaw {
    /// The formula, in the law language.
    pub formula: String,
    /// The names of what it gives; `["L"]` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outputs: Option<Vec<String>>,
    /// What it is computed from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inputs: Option<Named<InputDeclaration>>,
    /// What a fit determines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Named<ParameterDeclaration>>,
}

/// What is said of an input of a typed law.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "an input such as {\"unit\":\"parameters\"}")]
pub struct InputDeclaration {
    /// Its unit; by default that of its first letter: N in parameters, D in tokens, C in FLOPs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// What is said of a parameter of a typed law. By default it is positive, and between 0.02 and 2 where it
/// stands in an exponent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a parameter such as {\"in\":[0.02,2]} or {\"positive\":true}")]
pub struct ParameterDeclaration {
    /// Its bounds, both included.
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    pub within: Option<[f64; 2]>,
    /// Whether it is positive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub positive: Option<bool>,
}

impl<'de> Deserialize<'de> for LawChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LawVisitor;

        impl<'de> Visitor<'de> for LawVisitor {
            type Value = LawChoice;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the id of a law such as \"chinchilla\", or a law such as {\"formula\":\"E + A / N^alpha\"}")
            }

            fn visit_str<E: Error>(self, id: &str) -> Result<LawChoice, E> {
                Ok(LawChoice::Catalogue(id.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<LawChoice, A::Error> {
                TypedLaw::deserialize(MapAccessDeserializer::new(map))
                    .map(|law| LawChoice::Typed(Box::new(law)))
            }
        }

        deserializer.deserialize_any(LawVisitor)
    }
}

/// A law, ready to be used.
#[derive(Clone, Debug)]
pub(super) struct AskedLaw {
    /// The law of the catalogue, if it is one.
    pub catalogue: Option<&'static Law>,
    /// What it gives, the main output first.
    pub outputs: Vec<AskedOutput>,
    /// What it is computed from.
    pub inputs: Vec<AskedInput>,
    /// What a fit determines, in the order of answers.
    pub parameters: Vec<AskedParameter>,
}

/// One output of a law.
#[derive(Clone, Debug)]
pub(super) struct AskedOutput {
    /// Its name, such as `N_opt`.
    pub name: String,
    /// The symbol of what it is an amount of, such as `N`.
    pub symbol: String,
    /// Its unit, where it is known.
    pub unit: Option<Unit>,
    /// Its formula.
    pub formula: Formula,
}

/// One input of a law.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AskedInput {
    /// Its name in the formula.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
}

/// One parameter of a law.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AskedParameter {
    /// Its name in the formula.
    pub name: String,
    /// Where its value may lie.
    pub bounds: Bounds,
}

/// The unit of a variable by its first letter: N in parameters, D in tokens, C in FLOPs, others without.
pub fn unit_of(variable: &str) -> Unit {
    match variable.split('_').next() {
        Some("N") => Unit::Parameters,
        Some("D") => Unit::Tokens,
        Some("C") => Unit::Flops,
        _ => Unit::One,
    }
}

impl AskedLaw {
    /// What it is called in messages.
    pub fn name(&self) -> &str {
        self.catalogue.map_or("the law", |law| law.id)
    }

    /// What kind of law it is; a typed one predicts a loss.
    pub fn kind(&self) -> Kind {
        self.catalogue.map_or(Kind::Loss, |law| law.kind)
    }

    /// The unit of a variable, whether the law has it or not.
    pub fn unit(&self, variable: &str) -> Unit {
        let input = self.inputs.iter().find(|input| input.name == variable);
        input.map_or_else(|| unit_of(variable), |input| input.unit)
    }

    /// The names of its inputs and parameters.
    pub fn names(&self) -> Vec<String> {
        let parameters = self.parameters.iter().map(|parameter| parameter.name.clone());
        self.input_names().into_iter().chain(parameters).collect()
    }

    /// The names of its inputs.
    pub fn input_names(&self) -> Vec<String> {
        self.inputs.iter().map(|input| input.name.clone()).collect()
    }
}

/// Finds the law, or makes it of what was typed. `named` are the names that the rest of the Question says
/// are inputs; `path` is the field that holds the law.
pub(super) fn resolve(
    choice: &LawChoice,
    named: &BTreeSet<String>,
    path: &str,
) -> Result<AskedLaw, AskError> {
    match choice {
        LawChoice::Catalogue(id) => {
            let law = laws::find(id).map_err(|error| AskError::at(path, error))?;
            from_catalogue(law).map_err(|error| AskError::at(path, error))
        }
        LawChoice::Typed(law) => from_text(law, named, path),
    }
}

fn from_catalogue(law: &'static Law) -> Result<AskedLaw, crate::formula::FormulaError> {
    let output = |(output, formula): (&laws::Output, Formula)| AskedOutput {
        name: output.name.to_owned(),
        symbol: output.variable.symbol.to_owned(),
        unit: Some(output.variable.unit()),
        formula,
    };
    let input =
        |input: &crate::units::Variable| AskedInput { name: input.symbol.to_owned(), unit: input.unit() };
    let parameter = |parameter: &laws::Parameter| AskedParameter {
        name: parameter.symbol.to_owned(),
        bounds: parameter.bounds,
    };
    Ok(AskedLaw {
        catalogue: Some(law),
        outputs: law.outputs.iter().zip(law.output_formulas()?).map(output).collect(),
        inputs: law.inputs.iter().map(input).collect(),
        parameters: law.parameters.iter().map(parameter).collect(),
    })
}

fn from_text(law: &TypedLaw, named: &BTreeSet<String>, path: &str) -> Result<AskedLaw, AskError> {
    let formula = called::parse(&law.formula, &format!("{path}.formula"))?;
    let output = output_name(law, &formula, path)?;
    check_declared(law, &formula, path)?;
    let declared_input = |name: &str| law.inputs.as_ref().is_some_and(|inputs| inputs.get(name).is_some());
    let declaration = |name: &str| law.parameters.as_ref().and_then(|parameters| parameters.get(name));
    let (mut inputs, mut parameters) = (Vec::new(), Vec::new());
    for name in formula.names() {
        let is_input = declared_input(name) || (named.contains(name) && declaration(name).is_none());
        if is_input {
            inputs.push(AskedInput { name: name.to_owned(), unit: declared_unit(law, name, path)? });
        } else {
            let exponent = formula.exponents().contains(&name);
            let bounds = bounds(declaration(name), exponent, || format!("{path}.parameters.{name}"))?;
            parameters.push(AskedParameter { name: name.to_owned(), bounds });
        }
    }
    let outputs = vec![AskedOutput { symbol: output.clone(), name: output, unit: None, formula }];
    Ok(AskedLaw { catalogue: None, outputs, inputs, parameters })
}

/// The one output of a typed law: as declared, as its last line names it, or L.
fn output_name(law: &TypedLaw, formula: &Formula, path: &str) -> Result<String, AskError> {
    match law.outputs.as_deref() {
        None => Ok(formula.result_name().unwrap_or("L").to_owned()),
        Some([name]) => Ok(name.clone()),
        Some([]) => Err(AskError::malformed(format!("{path}.outputs"), "expected one name; got none")),
        Some(_) => {
            let path = format!("more than one of {path}.outputs");
            Err(AskFault::NotAvailable { with: "the catalogue" }.at(path))
        }
    }
}

/// Every declared name stands in the formula, and in one declaration only.
fn check_declared(law: &TypedLaw, formula: &Formula, path: &str) -> Result<(), AskError> {
    let inputs = law.inputs.iter().flat_map(Named::names).map(|name| ("inputs", name));
    let parameters = law.parameters.iter().flat_map(Named::names).map(|name| ("parameters", name));
    let known = formula.names();
    for (field, name) in inputs.chain(parameters) {
        if !known.contains(&name) {
            return Err(AskFault::UnknownName {
                what: "a name of the formula".to_owned(),
                known: known.iter().map(|name| (*name).to_owned()).collect(),
                given: name.to_owned(),
            }
            .at(format!("{path}.{field}")));
        }
    }
    let twice = law
        .inputs
        .iter()
        .flat_map(Named::names)
        .find(|name| law.parameters.as_ref().is_some_and(|parameters| parameters.get(name).is_some()));
    twice.map_or(Ok(()), |name| {
        let message = format!("expected {name} to be either an input or a parameter; it is declared as both");
        Err(AskError::malformed(format!("{path}.parameters"), message))
    })
}

fn declared_unit(law: &TypedLaw, name: &str, path: &str) -> Result<Unit, AskError> {
    let declared = law.inputs.as_ref().and_then(|inputs| inputs.get(name)).and_then(|i| i.unit.as_deref());
    let at = || format!("{path}.inputs.{name}.unit");
    declared.map_or_else(
        || Ok(unit_of(name)),
        |unit| unit.parse().map_err(|error: crate::units::UnitError| AskError::at(at(), error)),
    )
}

fn bounds(
    declaration: Option<&ParameterDeclaration>,
    exponent: bool,
    path: impl Fn() -> String,
) -> Result<Bounds, AskError> {
    let given = declaration.cloned().unwrap_or_default();
    match (given.within, given.positive) {
        (Some([low, high]), _) if low >= high => {
            let message = format!("expected a lower bound below the upper one; got [{low}, {high}]");
            Err(AskError::malformed(path(), message))
        }
        (Some([low, high]), Some(true)) if low <= 0.0 => {
            let message = format!("expected positive bounds, since it is positive; got [{low}, {high}]");
            Err(AskError::malformed(path(), message))
        }
        (Some([low, high]), _) => Ok(Bounds::In(low, high)),
        (None, Some(true)) => Ok(Bounds::Positive),
        (None, Some(false)) => Ok(Bounds::Free),
        (None, None) => Ok(if exponent { Bounds::exponent() } else { Bounds::Positive }),
    }
}
