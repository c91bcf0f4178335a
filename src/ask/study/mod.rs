//! What is asked of several fits, or of one and its runs.

mod crossing;
mod multiplier;
mod profile;

pub use crossing::{CrossingAnswer, CrossingQuestion, Other};
pub use multiplier::{MultiplierAnswer, MultiplierQuestion, Over, Recipe};
pub use profile::{ProfileAnswer, ProfileQuestion};

pub(super) use crossing::answer as crossing;
pub(super) use multiplier::answer as multiplier;
pub(super) use profile::answer as profile;
