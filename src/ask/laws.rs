//! `laws`: the catalogue, as an Answer lists it.

use serde::{Deserialize, Serialize};

use super::{Named, ParameterDeclaration};
use crate::laws::{Bounds, Derived, FittedRange, LAWS, Law, Output, Parameter, PublishedFit};
use crate::outcome::Warning;
use crate::provenance::{ReadIn, Source};
use crate::units::Variable;

/// The catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LawsAnswer {
    /// Every law, in the order of lists.
    pub laws: Vec<LawEntry>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// A law of the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LawEntry {
    /// The id by which a Question names it.
    pub id: String,
    /// Its name in lists.
    pub name: String,
    /// What it gives: `loss` or `optimum`.
    pub kind: String,
    /// What question it answers.
    pub answers: String,
    /// Its formula; one named line for each of several outputs.
    pub formula: String,
    /// What it computes, the main output first.
    pub outputs: Vec<OutputEntry>,
    /// What it is computed from.
    pub inputs: Vec<VariableEntry>,
    /// What a fit determines.
    pub parameters: Vec<ParameterEntry>,
    /// What readers compute from the parameters.
    pub derived: Vec<DerivedEntry>,
    /// The published fits, the default first.
    pub fits: Vec<FitEntry>,
    /// Where the form stands.
    pub source: SourceEntry,
    /// What one must know before believing it.
    pub caveats: Vec<String>,
    /// The papers of the seed list that it covers.
    pub seeds: Vec<u16>,
}

/// One output of a law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OutputEntry {
    /// Its name.
    pub name: String,
    /// What it is an amount of.
    pub variable: VariableEntry,
    /// Its formula.
    pub formula: String,
}

/// A variable and exactly what it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VariableEntry {
    /// The symbol.
    pub symbol: String,
    /// The unit.
    pub unit: String,
    /// What is counted, in words.
    pub counts: String,
}

/// A parameter, as a typed law would declare it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ParameterEntry {
    /// The symbol.
    pub symbol: String,
    /// The unit of the term that it scales; `1` for an exponent.
    pub unit: String,
    /// Where its value may lie.
    pub bounds: ParameterDeclaration,
}

/// A number computed from the parameters alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DerivedEntry {
    /// Its name.
    pub name: String,
    /// Its formula.
    pub formula: String,
    /// What it is.
    pub meaning: String,
}

/// A published fit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FitEntry {
    /// The id by which a Question names it.
    pub id: String,
    /// Its name in lists.
    pub name: String,
    /// A value for each parameter.
    pub values: Named<f64>,
    /// Where the values stand.
    pub source: SourceEntry,
    /// How their digits were read.
    pub read_in: ReadInEntry,
    /// What the values minimise.
    pub objective: String,
    /// From where to where the runs behind the fit reach, by variable.
    pub fitted_on: Named<[f64; 2]>,
    /// The data that the runs were trained on.
    pub data: String,
    /// What one must know before using it.
    pub caveats: Vec<String>,
}

/// A paper, and a place in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SourceEntry {
    /// All of it in one line.
    pub text: String,
    /// Who wrote it.
    pub authors: String,
    /// The year.
    pub year: u16,
    /// The title.
    pub title: String,
    /// The number on arXiv.
    pub arxiv: String,
    /// The equation, table or file.
    pub locator: String,
}

/// How the digits of a fit were read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadInEntry {
    /// `paper`, `authors_code`, `second_hand` or `computed_here`.
    pub how: String,
    /// The file or page, where it is not the paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// Answers.
pub(super) fn answer() -> LawsAnswer {
    LawsAnswer { laws: LAWS.iter().map(|law| law_entry(law)).collect(), warnings: Vec::new() }
}

fn law_entry(law: &Law) -> LawEntry {
    LawEntry {
        id: law.id.to_owned(),
        name: law.name.to_owned(),
        kind: law.kind.name().to_owned(),
        answers: law.answers.to_owned(),
        formula: law.text(),
        outputs: law.outputs.iter().map(OutputEntry::from).collect(),
        inputs: law.inputs.iter().map(VariableEntry::from).collect(),
        parameters: law.parameters.iter().map(ParameterEntry::from).collect(),
        derived: law.derived.iter().map(DerivedEntry::from).collect(),
        fits: law.fits.iter().map(|fit| fit_entry(law, fit)).collect(),
        source: law.source.into(),
        caveats: owned(law.caveats),
        seeds: law.seeds.to_vec(),
    }
}

fn fit_entry(law: &Law, fit: &PublishedFit) -> FitEntry {
    let symbols = law.parameters.iter().map(|parameter| parameter.symbol);
    let range = |range: &FittedRange| (range.variable.symbol, [range.low, range.high]);
    FitEntry {
        id: fit.id.to_owned(),
        name: fit.name.to_owned(),
        values: symbols.zip(fit.values.iter().copied()).collect(),
        source: fit.source.into(),
        read_in: fit.read_in.into(),
        objective: fit.objective.to_owned(),
        fitted_on: fit.fitted_on.iter().map(range).collect(),
        data: fit.data.to_owned(),
        caveats: owned(fit.caveats),
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

impl From<&Output> for OutputEntry {
    fn from(output: &Output) -> Self {
        Self {
            name: output.name.to_owned(),
            variable: (&output.variable).into(),
            formula: output.formula.to_owned(),
        }
    }
}

impl From<&Variable> for VariableEntry {
    fn from(variable: &Variable) -> Self {
        Self {
            symbol: variable.symbol.to_owned(),
            unit: variable.unit().name().to_owned(),
            counts: variable.convention.words().to_owned(),
        }
    }
}

impl From<&Parameter> for ParameterEntry {
    fn from(parameter: &Parameter) -> Self {
        Self {
            symbol: parameter.symbol.to_owned(),
            unit: parameter.unit.name().to_owned(),
            bounds: parameter.bounds.into(),
        }
    }
}

impl From<Bounds> for ParameterDeclaration {
    fn from(bounds: Bounds) -> Self {
        match bounds {
            Bounds::Free => Self { positive: Some(false), within: None },
            Bounds::Positive => Self { positive: Some(true), within: None },
            Bounds::In(low, high) => Self { positive: None, within: Some([low, high]) },
        }
    }
}

impl From<&Derived> for DerivedEntry {
    fn from(derived: &Derived) -> Self {
        Self {
            name: derived.name.to_owned(),
            formula: derived.formula.to_owned(),
            meaning: derived.meaning.to_owned(),
        }
    }
}

impl From<Source> for SourceEntry {
    fn from(source: Source) -> Self {
        Self {
            text: source.to_string(),
            authors: source.authors.to_owned(),
            year: source.year,
            title: source.title.to_owned(),
            arxiv: source.arxiv.to_owned(),
            locator: source.locator.to_owned(),
        }
    }
}

impl From<ReadIn> for ReadInEntry {
    fn from(read_in: ReadIn) -> Self {
        Self { how: read_in.name().to_owned(), place: read_in.place().map(str::to_owned) }
    }
}
