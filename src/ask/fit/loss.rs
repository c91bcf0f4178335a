//! How residuals count, as it is asked.

use serde::{Deserialize, Serialize};

use crate::ask::AskError;
use crate::fit::{Loss, Residual, Shape};
use crate::units::clip;

/// How residuals count: one of `huber`, `squares` and `absolute`. Sums over the runs, not means.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a loss such as {\"huber\":1e-3,\"of\":\"log\"}")]
pub struct LossChoice {
    /// The residual up to which Huber's loss is quadratic; 1e-3 by default, and 1.345 where the runs have `sigma`, by
    /// which residuals are then divided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub huber: Option<f64>,
    /// Half the square of each residual.
    #[serde(default, skip_serializing_if = "is_false")]
    pub squares: bool,
    /// The size of each residual.
    #[serde(default, skip_serializing_if = "is_false")]
    pub absolute: bool,
    /// What the residual is of: `log`, the natural logarithm, which is the default, or `raw`, the loss itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// How many times as much a prediction that is too high counts; 1 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<f64>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// Chinchilla's threshold.
const THRESHOLD: f64 = 1e-3;
/// Huber's own, in standard deviations: as good as squares to 5 % where noise is normal (Huber 1981, section 4.5).
const STANDARDISED: f64 = 1.345;

/// The loss that is asked for, where the runs have their noise or not.
pub(in crate::ask) fn loss(choice: Option<&LossChoice>, standardised: bool) -> Result<Loss, AskError> {
    let default = LossChoice::default();
    let choice = choice.unwrap_or(&default);
    let of = match choice.of.as_deref() {
        None | Some("log") => Residual::Log,
        Some("raw") => Residual::Raw,
        Some(given) => {
            let message = format!("expected \"log\" or \"raw\"; got \"{}\"", clip(given));
            return Err(AskError::malformed("fit.loss.of", message));
        }
    };
    let shape = match (choice.huber, choice.squares, choice.absolute) {
        (None, true, false) => Shape::Squares,
        (None, false, true) => Shape::Absolute,
        (huber, false, false) => {
            Shape::Huber(huber.unwrap_or(if standardised { STANDARDISED } else { THRESHOLD }))
        }
        _ => {
            let message = "expected one of huber, squares and absolute; got several";
            return Err(AskError::malformed("fit.loss", message));
        }
    };
    Ok(Loss { shape, of, over: choice.over.unwrap_or(1.0) })
}
