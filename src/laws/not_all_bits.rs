//! Where the memory of a reasoning model should go.

use super::{BLANK, BLANK_FIT, Kind, Law, PublishedFit, Worked, gives, within};
use crate::provenance::Source;
use crate::units::{N_TOTAL, Unit, Variable};

/// "Not All Bits Are Equal".
const NOT_ALL_BITS_2025: Source = Source {
    authors: "Kim, Ewer, Moon, Park and Papailiopoulos",
    year: 2025,
    title: "Not All Bits Are Equal: Scale-Dependent Memory Optimization Strategies for Reasoning Models",
    arxiv: "2510.10964",
    locator: "",
};

const WEIGHT_BITS: Variable = Variable::own("b_w", Unit::Bits, "bits of a weight");

/// The memory of a model that generates.
pub const REASONING_MEMORY: Law = Law {
    id: "reasoning-memory",
    kind: Kind::Cost,
    name: "Memory of a model that generates",
    answers: "the bytes of the weights and of the cache of keys and values",
    formula: "weights = N * b_w / 8\n\
              cache = batch * T * 2 * n_layer * n_kv * d_h * b_kv / 8\n\
              memory = weights + cache",
    outputs: &[
        gives(Variable::own("memory", Unit::Bytes, "bytes of weights and cache together")),
        gives(Variable::own("weights", Unit::Bytes, "bytes of the weights")),
        gives(Variable::own("cache", Unit::Bytes, "bytes of the cache")),
    ],
    inputs: &[
        N_TOTAL,
        WEIGHT_BITS,
        Variable::own("batch", Unit::Sequences, "sequences generated at once"),
        Variable::own("T", Unit::Tokens, "tokens of a sequence"),
        Variable::own("n_layer", Unit::One, "layers of the model"),
        Variable::own("n_kv", Unit::One, "heads of keys and values in each layer"),
        Variable::own("d_h", Unit::One, "width of a head"),
        Variable::own("b_kv", Unit::Bits, "bits of a value of the cache"),
    ],
    source: NOT_ALL_BITS_2025.at("the memory of weights and cache"),
    seeds: &[41],
    ..BLANK
};

/// Whether memory is better spent on weights or on longer generations.
pub const NOT_ALL_BITS: Law = Law {
    id: "not-all-bits",
    kind: Kind::Rule,
    name: "Weights or longer generations",
    answers: "whether more memory should go to the weights, below 1, or to longer generations, above 1",
    formula: "N * b_w / 8 / W",
    outputs: &[gives(Variable::own(
        "fill",
        Unit::One,
        "bytes of the weights over those at which the choice turns",
    ))],
    inputs: &[N_TOTAL, WEIGHT_BITS],
    parameters: &[within("W", Unit::Bytes, 1e8, 1e12)],
    fits: &[PublishedFit {
        id: "abstract",
        name: "The size of a model of 4 B parameters in 8 bits",
        source: NOT_ALL_BITS_2025.at("abstract"),
        values: &[4e9],
        objective: "a rule drawn from 1 700 scenarios, not a fit",
        data: "AIME25 and GPQA-Diamond",
        worked: &[Worked {
            at: &[("N", 1e9), ("b_w", 8.0)],
            output: "fill",
            value: 0.25,
            within: 0.0,
            from: "1 B in 8 bits is a quarter of 4 B in 8 bits",
        }],
        ..BLANK_FIT
    }],
    source: NOT_ALL_BITS_2025.at("abstract"),
    caveats: &[
        "the same size decides whether parallel generations pay, and whether to drop or to round the cache",
        "a threshold, not a law: near 4 GB of weights it says little",
    ],
    seeds: &[41],
    ..BLANK
};
