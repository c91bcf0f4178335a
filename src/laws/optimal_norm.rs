//! Optimal norm: learning rate and batch of Scion at more tokens.

use super::step_law::BATCH;
use super::{BLANK, BLANK_FIT, Derived, Kind, Law, PublishedFit, Worked, exponent, gives_as, within};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, Unit, Variable};

/// The invariant of the output layer's norm.
const FILATOV_2025: Source = Source {
    authors: "Filatov et al.",
    year: 2025,
    title: "Optimal Scaling Needs Optimal Norm",
    arxiv: "2510.03871",
    locator: "",
};

const READ: ReadIn = ReadIn::SecondHand("notes on the paper in a public collection");

const RATE: Variable = Variable::own("lr", Unit::One, "learning rate of Scion");

/// Batch and learning rate at more tokens.
pub const OPTIMAL_NORM: Law = Law {
    id: "optimal-norm",
    kind: Kind::HyperParameter,
    name: "Optimal norm, batch and learning rate at more tokens",
    answers: "the best batch of Scion for D tokens and the best learning rate at a batch of B, from those \
        for D_ref",
    formula: "lr = lr_ref * (B / B_ref)^q_B * (D / D_ref)^q_D\nB_opt = B_ref * (D / D_ref)^p",
    outputs: &[gives_as("lr", RATE), gives_as("B_opt", BATCH)],
    inputs: &[D_SEEN, D_SEEN.named("D_ref"), BATCH, BATCH.named("B_ref"), RATE.named("lr_ref")],
    parameters: &[exponent("p"), exponent("q_B"), within("q_D", Unit::One, -2.0, -0.02)],
    derived: &[Derived {
        name: "q",
        formula: "q_B * p + q_D",
        meaning: "the exponent of the learning rate as tokens and their best batch grow together",
    }],
    fits: &[PublishedFit {
        id: "filatov2025",
        name: "Optimal norm 2025",
        source: FILATOV_2025.at("the laws of batch and learning rate"),
        read_in: READ,
        values: &[0.45, 0.62, -0.56],
        objective: "a power law; how it was fitted is not stated in what was read",
        data: "not stated in what was read",
        worked: &[Worked {
            at: &[("D", 4e10), ("D_ref", 1e10), ("B", 524288.0), ("B_ref", 262144.0), ("lr_ref", 1.0)],
            output: "B_opt",
            value: 489178.0010668497,
            within: 1e-12,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: FILATOV_2025.at("the laws of batch and learning rate"),
    read_in: READ,
    caveats: &[
        "relative alone: no coefficients are known",
        "Scion, models like Llama 3 up to 1.3 B parameters, up to 138 B tokens",
        "at the best settings the operator norm of the output layer is about 2^7, whatever the scale",
        "learning rates of input, hidden and output layers as 1 : 1/8 : 1 improve the loss by up to 6 %",
    ],
    seeds: &[52],
    ..BLANK
};
