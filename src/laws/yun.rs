//! Mixtures of experts chosen with their serving in mind.

use super::{BLANK, Kind, Law, exponent, gives, gives_as, positive, within};
use crate::provenance::Source;
use crate::units::{D_SEEN, LOSS_NATS, Unit, Variable};

/// "Toward Inference-optimal Mixture-of-Expert Large Language Models".
const YUN_2024: Source = Source {
    authors: "Yun, Zhuang, Fu, Xing and Zhang",
    year: 2024,
    title: "Toward Inference-optimal Mixture-of-Expert Large Language Models",
    arxiv: "2404.02852",
    locator: "",
};

const N_TWIN: Variable = Variable::own(
    "N",
    Unit::Parameters,
    "parameters of the dense model that the mixture is made from, without embeddings",
);

const EXPERTS: Variable = Variable::own("E", Unit::One, "experts in each mixture layer, 1 or more");

/// The loss of a mixture of experts, with the gain from experts saturating and fading with size.
pub const YUN: Law = Law {
    id: "yun",
    kind: Kind::Loss,
    name: "Inference-optimal mixture of experts",
    answers: "the loss of a mixture of E experts made from a dense model of N parameters",
    formula: "E_hat = 1 / (1 / (E - 1 + 1 / (1 / E_start - 1 / E_max)) + 1 / E_max)\n\
              L = (A / N^alpha + B / E_hat^beta + C_D / D^gamma + F) * exp(d * ln(N) * ln(E_hat))\n\
              where E >= 1",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[N_TWIN, D_SEEN, EXPERTS],
    parameters: &[
        within("E_start", Unit::One, 0.5, 10.0),
        within("E_max", Unit::One, 20.0, 1e5),
        positive("A", Unit::NatsPerToken),
        exponent("alpha"),
        positive("B", Unit::NatsPerToken),
        exponent("beta"),
        positive("C_D", Unit::NatsPerToken),
        exponent("gamma"),
        positive("F", Unit::NatsPerToken),
        within("d", Unit::One, -0.1, 0.1),
    ],
    source: YUN_2024.at("Eq. 4"),
    caveats: &[
        "the paper prints no fitted constants, only a root mean squared error of 3.908e-3 in the log of \
         the loss: \
         fit it to your own runs",
        "the paper writes C for C_D; its list of free parameters leaves out E_start and E_max, which must \
         be free",
        "its runs: 100 to 730 M parameters of the dense model, 1 to 32 experts, 2.5 to 20 B tokens of \
         SlimPajama, \
         experts in every other layer, two of them active",
        "as the paper reports, 4 or 8 experts serve best but cost 2.4 to 4.3 times as much to train (the \
         abstract: \
         2.5 to 3.5); over-trained to 16 % of the best size at 16 experts, 30 % at 32, they suit a \
         training budget",
    ],
    seeds: &[22],
    ..BLANK
};

/// How many parameters a mixture has and uses.
pub const YUN_PARAMETERS: Law = Law {
    id: "yun-parameters",
    kind: Kind::Cost,
    name: "Parameters of a mixture made from a dense model",
    answers: "all parameters and the active ones, when some layers of a dense model become E experts",
    formula: "N_all = (1 + (E - 1) * share) * N\n\
              N_used = (K * share + 1 - share) * N",
    outputs: &[
        gives_as("N_all", Variable::own("N", Unit::Parameters, "all parameters, without embeddings")),
        gives_as(
            "N_used",
            Variable::own("N_a", Unit::Parameters, "parameters active for a token, without embeddings"),
        ),
    ],
    inputs: &[
        N_TWIN,
        EXPERTS,
        Variable::own("K", Unit::One, "experts active for a token"),
        Variable::own("share", Unit::One, "share of the dense model's parameters that become experts"),
    ],
    source: YUN_2024.at("the number of parameters of a mixture"),
    caveats: &["in the paper every other feed-forward layer becomes a mixture, so the share is 1/3: the \
         feed-forward \
         layers are two thirds of a dense layer"],
    errata: &[
        "appendix C writes the share of the feed-forward layers as 8.01/(8.01 + 6.34), about 2/3; that \
         quotient \
         is 0.558, and 8.01/(8.01 + 4) = 0.667 is meant",
    ],
    seeds: &[22],
    ..BLANK
};

/// What a generated token costs on hardware whose speed was measured.
pub const YUN_SERVING: Law = Law {
    id: "yun-serving",
    kind: Kind::Cost,
    name: "Dollars per served token, from memory and latency",
    answers: "the batch that fits beside the weights, and the price of a token at a measured latency",
    formula: "batch = (G * M_0 - N_m) / ((2 * p + n) * h * l)\n\
              price = G * price_0 * latency / batch\n\
              where G * M_0 > N_m",
    outputs: &[
        gives(Variable::own("price", Unit::Dollars, "dollars per token")),
        gives(Variable::own("batch", Unit::Sequences, "sequences served at once")),
    ],
    inputs: &[
        Variable::own("G", Unit::One, "devices"),
        Variable::own("M_0", Unit::One, "memory of a device, in values, not bytes, as it seems"),
        Variable::own("N_m", Unit::Parameters, "parameters held in memory, as it seems"),
        Variable::own("p", Unit::Tokens, "tokens of a prompt, as it seems"),
        Variable::own("n", Unit::Tokens, "tokens generated, as it seems"),
        Variable::own("h", Unit::One, "width of the model"),
        Variable::own("l", Unit::One, "layers of the model"),
        Variable::own("price_0", Unit::Dollars, "dollars for a device and second"),
        Variable::own("latency", Unit::Seconds, "seconds for a token of every sequence of the batch"),
    ],
    source: YUN_2024.at("the cost of inference"),
    caveats: &[
        "the paper does not say what M_0, N_m, p and n are where this was read; the words here are a reading",
        "the latency is measured, prefill at batch/n and decoding at batch, not computed",
        "the cache is counted in values: multiply by the bytes of each",
    ],
    seeds: &[22],
    ..BLANK
};
