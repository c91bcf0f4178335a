//! The surge of the learning rate of Adam with the batch.

use super::step_law::{BATCH, LEARNING_RATE};
use super::{BLANK, Kind, Law, gives, gives_as, positive, within};
use crate::provenance::{ReadIn, Source};
use crate::units::{Unit, Variable};

/// The surge.
const LI_2024: Source = Source {
    authors: "Li et al.",
    year: 2024,
    title: "Surge Phenomenon in Optimal Learning Rate and Batch Size Scaling",
    arxiv: "2405.14578",
    locator: "",
};

const READ: ReadIn = ReadIn::SecondHand("notes on the paper in a public collection");

const CAVEATS: &[&str] = &[
    "Adam and its kin: as the root of the batch below the noise scale, highest at it, as one over the root \
     above",
    "the noise scale grows as training goes on, so the highest point moves to larger batches",
    "plain gradient descent behaves as McCandlish et al. say",
];

/// The best learning rate of Adam by the batch: fit it to a few best rates of your own.
pub const SURGE: Law = Law {
    id: "surge",
    kind: Kind::HyperParameter,
    name: "Surge of the learning rate",
    answers: "the best learning rate of Adam at a batch of B",
    formula: "lr_max / (0.5 * (sqrt(B_noise / B) + sqrt(B / B_noise)))",
    outputs: &[gives(LEARNING_RATE)],
    inputs: &[BATCH],
    parameters: &[positive("lr_max", Unit::One), within("B_noise", Unit::Tokens, 1e2, 1e10)],
    source: LI_2024.at("the best learning rate of Adam"),
    read_in: READ,
    caveats: &[
        CAVEATS[0],
        CAVEATS[1],
        CAVEATS[2],
        "a form to fit: from three batches with their best learning rates, or with the critical batch as \
         noise scale",
    ],
    seeds: &[59],
    ..BLANK
};

/// The learning rate of Adam at another batch.
pub const SURGE_RESCALE: Law = Law {
    id: "surge-rescale",
    kind: Kind::Rule,
    name: "Surge, learning rate at another batch",
    answers: "the learning rate of Adam when the batch changes from B to B_new, from the noise scale",
    formula: "lr * (sqrt(B_noise / B) + sqrt(B / B_noise)) / (sqrt(B_noise / B_new) + sqrt(B_new / B_noise))",
    outputs: &[gives_as("lr_new", LEARNING_RATE)],
    inputs: &[
        Variable::own("lr", Unit::One, "peak learning rate at the batch B"),
        BATCH,
        BATCH.named("B_new"),
        BATCH.named("B_noise"),
    ],
    source: LI_2024.at("the best learning rate of Adam"),
    read_in: READ,
    caveats: CAVEATS,
    seeds: &[59],
    ..BLANK
};
