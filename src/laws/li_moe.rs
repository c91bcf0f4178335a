//! How many of a mixture's parameters should be active.

use super::{BLANK, BLANK_FIT, Kind, Law, PublishedFit, Worked, gives, gives_as, within};
use crate::provenance::Source;
use crate::units::{N_NON_VOCABULARY, Unit, Variable};

/// "Can Mixture-of-Experts Surpass Dense LLMs Under Strictly Equal Resources?"
const LI_2025: Source = Source {
    authors: "Li, Lo, Wang et al.",
    year: 2025,
    title: "Can Mixture-of-Experts Surpass Dense LLMs Under Strictly Equal Resources?",
    arxiv: "2506.12119",
    locator: "",
};

const WIDTH: Variable = Variable::own("d", Unit::One, "width of the model");
const LAYERS: Variable = Variable::own("n_layer", Unit::One, "layers of the model");
const SEQUENCE: Variable = Variable::own("S", Unit::Tokens, "tokens of a sequence");

/// The share of parameters that should be active.
pub const LI_ACTIVATION: Law = Law {
    id: "li-activation",
    kind: Kind::Rule,
    name: "Best share of active parameters",
    answers: "how many parameters of a mixture should be active for it to beat a dense model of equal \
              resources",
    formula: "N_active = r_a * N",
    outputs: &[gives_as(
        "N_active",
        Variable::own("N_a", Unit::Parameters, "parameters active for a token, without the vocabulary's"),
    )],
    inputs: &[N_NON_VOCABULARY],
    parameters: &[within("r_a", Unit::One, 0.0, 1.0)],
    fits: &[PublishedFit {
        id: "li2025",
        name: "Li 2025",
        source: LI_2025.at("the optimal activation rate"),
        values: &[0.2],
        objective: "a rule drawn from more than 250 models, not a fit",
        data: "models of 2 B, 3 B and 7 B parameters",
        caveats: &[
            "about 20 %, whatever the size; below 10 % or above 50 % a mixture does badly",
            "the useful band: the paper's models of 2 B beat dense ones in about 15 to 48 %, its project \
             page says \
             about 10 to 30 %",
            "at 20 % a mixture of 2 B takes 4.6 times the tokens of the dense model of equal compute",
        ],
        worked: &[Worked {
            at: &[("N", 7e9)],
            output: "N_active",
            value: 1.4e9,
            within: 1e-12,
            from: "20 % of 7 B",
        }],
        ..BLANK_FIT
    }],
    source: LI_2025.at("the optimal activation rate"),
    caveats: &[
        "Abnar et al. (2025) find that larger models should be sparser: the two disagree",
        "repeating data up to twice keeps the gain",
        "the paper's shapes: feed-forward layers of 2.77 d, about 88 of width for each layer, experts of \
         22 d in \
         all, one dense layer first, a shared expert as large as the routed ones that are active",
    ],
    seeds: &[36],
    ..BLANK
};

/// The parameters and FLOPs of a dense model by its shape.
pub const LI_DENSE: Law = Law {
    id: "li-dense",
    kind: Kind::Cost,
    name: "A dense model by its shape",
    answers: "the parameters and forward FLOPs for each token of a dense model with gated feed-forward \
              layers",
    formula: "N_all = (4 + 3 * d_ffn / d) * d^2 * n_layer\n\
              M = 2 * N_all + 4 * d * S * n_layer",
    outputs: &[
        gives_as("N_all", N_NON_VOCABULARY),
        gives(Variable::own("M", Unit::FlopsPerToken, "forward FLOPs for each token")),
    ],
    inputs: &[WIDTH, LAYERS, Variable::own("d_ffn", Unit::One, "width of the feed-forward layers"), SEQUENCE],
    source: LI_2025.at("the cost of a dense model"),
    seeds: &[36],
    ..BLANK
};

/// The parameters and FLOPs of a mixture by its shape.
pub const LI_MIXTURE: Law = Law {
    id: "li-mixture",
    kind: Kind::Cost,
    name: "A mixture by its shape",
    answers: "all parameters, the active ones and the forward FLOPs for each token of a mixture",
    formula: "N_all = (4 + 3 * (D_se + E * D_e) / d) * d^2 * n_layer\n\
              N_active = (4 + 3 * (D_se + K * D_e) / d) * d^2 * n_layer\n\
              M = 2 * N_active + 4 * d * S * n_layer\n\
              r_a = N_active / N_all",
    outputs: &[
        gives_as("N_all", N_NON_VOCABULARY),
        gives_as(
            "N_active",
            Variable::own("N_a", Unit::Parameters, "parameters active for a token, without the vocabulary's"),
        ),
        gives(Variable::own("M", Unit::FlopsPerToken, "forward FLOPs for each token")),
        gives(Variable::own("r_a", Unit::One, "share of the parameters that is active")),
    ],
    inputs: &[
        WIDTH,
        LAYERS,
        Variable::own("D_se", Unit::One, "width of the shared expert"),
        Variable::own("D_e", Unit::One, "width of a routed expert"),
        Variable::own("E", Unit::One, "routed experts in each layer"),
        Variable::own("K", Unit::One, "routed experts active for a token"),
        SEQUENCE,
    ],
    source: LI_2025.at("the cost of a mixture"),
    seeds: &[36],
    ..BLANK
};

/// The compute of a mixture over that of a dense model of as many parameters.
pub const LI_COMPUTE_RATIO: Law = Law {
    id: "li-compute-ratio",
    kind: Kind::Cost,
    name: "Compute of a mixture over that of a dense model",
    answers: "how much less a mixture computes for a token than a dense model of equal size, and how many \
              more \
              tokens it sees for equal compute",
    formula: "r_a = (4 + 3 * beta) / (4 + 3 * mu)\n\
              R_c = r_a * (4 + 3 * alpha) * (4 + 3 * beta + 2 * gamma_m) \
              / ((4 + 3 * beta) * (4 + 3 * alpha + 2 * gamma_d))\n\
              tokens = 1 / R_c",
    outputs: &[
        gives(Variable::own("R_c", Unit::One, "forward FLOPs of the mixture over those of the dense model")),
        gives(Variable::own("tokens", Unit::One, "tokens of the mixture over those of the dense model")),
        gives(Variable::own("r_a", Unit::One, "share of the mixture's parameters that is active")),
    ],
    inputs: &[
        Variable::own("alpha", Unit::One, "width of the dense feed-forward layer over that of the model"),
        Variable::own("mu", Unit::One, "widths of all experts together over that of the mixture"),
        Variable::own("beta", Unit::One, "widths of the active experts together over that of the mixture"),
        Variable::own("gamma_d", Unit::One, "tokens of a sequence over the width of the dense model"),
        Variable::own("gamma_m", Unit::One, "tokens of a sequence over the width of the mixture"),
    ],
    source: LI_2025.at("the compute ratio, from its identities"),
    errata: &["the text gives the mixture R_c times more tokens; it is 1 / R_c times"],
    seeds: &[36],
    ..BLANK
};
