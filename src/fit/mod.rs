//! Fitting a law to training runs: any formula, any of the field's losses (approach 3 of Chinchilla).
//!
//! A fit proceeds in four stages. *Starts*: least squares for the coefficients at every point of a grid
//! of the other parameters. *Polish*: damped Newton steps on all parameters jointly, with exact second
//! derivatives. *Audit*: the same from starts drawn before the data are read, and of every sub-model
//! with one term removed. *Certificate*: what proves the minimum, or says why it is not proved.
//!
//! ```
//! use isoflop::fit::{Loss, Parameter, Problem, fit};
//! use isoflop::formula::Formula;
//!
//! let law = Formula::parse("E + A / N^alpha")?;
//! let n = [1e7, 3e7, 1e8, 3e8, 1e9, 3e9];
//! let loss = n.map(|n: f64| 1.7 + 400.0 * isoflop::num::pow(n, -0.34));
//! let positive =
//!     |name: &str| Parameter { name: name.to_owned(), positive: true, ..Parameter::default() };
//! let exponent =
//!     Parameter { name: "alpha".to_owned(), range: Some((0.02, 2.0)), ..Parameter::default() };
//! let found = fit(
//!     &Problem {
//!         formula: &law,
//!         parameters: vec![positive("E"), positive("A"), exponent],
//!         inputs: vec![("N", &n)],
//!         response: &loss,
//!         weights: None,
//!         deviations: None,
//!         loss: Loss::huber(1e-3),
//!     },
//!     &mut |_| {},
//! )?;
//! assert!((found.values[2].unwrap() - 0.34).abs() < 1e-9);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Source
//! The objective is Hoffmann et al. (2022), section 3.3 and appendix D.2, as a sum over runs.

mod absolute;
mod bootstrap;
mod certificate;
mod column;
mod decision;
pub mod envelope;
mod error;
mod errors;
mod gram;
mod influence;
pub mod isoflop;
mod line;
mod loss;
mod minimum;
mod noise;
mod objective;
mod observations;
mod parabola;
mod plans;
mod polish;
mod problem;
mod profile;
mod pull;
mod search;
mod starts;
mod step;
mod surrogate;

pub use bootstrap::{Draws, Resampling, bootstrap};
pub use column::ColumnError;
pub use error::FitError;
pub use errors::{Errors, errors};
pub use influence::{Influence, influence};
pub use line::{Line, PowerLaw, PowerLaws};
pub use loss::{Loss, Residual, Shape};
pub use minimum::Interpolated;
pub use noise::{Noise, noise};
pub use parabola::Parabola;
pub use plans::{Decided, Decision};
pub use problem::{EXPONENTS, Parameter, Problem};
pub use profile::{Profile, profile, profile_decision};
pub use search::{Certificate, Fit, Preview, Progress, fit, preview};
