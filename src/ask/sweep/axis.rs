//! An axis of a sweep.

use serde::{Deserialize, Serialize};

use crate::ask::{AskError, Quantity};
use crate::num::{exp, ln};

/// One axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "an axis such as {\"of\":\"budget\",\"from\":\"1e18 FLOPs\",\"to\":\"1e26 FLOPs\",\"steps\":512}"
)]
pub struct AskedAxis {
    /// What it changes: `budget`; a parameter of the law; else what a limit is of, such as a variable, which is then given, or
    /// limited as `limit` says; an input of the law where values are asked.
    pub of: String,
    /// On which side it limits: `at_most`, `at_least` or `equal`, which is the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// Its first value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Quantity>,
    /// Its last value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Quantity>,
    /// How many values it has, both ends among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<usize>,
    /// Whether they are equal factors apart, which is the default, or equal differences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// Its values, instead of ends and steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<Quantity>>,
}

/// How the values of an axis lie between its ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Equal factors apart.
    #[default]
    Log,
    /// Equal differences apart.
    Linear,
}

/// More values than any grid may have, and more than are read one by one.
const MOST: usize = 4_000_000;
const MOST_VALUES: usize = 1_000;

impl AskedAxis {
    /// What is given of it, to be read: its ends, or all values.
    pub(super) fn given(&self, path: &str) -> Result<Vec<&Quantity>, AskError> {
        let ends = [&self.from, &self.to];
        if self.values.is_some() && self.scale.is_some() {
            let message = "expected no scale beside \"values\": they are as they are";
            return Err(AskError::malformed(format!("{path}.scale"), message));
        }
        if let Some(values) = self.values.as_ref().filter(|values| values.len() > MOST_VALUES) {
            let message = format!(
                "expected at most {MOST_VALUES} values; got {}: use \"from\", \"to\" and \"steps\"",
                values.len()
            );
            return Err(AskError::malformed(format!("{path}.values"), message));
        }
        match (&self.values, ends, self.steps) {
            (Some(values), [None, None], None) if !values.is_empty() => Ok(values.iter().collect()),
            (None, [Some(from), Some(to)], Some(steps)) if (2..=MOST).contains(&steps) => Ok(vec![from, to]),
            (None, [Some(_), Some(_)], Some(steps)) => {
                let message = format!("expected 2 to {MOST} steps; got {steps}");
                Err(AskError::malformed(format!("{path}.steps"), message))
            }
            _ => {
                let message = "expected \"from\", \"to\" and \"steps\", or \"values\" that are some";
                Err(AskError::malformed(path, message))
            }
        }
    }

    /// How many values it has.
    pub(in crate::ask) fn len(&self) -> usize {
        self.values.as_ref().map_or(self.steps.unwrap_or(0), Vec::len)
    }

    /// Its values, by what was read of it.
    pub(super) fn values(&self, read: &[f64], path: &str) -> Result<Vec<f64>, AskError> {
        let ([from, to], Some(steps)) = (read, self.steps) else { return Ok(read.to_vec()) };
        let share = |step: usize| step as f64 / (steps - 1) as f64;
        let inner: Box<dyn Fn(usize) -> f64> = match self.scale.unwrap_or_default() {
            Scale::Linear => Box::new(|step| between(*from, *to, share(step))),
            Scale::Log if *from > 0.0 && *to > 0.0 => {
                let (low, high) = (ln(*from), ln(*to));
                Box::new(move |step| exp(between(low, high, share(step))))
            }
            Scale::Log => {
                let message = format!(
                    "expected ends above 0 for equal factors, or \"scale\":\"linear\"; got {from} and {to}"
                );
                return Err(AskError::malformed(path, message));
            }
        };
        let value = |step| match step {
            0 => *from,
            step if step + 1 == steps => *to,
            step => readable(inner(step)),
        };
        Ok((0..steps).map(value).collect())
    }

    /// Checks that no side is said where an axis limits nothing.
    pub(super) fn check_side(&self, path: &str, of: &str) -> Result<(), AskError> {
        match &self.limit {
            None => Ok(()),
            Some(given) => {
                let message = format!("expected no side of a limit: {of} is given; got \"{given}\"");
                Err(AskError::malformed(format!("{path}.limit"), message))
            }
        }
    }
}

/// To thirteen digits, which the rounding of logarithms does not reach, so that whole decades are what they are called.
fn readable(value: f64) -> f64 {
    format!("{value:.12e}").parse().unwrap_or(value)
}

fn between(from: f64, to: f64, share: f64) -> f64 {
    (1.0 - share) * from + share * to
}
