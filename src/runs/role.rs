//! What a column of a table means.

use crate::units::{Expected, Sign, Unit};

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
    /// The size of the model without its embeddings, beside another count of it.
    NonEmbedding,
    /// Tokens per step.
    Batch,
    /// Sequences per step.
    Sequences,
    /// Tokens per sequence.
    Length,
    /// The weight of a run in a fit.
    Weight,
    /// The standard deviation of its loss, in the unit of the loss.
    Noise,
    /// The budget or group it belongs to.
    Group,
    /// Its seed, or which replicate it is.
    Seed,
    /// The schedule of its learning rate, in words.
    Schedule,
    /// Its learning rate at that step.
    Rate,
    /// Nothing that is used.
    Ignore,
}

impl Role {
    /// The roles that any table of runs has, in the order in which a page offers them.
    pub const ALL: [Self; 7] =
        [Self::Params, Self::Tokens, Self::Flops, Self::Loss, Self::Run, Self::Step, Self::Ignore];

    /// The further roles, which a table may have besides.
    pub const FURTHER: [Self; 10] = [
        Self::NonEmbedding,
        Self::Batch,
        Self::Sequences,
        Self::Length,
        Self::Weight,
        Self::Noise,
        Self::Group,
        Self::Seed,
        Self::Schedule,
        Self::Rate,
    ];

    /// How a page names the role, such as `Size N`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Params => "Size N",
            Self::Tokens => "Tokens D",
            Self::Flops => "FLOPs C",
            Self::Loss => "Loss",
            Self::Run => "Run",
            Self::Step => "Step",
            Self::NonEmbedding => "Size without embeddings",
            Self::Batch => "Tokens per step",
            Self::Sequences => "Sequences per step",
            Self::Length => "Tokens per sequence",
            Self::Weight => "Weight",
            Self::Noise => "Noise s.d.",
            Self::Group => "Group",
            Self::Seed => "Seed",
            Self::Schedule => "Schedule",
            Self::Rate => "Learning rate",
            Self::Ignore => "Ignore",
        }
    }

    /// The role of a label.
    pub fn labelled(label: &str) -> Option<Self> {
        Self::ALL.into_iter().chain(Self::FURTHER).find(|role| role.label() == label)
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
            Self::NonEmbedding => "size without embeddings",
            Self::Batch => "tokens per step",
            Self::Sequences => "sequences per step",
            Self::Length => "tokens per sequence",
            Self::Weight => "the weight",
            Self::Noise => "the noise of the loss",
            Self::Group => "the group",
            Self::Seed => "the seed",
            Self::Schedule => "the schedule",
            Self::Rate => "the learning rate",
            Self::Ignore => "nothing",
        }
    }

    /// What its cells hold, where they hold amounts.
    pub fn expected(self) -> Option<Expected> {
        let unit = match self {
            Self::Params | Self::NonEmbedding => Unit::Parameters,
            Self::Tokens | Self::Batch | Self::Length => Unit::Tokens,
            Self::Flops => Unit::Flops,
            Self::Loss => Unit::NatsPerToken,
            Self::Sequences => Unit::Sequences,
            Self::Weight | Self::Rate => return Some(Expected::from(Unit::One).sign(Sign::NotNegative)),
            Self::Noise => return Some(Expected::from(Unit::One).sign(Sign::Positive)),
            _ => return None,
        };
        Some(unit.into())
    }
}
