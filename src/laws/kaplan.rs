//! Kaplan et al.: loss by size, tokens, steps and compute, and the best size for a budget.
//!
//! Sizes and compute are without embeddings. The paper counts compute in PF-days of 8.64e19 FLOPs.

use super::{
    BLANK, BLANK_FIT, ClosedForm, Derived, FittedRange, Kind, Law, Parameter, PublishedFit, Worked, exponent,
    gives, gives_as, positive, within,
};
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
const C_MIN: Variable = Variable::own(
    "C_min",
    Unit::Flops,
    "training compute at a batch size far below the critical one, counted as 6 N D without embeddings",
);
/// Optimiser steps of a run at a batch far above the critical one.
const S_MIN: Variable =
    Variable::own("S_min", Unit::Steps, "optimiser steps at a batch size far above the critical one");
/// Optimiser steps.
const S_STEPS: Variable = Variable::own("S", Unit::Steps, "optimiser steps");
/// Tokens of a batch.
const B_TOKENS: Variable = Variable::own("B", Unit::Tokens, "tokens in a batch");
/// A ratio of two sizes.
const SIZE_RATIO: Variable =
    Variable::own("x", Unit::One, "size over the best size for the compute, without embeddings");

const OBJECTIVE: &str = "a curve through runs in log space; the paper names no optimiser and no interval";
const WEB_TEXT: &str = "WebText2, byte pairs, vocabulary of 50 257, context of 1024";
const SUPERSEDED: &str =
    "as a guide to allocation it is superseded: see chinchilla, porian-optimum and pearce-exponent";
const IN_PF_DAYS: &str = "the constants of compute are in PF-days of 8.64e19 FLOPs, as printed";
const NO_FEW: &str = "fitted without the models of one layer and the runs on 2e7 tokens";

const SIZES: FittedRange = FittedRange::new(N_NON_EMBEDDING, 768.0, 1.5e9);
const TOKENS: FittedRange = FittedRange::new(D_SEEN, 22e6, 23e9);

/// What the fits share.
const RUNS: PublishedFit = PublishedFit { objective: OBJECTIVE, data: WEB_TEXT, ..BLANK_FIT };

/// What the laws share.
const KAPLAN: Law = Law { outputs: &[gives(LOSS_NATS)], seeds: &[39], ..BLANK };

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
        caveats: &["the fit of loss by size and tokens (kaplan-size-and-data) uses 1.8e13 and 0.103 \
            instead"],
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
    errata: &["the exponent is printed as 0.050 in Table 5, as 0.054 in Eq. 6.4 and as 0.052 in Eq. B.7"],
    ..KAPLAN
};

/// The loss by size and tokens: over-fitting.
pub const KAPLAN_SIZE_AND_DATA: Law = Law {
    id: "kaplan-size-and-data",
    name: "Kaplan loss by size and tokens",
    answers: "the loss of a model of N parameters trained on D tokens with early stopping",
    formula: "((N_c / N)^(alpha_N / alpha_D) + D_c / D)^alpha_D",
    inputs: &[N_NON_EMBEDDING, D_SEEN],
    parameters: &[
        within("N_c", Unit::Parameters, 1e6, 1e30),
        exponent("alpha_N"),
        exponent("alpha_D"),
        within("D_c", Unit::Tokens, 1e6, 1e30),
    ],
    closed_forms: &[
        ClosedForm {
            of: "N",
            formula: "r = alpha_N / alpha_D\nN = (r * N_c^r * C / (6 * D_c))^(1 / (1 + r))",
        },
        ClosedForm {
            of: "D",
            formula: "r = alpha_N / alpha_D\nD = C / 6 / (r * N_c^r * C / (6 * D_c))^(1 / (1 + r))",
        },
    ],
    fits: &[PublishedFit {
        id: "table-2",
        name: "Kaplan 2020, Table 2",
        source: KAPLAN_2020.at("Table 2"),
        values: &[6.4e13, 0.076, 0.103, 1.8e13],
        fitted_on: &[SIZES, TOKENS],
        caveats: &[NO_FEW],
        worked: &[
            Worked {
                at: &[("N", 1e9), ("D", 2.29e10)],
                output: "L",
                value: 2.367501,
                within: 3e-7,
                from: "the formula in double precision",
            },
            Worked {
                at: &[("N", 1e8), ("D", 1e9)],
                output: "L",
                value: 2.956734,
                within: 2e-7,
                from: "the formula in double precision",
            },
        ],
        ..RUNS
    }],
    source: KAPLAN_2020.at("Eq. 1.5"),
    caveats: &[
        "it is about early stopping on D tokens, repeated at will: its best plan is not that of one epoch",
        SUPERSEDED,
    ],
    errata: &["loss by tokens alone (Table 5) has another alpha_D and D_c than this"],
    ..KAPLAN
};

