//! Kaplan et al.: what another batch, size, stop or set of data than the best one costs.

use super::kaplan::{B_TOKENS, C_MIN, IN_PF_DAYS, KAPLAN, KAPLAN_2020, RUNS, S_STEPS, SIZES, TOKENS};
use super::{Kind, Law, PublishedFit, Worked, exponent, gives, gives_as, positive, within};
use crate::units::{C_NON_EMBEDDING, D_SEEN, N_NON_EMBEDDING, Unit, Variable};

/// A ratio of two sizes.
const SIZE_RATIO: Variable =
    Variable::own("x", Unit::One, "size over the best size for the compute, without embeddings");

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
