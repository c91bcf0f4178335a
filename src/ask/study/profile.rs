//! `profile`: how well a law still fits where one of its parameters is held, or what is decided by it.

use serde::{Deserialize, Serialize};

use super::profiled::ProfiledChoice;
use crate::ask::allocate::share;
use crate::ask::fit::{FitQuestion, Prepared, prepared};
use crate::ask::{AskError, AskFault, Asking, Named, Number};
use crate::fit::{self, Fit, Profile};
use crate::outcome::Warning;

/// Asks for the objective over the values of one parameter or decision, the parameters at their best for each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "a profile such as {\"fit\":{\"law\":…,\"runs\":…},\"of\":\"alpha\"}"
)]
pub struct ProfileQuestion {
    /// The fit, as it is asked for.
    pub fit: FitQuestion,
    /// The parameter, or a decision such as `{"of":"N","budget":"5.76e23 FLOPs"}`.
    pub of: ProfiledChoice,
    /// Its values; by default 41 over the interval and a little beyond.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Vec<f64>>,
    /// The probability of the interval; 0.9 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<f64>,
}

/// The objective over the values of one parameter or decision.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProfileAnswer {
    /// The values, in ascending order.
    pub at: Vec<f64>,
    /// The objective at each; null where the law fits nowhere.
    pub objective: Vec<Number>,
    /// Every parameter at each.
    pub parameters: Named<Vec<Number>>,
    /// The value that fits best.
    pub value: Number,
    /// The lowest objective.
    pub least: f64,
    /// The ends of the interval; null on a side that the runs do not bound.
    pub interval: [Number; 2],
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// A value of the profile this much lower than the fit, relatively, is of another minimum.
const LOWER: f64 = 1e-9;

/// Answers.
pub(in crate::ask) fn answer(
    question: &ProfileQuestion,
    asking: &mut Asking,
) -> Result<ProfileAnswer, AskError> {
    let level = share(question.level, "profile.level")?;
    let prepared = prepared(&question.fit, asking).map_err(|error| error.within("profile"))?;
    if let Some(bad) = question.at.iter().flatten().find(|value| !value.is_finite()) {
        return Err(AskError::malformed("profile.at", format!("expected numbers; got {bad}")));
    }
    let (found, value, profile) = profiled(question, &prepared, level, asking)?;
    asking.warnings.extend(found.warnings.iter().cloned());
    let lower = |objective: &&Option<f64>| objective.is_some_and(|f| f < found.objective * (1.0 - LOWER));
    if profile.objectives.iter().any(|objective| lower(&objective)) {
        let message =
            "the profile is lower somewhere than the fit: there is a better minimum than the one found";
        asking.warnings.push(Warning::new("profile.lower", message));
    }
    for (end, side) in profile.interval.iter().zip(["below", "above"]) {
        if end.is_none() {
            let message = format!("the runs do not bound {} from {side}", question.of.name());
            let warning = Warning::new("profile.open", message).with("parameter", question.of.name());
            asking.warnings.push(warning.with("side", side));
        }
    }
    let column = |place: usize| profile.values.iter().map(|values| Number(values[place])).collect();
    Ok(ProfileAnswer {
        objective: profile.objectives.iter().map(|objective| Number(*objective)).collect(),
        parameters: prepared.places().map(|(name, place)| (name, column(place))).collect(),
        value: Number(value),
        least: found.objective,
        interval: profile.interval.map(Number),
        at: profile.at,
        warnings: std::mem::take(&mut asking.warnings),
    })
}

/// The fit, the value of what is asked for by it, and its profile.
fn profiled(
    question: &ProfileQuestion,
    prepared: &Prepared,
    level: f64,
    asking: &mut Asking,
) -> Result<(Fit, Option<f64>, Profile), AskError> {
    let (problem, at) = (prepared.problem(), question.at.as_deref());
    let refused = |error| AskError::at("profile.of", error);
    let fitted = || fit::fit(&problem, &mut |_| {}).map_err(|error| AskError::at("profile.fit", error));
    match &question.of {
        ProfiledChoice::Parameter(of) => {
            let place = prepared.places().find(|(name, _)| name == of).map(|(_, place)| place);
            let place = place.ok_or_else(|| {
                let known = prepared.places().map(|(name, _)| name.to_owned()).collect();
                let what = "a parameter of the law".to_owned();
                AskFault::UnknownName { what, known, given: of.clone() }.at("profile.of")
            })?;
            let found = fitted()?;
            let profile = fit::profile(&problem, &found, place, at, level).map_err(refused)?;
            Ok((found.clone(), found.values[place], profile))
        }
        ProfiledChoice::Decision(choice) => {
            let found = fitted()?;
            let decision = choice.at(&question.fit, prepared, &found, asking)?;
            let (value, profile) =
                fit::profile_decision(&problem, &found, &decision, at, level).map_err(refused)?;
            Ok((found, Some(value), profile))
        }
    }
}