/// The training curve.
pub const KAPLAN_SIZE_AND_STEPS: Law = Law {
    id: "kaplan-size-and-steps",
    name: "Kaplan loss by size and steps",
    answers: "the loss of a model of N parameters after S_min steps at a batch far above the critical one",
    formula: "(N_c / N)^alpha_N + (S_c / S_min)^alpha_S",
    inputs: &[N_NON_EMBEDDING, S_MIN],
    parameters: &[
        within("N_c", Unit::Parameters, 1e6, 1e30),
        exponent("alpha_N"),
        within("S_c", Unit::Steps, 1.0, 1e12),
        exponent("alpha_S"),
    ],
    fits: &[PublishedFit {
        id: "table-3",
        name: "Kaplan 2020, Table 3",
        source: KAPLAN_2020.at("Table 3"),
        values: &[6.5e13, 0.077, 2.1e3, 0.76],
        fitted_on: &[SIZES],
        caveats: &["fitted to all steps after the warm-up of 3000"],
        worked: &[Worked {
            at: &[("N", 1e9), ("S_min", 1e4)],
            output: "L",
            value: 2.6528514681973,
            within: 3e-9,
            from: "the formula in double precision",
        }],
        ..RUNS
    }],
    source: KAPLAN_2020.at("Eq. 1.6"),
    caveats: &["steps at another batch size count as kaplan-trajectory has it"],
    ..KAPLAN
};

/// The training curve at any batch: the loss stands on both sides.
pub const KAPLAN_TRAJECTORY: Law = Law {
    id: "kaplan-trajectory",
    name: "Kaplan training curve at any batch size",
    answers: "the loss of a model of N parameters after S steps at batches of B tokens",
    formula: "solve(x in 0.001..1000: x = (N_c / N)^alpha_N + (S_c / S)^alpha_S * (1 + B_star / (B * x^(1 \
        / alpha_B)))^alpha_S)",
    inputs: &[N_NON_EMBEDDING, S_STEPS, B_TOKENS],
    parameters: TRAJECTORY,
    cost: "6 * N * B * S",
    fits: &[PublishedFit {
        id: "table-3",
        name: "Kaplan 2020, Tables 3 and 5",
        source: KAPLAN_2020.at("Tables 3 and 5"),
        values: TRAJECTORY_VALUES,
        fitted_on: &[SIZES],
        worked: &[Worked {
            at: &[("N", 1e9), ("S", 2e4), ("B", 524288.0)],
            output: "L",
            value: 2.84194876492752,
            within: 1e-10,
            from: "the root in 30 digits, by another program",
        }],
        ..RUNS
    }],
    source: KAPLAN_2020.at("Eqs. 1.4, 5.4 and 5.6"),
    caveats: &[
        "S_min = S / (1 + B_crit(L) / B), put into Eq. 5.6; the loss is where both sides agree",
        "the form of su-trajectory, which has no constants of its own",
        "hold the batch size when planning by it: the smaller the batch, the less compute a loss takes",
    ],
    ..KAPLAN
};

/// The parameters of the training curve with those of the critical batch.
const TRAJECTORY: &[Parameter] = &[
    within("N_c", Unit::Parameters, 1e6, 1e30),
    exponent("alpha_N"),
    within("S_c", Unit::Steps, 1.0, 1e12),
    exponent("alpha_S"),
    within("B_star", Unit::Tokens, 1e3, 1e15),
    exponent("alpha_B"),
];
/// Table 3, and B* and `alpha_B` of Table 5.
const TRAJECTORY_VALUES: &[f64] = &[6.5e13, 0.077, 2.1e3, 0.76, 2.1e8, 0.21];

