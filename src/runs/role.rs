//! What a column of a table means.

use crate::units::{Expected, Unit};

/// What a column of a table means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The size of the model, N, in parameters.
    Params,
    /// The tokens it was trained on, D.
    Tokens,
    /// The FLOPs of its training, C.
    Flops,
    /// Its loss, L, in nats per token.
    Loss,
    /// The name of the run.
    Run,
    /// The training step of a checkpoint.
    Step,
    /// Nothing that is used.
    Ignore,
}

impl Role {
    /// Every role, in the order in which a page offers them.
    pub const ALL: [Self; 7] =
        [Self::Params, Self::Tokens, Self::Flops, Self::Loss, Self::Run, Self::Step, Self::Ignore];

    /// How a page names the role, such as `Size N`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Params => "Size N",
            Self::Tokens => "Tokens D",
            Self::Flops => "FLOPs C",
            Self::Loss => "Loss",
            Self::Run => "Run",
            Self::Step => "Step",
            Self::Ignore => "Ignore",
        }
    }

    /// The role of a label.
    pub fn labelled(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.label() == label)
    }

    /// The role in a sentence, such as `size`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Params => "size",
            Self::Tokens => "tokens",
            Self::Flops => "FLOPs",
            Self::Loss => "loss",
            Self::Run => "the name of the run",
            Self::Step => "the training step",
            Self::Ignore => "nothing",
        }
    }

    /// What its cells hold, where they hold amounts.
    pub fn expected(self) -> Option<Expected> {
        let unit = match self {
            Self::Params => Unit::Parameters,
            Self::Tokens => Unit::Tokens,
            Self::Flops => Unit::Flops,
            Self::Loss => Unit::NatsPerToken,
            Self::Run | Self::Step | Self::Ignore => return None,
        };
        Some(unit.into())
    }
}
