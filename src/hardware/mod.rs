//! Devices that train and serve models: what they compute at most, what they hold, what they cost to rent.
//!
//! Every number has its source and date. Peaks are dense: the twice as large ones of marketing, which take
//! for granted that every other weight is zero, stand nowhere. What no source gives is typed by the user.
//!
//! ```
//! use isoflop::hardware::{self, Precision};
//!
//! let device = hardware::find("H100")?;
//! assert_eq!((device.id, device.peak(Precision::Bf16)), ("h100-sxm", Some(989e12)));
//! assert_eq!(device.price().map(|price| price.low), Some(2.5));
//! assert_eq!(
//!     hardware::find("H10").unwrap_err().to_string(),
//!     "expected a device such as h100-sxm; got \"H10\": did you mean h100?"
//! );
//! # Ok::<(), isoflop::hardware::HardwareError>(())
//! ```

mod device;
mod devices;
mod error;
mod price;
mod reached;

pub use device::{Device, Precision, find};
pub use devices::DEVICES;
pub use error::HardwareError;
pub use price::Price;
pub use reached::{GENERATION, PROMPT, Reached, TRAINING};
