//! Which size to use for a budget of inference.

use super::{BLANK, BLANK_FIT, Derived, Kind, Law, PublishedFit, Worked, gives_as, within};
use crate::provenance::{ReadIn, Source};
use crate::units::{N_TOTAL, Unit, Variable};

/// "Inference Scaling Laws".
const WU_2024: Source = Source {
    authors: "Wu et al.",
    year: 2024,
    title: "Inference Scaling Laws: An Empirical Analysis of Compute-Optimal Inference for Problem-Solving \
            with \
            Language Models",
    arxiv: "2408.00724",
    locator: "",
};

/// How the paper was read.
const NOTES: ReadIn = ReadIn::SecondHand("third-party notes that state they were taken from the paper");

const QUESTION: Variable = Variable::own("C", Unit::Flops, "FLOPs of inference for each question");

/// The size that is best for a budget of inference.
pub const WU_SIZE: Law = Law {
    id: "wu-size",
    kind: Kind::Rule,
    name: "Best size for a budget of inference",
    answers: "the size of the model that answers best for C FLOPs of inference a question",
    formula: "N_opt = 10^((log10(C) - b) / a)",
    outputs: &[gives_as("N_opt", N_TOTAL)],
    inputs: &[QUESTION],
    parameters: &[within("b", Unit::One, -50.0, 50.0), within("a", Unit::One, 0.02, 4.0)],
    derived: &[Derived { name: "power", formula: "1 / a", meaning: "the exponent of the best size" }],
    fits: &[PublishedFit {
        id: "wu2024",
        name: "Wu 2024",
        source: WU_2024.at("the fitted line"),
        read_in: NOTES,
        values: &[2.03, 1.19],
        objective: "a line through logs to base 10",
        data: "mathematical problems",
        caveats: &["two or three digits in print: the size is good to some 10 %"],
        worked: &[Worked {
            at: &[("C", 1479108388.1682072)],
            output: "N_opt",
            value: 1e6,
            within: 1e-12,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: WU_2024.at("log10 C = 1.19 log10 N + 2.03"),
    read_in: NOTES,
    caveats: &["accuracy saturates with samples: more of them do not replace a better model for ever"],
    seeds: &[13],
    ..BLANK
};

/// The budget of inference for which a size is best.
pub const WU_BUDGET: Law = Law {
    id: "wu-budget",
    kind: Kind::Rule,
    name: "Budget of inference for which a size is best",
    answers: "the FLOPs of inference a question for which a model of N parameters is the best choice",
    formula: "C = 10^(a * log10(N) + b)",
    outputs: &[gives_as("C", QUESTION)],
    inputs: &[N_TOTAL],
    parameters: &[within("a", Unit::One, 0.02, 4.0), within("b", Unit::One, -50.0, 50.0)],
    fits: &[PublishedFit {
        id: "wu2024",
        name: "Wu 2024",
        source: WU_2024.at("the fitted line"),
        read_in: NOTES,
        values: &[1.19, 2.03],
        objective: "a line through logs to base 10",
        data: "mathematical problems",
        caveats: &["two or three digits in print"],
        worked: &[Worked {
            at: &[("N", 1e6)],
            output: "C",
            value: 1479108388.1682072,
            within: 1e-12,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: WU_2024.at("log10 C = 1.19 log10 N + 2.03"),
    read_in: NOTES,
    seeds: &[13],
    ..BLANK
};

/// What sampling costs.
pub const SAMPLING_FLOPS: Law = Law {
    id: "sampling-flops",
    kind: Kind::Cost,
    name: "FLOPs of sampling",
    answers: "the FLOPs of generating several samples for one question",
    formula: "2 * N * tokens * samples",
    outputs: &[gives_as("C", QUESTION)],
    inputs: &[
        N_TOTAL,
        Variable::own("tokens", Unit::Tokens, "tokens of a sample"),
        Variable::own("samples", Unit::One, "samples"),
    ],
    source: WU_2024.at("the budget of inference"),
    read_in: NOTES,
    caveats: &["attention is left out"],
    seeds: &[13],
    ..BLANK
};
