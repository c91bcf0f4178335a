//! Kaplan et al.: the best size for a budget, from the tables and from the training curve.

use super::kaplan::{B_TOKENS, C_MIN, KAPLAN, KAPLAN_2020, RUNS, S_MIN, S_STEPS, SUPERSEDED};
use super::{Derived, Kind, Law, Parameter, PublishedFit, Worked, exponent, gives_as, positive, within};
use crate::provenance::ReadIn;
use crate::units::{C_NON_EMBEDDING, D_SEEN, N_NON_EMBEDDING, Unit, Variable};

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
        "S_min is the fewest steps; a run at the critical batch size takes twice as many",
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
        "the tokens are those at the critical batch size, where a run spends twice C_min; the steps are the \
         fewest, at a batch size far above it",
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
        read_in: ReadIn::SecondHand("notes on Porian et al. (2024), arXiv:2406.19146"),
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
