//! Draws of runs, and the intervals that they give.

use serde::{Deserialize, Serialize};

use super::allocate::interval;
use super::seed::Seed;
use super::{AskError, Named};
use crate::fit::PowerLaws;
use crate::fit::isoflop::{Bootstrap, Resampling};
use crate::outcome::Warning;

/// Draws of runs: of a law that is fitted to them, or of parabolas.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a bootstrap such as {\"draws\":1000,\"seed\":42}")]
pub struct BootstrapChoice {
    /// What is drawn. For a fit `rows`, which is the default, whole `groups`, or, with the same runs, the signs of their
    /// residuals (`wild`), by groups where the runs have them. For parabolas `residuals` about them, from those of all
    /// budgets, by default; `wild`, the sign of each run's own; or `rows`, the runs of each budget.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// How many draws; 1000 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draws: Option<usize>,
    /// With which random numbers; 42 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<Seed>,
    /// The first draw, from 0: draws that are shared out to several Questions are the same as those of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<u64>,
    /// The rows of each draw of a fit, counted from 0 among those in use, instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resample: Option<Vec<Vec<usize>>>,
}

/// What was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Resampled {
    /// The draws that were made.
    pub draws: usize,
    /// Those without power laws, which the intervals leave out.
    pub failed_draws: usize,
}

impl BootstrapChoice {
    /// How many draws.
    pub(super) fn count(&self) -> usize {
        self.draws.unwrap_or(1000)
    }

    /// The seed of their random numbers.
    pub(super) fn seed(&self) -> u64 {
        self.seed.unwrap_or_default().0
    }

    /// The draws of parabolas; `path` is the field that asks for them.
    pub(super) fn of_parabolas(&self, path: &str) -> Result<Bootstrap, AskError> {
        let resampling = match self.kind.as_deref() {
            None | Some("residuals") => Resampling::Residuals,
            Some("wild") => Resampling::Wild,
            Some("rows") => Resampling::Rows,
            Some(given) => {
                let given = crate::units::clip(given);
                let message = format!("expected \"residuals\", \"wild\" or \"rows\"; got \"{given}\"");
                return Err(AskError::malformed(format!("{path}.kind"), message));
            }
        };
        if self.resample.is_some() {
            let message = "expected a kind of draws: rows of each draw can be given for a fit alone";
            return Err(AskError::malformed(format!("{path}.resample"), message));
        }
        let first = self.first.unwrap_or(0);
        Ok(Bootstrap { resampling, draws: self.count(), seed: self.seed(), first })
    }
}

impl Resampled {
    /// What came of draws, with a warning where one has no power laws.
    pub(super) fn of(draws: &[Option<PowerLaws>], warnings: &mut Vec<Warning>) -> Self {
        let failed_draws = draws.iter().filter(|draw| draw.is_none()).count();
        if failed_draws > 0 {
            let message =
                format!("{failed_draws} of {} draws have no power law and are left out", draws.len());
            let warning = Warning::new("isoflop.draws_left_out", message);
            warnings.push(warning.with("draws", draws.len()).with("left_out", failed_draws));
        }
        Self { draws: draws.len(), failed_draws }
    }
}

/// The middle `level` of the draws: of exponents and coefficients, of sizes and tokens.
pub(super) fn intervals(draws: &[Option<PowerLaws>], level: f64) -> Named<Named<[f64; 2]>> {
    let middle = |of: &dyn Fn(&PowerLaws) -> f64| {
        interval(&draws.iter().flatten().map(of).collect::<Vec<f64>>(), level)
    };
    let both = |exponent: Option<[f64; 2]>, coefficient: Option<[f64; 2]>| {
        let named = [("exponent", exponent), ("log10_coefficient", coefficient)];
        named.into_iter().filter_map(|(name, ends)| Some((name, ends?))).collect::<Named<[f64; 2]>>()
    };
    let n = both(middle(&|laws| laws.n.exponent), middle(&|laws| laws.n.log10_coefficient));
    let d = both(middle(&|laws| laws.d.exponent), middle(&|laws| laws.d.log10_coefficient));
    [("N", n), ("D", d)].into_iter().collect()
}
