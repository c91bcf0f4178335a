//! Bjorck et al.: the learning rate at more tokens and the same batch.

use super::step_law::LEARNING_RATE;
use super::{BLANK, BLANK_FIT, FittedRange, Kind, Law, PublishedFit, Worked, exponent, gives_as};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, Unit, Variable};

/// Learning rates across token horizons.
const BJORCK_2024: Source = Source {
    authors: "Bjorck et al.",
    year: 2024,
    title: "Scaling Optimal LR Across Token Horizons",
    arxiv: "2409.19913",
    locator: "",
};

const N: Variable = Variable::own("N", Unit::Parameters, "parameters, by the names of the models");

const RATE: Variable = LEARNING_RATE.named("lr_ref");

const CAVEATS: &[&str] = &[
    "relative alone: the units of the published coefficient are not known, and it does not stand here",
    "at one batch of half a million tokens: where the batch grows with the tokens, the learning rate does \
     not fall so",
    "horizons up to 800 B tokens, more than 250 runs",
];

/// The learning rate at more tokens.
pub const BJORCK_TOKEN_HORIZON: Law = Law {
    id: "bjorck-token-horizon",
    kind: Kind::HyperParameter,
    name: "Bjorck learning rate at more tokens",
    answers: "the best learning rate for D tokens, from the best one for D_ref tokens at the same batch",
    formula: "lr_ref * (D_ref / D)^beta",
    outputs: &[gives_as("lr", LEARNING_RATE)],
    inputs: &[RATE, D_SEEN.named("D_ref"), D_SEEN],
    parameters: &[exponent("beta")],
    fits: &[
        PublishedFit {
            id: "joint",
            name: "Bjorck 2024, 760 M to 2.7 B parameters",
            source: BJORCK_2024.at("the joint law"),
            read_in: ReadIn::SecondHand("the table of rival laws of the Step Law site"),
            values: &[0.32],
            objective: "one exponent for three sizes and all horizons",
            caveats: &[
                "for 760 M parameters and more; below, the exponent is larger, 0.7029 at 50 M",
                "Phi-4-mini took this exponent for runs of 12.5 B to 50 B tokens",
            ],
            worked: &[Worked { value: 0.8011, within: 6.3e-5, ..TWICE }],
            ..HORIZONS
        },
        PublishedFit {
            id: "50m",
            name: "50 M parameters",
            values: &[0.7029],
            worked: &[Worked { value: 0.6143360712786333, ..TWICE }],
            ..HORIZONS
        },
        PublishedFit {
            id: "125m",
            name: "125 M parameters",
            values: &[0.6531],
            worked: &[Worked { value: 0.6359124237537606, ..TWICE }],
            ..HORIZONS
        },
        PublishedFit {
            id: "350m",
            name: "350 M parameters",
            values: &[0.3799],
            worked: &[Worked { value: 0.7684908565249787, ..TWICE }],
            ..HORIZONS
        },
        PublishedFit {
            id: "760m",
            name: "760 M parameters",
            values: &[0.3155],
            worked: &[Worked { value: 0.8035724454902418, ..TWICE }],
            ..HORIZONS
        },
        PublishedFit {
            id: "1300m",
            name: "1.3 B parameters",
            values: &[0.3171],
            worked: &[Worked { value: 0.8026817491285251, ..TWICE }],
            ..HORIZONS
        },
        PublishedFit {
            id: "2700m",
            name: "2.7 B parameters",
            values: &[0.4184],
            worked: &[Worked { value: 0.7482540045721714, ..TWICE }],
            ..HORIZONS
        },
    ],
    source: BJORCK_2024.at("the law of each size"),
    read_in: ReadIn::SecondHand("public analysis code that quotes Table 5 of version 3"),
    caveats: CAVEATS,
    seeds: &[12],
    ..BLANK
};

const HORIZONS: PublishedFit = PublishedFit {
    source: BJORCK_2024.at("Table 5"),
    read_in: ReadIn::SecondHand("public analysis code that quotes Table 5 of version 3"),
    objective: "a power law through the best learning rates of several horizons",
    data: "not stated in what was read; a batch of half a million tokens",
    ..BLANK_FIT
};

const TWICE: Worked = Worked {
    at: &[("lr_ref", 1.0), ("D_ref", 1e11), ("D", 2e11)],
    output: "lr",
    value: 0.0,
    within: 1e-9,
    from: "half to the exponent",
};

/// The learning rate at another size and other tokens.
pub const BJORCK_JOINT: Law = Law {
    id: "bjorck-size-and-horizon",
    kind: Kind::HyperParameter,
    name: "Bjorck learning rate at another size and more tokens",
    answers: "the best learning rate for N parameters and D tokens, from that for N_ref and D_ref at the \
        same batch",
    formula: "lr_ref * (N_ref / N)^alpha * (D_ref / D)^beta",
    outputs: &[gives_as("lr", LEARNING_RATE)],
    inputs: &[RATE, N.named("N_ref"), N, D_SEEN.named("D_ref"), D_SEEN],
    parameters: &[exponent("alpha"), exponent("beta")],
    fits: &[PublishedFit {
        id: "joint",
        name: "Bjorck 2024, 760 M to 2.7 B parameters",
        source: BJORCK_2024.at("the joint law"),
        read_in: ReadIn::SecondHand("the table of rival laws of the Step Law site"),
        values: &[0.23, 0.32],
        objective: "one law for three sizes and all horizons",
        fitted_on: &[FittedRange::new(N, 760e6, 2.7e9)],
        caveats: &["for 760 M parameters and more"],
        worked: &[Worked {
            at: &[("lr_ref", 1.0), ("N_ref", 1e9), ("N", 1e9), ("D_ref", 1e11), ("D", 4e11)],
            output: "lr",
            value: 0.6417,
            within: 8e-5,
            from: "a quarter to the exponent of the tokens",
        }],
        ..HORIZONS
    }],
    source: BJORCK_2024.at("the joint law"),
    read_in: ReadIn::SecondHand("the table of rival laws of the Step Law site"),
    caveats: CAVEATS,
    errata: &[
        "the Step Law paper prints the coefficient as 1.3192 e^-5, which in raw units gives impossible rates",
    ],
    seeds: &[12],
    ..BLANK
};
