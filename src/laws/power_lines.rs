//! Power Lines: weight decay by its timescale, and how batches grow with the tokens.

use super::step_law::BATCH;
use super::{
    BLANK, BLANK_FIT, FittedRange, Kind, Law, Parameter, PublishedFit, Worked, exponent, gives, gives_as,
    positive, within,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, Unit, Variable};

/// Weight decay and batch of pre-training.
const BERGSMA_2025: Source = Source {
    authors: "Bergsma et al.",
    year: 2025,
    title: "Power Lines: Scaling Laws for Weight Decay and Batch Size in LLM Pre-training",
    arxiv: "2505.13738",
    locator: "",
};

const READ: ReadIn = ReadIn::SecondHand("a survey of scaling laws and notes on the paper");

const N: Variable =
    Variable::own("N", Unit::Parameters, "parameters; which of them count is not stated in what was read");

const LR: Variable = Variable::own(
    "lr",
    Unit::One,
    "peak learning rate that AdamW uses for matrices, after any factor of muP",
);

const DECAY: Variable = Variable::own("lambda", Unit::One, "weight decay of AdamW");

const TAU: Variable = Variable::own("tau", Unit::One, "memory of the weights, as a share of the run");

const TIMESCALE: &[Parameter] = &[positive("c", Unit::One), within("p", Unit::One, -2.0, -0.02)];

const TIMESCALE_FIT: PublishedFit = PublishedFit {
    id: "bergsma2025",
    name: "Power Lines 2025",
    source: BERGSMA_2025.at("the law of the timescale"),
    read_in: READ,
    values: &[1.084, -0.527],
    objective: "a power law; how it was fitted is not stated in what was read",
    data: "not stated in what was read",
    caveats: &["from 111 M to 3.3 B parameters, 20 to 1280 tokens for each parameter, about 400 runs"],
    ..BLANK_FIT
};

const SIZES: &[FittedRange] = &[FittedRange::new(N, 111e6, 3.3e9)];

const TIMESCALE_CAVEATS: &[&str] = &[
    "muP, and a learning rate that decays to zero",
    "at a given size, token count and learning rate the weight decay is proportional to the batch",
];

/// The weight decay for a batch.
pub const POWER_LINES_WEIGHT_DECAY: Law = Law {
    id: "power-lines-weight-decay",
    kind: Kind::HyperParameter,
    name: "Power Lines weight decay",
    answers: "the weight decay for N parameters, D tokens, a batch of B and a learning rate",
    formula: "tau = c * (D / N)^p\nlambda = B / (lr * tau * D)",
    outputs: &[gives(DECAY), gives(TAU)],
    inputs: &[N, D_SEEN, BATCH, LR],
    parameters: TIMESCALE,
    fits: &[PublishedFit {
        fitted_on: SIZES,
        worked: &[Worked {
            at: &[("N", 1e9), ("D", 2e10), ("B", 1048576.0), ("lr", 6e-4)],
            output: "lambda",
            value: 0.3909,
            within: 1.3e-4,
            from: "the formula in double precision",
        }],
        ..TIMESCALE_FIT
    }],
    source: BERGSMA_2025.at("the law of the timescale"),
    read_in: READ,
    caveats: TIMESCALE_CAVEATS,
    seeds: &[56],
    ..BLANK
};

/// The batch for a weight decay.
pub const POWER_LINES_BATCH_FOR_DECAY: Law = Law {
    id: "power-lines-batch-for-decay",
    kind: Kind::HyperParameter,
    name: "Power Lines batch for a weight decay",
    answers: "the batch at which a weight decay and a learning rate have the best timescale",
    formula: "c * (D / N)^p * lr * lambda * D",
    outputs: &[gives(BATCH)],
    inputs: &[N, D_SEEN, LR, DECAY],
    parameters: TIMESCALE,
    fits: &[PublishedFit {
        fitted_on: SIZES,
        worked: &[Worked {
            at: &[("N", 1e9), ("D", 2e10), ("lr", 6e-4), ("lambda", 0.3909)],
            output: "B",
            value: 1048576.0,
            within: 1.3e-4,
            from: "the formula in double precision",
        }],
        ..TIMESCALE_FIT
    }],
    source: BERGSMA_2025.at("the law of the timescale"),
    read_in: READ,
    caveats: TIMESCALE_CAVEATS,
    seeds: &[56],
    ..BLANK
};

