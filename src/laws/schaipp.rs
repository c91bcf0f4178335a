//! Schaipp: the batch from the tokens, and a loss that tells steps and batch apart.

use super::step_law::BATCH;
use super::{BLANK, BLANK_FIT, Kind, Law, PublishedFit, Worked, exponent, gives, gives_as, positive};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, LOSS_NATS, Unit, Variable};

/// The law of three terms.
const SCHAIPP_2026: Source = Source {
    authors: "Schaipp",
    year: 2026,
    title: "How to Allocate Your Tokens? Scaling Laws with Training Steps and Batch Size",
    arxiv: "2607.01487",
    locator: "",
};

const READ: ReadIn = ReadIn::SecondHand("two surveys of hyper-parameter laws and engineering notes");

const N: Variable =
    Variable::own("N", Unit::Parameters, "parameters; which of them count is not stated in what was read");

/// The best batch for D tokens, and how far off it may be.
pub const SCHAIPP_BATCH: Law = Law {
    id: "schaipp-batch",
    kind: Kind::HyperParameter,
    name: "Schaipp batch",
    answers: "the batch of lowest loss for D tokens, and the band around it that wastes at most 5 % of \
        compute",
    formula: "B_opt = k * D^p\nB_low = B_opt / 2\nB_high = 2 * B_opt",
    outputs: &[gives_as("B_opt", BATCH), gives_as("B_low", BATCH), gives_as("B_high", BATCH)],
    inputs: &[D_SEEN],
    parameters: &[positive("k", Unit::Tokens), exponent("p")],
    fits: &[
        PublishedFit {
            id: "schaipp2026",
            name: "Schaipp 2026",
            source: SCHAIPP_2026.at("the optimum of the law of three terms"),
            read_in: READ,
            values: &[0.667, 0.566],
            objective: "the optimum of a law of three terms fitted to 246 runs",
            data: "not stated in what was read",
            caveats: &["fitted from 2 B tokens on; the upper end of the runs is not stated in what was read"],
            worked: &[Worked {
                at: &[("D", 2e10)],
                output: "B_opt",
                value: 4.51e5,
                within: 1.2e-3,
                from: "the formula in double precision",
            }],
            ..BLANK_FIT
        },
        PublishedFit {
            id: "deepseek-restated",
            name: "DeepSeek, restated by Schaipp 2026",
            source: SCHAIPP_2026.at("DeepSeek's law as one of the tokens"),
            read_in: READ,
            values: &[0.086, 0.688],
            objective: "DeepSeek's batch law of compute, restated as one of tokens",
            data: "DeepSeek's own",
            caveats: &["another paper's law in other words, not a fit of Schaipp's runs"],
            worked: &[Worked {
                at: &[("D", 1e11)],
                output: "B_opt",
                value: 3180522.346110285,
                within: 1e-9,
                from: "the formula in double precision",
            }],
            ..BLANK_FIT
        },
    ],
    source: SCHAIPP_2026.at("the optimum of the law of three terms"),
    read_in: READ,
    caveats: &["the band is about four times wide: from half the best batch to twice it"],
    ..BLANK
};

/// Loss of size, batch and steps, each with its own power law. Its constants were not found.
pub const SCHAIPP_LOSS: Law = Law {
    id: "schaipp-three-term",
    kind: Kind::Loss,
    name: "Schaipp loss of size, batch and steps",
    answers: "the loss of N parameters trained for K steps of M tokens each",
    formula: "E + A_N / N^alpha + A_M / M^beta + A_K / K^gamma",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[N, BATCH.named("M"), Variable::own("K", Unit::Steps, "optimiser steps")],
    parameters: &[
        positive("E", Unit::NatsPerToken),
        positive("A_N", Unit::NatsPerToken),
        exponent("alpha"),
        positive("A_M", Unit::NatsPerToken),
        exponent("beta"),
        positive("A_K", Unit::NatsPerToken),
        exponent("gamma"),
    ],
    cost: "6 * N * M * K",
    source: SCHAIPP_2026.at("the law of three terms"),
    read_in: READ,
    caveats: &["a form to fit to your own runs: its published constants were not found"],
    ..BLANK
};
