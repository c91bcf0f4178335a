//! What transformers cost: parameters, FLOPs, cache, time and money, by shape.

use super::{BLANK, Kind, Law, gives, gives_as};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, N_ACTIVE, N_NON_EMBEDDING, N_TOTAL, Unit, Variable};

/// "`PaLM`", whose appendix B counts the FLOPs of attention.
const CHOWDHERY_2022: Source = Source {
    authors: "Chowdhery et al.",
    year: 2022,
    title: "PaLM: Scaling Language Modeling with Pathways",
    arxiv: "2204.02311",
    locator: "",
};

/// The book on scaling models over accelerators.
const SCALING_BOOK: Source =
    Source { authors: "Austin et al.", year: 2025, title: "How to Scale Your Model", arxiv: "", locator: "" };

const BOOK: ReadIn = ReadIn::AuthorsCode("jax-ml/scaling-book");

const LAYERS: Variable = Variable::own("n_layer", Unit::One, "layers of the model");
const WIDTH: Variable = Variable::own("d", Unit::One, "width of the model");
const HEADS: Variable = Variable::own("n_h", Unit::One, "query heads in each layer");
const KV_HEADS: Variable = Variable::own("n_kv", Unit::One, "heads of keys and values in each layer");
const HEAD_WIDTH: Variable = Variable::own("d_h", Unit::One, "width of a head");
const CONTEXT: Variable = Variable::own("T", Unit::Tokens, "tokens of a sequence");
const BYTES: Variable = Variable::own("bytes", Unit::One, "bytes of a value; 2 for bf16");
const BATCH: Variable = Variable::own("batch", Unit::Sequences, "sequences at once");
const PEAK: Variable = Variable::own("peak", Unit::FlopsPerSecond, "peak FLOPs of a device in a second");
const DEVICE_HOURS: Variable = Variable::own("hours", Unit::DeviceHours, "hours of all devices together");
const MFU: Variable = Variable::own("mfu", Unit::One, "share of the peak that is reached");

/// What training costs for each token, attention included.
pub const PALM_FLOPS: Law = Law {
    id: "palm-flops",
    kind: Kind::Cost,
    name: "Training FLOPs of a token, attention included",
    answers: "the FLOPs of training for each token, with attention over the whole sequence or the past alone",
    formula: "full = 6 * N + 12 * n_layer * n_h * d_h * T\n\
              causal = 6 * N + 6 * n_layer * n_h * d_h * T",
    outputs: &[
        gives(Variable::own("full", Unit::FlopsPerToken, "FLOPs with attention counted in full")),
        gives(Variable::own("causal", Unit::FlopsPerToken, "FLOPs with attention counted to the past alone")),
    ],
    inputs: &[N_NON_EMBEDDING, LAYERS, HEADS, HEAD_WIDTH, CONTEXT],
    source: CHOWDHERY_2022.at("appendix B"),
    read_in: ReadIn::SecondHand("model.py of karpathy/nanoGPT"),
    caveats: &["the paper counts attention in full, as does every MFU that follows it; recomputation is \
                left out"],
    ..BLANK
};

/// The share of the peak that training reaches.
pub const PALM_MFU: Law = Law {
    id: "palm-mfu",
    kind: Kind::Cost,
    name: "Model FLOPs utilisation",
    answers: "the share of the peak that a training run reaches, by its tokens in a second",
    formula: "speed * (6 * N + 12 * n_layer * n_h * d_h * T) / (chips * peak)",
    outputs: &[gives(MFU)],
    inputs: &[
        Variable::own("speed", Unit::One, "tokens trained in a second, by all devices together"),
        N_NON_EMBEDDING,
        LAYERS,
        HEADS,
        HEAD_WIDTH,
        CONTEXT,
        Variable::own("chips", Unit::One, "devices"),
        PEAK,
    ],
    source: CHOWDHERY_2022.at("appendix B"),
    read_in: ReadIn::SecondHand("model.py of karpathy/nanoGPT"),
    caveats: &["recomputed activations do not count"],
    ..BLANK
};

