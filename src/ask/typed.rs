//! Laws that are typed by their reader.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::called;
use super::law::{AskedInput, AskedLaw, AskedOutput, AskedParameter, COST, family, unit_of, with_members};
use super::{AskError, AskFault, Named, ParameterDeclaration};
use crate::formula::{Formula, Table};
use crate::laws::{self, Bounds, Law};
use crate::num::{max, min};
use crate::outcome::Warning;
use crate::units::Unit;

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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "an input such as {\"unit\":\"parameters\"}")]
pub struct InputDeclaration {
    /// Its unit; by default that of its first letter: N in parameters, D in tokens, C in FLOPs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Where a plan may take it, both ends included.
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    pub within: Option<[f64; 2]>,
    /// Of a family, whether its members are the shares of one whole, such as the weights of a mixture: none below 0,
    /// together 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub simplex: Option<bool>,
}

impl From<&Law> for TypedLaw {
    /// The law as its reader might have typed it.
    fn from(law: &Law) -> Self {
        let input = |input: &crate::units::Variable| {
            let boxed = law.boxes.iter().find(|(symbol, ..)| *symbol == input.symbol);
            let within = boxed.map(|&(_, low, high)| [low, high]);
            let simplex = law.simplex.contains(&input.symbol).then_some(true);
            (input.symbol, InputDeclaration { unit: Some(input.unit().name().to_owned()), within, simplex })
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

/// Makes a law of what was typed.
pub(super) fn resolve(
    law: &TypedLaw,
    named: &BTreeSet<String>,
    leaves: &[&str],
    path: &str,
    warnings: &mut Vec<Warning>,
) -> Result<AskedLaw, AskError> {
    let at = format!("{path}.formula");
    let formula = read(law, path, warnings)?;
    check_declared(law, &formula, path)?;
    check_shares(law, &formula, path)?;
    let formula = with_members(formula, leaves).map_err(|error| AskError::at(at, error))?;
    let outputs = outputs(law, &formula, path)?;
    let declared_input = |name: &str| declared(law.inputs.as_ref(), name).is_some();
    let declaration = |name: &str| declared(law.parameters.as_ref(), name);
    let exponents = formula.exponents();
    let (mut inputs, mut parameters) = (Vec::new(), Vec::new());
    for name in formula.names() {
        let is_input = declared_input(name) || (named.contains(name) && declaration(name).is_none());
        if is_input {
            inputs.push(AskedInput {
                name: name.to_owned(),
                unit: declared_unit(law, name, path)?,
                counts: None,
                within: declared_box(law, name, path)?,
                simplex: is_share(law, name),
            });
        } else {
            let exponent = exponents.contains(&name);
            let bounds = bounds(declaration(name), exponent, || format!("{path}.parameters.{name}"))?;
            parameters.push(AskedParameter { name: name.to_owned(), bounds });
        }
    }
    Ok(AskedLaw { catalogue: None, outputs, inputs, parameters, cost: COST })
}

/// The formula, with its tables and the laws that it calls.
pub(super) fn read(law: &TypedLaw, path: &str, warnings: &mut Vec<Warning>) -> Result<Formula, AskError> {
    let at = format!("{path}.formula");
    let formula = Formula::parse(&law.formula).map_err(|error| AskError::at(at.as_str(), error))?;
    called::warn_of_mixed(&formula, &at, warnings);
    with_tables(called::with_laws(formula, &at)?, law, path)
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
        counts: None,
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

/// Whether an input is a share of a whole.
fn is_share(law: &TypedLaw, name: &str) -> bool {
    declared(law.inputs.as_ref(), name).is_some_and(|input| input.simplex == Some(true))
}

/// The page's first worker plans no shares: the whole one does.
#[cfg(not(feature = "catalogue"))]
fn check_shares(law: &TypedLaw, _: &Formula, path: &str) -> Result<(), AskError> {
    let mut inputs = law.inputs.iter().flat_map(Named::iter);
    let has_shares = inputs.any(|(_, input)| input.simplex == Some(true));
    if has_shares { Err(AskError::malformed(path, "simplex")) } else { Ok(()) }
}

/// The shares of a whole are the members of a family with one index.
#[cfg(feature = "catalogue")]
fn check_shares(law: &TypedLaw, formula: &Formula, path: &str) -> Result<(), AskError> {
    let shared = law.inputs.iter().flat_map(Named::iter).filter(|(_, input)| input.simplex == Some(true));
    for (name, _) in shared {
        let indices = formula.shared().into_iter().flatten().filter(|(family, _)| *family == name).count();
        if indices != 1 {
            let message = format!(
                "expected a family of one index such as {name}[i], whose members share a whole; {name} is none"
            );
            return Err(AskError::malformed(format!("{path}.inputs.{name}.simplex"), message));
        }
    }
    Ok(())
}

fn declared_box(law: &TypedLaw, name: &str, path: &str) -> Result<Option<[f64; 2]>, AskError> {
    let within = declared(law.inputs.as_ref(), name).and_then(|input| input.within);
    let within = match within {
        Some([low, high]) if is_share(law, name) => Some([max(low, 0.0), min(high, 1.0)]),
        None if is_share(law, name) => Some([0.0, 1.0]),
        within => within,
    };
    match within {
        Some([low, high]) if low > high => {
            let message = format!("expected a least value below the largest; got [{low}, {high}]");
            Err(AskError::malformed(format!("{path}.inputs.{name}.in"), message))
        }
        within => Ok(within),
    }
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
