//! Hägele et al.: experiments with one long run and its cool-downs instead of a run for each length.

use super::{BLANK, Kind, Law, gives, gives_as};
use crate::provenance::{ReadIn, Source};
use crate::units::{N_TOTAL, Unit, Variable};

/// Constant learning rates with a cool-down.
const HAGELE_2024: Source = Source {
    authors: "Hägele et al.",
    year: 2024,
    title: "Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations",
    arxiv: "2405.18392",
    locator: "",
};

/// What is saved by branching cool-downs off one run.
pub const HAGELE_SAVING: Law = Law {
    id: "hagele-saving",
    kind: Kind::Cost,
    name: "Hägele cost of an experiment",
    answers: "the share of the compute that runs of several lengths need if all branch off the longest",
    formula: "cost = longest + f * (total - longest)\n\
        share = cost / total\n\
        where longest <= total, f >= 0, f <= 1",
    outputs: &[
        gives_as(
            "share",
            Variable::own("share", Unit::One, "cost over that of training each length by itself"),
        ),
        gives_as("cost", Variable::own("cost", Unit::One, "cost in the unit of the lengths")),
    ],
    inputs: &[
        Variable::own("longest", Unit::One, "length of the longest run, its cool-down included"),
        Variable::own("total", Unit::One, "sum of the lengths of all runs, the longest included"),
        Variable::own("f", Unit::One, "share of each run that is its cool-down"),
    ],
    source: HAGELE_2024.at("flops.ipynb"),
    read_in: ReadIn::AuthorsCode("flops.ipynb of epfml/schedules-and-scaling"),
    caveats: &["for one model size; lengths may be in steps, tokens or FLOPs", "the authors use f = 0.2"],
    seeds: &[24],
    ..BLANK
};

/// Operations and parameters of the paper's models.
pub const HAGELE_FLOPS: Law = Law {
    id: "hagele-flops",
    kind: Kind::Cost,
    name: "Hägele operations per sequence",
    answers: "the training operations of a sequence, and the parameters, of a model with gated \
        feed-forward layers",
    formula: "heads = d_model / 64\n\
        d_ff = 256 * ceil(floor(8 * d_model / 3) / 256)\n\
        attention = 6 * s * d_model^2 + 4 * s^2 * d_model + 3 * heads * s^2 + 2 * s * d_model^2\n\
        forward = 4 * s * V * d_model + n_layer * (attention + 6 * s * d_model * d_ff)\n\
        flops = 3 * forward\n\
        N = V * d_model + n_layer * (4 * d_model^2 + 3 * d_model * d_ff)",
    outputs: &[
        gives_as("flops", Variable::own("flops", Unit::Flops, "training operations of one sequence")),
        gives(N_TOTAL),
    ],
    inputs: &[
        Variable::own("n_layer", Unit::One, "layers"),
        Variable::own("d_model", Unit::One, "width of the residual stream, a multiple of 64"),
        Variable::own("s", Unit::One, "tokens of a sequence"),
        Variable::own("V", Unit::One, "tokens of the vocabulary"),
    ],
    source: HAGELE_2024.at("flops.ipynb"),
    read_in: ReadIn::AuthorsCode("flops.ipynb of epfml/schedules-and-scaling"),
    caveats: &[
        "Chinchilla's counter (Hoffmann et al. 2022, Appendix F) with embedding, head and three \
         feed-forward matrices",
        "the authors use sequences of 512 tokens and a vocabulary of 50 257",
    ],
    errata: &["the notebook counts the tokens of its model of 350 M with a batch of 400 and the \
        operations with one of 200; the share saved is the same"],
    seeds: &[24],
    ..BLANK
};

/// The learning rate over a run.
pub const HAGELE_SCHEDULE: Law = Law {
    id: "hagele-schedule",
    kind: Kind::Rule,
    name: "Hägele learning-rate schedule",
    answers: "the learning rate at step n of T over its maximum, for five shapes of the cool-down",
    formula: "x = (n - (1 - f) * T) / (f * T)\n\
        before = if(n < W, n / W + (1 - n / W) / 100, 1)\n\
        sqrt_decay = if(x > 0, 1 - sqrt(x), before)\n\
        linear = if(x > 0, 1 - x, before)\n\
        square = if(x > 0, 1 - x^2, before)\n\
        cosine = if(x > 0, (1 + cos(pi * x)) / 2, before)\n\
        mirror_cosine = if(x > 0, 2 * (1 - x) - (1 + cos(pi * x)) / 2, before)\n\
        where n >= 0, n <= T, f > 0, f <= 1, W > 0",
    outputs: &[
        gives_as(
            "sqrt_decay",
            Variable::own("sqrt_decay", Unit::One, "one less the square root of the decay so far"),
        ),
        gives_as("linear", Variable::own("linear", Unit::One, "linear decay")),
        gives_as("square", Variable::own("square", Unit::One, "one less the square of the decay so far")),
        gives_as("cosine", Variable::own("cosine", Unit::One, "decay by half a cosine")),
        gives_as("mirror_cosine", Variable::own("mirror_cosine", Unit::One, "twice linear less cosine")),
    ],
    inputs: &[
        Variable::own("n", Unit::One, "steps done"),
        Variable::own("T", Unit::One, "steps in all"),
        Variable::own("W", Unit::One, "steps of the warm-up"),
        Variable::own("f", Unit::One, "share of the steps that is the cool-down"),
    ],
    source: HAGELE_2024.at("src/optim/utils.py"),
    read_in: ReadIn::AuthorsCode("src/optim/utils.py of epfml/schedules-and-scaling"),
    caveats: &[
        "the authors use a cool-down of a fifth, and for models below 150 M a peak of 0.001 where a cosine \
         has 0.002",
        "as the paper reports, read second-hand: such a cool-down is as good as a cosine of the same length \
         or better",
    ],
    seeds: &[24],
    ..BLANK
};
