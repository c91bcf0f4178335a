//! Czech et al.: the bias of IsoFLOP parabolas, and what a misjudged optimum costs.

use super::chinchilla::CZECH_2026;
use super::{BLANK, Kind, Law, gives_as};
use crate::provenance::ReadIn;
use crate::units::{Unit, Variable};

const CODE: ReadIn = ReadIn::AuthorsCode("results/paper/paper.tex of Open-Athena/scaling-law-analysis");

const ALPHA: Variable = Variable::own("alpha", Unit::One, "exponent of the loss in size");
const BETA: Variable = Variable::own("beta", Unit::One, "exponent of the loss in tokens");

/// How far the vertex of a parabola lies from the optimum.
pub const ISOFLOP_BIAS: Law = Law {
    id: "isoflop-bias",
    kind: Kind::Rule,
    name: "Bias of IsoFLOP parabolas",
    answers: "how far the vertex of a parabola through 15 sizes of one budget lies from the best size",
    formula: "S_2 = sum(k in 0..14: (W * (k / 7 - 1))^2)\n\
        S_4 = sum(k in 0..14: (W * (k / 7 - 1))^4)\n\
        T_0 = sum(k in 0..14: beta / alpha * 10^(-alpha * (s + W * (k / 7 - 1))) \
            + 10^(beta * (s + W * (k / 7 - 1))))\n\
        T_1 = sum(k in 0..14: W * (k / 7 - 1) * (beta / alpha * 10^(-alpha * (s + W * (k / 7 - 1))) \
            + 10^(beta * (s + W * (k / 7 - 1)))))\n\
        T_2 = sum(k in 0..14: (W * (k / 7 - 1))^2 * (beta / alpha * 10^(-alpha * (s + W * (k / 7 - 1))) \
            + 10^(beta * (s + W * (k / 7 - 1)))))\n\
        delta = s - T_1 / S_2 * (15 * S_4 - S_2^2) / (2 * (15 * T_2 - S_2 * T_0))\n\
        N_error = 10^delta - 1\n\
        D_error = 10^(-delta) - 1\n\
        where W > 0, alpha > 0, beta > 0",
    outputs: &[
        gives_as("delta", Variable::own("delta", Unit::One, "decades by which the size is too large")),
        gives_as("N_error", Variable::own("N_error", Unit::One, "relative error of the size")),
        gives_as("D_error", Variable::own("D_error", Unit::One, "relative error of the tokens")),
    ],
    inputs: &[
        ALPHA,
        BETA,
        Variable::own("W", Unit::One, "decades from the middle size to the largest"),
        Variable::own("s", Unit::One, "decades by which the middle size lies above the best one"),
    ],
    source: CZECH_2026.at("the closed form of the bias"),
    read_in: CODE,
    caveats: &[
        "for loss E + A / N^alpha + B / D^beta without noise, and least squares of loss on log size",
        "it depends on neither compute nor E, A or B: the exponent of a power law through vertices is \
         unbiased as long as s is the same at every budget",
        "where alpha = beta and s = 0 there is no bias",
    ],
    errata: &["the text says 4.1 % for the widest grid on Chinchilla's surface, which is the change of \
        the intercept's log10; the size is 5.4 % too large, the tokens are 5.1 % too few"],
    ..BLANK
};

/// The share of compute that a wrong split wastes.
pub const MISALLOCATION: Law = Law {
    id: "misallocation",
    kind: Kind::Rule,
    name: "Cost of a wrong split",
    answers: "the share of a budget that is wasted by training on x times the best number of tokens",
    formula: "1 - ((beta * x^alpha + alpha * x^(-beta)) / (alpha + beta))^(-(1 / alpha + 1 / beta))",
    outputs: &[gives_as("waste", Variable::own("waste", Unit::One, "share of the compute"))],
    inputs: &[
        Variable::own("x", Unit::One, "tokens over the best number of them at this budget"),
        ALPHA,
        BETA,
    ],
    source: CZECH_2026.at("the deadweight compute loss"),
    read_in: CODE,
    caveats: &[
        "for loss E + A / N^alpha + B / D^beta and 6 N D: the least compute that reaches the same loss is \
         less by this",
        "in this form it depends on the exponents alone",
    ],
    errata: &[
        "the dollars of the paper assume the sparse peak of the accelerator; at the dense peak they are \
         twice as many",
    ],
    ..BLANK
};
