//! Porian et al.: learning rate and batch for models trained on twenty tokens for each parameter.

use super::porian::PORIAN_2024;
use super::step_law::{BATCH, LEARNING_RATE};
use super::{
    BLANK, BLANK_FIT, FittedRange, Kind, Law, Output, PublishedFit, Worked, gives, gives_as, positive, within,
};
use crate::provenance::ReadIn;
use crate::units::{N_LINEAR_AND_HEAD, Unit, Variable};

const OUTPUTS: &[Output] = &[
    gives(LEARNING_RATE),
    gives(BATCH),
    gives_as("B_sequences", Variable::own("B_sequences", Unit::Sequences, "sequences of 2048 tokens")),
];

const SWEPT: &[FittedRange] = &[FittedRange::new(N_LINEAR_AND_HEAD, 2.5e7, 1.1e8)];

const AT_TWENTY: &[&str] = &[
    "holds at 20 tokens for each parameter, where it was swept: up to 221 M parameters, of which the lines \
     were fitted to those of 25 M to 110 M",
    "AdamW; its beta2 is 0.99 up to 220 M parameters and 0.95 above, since 0.95 is too low for batches up \
     to 128 sequences; the warm-up lasts N tokens",
    "the paper counts the batch in sequences of 2048 tokens: the formula multiplies by that",
    "the largest model, of 901 M, was best at 0.0024 and 640 sequences of 13 settings tried",
];

/// Learning rate and batch as the paper prints their fits.
pub const PORIAN_HYPER: Law = Law {
    id: "porian-hyper",
    kind: Kind::HyperParameter,
    name: "Porian learning rate and batch",
    answers: "the peak learning rate and the batch for N parameters trained on 20 N tokens",
    formula: "lr = k_lr * N^p_lr\nB_sequences = k_B * N^p_B\nB = 2048 * B_sequences",
    outputs: OUTPUTS,
    inputs: &[N_LINEAR_AND_HEAD],
    parameters: &[
        positive("k_lr", Unit::One),
        within("p_lr", Unit::One, -2.0, -0.02),
        positive("k_B", Unit::Sequences),
        within("p_B", Unit::One, 0.02, 2.0),
    ],
    fits: &[PublishedFit {
        id: "porian2024",
        name: "Porian 2024",
        source: PORIAN_2024.at("section 3.5"),
        read_in: ReadIn::SecondHand("a course on training language models that quotes section 3.5"),
        values: &[3.7, -0.36, 0.00037, 0.703],
        objective: "lines through the best settings of a sweep, in logarithms; R^2 0.997 and 0.986",
        fitted_on: SWEPT,
        data: "RefinedWeb",
        caveats: &["at 901 M parameters the rounded formula gives 0.00221 and 730 sequences"],
        worked: &[Worked {
            at: &[("N", 2.21e8)],
            output: "lr",
            value: 3.666e-3,
            within: 1.4e-4,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: PORIAN_2024.at("section 3.5"),
    caveats: AT_TWENTY,
    errata: &[
        "the Step Law paper prints 0.7576 for the batch's coefficient in tokens; 0.00037 * 2048 is 0.7578",
    ],
    seeds: &[2],
    ..BLANK
};

/// The round exponents that the authors' figures draw.
pub const PORIAN_HYPER_ROUND: Law = Law {
    id: "porian-hyper-round",
    kind: Kind::HyperParameter,
    name: "Porian learning rate and batch, round exponents",
    answers: "the peak learning rate and the batch for N parameters trained on 20 N tokens, by round \
        exponents",
    formula: "lr = lr_0 * (N / 108e6)^(-1 / 3)\nB_sequences = B_0 * (N / 108e6)^(2 / 3)\nB = 2048 * \
        B_sequences",
    outputs: OUTPUTS,
    inputs: &[N_LINEAR_AND_HEAD],
    parameters: &[positive("lr_0", Unit::One), positive("B_0", Unit::Sequences)],
    fits: &[PublishedFit {
        id: "porian2024-code",
        name: "Porian 2024, as drawn",
        source: PORIAN_2024.at("plotting.py"),
        read_in: ReadIn::AuthorsCode("formll/resolving-scaling-law-discrepancies, plotting.py"),
        values: &[0.0047, 160.0],
        objective: "round exponents, anchored at 108 M parameters",
        fitted_on: SWEPT,
        data: "RefinedWeb",
        worked: &[Worked {
            at: &[("N", 1e7)],
            output: "lr",
            value: 0.010389,
            within: 5e-5,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: PORIAN_2024.at("section 3.5"),
    caveats: AT_TWENTY,
    seeds: &[2],
    ..BLANK
};
