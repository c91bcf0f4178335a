//! The share of the peak that is reached, where nothing is known of a run.

use crate::provenance::{ReadIn, Source};

/// A share of the peak to assume, and who reached or assumed it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached {
    /// The share, from 0 to 1.
    pub share: f64,
    /// Who assumes it, and what others reached.
    pub why: &'static str,
    /// Where it stands.
    pub source: Source,
    /// How it was read.
    pub read_in: ReadIn,
}

impl Reached {
    /// That it is assumed, why, and where that stands, in one line.
    pub fn provenance(&self) -> String {
        format!("an assumption: {}; {}", self.why, self.source)
    }
}

/// What training is assumed to reach: model FLOPs, recomputation not counted.
pub const TRAINING: Reached = Reached {
    share: 0.4,
    why: "the book plans with 40 %; Megatron-LM reached 41.5 to 56.3 % on A100, DeepSeek-V3 34.6 % on H800",
    source: Source {
        authors: "Austin et al.",
        year: 2025,
        title: "How to Scale Your Model",
        arxiv: "",
        locator: "the part on training Llama 3",
    },
    read_in: ReadIn::AuthorsCode("jax-ml/scaling-book"),
};

/// Where serving stands.
const SARDANA_2024: Source = Source {
    authors: "Sardana, Portes, Doubov and Frankle",
    year: 2024,
    title: "Beyond Chinchilla-Optimal: Accounting for Inference in Language Model Scaling Laws",
    arxiv: "2401.00448",
    locator: "the settings of Eq. 6",
};

/// How it was read.
const NOTES: ReadIn = ReadIn::SecondHand("two independent notes on version 3");

/// What reading prompts is assumed to reach.
pub const PROMPT: Reached = Reached {
    share: 0.5,
    why: "the paper plans with 50 % in reading prompts",
    source: SARDANA_2024,
    read_in: NOTES,
};

/// What generating tokens is assumed to reach.
pub const GENERATION: Reached = Reached {
    share: 0.01,
    why: "the paper plans with 1 % in generation, which batches can raise",
    source: SARDANA_2024,
    read_in: NOTES,
};
