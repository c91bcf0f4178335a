//! Su et al.: the whole training curve, from fits of small models.

use super::{BLANK, Law, exponent, gives, within};
use crate::provenance::{ReadIn, Source};
use crate::units::{LOSS_NATS, N_NON_EMBEDDING, Unit, Variable};

/// Kaplan's forms up to 33 B parameters.
const SU_2024: Source = Source {
    authors: "Su, Tian, Shen and Cai",
    year: 2024,
    title: "Unraveling the Mystery of Scaling Laws: Part I",
    arxiv: "2403.06563",
    locator: "",
};

/// The training curve at any batch, to be fitted.
pub const SU_TRAJECTORY: Law = Law {
    id: "su-trajectory",
    name: "Su training curve at any batch size",
    answers: "the loss of a model of N parameters after S steps at batches of B tokens, from fits of \
        small models",
    formula: "solve(x in 0.001..1e30: x = (N_c / N)^alpha_N + (S_c / S)^alpha_S * (1 + B_star / (B * x^(1 \
        / alpha_B)))^alpha_S)",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[
        N_NON_EMBEDDING,
        Variable::own("S", Unit::Steps, "optimiser steps"),
        Variable::own("B", Unit::Tokens, "tokens in a batch"),
    ],
    parameters: &[
        within("N_c", Unit::Parameters, 1e6, 1e20),
        exponent("alpha_N"),
        within("S_c", Unit::Steps, 1.0, 1e9),
        exponent("alpha_S"),
        within("B_star", Unit::Tokens, 1e3, 1e15),
        exponent("alpha_B"),
    ],
    cost: "6 * N * B * S",
    source: SU_2024.at("abstract; the forms of Kaplan et al. (2020), Eqs. 1.4, 5.4 and 5.6"),
    read_in: ReadIn::SecondHand("summaries of the paper"),
    caveats: &[
        "no fit comes with it: the paper says that the constants vary strongly with the set-up, so fit \
         your own runs",
        "kaplan-trajectory has the same form with the constants of Kaplan et al. (2020)",
        "the paper fits models of 1 to 60 M parameters and predicts one of 33 B",
    ],
    seeds: &[113],
    ..BLANK
};
