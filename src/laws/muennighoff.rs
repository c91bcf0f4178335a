//! Muennighoff et al.: repeated tokens and excess parameters are worth less and less.

use super::chinchilla::FORM;
use super::{
    BLANK, BLANK_FIT, Derived, FittedRange, Kind, Law, PublishedFit, Worked, exponent, gives, gives_as,
    positive, within,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, D_UNIQUE, LOSS_NATS, N_TOTAL, Unit, Variable};

/// Training on the same data again.
const MUENNIGHOFF_2023: Source = Source {
    authors: "Muennighoff et al.",
    year: 2023,
    title: "Scaling Data-Constrained Language Models",
    arxiv: "2305.16264",
    locator: "",
};

/// The loss with repeated data.
pub const MUENNIGHOFF: Law = Law {
    id: "muennighoff",
    kind: Kind::Loss,
    name: "Muennighoff loss with repeated data",
    answers: "the loss of a model of N parameters trained on D tokens of which D_unique are different",
    formula: "G = (alpha * A / (beta * B))^(1 / (alpha + beta))\n\
        U_D = min(D_unique, D)\n\
        R_D = max(D / U_D - 1, 0)\n\
        D_eff = U_D - U_D * R_D_star * expm1(-R_D / R_D_star)\n\
        U_N = min(N, G * (U_D * G)^(beta / alpha))\n\
        R_N = max(N / U_N - 1, 0)\n\
        N_eff = U_N - U_N * R_N_star * expm1(-R_N / R_N_star)\n\
        L = E + A / N_eff^alpha + B / D_eff^beta",
    outputs: &[
        gives(LOSS_NATS),
        gives_as("D_eff", Variable::own("D_eff", Unit::Tokens, "unique tokens that would be worth as much")),
        gives_as("N_eff", Variable::own("N_eff", Unit::Parameters, "parameters that would be worth as much")),
    ],
    inputs: &[N_TOTAL, D_SEEN, D_UNIQUE],
    parameters: &[
        exponent("alpha"),
        within("A", Unit::NatsPerToken, 1e-3, 1e9),
        exponent("beta"),
        within("B", Unit::NatsPerToken, 1e-3, 1e9),
        within("R_D_star", Unit::One, 0.1, 1e4),
        within("R_N_star", Unit::One, 0.1, 1e4),
        positive("E", Unit::NatsPerToken),
    ],
    derived: &[
        Derived {
            name: "G",
            formula: "(alpha * A / (beta * B))^(1 / (alpha + beta))",
            meaning: "the best size over (C / 6)^a where data are plenty",
        },
        Derived {
            name: "most_tokens",
            formula: "1 + R_D_star",
            meaning: "what unique tokens repeated for ever are worth, over their number",
        },
    ],
    fits: &[PublishedFit {
        id: "muennighoff2023",
        name: "Muennighoff 2023",
        source: MUENNIGHOFF_2023.at("the law of repeated data and utils/parametric_fit.ipynb"),
        read_in: ReadIn::AuthorsCode("utils/parametric_fit.ipynb of huggingface/datablations"),
        values: &[
            0.3526596,
            520.8249516599187,
            0.3526596,
            1487.716093782861,
            15.387756,
            5.309743,
            1.8691436784054858,
        ],
        objective: "Huber terms, delta 1e-3, of the log of the loss: E, A, B and alpha = beta first, on \
            54 points read off Chinchilla's IsoFLOP curves of C4; the two others then, on 182 runs",
        fitted_on: &[FittedRange::new(N_TOTAL, 7_098_752.0, 8.67e9), FittedRange::new(D_SEEN, 1e8, 900e9)],
        data: "C4, GPT-2 byte pairs",
        caveats: &[
            "the loss itself is unlikely to be right, the trend is what it is for (the authors)",
            "up to four epochs are almost as good as new data; beyond about forty the law says too little \
             harm: runs whose loss rose again were left out",
            "alpha and beta are tied; untied the first stage gives 0.3348 and 0.3829: see \
             muennighoff-one-pass",
            "on the 182 runs its R² is 0.77, as the authors corrected it in 2025; with decay of the data \
             alone 0.74, without any 0.45",
            "the paper gives its range as 10 M to 9 B parameters; the runs reach from 7.1 M to 8.67 B, on 0.1 to \
             178 B unique tokens",
        ],
        errata: &[
            "R_D_star and R_N_star are not the minimum of their objective on these runs: it lies at \
             95.4 and 1.71",
            "other cells of the notebook hold R_D_star and R_N_star of another form or of untied constants; \
             those here are the README's",
        ],
        worked: &[
            Worked {
                at: &[("N", 6.34e9), ("D", 242e9), ("D_unique", 25e9)],
                output: "L",
                value: 2.2256440889984477,
                within: 1e-12,
                from: "the authors' README",
            },
            Worked {
                at: &[("N", 8.67e9), ("D", 178e9), ("D_unique", 25e9)],
                output: "L",
                value: 2.2269634075087867,
                within: 1e-12,
                from: "the authors' README",
            },
        ],
        ..BLANK_FIT
    }],
    source: MUENNIGHOFF_2023.at("the law of repeated data"),
    caveats: &[
        "beyond the unique tokens' own best size, parameters count less as well",
        "its best plan is flat: size and epochs may move by a few per cent at no cost",
    ],
    ..BLANK
};

