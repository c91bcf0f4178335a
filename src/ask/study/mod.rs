//! What is asked of several fits, or of one and its runs.

mod backtest;
mod choice;
mod compare;
mod crossing;
mod hidden;
mod method;
mod multiplier;
mod profile;
mod profiled;

pub use backtest::{BacktestAnswer, BacktestQuestion, ForetoldAnswer, ForetoldBudget};
pub use choice::{EnvelopeChoice, EnvelopeMethod, FitMethod, IsoFlopChoice, IsoFlopMethod, MethodChoice};
pub use compare::{CompareAnswer, CompareQuestion, MethodAnswer};
pub use crossing::{CrossingAnswer, CrossingQuestion, Other};
pub use hidden::{HoldOut, OptimumAnswer};
pub use multiplier::{MultiplierAnswer, MultiplierQuestion, Over, Recipe};
pub use profile::{ProfileAnswer, ProfileQuestion};
pub use profiled::{ProfiledChoice, ProfiledDecision};

pub(super) use backtest::answer as backtest;
pub(super) use compare::answer as compare;
pub(super) use crossing::answer as crossing;
pub(super) use multiplier::answer as multiplier;
pub(super) use profile::answer as profile;
