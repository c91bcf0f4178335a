//! Kaplan et al.: parameters and operations of a transformer.

use super::kaplan::{KAPLAN, KAPLAN_2020};
use super::{Kind, Law, gives, gives_as};
use crate::units::{N_NON_EMBEDDING, Unit, Variable};

/// Parameters and operations of a transformer.
pub const KAPLAN_FLOPS: Law = Law {
    id: "kaplan-flops",
    kind: Kind::Cost,
    name: "Kaplan operations per token",
    answers: "the parameters without embeddings of a transformer, and its operations for each token",
    formula: "N = 2 * d_model * n_layer * (2 * d_attn + d_ff)\n\
        forward = 2 * N + 2 * n_layer * n_ctx * d_attn\n\
        training = 3 * forward",
    outputs: &[
        gives_as(
            "training",
            Variable::own("training", Unit::FlopsPerToken, "forward and backward operations"),
        ),
        gives_as("forward", Variable::own("forward", Unit::FlopsPerToken, "operations of the forward pass")),
        gives(N_NON_EMBEDDING),
    ],
    inputs: &[
        Variable::own("n_layer", Unit::One, "layers"),
        Variable::own("d_model", Unit::One, "width of the residual stream"),
        Variable::own("d_attn", Unit::One, "width of the attention output"),
        Variable::own("d_ff", Unit::One, "width of the feed-forward layer"),
        Variable::own("n_ctx", Unit::One, "tokens of context"),
    ],
    source: KAPLAN_2020.at("section 2.1 and Table 1"),
    caveats: &["the paper drops the term of the context and counts training as 6 N for each token"],
    ..KAPLAN
};
