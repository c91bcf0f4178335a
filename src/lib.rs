//! Isoflop: a compute-optimal scaling-law workbench.
//!
//! A scaling law is a formula, and the formula is data. From one text, such as
//! `E + A / N^alpha + B / D^beta`, everything else is derived: its value, its gradient, how it is
//! fitted to training runs and how a budget is allocated by it.
//!
//! The modules stand in reading order; each uses only those above it (`tests/layers.rs`).

// The page's programs and its first worker are built without much of this; the whole shows what is of no use at all.
#![cfg_attr(not(feature = "catalogue"), allow(dead_code))]

// In reading order, which is not the alphabet's: rustfmt would sort them without the lines between.
pub mod num;

pub mod provenance;

pub mod outcome;

pub mod units;

pub mod formula;

pub mod laws;

pub mod hardware;

pub mod runs;

pub mod fit;

pub mod allocate;

#[cfg(feature = "fit")]
pub mod sweep;

pub mod ask;

pub mod figure;

pub mod web;
