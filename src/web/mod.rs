//! The page and its worker.
//!
//! The page asks, the worker answers: a Question and an Answer are JSON texts, carried by [`message`]s. What the
//! page says about an answer stands in [`words`]. Both are plain Rust, so that the first paint can be written
//! without a browser (`examples/first_paint.rs`); the rest needs one.

pub mod binds;
pub mod bounds;
pub mod budget;
pub mod card;
pub mod carried;
pub mod disagreement;
pub mod documents;
pub mod downstream;
pub mod evaluator;
pub mod figures;
pub mod find;
pub mod fit;
pub mod formula_text;
pub mod frontier;
pub mod hyper;
pub mod json;
pub mod keys;
pub mod laws;
pub mod limit;
mod limited;
pub mod link;
pub mod maths;
pub mod message;
pub mod pins;
pub mod presets;
pub mod question;
pub mod reading;
pub mod report;
pub mod sensitivity;
pub mod shapes;
pub mod slice;
pub mod theme;
pub mod training;
pub mod whole;
pub mod words;
pub mod works;

#[cfg(feature = "app")]
pub mod ui;
#[cfg(feature = "web")]
pub mod worker;
