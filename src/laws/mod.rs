//! The catalogue of scaling laws: data, not code.
//!
//! A law is one constant in one file: its formula, what its symbols mean, the fits that were published
//! with where each number was read, and worked values that the tests reproduce. Forms, address keys, the
//! reference page, the bounds of a fit and the range warnings are loops over [`LAWS`].
//!
//! ```
//! use isoflop::laws;
//!
//! let law = laws::find("chinchilla")?;
//! let fit = law.fit("hoffmann2022")?;
//! assert_eq!(law.value(fit, "alpha"), Some(0.33917084));
//! assert_eq!(
//!     law.fit("hofmann2022").unwrap_err().to_string(),
//!     "expected a fit of chinchilla (refit-240, hoffmann2022, hoffmann2022-rounded, besiroglu2024); \
//!      got \"hofmann2022\": did you mean hoffmann2022?"
//! );
//! # Ok::<(), isoflop::laws::LawError>(())
//! ```

mod chinchilla;
mod error;
mod hoffmann_approaches;
mod law;
mod parameter;
mod published;

pub use chinchilla::CHINCHILLA;
pub use error::LawError;
pub use hoffmann_approaches::{HOFFMANN_APPROACH_1, HOFFMANN_APPROACH_2};
pub use law::{Derived, Kind, Law, Output};
pub use parameter::{Bounds, Parameter, exponent, positive};
pub use published::{FittedRange, PublishedFit, Worked};

/// Every law, in the order in which lists show them.
pub const LAWS: &[&Law] = &[&CHINCHILLA, &HOFFMANN_APPROACH_1, &HOFFMANN_APPROACH_2];

/// The law of this id.
///
/// # Errors
/// [`LawError::UnknownLaw`], which names the laws there are.
pub fn find(id: &str) -> Result<&'static Law, LawError> {
    LAWS.iter().copied().find(|law| law.id == id).ok_or_else(|| LawError::UnknownLaw { given: id.to_owned() })
}
