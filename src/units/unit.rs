//! The units that numbers of this crate are in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Lists the units once: what each counts, its name in the contract, its name in a sentence, a typical amount.
macro_rules! units {
    ($($(#[$doc:meta])* $unit:ident, $name:literal, $words:literal, $example:literal;)*) => {
        /// What a number counts.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Unit {
            $($(#[$doc])* #[serde(rename = $name)] $unit,)*
        }

        impl Unit {
            /// Every unit.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$unit),*];

            /// Its names and a typical amount.
            const fn facts(self) -> [&'static str; 3] {
                match self {
                    $(Self::$unit => [$name, $words, $example],)*
                }
            }
        }
    };
}

units! {
    /// Parameters of a model.
    Parameters, "parameters", "parameters", "70B";
    /// Tokens of text.
    Tokens, "tokens", "tokens", "1.4T";
    /// Floating-point operations: a count, never a rate.
    Flops, "FLOPs", "FLOPs", "5.76e23";
    /// Cross-entropy per token, in natural units.
    NatsPerToken, "nats/token", "nats per token", "2.31";
    /// Tokens for each parameter.
    TokensPerParameter, "tokens/parameter", "tokens per parameter", "20";
    /// Cross-entropy per token, in bits.
    BitsPerToken, "bits/token", "bits per token", "3.33";
    /// Cross-entropy per byte of text, in bits.
    BitsPerByte, "bits/byte", "bits per byte", "0.8";
    /// Cross-entropy per character of text, in bits.
    BitsPerCharacter, "bits/character", "bits per character", "0.8";
    /// Cross-entropy per image, in natural units.
    NatsPerImage, "nats/image", "nats per image", "2500";
    /// Operations for each token.
    FlopsPerToken, "FLOPs/token", "FLOPs per token", "4.2e10";
    /// Operations in each second: the rate of a device.
    FlopsPerSecond, "FLOP/s", "FLOP per second", "989 TFLOP/s";
    /// Steps of the optimiser.
    Steps, "steps", "steps", "100K";
    /// Sequences of tokens.
    Sequences, "sequences", "sequences", "1024";
    /// Examples of a data set, such as sentence pairs.
    Examples, "examples", "examples", "100K";
    /// Images.
    Images, "images", "images", "1B";
    /// Characters of text.
    Characters, "characters", "characters", "1T";
    /// Bytes.
    Bytes, "bytes", "bytes", "80B";
    /// Bits.
    Bits, "bits", "bits", "8";
    /// Seconds.
    Seconds, "seconds", "seconds", "86400";
    /// Days of 24 hours.
    Days, "days", "days", "30 days";
    /// Hours of all devices together: 64 devices for an hour are 64.
    DeviceHours, "device-hours", "device-hours", "10k H100-hours";
    /// US dollars.
    Dollars, "dollars", "dollars", "$2M";
    /// US dollars for each hour, of a device unless said otherwise.
    DollarsPerHour, "dollars/hour", "dollars per hour", "$2.50/h";
    /// Requests to a model that serves.
    Requests, "requests", "requests", "7B";
    /// A number without a unit, such as an exponent.
    One, "1", "", "0.5";
}

impl Unit {
    /// The name in the contract's JSON, such as `nats/token`.
    pub const fn name(self) -> &'static str {
        self.facts()[0]
    }

    /// The name in a sentence, such as `nats per token`; empty for a number without a unit.
    pub const fn words(self) -> &'static str {
        self.facts()[1]
    }

    /// A text that reads as a typical amount, for messages.
    pub const fn example(self) -> &'static str {
        self.facts()[2]
    }

    /// The units of loss.
    pub const LOSSES: [Self; 5] = [
        Self::NatsPerToken,
        Self::BitsPerToken,
        Self::BitsPerByte,
        Self::BitsPerCharacter,
        Self::NatsPerImage,
    ];

    /// Whether it is a unit of loss.
    pub fn is_loss(self) -> bool {
        Self::LOSSES.contains(&self)
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
            unit if unit.is_loss() => format!("a {positive}loss in {}{or_zero}", self.words()),
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
