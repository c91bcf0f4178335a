//! `McCandlish` et al.: the noise of the gradient, and what a batch costs in steps and examples.

use super::step_law::BATCH;
use super::{BLANK, Kind, Law, gives, gives_as};
use crate::provenance::{ReadIn, Source};
use crate::units::{Unit, Variable};

/// The model of large batches.
pub(super) const MCCANDLISH_2018: Source = Source {
    authors: "McCandlish et al.",
    year: 2018,
    title: "An Empirical Model of Large-Batch Training",
    arxiv: "1812.06162",
    locator: "",
};

const READ: ReadIn = ReadIn::SecondHand("a course on training language models that quotes Eqs. 2.6 to 2.12");

/// `S_min`: the steps that no batch goes below.
pub(super) const S_MIN: Variable =
    Variable::own("S_min", Unit::Steps, "fewest steps, at a batch far above critical");

/// Steps and tokens to one loss, by the batch.
pub const MCCANDLISH_BATCH: Law = Law {
    id: "mccandlish-batch",
    kind: Kind::Rule,
    name: "McCandlish steps and tokens of a batch",
    answers: "the steps and the tokens that reach one loss at a batch of B",
    formula: "S = S_min * (1 + B_crit / B)\nE = S_min * B_crit * (1 + B / B_crit)",
    outputs: &[
        gives(Variable::own("S", Unit::Steps, "steps to the loss")),
        gives(Variable::own("E", Unit::Tokens, "tokens to the loss")),
    ],
    inputs: &[BATCH, BATCH.named("B_crit"), S_MIN],
    source: MCCANDLISH_2018.at("Eqs. 2.11 and 2.12"),
    read_in: READ,
    caveats: &[
        "the fewest tokens are S_min B_crit, at a batch far below critical; at the critical batch a run \
         takes twice the fewest steps and twice the fewest tokens",
        "the critical batch grows as the loss falls, so one number for a whole run is a mean",
    ],
    ..BLANK
};

/// The best learning rate of plain gradient descent, by the batch.
pub const MCCANDLISH_LEARNING_RATE: Law = Law {
    id: "mccandlish-learning-rate",
    kind: Kind::Rule,
    name: "McCandlish learning rate of a batch",
    answers: "the best learning rate of stochastic gradient descent at a batch of B",
    formula: "lr_max / (1 + B_noise / B)",
    outputs: &[gives_as("lr", Variable::own("lr", Unit::One, "learning rate"))],
    inputs: &[
        Variable::own("lr_max", Unit::One, "best learning rate without noise"),
        BATCH,
        BATCH.named("B_noise"),
    ],
    source: MCCANDLISH_2018.at("Eq. 2.6"),
    read_in: READ,
    caveats: &[
        "the best improvement of a step depends on the batch in the same way",
        "for plain gradient descent; for Adam see the rule of powers, or the surge law",
    ],
    ..BLANK
};

/// The learning rate of Adam at another batch.
pub const MCCANDLISH_ADAM: Law = Law {
    id: "mccandlish-adam",
    kind: Kind::Rule,
    name: "McCandlish learning rate of Adam at another batch",
    answers: "the learning rate of Adam or RMSProp when the batch changes from B to B_new",
    formula: "lr * (B_new / B)^alpha\nwhere alpha >= 0.5, alpha <= 1",
    outputs: &[gives_as("lr_new", Variable::own("lr_new", Unit::One, "learning rate at the new batch"))],
    inputs: &[
        Variable::own("lr", Unit::One, "learning rate at the batch B"),
        BATCH,
        BATCH.named("B_new"),
        Variable::own("alpha", Unit::One, "a power from a half to one; a half is the square-root rule"),
    ],
    source: MCCANDLISH_2018.at("the learning rate of Adam and RMSProp"),
    read_in: READ,
    caveats: &["far below the critical batch alone: above it the learning rate grows no more"],
    ..BLANK
};

/// The simple noise scale, from the gradients of two batches.
pub const MCCANDLISH_NOISE_SCALE: Law = Law {
    id: "mccandlish-noise-scale",
    kind: Kind::Rule,
    name: "McCandlish noise scale from two batches",
    answers: "the noise scale of a gradient, from its mean square at a small and a large batch",
    formula: "G2 = (B_big * G2_big - B_small * G2_small) / (B_big - B_small)\n\
              S = (G2_small - G2_big) / (1 / B_small - 1 / B_big)\nB_simple = S / G2",
    outputs: &[
        gives_as("B_simple", BATCH),
        gives(Variable::own("G2", Unit::One, "square of the true gradient's length")),
        gives(Variable::own("S", Unit::One, "trace of the gradient's covariance for each token")),
    ],
    inputs: &[
        BATCH.named("B_small"),
        BATCH.named("B_big"),
        Variable::own("G2_small", Unit::One, "mean square of the gradient's length at the small batch"),
        Variable::own("G2_big", Unit::One, "mean square of the gradient's length at the large batch"),
    ],
    source: MCCANDLISH_2018.at("appendix A.1"),
    read_in: ReadIn::SecondHand("engineering notes that quote appendix A"),
    caveats: &["both estimates are noisy: take means of each over many steps before the ratio"],
    ..BLANK
};