/// The best plan as the paper's tables have it.
pub const KAPLAN_OPTIMUM: Law = Law {
    id: "kaplan-optimum",
    kind: Kind::Optimum,
    name: "Kaplan optimum at the critical batch size",
    answers: "the size, tokens, batch and steps of lowest loss for C FLOPs spent at the critical batch \
        size",
    formula: "c = C / 2 / 8.64e19\nN_opt = k_N * c^p_N\nD_opt = k_D * c^p_D\nB_crit = k_B * \
        c^p_B\nS_min = k_S * c^p_S",
    outputs: &[
        gives_as("N_opt", N_NON_EMBEDDING),
        gives_as("D_opt", D_SEEN),
        gives_as("B_crit", B_TOKENS),
        gives_as("S_min", S_MIN),
    ],
    inputs: &[C_NON_EMBEDDING],
    parameters: TABLE_6,
    fits: &[PublishedFit {
        worked: &[Worked {
            at: &[("C", 1e21)],
            output: "N_opt",
            value: 4.68e9,
            within: 1.1e-3,
            from: "Hoffmann et al. (2022), Appendix D.4: 4.68 B",
        }],
        ..TABLE_6_FIT
    }],
    source: KAPLAN_2020.at("Table 6"),
    caveats: &[
        "at the critical batch size a run spends twice C_min, which the constants are in PF-days of",
        SUPERSEDED,
        "6 N D of the printed size and tokens is 0.90 of the budget: the digits are few",
    ],
    errata: &[
        "Eq. 6.7 prints 4e10 tokens, twice too many: 2 C_min / (6 N) gives 2.215e10, and Table 6 has 2e10",
        "the exponent of size is 0.73 in Table 6, 0.71 in Eq. 6.5 and 0.68 from the constants of Table 3",
    ],
    ..KAPLAN
};

/// The best size in terms of the least compute.
pub const KAPLAN_OPTIMUM_MIN_COMPUTE: Law = Law {
    id: "kaplan-optimum-min-compute",
    kind: Kind::Rule,
    name: "Kaplan optimum far below the critical batch size",
    answers: "the size, critical batch and steps of lowest loss for C_min FLOPs spent far below the \
        critical batch size",
    formula: "c = C_min / 8.64e19\nN_opt = k_N * c^p_N\nD_opt = k_D * c^p_D\nB_crit = k_B * \
        c^p_B\nS_min = k_S * c^p_S",
    outputs: &[
        gives_as("N_opt", N_NON_EMBEDDING),
        gives_as("D_opt", Variable::own("D", Unit::Tokens, "tokens of a run at the critical batch size")),
        gives_as("B_crit", B_TOKENS),
        gives_as("S_min", S_MIN),
    ],
    inputs: &[C_MIN],
    parameters: TABLE_6,
    fits: &[PublishedFit {
        worked: &[Worked {
            at: &[("C_min", 1e21)],
            output: "N_opt",
            value: 7.768e9,
            within: 1e-4,
            from: "the formula in double precision",
        }],
        ..TABLE_6_FIT
    }],
    source: KAPLAN_2020.at("Table 6"),
    caveats: &[
        "the constants are in PF-days of 8.64e19 FLOPs; the batch size must lie far below B_crit",
        "the tokens are those at the critical batch size, where a run spends twice C_min",
        SUPERSEDED,
    ],
    ..KAPLAN
};

const TABLE_6: &[Parameter] = &[
    positive("k_N", Unit::Parameters),
    exponent("p_N"),
    positive("k_D", Unit::Tokens),
    exponent("p_D"),
    positive("k_B", Unit::Tokens),
    exponent("p_B"),
    positive("k_S", Unit::Steps),
    exponent("p_S"),
];

