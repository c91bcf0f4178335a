//! Bordelon et al.: time and size with exponents of their own.

use super::{BLANK, Derived, Kind, Law, exponent, gives, gives_as, positive, within};
use crate::provenance::{ReadIn, Source};
use crate::units::{LOSS_NATS, N_TOTAL, Unit, Variable};

/// A solvable model of training.
const BORDELON_2024: Source = Source {
    authors: "Bordelon, Atanasov and Pehlevan",
    year: 2024,
    title: "A Dynamical Model of Neural Scaling Laws",
    arxiv: "2402.01092",
    locator: "",
};

/// The loss by steps and size.
pub const BORDELON: Law = Law {
    id: "bordelon",
    name: "Bordelon loss by steps and size",
    answers: "the loss of a model of N parameters after t steps",
    formula: "L_inf + C_t / t^alpha_t + C_N / N^alpha_N",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[N_TOTAL, Variable::own("t", Unit::Steps, "optimiser steps")],
    parameters: &[
        within("L_inf", Unit::NatsPerToken, 0.0, 100.0),
        positive("C_t", Unit::NatsPerToken),
        exponent("alpha_t"),
        positive("C_N", Unit::NatsPerToken),
        exponent("alpha_N"),
    ],
    cost: "N * t",
    derived: &[
        Derived {
            name: "p_t",
            formula: "alpha_N / (alpha_t + alpha_N)",
            meaning: "the exponent of the best number of steps as N t grows",
        },
        Derived {
            name: "p_N",
            formula: "alpha_t / (alpha_t + alpha_N)",
            meaning: "the exponent of the best size as N t grows",
        },
        Derived {
            name: "kappa",
            formula: "(alpha_N * C_N / (alpha_t * C_t))^(1 / (alpha_t + alpha_N))",
            meaning: "the best size over (N t)^p_N",
        },
    ],
    source: BORDELON_2024.at("the loss by time and size"),
    read_in: ReadIn::SecondHand("the authors' post on kempnerinstitute.harvard.edu"),
    caveats: &[
        "no fit comes with it: the paper is theory",
        "compute is N t, the size times the steps, and not in FLOPs",
    ],
    seeds: &[15],
    ..BLANK
};

/// The exponents by those of the data.
pub const BORDELON_EXPONENTS: Law = Law {
    id: "bordelon-exponents",
    kind: Kind::Rule,
    name: "Bordelon exponents",
    answers: "the exponents of loss, steps and size for a spectrum k^-b and a task k^-a",
    formula: "alpha_t = (a - 1) / b\n\
        alpha_N = min(a - 1, 2 * b)\n\
        p_t = alpha_N / (alpha_t + alpha_N)\n\
        p_N = alpha_t / (alpha_t + alpha_N)\n\
        p_L = alpha_t * alpha_N / (alpha_t + alpha_N)\n\
        where a > 1, b > 0",
    outputs: &[
        gives_as("p_N", Variable::own("p_N", Unit::One, "exponent of the best size as compute grows")),
        gives_as(
            "p_t",
            Variable::own("p_t", Unit::One, "exponent of the best number of steps as compute grows"),
        ),
        gives_as("p_L", Variable::own("p_L", Unit::One, "exponent at which the loss falls as compute grows")),
        gives_as("alpha_t", Variable::own("alpha_t", Unit::One, "exponent of the loss in steps")),
        gives_as("alpha_N", Variable::own("alpha_N", Unit::One, "exponent of the loss in size")),
    ],
    inputs: &[
        Variable::own("a", Unit::One, "exponent of the task in the eigenvalues' order"),
        Variable::own("b", Unit::One, "exponent of the eigenvalues of the features"),
    ],
    source: BORDELON_2024.at("the exponents of time and size"),
    read_in: ReadIn::Memory,
    caveats: &["where b is above 1, steps grow faster than parameters"],
    seeds: &[15],
    ..BLANK
};
