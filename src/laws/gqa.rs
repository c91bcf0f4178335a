//! Attention heads for long contexts.

use super::{
    BLANK, BLANK_FIT, Kind, Law, PublishedFit, SourcedTable, Worked, exponent, gives, gives_as, positive,
    within,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, LOSS_NATS, N_NON_EMBEDDING, Unit, Variable};

/// "Cost-Optimal Grouped-Query Attention".
const CHEN_2025: Source = Source {
    authors: "Chen, Wu et al.",
    year: 2025,
    title: "Cost-Optimal Grouped-Query Attention for Long-Context Modeling",
    arxiv: "2503.09579",
    locator: "",
};

const HEADS: Variable = Variable::own("n_h", Unit::One, "query heads in each layer");
const KV_HEADS: Variable = Variable::own("n_kv", Unit::One, "heads of keys and values in each layer");
const CONTEXT: Variable = Variable::own("T", Unit::Tokens, "tokens in the context");
const LAYERS: Variable = Variable::own("n_layer", Unit::One, "layers of the model");
const HEAD_WIDTH: Variable = Variable::own("d_h", Unit::One, "width of a head; 64 in the paper");

/// The loss of one head configuration by size.
pub const GQA_LOSS: Law = Law {
    id: "gqa-loss",
    kind: Kind::Loss,
    name: "Loss of one configuration of heads",
    answers: "the loss of a model of N parameters, for one number of query heads and of key-value heads",
    formula: "(a / N)^b + E",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[N_NON_EMBEDDING],
    parameters: &[within("a", Unit::Parameters, 1.0, 1e15), exponent("b"), positive("E", Unit::NatsPerToken)],
    source: CHEN_2025.at("the loss of a head configuration"),
    caveats: &[
        "the paper fits 21 configurations with R² above 0.999 and prints no constants: fit each to your \
         own runs",
        "solved for a target loss, the size is a / (L - E)^(1/b); gqa-cost then says which configuration \
         is cheapest",
        "trained on 20 tokens per parameter at a context of 8 K",
    ],
    seeds: &[55],
    ..BLANK
};

/// What a token costs to generate, with its context.
pub const GQA_COST: Law = Law {
    id: "gqa-cost",
    kind: Kind::Cost,
    name: "Cost of a generated token with its context",
    answers: "the FLOPs and memory of generating a token at a context of T, and the paper's mix of both",
    formula: "C = 2 * N + 4 * T * n_layer * d_h * n_h\n\
              M = N + 2 * T * n_layer * d_h * n_kv\n\
              Z = 0.9 * M^(1/2) + 0.1 * C^(1/3)",
    outputs: &[
        gives(Variable::own("C", Unit::FlopsPerToken, "FLOPs for each generated token")),
        gives(Variable::own("M", Unit::One, "values in memory, weights and cache; multiply by their bytes")),
        gives(Variable::own("Z", Unit::One, "the paper's objective, a mix of memory and FLOPs")),
    ],
    inputs: &[N_NON_EMBEDDING, CONTEXT, LAYERS, HEAD_WIDTH, HEADS, KV_HEADS],
    source: CHEN_2025.at("the cost of inference, and its objective"),
    caveats: &[
        "FLOPs and memory are affine in T: for varied contexts take the mean of T",
        "for the paper's comparison with Llama-3.2-1B its memory formula gives 60.1 % less, where it \
         prints 50.8 %",
    ],
    seeds: &[55],
    ..BLANK
};

/// What training costs at a context.
pub const GQA_TRAINING: Law = Law {
    id: "gqa-training",
    kind: Kind::Cost,
    name: "Cost of training at a context",
    answers: "the FLOPs of training on D tokens in sequences of T, and the values in memory",
    formula: "C = 6 * D * (N + T * n_layer * d_h * n_h)\n\
              M = 4 * N + T * d * n_layer",
    outputs: &[
        gives(Variable::own("C", Unit::Flops, "FLOPs of training, attention included")),
        gives(Variable::own("M", Unit::One, "values in memory in training")),
    ],
    inputs: &[
        N_NON_EMBEDDING,
        D_SEEN,
        CONTEXT,
        LAYERS,
        HEAD_WIDTH,
        HEADS,
        Variable::own("d", Unit::One, "width of the model"),
    ],
    source: CHEN_2025.at("the cost of training"),
    caveats: &["with causal attention a token looks back at T/2 tokens on average"],
    seeds: &[55],
    ..BLANK
};