/// The parameters of a dense model with grouped queries and gated layers.
pub const GATED_PARAMETERS: Law = Law {
    id: "gated-parameters",
    kind: Kind::Cost,
    name: "Parameters of a dense model with grouped queries",
    answers: "the parameters of a dense model with gated feed-forward layers and grouped queries, by part",
    formula: "mlp = n_layer * 3 * d * d_ff\n\
              attention = n_layer * (2 * d * n_h * d_h + 2 * d * n_kv * d_h)\n\
              vocabulary = 2 * d * V\n\
              all = mlp + attention + vocabulary",
    outputs: &[
        gives_as("all", N_TOTAL),
        gives(Variable::own("mlp", Unit::Parameters, "parameters of the feed-forward layers")),
        gives(Variable::own("attention", Unit::Parameters, "parameters of the attention layers")),
        gives(Variable::own("vocabulary", Unit::Parameters, "parameters of embedding and head, not tied")),
    ],
    inputs: &[
        WIDTH,
        Variable::own("d_ff", Unit::One, "width of the feed-forward layers"),
        LAYERS,
        HEADS,
        KV_HEADS,
        HEAD_WIDTH,
        Variable::own("V", Unit::One, "entries of the vocabulary"),
    ],
    source: SCALING_BOOK.at("the parameters of a transformer"),
    read_in: BOOK,
    ..BLANK
};

/// What training such a model costs for each token.
pub const GATED_FLOPS: Law = Law {
    id: "gated-flops",
    kind: Kind::Cost,
    name: "Training FLOPs of a token, with grouped queries",
    answers: "the FLOPs of training a dense model with gated layers, for each token",
    formula: "weights = 6 * n_layer * (3 * d * d_ff + 2 * d * n_h * d_h + 2 * d * n_kv * d_h) + 6 * d * V\n\
              attention = 12 * T * n_h * d_h * n_layer\n\
              full = weights + attention\n\
              causal = weights + attention / 2",
    outputs: &[
        gives(Variable::own("full", Unit::FlopsPerToken, "FLOPs with attention counted in full")),
        gives(Variable::own("causal", Unit::FlopsPerToken, "FLOPs with attention counted to the past alone")),
        gives(Variable::own("weights", Unit::FlopsPerToken, "FLOPs of the weights alone")),
        gives(Variable::own("attention", Unit::FlopsPerToken, "FLOPs of attention, counted in full")),
    ],
    inputs: &[
        WIDTH,
        Variable::own("d_ff", Unit::One, "width of the feed-forward layers"),
        LAYERS,
        HEADS,
        KV_HEADS,
        HEAD_WIDTH,
        Variable::own("V", Unit::One, "entries of the vocabulary"),
        CONTEXT,
    ],
    source: SCALING_BOOK.at("the FLOPs of a transformer"),
    read_in: BOOK,
    caveats: &["attention matters more than the weights only when the sequence is longer than 8 d"],
    ..BLANK
};

/// Active parameters and FLOPs of a mixture.
pub const MIXTURE_FLOPS: Law = Law {
    id: "mixture-flops",
    kind: Kind::Cost,
    name: "FLOPs of a mixture of experts",
    answers: "the active parameters of a mixture, and its FLOPs in training and for a generated token",
    formula: "N_active = N_rest + K * N_expert + N_shared\n\
              train = 6 * N_active * D\n\
              infer = 2 * N_active\n\
              router = 2 * d * E * n_moe",
    outputs: &[
        gives_as("N_active", N_ACTIVE.named("N_a")),
        gives(Variable::own("train", Unit::Flops, "FLOPs of training, routing left out")),
        gives(Variable::own("infer", Unit::FlopsPerToken, "FLOPs of a generated token, routing left out")),
        gives(Variable::own("router", Unit::FlopsPerToken, "forward FLOPs of routing, for each token")),
    ],
    inputs: &[
        Variable::own("N_rest", Unit::Parameters, "parameters outside the experts"),
        Variable::own("N_expert", Unit::Parameters, "parameters of one expert, over all layers"),
        Variable::own("N_shared", Unit::Parameters, "parameters of the shared experts, over all layers"),
        Variable::own("K", Unit::One, "routed experts active for a token"),
        Variable::own("E", Unit::One, "routed experts in each layer"),
        WIDTH,
        Variable::own("n_moe", Unit::One, "layers with experts"),
        D_SEEN,
    ],
    source: SCALING_BOOK.at("6 N D with the active parameters"),
    read_in: ReadIn::Memory,
    ..BLANK
};

