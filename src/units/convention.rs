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
    /// Parameters without embeddings.
    NonEmbeddingParameters,
    /// Parameters that take part in the computation of a token, embeddings included.
    ActiveParameters,
    /// Parameters that take part in the computation of a token, without embeddings.
    ActiveNonEmbeddingParameters,
    /// Parameters of the linear layers and the output head, without the input embedding.
    LinearAndHeadParameters,
    /// Parameters without those of the vocabulary: neither embedding nor output head.
    NonVocabularyParameters,
    /// Parameters that are not zero.
    NonZeroParameters,
    /// Tokens seen in training, repetitions counted.
    SeenTokens,
    /// Tokens that differ from one another: a repetition counts once.
    UniqueTokens,
    /// FLOPs of training counted as six times parameters times tokens.
    TrainingFlops,
    /// FLOPs of training counted as six times non-embedding parameters times tokens.
    NonEmbeddingFlops,
    /// FLOPs of training counted as six times active parameters times tokens.
    ActiveFlops,
    /// Loss as cross-entropy in nats per token.
    LossInNats,
    /// Loss as cross-entropy in bits per token.
    LossInBits,
    /// Loss as cross-entropy in bits per byte.
    LossInBitsPerByte,
    /// Loss as cross-entropy in bits per character.
    LossInBitsPerCharacter,
    /// Anything that a single law counts, in this unit and in these words.
    Own(Unit, &'static str),
}

impl Convention {
    /// The unit it is counted in.
    pub const fn unit(self) -> Unit {
        match self {
            Self::TotalParameters
            | Self::NonEmbeddingParameters
            | Self::ActiveParameters
            | Self::ActiveNonEmbeddingParameters
            | Self::LinearAndHeadParameters
            | Self::NonVocabularyParameters
            | Self::NonZeroParameters => Unit::Parameters,
            Self::SeenTokens | Self::UniqueTokens => Unit::Tokens,
            Self::TrainingFlops | Self::NonEmbeddingFlops | Self::ActiveFlops => Unit::Flops,
            Self::LossInNats => Unit::NatsPerToken,
            Self::LossInBits => Unit::BitsPerToken,
            Self::LossInBitsPerByte => Unit::BitsPerByte,
            Self::LossInBitsPerCharacter => Unit::BitsPerCharacter,
            Self::Own(unit, _) => unit,
        }
    }

    /// The convention in a sentence, such as `all parameters, embeddings included`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::TotalParameters => "all parameters, embeddings included",
            Self::NonEmbeddingParameters => "parameters without embeddings",
            Self::ActiveParameters => "parameters active for a token, embeddings included",
            Self::ActiveNonEmbeddingParameters => "parameters active for a token, without embeddings",
            Self::LinearAndHeadParameters => {
                "parameters of linear layers and output head, without the input embedding"
            }
            Self::NonVocabularyParameters => "parameters without embedding and output head",
            Self::NonZeroParameters => "parameters that are not zero, without embeddings",
            Self::SeenTokens => "tokens seen in training, repetitions counted",
            Self::UniqueTokens => "unique tokens, repetitions not counted",
            Self::TrainingFlops => "training compute, counted as 6 N D",
            Self::NonEmbeddingFlops => "training compute, counted as 6 N D without embeddings",
            Self::ActiveFlops => "training compute, counted as 6 N D with the active parameters",
            Self::LossInNats => "cross-entropy in nats per token",
            Self::LossInBits => "cross-entropy in bits per token",
            Self::LossInBitsPerByte => "cross-entropy in bits per byte",
            Self::LossInBitsPerCharacter => "cross-entropy in bits per character",
            Self::Own(_, words) => words,
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
    /// A symbol for what a single law counts, in this unit and in these words.
    pub const fn own(symbol: &'static str, unit: Unit, words: &'static str) -> Self {
        Self { symbol, convention: Convention::Own(unit, words) }
    }

    /// The same count under another symbol.
    #[must_use]
    pub const fn named(self, symbol: &'static str) -> Self {
        Self { symbol, ..self }
    }

    /// The unit it is counted in.
    pub const fn unit(&self) -> Unit {
        self.convention.unit()
    }
}

/// N: all parameters, embeddings included.
pub const N_TOTAL: Variable = Variable { symbol: "N", convention: Convention::TotalParameters };
/// N: parameters without embeddings.
pub const N_NON_EMBEDDING: Variable =
    Variable { symbol: "N", convention: Convention::NonEmbeddingParameters };
/// N: parameters active for a token, embeddings included.
pub const N_ACTIVE: Variable = Variable { symbol: "N", convention: Convention::ActiveParameters };
/// N: parameters active for a token, without embeddings.
pub const N_ACTIVE_NON_EMBEDDING: Variable =
    Variable { symbol: "N", convention: Convention::ActiveNonEmbeddingParameters };
/// N: parameters of linear layers and output head, without the input embedding.
pub const N_LINEAR_AND_HEAD: Variable =
    Variable { symbol: "N", convention: Convention::LinearAndHeadParameters };
/// N: parameters without embedding and output head.
pub const N_NON_VOCABULARY: Variable =
    Variable { symbol: "N", convention: Convention::NonVocabularyParameters };
/// N: parameters that are not zero.
pub const N_NON_ZERO: Variable = Variable { symbol: "N", convention: Convention::NonZeroParameters };
/// D: tokens seen in training.
pub const D_SEEN: Variable = Variable { symbol: "D", convention: Convention::SeenTokens };
/// `D_unique`: tokens that differ from one another.
pub const D_UNIQUE: Variable = Variable { symbol: "D_unique", convention: Convention::UniqueTokens };
/// C: training FLOPs, counted as 6 N D.
pub const C_TRAIN: Variable = Variable { symbol: "C", convention: Convention::TrainingFlops };
/// C: training FLOPs, counted as 6 N D without embeddings.
pub const C_NON_EMBEDDING: Variable = Variable { symbol: "C", convention: Convention::NonEmbeddingFlops };
/// C: training FLOPs, counted as 6 N D with the active parameters.
pub const C_ACTIVE: Variable = Variable { symbol: "C", convention: Convention::ActiveFlops };
/// L: loss in nats per token.
pub const LOSS_NATS: Variable = Variable { symbol: "L", convention: Convention::LossInNats };
/// L: loss in bits per token.
pub const LOSS_BITS: Variable = Variable { symbol: "L", convention: Convention::LossInBits };
/// L: loss in bits per byte.
pub const LOSS_BITS_PER_BYTE: Variable = Variable { symbol: "L", convention: Convention::LossInBitsPerByte };
/// L: loss in bits per character.
pub const LOSS_BITS_PER_CHARACTER: Variable =
    Variable { symbol: "L", convention: Convention::LossInBitsPerCharacter };
