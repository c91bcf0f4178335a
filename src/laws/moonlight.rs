//! Moonlight: learning rate and batch of `AdamW`, from compute.

use super::step_law::{BATCH, LEARNING_RATE};
use super::{BLANK, BLANK_FIT, Kind, Law, PublishedFit, Worked, gives, gives_as, positive, within};
use crate::provenance::{ReadIn, Source};
use crate::units::{Unit, Variable};

/// Muon at scale.
const LIU_2025: Source = Source {
    authors: "Liu et al.",
    year: 2025,
    title: "Muon is Scalable for LLM Training",
    arxiv: "2502.16982",
    locator: "",
};

/// Learning rate and batch for a budget.
pub const MOONLIGHT: Law = Law {
    id: "moonlight",
    kind: Kind::HyperParameter,
    name: "Moonlight learning rate and batch",
    answers: "the peak learning rate and the batch for a training budget of C FLOPs",
    formula: "lr = k_lr * C^p_lr\nB = k_B * C^p_B",
    outputs: &[gives(LEARNING_RATE), gives(BATCH)],
    inputs: &[Variable::own("C", Unit::Flops, "training compute; how it is counted is not stated")],
    parameters: &[
        positive("k_lr", Unit::One),
        within("p_lr", Unit::One, -2.0, -0.02),
        positive("k_B", Unit::Tokens),
        within("p_B", Unit::One, 0.02, 2.0),
    ],
    fits: &[PublishedFit {
        id: "liu2025",
        name: "Moonlight 2025",
        source: LIU_2025.at("the table of scaling-law hyper-parameters"),
        read_in: ReadIn::SecondHand("a table of published hyper-parameter laws in an open training code"),
        values: &[0.0127, -0.057, 0.0065, 0.4138],
        objective: "not stated in what was read",
        data: "not stated in what was read",
        caveats: &["the units are inferred, not printed: C in FLOPs and B in tokens give plausible values"],
        worked: &[Worked {
            at: &[("C", 1e22)],
            output: "lr",
            value: 7.076e-4,
            within: 7.1e-5,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: LIU_2025.at("the scaling-law experiments"),
    read_in: ReadIn::SecondHand("a table of published hyper-parameter laws in an open training code"),
    caveats: &["the units are inferred: C in FLOPs, B in tokens"],
    ..BLANK
};

/// What lets Muon take over the settings of `AdamW`.
pub const MOONLIGHT_UPDATE: Law = Law {
    id: "moonlight-update",
    kind: Kind::Rule,
    name: "Moonlight scale of Muon's update",
    answers: "the factor on Muon's update of a matrix of m by n that lets learning rate and decay of AdamW \
        carry over",
    formula: "0.2 * sqrt(max(m, n))",
    outputs: &[gives_as("scale", Variable::own("scale", Unit::One, "factor on the update"))],
    inputs: &[
        Variable::own("m", Unit::One, "rows of the matrix"),
        Variable::own("n", Unit::One, "columns of the matrix"),
    ],
    source: LIU_2025.at("the scale of the update"),
    read_in: ReadIn::SecondHand("a course on training language models"),
    ..BLANK
};
