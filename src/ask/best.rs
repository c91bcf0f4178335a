//! Power laws of best plans, as approaches 1 and 2 answer with them.

use serde::{Deserialize, Serialize};

use super::{GivenFit, Named};
use crate::fit::{PowerLaw, PowerLaws};
use crate::units::C_TRAIN;

/// A power law `10^log10_coefficient C^exponent` of training compute in FLOPs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PowerLawAnswer {
    /// The power of compute.
    pub exponent: f64,
    /// The decimal logarithm of the value at one FLOP.
    pub log10_coefficient: f64,
    /// The standard error of the exponent; null where the points say nothing of it.
    pub se: Option<f64>,
    /// The standard error of the coefficient's logarithm.
    pub log10_coefficient_se: Option<f64>,
}

/// The best size in parameters, and the best tokens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PowerLawsAnswer {
    /// Of sizes.
    #[serde(rename = "N")]
    pub n: PowerLawAnswer,
    /// Of tokens.
    #[serde(rename = "D")]
    pub d: PowerLawAnswer,
}

/// Power laws as a law of the catalogue has them: with a budget, what `allocate` asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BestAnswer {
    /// The id of a law whose outputs are the best size and the best tokens.
    pub law: String,
    /// Its parameters, with their draws where there are any.
    pub fit: GivenFit,
}

impl From<PowerLaw> for PowerLawAnswer {
    fn from(law: PowerLaw) -> Self {
        Self {
            exponent: law.exponent,
            log10_coefficient: law.log10_coefficient,
            se: law.exponent_se,
            log10_coefficient_se: law.coefficient_se,
        }
    }
}

impl From<PowerLaws> for PowerLawsAnswer {
    fn from(laws: PowerLaws) -> Self {
        Self { n: laws.n.into(), d: laws.d.into() }
    }
}

/// The parameters of such a law, in its order.
fn parameters(laws: &PowerLaws) -> [(&'static str, f64); 4] {
    [
        ("k_N", laws.n.coefficient()),
        ("a", laws.n.exponent),
        ("k_D", laws.d.coefficient()),
        ("b", laws.d.exponent),
    ]
}

/// The power laws as the law `law` of the catalogue; none where a coefficient is out of range. `budgets` are the
/// smallest and the largest behind them.
pub(super) fn best(
    law: &str,
    laws: &PowerLaws,
    draws: &[Option<PowerLaws>],
    budgets: [f64; 2],
) -> Option<BestAnswer> {
    let values = parameters(laws);
    let fine = |(name, value): &(&str, f64)| value.is_finite() && (*value > 0.0 || !name.starts_with('k'));
    if !values.iter().all(fine) {
        return None;
    }
    let mut fit = GivenFit::new(values);
    fit.fitted_on = Some([(C_TRAIN.symbol, budgets)].into_iter().collect());
    if !draws.is_empty() {
        let column = |at: usize| {
            let value = |laws: &PowerLaws| Some(parameters(laws)[at].1).filter(|value| value.is_finite());
            draws.iter().map(|draw| draw.as_ref().and_then(value)).collect::<Vec<Option<f64>>>()
        };
        fit.draws =
            Some(values.iter().enumerate().map(|(at, (name, _))| (*name, column(at))).collect::<Named<_>>());
    }
    Some(BestAnswer { law: law.to_owned(), fit })
}
