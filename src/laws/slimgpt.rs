//! How much to prune from which layer.

use super::{BLANK, Kind, Law, gives};
use crate::provenance::{ReadIn, Source};
use crate::units::{Unit, Variable};

/// "`SlimGPT`".
const LING_2024: Source = Source {
    authors: "Ling, Wang, Yan and Liu",
    year: 2024,
    title: "SlimGPT: Layer-wise Structured Pruning for Large Language Models",
    arxiv: "2412.18110",
    locator: "",
};

/// "Fast and Optimal Weight Update".
const BOZA_2024: Source = Source {
    authors: "Boža",
    year: 2024,
    title: "Fast and Optimal Weight Update for Pruned Large Language Models",
    arxiv: "2401.02938",
    locator: "",
};

/// The ratio of each layer for a target mean.
pub const SLIMGPT: Law = Law {
    id: "slimgpt",
    kind: Kind::Rule,
    name: "Pruning ratios that grow with the logarithm of the layer",
    answers: "the share to prune from layer i, so that the mean over all layers is as wanted",
    formula: "log_factorial = sum(k in 1..512: if(k <= n, ln(k), 0))\n\
              weight = log_factorial / (n * ln(n))\n\
              r_last = r_0 + (mean - r_0) / weight\n\
              r = r_0 + (r_last - r_0) * ln(i + 1) / ln(n)\n\
              where n >= 2, n <= 512, i >= 0, i <= n - 1",
    outputs: &[
        gives(Variable::own("r", Unit::One, "share pruned from layer i")),
        gives(Variable::own("r_last", Unit::One, "share pruned from the last layer")),
        gives(Variable::own("weight", Unit::One, "the mean over the layers of ln(i + 1) / ln(n)")),
    ],
    inputs: &[
        Variable::own("n", Unit::One, "layers of the model, up to 512"),
        Variable::own("mean", Unit::One, "share to prune in the mean over layers"),
        Variable::own("r_0", Unit::One, "share pruned from the first layer"),
        Variable::own("i", Unit::One, "the layer, counted from 0"),
    ],
    source: LING_2024.at("Eq. 6"),
    read_in: ReadIn::SecondHand("third-party notes that state they were taken from the paper"),
    caveats: &["the paper does not say what r_0 is"],
    seeds: &[94],
    ..BLANK
};

/// The sparsity at a step of gradual pruning.
pub const CUBIC_PRUNING_RAMP: Law = Law {
    id: "cubic-pruning-ramp",
    kind: Kind::Rule,
    name: "Cubic ramp of sparsity",
    answers: "the share pruned after step k of K of gradual pruning",
    formula: "s_end * (1 - (1 - k / K)^3)\nwhere k >= 0, k <= K",
    outputs: &[gives(Variable::own("s", Unit::One, "share pruned after step k"))],
    inputs: &[
        Variable::own("s_end", Unit::One, "share pruned at the end"),
        Variable::own("k", Unit::One, "the step"),
        Variable::own("K", Unit::One, "the steps in all; 15 in the authors' code"),
    ],
    source: BOZA_2024.at("lib/admm.py of fmfi-compbio/admm-pruning"),
    read_in: ReadIn::AuthorsCode("lib/admm.py of fmfi-compbio/admm-pruning"),
    ..BLANK
};
