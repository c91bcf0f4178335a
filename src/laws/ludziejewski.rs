//! Mixtures of experts under a limit on memory.

use super::{
    BLANK, BLANK_FIT, ClosedForm, Derived, FittedRange, Kind, Law, PublishedFit, Worked, gives, gives_as,
    positive, within,
};
use crate::provenance::Source;
use crate::units::{D_SEEN, LOSS_NATS, N_ACTIVE, N_ACTIVE_NON_EMBEDDING, N_TOTAL, Unit, Variable};

/// "Joint `MoE` Scaling Laws".
const LUDZIEJEWSKI_2025: Source = Source {
    authors: "Ludziejewski et al.",
    year: 2025,
    title: "Joint MoE Scaling Laws: Mixture of Experts Can Be Memory Efficient",
    arxiv: "2502.05172",
    locator: "",
};

const EXPERTS: Variable = Variable::own("E", Unit::One, "experts in each layer, one active; 1 if dense");
const WIDTH: Variable = Variable::own("d", Unit::One, "width of the model");
const BLOCKS: Variable = Variable::own("n_blocks", Unit::One, "layers of the model");

const OBJECTIVE: &str = "Huber terms, delta 1e-2, of the log of the loss";
const DATA: &str = "FineWeb-Edu, GPT-2 tokenizer, 0.5 to 80 B tokens";

