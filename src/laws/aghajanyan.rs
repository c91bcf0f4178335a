//! Models of several modalities at once: what one modality gains or loses by another.

use super::{BLANK, Kind, Law, free, gives, positive, within};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, LOSS_NATS, N_TOTAL, Unit};

/// Seven modalities, alone and in pairs.
const AGHAJANYAN_2023: Source = Source {
    authors: "Aghajanyan et al.",
    year: 2023,
    title: "Scaling Laws for Generative Mixed-Modal Language Models",
    arxiv: "2301.03728",
    locator: "",
};

const fn small_exponent(symbol: &'static str) -> super::Parameter {
    within(symbol, Unit::One, 0.02, 0.5)
}

/// One modality alone.
pub const AGHAJANYAN_UNIMODAL: Law = Law {
    id: "aghajanyan-unimodal",
    name: "Mixed-modal models, one modality",
    answers: "the loss of a model of N parameters trained over D tokens of one modality",
    formula: "E + A / N^alpha + B / D^beta",
    inputs: &[N_TOTAL, D_SEEN],
    parameters: &[
        positive("E", Unit::NatsPerToken),
        positive("A", Unit::NatsPerToken),
        small_exponent("alpha"),
        positive("B", Unit::NatsPerToken),
        small_exponent("beta"),
    ],
    source: AGHAJANYAN_2023.at("the uni-modal law"),
    read_in: ReadIn::SecondHand("summaries of the paper"),
    caveats: &[
        "the paper's constants for seven modalities were not read: fit your own runs",
        "both exponents are held at 0.5 at most, as the paper does",
    ],
    ..MIXED_MODAL
};

/// Two modalities together.
pub const AGHAJANYAN_BIMODAL: Law = Law {
    id: "aghajanyan-bimodal",
    name: "Mixed-modal models, two modalities",
    answers: "the loss of a model trained over two modalities, from what each would lose alone, L_i and L_j",
    formula: "(L_i + L_j) / 2 - C_ij + A_ij / N^alpha_ij + B_ij / (D_i + D_j)^beta_ij",
    inputs: &[
        N_TOTAL,
        D_SEEN.named("D_i"),
        D_SEEN.named("D_j"),
        LOSS_NATS.named("L_i"),
        LOSS_NATS.named("L_j"),
    ],
    parameters: &[
        free("C_ij", Unit::NatsPerToken),
        positive("A_ij", Unit::NatsPerToken),
        small_exponent("alpha_ij"),
        positive("B_ij", Unit::NatsPerToken),
        small_exponent("beta_ij"),
    ],
    cost: "6 * N * (D_i + D_j)",
    source: AGHAJANYAN_2023.at("the bi-modal law"),
    read_in: ReadIn::Memory,
    caveats: &[
        "L_i and L_j are those of aghajanyan-unimodal at N and at the tokens of each",
        "C_ij is the largest synergy of the pair, and the last two terms are what competition takes of it: \
         the modalities help one another where these are below C_ij",
        "the paper's constants of the pairs were not read: fit your own runs",
        "second-hand: for speech with text the paper finds synergy and competition even at 28.35 B \
         parameters and 45.12 B tokens",
    ],
    ..MIXED_MODAL
};

const MIXED_MODAL: Law = Law { kind: Kind::Loss, outputs: &[gives(LOSS_NATS)], seeds: &[9], ..BLANK };
