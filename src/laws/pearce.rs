//! Pearce and Song: how counting parameters without embeddings bends the exponent of the best size.

use super::{
    BLANK, BLANK_FIT, Derived, FittedRange, Kind, Law, Parameter, PublishedFit, Worked, exponent, gives,
    gives_as, positive, within,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{C_NON_EMBEDDING, D_SEEN, LOSS_NATS, N_NON_EMBEDDING, N_TOTAL, Unit, Variable};

/// Kaplan and Chinchilla reconciled.
pub(super) const PEARCE_2024: Source = Source {
    authors: "Pearce and Song",
    year: 2024,
    title: "Reconciling Kaplan and Chinchilla Scaling Laws",
    arxiv: "2406.12907",
    locator: "",
};

const CODE: ReadIn = ReadIn::AuthorsCode(
    "script_analysis_kaplan_chinchilla.py of TeaPearce/Reconciling_Kaplan_Chinchilla_Scaling_Laws",
);

const GAMMA: Parameter = within("gamma", Unit::One, 1e2, 1e8);

/// All parameters from those without embeddings.
pub const PEARCE_TOTAL: Law = Law {
    id: "pearce-total",
    kind: Kind::Rule,
    name: "Pearce total parameters",
    answers: "the parameters in all of a model with N parameters without embeddings",
    formula: "N_total = N + gamma * N^(1 / 3)",
    outputs: &[gives_as("N_total", N_TOTAL)],
    inputs: &[N_NON_EMBEDDING],
    parameters: &[GAMMA],
    derived: &[
        Derived {
            name: "transition",
            formula: "gamma^1.5",
            meaning: "the size without embeddings at which the embeddings are as large",
        },
        Derived {
            name: "aspect",
            formula: "12 * (gamma / 32000)^3",
            meaning: "width over depth of the models, for a vocabulary of 32 000",
        },
    ],
    fits: &[GAMMA_FIT],
    source: PEARCE_2024.at("the fit of total to non-embedding parameters"),
    caveats: &["for a vocabulary of 32 000 and Chinchilla's shapes; for others see pearce-gamma"],
    ..BLANK
};

/// The fit of the conversion.
const GAMMA_FIT: PublishedFit = PublishedFit {
    id: "chinchilla-models",
    name: "Chinchilla's models",
    source: PEARCE_2024.at("the fit of total to non-embedding parameters"),
    read_in: CODE,
    values: &[47491.0],
    objective: "the difference of total sizes over Chinchilla's configurations",
    data: "the configurations of Hoffmann et al. (2022), Table A9",
    errata: &["the authors' script has 14 494 M for the model of 14 940 M"],
    worked: &[
        Worked {
            at: &[("N", 1e7)],
            output: "N_total",
            value: 2.02316e7,
            within: 3e-6,
            from: "the formula in double precision",
        },
        Worked {
            at: &[("N", 1e9)],
            output: "N_total",
            value: 1.04749e9,
            within: 3e-6,
            from: "the formula in double precision",
        },
    ],
    ..BLANK_FIT
};

/// Parameters without embeddings from all.
pub const PEARCE_NON_EMBEDDING: Law = Law {
    id: "pearce-non-embedding",
    kind: Kind::Rule,
    name: "Pearce parameters without embeddings",
    answers: "the parameters without embeddings of a model with N parameters in all",
    formula: "N_non_embedding = solve(n in 0..N: n + gamma * n^(1 / 3) = N)",
    outputs: &[gives_as("N_non_embedding", N_NON_EMBEDDING)],
    inputs: &[N_TOTAL],
    parameters: &[GAMMA],
    fits: &[PublishedFit {
        worked: &[Worked {
            at: &[("N", 1.04749e9)],
            output: "N_non_embedding",
            value: 1e9,
            within: 3e-6,
            from: "the inverse of pearce-total",
        }],
        ..GAMMA_FIT
    }],
    source: PEARCE_2024.at("the fit of total to non-embedding parameters"),
    caveats: &["for a vocabulary of 32 000 and Chinchilla's shapes"],
    ..BLANK
};

/// The constant of the conversion for other vocabularies.
pub const PEARCE_GAMMA: Law = Law {
    id: "pearce-gamma",
    kind: Kind::Rule,
    name: "Pearce constant of the embeddings",
    answers: "the gamma of pearce-total for a vocabulary of V and models of some width over depth",
    formula: "gamma = V * (aspect / 12)^(1 / 3)\nwhere V > 0, aspect > 0",
    outputs: &[gives_as("gamma", Variable::own("gamma", Unit::One, "embeddings over the cube root of size"))],
    inputs: &[
        Variable::own(
            "V",
            Unit::One,
            "tokens of the vocabulary, and of the context where positions are learned",
        ),
        Variable::own("aspect", Unit::One, "width over depth"),
    ],
    source: PEARCE_2024.at("the fit of total to non-embedding parameters"),
    ..BLANK
};

const LOSS_PARAMETERS: &[Parameter] = &[
    positive("E", Unit::NatsPerToken),
    positive("A", Unit::NatsPerToken),
    GAMMA,
    exponent("alpha"),
    positive("B", Unit::NatsPerToken),
    exponent("beta"),
];
const PLAN_PARAMETERS: &[Parameter] = &[
    GAMMA,
    exponent("beta"),
    exponent("alpha"),
    within("B", Unit::NatsPerToken, 1e-3, 1e9),
    within("A", Unit::NatsPerToken, 1e-3, 1e9),
];

/// What the fits to Chinchilla's runs share.
const EPOCH: PublishedFit = PublishedFit {
    id: "epoch",
    name: "Besiroglu 2024",
    source: PEARCE_2024.at("the constants of Besiroglu et al. (2024)"),
    read_in: CODE,
    objective: "the fit of Besiroglu et al. (2024) of Chinchilla's runs, see chinchilla",
    data: "MassiveText, one epoch, vocabulary of 32 000",
    ..BLANK_FIT
};
const CHINCHILLA: PublishedFit = PublishedFit {
    id: "chinchilla",
    name: "Hoffmann 2022, four digits",
    source: PEARCE_2024.at("the constants of Hoffmann et al. (2022)"),
    objective: "the fit of Hoffmann et al. (2022), see chinchilla",
    ..EPOCH
};

/// Chinchilla's loss by parameters without embeddings.
pub const PEARCE_LOSS: Law = Law {
    id: "pearce-loss",
    name: "Chinchilla loss by parameters without embeddings",
    answers: "the loss of a model of N parameters without embeddings trained once over D tokens",
    formula: "E + A / (N + gamma * N^(1 / 3))^alpha + B / D^beta",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[N_NON_EMBEDDING, D_SEEN],
    parameters: LOSS_PARAMETERS,
    fits: &[
        PublishedFit {
            values: &[1.8172, 482.01, 47491.0, 0.3478, 2085.43, 0.3658],
            fitted_on: &[FittedRange::new(D_SEEN, 8.1868e8, 3.1776e11)],
            worked: &[Worked {
                at: &[("N", 1e9), ("D", 2e10)],
                output: "L",
                value: 2.5243331233402824,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..EPOCH
        },
        PublishedFit {
            values: &[1.6934, 406.4, 47491.0, 0.3392, 410.7, 0.2849],
            fitted_on: &[FittedRange::new(D_SEEN, 5e9, 500e9)],
            worked: &[Worked {
                at: &[("N", 1e9), ("D", 2e10)],
                output: "L",
                value: 2.5249240614941586,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..CHINCHILLA
        },
    ],
    source: PEARCE_2024.at("the loss by parameters without embeddings"),
    read_in: CODE,
    caveats: &["for 6 N D its N and budget are without embeddings, so its plans are those of \
        pearce-optimum"],
    ..BLANK
};

/// The best size without embeddings.
pub const PEARCE_OPTIMUM: Law = Law {
    id: "pearce-optimum",
    kind: Kind::Optimum,
    name: "Chinchilla optimum without embeddings",
    answers: "the size and tokens of lowest loss for C FLOPs where neither counts embeddings",
    formula: "x = solve(x in 0..80: ln(6) + x - ln(exp(x) + gamma / 3 * exp(x / 3)) / beta + (1 + \
        alpha) / beta * ln(exp(x) + gamma * exp(x / 3)) + ln(beta * B / (alpha * A)) / beta = ln(C))\n\
        N_opt = exp(x)\n\
        D_opt = C / (6 * N_opt)",
    outputs: &[gives_as("N_opt", N_NON_EMBEDDING), gives_as("D_opt", D_SEEN)],
    inputs: &[C_NON_EMBEDDING],
    parameters: PLAN_PARAMETERS,
    fits: &[
        PublishedFit {
            values: &[47491.0, 0.3658, 0.3478, 2085.43, 482.01],
            worked: &[Worked {
                at: &[("C", 1.5482e20)],
                output: "N_opt",
                value: 1e9,
                within: 2e-5,
                from: "the inverse of 1e9 parameters, for which 1.5482e20 FLOPs are best",
            }],
            ..EPOCH
        },
        PublishedFit {
            values: &[47491.0, 0.2849, 0.3392, 410.7, 406.4],
            worked: &[Worked {
                at: &[("C", 2.06244e20)],
                output: "N_opt",
                value: 1e9,
                within: 2e-6,
                from: "the inverse of 1e9 parameters, for which 2.06244e20 FLOPs are best",
            }],
            ..CHINCHILLA
        },
    ],
    source: PEARCE_2024.at("the best size without embeddings"),
    read_in: CODE,
    caveats: &["the exponent changes with the budget: pearce-exponent"],
    ..BLANK
};

/// The exponent that an experiment at some size sees.
pub const PEARCE_EXPONENT: Law = Law {
    id: "pearce-exponent",
    kind: Kind::Rule,
    name: "Pearce local exponent",
    answers: "the exponent of the best size without embeddings that experiments around N parameters see",
    formula: "u = N^(2 / 3)\n\
        g = 1 / (1 - (u + gamma / 9) / (u + gamma / 3) / beta + (1 + alpha) / beta * (u + gamma / 3) / \
        (u + gamma))\n\
        C = 6 * N * (N + gamma / 3 * N^(1 / 3))^(-1 / beta) * (N + gamma * N^(1 / 3))^((1 + alpha) / \
        beta) * (beta * B / (alpha * A))^(1 / beta)",
    outputs: &[
        gives_as(
            "g",
            Variable::own("g", Unit::One, "slope of the log of the best size in the log of compute"),
        ),
        gives(C_NON_EMBEDDING),
    ],
    inputs: &[N_NON_EMBEDDING],
    parameters: PLAN_PARAMETERS,
    derived: &[
        Derived {
            name: "g_small",
            formula: "beta / (alpha / 3 + beta)",
            meaning: "the exponent where the embeddings outweigh the rest",
        },
        Derived {
            name: "g_large",
            formula: "beta / (alpha + beta)",
            meaning: "the exponent where the embeddings are negligible",
        },
    ],
    fits: &[
        PublishedFit {
            values: &[47491.0, 0.3658, 0.3478, 2085.43, 482.01],
            worked: &[Worked {
                at: &[("N", 1e7)],
                output: "g",
                value: 0.853207,
                within: 6e-7,
                from: "the formula in double precision",
            }],
            ..EPOCH
        },
        PublishedFit {
            values: &[47491.0, 0.2849, 0.3392, 410.7, 406.4],
            worked: &[Worked {
                at: &[("N", 1e7)],
                output: "g",
                value: 0.832713,
                within: 6e-7,
                from: "the formula in double precision",
            }],
            ..CHINCHILLA
        },
    ],
    source: PEARCE_2024.at("the local exponent"),
    read_in: CODE,
    caveats: &["between 1e6 and 1e7 parameters it exceeds its limit for small sizes"],
    ..BLANK
};
