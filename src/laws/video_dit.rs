//! Video diffusion transformers: best size, learning rate and batch.

use super::step_law::BATCH;
use super::{
    BLANK, BLANK_FIT, FittedRange, Kind, Law, PublishedFit, Worked, exponent, gives, gives_as, positive,
    within,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{Unit, Variable};

/// Video.
const YIN_2024: Source = Source {
    authors: "Yin et al.",
    year: 2024,
    title: "Towards Precise Scaling Laws for Video Diffusion Transformers",
    arxiv: "2411.17470",
    locator: "",
};

const READ: ReadIn =
    ReadIn::SecondHand("an evidence appendix that gives pages and equations, and notes of CVPR 2025");

const N: Variable = Variable::own("N", Unit::Parameters, "parameters of the transformer");

const D: Variable = Variable::own("D", Unit::Tokens, "video tokens trained on; T in the paper");

/// The best size.
pub const VIDEO_DIT_OPTIMUM: Law = Law {
    id: "video-dit-optimum",
    kind: Kind::Optimum,
    name: "Video diffusion transformers, best size",
    answers: "the best size of a video transformer with tuned hyper-parameters for a budget of C FLOPs",
    formula: "N_opt = k * C^a",
    outputs: &[gives_as("N_opt", N)],
    inputs: &[Variable::own("C", Unit::Flops, "training compute, as FLOPs for each token times tokens")],
    parameters: &[positive("k", Unit::Parameters), exponent("a")],
    fits: &[PublishedFit {
        id: "yin2024",
        name: "Yin 2024",
        source: YIN_2024.at("Eq. 15"),
        read_in: READ,
        values: &[1.5787, 0.4146],
        objective: "a power law; how it was fitted is not stated in what was read",
        data: "video",
        caveats: &[
            "the units are inferred: C in FLOPs and N in parameters give plausible sizes",
            "models of 17 M to 260 M parameters on 2 B to 12 B tokens",
        ],
        worked: &[Worked {
            at: &[("C", 1e22)],
            output: "N_opt",
            value: 2.087e9,
            within: 2.5e-4,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: YIN_2024.at("Eq. 15"),
    read_in: READ,
    caveats: &[
        "the units are inferred, not read",
        "the paper's law of the loss is left out: its own optimum has another exponent, 0.478, in any units",
        "for the budget of Movie Gen the paper gives 18.05 B parameters, and 30.05 B with hyper-parameters \
         held fixed",
    ],
    seeds: &[5],
    ..BLANK
};

/// Learning rate and batch.
pub const VIDEO_DIT_HYPER: Law = Law {
    id: "video-dit-hyper",
    kind: Kind::HyperParameter,
    name: "Video diffusion transformers, learning rate and batch",
    answers: "the constant learning rate and the batch of a video transformer of N parameters on D tokens",
    formula: "lr = k_lr * (D / 1e9)^p_D * (N / 1e9)^p_N\nB = k_B * (D / 1e9)^q_D * (N / 1e9)^q_N",
    outputs: &[gives(Variable::own("lr", Unit::One, "learning rate, constant over the run")), gives(BATCH)],
    inputs: &[N, D],
    parameters: &[
        positive("k_lr", Unit::One),
        within("p_D", Unit::One, -2.0, -0.02),
        within("p_N", Unit::One, -2.0, -0.02),
        positive("k_B", Unit::Tokens),
        exponent("q_D"),
        exponent("q_N"),
    ],
    fits: &[PublishedFit {
        id: "yin2024",
        name: "Yin 2024",
        source: YIN_2024.at("Eqs. 13 and 14"),
        read_in: READ,
        values: &[0.0002, -0.0453, -0.1619, 2.1797e4, 0.8080, 0.1906],
        objective: "a power law; how it was fitted is not stated in what was read",
        fitted_on: &[FittedRange::new(N, 0.017e9, 0.26e9), FittedRange::new(D, 2e9, 12e9)],
        data: "video",
        caveats: &[
            "the units are inferred: size and tokens in billions and the batch in tokens give plausible \
             values",
        ],
        worked: &[
            Worked {
                at: &[("N", 1.07e9), ("D", 4e9)],
                output: "lr",
                value: 1.858e-4,
                within: 2.7e-4,
                from: "the formula in double precision",
            },
            Worked {
                at: &[("N", 1.07e9), ("D", 4e9)],
                output: "B",
                value: 6.77e4,
                within: 7.4e-4,
                from: "the formula in double precision",
            },
        ],
        ..BLANK_FIT
    }],
    source: YIN_2024.at("Eqs. 13 and 14"),
    read_in: READ,
    caveats: &[
        "the units are inferred, not read",
        "checked in the paper at 1.07 B parameters on 4 B and 10 B tokens, and at 0.72 B on 140 B",
    ],
    seeds: &[5],
    ..BLANK
};

/// What a token costs.
pub const VIDEO_DIT_FLOPS_PER_TOKEN: Law = Law {
    id: "video-dit-flops-per-token",
    kind: Kind::Cost,
    name: "Video diffusion transformers, FLOPs for each token",
    answers: "the FLOPs for each token of a video transformer of N parameters and width d on a context of n \
        tokens",
    formula: "3 / 4 * N * (7 + n / d)",
    outputs: &[gives_as("C_token", Variable::own("C_token", Unit::FlopsPerToken, "FLOPs for each token"))],
    inputs: &[
        N,
        Variable::own("n", Unit::Tokens, "tokens of the context"),
        Variable::own("d", Unit::One, "width of the model"),
    ],
    source: YIN_2024.at("the cost of a token"),
    read_in: READ,
    caveats: &["training costs this times the tokens"],
    seeds: &[5],
    ..BLANK
};