const C4_POINTS: PublishedFit = PublishedFit {
    source: MUENNIGHOFF_2023.at("utils/parametric_fit.ipynb"),
    read_in: ReadIn::AuthorsCode("utils/parametric_fit.ipynb of huggingface/datablations"),
    objective: "Huber terms, delta 1e-3, of the log of the loss, on 54 points read off Chinchilla's IsoFLOP \
        curves of C4",
    data: "C4",
    ..BLANK_FIT
};

/// The first stage of the fit: the loss of a single pass.
pub const MUENNIGHOFF_ONE_PASS: Law = Law {
    id: "muennighoff-one-pass",
    name: "Muennighoff loss of a single pass",
    answers: "the loss of a model of N parameters trained once over D tokens of C4",
    parameters: &[
        positive("E", Unit::NatsPerToken),
        within("A", Unit::NatsPerToken, 1e-3, 1e9),
        exponent("alpha"),
        within("B", Unit::NatsPerToken, 1e-3, 1e9),
        exponent("beta"),
    ],
    fits: &[
        PublishedFit {
            id: "tied",
            name: "C4, alpha = beta",
            values: &[1.8691436784054858, 520.8249516599187, 0.3526596, 1487.716093782861, 0.3526596],
            caveats: &["the fit that muennighoff builds on"],
            worked: &[Worked {
                at: &[("N", 1e9), ("D", 20e9)],
                output: "L",
                value: 2.564635032958579,
                within: 1e-12,
                from: "the formula in double precision",
            }],
            ..C4_POINTS
        },
        PublishedFit {
            id: "untied",
            name: "C4, alpha and beta free",
            values: &[1.8782183662781502, 386.7267611021977, 0.33480313, 2736.777739880548, 0.38289225],
            caveats: &[
                "the notebook holds the logarithms of E, A and B: 0.63032365, 5.9577184 and 7.9145365",
            ],
            worked: &[Worked {
                at: &[("N", 99_030_049_618.410_35), ("D", 969_402_725_434.495_1)],
                output: "L",
                value: 2.0291744405603898,
                within: 1e-12,
                from: "the formula in double precision, at the best plan for 5.76e23 FLOPs",
            }],
            ..C4_POINTS
        },
    ],
    source: MUENNIGHOFF_2023.at("utils/parametric_fit.ipynb"),
    read_in: ReadIn::AuthorsCode("utils/parametric_fit.ipynb of huggingface/datablations"),
    caveats: &["no repetition: for repeated tokens see muennighoff"],
    ..FORM
};
