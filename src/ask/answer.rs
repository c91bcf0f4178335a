//! What comes back.

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[cfg(feature = "fit")]
use super::envelope::EnvelopeAnswer;
use super::error::ErrorAnswer;
#[cfg(feature = "fit")]
use super::fit::FitAnswer;
#[cfg(feature = "fit")]
use super::isoflop::IsoFlopAnswer;
use super::json::to_json;
#[cfg(feature = "catalogue")]
use super::laws::LawsAnswer;
#[cfg(feature = "fit")]
use super::split::SplitAnswer;
#[cfg(feature = "fit")]
use super::study::{BacktestAnswer, CompareAnswer, CrossingAnswer, MultiplierAnswer, ProfileAnswer};
#[cfg(feature = "fit")]
use super::sweep::SweepAnswer;
#[cfg(feature = "fit")]
use super::table::TableAnswer;
#[cfg(feature = "fit")]
use super::write::WriteAnswer;
use super::{AllocateAnswer, AskError, PredictAnswer};
use crate::outcome::Warning;

/// One Answer: the verb of its Question with what it comes to, or an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Answer {
    /// The id of the Question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Value>,
    /// The version of Isoflop that answers.
    pub version: String,
    /// What computed it; absent from an error. Two answers of one version and engine `cpu` are equal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine: Option<String>,
    /// What it comes to.
    #[serde(flatten)]
    pub body: Body,
}

/// What an Answer comes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// The catalogue.
    #[cfg(feature = "catalogue")]
    Laws(LawsAnswer),
    /// The value of a law.
    Predict(PredictAnswer),
    /// The best split of a budget.
    Allocate(AllocateAnswer),
    /// A law fitted to runs.
    #[cfg(feature = "fit")]
    Fit(FitAnswer),
    /// The best size of each budget.
    #[cfg(feature = "fit")]
    Isoflop(IsoFlopAnswer),
    /// The envelope of training curves.
    #[cfg(feature = "fit")]
    Envelope(EnvelopeAnswer),
    /// The objective of a fit over one of its parameters.
    #[cfg(feature = "fit")]
    Profile(ProfileAnswer),
    /// Where two laws say the same.
    #[cfg(feature = "fit")]
    Crossing(CrossingAnswer),
    /// How much more compute one recipe needs than another.
    #[cfg(feature = "fit")]
    Multiplier(MultiplierAnswer),
    /// What several methods make of the same runs.
    #[cfg(feature = "fit")]
    Compare(CompareAnswer),
    /// How well methods foretell the largest runs.
    #[cfg(feature = "fit")]
    Backtest(BacktestAnswer),
    /// Plans or values over a grid.
    #[cfg(feature = "fit")]
    Sweep(Box<SweepAnswer>),
    /// A question in parts.
    #[cfg(feature = "fit")]
    Split(SplitAnswer),
    /// Files of runs as one table.
    #[cfg(feature = "fit")]
    Table(TableAnswer),
    /// A law in the languages of others.
    #[cfg(feature = "fit")]
    Write(WriteAnswer),
    /// Why there is none.
    Error(ErrorAnswer),
}

impl Answer {
    pub(super) fn new(id: Option<Value>, result: Result<Body, AskError>) -> Self {
        let engine = result.is_ok().then(|| "cpu".to_owned());
        let body = result.unwrap_or_else(|error| Body::Error(ErrorAnswer::from(&error)));
        Self { id, version: env!("CARGO_PKG_VERSION").to_owned(), engine, body }
    }

    /// The Answer as one line of JSON without the numbers of a sweep, and those.
    #[cfg(feature = "fit")]
    pub(super) fn beside(mut self) -> (String, Vec<f64>) {
        let numbers = match &mut self.body {
            Body::Sweep(sweep) => sweep.take_numbers(),
            _ => Vec::new(),
        };
        (self.to_json(), numbers)
    }

    /// The Answer as one line of JSON.
    pub fn to_json(&self) -> String {
        to_json(self)
    }
}

/// The one number of an answer.
pub(super) struct OneNumber {
    pub value: f64,
    /// Its unit, where it is known.
    pub unit: Option<String>,
    /// What exactly it counts, where that is known.
    pub counts: Option<String>,
}

impl Body {
    /// The one number of this answer with its unit, or what it answers with instead.
    pub(super) fn one_number(&self) -> Result<OneNumber, &'static str> {
        match self {
            Self::Predict(answer) => answer.one_number(),
            Self::Allocate(answer) => answer.one_number(),
            #[cfg(feature = "fit")]
            Self::Fit(_) => Err("the parameters of a law"),
            #[cfg(feature = "fit")]
            Self::Isoflop(_) | Self::Envelope(_) => Err("power laws of the best size and tokens"),
            #[cfg(feature = "fit")]
            Self::Profile(_) => Err("a profile"),
            #[cfg(feature = "fit")]
            Self::Crossing(_) => Err("crossings"),
            #[cfg(feature = "fit")]
            Self::Multiplier(_) => Err("multipliers"),
            #[cfg(feature = "fit")]
            Self::Compare(_) => Err("a comparison"),
            #[cfg(feature = "fit")]
            Self::Backtest(_) => Err("a back-test"),
            #[cfg(feature = "fit")]
            Self::Sweep(_) => Err("a grid"),
            #[cfg(feature = "fit")]
            Self::Split(_) => Err("questions"),
            #[cfg(feature = "fit")]
            Self::Table(_) => Err("a table"),
            #[cfg(feature = "fit")]
            Self::Write(_) => Err("texts"),
            #[cfg(feature = "catalogue")]
            Self::Laws(_) => Err("a list of laws"),
            Self::Error(_) => Err("an error"),
        }
    }

    /// What the reader should know.
    pub fn warnings(&self) -> &[Warning] {
        match self {
            #[cfg(feature = "catalogue")]
            Self::Laws(answer) => &answer.warnings,
            Self::Predict(answer) => &answer.warnings,
            Self::Allocate(answer) => &answer.warnings,
            #[cfg(feature = "fit")]
            Self::Fit(answer) => &answer.warnings,
            #[cfg(feature = "fit")]
            Self::Isoflop(answer) => &answer.warnings,
            #[cfg(feature = "fit")]
            Self::Envelope(answer) => &answer.warnings,
            #[cfg(feature = "fit")]
            Self::Profile(answer) => &answer.warnings,
            #[cfg(feature = "fit")]
            Self::Crossing(answer) => &answer.warnings,
            #[cfg(feature = "fit")]
            Self::Multiplier(answer) => &answer.warnings,
            #[cfg(feature = "fit")]
            Self::Compare(answer) => &answer.warnings,
            #[cfg(feature = "fit")]
            Self::Backtest(answer) => &answer.warnings,
            #[cfg(feature = "fit")]
            Self::Sweep(answer) => &answer.warnings,
            #[cfg(feature = "fit")]
            Self::Split(answer) => &answer.warnings,
            #[cfg(feature = "fit")]
            Self::Table(answer) => &answer.warnings,
            #[cfg(feature = "fit")]
            Self::Write(answer) => &answer.warnings,
            Self::Error(_) => &[],
        }
    }
}