/// The bytes of keys and values.
pub const KV_CACHE: Law = Law {
    id: "kv-cache",
    kind: Kind::Cost,
    name: "Cache of keys and values",
    answers: "the bytes of the cache of keys and values, for each token and for a batch of sequences",
    formula: "for_each_token = 2 * n_layer * n_kv * d_h * bytes\n\
              cache = for_each_token * T * batch",
    outputs: &[
        gives(Variable::own("cache", Unit::Bytes, "bytes of the cache of all sequences")),
        gives(Variable::own("for_each_token", Unit::Bytes, "bytes for each token of a sequence")),
    ],
    inputs: &[LAYERS, KV_HEADS, HEAD_WIDTH, BYTES, CONTEXT, BATCH],
    source: SCALING_BOOK.at("the cache of keys and values"),
    read_in: BOOK,
    caveats: &["Llama-2-13B at 8192 tokens in bf16 takes 6.71e9 bytes: 6.7 GB, as the book has it, or 6.25 \
        GiB"],
    ..BLANK
};

/// The time of a step of generation.
pub const DECODE_TIME: Law = Law {
    id: "decode-time",
    kind: Kind::Cost,
    name: "Time of a step of generation",
    answers: "the least seconds for one more token of each sequence, bound by memory or by arithmetic",
    formula: "weights = N * bytes\n\
              read = batch * cache / bandwidth\n\
              seconds = read + max(2 * batch * N / peak, weights / bandwidth)\n\
              speed = batch / seconds\n\
              critical_batch = peak * bytes / (2 * bandwidth)",
    outputs: &[
        gives(Variable::own("seconds", Unit::Seconds, "the least seconds of a step")),
        gives(Variable::own("speed", Unit::One, "tokens in a second, all sequences together")),
        gives(Variable::own(
            "critical_batch",
            Unit::Sequences,
            "sequences from which arithmetic takes longer than reading the weights",
        )),
        gives(Variable::own("weights", Unit::Bytes, "bytes of the weights")),
    ],
    inputs: &[
        N_ACTIVE,
        BYTES,
        BATCH,
        Variable::own("cache", Unit::Bytes, "bytes of the cache of one sequence"),
        Variable::own("bandwidth", Unit::One, "bytes that the device reads in a second"),
        PEAK,
    ],
    source: SCALING_BOOK.at("the roofline of generation"),
    read_in: BOOK,
    caveats: &["a bound: real steps take longer; weights of a mixture are read as far as any sequence \
                needs them"],
    ..BLANK
};

/// The time to read a prompt.
pub const PREFILL_TIME: Law = Law {
    id: "prefill-time",
    kind: Kind::Cost,
    name: "Time to read a prompt",
    answers: "the seconds that a model takes to read a prompt, bound by arithmetic",
    formula: "2 * N * tokens / (mfu * peak)",
    outputs: &[gives(Variable::own("seconds", Unit::Seconds, "seconds to read the prompt"))],
    inputs: &[N_ACTIVE, Variable::own("tokens", Unit::Tokens, "tokens of the prompt"), MFU, PEAK],
    source: SCALING_BOOK.at("prefill is bound by arithmetic"),
    read_in: BOOK,
    caveats: &["attention is left out"],
    ..BLANK
};

/// Device time and money of an amount of compute.
pub const DEVICE_TIME: Law = Law {
    id: "device-time",
    kind: Kind::Cost,
    name: "Time and money of an amount of compute",
    answers: "how long devices take for C FLOPs, and what they cost",
    formula: "seconds = C / (chips * peak * mfu)\n\
              hours = C / (3600 * peak * mfu)\n\
              dollars = hours * price",
    outputs: &[
        gives(Variable::own("seconds", Unit::Seconds, "seconds by the clock")),
        gives(DEVICE_HOURS),
        gives(Variable::own("dollars", Unit::Dollars, "dollars")),
    ],
    inputs: &[
        Variable::own("C", Unit::Flops, "FLOPs of training"),
        Variable::own("chips", Unit::One, "devices"),
        PEAK,
        MFU,
        Variable::own("price", Unit::DollarsPerHour, "dollars for a device and hour"),
    ],
    source: SCALING_BOOK.at("the time of a training run"),
    read_in: BOOK,
    ..BLANK
};

/// The share of the peak that a run reached, by its device hours.
pub const REACHED_MFU: Law = Law {
    id: "reached-mfu",
    kind: Kind::Cost,
    name: "Utilisation by device hours",
    answers: "the share of the peak that a training run reached, by its parameters, tokens and device hours",
    formula: "6 * N * D / (3600 * hours * peak)",
    outputs: &[gives(MFU)],
    inputs: &[N_ACTIVE, D_SEEN, DEVICE_HOURS, PEAK],
    source: SCALING_BOOK.at("the time of a training run"),
    read_in: BOOK,
    caveats: &["attention is left out"],
    ..BLANK
};
