//! Which law is asked about: one of the catalogue, or one that was typed.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::called;
use super::evaluate::evaluate;
use super::range::Columns;
use super::{AskError, AskFault, Named};
use crate::formula::{Formula, FormulaError, Table};
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
    /// The tables that the formula looks things up in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tables: Option<Named<TypedTable>>,
}

/// A table of a typed law.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table such as {\"x\":[1,2],\"y\":[10,20]}")]
pub struct TypedTable {
    /// What is looked up, rising.
    pub x: Vec<f64>,
    /// What is found there.
    pub y: Vec<f64>,
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

impl From<&Law> for TypedLaw {
    /// The law as its reader might have typed it.
    fn from(law: &Law) -> Self {
        let input = |input: &crate::units::Variable| {
            (input.symbol, InputDeclaration { unit: Some(input.unit().name().to_owned()) })
        };
        let parameter = |parameter: &laws::Parameter| (parameter.symbol, parameter.bounds.into());
        let table = |table: &laws::SourcedTable| {
            (table.name, TypedTable { x: table.x.to_vec(), y: table.y.to_vec() })
        };
        Self {
            formula: law.formula.to_owned(),
            outputs: Some(law.outputs.iter().map(|output| output.name.to_owned()).collect()),
            inputs: Some(law.inputs.iter().map(input).collect()),
            parameters: Some(law.parameters.iter().map(parameter).collect()),
            tables: (!law.tables.is_empty()).then(|| law.tables.iter().map(table).collect()),
        }
    }
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
    /// What training costs in FLOPs, as a formula.
    pub cost: &'static str,
}

/// What training costs unless the law counts otherwise.
pub(super) const COST: &str = "6*N*D";

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
pub(super) fn unit_of(variable: &str) -> Unit {
    match family(variable).split('_').next() {
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

    /// What training costs in FLOPs in each row, where everything that it depends on is given.
    pub fn training_flops(&self, at: &Columns) -> Option<Vec<f64>> {
        let cost = Formula::parse(self.cost).ok()?;
        let inputs =
            cost.names().into_iter().map(|name| at.iter().find(|(known, _)| *known == name).copied());
        let inputs: Vec<(&str, &[f64])> = inputs.collect::<Option<_>>()?;
        evaluate(&cost, &inputs, &[]).ok().map(|evaluation| evaluation.values)
    }

    /// The law of one of its outputs alone, with the inputs and parameters that this needs.
    #[cfg(feature = "fit")]
    pub fn of_output(self, output: usize) -> Self {
        let output = self.outputs.into_iter().nth(output);
        let used = |name: &str| output.iter().any(|output| output.formula.names().contains(&name));
        Self {
            inputs: self.inputs.into_iter().filter(|input| used(&input.name)).collect(),
            parameters: self.parameters.into_iter().filter(|parameter| used(&parameter.name)).collect(),
            outputs: output.into_iter().collect(),
            ..self
        }
    }

    /// The names of its inputs.
    pub fn input_names(&self) -> Vec<String> {
        self.inputs.iter().map(|input| input.name.clone()).collect()
    }
}

/// Finds the law, or makes it of what was typed. `named` are the names that the rest of the Question says
/// are inputs, `valued` those that it has values for as parameters; `path` is the field that holds the law.
pub(super) fn resolve<'a>(
    choice: &LawChoice,
    named: &'a BTreeSet<String>,
    valued: impl Iterator<Item = &'a str>,
    path: &str,
) -> Result<AskedLaw, AskError> {
    let leaves: Vec<&str> = named.iter().map(String::as_str).chain(valued).collect();
    match choice {
        LawChoice::Catalogue(id) => {
            let law = laws::find(id).map_err(|error| AskError::at(path, error))?;
            from_catalogue(law, &leaves).map_err(|error| AskError::at(path, error))
        }
        LawChoice::Typed(law) => from_text(law, named, &leaves, path),
    }
}

/// What training costs by the count of a law, as a formula.
pub(super) fn cost(choice: &LawChoice) -> &'static str {
    let law = match choice {
        LawChoice::Catalogue(id) => laws::find(id).ok(),
        LawChoice::Typed(_) => None,
    };
    law.map(|law| law.cost).filter(|cost| !cost.is_empty()).unwrap_or(COST)
}

/// The formula with the members of its families known, if it has any.
pub(super) fn with_members(formula: Formula, leaves: &[&str]) -> Result<Formula, FormulaError> {
    if formula.families().is_empty() { Ok(formula) } else { formula.with_members(leaves) }
}

/// The name without its member: `h` of `h[arxiv]`.
fn family(name: &str) -> &str {
    name.split('[').next().unwrap_or(name)
}

