//! What a profile is of: a parameter of a law, or what is decided by it.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::ask::fit::{FitQuestion, Prepared};
use crate::ask::law::COST;
use crate::ask::{AllocateQuestion, AskError, Asking, FitChoice, GivenFit, Quantity, allocate};
use crate::fit::{Decided, Decision, Fit, Loss, Shape};
use crate::outcome::Termination;
use crate::units::{D_SEEN, N_TOTAL};

/// A parameter, or a decision.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ProfiledChoice {
    /// A parameter of the law.
    Parameter(String),
    /// What is decided by the law.
    Decision(Box<ProfiledDecision>),
}

/// What is decided by a law of `N` and `D` that costs 6 N D.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a decision such as {\"of\":\"N\",\"budget\":\"5.76e23 FLOPs\"}")]
pub struct ProfiledDecision {
    /// What of the best plan: its `N`, its `D`, `D/N`, or its `loss`.
    pub of: String,
    /// The budget of the plan.
    pub budget: Quantity,
}

impl<'de> Deserialize<'de> for ProfiledChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ProfiledVisitor;

        impl<'de> Visitor<'de> for ProfiledVisitor {
            type Value = ProfiledChoice;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a parameter such as \"alpha\", or a decision such as {\"of\":\"N\",\"budget\":\"5.76e23 FLOPs\"}")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<ProfiledChoice, E> {
                Ok(ProfiledChoice::Parameter(name.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ProfiledChoice, A::Error> {
                ProfiledDecision::deserialize(MapAccessDeserializer::new(map))
                    .map(|decision| ProfiledChoice::Decision(Box::new(decision)))
            }
        }

        deserializer.deserialize_any(ProfiledVisitor)
    }
}

impl ProfiledChoice {
    /// What it is called.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Parameter(name) => name,
            Self::Decision(decision) => &decision.of,
        }
    }
}

impl ProfiledDecision {
    /// The decision at the answer of a fit.
    pub(super) fn at(
        &self,
        question: &FitQuestion,
        prepared: &Prepared,
        found: &Fit,
        asking: &mut Asking,
    ) -> Result<Decision<'static>, AskError> {
        let of = match self.of.as_str() {
            "N" => Decided::Size,
            "D" => Decided::Tokens,
            "D/N" => Decided::TokensPerParameter,
            "loss" => Decided::Loss,
            given => {
                let given = crate::units::clip(given);
                let message = format!("expected \"N\", \"D\", \"D/N\" or \"loss\"; got \"{given}\"");
                return Err(AskError::malformed("profile.of.of", message));
            }
        };
        let names = [N_TOTAL.symbol, D_SEEN.symbol];
        let law = prepared.law();
        let of_both = names.iter().all(|name| law.input_names().iter().any(|known| known == name));
        if law.inputs.len() != names.len() || !of_both || law.cost != COST {
            let message = format!(
                "expected a law of N and D that costs {COST}, whose best plan parameters decide alone"
            );
            return Err(AskError::malformed("profile.of", message));
        }
        if let Loss { shape: Shape::Absolute, .. } = prepared.problem().loss {
            let message = "expected Huber's loss or squares: absolute values have no curvature to profile a decision by";
            return Err(AskError::malformed("profile.of", message));
        }
        let known = prepared.places().filter_map(|(name, place)| Some((name, found.values[place]?)));
        let plan = AllocateQuestion {
            budget: Some(self.budget.clone()),
            ..AllocateQuestion::by(
                question.law.clone(),
                Some(FitChoice::Given(Box::new(GivenFit::new(known)))),
            )
        };
        let mut inner = Asking::new(&mut *asking.progress);
        let plan = allocate::answer(&plan, &mut inner).map_err(|error| error.within("profile.of"))?;
        let [size, tokens] = names.map(|name| plan.at.get(name).copied());
        match (plan.termination, size, tokens) {
            (Termination::Optimum, Some(size), Some(tokens)) => {
                Ok(Decision { names, plan: [size, tokens], of })
            }
            _ => Err(AskError::malformed(
                "profile.of.budget",
                "expected a budget that has a best plan by the fit",
            )),
        }
    }
}
