//! One form for dense, pruned and mixture models.

use super::{BLANK, BLANK_FIT, Kind, Law, PublishedFit, Worked, exponent, gives, positive, within};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, LOSS_NATS, Unit, Variable};

/// "Generalizing Scaling Laws for Dense and Sparse Large Language Models".
const HOSSAIN_2025: Source = Source {
    authors: "Hossain, Wu, Taylor and Jannesari",
    year: 2025,
    title: "Generalizing Scaling Laws for Dense and Sparse Large Language Models",
    arxiv: "2508.06617",
    locator: "",
};

/// Chinchilla's form with a share of weights or experts that do not take part.
pub const HOSSAIN: Law = Law {
    id: "hossain",
    kind: Kind::Loss,
    name: "Dense and sparse models in one form (experimental)",
    answers: "the loss of a model of which a share S is pruned or idle",
    formula: "L = e * (1 - S)^gamma + (a * (1 - S)^alpha + c * S) / N^alpha + b / D^beta\n\
              where S >= 0, S < 1",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[
        Variable::own(
            "N",
            Unit::Parameters,
            "parameters: the active or non-zero ones, as it seems; the paper's definition was not confirmed",
        ),
        D_SEEN,
        Variable::own("S", Unit::One, "share of the weights pruned, or of the experts idle"),
    ],
    parameters: &[
        positive("e", Unit::NatsPerToken),
        within("gamma", Unit::One, -2.0, 2.0),
        positive("a", Unit::NatsPerToken),
        exponent("alpha"),
        positive("c", Unit::NatsPerToken),
        positive("b", Unit::NatsPerToken),
        exponent("beta"),
    ],
    fits: &[PublishedFit {
        id: "autotuner",
        name: "The group's autotuning script",
        source: HOSSAIN_2025.at("a ytopt and libEnsemble driver and its objective file"),
        read_in: ReadIn::AuthorsCode(
            "the group's public autotuning script; the repository's name was not \
                                      established",
        ),
        values: &[1.69, 0.001, 406.4, 0.34, 93.45, 410.7, 0.28],
        objective: "tuned by a Bayesian search",
        data: "not said in the script",
        caveats: &[
            "whether the paper's final table equals the script was not verified",
            "at S = 0 it is Chinchilla's law with the rounded constants",
        ],
        worked: &[
            Worked {
                at: &[("N", 1e9), ("D", 20e9), ("S", 0.0)],
                output: "L",
                value: 2.58004787224,
                within: 1e-11,
                from: "the formula in double precision",
            },
            Worked {
                at: &[("N", 1e10), ("D", 1e11), ("S", 0.5)],
                output: "L",
                value: 2.17685730512,
                within: 1e-11,
                from: "the formula in double precision",
            },
        ],
        ..BLANK_FIT
    }],
    source: HOSSAIN_2025.at("the law as the script writes it"),
    read_in: ReadIn::AuthorsCode(
        "the group's public autotuning script; the repository's name was not \
                                  established",
    ),
    caveats: &[
        "experimental: no published value to compare with was found",
        "one exponent serves (1 - S) and N",
    ],
    seeds: &[35],
    ..BLANK
};
