//! Which law is asked about: one of the catalogue, or one that was typed.

use std::collections::BTreeSet;
use std::fmt;

#[cfg(not(feature = "catalogue"))]
use serde::de::IgnoredAny;
#[cfg(feature = "catalogue")]
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::AskError;
use super::evaluate::evaluate;
use super::range::Columns;
#[cfg(feature = "catalogue")]
use super::typed::{self, TypedLaw};
use crate::formula::{Formula, FormulaError};
use crate::laws::{self, Bounds, Kind, Law};
use crate::outcome::Warning;
#[cfg(feature = "fit")]
use crate::units::Convention;
use crate::units::Unit;

/// A law: the id of one in the catalogue, or a typed one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum LawChoice {
    /// The id of a law in the catalogue.
    Catalogue(String),
    /// A law typed by its reader.
    #[cfg(feature = "catalogue")]
    Typed(Box<TypedLaw>),
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

            #[cfg(feature = "catalogue")]
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<LawChoice, A::Error> {
                TypedLaw::deserialize(MapAccessDeserializer::new(map))
                    .map(|law| LawChoice::Typed(Box::new(law)))
            }

            /// The page's first worker knows no typed laws. What it refuses, the whole one answers.
            #[cfg(not(feature = "catalogue"))]
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LawChoice, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(LawChoice::Catalogue("typed".to_owned()))
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
    /// What exactly it counts, where the law says so.
    pub counts: Option<&'static str>,
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
    /// What exactly it counts, where the law says so.
    pub counts: Option<&'static str>,
    /// Where a plan may take it, if that is said.
    pub within: Option<[f64; 2]>,
    /// Whether it is a share: then all members of its family are together 1.
    pub simplex: bool,
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

    /// Whether its main output is something that no other law counts.
    #[cfg(feature = "fit")]
    pub fn counts_its_own(&self) -> bool {
        let named = |output: &&laws::Output| output.name == self.outputs[0].name;
        let output = self.catalogue.and_then(|law| law.outputs.iter().find(named));
        output.is_some_and(|output| matches!(output.variable.convention, Convention::Own(..)))
    }

    /// The law of one of its outputs alone: the inputs and parameters that this needs, in the order of its formula,
    /// so that a law has the same digits however it declares them.
    #[cfg(feature = "fit")]
    pub fn of_output(self, output: usize) -> Self {
        let outputs: Vec<AskedOutput> = self.outputs.into_iter().skip(output).take(1).collect();
        let names: Vec<&str> = outputs.iter().flat_map(|output| output.formula.names()).collect();
        let place = |name: &str| names.iter().position(|known| *known == name);
        let (mut inputs, mut parameters) = (self.inputs, self.parameters);
        inputs.retain(|input| place(&input.name).is_some());
        inputs.sort_by_key(|input| place(&input.name));
        parameters.retain(|parameter| place(&parameter.name).is_some());
        parameters.sort_by_key(|parameter| place(&parameter.name));
        Self { outputs, inputs, parameters, ..self }
    }

    /// The names of its inputs.
    pub fn input_names(&self) -> Vec<String> {
        self.inputs.iter().map(|input| input.name.clone()).collect()
    }
}

/// Finds the law, or makes it of what was typed. `named` are the names that the rest of the Question says
/// are inputs, `valued` those that it has values for as parameters; `path` is the field that holds the law.
#[cfg_attr(
    not(feature = "catalogue"),
    expect(unused_variables, clippy::ptr_arg, reason = "the page's first worker knows no law to warn of")
)]
pub(super) fn resolve<'a>(
    choice: &LawChoice,
    named: &'a BTreeSet<String>,
    valued: impl Iterator<Item = &'a str>,
    path: &str,
    warnings: &mut Vec<Warning>,
) -> Result<AskedLaw, AskError> {
    // Values of a family say all of its members; what else is named may be some of them.
    let mut leaves: Vec<&str> = valued.collect();
    if !leaves.iter().any(|name| name.contains('[')) {
        leaves.extend(named.iter().map(String::as_str));
    }
    match choice {
        LawChoice::Catalogue(id) => {
            let law = laws::find(id).map_err(|error| AskError::at(path, error))?;
            from_catalogue(law, &leaves).map_err(|error| AskError::at(path, error))
        }
        #[cfg(feature = "catalogue")]
        LawChoice::Typed(law) => typed::resolve(law, named, &leaves, path, warnings),
    }
}

/// What training costs by the count of a law, as a formula.
pub(super) fn cost(choice: &LawChoice) -> &'static str {
    let law = match choice {
        LawChoice::Catalogue(id) => laws::find(id).ok(),
        #[cfg(feature = "catalogue")]
        LawChoice::Typed(_) => None,
    };
    law.map(|law| law.cost).filter(|cost| !cost.is_empty()).unwrap_or(COST)
}

/// The formula with the members of its families known, if it has any. Those of the opening laws have none.
pub(super) fn with_members(formula: Formula, leaves: &[&str]) -> Result<Formula, FormulaError> {
    if cfg!(not(feature = "catalogue")) || formula.families().is_empty() {
        return Ok(formula);
    }
    formula.with_members(leaves)
}

/// The name without its member: `h` of `h[arxiv]`.
pub(super) fn family(name: &str) -> &str {
    name.split('[').next().unwrap_or(name)
}

fn from_catalogue(law: &'static Law, leaves: &[&str]) -> Result<AskedLaw, FormulaError> {
    let output = |(output, formula): (&laws::Output, Formula)| {
        Ok(AskedOutput {
            name: output.name.to_owned(),
            symbol: output.variable.symbol.to_owned(),
            unit: Some(output.variable.unit()),
            counts: Some(output.variable.convention.words()),
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
        let (unit, counts) = (input.unit(), Some(input.convention.words()));
        let boxed = law.boxes.iter().find(|(symbol, ..)| *symbol == input.symbol);
        let simplex = law.simplex.contains(&input.symbol);
        let within = boxed.map(|&(_, low, high)| [low, high]).or(simplex.then_some([0.0, 1.0]));
        let asked = move |name| AskedInput { name, unit, counts, within, simplex };
        members(input.symbol).into_iter().map(asked).collect::<Vec<_>>()
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
