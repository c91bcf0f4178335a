//! The units that numbers of this crate are in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Unit {
    /// Parameters of a model.
    #[serde(rename = "parameters")]
    Parameters,
    /// Tokens of text.
    #[serde(rename = "tokens")]
    Tokens,
    /// Floating-point operations: a count, never a rate.
    #[serde(rename = "FLOPs")]
    Flops,
    /// Cross-entropy per token, in natural units.
    #[serde(rename = "nats/token")]
    NatsPerToken,
    /// Tokens for each parameter.
    #[serde(rename = "tokens/parameter")]
    TokensPerParameter,
    /// A number without a unit, such as an exponent.
    #[serde(rename = "1")]
    One,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 6] = [
        Self::Parameters,
        Self::Tokens,
        Self::Flops,
        Self::NatsPerToken,
        Self::TokensPerParameter,
        Self::One,
    ];

    /// The name in the contract's JSON, such as `nats/token`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parameters => "parameters",
            Self::Tokens => "tokens",
            Self::Flops => "FLOPs",
            Self::NatsPerToken => "nats/token",
            Self::TokensPerParameter => "tokens/parameter",
            Self::One => "1",
        }
    }

    /// The name in a sentence, such as `nats per token`; empty for a number without a unit.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Parameters => "parameters",
            Self::Tokens => "tokens",
            Self::Flops => "FLOPs",
            Self::NatsPerToken => "nats per token",
            Self::TokensPerParameter => "tokens per parameter",
            Self::One => "",
        }
    }

    /// A text that reads as a typical amount, for messages.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Parameters => "70B",
            Self::Tokens => "1.4T",
            Self::Flops => "5.76e23",
            Self::NatsPerToken => "2.31",
            Self::TokensPerParameter => "20",
            Self::One => "0.5",
        }
    }

    /// The sign that amounts of this unit have unless said otherwise: all are positive but
    /// [`Unit::One`].
    pub const fn sign(self) -> Sign {
        match self {
            Self::One => Sign::Any,
            _ => Sign::Positive,
        }
    }

    /// What is expected of a text, such as `a positive number of tokens`.
    pub(super) fn expected(self, sign: Sign) -> String {
        let positive = if sign == Sign::Positive { "positive " } else { "" };
        let or_zero = if sign == Sign::NotNegative { " that is zero or more" } else { "" };
        match self {
            Self::One => format!("a {positive}number{or_zero}"),
            Self::NatsPerToken => format!("a {positive}loss in nats per token{or_zero}"),
            _ => format!("a {positive}number of {}{or_zero}", self.words()),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Unit {
    type Err = super::UnitError;

    /// Reads the name of a unit as the contract writes it.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|unit| unit.name() == name);
        known.ok_or_else(|| super::UnitError::UnknownUnit { given: name.to_owned() })
    }
}

/// Which signs an amount may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Above zero.
    Positive,
    /// Zero or more.
    NotNegative,
    /// Any finite number.
    Any,
}

impl Sign {
    /// Whether a finite number has this sign.
    pub(super) fn allows(self, value: f64) -> bool {
        match self {
            Self::Positive => value > 0.0,
            Self::NotNegative => value >= 0.0,
            Self::Any => true,
        }
    }
}