const TABLE_6_FIT: PublishedFit = PublishedFit {
    id: "table-6",
    name: "Kaplan 2020, Table 6",
    source: KAPLAN_2020.at("Table 6"),
    values: &[1.3e9, 0.73, 2e10, 0.27, 2.0e6, 0.24, 5.4e3, 0.03],
    ..RUNS
};

/// The best size before the batch was adjusted for.
pub const KAPLAN_OPTIMUM_UNADJUSTED: Law = Law {
    id: "kaplan-optimum-unadjusted",
    kind: Kind::Optimum,
    name: "Kaplan optimum, batch size fixed",
    answers: "the size of lowest loss for C FLOPs at a batch of 2^19 tokens",
    formula: "N_opt = k_N * (C / 8.64e19)^p_N\nD_opt = C / (6 * N_opt)",
    outputs: &[gives_as("N_opt", N_NON_EMBEDDING), gives_as("D_opt", D_SEEN)],
    inputs: &[C_NON_EMBEDDING],
    parameters: &[positive("k_N", Unit::Parameters), exponent("p_N")],
    fits: &[PublishedFit {
        id: "unadjusted",
        name: "Kaplan 2020, unadjusted",
        source: KAPLAN_2020.at("the fit without adjustment for the batch size"),
        read_in: crate::provenance::ReadIn::SecondHand("notes on Porian et al. (2024), arXiv:2406.19146"),
        values: &[1.6e9, 0.88],
        worked: &[Worked {
            at: &[("C", 8.64e19)],
            output: "N_opt",
            value: 1.6e9,
            within: 1e-12,
            from: "its own coefficient",
        }],
        ..RUNS
    }],
    source: KAPLAN_2020.at("the fit without adjustment for the batch size"),
    caveats: &["the coefficient is at one PF-day of 8.64e19 FLOPs", SUPERSEDED],
    ..KAPLAN
};

/// The best plan that follows from the training curve.
pub const KAPLAN_ANALYTIC: Law = Law {
    id: "kaplan-analytic",
    kind: Kind::Optimum,
    name: "Kaplan optimum from the training curve",
    answers: "the size, tokens, batch and steps of lowest loss for C FLOPs, from the constants of the \
        training curve",
    formula: "alpha_C = 1 / (1 / alpha_S + 1 / alpha_B + 1 / alpha_N)\n\
        C_c = 6 * N_c * B_star * S_c * (1 + alpha_N / alpha_S)^(1 / alpha_S + 1 / alpha_N) * (alpha_S / \
        alpha_N)^(1 / alpha_S)\n\
        L_best = (C_c / C)^alpha_C\n\
        N_opt = N_c * (C / C_c)^(alpha_C / alpha_N) * (1 + alpha_N / alpha_S)^(1 / alpha_N)\n\
        S_opt = C_c / (6 * N_c * B_star) * (1 + alpha_N / alpha_S)^(-1 / alpha_N) * (C / C_c)^(alpha_C \
        / alpha_S)\n\
        B_opt = B_star / L_best^(1 / alpha_B)\n\
        D_opt = B_opt * S_opt",
    outputs: &[
        gives_as("N_opt", N_NON_EMBEDDING),
        gives_as("D_opt", D_SEEN),
        gives_as("B_opt", B_TOKENS),
        gives_as("S_opt", S_STEPS),
    ],
    inputs: &[C_NON_EMBEDDING],
    parameters: ANALYTIC,
    derived: &[
        ALPHA_C,
        Derived {
            name: "C_c",
            formula: "6 * N_c * B_star * S_c * (1 + alpha_N / alpha_S)^(1 / alpha_S + 1 / alpha_N) * \
                (alpha_S / alpha_N)^(1 / alpha_S) / 8.64e19",
            meaning: "the compute in PF-days at which the loss would be 1",
        },
        Derived {
            name: "p_N",
            formula: "1 / (1 / alpha_S + 1 / alpha_B + 1 / alpha_N) / alpha_N",
            meaning: "the exponent of the best size as the budget grows",
        },
    ],
    fits: &[PublishedFit {
        id: "table-3",
        name: "Kaplan 2020, Tables 3 and 5",
        source: KAPLAN_2020.at("Tables 3 and 5"),
        values: &[0.76, 0.21, 0.077, 6.5e13, 2.1e8, 2.1e3],
        worked: &[Worked {
            at: &[("C", 8.64e19)],
            output: "N_opt",
            value: 5.8441e8,
            within: 9e-6,
            from: "the formula in double precision",
        }],
        ..RUNS
    }],
    source: KAPLAN_2020.at("Appendix B"),
    caveats: &[
        "C is 6 N times the critical batch times S, the steps of Appendix B; by Eq. 5.4 a run at the \
         critical batch takes twice these steps and twice this compute",
        "training stops about 10 % above the converged loss, alpha_N / alpha_S",
        SUPERSEDED,
    ],
    ..KAPLAN
};

