//! What is said beside a budget, as it was typed.

use thiserror::Error;

use super::json;
use super::limited::DAYS;
pub use super::limited::{Limited, Offered};
use super::reading::Plan;
use crate::hardware::{self, Device, HardwareError};
use crate::num::{floor, round};
use crate::units::{Read, UnitError, ascii, percent, read};

/// Something that is said beside a budget.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// What it is about.
    pub on: Limited,
    /// What is said, as typed.
    pub text: String,
}

/// The tokens of a sequence where none are said.
pub const USUAL_CONTEXT: f64 = 4096.0;
/// The bytes of a parameter where none are said: of a weight in bf16.
const BF16_BYTES: f64 = 2.0;

/// How a text reads.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// As an amount.
    Amount(Read),
    /// As the name of a device.
    Device(&'static Device),
}

/// Why a text cannot be read, or not be counted with.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Mistake {
    /// It is no amount.
    #[error(transparent)]
    Amount(#[from] UnitError),
    /// It names no device.
    #[error(transparent)]
    Device(#[from] HardwareError),
    /// Something else, in words.
    #[error("{0}")]
    Other(String),
}

impl Limit {
    /// How its text reads; nothing while it is empty.
    pub fn read(&self) -> Option<Result<Said, Mistake>> {
        (!self.text.trim().is_empty()).then(|| self.said())
    }

    fn said(&self) -> Result<Said, Mistake> {
        if self.on == Limited::Device {
            return Ok(Said::Device(hardware::find(&self.text)?));
        }
        let read = read(&self.text, self.on.unit())?;
        let fits = match self.on {
            Limited::Generated | Limited::Utilisation => read.value <= 1.0,
            Limited::Devices => read.value >= 1.0,
            _ if self.on.is_of_shape() => read.value >= 1.0 && read.value == floor(read.value),
            _ => true,
        };
        if fits {
            return Ok(Said::Amount(read));
        }
        let (expected, given) = (self.on.expected(), ascii(read.value));
        let share = matches!(self.on, Limited::Generated | Limited::Utilisation) && read.value <= 100.0;
        let meant = if share {
            format!(": {} is {}", percent(read.value / 100.0), ascii(round(100.0 * read.value) / 1e4))
        } else {
            String::new()
        };
        Err(Mistake::Other(format!("expected {expected}; got {given}{meant}")))
    }

    /// Its amount, where it reads as one.
    pub fn amount(&self) -> Option<Read> {
        match self.read()?.ok()? {
            Said::Amount(read) => Some(read),
            Said::Device(_) => None,
        }
    }

    /// The limit of a Question that it is, as JSON.
    pub(super) fn rule(&self, beside: &[Self]) -> Option<String> {
        let of = self.on.limits()?;
        self.read()?.ok()?;
        let is_fixed = matches!(self.on, Limited::FixedSize | Limited::Ratio);
        let side = if is_fixed { "equal" } else { "at_most" };
        let bound = match self.on {
            Limited::Memory => json::number(self.amount()?.value / parameter_bytes(beside)),
            _ => json::string(&self.text),
        };
        Some(json::object(&[("of", json::string(of)), (side, bound)]))
    }

    /// How much of what it limits a plan has.
    pub fn used(&self, plan: &Plan, beside: &[Self]) -> Option<f64> {
        match self.on {
            Limited::LargestSize | Limited::FixedSize => plan.size(),
            Limited::MostTokens => plan.tokens(),
            Limited::Ratio => plan.ratio(),
            Limited::Memory => Some(plan.size()? * parameter_bytes(beside)),
            Limited::Deadline => plan.quantities.get(DAYS).copied(),
            _ => None,
        }
    }
}

/// The tokens of a sequence.
pub fn context(beside: &[Limit]) -> f64 {
    amount(beside, Limited::Context).unwrap_or(USUAL_CONTEXT)
}

/// The bytes of a parameter.
pub(super) fn parameter_bytes(beside: &[Limit]) -> f64 {
    amount(beside, Limited::ParameterBytes).unwrap_or(BF16_BYTES)
}

/// What is said of something, where it reads as an amount.
pub(super) fn amount(beside: &[Limit], on: Limited) -> Option<f64> {
    beside.iter().find(|limit| limit.on == on)?.amount().map(|read| read.value)
}

/// What a Question says of serving, as JSON, where anything is served. What is read and what is generated cost the same
/// FLOPs, but not the same time.
pub(super) fn serving(beside: &[Limit]) -> Option<String> {
    let tokens = amount(beside, Limited::Serving)?;
    let number = |value: f64| json::number(value);
    Some(match amount(beside, Limited::Generated) {
        None => json::object(&[("tokens", number(tokens))]),
        Some(share) => json::object(&[
            ("requests", number(1.0)),
            ("prompt", number(tokens * (1.0 - share))),
            ("output", number(tokens * share)),
        ]),
    })
}
