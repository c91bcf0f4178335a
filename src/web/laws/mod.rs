//! The Laws pages.
//!
//! Each is a document that is written when the site is built, and whole without a script. What it asks of a law and
//! says of the answer stands in [`evaluation`] and [`plot`], plain Rust, so that the document and the program that
//! takes over its live parts say the same.

pub mod draft;
pub mod evaluation;
pub mod kept;
pub mod plot;
