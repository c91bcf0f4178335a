//! Kaplan et al.: learning rate, critical batch, and what training at another batch costs.

use super::kaplan::KAPLAN_2020;
use super::step_law::{BATCH, LEARNING_RATE};
use super::{
    BLANK, BLANK_FIT, Derived, FittedRange, Kind, Law, PublishedFit, Worked, exponent, gives, gives_as,
    positive,
};
use crate::provenance::ReadIn;
use crate::units::{C_NON_EMBEDDING, LOSS_NATS, N_NON_EMBEDDING, Unit, Variable};

/// Kaplan's rule of thumb for the learning rate.
pub const KAPLAN_LEARNING_RATE: Law = Law {
    id: "kaplan-learning-rate",
    kind: Kind::HyperParameter,
    name: "Kaplan learning rate",
    answers: "the peak learning rate of Adam for N parameters",
    formula: "lr = a - b * ln(N)\nwhere N < exp(a / b)",
    outputs: &[gives(LEARNING_RATE)],
    inputs: &[N_NON_EMBEDDING],
    parameters: &[positive("a", Unit::One), positive("b", Unit::One)],
    derived: &[Derived {
        name: "N_zero",
        formula: "exp(a / b)",
        meaning: "the size from which the learning rate is not positive",
    }],
    fits: &[PublishedFit {
        id: "kaplan2020",
        name: "Kaplan 2020",
        source: KAPLAN_2020.at("the rule of thumb for the learning rate"),
        read_in: ReadIn::SecondHand("the table of rival laws of the Step Law site"),
        values: &[0.003239, 0.0001395],
        objective: "a rule of thumb of the paper",
        fitted_on: &[FittedRange::new(N_NON_EMBEDDING, 768.0, 1.5e9)],
        data: "WebText2",
        caveats: &["the logarithm is taken as the natural one, as an independent implementation does"],
        worked: &[Worked {
            at: &[("N", 1e9)],
            output: "lr",
            value: 3.4810441574597596e-4,
            within: 1e-12,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: KAPLAN_2020.at("the rule of thumb for the learning rate"),
    read_in: ReadIn::SecondHand("the table of rival laws of the Step Law site"),
    caveats: &["from 1.2126e10 parameters on it is zero or negative, and refused"],
    seeds: &[39],
    ..BLANK
};

/// The batch at which training takes twice the fewest steps and twice the fewest tokens.
pub const KAPLAN_CRITICAL_BATCH: Law = Law {
    id: "kaplan-critical-batch",
    kind: Kind::HyperParameter,
    name: "Kaplan critical batch",
    answers: "the batch at which time and compute balance, for a loss of L",
    formula: "B_star / L^(1 / alpha_B)",
    outputs: &[gives_as("B_crit", BATCH)],
    inputs: &[LOSS_NATS],
    parameters: &[positive("B_star", Unit::Tokens), exponent("alpha_B")],
    fits: &[
        PublishedFit {
            id: "kaplan2020",
            name: "Kaplan 2020",
            source: KAPLAN_2020.at("Table 5"),
            values: &[2.1e8, 0.21],
            worked: &[Worked {
                at: &[("L", 2.5)],
                output: "B_crit",
                value: 2.674649e6,
                within: 2e-7,
                from: "the formula in double precision",
            }],
            ..WEB_TEXT
        },
        PublishedFit {
            id: "kaplan2020-rounded",
            name: "Kaplan 2020, rounded",
            source: KAPLAN_2020.at("Eq. 1.4"),
            values: &[2e8, 0.21],
            caveats: &["the rounded coefficient of the paper's introduction: the fit is 2.1e8"],
            worked: &[Worked {
                at: &[("L", 3.0)],
                output: "B_crit",
                value: 1.0691e6,
                within: 5e-5,
                from: "the formula in double precision",
            }],
            ..WEB_TEXT
        },
    ],
    source: KAPLAN_2020.at("Eq. 1.4"),
    caveats: &[
        "the loss is that of WebText2 with a vocabulary of 50 257: no loss of another tokenizer may stand \
         here",
        "later work finds that the critical batch follows the tokens, not the loss alone",
        "it says that the smaller the batch the less compute, down to one; runs with AdamW say otherwise",
    ],
    seeds: &[39],
    ..BLANK
};

const WEB_TEXT: PublishedFit = PublishedFit {
    objective: "a curve through measured critical batches, in logarithms",
    data: "WebText2, vocabulary of 50 257, context of 1024",
    ..BLANK_FIT
};

const C_MIN: Variable =
    Variable::own("C_min", Unit::Flops, "least training compute, at a batch far below critical");

const S_MIN: Variable = Variable::own("S_min", Unit::Steps, "fewest steps, at a batch far above critical");

/// What a run would have cost at the best batch, and how few steps it could have taken.
pub const KAPLAN_LEAST_OF_RUN: Law = Law {
    id: "kaplan-least-of-run",
    kind: Kind::Rule,
    name: "Kaplan least compute and fewest steps of a run",
    answers: "the least compute and the fewest steps that reach the loss of a run of C FLOPs, S steps and \
        batch B",
    formula: "C_min = C / (1 + B / B_crit)\nS_min = S / (1 + B_crit / B)",
    outputs: &[gives(C_MIN), gives(S_MIN)],
    inputs: &[
        C_NON_EMBEDDING,
        Variable::own("S", Unit::Steps, "steps of the run"),
        BATCH,
        BATCH.named("B_crit"),
    ],
    source: KAPLAN_2020.at("Eqs. 5.4 and 5.5"),
    caveats: &[
        "at the critical batch a run takes twice the fewest steps and twice the least compute",
        "the steps that the paper's appendix B gives at the critical batch are half the real ones: by Eq. \
         5.4 a run takes twice them",
    ],
    seeds: &[39],
    ..BLANK
};
