//! Sparse mixtures of experts: how much of a model should be idle.

use super::{
    BLANK, BLANK_FIT, FittedRange, Kind, Law, PublishedFit, Worked, exponent, gives, gives_as, positive,
    within,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{C_ACTIVE, D_SEEN, LOSS_NATS, N_TOTAL, Unit, Variable};

/// "Parameters vs FLOPs".
const ABNAR_2025: Source = Source {
    authors: "Abnar et al.",
    year: 2025,
    title: "Parameters vs FLOPs: Scaling Laws for Optimal Sparsity for Mixture-of-Experts Language Models",
    arxiv: "2501.12370",
    locator: "",
};

/// How the constants were read.
const NOTES: ReadIn = ReadIn::SecondHand(
    "notes that quote Eq. 6 and Table 3, and the same digits in a third party's autotuning script",
);

const SPARSITY: Variable =
    Variable::own("S", Unit::One, "share of the experts that are idle for a token, (E - K) / E");

/// The loss of a mixture of experts by all its parameters and the share of idle experts.
pub const ABNAR: Law = Law {
    id: "abnar",
    kind: Kind::Loss,
    name: "Parameters against FLOPs in mixtures of experts",
    answers: "the loss of a mixture of N parameters of whose experts a share S is idle",
    formula: "L = a / N^alpha + b / D^beta + c / (1 - S)^lambda + d / ((1 - S)^delta * N^gamma) + e\n\
              where S >= 0, S < 1",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[N_TOTAL, D_SEEN, SPARSITY],
    boxes: &[("S", 0.0, 0.98)],
    parameters: &[
        positive("a", Unit::NatsPerToken),
        exponent("alpha"),
        positive("b", Unit::NatsPerToken),
        exponent("beta"),
        positive("c", Unit::NatsPerToken),
        within("lambda", Unit::One, -2.0, 2.0),
        positive("d", Unit::NatsPerToken),
        exponent("delta"),
        exponent("gamma"),
        positive("e", Unit::NatsPerToken),
    ],
    cost: "6 * (1 - S) * N * D",
    fits: &[PublishedFit {
        id: "abnar2025",
        name: "Abnar 2025",
        source: ABNAR_2025.at("Table 3"),
        read_in: NOTES,
        values: &[16612.50, 0.5962, 5455.67, 0.3954, 0.4598, -0.1666, 17.26, 0.1603, 0.1595, 0.94],
        objective: "Huber terms, delta 1e-3, by L-BFGS from a grid of starts",
        fitted_on: &[FittedRange::new(SPARSITY, 0.0, 0.95), FittedRange::new(C_ACTIVE, 3e19, 1e21)],
        data: "RedPajama, context of 2048",
        caveats: &[
            "beyond S = 0.95 it extrapolates badly: on the held-out S = 0.98 its R² falls from 99 to 68 %, \
             its \
             mean squared error grows from 5.6e-4 to 5.8e-3",
            "do not extrapolate beyond S = 0.98 and 1e21 FLOPs",
        ],
        worked: &[Worked {
            at: &[("N", 1e9), ("D", 20e9), ("S", 0.5)],
            output: "L",
            value: 2.58994879348,
            within: 1e-11,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: ABNAR_2025.at("Eq. 6"),
    read_in: NOTES,
    caveats: &[
        "lambda is negative: the term of c falls as more experts are idle, that of d rises",
        "N counts all experts; the cost takes (1 - S) N as active, as if all parameters were in experts",
        "at a fixed budget the best N rises and its active part falls with S",
        "tasks that read a text, such as SQuAD, are worse at equal loss when S is high",
        "Li et al. (2025) find the best share of active parameters to be about 20 % at any size: they \
         disagree",
    ],
    seeds: &[66],
    ..BLANK
};

/// The share of idle experts that is best at a fixed size and fixed tokens.
pub const ABNAR_SPARSITY: Law = Law {
    id: "abnar-sparsity",
    kind: Kind::Rule,
    name: "Best sparsity of a mixture of a size",
    answers: "the share of idle experts of lowest loss at a fixed size and fixed tokens",
    formula: "S_opt = 1 - min(1, (delta * d * N^-gamma / (-lambda * c))^(1 / (delta - lambda)))",
    outputs: &[gives_as("S_opt", SPARSITY)],
    inputs: &[N_TOTAL],
    parameters: &[
        exponent("delta"),
        within("d", Unit::NatsPerToken, 1e-3, 1e4),
        exponent("gamma"),
        within("lambda", Unit::One, -2.0, -1e-6),
        within("c", Unit::NatsPerToken, 1e-3, 1e4),
    ],
    fits: &[PublishedFit {
        id: "abnar2025",
        name: "Abnar 2025",
        source: ABNAR_2025.at("Table 3"),
        read_in: NOTES,
        values: &[0.1603, 17.26, 0.1595, -0.1666, 0.4598],
        objective: "Huber terms, delta 1e-3, by L-BFGS from a grid of starts",
        data: "RedPajama, context of 2048",
        worked: &[Worked {
            at: &[("N", 1e11)],
            output: "S_opt",
            value: 0.749922928484,
            within: 1e-11,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: ABNAR_2025.at("Eq. 6, its minimum in S"),
    read_in: NOTES,
    caveats: &[
        "it weighs loss alone: at fixed N and D a sparser model also costs less to train",
        "below about 5 B parameters it says that a dense model is best",
    ],
    seeds: &[66],
    ..BLANK
};