/// The parameters of the training curve, in the order of Appendix B.
const ANALYTIC: &[Parameter] = &[
    exponent("alpha_S"),
    exponent("alpha_B"),
    exponent("alpha_N"),
    within("N_c", Unit::Parameters, 1e6, 1e30),
    within("B_star", Unit::Tokens, 1e3, 1e15),
    within("S_c", Unit::Steps, 1.0, 1e12),
];

const ALPHA_C: Derived = Derived {
    name: "alpha_C",
    formula: "1 / (1 / alpha_S + 1 / alpha_B + 1 / alpha_N)",
    meaning: "the exponent of the lowest loss as the budget grows",
};

/// The lowest loss that follows from the training curve.
pub const KAPLAN_ANALYTIC_LOSS: Law = Law {
    id: "kaplan-analytic-loss",
    name: "Kaplan loss by compute, from the training curve",
    answers: "the lowest loss for C FLOPs, from the constants of the training curve",
    formula: "alpha_C = 1 / (1 / alpha_S + 1 / alpha_B + 1 / alpha_N)\n\
        C_c = 6 * N_c * B_star * S_c * (1 + alpha_N / alpha_S)^(1 / alpha_S + 1 / alpha_N) * (alpha_S / \
        alpha_N)^(1 / alpha_S)\n\
        L = (C_c / C)^alpha_C",
    inputs: &[C_NON_EMBEDDING],
    parameters: ANALYTIC,
    derived: &[ALPHA_C],
    fits: &[PublishedFit {
        id: "table-3",
        name: "Kaplan 2020, Tables 3 and 5",
        source: KAPLAN_2020.at("Tables 3 and 5"),
        values: &[0.76, 0.21, 0.077, 6.5e13, 2.1e8, 2.1e3],
        worked: &[
            Worked {
                at: &[("C", 8.64e19)],
                output: "L",
                value: 2.69444,
                within: 2e-6,
                from: "the formula in double precision",
            },
            Worked {
                at: &[("C", 8.64e22)],
                output: "L",
                value: 1.87547,
                within: 3e-6,
                from: "the formula in double precision",
            },
        ],
        ..RUNS
    }],
    source: KAPLAN_2020.at("Appendix B"),
    caveats: &["C is 6 N times the critical batch times the steps of Appendix B: see kaplan-analytic"],
    ..KAPLAN
};

/// What a run at some batch is worth.
pub const KAPLAN_ADJUSTED_COMPUTE: Law = Law {
    id: "kaplan-adjusted-compute",
    kind: Kind::Rule,
    name: "Kaplan compute adjusted for the batch size",
    answers: "the least compute that would do what C FLOPs do at batches of B tokens",
    formula: "r = solve(r in 1e-12..1: r * (1 + B / B_star * (C_c * 8.64e19 / (C * r))^(alpha_C / \
        alpha_B)) = 1)\n\
        C_min = C * r",
    outputs: &[gives(C_MIN)],
    inputs: &[C_NON_EMBEDDING, B_TOKENS],
    parameters: &[
        within("B_star", Unit::Tokens, 1e3, 1e15),
        within("C_c", Unit::One, 1e-6, 1e20),
        exponent("alpha_C"),
        exponent("alpha_B"),
    ],
    fits: &[PublishedFit {
        id: "table-5",
        name: "Kaplan 2020, Table 5",
        source: KAPLAN_2020.at("Table 5"),
        values: &[2.1e8, 3.1e8, 0.050, 0.21],
        worked: &[Worked {
            at: &[("C", 1.728e20), ("B", 2e6)],
            output: "C_min",
            value: 8.64e19,
            within: 5e-3,
            from: "twice one PF-day at the critical batch size of 2.0e6 tokens, Table 6",
        }],
        ..RUNS
    }],
    source: KAPLAN_2020.at("Eqs. 1.3, 1.4 and 5.5"),
    caveats: &[IN_PF_DAYS],
    ..KAPLAN
};

