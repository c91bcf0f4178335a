//! Kaplan et al.: loss by size and tokens, and by size and steps: over-fitting and the training curve.

use super::kaplan::{B_TOKENS, KAPLAN, KAPLAN_2020, NO_FEW, RUNS, S_MIN, S_STEPS, SIZES, SUPERSEDED, TOKENS};
use super::{ClosedForm, Law, Parameter, PublishedFit, Worked, exponent, within};
use crate::units::{D_SEEN, N_NON_EMBEDDING, Unit};

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
        ClosedForm { of: "N", formula: "r = alpha_N / alpha_D\n(r * N_c^r * C / (6 * D_c))^(1 / (1 + r))" },
        ClosedForm {
            of: "D",
            formula: "r = alpha_N / alpha_D\nN = (r * N_c^r * C / (6 * D_c))^(1 / (1 + r))\nC / (6 * N)",
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
