//! Quantities, and how people write them.
//!
//! A number of parameters, of tokens or of floating-point operations has its own type at the doors of
//! this crate, is finite and positive by construction, and is read from and printed as the text that
//! people in this field use:
//!
//! ```
//! use isoflop::units::{Flops, Params, Unit, read};
//!
//! let size: Params = "70B".parse()?;
//! assert_eq!(size.get(), 70e9);
//! assert_eq!(size.to_string(), "70.0\u{a0}B\u{a0}parameters");
//! assert_eq!("1 PF-day".parse::<Flops>()?.get(), 8.64e19);
//!
//! let wrong = read("1.4T tokens", Unit::Parameters).unwrap_err();
//! assert_eq!(
//!     wrong.to_string(),
//!     "expected a positive number of parameters such as \"70B\"; \
//!      \"tokens\" at character 6 is an amount of another unit, tokens"
//! );
//! # Ok::<(), isoflop::units::UnitError>(())
//! ```
//!
//! # The grammar
//! A number, then a scale, then a unit; only the number is needed.
//!
//! | Part | Written | Not |
//! |---|---|---|
//! | digits | `70`, `.5`, `1,400`, `1 400`, `1_400` (groups of exactly three) | `1,5`, `0,140`, `14,00` |
//! | power of ten | `5.76e23`, `5.76×10^23`, `5.76 * 10**23`, `5.76 × 10²³`, `10^23` | `2^70` |
//! | scale | `K` or `k`, `M`, `B`, `T`, or `thousand` to `trillion` | `70b`, `5m`: refused, they have other meanings |
//! | scale of FLOPs | `GFLOP`, `PFLOP`, `EFLOP`, `ZFLOP` | `5 E`: never exa |
//! | unit | `parameters`, `tokens`, `FLOPs`, `PF-days`, `nats/token`, `tokens/parameter`, `steps` … | `FLOPS`, `FLOP/s` where a count is meant: they are rates |
//! | bytes | `80 GB`, `24 GiB` | `80 Gb`: bits |
//! | time | `30 days`, `12 hours`, `90 min` | `3 m` |
//! | money | `$2M`, `2M dollars`, `2M USD`; `$2.50/h`, `$2.50 per hour` | `€2M`: only US dollars are read |
//! | devices and time | `10k H100-hours`, `10k GPU-hours`, `64 H100 for 30 days` | `64 H100` |
//!
//! The scale shifts the decimal exponent of the text, which is then read once: `1.07B` is exactly
//! `1.07e9`. A PF-day is 8.64e19 FLOP and a day 24 hours, multiplied or divided in decimal before that one
//! reading. Any word may name a device; which there are, `crate::hardware` knows.

mod amount;
mod convention;
mod cursor;
mod devices;
mod digits;
mod error;
mod expected;
mod money;
mod number;
mod print;
mod quantity;
mod read;
mod slip;
mod suffix;
mod time;
mod unit;

pub use amount::Amount;
pub use convention::{
    C_ACTIVE, C_NON_EMBEDDING, C_TRAIN, Convention, D_SEEN, D_UNIQUE, LOSS_BITS, LOSS_BITS_PER_BYTE,
    LOSS_BITS_PER_CHARACTER, LOSS_NATS, N_ACTIVE, N_ACTIVE_NON_EMBEDDING, N_LINEAR_AND_HEAD, N_NON_EMBEDDING,
    N_NON_VOCABULARY, N_NON_ZERO, N_TOTAL, Variable,
};
pub use devices::Devices;
pub use error::{TextFault, UnitError, ValueFault};
pub(crate) use expected::clip;
pub use expected::{Decimal, Expected};
pub use print::{
    Shown, ascii, decimals, device_hours, interval, multiple, percent, pf_days, ratio, show, significant,
    whole,
};
pub use quantity::{Flops, Params, Tokens};
pub use read::{Read, read, read_any};
pub use slip::Slip;
pub use unit::{Sign, Unit};
