//! A device, and how it is found by its name.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{DEVICES, HardwareError, Price};
use crate::provenance::{ReadIn, Source};

/// A device, as one rents it: one chip, or one package of chips that counts as one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Device {
    /// Its stable id, such as `h100-sxm`.
    pub id: &'static str,
    /// Its name, such as `NVIDIA H100 SXM`.
    pub name: &'static str,
    /// What else it is called, in lower case, such as `h100`.
    pub aliases: &'static [&'static str],
    /// The most operations that it does in a second, dense, by precision: FLOP/s, or operations on integers.
    pub peaks: &'static [(Precision, f64)],
    /// What it holds, in bytes.
    pub memory: f64,
    /// What it reads of that in a second, in bytes.
    pub bandwidth: f64,
    /// What it costs to rent, the price to take where none is given first.
    pub prices: &'static [Price],
    /// Where all but the prices stand.
    pub source: Source,
    /// How they were read.
    pub read_in: ReadIn,
    /// When, as year and month.
    pub date: &'static str,
    /// What is known to be said otherwise elsewhere.
    pub caveats: &'static [&'static str],
}

impl Device {
    /// The most operations in a second in a precision, if it has that.
    pub fn peak(&self, precision: Precision) -> Option<f64> {
        self.peaks.iter().find(|(known, _)| *known == precision).map(|(_, peak)| *peak)
    }

    /// The price to take where none is given, if a source gives one.
    pub fn price(&self) -> Option<&'static Price> {
        self.prices.first()
    }

    /// Where its numbers stand, in one line.
    pub fn provenance(&self) -> String {
        format!("{}, {}, {}", self.source, self.read_in, self.date)
    }
}

/// The numbers that a device computes with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Sixteen bits: bfloat16.
    #[default]
    Bf16,
    /// Eight bits with a point.
    Fp8,
    /// Eight bits, whole numbers.
    Int8,
    /// Four bits with a point.
    Fp4,
}

impl fmt::Display for Precision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bf16 => "bf16",
            Self::Fp8 => "fp8",
            Self::Int8 => "int8",
            Self::Fp4 => "fp4",
        })
    }
}

/// The device of an id or another name, whatever its case and spaces; a plural is one too.
///
/// # Errors
/// [`HardwareError::UnknownDevice`], which names the nearest.
pub fn find(name: &str) -> Result<&'static Device, HardwareError> {
    let given = key(name);
    let one = given.strip_suffix('s').unwrap_or(&given);
    let called =
        |name: &str| DEVICES.iter().copied().find(|device| names(device).any(|known| key(known) == name));
    called(&given)
        .or_else(|| called(one))
        .ok_or_else(|| HardwareError::UnknownDevice { given: name.to_owned() })
}

/// Its id and what else it is called.
pub(super) fn names(device: &Device) -> impl Iterator<Item = &'static str> {
    [device.id].into_iter().chain(device.aliases.iter().copied())
}

/// A name without what people write in several ways.
fn key(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