/// The loss of a mixture of E experts by its active parameters and tokens.
pub const LUDZIEJEWSKI: Law = Law {
    id: "ludziejewski",
    kind: Kind::Loss,
    name: "Joint law of mixtures of experts",
    answers: "the loss of a mixture of E experts with N active parameters",
    formula: "E_hat = 1 / (1 / (E - 1 + 1 / (1 / E_start - 1 / E_max)) + 1 / E_max)\n\
              L = a * E_hat^delta * N^(alpha + gamma * ln(E_hat)) \
              + b * E_hat^omega * D^(beta + zeta * ln(E_hat)) + c\n\
              where E >= 1",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[N_ACTIVE, D_SEEN, EXPERTS],
    // Any number of experts counts for less than E_max.
    boxes: &[("E", 1.0, 290.0)],
    parameters: &[
        within("E_start", Unit::One, 0.5, 10.0),
        within("E_max", Unit::One, 20.0, 1e5),
        positive("a", Unit::NatsPerToken),
        within("delta", Unit::One, -2.0, 2.0),
        within("alpha", Unit::One, -2.0, -0.02),
        within("gamma", Unit::One, -1.0, 1.0),
        positive("b", Unit::NatsPerToken),
        within("omega", Unit::One, -2.0, 2.0),
        within("beta", Unit::One, -2.0, -0.02),
        within("zeta", Unit::One, -1.0, 1.0),
        positive("c", Unit::NatsPerToken),
    ],
    fits: &[PublishedFit {
        id: "table-3",
        name: "Ludziejewski 2025",
        source: LUDZIEJEWSKI_2025.at("Table 3"),
        values: &[2.0732, 290.4521, 35.91, -0.2285, -0.1889, 0.0098, 35.98, 0.5529, -0.1775, -0.0259, 1.3637],
        objective: OBJECTIVE,
        fitted_on: &[FittedRange::new(D_SEEN, 0.5e9, 80e9), FittedRange::new(EXPERTS, 1.0, 32.0)],
        data: DATA,
        caveats: &[
            "the runs: up to 2.7 B active and 5 B total parameters, at most about 400 tokens per parameter",
            "the best tokens that it gives are within 1.2 % of the paper's Table 1",
        ],
        worked: &[Worked {
            at: &[("N", 1e9), ("D", 20e9), ("E", 8.0)],
            output: "L",
            value: 2.5087772821,
            within: 1e-10,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: LUDZIEJEWSKI_2025.at("the joint law, and Table 3"),
    caveats: &[
        "the exponents alpha and beta carry their minus sign, as printed",
        "E_hat is E_start, not 1, for a dense model",
        "N counts embedding and output head, and one expert of each layer",
        "to plan for serving, minimise the loss under the cost 6*N*D + 2*N*D_inf, as the paper does",
        "at equal parameters in memory, mixtures of up to 8 experts beat the best dense model when trained \
         on \
         E times the tokens",
    ],
    ..BLANK
};

/// The coefficients of the law at a number of experts.
pub const LUDZIEJEWSKI_COEFFICIENTS: Law = Law {
    id: "ludziejewski-coefficients",
    kind: Kind::Rule,
    name: "Joint law of mixtures, at a number of experts",
    answers: "the coefficients and exponents of a Chinchilla law for mixtures of E experts",
    formula: "E_hat = 1 / (1 / (E - 1 + 1 / (1 / E_start - 1 / E_max)) + 1 / E_max)\n\
              m = a * E_hat^delta\n\
              mu = alpha + gamma * ln(E_hat)\n\
              n = b * E_hat^omega\n\
              nu = beta + zeta * ln(E_hat)\n\
              where E >= 1",
    outputs: &[
        gives(Variable::own("m", Unit::One, "the coefficient of the term in parameters")),
        gives(Variable::own("mu", Unit::One, "the exponent of parameters, below zero")),
        gives(Variable::own("n", Unit::One, "the coefficient of the term in tokens")),
        gives(Variable::own("nu", Unit::One, "the exponent of tokens, below zero")),
    ],
    inputs: &[EXPERTS],
    parameters: &[
        within("E_start", Unit::One, 0.5, 10.0),
        within("E_max", Unit::One, 20.0, 1e5),
        positive("a", Unit::NatsPerToken),
        within("delta", Unit::One, -2.0, 2.0),
        within("alpha", Unit::One, -2.0, -0.02),
        within("gamma", Unit::One, -1.0, 1.0),
        positive("b", Unit::NatsPerToken),
        within("omega", Unit::One, -2.0, 2.0),
        within("beta", Unit::One, -2.0, -0.02),
        within("zeta", Unit::One, -1.0, 1.0),
    ],
    fits: &[PublishedFit {
        id: "table-3",
        name: "Ludziejewski 2025",
        source: LUDZIEJEWSKI_2025.at("Table 3"),
        values: &[2.0732, 290.4521, 35.91, -0.2285, -0.1889, 0.0098, 35.98, 0.5529, -0.1775, -0.0259],
        objective: OBJECTIVE,
        fitted_on: &[FittedRange::new(EXPERTS, 1.0, 32.0)],
        data: DATA,
        worked: &[Worked {
            at: &[("E", 8.0)],
            output: "nu",
            value: -0.2338,
            within: 2e-4 / 0.2338,
            from: "Ludziejewski et al. (2025), Table 4",
        }],
        ..BLANK_FIT
    }],
    source: LUDZIEJEWSKI_2025.at("Table 4"),
    caveats: &["from the rounded constants of Table 3 the coefficients of Table 4 come within 0.3 %"],
    ..BLANK
};

/// The law reduced to Chinchilla's form for one number of experts each.
pub const LUDZIEJEWSKI_REDUCED: Law = Law {
    id: "ludziejewski-reduced",
    kind: Kind::Loss,
    name: "Joint law of mixtures, reduced to one number of experts",
    answers: "the loss of a mixture by its active parameters and tokens, for 1, 2, 4, 8, 16 or 32 experts",
    formula: "m * N^mu + n * D^nu + c",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[N_ACTIVE, D_SEEN],
    parameters: &[
        positive("m", Unit::NatsPerToken),
        within("mu", Unit::One, -2.0, -0.02),
        positive("n", Unit::NatsPerToken),
        within("nu", Unit::One, -2.0, -0.02),
        positive("c", Unit::NatsPerToken),
    ],
    derived: &[
        Derived { name: "a", formula: "nu / (mu + nu)", meaning: "the exponent of the best size" },
        Derived {
            name: "G",
            formula: "(mu * m / (nu * n))^(-1 / (mu + nu))",
            meaning: "the best size over (C / 6)^a",
        },
    ],
    closed_forms: &[
        ClosedForm { of: "N", formula: "(mu * m / (nu * n))^(-1 / (mu + nu)) * (C / 6)^(nu / (mu + nu))" },
        ClosedForm { of: "D", formula: "(mu * m / (nu * n))^(1 / (mu + nu)) * (C / 6)^(mu / (mu + nu))" },
    ],
    fits: &[
        PublishedFit {
            id: "experts-1",
            name: "Dense",
            values: &[30.3640, -0.1817, 53.9838, -0.1965, 1.3637],
            worked: &[Worked { value: 2.5775033756, ..AT_1B }],
            ..TABLE_4
        },
        PublishedFit {
            id: "experts-2",
            name: "2 experts",
            values: &[27.7982, -0.1780, 66.8401, -0.2065, 1.3637],
            worked: &[Worked { value: 2.55749122933, ..AT_1B }],
            ..TABLE_4
        },
        PublishedFit {
            id: "experts-4",
            name: "4 experts",
            values: &[24.8462, -0.1731, 87.7022, -0.2192, 1.3637],
            worked: &[Worked { value: 2.53553809067, ..AT_1B }],
            ..TABLE_4
        },
        PublishedFit {
            id: "experts-8",
            name: "8 experts",
            values: &[21.8330, -0.1676, 119.9126, -0.2338, 1.3637],
            worked: &[Worked { value: 2.50915119541, ..AT_1B }],
            ..TABLE_4
        },
        PublishedFit {
            id: "experts-16",
            name: "16 experts",
            values: &[19.0159, -0.1617, 167.5073, -0.2494, 1.3637],
            worked: &[Worked { value: 2.48203673687, ..AT_1B }],
            ..TABLE_4
        },
        PublishedFit {
            id: "experts-32",
            name: "32 experts",
            values: &[16.5424, -0.1557, 234.6726, -0.2652, 1.3637],
            worked: &[Worked { value: 2.45543665456, ..AT_1B }],
            ..TABLE_4
        },
    ],
    source: LUDZIEJEWSKI_2025.at("Table 4 and Eq. 7"),
    caveats: &["the exponents mu and nu carry their minus sign, as printed"],
    errata: &["in Eq. 7 the outer exponent of G changes sign with the printed exponents: take absolute \
               values"],
    ..BLANK
};

/// What the reduced fits share.
const TABLE_4: PublishedFit = PublishedFit {
    source: LUDZIEJEWSKI_2025.at("Table 4"),
    objective: "reduced from the joint fit of Table 3, not fitted apart",
    fitted_on: &[FittedRange::new(D_SEEN, 0.5e9, 80e9)],
    data: DATA,
    ..BLANK_FIT
};

/// Where they are tried.
const AT_1B: Worked = Worked {
    at: &[("N", 1e9), ("D", 20e9)],
    output: "L",
    value: 0.0,
    within: 1e-11,
    from: "the formula in double precision",
};

/// The peak learning rate of a mixture.
pub const LUDZIEJEWSKI_LEARNING_RATE: Law = Law {
    id: "ludziejewski-learning-rate",
    kind: Kind::HyperParameter,
    name: "Learning rate of a mixture of experts",
    answers: "the peak learning rate of a mixture of E experts",
    formula: "exp(k - p * ln(N) - q * ln(E))",
    outputs: &[gives(Variable::own("lr", Unit::One, "peak learning rate"))],
    inputs: &[N_ACTIVE_NON_EMBEDDING, EXPERTS],
    parameters: &[
        within("k", Unit::One, -50.0, 50.0),
        within("p", Unit::One, -2.0, 2.0),
        within("q", Unit::One, -2.0, 2.0),
    ],
    fits: &[PublishedFit {
        id: "eq-8",
        name: "Ludziejewski 2025",
        source: LUDZIEJEWSKI_2025.at("Eq. 8"),
        values: &[8.39, 0.81, 0.25],
        objective: "not said",
        data: DATA,
        caveats: &["the batch grows from 64 K to 128 K tokens at 0.5 B tokens and to 256 K at 1 B"],
        worked: &[Worked {
            at: &[("N", 1e9), ("E", 8.0)],
            output: "lr",
            value: 0.000134263574869,
            within: 1e-11,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: LUDZIEJEWSKI_2025.at("Eq. 8"),
    caveats: &["N counts active parameters without embeddings, unlike the loss of the same paper"],
    ..BLANK
};

/// The parameters of a mixture by its shape.
pub const LUDZIEJEWSKI_PARAMETERS: Law = Law {
    id: "ludziejewski-parameters",
    kind: Kind::Cost,
    name: "Parameters of a mixture of experts by its shape",
    answers: "all parameters and the active ones of a mixture of E experts, by width, layers and vocabulary",
    formula: "N_all = 2 * d * V + (4 + 9 * E) * n_blocks * d^2\n\
              N_used = 2 * d * V + 13 * n_blocks * d^2",
    outputs: &[gives_as("N_all", N_TOTAL), gives_as("N_used", N_ACTIVE.named("N_a"))],
    inputs: &[WIDTH, BLOCKS, EXPERTS, Variable::own("V", Unit::One, "entries of the vocabulary")],
    source: LUDZIEJEWSKI_2025.at("appendix A"),
    caveats: &["experts with a gated layer of 3 d, one active; the paper's models have 50 257 entries of \
         vocabulary and \
         as many heads as layers, d / 64 of each"],
    ..BLANK
};

/// What a mixture holds in memory while it serves.
pub const LUDZIEJEWSKI_MEMORY: Law = Law {
    id: "ludziejewski-memory",
    kind: Kind::Cost,
    name: "Memory of a mixture that serves",
    answers: "the bytes of all weights and of the cache of one sequence",
    formula: "bytes * (N + 2 * T * n_blocks * d)",
    outputs: &[gives(Variable::own("memory", Unit::Bytes, "bytes of weights and cache"))],
    inputs: &[
        N_TOTAL,
        Variable::own("T", Unit::Tokens, "tokens in the cache"),
        BLOCKS,
        WIDTH,
        Variable::own("bytes", Unit::One, "bytes of each value; 2 for bf16"),
    ],
    source: LUDZIEJEWSKI_2025.at("the limit on memory"),
    caveats: &[
        "keys and values of every head are kept; where the paper says 24GB it means 24e9 bytes",
        "the best numbers of experts by the paper's Table 2, at 1e21, 1e22, 1e23 and 1e24 FLOPs, with a \
         cache of 16 K tokens in bf16: 16, 4, 1 and 1 in 24 GB; 32 or more, 16, 8 and 1 in 80 GB; 32 or \
         more three times, then 16, in 640 GB. The printed constants give the same in nine of the twelve, \
             and lose at most 0.007 by the other three",
    ],
    ..BLANK
};