fn from_catalogue(law: &'static Law, leaves: &[&str]) -> Result<AskedLaw, FormulaError> {
    let output = |(output, formula): (&laws::Output, Formula)| {
        Ok(AskedOutput {
            name: output.name.to_owned(),
            symbol: output.variable.symbol.to_owned(),
            unit: Some(output.variable.unit()),
            formula: with_members(formula, leaves)?,
        })
    };
    let outputs: Vec<AskedOutput> =
        law.outputs.iter().zip(law.output_formulas()?).map(output).collect::<Result<_, _>>()?;
    // A family is declared once, and stands for its members.
    let members = |symbol: &'static str| -> Vec<String> {
        let mut members: Vec<String> = Vec::new();
        for name in outputs.iter().flat_map(|output| output.formula.names()) {
            if family(name) == symbol && !members.iter().any(|known| known == name) {
                members.push(name.to_owned());
            }
        }
        members
    };
    let input = |input: &crate::units::Variable| {
        let unit = input.unit();
        members(input.symbol).into_iter().map(move |name| AskedInput { name, unit }).collect::<Vec<_>>()
    };
    let parameter = |parameter: &laws::Parameter| {
        let bounds = parameter.bounds;
        let asked = move |name| AskedParameter { name, bounds };
        members(parameter.symbol).into_iter().map(asked).collect::<Vec<_>>()
    };
    Ok(AskedLaw {
        catalogue: Some(law),
        inputs: law.inputs.iter().flat_map(input).collect(),
        parameters: law.parameters.iter().flat_map(parameter).collect(),
        cost: if law.cost.is_empty() { COST } else { law.cost },
        outputs,
    })
}

fn from_text(
    law: &TypedLaw,
    named: &BTreeSet<String>,
    leaves: &[&str],
    path: &str,
) -> Result<AskedLaw, AskError> {
    let at = format!("{path}.formula");
    let formula = with_tables(called::parse(&law.formula, &at)?, law, path)?;
    check_declared(law, &formula, path)?;
    let formula = with_members(formula, leaves).map_err(|error| AskError::at(at, error))?;
    let outputs = outputs(law, &formula, path)?;
    let declared_input = |name: &str| declared(law.inputs.as_ref(), name).is_some();
    let declaration = |name: &str| declared(law.parameters.as_ref(), name);
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
    Ok(AskedLaw { catalogue: None, outputs, inputs, parameters, cost: COST })
}

/// What is declared of a name, or of the family that it is of.
fn declared<'a, T>(declarations: Option<&'a Named<T>>, name: &str) -> Option<&'a T> {
    let declarations = declarations?;
    declarations.get(name).or_else(|| declarations.get(family(name)))
}

/// The formula with its tables, of which it must have every one.
fn with_tables(formula: Formula, law: &TypedLaw, path: &str) -> Result<Formula, AskError> {
    let used = formula.tables();
    let mut tables = Vec::new();
    for (name, table) in law.tables.iter().flat_map(Named::iter) {
        let at = || format!("{path}.tables.{name}");
        if !used.contains(&name) {
            let known = used.iter().map(|name| (*name).to_owned()).collect();
            let what = "a table of the formula".to_owned();
            return Err(
                AskFault::UnknownName { what, known, given: name.to_owned() }.at(format!("{path}.tables"))
            );
        }
        let rows = Table::new(table.x.clone(), table.y.clone()).map_err(|error| AskError::at(at(), error))?;
        tables.push((name, rows));
    }
    Ok(if tables.is_empty() { formula } else { formula.with_tables(&tables) })
}

/// The outputs of a typed law: as declared, as its last line is named, or L.
fn outputs(law: &TypedLaw, formula: &Formula, path: &str) -> Result<Vec<AskedOutput>, AskError> {
    let output = |name: &str, formula: Formula| AskedOutput {
        name: name.to_owned(),
        symbol: name.to_owned(),
        unit: None,
        formula,
    };
    let whole = |name: &str| vec![output(name, formula.clone())];
    match law.outputs.as_deref() {
        None => Ok(whole(formula.result_name().unwrap_or("L"))),
        Some([]) => {
            Err(AskError::malformed(format!("{path}.outputs"), "expected one name or more; got none"))
        }
        Some([only]) if formula.output(only).is_none() => Ok(whole(only)),
        Some(names) => {
            let line = |name: &String| {
                let known = || match formula.outputs() {
                    none if none.is_empty() => vec!["none has a name".to_owned()],
                    lines => lines.into_iter().map(str::to_owned).collect(),
                };
                let unknown = || AskFault::UnknownName {
                    what: "a line of the formula".to_owned(),
                    known: known(),
                    given: name.clone(),
                };
                let line = formula.output(name).map(|line| output(name, line));
                line.ok_or_else(|| unknown().at(format!("{path}.outputs")))
            };
            names.iter().map(line).collect()
        }
    }
}

/// Every declared name stands in the formula, and in one declaration only.
fn check_declared(law: &TypedLaw, formula: &Formula, path: &str) -> Result<(), AskError> {
    let inputs = law.inputs.iter().flat_map(Named::names).map(|name| ("inputs", name));
    let parameters = law.parameters.iter().flat_map(Named::names).map(|name| ("parameters", name));
    let known: Vec<&str> = formula.names().into_iter().chain(formula.families()).collect();
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
    let declared = declared(law.inputs.as_ref(), name).and_then(|input| input.unit.as_deref());
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
