//! What can be wrong with a device.

use thiserror::Error;

use super::device::names;
use super::{DEVICES, Device, Precision};
use crate::outcome::{Explain, nearest};

/// Why there is no such device, or no such number of it.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum HardwareError {
    /// No device is called so.
    #[error("expected a device such as {}; got \"{given}\"{}", DEVICES[0].id, meant(given))]
    UnknownDevice {
        /// The name.
        given: String,
    },
    /// The device has no peak in this precision.
    #[error("expected a precision of {} ({}); got {given}", device.id, listed(device))]
    NoPeak {
        /// The device.
        device: &'static Device,
        /// The precision.
        given: Precision,
    },
}

fn listed(device: &Device) -> String {
    device.peaks.iter().map(|(precision, _)| precision.to_string()).collect::<Vec<_>>().join(", ")
}

fn meant(given: &str) -> String {
    let near = nearest(given, DEVICES.iter().flat_map(|device| names(device)));
    near.map_or_else(String::new, |name| format!(": did you mean {name}?"))
}

impl Explain for HardwareError {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownDevice { .. } => "hardware.unknown_device",
            Self::NoPeak { .. } => "hardware.no_peak",
        }
    }

    fn expected(&self) -> Option<String> {
        Some(match self {
            Self::UnknownDevice { .. } => {
                DEVICES.iter().map(|device| device.id).collect::<Vec<_>>().join(", ")
            }
            Self::NoPeak { device, .. } => listed(device),
        })
    }

    fn given(&self) -> Option<String> {
        Some(match self {
            Self::UnknownDevice { given } => given.clone(),
            Self::NoPeak { given, .. } => given.to_string(),
        })
    }
}
