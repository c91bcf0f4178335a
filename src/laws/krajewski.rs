//! Mixtures of finely divided experts.

use super::{
    BLANK, BLANK_FIT, ClosedForm, FittedRange, Kind, Law, PublishedFit, Worked, exponent, gives, gives_as,
    positive,
};
use crate::provenance::Source;
use crate::units::{D_SEEN, LOSS_NATS, N_ACTIVE_NON_EMBEDDING, N_NON_EMBEDDING, Unit, Variable};

/// "Scaling Laws for Fine-Grained Mixture of Experts".
const KRAJEWSKI_2024: Source = Source {
    authors: "Krajewski et al.",
    year: 2024,
    title: "Scaling Laws for Fine-Grained Mixture of Experts",
    arxiv: "2402.07871",
    locator: "",
};

const GRANULARITY: Variable =
    Variable::own("G", Unit::One, "granularity: into how many experts a feed-forward layer is divided");
const WIDTH: Variable = Variable::own("d", Unit::One, "width of the model");
const BLOCKS: Variable = Variable::own("n_blocks", Unit::One, "layers of the model");
const EXPANSION: Variable =
    Variable::own("E", Unit::One, "expansion: all parameters of the experts over the active ones");

const DATA: &str = "C4, 16 to 130 B tokens";

/// The loss of a mixture by its parameters, tokens and granularity.
pub const KRAJEWSKI: Law = Law {
    id: "krajewski",
    kind: Kind::Loss,
    name: "Fine-grained mixtures of experts",
    answers: "the loss of a mixture of 64-fold expansion by parameters, tokens and granularity",
    formula: "c + (g / G^gamma + a) / N^alpha + b / D^beta",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[N_NON_EMBEDDING, D_SEEN, GRANULARITY],
    // Where its authors search.
    boxes: &[("G", 1.0, 64.0)],
    parameters: &[
        positive("c", Unit::NatsPerToken),
        positive("g", Unit::NatsPerToken),
        exponent("gamma"),
        positive("a", Unit::NatsPerToken),
        exponent("alpha"),
        positive("b", Unit::NatsPerToken),
        exponent("beta"),
    ],
    cost: "6 * N / 43 * D",
    fits: &[PublishedFit {
        id: "krajewski2024",
        name: "Krajewski 2024",
        source: KRAJEWSKI_2024.at("Table 1"),
        values: &[0.47, 2.1, 0.58, 18.1, 0.115, 30.8, 0.147],
        objective: "not said; root mean squared error 0.015, on validation 0.019",
        fitted_on: &[
            FittedRange::new(N_NON_EMBEDDING, 129e6, 3.7e9),
            FittedRange::new(D_SEEN, 16e9, 130e9),
            FittedRange::new(GRANULARITY, 1.0, 16.0),
        ],
        data: DATA,
        caveats: &[
            "with the rounded constants the losses of the paper's Table 2 come out about 0.8 % low",
            "N counts all experts: with 64 times the active parameters for N, losses are off by 0.09",
        ],
        worked: &[Worked {
            at: &[("N", 43e9), ("D", 28.94e9), ("G", 16.0)],
            output: "L",
            value: 2.491,
            within: 0.03 / 2.491,
            from: "Krajewski et al. (2024), Table 2",
        }],
        ..BLANK_FIT
    }],
    source: KRAJEWSKI_2024.at("Eq. 9"),
    caveats: &[
        "N counts all experts without embeddings, d²(8E + 4) per layer, at an expansion E of 64: 43 times \
         the \
         active parameters",
        "the cost leaves routing out, so that granularity looks free: hold G; krajewski-flops counts routing",
        "the paper claims that at 1e20 FLOPs a mixture equals a dense model of 20 times the compute, and of \
         more than 40 times at 1e25, far beyond its runs",
    ],
    ..BLANK
};

/// The loss of the dense models of the same paper.
pub const KRAJEWSKI_DENSE: Law = Law {
    id: "krajewski-dense",
    kind: Kind::Loss,
    name: "Dense models beside fine-grained mixtures",
    answers: "the loss of a dense model trained like the fine-grained mixtures",
    formula: "c + a / N^alpha + b / D^beta",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[N_NON_EMBEDDING, D_SEEN],
    parameters: &[
        positive("c", Unit::NatsPerToken),
        positive("a", Unit::NatsPerToken),
        exponent("alpha"),
        positive("b", Unit::NatsPerToken),
        exponent("beta"),
    ],
    closed_forms: &[
        ClosedForm {
            of: "N",
            formula: "(alpha * a / (beta * b))^(1 / (alpha + beta)) * (C / 6)^(beta / (alpha + beta))",
        },
        ClosedForm {
            of: "D",
            formula: "(alpha * a / (beta * b))^(-1 / (alpha + beta)) * (C / 6)^(alpha / (alpha + beta))",
        },
    ],
    fits: &[PublishedFit {
        id: "krajewski2024",
        name: "Krajewski 2024, dense",
        source: KRAJEWSKI_2024.at("Table 1"),
        values: &[0.47, 16.3, 0.126, 26.7, 0.127],
        objective: "not said",
        fitted_on: &[FittedRange::new(D_SEEN, 16e9, 130e9)],
        data: DATA,
        worked: &[Worked {
            at: &[("N", 1e9), ("D", 20e9)],
            output: "L",
            value: 2.98030514976,
            within: 1e-11,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: KRAJEWSKI_2024.at("Table 1"),
    ..BLANK
};

/// What training a fine-grained mixture costs, routing included.
pub const KRAJEWSKI_FLOPS: Law = Law {
    id: "krajewski-flops",
    kind: Kind::Cost,
    name: "Training FLOPs of a fine-grained mixture",
    answers: "the FLOPs of training a fine-grained mixture, routing included",
    formula: "(12 * d^2 * c_f + d * E * G * c_r) * D * n_blocks",
    outputs: &[gives(Variable::own("C", Unit::Flops, "FLOPs of training, routing included"))],
    inputs: &[
        WIDTH,
        BLOCKS,
        EXPANSION,
        GRANULARITY,
        D_SEEN,
        Variable::own("c_f", Unit::One, "FLOPs for each active parameter and token"),
        Variable::own("c_r", Unit::One, "FLOPs for each weight of the router and token"),
    ],
    source: KRAJEWSKI_2024.at("Eq. 10"),
    caveats: &["the paper's own c_f and c_r stand in an appendix that was not read: give them"],
    ..BLANK
};

/// The parameters of a fine-grained mixture by its shape.
pub const KRAJEWSKI_PARAMETERS: Law = Law {
    id: "krajewski-parameters",
    kind: Kind::Cost,
    name: "Parameters of a fine-grained mixture by its shape",
    answers: "all parameters and the active ones of a mixture, by width, layers and expansion",
    formula: "N_all = d^2 * (8 * E + 4) * n_blocks\n\
              N_used = 12 * d^2 * n_blocks",
    outputs: &[gives_as("N_all", N_NON_EMBEDDING), gives_as("N_used", N_ACTIVE_NON_EMBEDDING.named("N_a"))],
    inputs: &[WIDTH, BLOCKS, EXPANSION],
    source: KRAJEWSKI_2024.at("the number of parameters, with Eq. 9 and 10"),
    caveats: &["the paper's models have an expansion of 64 and a width of 64 for each layer"],
    ..BLANK
};
