//! Chinchilla's count of operations.

use super::chinchilla::HOFFMANN_2022;
use super::{BLANK, Kind, Law, gives, gives_as};
use crate::units::{N_TOTAL, Unit, Variable};

/// Operations and parameters of a transformer, as Appendix F counts them.
pub const CHINCHILLA_FLOPS: Law = Law {
    id: "chinchilla-flops",
    kind: Kind::Cost,
    name: "Chinchilla operations per sequence",
    answers: "the training operations of a sequence, the parameters, and how both compare with 6 N D",
    formula: "attention = 6 * s * d_model * d_head * n_head + 4 * s^2 * d_head * n_head + 3 * n_head * \
        s^2 + 2 * s * d_head * n_head * d_model\n\
        dense = 4 * s * d_model * d_ff\n\
        blocks = 3 * n_layer * (attention + dense)\n\
        flops = blocks + 12 * s * V * d_model\n\
        N = V * d_model + n_layer * (5 * d_model * n_head * d_head + 2 * d_model * d_ff)\n\
        ratio = blocks / (6 * N * s)\n\
        ratio_printed = flops / (6 * N * s)",
    outputs: &[
        gives_as(
            "flops",
            Variable::own("flops", Unit::Flops, "training operations of one sequence, as printed"),
        ),
        gives_as(
            "blocks",
            Variable::own(
                "blocks",
                Unit::Flops,
                "training operations of one sequence, without embedding and head",
            ),
        ),
        gives(N_TOTAL),
        gives_as(
            "ratio",
            Variable::own("ratio", Unit::One, "operations without embedding and head over 6 N D"),
        ),
        gives_as(
            "ratio_printed",
            Variable::own("ratio_printed", Unit::One, "operations as printed over 6 N D"),
        ),
    ],
    inputs: &[
        Variable::own("n_layer", Unit::One, "layers"),
        Variable::own("d_model", Unit::One, "width of the residual stream"),
        Variable::own("d_ff", Unit::One, "width of the feed-forward layer"),
        Variable::own("n_head", Unit::One, "heads of attention"),
        Variable::own("d_head", Unit::One, "width of the keys of a head"),
        Variable::own("s", Unit::One, "tokens of a sequence"),
        Variable::own("V", Unit::One, "tokens of the vocabulary"),
    ],
    source: HOFFMANN_2022.at("Appendix F"),
    caveats: &[
        "parameters are one embedding, five attention matrices for each layer, one of them for relative \
         positions, and two feed-forward matrices: within 0.8 % of every size of Table A9",
        "the paper's sequences have 2048 tokens, its vocabulary 32 000",
    ],
    errata: &["the formula as printed does not give Table A4: its ratios of 0.99 to 1.10 come without \
        embedding and head; with them they are 1.03 to 1.58"],
    seeds: &[1],
    ..BLANK
};