/// The loss by query heads at a fixed size.
pub const GQA_HEADS: Law = Law {
    id: "gqa-heads",
    kind: Kind::Loss,
    name: "Loss by query heads",
    answers: "the loss of a model of fixed size and context by its query heads",
    formula: "a / n_h^b + c",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[HEADS],
    parameters: &[positive("a", Unit::NatsPerToken), exponent("b"), positive("c", Unit::NatsPerToken)],
    fits: &[
        PublishedFit {
            id: "470m",
            name: "470 M parameters",
            values: &[0.579, 0.124, 2.473],
            worked: &[Worked { value: 2.92039940825, ..AT_8 }],
            ..APPENDIX_I
        },
        PublishedFit {
            id: "680m",
            name: "680 M parameters",
            values: &[0.398, 0.177, 2.583],
            worked: &[Worked { value: 2.85844579349, ..AT_8 }],
            ..APPENDIX_I
        },
        PublishedFit {
            id: "1200m",
            name: "1.2 B parameters",
            values: &[0.301, 0.227, 2.622],
            worked: &[Worked { value: 2.80974356857, ..AT_8 }],
            ..APPENDIX_I
        },
        PublishedFit {
            id: "470m-1k",
            name: "470 M parameters, context of 1 K",
            values: &[1.513, 0.039, 1.53],
            worked: &[Worked { value: 2.9251420174, ..AT_8 }],
            ..APPENDIX_I
        },
        PublishedFit {
            id: "470m-2k",
            name: "470 M parameters, context of 2 K",
            values: &[1.436, 0.041, 1.53],
            worked: &[Worked { value: 2.84864456906, ..AT_8 }],
            ..APPENDIX_I
        },
        PublishedFit {
            id: "470m-8k",
            name: "470 M parameters, context of 8 K",
            values: &[1.356, 0.044, 1.53],
            worked: &[Worked { value: 2.76743880246, ..AT_8 }],
            ..APPENDIX_I
        },
    ],
    source: CHEN_2025.at("appendix I"),
    caveats: &["up to 128 query heads", "the fits by size and by context are not on one footing"],
    seeds: &[55],
    ..BLANK
};

/// What the fits share.
const APPENDIX_I: PublishedFit = PublishedFit {
    source: CHEN_2025.at("appendix I"),
    objective: "not said",
    data: "20 tokens per parameter",
    ..BLANK_FIT
};

/// Where they are tried.
const AT_8: Worked = Worked {
    at: &[("n_h", 8.0)],
    output: "L",
    value: 0.0,
    within: 1e-11,
    from: "the formula in double precision",
};

const CONTEXTS: &[f64] = &[8192.0, 16384.0, 32768.0, 65536.0, 131_072.0];

/// Heads by context, for one target loss.
const fn heads(name: &'static str, y: &'static [f64]) -> SourcedTable {
    SourcedTable { name, x: CONTEXTS, y, source: CHEN_2025.at("Table 4"), read_in: ReadIn::Paper }
}

