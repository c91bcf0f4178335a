//! How much of training should simulate few bits.

use super::{BLANK, BLANK_FIT, Kind, Law, PublishedFit, Worked, exponent, gives, gives_as, positive, within};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, LOSS_NATS, Unit, Variable};

/// "Compute-Optimal Quantization-Aware Training".
const DREMOV_2025: Source = Source {
    authors: "Dremov et al.",
    year: 2025,
    title: "Compute-Optimal Quantization-Aware Training",
    arxiv: "2509.22935",
    locator: "",
};

/// How the paper was read.
const NOTES: ReadIn = ReadIn::SecondHand("three notes on the paper, which agree");

const N: Variable = Variable::own("N", Unit::Parameters, "parameters; which of them was not read");
const BITS: Variable = Variable::own("b", Unit::Bits, "bits of a weight");

/// The share of the tokens that should be trained with simulated rounding.
pub const QAT_FRACTION: Law = Law {
    id: "qat-fraction",
    kind: Kind::HyperParameter,
    name: "Share of quantisation-aware training",
    answers: "the share of the tokens to train with rounding simulated, for the lowest loss in b bits",
    formula: "S = D / (N * b / 8)\n\
              f = exp(-a / ln(S))\n\
              D_qat = f * D\n\
              where D > N * b / 8",
    outputs: &[
        gives(Variable::own("f", Unit::One, "share of the tokens that simulates rounding")),
        gives_as("D_qat", D_SEEN),
        gives(Variable::own("S", Unit::One, "tokens for each byte of the rounded weights")),
    ],
    inputs: &[N, D_SEEN, BITS],
    parameters: &[within("a", Unit::One, 0.01, 100.0)],
    fits: &[PublishedFit {
        id: "dremov2025",
        name: "Dremov 2025",
        source: DREMOV_2025.at("the optimal fraction"),
        read_in: NOTES,
        values: &[6.7297],
        objective: "not read; mean absolute error of f 0.091",
        data: "757 runs of 86 M to 2.2 B parameters, 2.3 B to 1.4 T tokens, 1, 2, 4 and 6 bits",
        worked: &[Worked {
            at: &[("N", 1e9), ("D", 20e9), ("b", 4.0)],
            output: "f",
            value: 0.161327159217,
            within: 1e-11,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: DREMOV_2025.at("the optimal fraction"),
    read_in: NOTES,
    caveats: &["the old rule of 10 % is right only at about 18.6 tokens for each byte of weights"],
    seeds: &[20],
    ..BLANK
};

/// The loss after training in full precision, then with rounding simulated.
pub const QAT_LOSS: Law = Law {
    id: "qat-loss",
    kind: Kind::Loss,
    name: "Loss of quantisation-aware training",
    answers: "the loss of a model of b bits trained on D tokens, the last D_qat of them with rounding \
              simulated",
    formula: "S_qat = D_qat / (N * b / 8)\n\
              S_fp = (D - D_qat) / (N * b / 8)\n\
              L = E + A / N^alpha + B / D^beta + theta * 2^(-kappa * b) \
              + phi * 2^(-chi * b) / (N^psi * S_qat^omega) \
              + lambda * 2^(-mu * b) / (N^nu * S_fp^xi * S_qat^rho)\n\
              where D_qat < D",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[
        N,
        D_SEEN,
        Variable::own("D_qat", Unit::Tokens, "tokens trained with rounding simulated"),
        BITS,
    ],
    parameters: &[
        positive("E", Unit::NatsPerToken),
        positive("A", Unit::NatsPerToken),
        exponent("alpha"),
        positive("B", Unit::NatsPerToken),
        exponent("beta"),
        positive("theta", Unit::NatsPerToken),
        exponent("kappa"),
        positive("phi", Unit::NatsPerToken),
        exponent("chi"),
        exponent("psi"),
        exponent("omega"),
        positive("lambda", Unit::NatsPerToken),
        exponent("mu"),
        exponent("nu"),
        exponent("xi"),
        exponent("rho"),
    ],
    source: DREMOV_2025.at("the loss law"),
    read_in: NOTES,
    caveats: &[
        "the fitted constants were not obtained: fit it to your own runs, with bounds for its sixteen \
         parameters",
        "the paper's first term is a law of parameters and all tokens; Chinchilla's form stands here for it",
    ],
    seeds: &[20],
    ..BLANK
};