/// The timescale of a run.
pub const POWER_LINES_TIMESCALE: Law = Law {
    id: "power-lines-timescale",
    kind: Kind::Rule,
    name: "Power Lines timescale of a run",
    answers: "how long weights remember, as a share of a run of D tokens",
    formula: "B / (lr * lambda * D)",
    outputs: &[gives(TAU)],
    inputs: &[D_SEEN, BATCH, LR, DECAY],
    source: BERGSMA_2025.at("the definition of the timescale"),
    read_in: READ,
    seeds: &[56],
    ..BLANK
};

const D_OLD: Variable = D_SEEN.named("D_ref");

const B_OLD: Variable = BATCH.named("B_ref");

/// The best batch at more tokens.
pub const POWER_LINES_BATCH: Law = Law {
    id: "power-lines-batch",
    kind: Kind::HyperParameter,
    name: "Power Lines batch at more tokens",
    answers: "the batch of lowest loss for D tokens, from the best one for D_ref tokens",
    formula: "B_ref * (D / D_ref)^p",
    outputs: &[gives_as("B_opt", BATCH)],
    inputs: &[D_SEEN, D_OLD, B_OLD],
    parameters: &[exponent("p")],
    fits: &[PublishedFit {
        values: &[0.383],
        source: BERGSMA_2025.at("the law of the best batch"),
        caveats: &["the interval of the exponent is 0.367 to 0.391, at a level not stated in what was read"],
        worked: &[Worked {
            at: &[("D", 8e10), ("D_ref", 2e10), ("B_ref", 524288.0)],
            output: "B_opt",
            value: 891577.0776634743,
            within: 1e-12,
            from: "the formula in double precision",
        }],
        ..TIMESCALE_FIT
    }],
    source: BERGSMA_2025.at("the law of the best batch"),
    read_in: READ,
    caveats: &["relative alone: measure the best batch once, then scale it"],
    seeds: &[56],
    ..BLANK
};

/// The critical batch at more tokens.
pub const POWER_LINES_CRITICAL_BATCH: Law = Law {
    id: "power-lines-critical-batch",
    kind: Kind::HyperParameter,
    name: "Power Lines critical batch at more tokens",
    answers: "the critical batch for D_min tokens, from that for D_ref tokens",
    formula: "B_ref * (D_min / D_ref)^p",
    outputs: &[gives_as("B_crit", BATCH)],
    inputs: &[D_MIN, D_OLD, B_OLD],
    parameters: &[exponent("p")],
    fits: &[PublishedFit {
        values: &[0.462],
        source: BERGSMA_2025.at("the law of the critical batch"),
        caveats: &["a survey rounds the exponent to 0.47"],
        worked: &[Worked {
            at: &[("D_min", 8e10), ("D_ref", 2e10), ("B_ref", 524288.0)],
            output: "B_crit",
            value: 994767.6044327166,
            within: 1e-12,
            from: "the formula in double precision",
        }],
        ..TIMESCALE_FIT
    }],
    source: BERGSMA_2025.at("the law of the critical batch"),
    read_in: READ,
    caveats: &["relative alone: measure the critical batch once, then scale it"],
    seeds: &[56],
    ..BLANK
};

const D_MIN: Variable =
    Variable::own("D_min", Unit::Tokens, "fewest tokens to the loss, at a batch far below critical");

/// Tokens and steps to one loss, by the batch.
pub const POWER_LINES_TRADE_OFF: Law = Law {
    id: "power-lines-trade-off",
    kind: Kind::Rule,
    name: "Power Lines tokens and steps of a batch",
    answers: "the tokens, the steps and the compute that reach one loss at a batch of B",
    formula: "D = D_min * (1 + B / B_crit)\nS = D_min / B_crit * (1 + B_crit / B)\nC = 6 * N * D",
    outputs: &[
        gives_as("D", D_SEEN),
        gives(Variable::own("S", Unit::Steps, "steps to the loss")),
        gives(Variable::own("C", Unit::Flops, "training compute, as 6 N D")),
    ],
    inputs: &[N, D_MIN, BATCH, BATCH.named("B_crit")],
    source: BERGSMA_2025.at("the trade between time and compute"),
    read_in: READ,
    caveats: &[
        "the critical batch is that for D_min tokens; at it a run takes twice the fewest tokens",
        "where hardware grows with the batch, time goes as N D / B: under time pressure a smaller model on \
         more tokens",
    ],
    seeds: &[56],
    ..BLANK
};
