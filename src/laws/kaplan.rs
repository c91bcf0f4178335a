//! Kaplan et al.: loss by size, by tokens and by compute, each where the others are enough.
//!
//! Sizes and compute are without embeddings. The paper counts compute in PF-days of 8.64e19 FLOPs.

use super::{BLANK, BLANK_FIT, FittedRange, Law, PublishedFit, Worked, exponent, gives, within};
use crate::provenance::Source;
use crate::units::{C_NON_EMBEDDING, D_SEEN, LOSS_NATS, N_NON_EMBEDDING, Unit, Variable};

/// The power laws of language models, from before cosine horizons were matched to the run.
pub(super) const KAPLAN_2020: Source = Source {
    authors: "Kaplan et al.",
    year: 2020,
    title: "Scaling Laws for Neural Language Models",
    arxiv: "2001.08361",
    locator: "",
};

/// C of a run at a batch far below the critical one: what the paper calls `C_min`.
pub(super) const C_MIN: Variable = Variable::own(
    "C_min",
    Unit::Flops,
    "training compute at a batch size far below the critical one, counted as 6 N D without embeddings",
);
/// Optimiser steps of a run at a batch far above the critical one.
pub(super) const S_MIN: Variable =
    Variable::own("S_min", Unit::Steps, "optimiser steps at a batch size far above the critical one");
/// Optimiser steps.
pub(super) const S_STEPS: Variable = Variable::own("S", Unit::Steps, "optimiser steps");
/// Tokens of a batch.
pub(super) const B_TOKENS: Variable = Variable::own("B", Unit::Tokens, "tokens in a batch");

const OBJECTIVE: &str = "a curve through runs in log space; the paper names no optimiser and no interval";
const WEB_TEXT: &str = "WebText2, byte pairs, vocabulary of 50 257, context of 1024";
pub(super) const SUPERSEDED: &str =
    "as a guide to allocation it is superseded: see chinchilla, porian-optimum and pearce-exponent";
pub(super) const IN_PF_DAYS: &str = "the constants of compute are in PF-days of 8.64e19 FLOPs, as printed";
pub(super) const NO_FEW: &str = "fitted without the models of one layer and the runs on 2e7 tokens";

pub(super) const SIZES: FittedRange = FittedRange::new(N_NON_EMBEDDING, 768.0, 1.5e9);
pub(super) const TOKENS: FittedRange = FittedRange::new(D_SEEN, 22e6, 23e9);

/// What the fits share.
pub(super) const RUNS: PublishedFit = PublishedFit { objective: OBJECTIVE, data: WEB_TEXT, ..BLANK_FIT };

/// What the laws share.
pub(super) const KAPLAN: Law = Law { outputs: &[gives(LOSS_NATS)], seeds: &[39], ..BLANK };

/// The loss of a converged model.
pub const KAPLAN_SIZE: Law = Law {
    id: "kaplan-size",
    name: "Kaplan loss by size",
    answers: "the loss of a model of N parameters trained to convergence on enough data",
    formula: "(N_c / N)^alpha_N",
    inputs: &[N_NON_EMBEDDING],
    parameters: &[within("N_c", Unit::Parameters, 1e6, 1e30), exponent("alpha_N")],
    fits: &[PublishedFit {
        id: "table-5",
        name: "Kaplan 2020, Table 5",
        source: KAPLAN_2020.at("Table 5"),
        values: &[8.8e13, 0.076],
        fitted_on: &[SIZES],
        caveats: &[NO_FEW],
        worked: &[Worked {
            at: &[("N", 1.5e9)],
            output: "L",
            value: 2.3035506,
            within: 3e-8,
            from: "the formula in double precision",
        }],
        ..RUNS
    }],
    source: KAPLAN_2020.at("Eq. 1.1"),
    caveats: &["it has no floor: no loss is too low for it"],
    ..KAPLAN
};

/// The loss of a large model stopped early on little data.
pub const KAPLAN_DATA: Law = Law {
    id: "kaplan-data",
    name: "Kaplan loss by tokens",
    answers: "the loss of a large model trained on D tokens with early stopping",
    formula: "(D_c / D)^alpha_D",
    inputs: &[D_SEEN],
    parameters: &[within("D_c", Unit::Tokens, 1e6, 1e30), exponent("alpha_D")],
    fits: &[PublishedFit {
        id: "table-5",
        name: "Kaplan 2020, Table 5",
        source: KAPLAN_2020.at("Table 5"),
        values: &[5.4e13, 0.095],
        fitted_on: &[TOKENS],
        caveats: &[
            "the fit of loss by size and tokens (kaplan-size-and-data) uses 1.8e13 and 0.103 instead",
            NO_FEW,
        ],
        worked: &[Worked {
            at: &[("D", 2.29e10)],
            output: "L",
            value: 2.0911878,
            within: 3e-8,
            from: "the formula in double precision",
        }],
        ..RUNS
    }],
    source: KAPLAN_2020.at("Eq. 1.2"),
    caveats: &["it has no floor: no loss is too low for it"],
    ..KAPLAN
};

/// The loss by compute at the fixed batch of the runs.
pub const KAPLAN_COMPUTE: Law = Law {
    id: "kaplan-compute",
    name: "Kaplan loss by compute, batch fixed",
    answers: "the lowest loss for C FLOPs at a batch of 2^19 tokens",
    formula: "(C_c / (C / 8.64e19))^alpha_C",
    inputs: &[C_NON_EMBEDDING],
    parameters: &[within("C_c", Unit::One, 1e-6, 1e20), exponent("alpha_C")],
    fits: &[PublishedFit {
        id: "table-5",
        name: "Kaplan 2020, Table 5",
        source: KAPLAN_2020.at("Table 5"),
        values: &[1.6e7, 0.057],
        worked: &[Worked {
            at: &[("C", 8.64e19)],
            output: "L",
            value: 2.5741559,
            within: 3e-8,
            from: "the formula in double precision",
        }],
        ..RUNS
    }],
    source: KAPLAN_2020.at("Table 5"),
    caveats: &[IN_PF_DAYS, "the paper prefers kaplan-min-compute, which adjusts the batch"],
    ..KAPLAN
};

/// The loss by compute at a small batch.
pub const KAPLAN_MIN_COMPUTE: Law = Law {
    id: "kaplan-min-compute",
    name: "Kaplan loss by compute, batch far below critical",
    answers: "the lowest loss for C_min FLOPs at a batch size far below the critical one",
    formula: "(C_c / (C_min / 8.64e19))^alpha_C",
    inputs: &[C_MIN],
    parameters: &[within("C_c", Unit::One, 1e-6, 1e20), exponent("alpha_C")],
    fits: &[PublishedFit {
        id: "table-5",
        name: "Kaplan 2020, Table 5",
        source: KAPLAN_2020.at("Table 5"),
        values: &[3.1e8, 0.050],
        worked: &[
            Worked {
                at: &[("C_min", 8.64e19)],
                output: "L",
                value: 2.6580802,
                within: 3e-8,
                from: "the formula in double precision",
            },
            Worked {
                at: &[("C_min", 8.64e23)],
                output: "L",
                value: 1.6771352,
                within: 4e-8,
                from: "the formula in double precision",
            },
        ],
        ..RUNS
    }],
    source: KAPLAN_2020.at("Eq. 1.3"),
    caveats: &[IN_PF_DAYS, "a run at the critical batch size spends twice C_min"],
    errata: &[
        "the exponent is printed as 0.050 in Table 5, as 0.054 in Eq. 6.4 and as 0.052 in Eq. B.7; the \
        constants of the training curve give 0.052",
    ],
    ..KAPLAN
};