/// What another size costs.
pub const KAPLAN_OTHER_SIZE: Law = Law {
    id: "kaplan-other-size",
    kind: Kind::Rule,
    name: "Kaplan cost of another size",
    answers: "how much more compute and how many fewer steps a size other than the best needs for the \
        same loss",
    formula: "steps = (1 + alpha_S / alpha_N * (1 - x^(-alpha_N)))^(-1 / alpha_S)\n\
        compute = x * steps\n\
        where 1 + alpha_S / alpha_N * (1 - x^(-alpha_N)) > 0",
    outputs: &[
        gives_as("compute", Variable::own("compute", Unit::One, "compute over that of the best size")),
        gives_as("steps", Variable::own("steps", Unit::One, "steps over those of the best size")),
    ],
    inputs: &[SIZE_RATIO],
    parameters: &[exponent("alpha_S"), exponent("alpha_N")],
    fits: &[PublishedFit {
        id: "table-3",
        name: "Kaplan 2020, Table 3",
        source: KAPLAN_2020.at("Table 3"),
        values: &[0.76, 0.077],
        worked: &[Worked {
            at: &[("x", 2.2)],
            output: "compute",
            value: 1.20372,
            within: 5e-6,
            from: "the formula in double precision; the paper says 20 %",
        }],
        ..RUNS
    }],
    source: KAPLAN_2020.at("Eqs. B.16 and B.17"),
    caveats: &["a size far below the best never reaches the loss"],
    ..KAPLAN
};

/// What an earlier or later stop costs.
pub const KAPLAN_STOPPING: Law = Law {
    id: "kaplan-stopping",
    kind: Kind::Rule,
    name: "Kaplan cost of the stopping point",
    answers: "how size, steps and compute change if training stops at f above the converged loss instead \
        of g",
    formula: "size = ((1 + f) / (1 + g))^(1 / alpha_N)\n\
        steps = ((1 + 1 / f) / (1 + 1 / g))^(1 / alpha_S)\n\
        compute = size * steps\n\
        where f > 0, g > 0",
    outputs: &[
        gives_as("compute", Variable::own("compute", Unit::One, "compute over that of stopping at g")),
        gives_as("size", Variable::own("size", Unit::One, "size over that of stopping at g")),
        gives_as("steps", Variable::own("steps", Unit::One, "steps over those of stopping at g")),
    ],
    inputs: &[
        Variable::own("f", Unit::One, "loss over the converged loss at the stop, less 1"),
        Variable::own("g", Unit::One, "the same for the stop that it is compared with"),
    ],
    parameters: &[exponent("alpha_N"), exponent("alpha_S")],
    fits: &[PublishedFit {
        id: "table-3",
        name: "Kaplan 2020, Table 3",
        source: KAPLAN_2020.at("Table 3"),
        values: &[0.077, 0.76],
        worked: &[Worked {
            at: &[("f", 0.1), ("g", 0.02)],
            output: "compute",
            value: 0.3543,
            within: 2e-4,
            from: "the formula in double precision; the paper says 0.35",
        }],
        ..RUNS
    }],
    source: KAPLAN_2020.at("Eqs. B.12 to B.14"),
    ..KAPLAN
};

