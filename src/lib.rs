//! Isoflop: a compute-optimal scaling-law workbench.
//!
//! A scaling law is a formula, and the formula is data. From one text, such as
//! `E + A / N^alpha + B / D^beta`, everything else is derived: its value, its gradient, how it is
//! fitted to training runs and how a budget is allocated by it.
//!
//! The modules stand in reading order; each uses only those above it (`tests/layers.rs`).

pub mod figure;
pub mod num;
pub mod outcome;
pub mod units;

pub mod formula;

pub mod fit;
