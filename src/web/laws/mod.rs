//! The Laws pages.
//!
//! Each is a document that is written when the site is built ([`documents`](super::documents)), and whole without a
//! script. The program of these pages takes over what lives on them. What it asks of a law stands in [`evaluation`],
//! [`reach`] and [`plot`], what a reader types in [`draft`] and [`kept`]: plain Rust, for both.

pub mod address;
pub mod conversion;
pub mod draft;
pub mod evaluation;
pub mod kept;
pub mod members;
pub mod plot;
pub mod reach;
pub mod sought;

#[cfg(feature = "app")]
mod live;
#[cfg(feature = "app")]
pub use live::start;
