//! What is decided with a fit: plans and predictions, with the intervals of its draws.

use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{FitAnswer, FitQuestion};
use crate::ask::read::read;
use crate::ask::{
    AllocateQuestion, AskError, Asking, FitChoice, GivenFit, Named, Number, PredictQuestion, allocate,
    predict,
};
use crate::outcome::{Termination, Warning};

/// A Question about the fitted law that leaves out law and fit: `{"allocate":{"budget":"5.76e23 FLOPs"}}`.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionChoice {
    verb: DecisionVerb,
    fields: Map<String, Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DecisionVerb {
    Allocate,
    Predict,
}

impl DecisionVerb {
    fn name(self) -> &'static str {
        match self {
            Self::Allocate => "allocate",
            Self::Predict => "predict",
        }
    }
}

/// What a decision comes to, with the interval that holds `level` of the draws.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecisionAnswer {
    /// How the solver stopped, of a plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub termination: Option<Termination>,
    /// The best value of each variable; empty of a prediction.
    pub at: Named<Estimate>,
    /// What is minimised, or predicted.
    pub value: Estimate,
    /// Its unit, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What else is known of a plan: `tokens_per_parameter`.
    #[serde(default, skip_serializing_if = "Named::is_empty")]
    pub quantities: Named<Estimate>,
    /// What the reader should know of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

/// A number with an interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Estimate {
    /// The number, by the fit itself.
    pub value: Number,
    /// The interval, where there are draws.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<[f64; 2]>,
}

impl<'de> Deserialize<'de> for DecisionChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DecisionVisitor;

        impl<'de> Visitor<'de> for DecisionVisitor {
            type Value = DecisionChoice;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a decision such as {\"allocate\":{\"budget\":\"5.76e23 FLOPs\"}}")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<DecisionChoice, A::Error> {
                let name = map.next_key::<String>()?;
                let verb = match name.as_deref() {
                    Some("allocate") => DecisionVerb::Allocate,
                    Some("predict") => DecisionVerb::Predict,
                    Some(other) => return Err(A::Error::unknown_variant(other, &["allocate", "predict"])),
                    None => return Err(A::Error::custom("expected a verb (allocate, predict); got none")),
                };
                let fields = map.next_value()?;
                match map.next_key::<String>()? {
                    None => Ok(DecisionChoice { verb, fields }),
                    Some(_) => Err(A::Error::custom("expected one verb; got two")),
                }
            }
        }

        deserializer.deserialize_map(DecisionVisitor)
    }
}

impl Serialize for DecisionChoice {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(self.verb.name(), &self.fields)])
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for DecisionChoice {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "DecisionChoice".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let fields = serde_json::json!({ "type": "object" });
        schemars::json_schema!({
            "description": "A Question about the fitted law that leaves out law and fit.",
            "anyOf": [
                { "type": "object", "properties": { "allocate": fields }, "required": ["allocate"], "additionalProperties": false },
                { "type": "object", "properties": { "predict": fields }, "required": ["predict"], "additionalProperties": false },
            ],
        })
    }
}

/// Answers every decision of a Question by its fit.
pub(super) fn decisions(
    question: &FitQuestion,
    answer: &FitAnswer,
    asking: &mut Asking,
) -> Result<Vec<DecisionAnswer>, AskError> {
    let one = |(at, choice): (usize, &DecisionChoice)| {
        let mut inner = Asking::new(&mut *asking.progress);
        choice
            .answer(question, answer, &mut inner)
            .map_err(|error| error.within(&format!("fit.decide[{at}]")))
    };
    question.decide.iter().enumerate().map(one).collect()
}

impl DecisionChoice {
    fn answer(
        &self,
        question: &FitQuestion,
        answer: &FitAnswer,
        asking: &mut Asking,
    ) -> Result<DecisionAnswer, AskError> {
        let mut fields = self.fields.clone();
        for name in ["law", "fit"] {
            if fields.contains_key(name) {
                let message = "expected a decision by the law that is fitted; leave this out";
                return Err(AskError::malformed(format!("{}.{name}", self.verb.name()), message));
            }
        }
        let law = serde_json::to_value(&question.law).unwrap_or_default();
        fields.insert("law".to_owned(), law);
        if let Some(level) = question.level.filter(|_| !fields.contains_key("level")) {
            fields.insert("level".to_owned(), level.into());
        }
        let fields = Value::Object(fields);
        let fit = Some(FitChoice::Given(Box::new(GivenFit::of(answer))));
        match self.verb {
            DecisionVerb::Allocate => {
                let asked = read::<AllocateQuestion>(fields)
                    .map_err(|error| AskError::from(error).within("allocate"))?;
                allocate::answer(&AllocateQuestion { fit, ..asked }, asking).map(DecisionAnswer::from)
            }
            DecisionVerb::Predict => {
                let asked = read::<PredictQuestion>(fields)
                    .map_err(|error| AskError::from(error).within("predict"))?;
                let answer = predict::answer(&PredictQuestion { fit, ..asked }, asking)?;
                let Some(value) = answer.value else {
                    let message = "expected one point; columns are for a Question of their own";
                    return Err(AskError::malformed("predict.at", message));
                };
                Ok(DecisionAnswer {
                    value: Estimate { value, interval: answer.interval },
                    unit: answer.unit,
                    warnings: answer.warnings,
                    ..DecisionAnswer::default()
                })
            }
        }
    }
}

impl From<crate::ask::AllocateAnswer> for DecisionAnswer {
    fn from(plan: crate::ask::AllocateAnswer) -> Self {
        let interval = |name: &str| plan.intervals.as_ref().and_then(|all| all.get(name)).copied();
        let estimate = |name: &str, value: Number| Estimate { value, interval: interval(name) };
        let named = |values: &Named<f64>| -> Named<Estimate> {
            values.iter().map(|(name, value)| (name, estimate(name, Number(Some(*value))))).collect()
        };
        Self {
            termination: Some(plan.termination),
            at: named(&plan.at),
            value: estimate("value", plan.value),
            quantities: named(&plan.quantities),
            unit: plan.unit,
            warnings: plan.warnings,
        }
    }
}
