//! Why a text is not the amount that was expected.

use super::{Decimal, Expected, Unit};
use crate::outcome::{Explain, Place};

/// Why a text is not the amount that was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitError {
    /// The text does not follow the grammar, or follows it to another unit.
    #[error("expected {expected}; {}", .fault.words(*expected, given, found, *position))]
    Text {
        /// What was expected.
        expected: Expected,
        /// The text, cut when long.
        given: String,
        /// The part of it that stands in the way.
        found: String,
        /// The character, from 0, at which that part begins. The message counts from 1.
        position: usize,
        /// What is wrong with it.
        fault: TextFault,
    },
    /// The text or number was read, and its value is not one that is allowed.
    #[error("expected {expected}; got \"{given}\"{}", fault.words())]
    Value {
        /// What was expected.
        expected: Expected,
        /// The text, cut when long.
        given: String,
        /// What is wrong with it.
        fault: ValueFault,
    },
    /// A name that is no unit's.
    #[error("expected a unit such as \"tokens\" or \"nats/token\"; got \"{given}\"")]
    UnknownUnit {
        /// The name.
        given: String,
    },
}

/// What is wrong with the part of a text that stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFault {
    /// The text is empty.
    Empty,
    /// A number should begin here.
    NotANumber,
    /// The grammar knows nothing of the kind.
    Unexpected,
    /// A power of ten without its exponent.
    Power,
    /// A separator that makes no groups of exactly three digits.
    Grouping,
    /// It could mean two things; the text says what to write instead.
    Ambiguous(&'static str),
    /// A scale that only FLOPs have.
    FlopScale,
    /// An amount of something else.
    OtherUnit(Unit),
    /// A rate, operations per second, where a count is needed.
    Rate,
    /// A device without the time that it runs.
    DeviceAlone,
    /// Money that is not US dollars.
    Currency,
}

impl TextFault {
    fn code(self) -> &'static str {
        match self {
            Self::Empty => "units.empty",
            Self::NotANumber => "units.not_a_number",
            Self::Unexpected => "units.unexpected",
            Self::Power => "units.power",
            Self::Grouping => "units.grouping",
            Self::Ambiguous(_) => "units.ambiguous",
            Self::FlopScale => "units.flop_scale",
            Self::OtherUnit(_) => "units.other_unit",
            Self::Rate => "units.rate",
            Self::DeviceAlone => "units.device_alone",
            Self::Currency => "units.currency",
        }
    }

    fn words(self, expected: Expected, given: &str, found: &str, position: usize) -> String {
        let why = match self {
            Self::Empty => return "got nothing".to_owned(),
            Self::NotANumber => return format!("got \"{given}\""),
            Self::Unexpected => "is not understood".to_owned(),
            Self::Power => "lacks its power of ten: write 5.76e23 or 5.76×10^23".to_owned(),
            Self::Grouping => {
                let sign = if expected.decimal == Decimal::Comma { "comma" } else { "point" };
                format!("does not separate groups of three digits, and the decimal sign here is a {sign}")
            }
            Self::Ambiguous(instead) => format!("could mean two things: {instead}"),
            Self::FlopScale => "is a scale of FLOPs, as in 2.5 ZFLOP; otherwise use K, M, B or T".to_owned(),
            Self::OtherUnit(unit) => format!("is an amount of another unit, {unit}"),
            Self::Rate => "is a rate, operations per second: write FLOPs for a count".to_owned(),
            Self::DeviceAlone => "needs hours, as in 10k H100-hours or 64 H100 for 30 days".to_owned(),
            Self::Currency => "is another currency: only US dollars are read, as in $2M".to_owned(),
        };
        format!("\"{found}\" at character {} {why}", position + 1)
    }
}

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueFault {
    /// Zero or less, where a positive number is needed.
    NotPositive,
    /// Less than zero, where zero or more is needed.
    Negative,
    /// Not a number, or infinite.
    NotFinite,
    /// Larger than any double.
    TooLarge,
    /// Nearer to zero than any double.
    TooSmall,
}

impl ValueFault {
    fn code(self) -> &'static str {
        match self {
            Self::NotPositive => "units.not_positive",
            Self::Negative => "units.negative",
            Self::NotFinite => "units.not_finite",
            Self::TooLarge => "units.too_large",
            Self::TooSmall => "units.too_small",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::NotPositive | Self::Negative => "",
            Self::NotFinite => ", which is not a finite number",
            Self::TooLarge => ", which is above 1.8e308, the largest number that can be held",
            Self::TooSmall => ", which is too near to zero to be held",
        }
    }
}

impl Explain for UnitError {
    fn code(&self) -> &'static str {
        match self {
            Self::Text { fault, .. } => fault.code(),
            Self::Value { fault, .. } => fault.code(),
            Self::UnknownUnit { .. } => "units.unknown_unit",
        }
    }

    fn expected(&self) -> Option<String> {
        Some(match self {
            Self::Text { expected, .. } | Self::Value { expected, .. } => expected.words(),
            Self::UnknownUnit { .. } => "the name of a unit".to_owned(),
        })
    }

    fn given(&self) -> Option<String> {
        match self {
            Self::Text { given, .. } | Self::Value { given, .. } | Self::UnknownUnit { given } => {
                Some(given.clone())
            }
        }
    }

    fn unit(&self) -> Option<&'static str> {
        match self {
            Self::Text { expected, .. } | Self::Value { expected, .. } => Some(expected.unit.name()),
            Self::UnknownUnit { .. } => None,
        }
    }

    fn at(&self) -> Place {
        match self {
            Self::Text { position, .. } => Place::position(*position),
            _ => Place::default(),
        }
    }
}
