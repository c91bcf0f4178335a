//! What exactly a variable of a law counts.
//!
//! Two papers that both write N may mean different things by it, and a law holds only for its own
//! meaning. A convention names that meaning; a variable is a symbol with one.

use super::Unit;

/// What is counted, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Convention {
    /// All parameters, embeddings included.
    TotalParameters,
    /// Tokens seen in training, repetitions counted.
    SeenTokens,
    /// FLOPs of training counted as six times parameters times tokens.
    TrainingFlops,
    /// Loss as cross-entropy in nats per token.
    LossInNats,
}

impl Convention {
    /// The unit it is counted in.
    pub const fn unit(self) -> Unit {
        match self {
            Self::TotalParameters => Unit::Parameters,
            Self::SeenTokens => Unit::Tokens,
            Self::TrainingFlops => Unit::Flops,
            Self::LossInNats => Unit::NatsPerToken,
        }
    }

    /// The convention in a sentence, such as `all parameters, embeddings included`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::TotalParameters => "all parameters, embeddings included",
            Self::SeenTokens => "tokens seen in training, repetitions counted",
            Self::TrainingFlops => "training compute, counted as 6 N D",
            Self::LossInNats => "cross-entropy in nats per token",
        }
    }
}

/// A symbol of a law and what it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The symbol in the formula, such as `N`.
    pub symbol: &'static str,
    /// What it counts.
    pub convention: Convention,
}

impl Variable {
    /// The unit it is counted in.
    pub const fn unit(&self) -> Unit {
        self.convention.unit()
    }
}

/// N: all parameters, embeddings included.
pub const N_TOTAL: Variable = Variable { symbol: "N", convention: Convention::TotalParameters };
/// D: tokens seen in training.
pub const D_SEEN: Variable = Variable { symbol: "D", convention: Convention::SeenTokens };
/// C: training FLOPs, counted as 6 N D.
pub const C_TRAIN: Variable = Variable { symbol: "C", convention: Convention::TrainingFlops };
/// L: loss in nats per token.
pub const LOSS_NATS: Variable = Variable { symbol: "L", convention: Convention::LossInNats };
