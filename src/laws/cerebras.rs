//! Cerebras-GPT: loss by compute at twenty tokens for each parameter, and the family it was fitted to.

use super::{
    BLANK, BLANK_FIT, FittedRange, Kind, Law, PublishedFit, SourcedTable, Worked, exponent, gives, gives_as,
    within,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, LOSS_NATS, N_TOTAL, Unit, Variable};

/// Seven models on the frontier of twenty tokens for each parameter.
const DEY_2023: Source =
    Source { authors: "Dey et al.", year: 2023, title: "Cerebras-GPT", arxiv: "2304.03208", locator: "" };

const CARDS: ReadIn = ReadIn::SecondHand("two mirrors of the model cards and notes on the paper");

/// C as the paper counts it.
const C_OWN: Variable = Variable::own(
    "C",
    Unit::Flops,
    "training compute by the paper's own count, which exceeds 6 N D: 2.6e18 for 111 M, not 1.5e18",
);

/// The loss on the Pile for a budget.
pub const CEREBRAS_FRONTIER: Law = Law {
    id: "cerebras-frontier",
    name: "Cerebras-GPT loss by compute",
    answers: "the test loss on the Pile of a model trained on twenty tokens for each parameter for C FLOPs",
    formula: "(C_0 / C)^alpha + L_inf",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[C_OWN],
    parameters: &[
        within("C_0", Unit::Flops, 1e5, 1e40),
        exponent("alpha"),
        within("L_inf", Unit::NatsPerToken, 0.0, 10.0),
    ],
    fits: &[PublishedFit {
        id: "eq-1",
        name: "Cerebras-GPT",
        source: DEY_2023.at("Eq. 1"),
        read_in: ReadIn::SecondHand("section 3.1 as quoted in public notes"),
        values: &[5.984e22, 0.0737, 0.5066],
        objective: "a power law plus constant through the models from 111 M to 6.7 B",
        fitted_on: &[FittedRange::new(C_OWN, 2.6e18, 6.3e21)],
        data: "the Pile, GPT-2 byte pairs, vocabulary of 50 257",
        caveats: &["the model of 13 B was predicted, within 0.5 %"],
        worked: &[
            Worked {
                at: &[("C", 2.6e18)],
                output: "L",
                value: 2.60303,
                within: 2e-6,
                from: "the formula in double precision",
            },
            Worked {
                at: &[("C", 2.3e22)],
                output: "L",
                value: 1.57961,
                within: 4e-6,
                from: "the formula in double precision",
            },
        ],
        ..BLANK_FIT
    }],
    source: DEY_2023.at("Eq. 1"),
    read_in: ReadIn::SecondHand("section 3.1 as quoted in public notes"),
    caveats: &["it holds at twenty tokens for each parameter, and for the test set of the Pile"],
    seeds: &[26],
    ..BLANK
};

const fn table(name: &'static str, x: &'static [f64], y: &'static [f64]) -> SourcedTable {
    SourcedTable { name, x, y, source: DEY_2023.at("Tables 1, 3, 7 and 8"), read_in: CARDS }
}

const SIZES: &[f64] = &[111e6, 256e6, 590e6, 1.3e9, 2.7e9, 6.7e9, 13e9];

/// The family as published.
pub const CEREBRAS_MODELS: Law = Law {
    id: "cerebras-models",
    kind: Kind::Table,
    name: "Cerebras-GPT models",
    answers: "how the Cerebras-GPT model of N parameters was trained and what it lost on the Pile",
    formula: "L = step(loss, N)\n\
        L_mup = step(loss_mup, N)\n\
        C = step(compute, N)\n\
        batch = step(sequences, N)\n\
        steps = step(updates, N)\n\
        D = 2048 * batch * steps",
    outputs: &[
        gives(LOSS_NATS),
        gives_as("L_mup", LOSS_NATS),
        gives(C_OWN),
        gives_as("batch", Variable::own("batch", Unit::Sequences, "sequences of 2048 tokens in a batch")),
        gives_as("steps", Variable::own("steps", Unit::Steps, "optimiser steps")),
        gives(D_SEEN),
    ],
    inputs: &[N_TOTAL],
    tables: &[
        table("loss", SIZES, &[2.608, 2.349, 2.181, 1.997, 1.834, 1.704, 1.572]),
        table("loss_mup", &[111e6, 256e6, 590e6, 1.3e9, 2.7e9], &[2.588, 2.359, 2.155, 1.984, 1.846]),
        table("compute", SIZES, &[2.6e18, 1.3e19, 6.1e19, 2.8e20, 1.1e21, 6.3e21, 2.3e22]),
        table("sequences", SIZES, &[120.0, 264.0, 264.0, 528.0, 528.0, 1040.0, 720.0]),
        table("updates", SIZES, &[9037.0, 9468.0, 21836.0, 24334.0, 49041.0, 62522.0, 174335.0]),
    ],
    source: DEY_2023.at("Tables 1, 3, 7 and 8"),
    read_in: CARDS,
    caveats: &[
        "between two sizes it gives the smaller model",
        "the batch of the model of 13 B grew from 720 to 1080 sequences; its steps are counted at 720",
        "with maximal update parametrization (mup) there are models up to 2.7 B only",
    ],
    errata: &[
        "the model cards have losses of 2.566, 2.299, 2.184, 1.996, 1.834, 1.704 and 1.575, and other \
         counts of compute: these are the paper's",
    ],
    seeds: &[26],
    ..BLANK
};
