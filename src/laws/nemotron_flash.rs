//! Depth and width for latency.

use super::{BLANK, Kind, Law, exponent, gives, positive};
use crate::provenance::Source;
use crate::units::{D_SEEN, Unit, Variable};

/// "Nemotron-Flash".
const FU_2025: Source = Source {
    authors: "Fu et al.",
    year: 2025,
    title: "Nemotron-Flash: Towards Latency-Optimal Hybrid Small Language Models",
    arxiv: "2511.18890",
    locator: "",
};

/// Perplexity by depth, width and tokens.
pub const NEMOTRON_FLASH: Law = Law {
    id: "nemotron-flash",
    kind: Kind::Loss,
    name: "Depth, width and data of small models",
    answers: "the perplexity of a small model by depth, width and tokens",
    formula: "L_0 + a / depth^alpha + b / width^beta + c / D^gamma",
    outputs: &[gives(Variable::own("perplexity", Unit::One, "perplexity, the paper's measure of loss"))],
    inputs: &[
        Variable::own("depth", Unit::One, "layers of the model"),
        Variable::own("width", Unit::One, "width of the model"),
        D_SEEN,
    ],
    parameters: &[
        positive("L_0", Unit::One),
        positive("a", Unit::One),
        exponent("alpha"),
        positive("b", Unit::One),
        exponent("beta"),
        positive("c", Unit::One),
        exponent("gamma"),
    ],
    source: FU_2025.at("the law of depth, width and data"),
    caveats: &[
        "the paper swaps the usual letters: its D is the depth, its N the tokens, its W the width",
        "it prints no constants: fit it to your own runs, then take the best of the shapes within your \
         latency",
        "as the paper reports, it extrapolates to within 5.3 %; the best ratio of depth to width grows \
         with the \
         latency allowed: at 3 s for 8 K tokens, batch 1, on an A100, 12 layers were best",
    ],
    seeds: &[85],
    ..BLANK
};