/// The cheapest heads for a loss and a context.
pub const GQA_BEST_HEADS: Law = Law {
    id: "gqa-best-heads",
    kind: Kind::Table,
    name: "Cheapest heads for a loss and a context",
    answers: "how many query and key-value heads serve a target loss at a context most cheaply",
    formula: "heads = if(loss >= 3, step(h_300, T), if(loss >= 2.9, step(h_290, T), \
              if(loss >= 2.8, step(h_280, T), if(loss >= 2.7, step(h_270, T), if(loss >= 2.6, step(h_260, \
              T), \
              if(loss >= 2.5, step(h_250, T), if(loss >= 2.4, step(h_240, T), step(h_235, T))))))))\n\
              kv_heads = if(loss >= 3, step(k_300, T), if(loss >= 2.9, step(k_290, T), \
              if(loss >= 2.8, step(k_280, T), if(loss >= 2.7, step(k_270, T), if(loss >= 2.6, step(k_260, \
              T), \
              if(loss >= 2.5, step(k_250, T), if(loss >= 2.4, step(k_240, T), step(k_235, T))))))))\n\
              where loss >= 2.35",
    outputs: &[gives_as("heads", HEADS), gives_as("kv_heads", KV_HEADS)],
    inputs: &[Variable::own("loss", Unit::NatsPerToken, "the loss to reach"), CONTEXT],
    tables: &[
        heads("h_300", &[32.0, 16.0, 8.0, 4.0, 4.0]),
        heads("h_290", &[32.0, 16.0, 16.0, 8.0, 4.0]),
        heads("h_280", &[32.0, 16.0, 16.0, 8.0, 8.0]),
        heads("h_270", &[32.0, 16.0, 16.0, 16.0, 8.0]),
        heads("h_260", &[32.0, 16.0, 16.0, 16.0, 8.0]),
        heads("h_250", &[32.0, 16.0, 16.0, 16.0, 16.0]),
        heads("h_240", &[32.0, 32.0, 32.0, 32.0, 32.0]),
        heads("h_235", &[32.0, 32.0, 32.0, 32.0, 32.0]),
        heads("k_300", &[1.0, 1.0, 1.0, 1.0, 1.0]),
        heads("k_290", &[1.0, 1.0, 1.0, 1.0, 1.0]),
        heads("k_280", &[2.0, 1.0, 1.0, 1.0, 1.0]),
        heads("k_270", &[4.0, 2.0, 1.0, 1.0, 1.0]),
        heads("k_260", &[8.0, 4.0, 2.0, 2.0, 1.0]),
        heads("k_250", &[16.0, 8.0, 4.0, 2.0, 2.0]),
        heads("k_240", &[32.0, 32.0, 8.0, 8.0, 4.0]),
        heads("k_235", &[32.0, 32.0, 32.0, 16.0, 8.0]),
    ],
    source: CHEN_2025.at("Table 4"),
    caveats: &[
        "between two rows it gives the row of the lower loss and of the shorter context",
        "for comparison, with Llama-3's heads the paper's models reach 2.615 at 1 B, 2.448 at 3 B, 2.362 \
         at 8 B",
    ],
    seeds: &[55],
    ..BLANK
};

const SIZES: &[f64] =
    &[3e6, 19e6, 85e6, 150e6, 200e6, 470e6, 680e6, 1.2e9, 1.8e9, 4e9, 6e9, 13e9, 33e9, 64e9];

/// The paper's shapes.
pub const GQA_SHAPES: Law = Law {
    id: "gqa-shapes",
    kind: Kind::Table,
    name: "Layers and width by size",
    answers: "the layers and width of a model of N parameters, as one paper chose them",
    formula: "n_layer = step(layers, N)\n\
              d = step(widths, N)",
    outputs: &[gives_as("n_layer", LAYERS), gives(Variable::own("d", Unit::One, "width of the model"))],
    inputs: &[N_NON_EMBEDDING],
    tables: &[
        SourcedTable {
            name: "layers",
            x: SIZES,
            y: &[4.0, 6.0, 12.0, 12.0, 16.0, 24.0, 24.0, 36.0, 36.0, 48.0, 54.0, 64.0, 72.0, 80.0],
            source: CHEN_2025.at("Tables 7 and 9"),
            read_in: ReadIn::Paper,
        },
        SourcedTable {
            name: "widths",
            x: SIZES,
            y: &[
                256.0, 512.0, 768.0, 1024.0, 1024.0, 1280.0, 1536.0, 1536.0, 2048.0, 2560.0, 3072.0, 4096.0,
                6144.0, 8192.0,
            ],
            source: CHEN_2025.at("Tables 7 and 9"),
            read_in: ReadIn::Paper,
        },
    ],
    source: CHEN_2025.at("Tables 7 and 9"),
    caveats: &[
        "between two rows it gives the smaller model; the paper takes the ratio of width to layers on the \
         line \
         between them",
        "feed-forward layers of about 8/3 of the width, 50 304 entries of vocabulary, embedding and head \
         tied",
    ],
    seeds: &[55],
    ..BLANK
};