/// The least data that avoids over-fitting.
pub const KAPLAN_LEAST_DATA: Law = Law {
    id: "kaplan-least-data",
    kind: Kind::Rule,
    name: "Kaplan tokens against over-fitting",
    answers: "the tokens from which on a model of N parameters does not over-fit noticeably",
    formula: "D_min = k * N^p",
    outputs: &[gives_as("D_min", D_SEEN)],
    inputs: &[N_NON_EMBEDDING],
    parameters: &[positive("k", Unit::Tokens), exponent("p")],
    fits: &[PublishedFit {
        id: "eq-4-4",
        name: "Kaplan 2020, Eq. 4.4",
        source: KAPLAN_2020.at("Eq. 4.4"),
        values: &[5e3, 0.74],
        fitted_on: &[SIZES],
        worked: &[Worked {
            at: &[("N", 1e9)],
            output: "D_min",
            value: 2.285e10,
            within: 3e-4,
            from: "the formula in double precision",
        }],
        ..RUNS
    }],
    source: KAPLAN_2020.at("Eq. 4.4"),
    ..KAPLAN
};

/// How much too little data costs, and when to stop.
pub const KAPLAN_OVERFITTING: Law = Law {
    id: "kaplan-overfitting",
    kind: Kind::Rule,
    name: "Kaplan over-fitting and early stop",
    answers: "how far D tokens leave a model of N parameters above its loss on endless data, and the step \
        to stop at",
    formula: "excess = (1 + (N / N_c)^(alpha_N / alpha_D) * D_c / D)^alpha_D - 1\n\
        S_stop = S_c / (((N_c / N)^(alpha_N / alpha_D) + D_c / D)^alpha_D - (N_c / N)^alpha_N)^(1 / \
        alpha_S)",
    outputs: &[
        gives_as("excess", Variable::own("excess", Unit::One, "the share by which the loss is higher")),
        gives_as("S_stop", S_STEPS),
    ],
    inputs: &[N_NON_EMBEDDING, D_SEEN],
    parameters: &[
        within("N_c", Unit::Parameters, 1e6, 1e30),
        exponent("alpha_N"),
        exponent("alpha_D"),
        within("D_c", Unit::Tokens, 1e6, 1e30),
        within("S_c", Unit::Steps, 1.0, 1e12),
        exponent("alpha_S"),
    ],
    fits: &[PublishedFit {
        id: "tables-2-and-3",
        name: "Kaplan 2020, Tables 2 and 3",
        source: KAPLAN_2020.at("Tables 2 and 3"),
        values: &[6.4e13, 0.076, 0.103, 1.8e13, 2.1e3, 0.76],
        fitted_on: &[SIZES, TOKENS],
        worked: &[Worked {
            at: &[("N", 1e9), ("D", 2.29e10)],
            output: "excess",
            value: 0.020987497385,
            within: 1e-10,
            from: "2.367501 over 2.318834, less 1",
        }],
        ..RUNS
    }],
    source: KAPLAN_2020.at("Eqs. 4.3 and 5.7"),
    caveats: &["the step to stop at is a lower bound"],
    ..KAPLAN
};

/// Parameters and operations of a transformer.
pub const KAPLAN_FLOPS: Law = Law {
    id: "kaplan-flops",
    kind: Kind::Cost,
    name: "Kaplan operations per token",
    answers: "the parameters without embeddings of a transformer, and its operations for each token",
    formula: "N = 2 * d_model * n_layer * (2 * d_attn + d_ff)\n\
        forward = 2 * N + 2 * n_layer * n_ctx * d_attn\n\
        training = 3 * forward",
    outputs: &[
        gives_as(
            "training",
            Variable::own("training", Unit::FlopsPerToken, "forward and backward operations"),
        ),
        gives_as("forward", Variable::own("forward", Unit::FlopsPerToken, "operations of the forward pass")),
        gives(N_NON_EMBEDDING),
    ],
    inputs: &[
        Variable::own("n_layer", Unit::One, "layers"),
        Variable::own("d_model", Unit::One, "width of the residual stream"),
        Variable::own("d_attn", Unit::One, "width of the attention output"),
        Variable::own("d_ff", Unit::One, "width of the feed-forward layer"),
        Variable::own("n_ctx", Unit::One, "tokens of context"),
    ],
    source: KAPLAN_2020.at("section 2.1 and Table 1"),
    caveats: &["the paper drops the term of the context and counts training as 6 N for each token"],
    ..KAPLAN
};
