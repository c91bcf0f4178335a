//! Time Transfer: critical batch and learning rate as the tokens of a run grow.

use super::step_law::BATCH;
use super::{BLANK, Kind, Law, gives_as};
use crate::provenance::Source;
use crate::units::{D_SEEN, Unit, Variable};

/// Learning rate and batch towards endless data.
const FILATOV_2024: Source = Source {
    authors: "Filatov et al.",
    year: 2024,
    title: "Time Transfer: On Optimal Learning Rate and Batch Size In The Infinite Data Limit",
    arxiv: "2410.05838",
    locator: "",
};

const CAVEATS: &[&str] = &[
    "only the abstracts were read: they say that the critical batch is proportional to the tokens, and give \
     no constant; kappa is yours to measure",
    "AdamW under muP; holds across widths",
];

const KAPPA: Variable = Variable::own("kappa", Unit::One, "critical batch over the tokens of the run");

/// The critical batch of a run of D tokens.
pub const TIME_TRANSFER_BATCH: Law = Law {
    id: "time-transfer-batch",
    kind: Kind::Rule,
    name: "Time Transfer critical batch",
    answers: "the critical batch of a run of D tokens, from your own share kappa",
    formula: "kappa * D",
    outputs: &[gives_as("B_crit", BATCH)],
    inputs: &[D_SEEN, KAPPA],
    source: FILATOV_2024.at("abstract"),
    caveats: CAVEATS,
    seeds: &[11],
    ..BLANK
};

/// The learning rate of a run of D tokens at a batch of B.
pub const TIME_TRANSFER_LEARNING_RATE: Law = Law {
    id: "time-transfer-learning-rate",
    kind: Kind::Rule,
    name: "Time Transfer learning rate",
    answers: "the best learning rate at a batch of B for D tokens, over that for D_ref tokens at the same \
        batch",
    formula: "now = sqrt(kappa * D / B) + sqrt(B / (kappa * D))\n\
              then = sqrt(kappa * D_ref / B) + sqrt(B / (kappa * D_ref))\n\
              ratio = then / now",
    outputs: &[gives_as(
        "ratio",
        Variable::own("ratio", Unit::One, "best learning rate over the best one for D_ref tokens"),
    )],
    inputs: &[D_SEEN, D_SEEN.named("D_ref"), BATCH, KAPPA],
    source: FILATOV_2024.at("abstract"),
    caveats: &[
        "the surge law with a noise scale of kappa D: rising as the root of the tokens, flat, then falling \
         as the root, the three regimes that the abstract of version 1 names; that the highest rate itself \
         stays is assumed",
        "only the abstracts were read: they give no constant; kappa is yours to measure",
        "AdamW under muP; holds across widths",
    ],
    seeds: &[11],
    ..BLANK
};
