//! What can be asked.

use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;

use super::allocate::AllocateQuestion;
#[cfg(feature = "fit")]
use super::envelope::EnvelopeQuestion;
#[cfg(feature = "fit")]
use super::fit::FitQuestion;
#[cfg(feature = "fit")]
use super::isoflop::IsoFlopQuestion;
#[cfg(feature = "catalogue")]
use super::laws::LawsQuestion;
use super::predict::PredictQuestion;
#[cfg(feature = "fit")]
use super::split::{MergeQuestion, SplitQuestion};
#[cfg(feature = "fit")]
use super::study::{
    BacktestQuestion, CompareQuestion, CrossingQuestion, MultiplierQuestion, ProfileQuestion,
};
#[cfg(feature = "fit")]
use super::sweep::SweepQuestion;
#[cfg(feature = "fit")]
use super::table::TableQuestion;
#[cfg(feature = "fit")]
use super::write::WriteQuestion;

/// One Question: a verb with what belongs to it, and an id that the Answer repeats.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Question {
    /// Anything; the Answer repeats it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Value>,
    /// What is asked.
    #[serde(flatten)]
    pub verb: Verb,
}

impl Question {
    /// What the Answer repeats: its id or, since an Answer in parts is that of the question that was split, the id of that.
    pub(super) fn repeated(&self) -> Option<&Value> {
        let of_whole = || match &self.verb {
            #[cfg(feature = "fit")]
            Verb::Merge(merge) => merge.question.repeated(),
            _ => None,
        };
        self.id.as_ref().or_else(of_whole)
    }
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// The catalogue.
    #[cfg(feature = "catalogue")]
    Laws(LawsQuestion),
    /// The value of a law.
    Predict(PredictQuestion),
    /// The best split of a budget, or the best plan within limits.
    Allocate(AllocateQuestion),
    /// A law fitted to runs.
    #[cfg(feature = "fit")]
    Fit(Box<FitQuestion>),
    /// The best size of each budget, by parabolas.
    #[cfg(feature = "fit")]
    Isoflop(Box<IsoFlopQuestion>),
    /// The envelope of training curves.
    #[cfg(feature = "fit")]
    Envelope(Box<EnvelopeQuestion>),
    /// The objective of a fit over one of its parameters.
    #[cfg(feature = "fit")]
    Profile(Box<ProfileQuestion>),
    /// Where two laws say the same.
    #[cfg(feature = "fit")]
    Crossing(Box<CrossingQuestion>),
    /// How much more compute one recipe needs than another.
    #[cfg(feature = "fit")]
    Multiplier(Box<MultiplierQuestion>),
    /// What several methods make of the same runs.
    #[cfg(feature = "fit")]
    Compare(Box<CompareQuestion>),
    /// How well methods foretell the largest runs.
    #[cfg(feature = "fit")]
    Backtest(Box<BacktestQuestion>),
    /// Plans or values over a grid.
    #[cfg(feature = "fit")]
    Sweep(Box<SweepQuestion>),
    /// A question in parts.
    #[cfg(feature = "fit")]
    Split(SplitQuestion),
    /// The answer of a question from those of its parts.
    #[cfg(feature = "fit")]
    Merge(MergeQuestion),
    /// Files of runs as one table.
    #[cfg(feature = "fit")]
    Table(TableQuestion),
    /// A law in the languages of others.
    #[cfg(feature = "fit")]
    Write(WriteQuestion),
}

/// The verbs that this version answers.
const VERBS: &[&str] = &[
    #[cfg(feature = "catalogue")]
    "laws",
    "predict",
    "allocate",
    #[cfg(feature = "fit")]
    "fit",
    #[cfg(feature = "fit")]
    "isoflop",
    #[cfg(feature = "fit")]
    "envelope",
    #[cfg(feature = "fit")]
    "profile",
    #[cfg(feature = "fit")]
    "crossing",
    #[cfg(feature = "fit")]
    "multiplier",
    #[cfg(feature = "fit")]
    "compare",
    #[cfg(feature = "fit")]
    "backtest",
    #[cfg(feature = "fit")]
    "sweep",
    #[cfg(feature = "fit")]
    "split",
    #[cfg(feature = "fit")]
    "merge",
    #[cfg(feature = "fit")]
    "table",
    #[cfg(feature = "fit")]
    "write",
];

/// Whether an object whose first name is this is a Question.
#[cfg(feature = "catalogue")]
pub(super) fn is_question(name: &str) -> bool {
    name == "id" || VERBS.contains(&name)
}

impl From<Verb> for Question {
    fn from(verb: Verb) -> Self {
        Self { id: None, verb }
    }
}

impl<'de> Deserialize<'de> for Question {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(QuestionVisitor)
    }
}

pub(super) struct QuestionVisitor;

impl<'de> Visitor<'de> for QuestionVisitor {
    type Value = Question;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Question, an object with one verb such as {\"laws\":{}}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Question, A::Error> {
        let (mut id, mut verb) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            if key == "id" {
                id = Some(map.next_value()?);
                continue;
            }
            let next = match key.as_str() {
                #[cfg(feature = "catalogue")]
                "laws" => Verb::Laws(map.next_value()?),
                "predict" => Verb::Predict(map.next_value()?),
                "allocate" => Verb::Allocate(map.next_value()?),
                #[cfg(feature = "fit")]
                "fit" => Verb::Fit(Box::new(map.next_value()?)),
                #[cfg(feature = "fit")]
                "isoflop" => Verb::Isoflop(Box::new(map.next_value()?)),
                #[cfg(feature = "fit")]
                "envelope" => Verb::Envelope(Box::new(map.next_value()?)),
                #[cfg(feature = "fit")]
                "profile" => Verb::Profile(Box::new(map.next_value()?)),
                #[cfg(feature = "fit")]
                "crossing" => Verb::Crossing(Box::new(map.next_value()?)),
                #[cfg(feature = "fit")]
                "multiplier" => Verb::Multiplier(Box::new(map.next_value()?)),
                #[cfg(feature = "fit")]
                "compare" => Verb::Compare(Box::new(map.next_value()?)),
                #[cfg(feature = "fit")]
                "backtest" => Verb::Backtest(Box::new(map.next_value()?)),
                #[cfg(feature = "fit")]
                "sweep" => Verb::Sweep(Box::new(map.next_value()?)),
                #[cfg(feature = "fit")]
                "split" => Verb::Split(map.next_value()?),
                #[cfg(feature = "fit")]
                "merge" => Verb::Merge(map.next_value()?),
                #[cfg(feature = "fit")]
                "table" => Verb::Table(map.next_value()?),
                #[cfg(feature = "fit")]
                "write" => Verb::Write(map.next_value()?),
                other => return Err(A::Error::unknown_variant(other, VERBS)),
            };
            if verb.replace(next).is_some() {
                return Err(A::Error::custom("expected one verb; got two"));
            }
        }
        let none = || A::Error::custom(format!("expected a verb ({}); got none", VERBS.join(", ")));
        verb.map(|verb| Question { id, verb }).ok_or_else(none)
    }
}
