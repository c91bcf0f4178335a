//! Data that are worth more, or less, than their count: quality, selection, noise and synthesis.

use super::chinchilla::FORM;
use super::{BLANK, Kind, Law, gives_as, within};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, Unit, Variable};

const CHANG_2024: Source = Source {
    authors: "Chang et al.",
    year: 2024,
    title: "Scaling Parameter-Constrained Language Models with Quality Data",
    arxiv: "2410.03083",
    locator: "",
};

const GU_2024: Source = Source {
    authors: "Gu et al.",
    year: 2024,
    title: "Data Selection via Optimal Control for Language Models",
    arxiv: "2410.07064",
    locator: "",
};

const CHOWDHURY_2024: Source = Source {
    authors: "Chowdhury, Kini and Natarajan",
    year: 2024,
    title: "Provably Robust DPO: Aligning Language Models with Noisy Feedback",
    arxiv: "2403.00409",
    locator: "",
};

const CHAN_2024: Source = Source {
    authors: "Chan et al.",
    year: 2024,
    title: "Balancing Cost and Effectiveness of Synthetic Data Generation Strategies for LLMs",
    arxiv: "2409.19759",
    locator: "",
};

const EFFECTIVE: Variable = Variable::own("D_q", Unit::Tokens, "tokens weighed by their quality");

/// Tokens weighed by quality.
pub const CHANG_QUALITY: Law = Law {
    id: "chang-quality",
    kind: Kind::Rule,
    name: "Effective tokens by quality",
    answers: "how many tokens D tokens of this diversity and syntheticity are worth",
    formula: "D * exp(c_1 * diversity + c_2 * syntheticity)",
    outputs: &[gives_as("D_q", EFFECTIVE)],
    inputs: &[
        D_SEEN,
        Variable::own("diversity", Unit::One, "compressed size over original size, by gzip"),
        Variable::own("syntheticity", Unit::One, "how synthetic a text is, from the perplexity of a teacher"),
    ],
    parameters: &[within("c_1", Unit::One, -10.0, 10.0), within("c_2", Unit::One, -10.0, 10.0)],
    source: CHANG_2024.at("the effective training tokens"),
    read_in: ReadIn::Memory,
    caveats: &[
        "they take the place of D in a law of Chinchilla's kind for the accuracy over 8 tasks",
        "more than 200 models of 25 M to 1.5 B; the correlation of predicted and measured accuracy is 0.83",
        "the paper's constants were not read",
    ],
    seeds: &[57],
    ..BLANK
};

/// The law that was fitted to selected and to plain data.
pub const PDS: Law = Law {
    id: "pds",
    name: "Data selection by optimal control",
    answers: "the loss of a model of N parameters trained over D tokens of a plain or of a selected corpus",
    source: GU_2024.at("Appendix I.4"),
    read_in: ReadIn::Memory,
    caveats: &[
        "one fit for the plain corpus and one for the selected one, 160 M to 1.7 B, extrapolated to large \
         models; the constants were not read",
    ],
    seeds: &[25],
    ..FORM
};

/// How many selected tokens do the work of plain ones.
pub const PDS_DATA_DEMAND: Law = Law {
    id: "pds-data-demand",
    kind: Kind::Rule,
    name: "Data selection, tokens saved",
    answers: "how many selected tokens do the work of D plain ones",
    formula: "D / 1.8",
    outputs: &[gives_as("D_selected", D_SEEN)],
    inputs: &[D_SEEN],
    source: GU_2024.at("abstract"),
    caveats: &["the factor of the abstract; how it was measured was not read"],
    seeds: &[25],
    ..BLANK
};

const PAIRS: Variable = Variable::own("n", Unit::Examples, "preference pairs without noise");

/// How many more preferences noisy labels need.
pub const ROBUST_DPO: Law = Law {
    id: "robust-dpo",
    kind: Kind::Rule,
    name: "Preferences under label noise",
    answers: "how many preference pairs with a share epsilon of flipped labels do the work of n clean ones",
    formula: "n / (1 - 2 * epsilon)^2\nwhere epsilon >= 0, epsilon < 0.5",
    outputs: &[gives_as("n_noisy", PAIRS)],
    inputs: &[PAIRS, Variable::own("epsilon", Unit::One, "share of flipped labels, below one half")],
    source: CHOWDHURY_2024.at("abstract: a gap of order 1 / (1 - 2 epsilon) * sqrt(d / n)"),
    caveats: &["an upper bound of the gap, turned around: the order of growth, not a measurement"],
    seeds: &[101],
    ..BLANK
};

/// What to synthesise for a budget.
pub const SYNTHETIC_RATIO: Law = Law {
    id: "synthetic-ratio",
    kind: Kind::Rule,
    name: "Synthetic data, budget per seed example",
    answers: "the ratio by which to choose how to synthesise: low for more answers, high for new questions",
    formula: "queries / seeds",
    outputs: &[gives_as(
        "ratio",
        Variable::own("ratio", Unit::One, "queries to the teacher per seed example"),
    )],
    inputs: &[
        Variable::own("queries", Unit::Examples, "queries to the teacher that the budget pays for"),
        Variable::own("seeds", Unit::Examples, "examples of the seed set"),
    ],
    source: CHAN_2024.at("abstract"),
    caveats: &[
        "augment answers where it is low, write new questions where it is high; the thresholds were not read",
    ],
    seeds: &[112],
    ..BLANK
};
