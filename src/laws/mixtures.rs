//! Loss by the mixture of domains that a model is trained on.

use super::{BLANK, Kind, Law, exponent, gives, positive, within};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, LOSS_NATS, N_TOTAL, Unit, Variable};

/// Optimal mixtures for language, images and both.
const SHUKOR_2025: Source = Source {
    authors: "Shukor et al.",
    year: 2025,
    title: "Scaling Laws for Optimal Data Mixtures",
    arxiv: "2507.09404",
    locator: "",
};

/// Exponential laws of mixtures.
const YE_2024: Source = Source {
    authors: "Ye et al.",
    year: 2024,
    title: "Data Mixing Laws: Optimizing Data Mixtures by Predicting Language Modeling Performance",
    arxiv: "2403.16952",
    locator: "",
};

const WEIGHTS: Variable = Variable::own("h", Unit::One, "weight of each domain, together 1");

/// The mixture adds its own term.
pub const SHUKOR_ADDITIVE: Law = Law {
    id: "shukor-additive",
    name: "Data mixtures, additive",
    answers: "the loss on a target of a model of N parameters trained over D tokens of a mixture h",
    formula: "E + 1 / sum(i: C[i] * h[i]^gamma[i]) + A / N^alpha + B / D^beta",
    parameters: &[
        positive("E", Unit::NatsPerToken),
        within("C", Unit::One, 1e-3, 1e3),
        within("gamma", Unit::One, 0.001, 2.0),
        positive("A", Unit::NatsPerToken),
        exponent("alpha"),
        positive("B", Unit::NatsPerToken),
        exponent("beta"),
    ],
    source: SHUKOR_2025.at("the additive law"),
    read_in: ReadIn::SecondHand("summaries of the paper"),
    caveats: &[
        NO_CONSTANTS,
        "the best mixture does not depend on N and D",
        "with every gamma below 1 there is one best mixture, and it holds some of every domain; a gamma \
         above 1, which fits produce, drives its domain to zero: keep to the sampled weights",
    ],
    ..MIXTURE
};

/// The mixture scales the terms of size and tokens.
pub const SHUKOR_JOINT: Law = Law {
    id: "shukor-joint",
    name: "Data mixtures, joint",
    answers: "the loss on a target by mixture h, where the best mixture depends on N and D",
    formula: "A = sum(i: C_A[i] * h[i])^gamma_A\n\
              B = sum(i: C_B[i] * h[i])^gamma_B\n\
              E + 1 / sum(i: C[i] * h[i]^gamma[i]) + A / N^alpha + B / D^beta",
    parameters: &[
        within("C_A", Unit::One, 1e-3, 1e3),
        within("gamma_A", Unit::One, 0.001, 5.0),
        within("C_B", Unit::One, 1e-3, 1e3),
        within("gamma_B", Unit::One, 0.001, 5.0),
        positive("E", Unit::NatsPerToken),
        within("C", Unit::One, 1e-3, 1e3),
        within("gamma", Unit::One, 0.001, 2.0),
        exponent("alpha"),
        exponent("beta"),
    ],
    source: SHUKOR_2025.at("the joint law"),
    read_in: ReadIn::Memory,
    caveats: &[
        NO_CONSTANTS,
        "the count of parameters, 5 + 4 k for k domains, agrees with what is written of the paper",
        "validated to 0.4 % on text and on mixed data, to 2.1 % on Wikipedia and 5.9 % on synthetic images, \
         at sizes beyond the fit",
    ],
    ..MIXTURE
};

const NO_CONSTANTS: &str = "the paper prints no constants: fit your own runs; about 10 mixtures suffice for \
                            three or four domains, about 20 for six to eight";

const MIXTURE: Law = Law {
    kind: Kind::Loss,
    outputs: &[gives(LOSS_NATS)],
    inputs: &[N_TOTAL, D_SEEN, WEIGHTS],
    simplex: &[WEIGHTS.symbol],
    seeds: &[53],
    ..BLANK
};

/// The loss on one domain as an exponential of the proportions.
pub const YE_MIXING: Law = Law {
    id: "ye-mixing",
    kind: Kind::Loss,
    name: "Data mixing law, exponential",
    answers: "the loss on one domain of a given model and budget by the mixture h",
    formula: "c + k * exp(sum(j: t[j] * h[j]))",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[WEIGHTS],
    simplex: &[WEIGHTS.symbol],
    parameters: &[
        positive("c", Unit::NatsPerToken),
        positive("k", Unit::NatsPerToken),
        within("t", Unit::One, -100.0, 100.0),
    ],
    source: YE_2024.at("the data mixing law"),
    read_in: ReadIn::SecondHand("summaries of the paper, and the fit of github.com/yegcjs/mixinglaws"),
    caveats: &[
        "one law for each validation domain, at one size and number of tokens",
        "the authors fit with Huber terms, delta 0.01 to 0.02, scanning c up to the smallest loss",
    ],
    ..BLANK
};
