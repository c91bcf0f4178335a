//! What runs have beyond a fitted law, as it is answered and passed on.

use serde::{Deserialize, Serialize};

use super::prepared::Prepared;
use crate::ask::AskError;
use crate::ask::seed::Seed;
use crate::fit::{self, Fit, Noise, Residual};

/// How far the runs lie from the law that was fitted to them: what the interval of a new run needs beside draws.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "noise such as {\"response\":\"L\",\"of\":\"log\",\"residuals\":[-0.01,0.01]}"
)]
pub struct NoiseAnswer {
    /// The output of the law that the runs report.
    pub response: String,
    /// Of its logarithm (`log`) or of itself (`raw`).
    pub of: String,
    /// What the runs report less what the law says, in ascending order, times the root of n/(n - p) for what fitting p
    /// parameters to n runs took from them; of more than 1000 runs quantiles.
    pub residuals: Vec<f64>,
}

/// That of a fit; none where the law passes through all runs.
pub(super) fn noise(prepared: &Prepared, found: &Fit) -> Result<Option<NoiseAnswer>, AskError> {
    let noise = fit::noise(&prepared.problem(), found).map_err(|error| AskError::at("fit", error))?;
    let name = &prepared.tied.law.outputs[0].name;
    Ok(noise.map(|Noise { of, residuals }| {
        let of = if of == Residual::Log { "log" } else { "raw" };
        NoiseAnswer { response: name.clone(), of: of.to_owned(), residuals }
    }))
}

impl NoiseAnswer {
    /// What a new run reports in each draw of the law; `path` is the field that brings the noise.
    pub(in crate::ask) fn added_to(&self, values: &[f64], path: &str) -> Result<Vec<f64>, AskError> {
        let of = match self.of.as_str() {
            "log" => Residual::Log,
            "raw" => Residual::Raw,
            given => {
                let given = crate::units::clip(given);
                let message = format!("expected \"log\" or \"raw\"; got \"{given}\"");
                return Err(AskError::malformed(format!("{path}.of"), message));
            }
        };
        if self.residuals.is_empty() {
            return Err(AskError::malformed(format!("{path}.residuals"), "expected residuals; got none"));
        }
        let noise = Noise { of, residuals: self.residuals.clone() };
        Ok(noise.added_to(values, Seed::default().0))
    }
}
