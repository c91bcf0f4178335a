//! The Fit page.
//!
//! It is a document that is written when the site is built ([`documents`](super::documents)), and its program takes it
//! over. What the reader has chosen stands in [`study`], what the engine is asked about their rows in [`rows`], what it
//! answers in [`outcome`], what is shown of that in [`charts`] and [`report`]; [`methods`] has the other
//! methods on the same runs: plain Rust.

pub mod charts;
mod last;
pub mod methods;
pub mod outcome;
pub mod printed;
pub mod reading;
pub mod report;
pub mod rows;
pub mod study;

#[cfg(feature = "app")]
mod live;
#[cfg(feature = "app")]
pub use live::start;
