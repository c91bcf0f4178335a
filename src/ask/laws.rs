//! `laws`: the catalogue, as an Answer lists it.

use serde::{Deserialize, Serialize};

use super::{AskError, Named, ParameterDeclaration};
use crate::laws::{
    self, Bounds, Derived, FittedRange, Interval, LAWS, Law, Output, Parameter, PublishedFit, SourcedTable,
};
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
    /// What it gives: `loss`, `optimum`, `hyper_parameter`, `cost`, `rule` or `table`.
    pub kind: String,
    /// What question it answers.
    pub answers: String,
    /// Its formula; several outputs are lines of it.
    pub formula: String,
    /// What it computes, the main output first.
    pub outputs: Vec<OutputEntry>,
    /// What it is computed from.
    pub inputs: Vec<VariableEntry>,
    /// What a fit determines.
    pub parameters: Vec<ParameterEntry>,
    /// The tables that the formula looks things up in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<TableEntry>,
    /// What training costs in FLOPs by the paper's own count, where that is not 6 N D.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
    /// What readers compute from the parameters.
    pub derived: Vec<DerivedEntry>,
    /// The best plan for a budget of C, where it is known as a formula.
    #[serde(default, skip_serializing_if = "Named::is_empty")]
    pub closed_forms: Named<String>,
    /// The published fits, the default first.
    pub fits: Vec<FitEntry>,
    /// Where the form stands.
    pub source: SourceEntry,
    /// How the form was read.
    pub read_in: ReadInEntry,
    /// What one must know before believing it.
    pub caveats: Vec<String>,
    /// What is wrong in print.
    pub errata: Vec<String>,
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
    /// How well values are known, where that was published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intervals: Vec<IntervalEntry>,
    /// From where to where the runs behind the fit reach, by variable.
    pub fitted_on: Named<[f64; 2]>,
    /// The data that the runs were trained on.
    pub data: String,
    /// What one must know before using it.
    pub caveats: Vec<String>,
    /// What is wrong in print.
    pub errata: Vec<String>,
    /// A point at which the law can be tried, by input.
    pub example: Named<f64>,
}

/// How well a value is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IntervalEntry {
    /// The parameter, or a number derived from the parameters.
    pub of: String,
    /// The ends.
    pub interval: [f64; 2],
    /// The share that it holds.
    pub level: f64,
}

/// A table that a law looks things up in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TableEntry {
    /// The name in the formula.
    pub name: String,
    /// What is looked up, rising.
    pub x: Vec<f64>,
    /// What is found there.
    pub y: Vec<f64>,
    /// Where the numbers stand.
    pub source: SourceEntry,
    /// How their digits were read.
    pub read_in: ReadInEntry,
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
    /// `paper`, `authors_code`, `second_hand`, `computed_here`, or, for a form, `memory`.
    pub how: String,
    /// The file or page, where it is not the paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// Asks for the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "an object such as {} or {\"only\":[\"chinchilla\"]}")]
pub struct LawsQuestion {
    /// The ids of the laws that are wanted, in that order; every law by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Vec<String>>,
}

/// Answers.
pub(super) fn answer(question: &LawsQuestion) -> Result<LawsAnswer, AskError> {
    let laws = match &question.only {
        None => LAWS.iter().map(|law| law_entry(law)).collect(),
        Some(ids) => {
            let entry = |(at, id): (usize, &String)| {
                let law = laws::find(id).map(law_entry);
                law.map_err(|error| AskError::at(format!("laws.only[{at}]"), error))
            };
            ids.iter().enumerate().map(entry).collect::<Result<_, _>>()?
        }
    };
    Ok(LawsAnswer { laws, warnings: Vec::new() })
}

fn law_entry(law: &Law) -> LawEntry {
    LawEntry {
        id: law.id.to_owned(),
        name: law.name.to_owned(),
        kind: law.kind.name().to_owned(),
        answers: law.answers.to_owned(),
        formula: law.formula.to_owned(),
        outputs: law.outputs.iter().map(OutputEntry::from).collect(),
        inputs: law.inputs.iter().map(VariableEntry::from).collect(),
        parameters: law.parameters.iter().map(ParameterEntry::from).collect(),
        tables: law.tables.iter().map(TableEntry::from).collect(),
        cost: (!law.cost.is_empty()).then(|| law.cost.to_owned()),
        derived: law.derived.iter().map(DerivedEntry::from).collect(),
        closed_forms: law.closed_forms.iter().map(|form| (form.of, form.formula.to_owned())).collect(),
        fits: law.fits.iter().map(|fit| fit_entry(law, fit)).collect(),
        source: law.source.into(),
        read_in: law.read_in.into(),
        caveats: owned(law.caveats),
        errata: owned(law.errata),
        seeds: law.seeds.to_vec(),
    }
}

fn fit_entry(law: &Law, fit: &PublishedFit) -> FitEntry {
    let symbols = law.parameters.iter().map(|parameter| parameter.symbol);
    let range = |range: &FittedRange| (range.variable.symbol, [range.low, range.high]);
    let interval = |known: &Interval| IntervalEntry {
        of: known.of.to_owned(),
        interval: [known.low, known.high],
        level: known.level,
    };
    FitEntry {
        id: fit.id.to_owned(),
        name: fit.name.to_owned(),
        values: symbols.zip(fit.values.iter().copied()).collect(),
        source: fit.source.into(),
        read_in: fit.read_in.into(),
        objective: fit.objective.to_owned(),
        intervals: fit.intervals.iter().map(interval).collect(),
        fitted_on: fit.fitted_on.iter().map(range).collect(),
        data: fit.data.to_owned(),
        caveats: owned(fit.caveats),
        errata: owned(fit.errata),
        example: fit.worked.first().map(|worked| worked.at.iter().copied().collect()).unwrap_or_default(),
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

impl From<&Output> for OutputEntry {
    fn from(output: &Output) -> Self {
        Self { name: output.name.to_owned(), variable: (&output.variable).into() }
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

impl From<&SourcedTable> for TableEntry {
    fn from(table: &SourcedTable) -> Self {
        Self {
            name: table.name.to_owned(),
            x: table.x.to_vec(),
            y: table.y.to_vec(),
            source: table.source.into(),
            read_in: table.read_in.into(),
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
