//! What is said beside a budget: limits on the plan, what it will serve, and the devices that train it.

use thiserror::Error;

use super::json;
use super::reading::Plan;
use crate::hardware::{self, Device, HardwareError};
use crate::units::{Read, Unit, UnitError, ascii, percent, read};

/// Something that is said beside a budget.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// What it is about.
    pub on: Limited,
    /// What is said, as typed.
    pub text: String,
}

/// What can be said beside a budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limited {
    /// At most so many parameters.
    LargestSize,
    /// Exactly so many parameters.
    FixedSize,
    /// At most so many tokens.
    MostTokens,
    /// So many tokens for each parameter.
    Ratio,
    /// So many tokens will be served.
    Serving,
    /// The share of the tokens served that is generated; the rest is read.
    Generated,
    /// The device that trains.
    Device,
    /// So many of them.
    Devices,
    /// The share of its peak that a device reaches.
    Utilisation,
    /// What a device costs.
    Price,
}

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

impl Limited {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::LargestSize,
        Self::FixedSize,
        Self::MostTokens,
        Self::Ratio,
        Self::Serving,
        Self::Generated,
        Self::Device,
        Self::Devices,
        Self::Utilisation,
        Self::Price,
    ];

    /// Whether it is about the devices that train, and not about the plan.
    pub const fn is_of_devices(self) -> bool {
        matches!(self, Self::Device | Self::Devices | Self::Utilisation | Self::Price)
    }

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LargestSize => "Largest size",
            Self::FixedSize => "Fixed size",
            Self::MostTokens => "Most tokens",
            Self::Ratio => "Tokens per parameter",
            Self::Serving => "Serving demand",
            Self::Generated => "Share generated",
            Self::Device => "Device",
            Self::Devices => "Number of devices",
            Self::Utilisation => "Share of peak",
            Self::Price => "Price of a device",
        }
    }

    /// Its name in a link.
    pub const fn key(self) -> &'static str {
        match self {
            Self::LargestSize => "largest-size",
            Self::FixedSize => "size",
            Self::MostTokens => "most-tokens",
            Self::Ratio => "tokens-per-parameter",
            Self::Serving => "serving",
            Self::Generated => "generated",
            Self::Device => "device",
            Self::Devices => "devices",
            Self::Utilisation => "utilisation",
            Self::Price => "price",
        }
    }

    /// What is expected of its text.
    pub const fn expected(self) -> &'static str {
        match self {
            Self::LargestSize | Self::FixedSize => "a number of parameters such as 70B",
            Self::MostTokens => "a number of tokens such as 1.4T",
            Self::Ratio => "tokens for each parameter such as 20",
            Self::Serving => "the tokens of a lifetime such as 2T",
            Self::Generated => "the share of the tokens served that is generated such as 0.75",
            Self::Device => "a device such as H100",
            Self::Devices => "a number of devices such as 64",
            Self::Utilisation => "a share of the peak such as 0.4",
            Self::Price => "a price such as $2.50/h",
        }
    }

    /// What of a plan it limits, if it limits any: a variable or a formula.
    pub const fn variable(self) -> Option<&'static str> {
        match self {
            Self::LargestSize | Self::FixedSize => Some("N"),
            Self::MostTokens => Some("D"),
            Self::Ratio => Some("D/N"),
            _ => None,
        }
    }

    /// How much of what it limits a plan has.
    pub fn used(self, plan: &Plan) -> Option<f64> {
        match self {
            Self::LargestSize | Self::FixedSize => plan.size(),
            Self::MostTokens => plan.tokens(),
            Self::Ratio => plan.ratio(),
            _ => None,
        }
    }

    /// The unit it is given in.
    pub const fn unit(self) -> Unit {
        match self {
            Self::LargestSize | Self::FixedSize => Unit::Parameters,
            Self::MostTokens | Self::Serving => Unit::Tokens,
            Self::Ratio => Unit::TokensPerParameter,
            Self::Price => Unit::DollarsPerHour,
            Self::Generated | Self::Device | Self::Devices | Self::Utilisation => Unit::One,
        }
    }
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
            _ => true,
        };
        if fits {
            return Ok(Said::Amount(read));
        }
        let (expected, given) = (self.on.expected(), ascii(read.value));
        let share = self.on != Limited::Devices && read.value <= 100.0;
        let meant = if share {
            format!(": {} is {}", percent(read.value / 100.0), ascii(read.value / 100.0))
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
    pub(super) fn rule(&self) -> Option<String> {
        self.read()?.ok()?;
        let is_fixed = matches!(self.on, Limited::FixedSize | Limited::Ratio);
        let bound = if is_fixed { "equal" } else { "at_most" };
        Some(json::object(&[("of", json::string(self.on.variable()?)), (bound, json::string(&self.text))]))
    }
}

/// What a Question says of serving, as JSON, where anything is served. What is read and what is generated cost the same
/// FLOPs, but not the same time.
pub(super) fn serving(beside: &[Limit]) -> Option<String> {
    let amount = |on| beside.iter().find(|limit| limit.on == on)?.amount().map(|read| read.value);
    let tokens = amount(Limited::Serving)?;
    let number = |value: f64| json::number(value);
    Some(match amount(Limited::Generated) {
        None => json::object(&[("tokens", number(tokens))]),
        Some(share) => json::object(&[
            ("requests", number(1.0)),
            ("prompt", number(tokens * (1.0 - share))),
            ("output", number(tokens * share)),
        ]),
    })
}
